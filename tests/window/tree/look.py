"""What stands on a window now: its widgets that are seen, their texts, and its pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)


@dataclass(frozen=True)
class Piece:
    """A text as it is painted: where, by which widget, in which font, in how much room."""

    widget: QWidget
    text: str
    font: QFont
    room: QRect
    """In the coordinates of the widget."""
    wraps: bool


@dataclass
class Look:
    """One window, its seen widgets and their texts; the pixels are taken when they are asked for."""

    window: QMainWindow
    widgets: list[QWidget]
    pieces: list[Piece]
    _image: QImage | None = field(default=None)

    def image(self) -> QImage:
        """Return the window's pixels."""
        if self._image is None:
            taken = self.window.grab().toImage()
            self._image = taken.convertToFormat(QImage.Format.Format_RGB32)
        return self._image

    def area(self, widget: QWidget, room: QRect) -> QRect:
        """Return a rectangle of a widget in the window's logical pixels."""
        return QRect(widget.mapTo(self.window, room.topLeft()), room.size())


def look_at(window: QMainWindow) -> Look:
    """Return what is seen of this window."""
    seen = [one for one in window.findChildren(QWidget) if is_seen(one)]
    pieces = [piece for one in seen for piece in pieces_of(one)]
    return Look(window, seen, pieces)


def is_seen(widget: QWidget) -> bool:
    """Return whether any of it is on screen."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def pieces_of(widget: QWidget) -> Iterator[Piece]:
    """Give the texts that this widget itself paints."""
    whole = widget.contentsRect()
    if isinstance(widget, QLabel):
        if widget.pixmap().isNull() and widget.text():
            yield Piece(widget, widget.text(), widget.font(), whole, widget.wordWrap())
    elif isinstance(widget, QAbstractButton):
        if widget.text():
            yield Piece(widget, widget.text().replace("&&", "&"), widget.font(), whole, False)
    elif isinstance(widget, QLineEdit):
        shown = widget.displayText() or widget.placeholderText()
        if shown:
            yield Piece(widget, shown, widget.font(), whole, False)
    elif isinstance(widget, QTableView):
        yield from _cells(widget)
    elif isinstance(widget, QTextEdit):
        yield Piece(widget, widget.toPlainText(), widget.font(), whole, True)


def _cells(view: QTableView) -> Iterator[Piece]:
    model, frame = view.model(), view.viewport().rect()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            area = view.visualRect(index)
            text = index.data()
            if text and area.intersects(frame):
                yield Piece(view.viewport(), str(text), _font(view, index), area, True)


def _font(view: QTableView, index: QModelIndex) -> QFont:
    found = index.data(Qt.ItemDataRole.FontRole)
    return found if isinstance(found, QFont) else view.font()


def scrolls(widget: QWidget) -> bool:
    """Return whether the widget lies in something that can be scrolled."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea | QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def corner(widget: QWidget) -> QPoint:
    """Return where it stands on its window."""
    return widget.mapTo(widget.window(), QPoint(0, 0))


def short(text: str) -> str:
    """Return enough of a text to find it again."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}..."
