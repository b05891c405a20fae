"""Widgets in a table that has fewer columns where their longest words would not fit side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

_BEYOND = 20  # a column of the grid that holds nothing and takes the rest of the width


class InColumns(QWidget):
    """As many side by side as are wanted and have room; it can be as narrow as the widest of them."""

    def __init__(self, parent: QWidget, *, gap: int = 6, line_gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self._widgets: tuple[QWidget, ...] = ()
        self._wanted = self.across = 1
        self._room: int | None = None  # pixels, once they are known
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(line_gap)
        self._grid.setColumnStretch(_BEYOND, 1)

    def set_widgets(self, widgets: Sequence[QWidget], columns: int) -> None:
        """Hold these, row by row, in at most so many columns; others that were held go out."""
        for old in self._widgets:
            if old not in widgets:
                self._grid.removeWidget(old)
        self._widgets, self._wanted = tuple(widgets), max(columns, 1)
        self._place()

    def _place(self) -> None:
        least = [widget.minimumSizeHint().width() for widget in self._widgets]
        across = self._wanted
        while self._room is not None and across > 1 and self._wide(least, across) > self._room:
            across -= 1
        self.across = across
        for at, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, at // across, at % across)

    def _wide(self, widths: Sequence[int], across: int) -> int:
        columns = [max(widths[at::across]) for at in range(min(across, len(widths)))]
        return sum(columns) + self._gap * (len(columns) - 1)

    def minimumSizeHint(self) -> QSize:
        """Return room for one beside none."""
        least = [widget.minimumSizeHint().width() for widget in self._widgets]
        return QSize(max(least, default=0), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return room for as many side by side as are wanted."""
        hints = [widget.sizeHint().width() for widget in self._widgets]
        return QSize(self._wide(hints, self._wanted), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set them in their places anew where the width is another."""
        super().resizeEvent(event)
        if event.size().width() != self._room:
            self._room = event.size().width()
            self._place()
