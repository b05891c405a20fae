"""No text is cut: not by its label, its button, its cell or its header, nor by what holds it."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)
from window_tree.look import Look, Piece, scrolls, short

# Qt breaks a double name at its hyphen, a path after a slash, a long word where a translator allows it.
_SOFT_HYPHEN = "\u00ad"
_BREAKS = re.compile(rf"[ \n]|(?<=[^\W\d])-(?=[^\W\d])|(?<=/)(?=\w)|(?<={_SOFT_HYPHEN})")
_SLACK = 1
_CELL_PAD = 18  # the inset of a cell and the style's margin, both sides
_DESIGNED = 1280
_TALL = 100_000


def faults(look: Look) -> list[str]:
    """Return a sentence for every text that does not fit."""
    found = [_of_piece(piece) for piece in look.pieces]
    found += [_of_header(view) for view in look.widgets if isinstance(view, QTableView)]
    found += [_sideways(view) for view in look.widgets if isinstance(view, QTableView)]
    found += [_of_holder(piece) for piece in look.pieces if isinstance(piece.widget, QLabel)]
    found += [_of_page(area) for area in look.widgets if isinstance(area, QScrollArea)]
    return [one for one in found if one]


def _of_piece(piece: Piece) -> str:
    widget = piece.widget
    if isinstance(widget, QLabel):
        return _of_label(piece, widget)
    if isinstance(widget, QAbstractButton):
        need = max(widget.minimumSizeHint().width(), _widest(piece.text, QFontMetrics(piece.font)))
        tall = widget.heightForWidth(widget.width())  # -1 where it has none
        wide = _told("button", piece.text, need, widget.width())
        return wide or _told("height of button", piece.text, tall, widget.height())
    if isinstance(widget, QLineEdit) and not widget.text():
        return _told("prompt", piece.text, _line(piece), widget.width())
    if isinstance(widget, QLineEdit | QTextEdit):
        return ""  # it scrolls with the cursor
    return _of_cell(piece)


def _of_label(piece: Piece, label: QLabel) -> str:
    metrics, width = QFontMetrics(piece.font), piece.room.width()
    if not piece.wraps:
        return _told("label", piece.text, _line(piece), width)
    wide = _told("word of label", piece.text, _widest(piece.text, metrics), width)
    need = label.heightForWidth(label.width())
    return wide or _told("height of label", piece.text, need, label.height())


def _of_cell(piece: Piece) -> str:
    metrics, width = QFontMetrics(piece.font), piece.room.width() - _CELL_PAD
    wide = _told("cell", piece.text, _widest(piece.text, metrics), width)
    flags = Qt.TextFlag.TextWordWrap.value
    need = metrics.boundingRect(QRect(0, 0, width + 8, _TALL), flags, piece.text).height()
    return wide or _told("height of cell", piece.text, need, piece.room.height())


def _of_header(view: QTableView) -> str:
    header, model = view.horizontalHeader(), view.model()
    if header.isHidden():
        return ""
    metrics = QFontMetrics(header.font())
    for at in range(model.columnCount()):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        wide = max(map(metrics.horizontalAdvance, text.split("\n")))
        told = _told("header", text, wide + 4, header.sectionSize(at))
        if told:
            return told
    return ""


def _sideways(view: QTableView) -> str:
    """A table that can be used shows all its columns in a window of the size it is designed for."""
    hidden = view.horizontalScrollBar().maximum()
    if hidden <= 0 or not view.isEnabled() or view.window().width() < _DESIGNED:
        return ""
    return f"the table {view.accessibleName()!r} hides {hidden} px at its side"


def _of_page(area: QScrollArea) -> str:
    """Nothing but a table or a picture scrolls sideways; behind a panel a page rests."""
    hidden, inside = area.horizontalScrollBar().maximum(), area.widget()
    if hidden <= 0 or not area.isEnabled() or inside is None or _holds_pictures(inside):
        return ""
    return f"{type(area).__name__} scrolls sideways by {hidden} px"


def _holds_pictures(inside: QWidget) -> bool:
    return any(not one.pixmap().isNull() for one in inside.findChildren(QLabel))


def _of_holder(piece: Piece) -> str:
    """Whatever holds a label shows all of it, unless it can be scrolled."""
    if scrolls(piece.widget):
        return ""
    shown = piece.widget.visibleRegion().boundingRect()
    lost = piece.widget.contentsRect().intersected(piece.widget.rect())
    if shown.contains(lost) or not _inked(piece, shown):
        return ""
    return f"{short(piece.text)!r} is cut by what holds it"


def _inked(piece: Piece, shown: QRect) -> bool:
    """Return whether letters lie outside what is shown: an empty margin may be cut."""
    metrics = QFontMetrics(piece.font)
    flags = Qt.TextFlag.TextWordWrap.value if piece.wraps else 0
    need = metrics.boundingRect(piece.room, flags, piece.text)
    return need.width() > shown.width() + _SLACK or need.height() > shown.height() + _SLACK


def _line(piece: Piece) -> int:
    metrics = QFontMetrics(piece.font)
    return max(metrics.horizontalAdvance(line) for line in piece.text.split("\n"))


def _widest(text: str, metrics: QFontMetrics) -> int:
    return max(
        (
            metrics.horizontalAdvance(word.replace(_SOFT_HYPHEN, "-"))
            for word in _BREAKS.split(_breakable(text))
        ),
        default=0,
    )


def _breakable(text: str) -> str:
    """Chinese may break between any two characters."""
    return re.sub(r"([\u3000-\u9fff])", r" \1 ", text)


def _told(what: str, text: str, need: int, has: int) -> str:
    return f"{what} {short(text)!r} needs {need} px and has {has}" if need > has + _SLACK else ""
