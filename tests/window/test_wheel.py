"""The wheel changes nothing, wherever the mouse is and whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDial, QScrollArea, QSlider, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from il2desk.window import wheel

Show = Callable[[QWidget], QWidget]


def _notch(widget: QWidget) -> QWheelEvent:
    """Turn the wheel by one notch over the middle of a widget."""
    middle = widget.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


def _combo() -> QComboBox:
    combo = QComboBox()
    combo.addItems(["Given", "Held", "Omitted"])
    return combo


def _tabs() -> QTabBar:
    tabs = QTabBar()
    for name in ("one", "two", "three"):
        tabs.addTab(name)
    return tabs


CASES: list[tuple[Callable[[], QWidget], str]] = [
    (_combo, "currentIndex"),
    (_tabs, "currentIndex"),
    (lambda: QSlider(Qt.Orientation.Vertical), "value"),
    (QDial, "value"),
]


@pytest.mark.parametrize("focused", [False, True])
@pytest.mark.parametrize(("make", "reading"), CASES)
def test_a_notch_changes_no_value(
    shown: Show, make: Callable[[], QWidget], reading: str, focused: bool
) -> None:
    widget = make()
    if hasattr(widget, "setValue"):
        widget.setValue(50)
    shown(widget)
    if focused:
        widget.setFocus()
    before = getattr(widget, reading)()
    event = _notch(widget)
    assert getattr(widget, reading)() == before
    assert not event.isAccepted(), "the wheel goes on to the page"


def test_the_page_still_scrolls(shown: Show) -> None:
    area, tall = QScrollArea(), QWidget()
    tall.setFixedSize(100, 4000)
    area.setWidget(tall)
    shown(area)
    _notch(area.viewport())
    assert area.verticalScrollBar().value() > 0


def test_the_guard_begins_by_itself(qapp: QApplication, qtbot: QtBot) -> None:
    guard = wheel.install(qapp)
    assert not guard.active, "the first paint does not wait for it"
    qtbot.waitUntil(lambda: guard.active)
    guard.deleteLater()
