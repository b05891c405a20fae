"""The embedded type: loaded once, measured fast, and asked whether it can show a character."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from il2desk.paths import resource
from il2desk.sheets.geometry import BOLD, REGULAR

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_UNITS = 1000  # a face's widths are given in thousandths of the size


class _Widths(dict[str, float]):
    """Advance of each character in thousandths of the size, filled as characters are met."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._codes = font.face.charWidths
        self._default = font.face.defaultWidth

    def __missing__(self, character: str) -> float:
        advance = float(self._codes.get(ord(character), self._default))
        self[character] = advance
        return advance


@cache
def _font(face: str) -> TTFont:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - heavy, and only for a sheet
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(face, str(resource("fonts", f"{face}.ttf")), asciiReadable=True)
    pdfmetrics.registerFont(font)
    return font


@cache
def _widths(face: str) -> _Widths:
    return _Widths(_font(face))


@cache
def showable() -> frozenset[str]:
    """Return the characters that both weights can show."""
    codes = set(_font(REGULAR).face.charToGlyph) & set(_font(BOLD).face.charToGlyph)
    return frozenset(map(chr, codes))


def load_faces() -> None:
    """Make both weights known to the PDF library; a second call costs nothing."""
    _font(REGULAR)
    _font(BOLD)


def embedded_fonts() -> tuple[str, ...]:
    """Return the names of the faces that every sheet embeds, once they are loaded."""
    load_faces()
    return REGULAR, BOLD


def width(text: str, face: str, size: float) -> float:
    """Return how wide the text runs, in points."""
    return sum(map(_widths(face).__getitem__, text)) * size / _UNITS
