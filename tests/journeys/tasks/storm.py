"""Stray input over whatever page is open: the wheel, letters, a scanner, a held chord, double clicks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from il2desk.window.fields import NumberedChoice
from il2desk.window.pages.tick import TickBox

CODE = "010036319471222317260630101AB1234C7"


def values(person: Any) -> dict[int, object]:
    """Everything on the page that holds a value, by the widget that holds it."""
    found: dict[int, object] = {}
    for widget in person.window.findChildren(QWidget):
        if isinstance(widget, QLineEdit):
            found[id(widget)] = widget.text()
        elif isinstance(widget, NumberedChoice):
            found[id(widget)] = widget.value()
        elif isinstance(widget, TickBox):
            found[id(widget)] = widget.isChecked()
    return found


def shown(person: Any, kind: type) -> list[Any]:
    """The widgets of a kind that can be seen on the page or its panel, not on the frame."""
    return [one for one in person.window.findChildren(kind) if one.isVisible()]


def wheel_everywhere(person: Any) -> None:
    """One notch down and one up over every control: whatever takes the keyboard."""
    for widget in shown(person, QWidget):
        if isinstance(widget, QScrollBar) or not widget.focusPolicy():
            continue
        for notch in (-120, 120):
            middle = QPointF(widget.rect().center())
            event = QWheelEvent(
                middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, notch),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QCoreApplication.sendEvent(widget, event)
    person.work()


def letters_on_tables(person: Any, letters: str = "xk7") -> None:
    """Letters that are no keys here, and a double click, on every table; no editor may open."""
    for view in shown(person, QAbstractItemView):
        view.setFocus()
        for letter in letters:
            QTest.keyClick(view, letter)
        assert view.state() != QAbstractItemView.State.EditingState
        assert not view.findChildren(QLineEdit)


def scan_everywhere(person: Any, most: int) -> None:
    """A barcode with its Enter into the fields that can be typed in, as long as the page stands."""
    for line in shown(person, QLineEdit)[:most]:
        if not line.isVisible() or line.isReadOnly():
            continue
        line.setFocus()
        QTest.keyClicks(line, CODE)
        QTest.keyClick(QApplication.focusWidget() or line, Qt.Key.Key_Return)
    person.work()


def hold_commit(person: Any, times: int = 60) -> int:
    """Ctrl+Enter held for three seconds; returns the most panels that were open at once."""
    most = 0
    QTest.keyPress(person.glass(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for _ in range(times):
        repeat(person)
        most = max(most, len(panels(person)))
    QTest.keyRelease(person.glass(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    person.work()
    return max(most, len(panels(person)))


def repeat(person: Any) -> None:
    """One repeat of the held chord, as the system sends it; offscreen it is a press of its own."""
    QTest.keyPress(person.glass(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QCoreApplication.processEvents()


def panels(person: Any) -> list[QWidget]:
    """The panels that are open."""
    panel = person.panel
    return [] if panel is None else [panel]


def double_click(button: QAbstractButton) -> None:
    """Two presses of the mouse, as close together as a hand can."""
    middle = QPointF(button.rect().center())
    for kind in (
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease,
    ):  # fmt: skip
        event = QMouseEvent(
            kind, middle, button.mapToGlobal(middle), Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QCoreApplication.sendEvent(button, event)


class Dismisser(QTimer):
    """Closes a file dialog or menu that a button opened, which would wait for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.timeout.connect(self._close)
        self.start(20)

    def _close(self) -> None:
        for one in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if one is not None:
                one.close()
