"""What of the texts on screen is cut, stands outside its place, or scrolls the page sideways."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from il2desk.window.breaks import widest_piece
from il2desk.window.shell import MainWindow


def cut_texts(window: MainWindow) -> Iterator[str]:
    """Every text that is not wholly seen, with the room it has and the room it needs."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QLabel, QAbstractButton)):
            need = _cut(widget)
            if need:
                yield f"{type(widget).__name__} {widget.text()[:60]!r}: {need}"
    bar = window._frame.horizontalScrollBar()
    if bar.maximum() > 0:
        yield f"the page scrolls sideways by {bar.maximum()}"


def _cut(widget: QLabel | QAbstractButton) -> str:
    if isinstance(widget, QAbstractButton):
        least = widget.minimumSizeHint()
        if least.width() > widget.width() or least.height() > widget.height():
            return f"{widget.size().toTuple()} of {least.toTuple()}"
        return _outside(widget)
    shown = QLabel.text(widget)
    if not shown or not widget.pixmap().isNull():
        return ""
    metrics, room = widget.fontMetrics(), widget.contentsRect().width() + 1
    if not widget.wordWrap():
        wide = metrics.horizontalAdvance(shown)
        return f"{wide} in {room}" if wide > room else _outside(widget)
    wide, high = widest_piece(shown, metrics), widget.heightForWidth(widget.width())
    if wide > room or high > widget.height() + 1:
        return f"{wide} x {high} in {room} x {widget.height()}"
    return _outside(widget)


def _outside(widget: QWidget) -> str:
    """A widget that stands over the edge of what holds it; what scrolls is no edge."""
    holder = widget.parentWidget()
    if holder is None or isinstance(holder.parentWidget(), QAbstractScrollArea):
        return ""
    inside = holder.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())
    return "" if inside else f"{widget.geometry().getRect()} outside {holder.rect().getRect()}"
