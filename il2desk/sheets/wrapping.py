"""Breaking text into lines: at spaces only, never inside a quantity, never cut short."""

from __future__ import annotations

from functools import lru_cache

from il2desk.sheets.faces import width
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import Style
from il2desk.words import say

NO_BREAK = "\u00a0"
_SLACK = 0.01  # points; sums of advances differ in the last digits


@lru_cache(maxsize=8192)
def word_width(word: str, face: str, size: float) -> float:
    """Return the width of one word; sheets repeat their words."""
    return width(word, face, size)


def widest_quantity(text: str, style: Style) -> float:
    """Return the width of the widest piece that may never be parted (joined by no-break spaces)."""
    joined = [word for word in text.split(" ") if NO_BREAK in word]
    return max((word_width(word, style.face, style.size) for word in joined), default=0.0)


def wrap(text: str, style: Style, room: float, field: str) -> list[str]:
    """Return the lines of the text, each at most `room` points wide.

    A word wider than the room is parted, after a hyphen where it has one; a quantity never is:
    then SheetRefused names the field.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, style, room, field))
    return lines


def _wrap_paragraph(text: str, style: Style, room: float, field: str) -> list[str]:
    whole = width(text, style.face, style.size)
    if whole <= room + _SLACK:
        return [text]
    space = word_width(" ", style.face, style.size)
    lines: list[str] = []
    line = ""
    used = 0.0
    for word in text.split(" "):
        first, *rest = _pieces(word, style, room, field)
        advance = word_width(first, style.face, style.size)
        if line and used + space + advance <= room + _SLACK:
            line, used = f"{line} {first}", used + space + advance
        else:
            lines.extend([line] if line else [])
            line, used = first, advance
        for piece in rest:
            lines.append(line)
            line, used = piece, word_width(piece, style.face, style.size)
    lines.append(line)
    return lines


def _pieces(word: str, style: Style, room: float, field: str) -> list[str]:
    if word_width(word, style.face, style.size) <= room + _SLACK:
        return [word]
    if NO_BREAK in word:
        raise SheetRefused(
            say(
                "“{word}” ({field}) is too wide for its place on the sheet.", word=word, field=field
            ),
            say("Nothing was printed. Shorten it where it was entered, or print on A4."),
        )
    pieces: list[str] = []
    rest = word
    while rest:
        taken = _fitting(rest, style, room)
        pieces.append(rest[:taken])
        rest = rest[taken:]
    return pieces


def _fitting(word: str, style: Style, room: float) -> int:
    used = 0.0
    taken = 0
    for character in word:
        used += word_width(character, style.face, style.size)
        if used > room + _SLACK:
            break
        taken += 1
    else:
        return taken
    hyphen = word.rfind("-", 0, taken)
    return hyphen + 1 if hyphen > 0 else max(taken, 1)
