"""Room for words in a picture: a label stands only where it covers no mark, line or other label."""

from __future__ import annotations

from dataclasses import dataclass, field

from il2desk.sheets.faces import width
from il2desk.sheets.geometry import Role
from il2desk.sheets.strips import Ink

STYLE = Role.FINE.style
"""The letters of a picture: 8 pt, which a window shows with 12 pixels."""
ABOVE, BELOW = 0.76, 0.24  # of the size: how far letters reach from their baseline
_CLEAR = 1.2  # points between a label and what stands beside it


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its sides, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether the two share any room."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def inside(self, other: Box) -> bool:
        """Return whether it lies whole within the other."""
        across = self.left >= other.left and self.right <= other.right
        return across and self.top >= other.top and self.bottom <= other.bottom


def box_of(ink: Ink) -> Box:
    """Return the room that a line of letters takes."""
    size = ink.style.size
    wide = width(ink.words, ink.style.face, size)
    return Box(ink.x, ink.y - ABOVE * size, ink.x + wide, ink.y + BELOW * size)


@dataclass(slots=True)
class Room:
    """What of an area is taken: boxes and joins that no label may cover, lines that it better does not."""

    area: Box
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    joins: list[tuple[float, float, float, float]] = field(default_factory=list)

    def place(
        self, words: str, x: float, y: float, away: float, *, over_lines: bool = False
    ) -> Ink | None:
        """Return the words beside a mark at x and y, or None where no side of it has room.

        `over_lines` lets them interrupt a line where no side is free of lines.
        """
        size, wide = STYLE.size, width(words, STYLE.face, STYLE.size)
        reach = away + _CLEAR
        middle = (ABOVE - BELOW) / 2 * size
        sides = [
            Ink(left, base, words, STYLE)
            for left, base in (
                (x - wide / 2, y - reach - BELOW * size),
                (x - wide / 2, y + reach + ABOVE * size),
                (x + reach, y + middle),
                (x - reach - wide, y + middle),
            )
        ]
        for crossing in (False, True) if over_lines else (False,):
            for ink in sides:
                if self.is_free(box_of(ink), crossing=crossing):
                    self.boxes.append(box_of(ink))
                    return ink
        return None

    def is_free(self, box: Box, *, crossing: bool = False) -> bool:
        """Return whether nothing stands there and it lies within the area; lines count unless crossed."""
        if not box.inside(self.area) or any(box.meets(other) for other in self.boxes):
            return False
        kept = self.joins if crossing else (*self.joins, *self.lines)
        return not any(_crosses(box, line) for line in kept)


def _crosses(box: Box, line: tuple[float, float, float, float]) -> bool:
    """Whether a straight line runs through a box: what of it lies between each pair of sides."""
    x0, y0, x1, y1 = line
    begin, end = 0.0, 1.0
    sides = ((x0, x1 - x0, box.left, box.right), (y0, y1 - y0, box.top, box.bottom))
    for start, length, low, high in sides:
        if length == 0:
            if not low < start < high:
                return False
            continue
        enters, leaves = sorted(((low - start) / length, (high - start) / length))
        begin, end = max(begin, enters), min(end, leaves)
    return begin < end


def spread(wished: list[float], high: float, low: float, end: float) -> list[float]:
    """Return tops for labels `high` points each, near the wished ones, in order, between the ends.

    They never meet while together they fit; where they do not, they stand evenly and may.
    """
    order = sorted(range(len(wished)), key=wished.__getitem__)
    step = min(high, (end - low) / len(order)) if order else high
    tops = [0.0] * len(wished)
    at = low
    for index in order:
        at = max(at, wished[index])
        tops[index] = at
        at += step
    limit = end
    for index in reversed(order):
        tops[index] = min(tops[index], limit - step)
        limit = tops[index]
    return tops
