"""The embedded type: loaded once, measured fast, and asked whether it can show a character.

DejaVu Sans shows everything but Chinese; a character of Chinese writing goes to Noto Sans TC.
Signs such as tick boxes never do: that face draws an empty box as a crossed one.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from il2desk.paths import resource
from il2desk.sheets.geometry import BOLD, HAN, REGULAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfbase.ttfonts import TTFont

_UNITS = 1000  # a face's widths are given in thousandths of the size
# Unicode blocks of Chinese writing: punctuation, bopomofo, the ideographs, their wide forms.
_CHINESE = (
    (0x3001, 0x303F),
    (0x3100, 0x312F),
    (0x31A0, 0x31BF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFF60),
    (0x20000, 0x323AF),
)
_FIRST_CHINESE = "\u3001"


class _Widths(dict[str, float]):
    """Advance of each character in thousandths of the size, filled as characters are met."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        font = _font(HAN if is_chinese(character) else self._face)
        advance = float(font.face.charWidths.get(ord(character), font.face.defaultWidth))
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
    return _Widths(face)


@cache
def is_chinese(character: str) -> bool:
    """Return whether the character belongs to Chinese writing."""
    return any(first <= ord(character) <= last for first, last in _CHINESE)


@cache
def shows(character: str) -> bool:
    """Return whether a face on board shows the character rightly, in every weight it is set in."""
    faces = (HAN,) if is_chinese(character) else (REGULAR, BOLD)
    return all(ord(character) in _font(face).face.charToGlyph for face in faces)


def pieces(words: str, face: str) -> Iterator[tuple[str, str]]:
    """Yield the words in pieces of one face each, in order, as (face, piece)."""
    if max(words, default="") < _FIRST_CHINESE:
        yield face, words
        return
    for chinese, characters in groupby(words, is_chinese):
        yield (HAN if chinese else face), "".join(characters)


def load_faces() -> None:
    """Make both weights known to the PDF library; a second call costs nothing."""
    _font(REGULAR)
    _font(BOLD)


def embedded_fonts() -> tuple[str, ...]:
    """Load and name the faces that sheets embed: two in each, the third where it is needed."""
    faces = (REGULAR, BOLD, HAN)
    for face in faces:
        _font(face)
    return faces


def width(text: str, face: str, size: float) -> float:
    """Return how wide the text runs, in points."""
    return sum(map(_widths(face).__getitem__, text)) * size / _UNITS
