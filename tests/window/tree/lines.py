"""Number and unit stand on one line, as the text is really broken in the room that it has."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QTextEdit
from window_tree.look import Look, Piece, short

_NUMBER = re.compile(r"(?:^|\s)\d[\d.,]*\s?$")
_UNIT = re.compile(r"^(?:million|international|thousand|kg|mL|mg|mmHg|%|hr|min|cm)\b")


def faults(look: Look) -> list[str]:
    """Return a sentence for every number whose unit stands on the next line."""
    return [
        f"{short(piece.text)!r} parts {before.split()[-1]} from {after.split()[0]}"
        for piece in look.pieces
        if piece.wraps and not isinstance(piece.widget, QTextEdit)
        for before, after in _breaks(piece)
        if _NUMBER.search(before) and _UNIT.search(after)
    ]


def _breaks(piece: Piece) -> list[tuple[str, str]]:
    """Return the lines before and after each break."""
    found: list[str] = []
    for paragraph in piece.text.split("\n"):
        layout = QTextLayout(paragraph, piece.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(piece.room.width() - _pad(piece), 1))
            found.append(paragraph[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
    return list(pairwise(found))


def _pad(piece: Piece) -> int:
    """Return how much of the room a cell of a table keeps free at its sides."""
    return 0 if isinstance(piece.widget, QLabel) else 18
