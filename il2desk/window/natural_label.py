"""Labels of the banner: as wide as their text where there is room, wrapped where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from il2desk.window.breaks import widest_piece
from il2desk.window.theme import BODY_PX, SECONDARY_PX, PlainLabel

NAME_PX = 18


class Natural(PlainLabel):
    """A label whose natural width is its whole text on one line, and which wraps in less."""

    def sizeHint(self) -> QSize:
        """Return the whole text on one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word."""
        metrics = self.fontMetrics()
        widest = widest_piece(self.text(), metrics)
        return QSize(widest + 4, metrics.height())


class Fact(QWidget):
    """A quiet label and a strong value that never part over a line."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = label
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._label = Natural(label, px=SECONDARY_PX, parent=self)
        self._value = Natural(px=BODY_PX, bold=True, parent=self)
        for part in (self._label, self._value):
            part.setWordWrap(False)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignBaseline)

    def dress(self, label: str, value: str) -> None:
        """Name the tokens in which label and value are written."""
        self._label.set_ink(label)
        self._value.set_ink(value)

    def show_value(self, value: str | None, *, missing: str) -> None:
        """Show the value, or in words that it is missing."""
        self._value.setText(value or missing)

    def sentence(self) -> str:
        """Return label and value for readers."""
        return f"{self._name} {self._value.text()}"


class Drug(QWidget):
    """A drug line: the generic name, its first word, in strong letters."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._generic = Natural(bold=True, parent=self)
        self._rest = Natural(parent=self)
        for part in (self._generic, self._rest):
            row.addWidget(part)

    def dress(self, ink: str) -> None:
        """Name the token in which the line is written."""
        self._generic.set_ink(ink)
        self._rest.set_ink(ink)

    def setText(self, text: str) -> None:
        """Show a drug line."""
        generic, _, rest = text.partition(" ")
        self._generic.setText(generic)
        self._rest.setText(rest)

    def text(self) -> str:
        """Return the whole line."""
        return f"{self._generic.text()} {self._rest.text()}".strip()
