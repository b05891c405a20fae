"""A row of doses: each in its shape at its moment; what would cover another one goes a line lower."""

from __future__ import annotations

from il2desk.sheets.plot import Panel, Point
from il2desk.sheets.plot_field import Field, run
from il2desk.sheets.plot_marks import LARGE, badge, mark
from il2desk.sheets.plot_room import STYLE, Box, Room
from il2desk.sheets.strips import Figure, Ink, Strip

_SIDE = 2 * LARGE + 2.2  # points that a shape takes
_BADGE = 8.6
_LANE = _SIDE + STYLE.leading - 0.5


def row_strip(panel: Panel, field: Field) -> Strip:
    """Return the row without its title, as many lanes high as the doses need."""
    lanes = lanes_of(panel.points, field)
    high = (max(lanes, default=0) + 1) * _LANE + 3.0
    room = Room(Box(field.left - LARGE, 0.0, field.right + LARGE, high))
    figures: list[Figure] = []
    inks: list[Ink] = []
    for point, lane in zip(panel.points, lanes, strict=True):
        x, y = field.x(point.x), _middle(lane)
        shapes, letters = mark(point.shape, x, y)
        figures += shapes
        inks += letters
        if point.badge:
            shapes, letters = badge(point.badge, x + _BADGE, y - 3.0)
            figures += shapes
            inks += letters
    for point, lane in sorted(zip(panel.points, lanes, strict=True), key=lambda one: one[0].weight):
        if point.label is None:
            continue
        words = point.label.words
        ink = Ink(
            field.x(point.x) - run(words) / 2, _middle(lane) + LARGE + STYLE.size, words, STYLE
        )
        box = Box(ink.x - 1.5, ink.y - 6.0, ink.x + run(words) + 1.5, ink.y + 1.5)
        if not any(box.meets(other) for other in room.boxes):
            room.boxes.append(box)
            inks.append(ink)
    return Strip(high, tuple(inks), figures=tuple(figures))


def lanes_of(points: tuple[Point, ...], field: Field) -> list[int]:
    """Return the lane of each point, from 0: the first one in which it covers no other."""
    ends: list[float] = []
    lanes = []
    for point in points:
        x, wide = field.x(point.x), _SIDE + (_BADGE if point.badge else 0.0)
        lane = next((at for at, end in enumerate(ends) if x - _SIDE / 2 >= end), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = x - _SIDE / 2 + wide
        lanes.append(lane)
    return lanes


def _middle(lane: int) -> float:
    return lane * _LANE + _SIDE / 2 + 1.5
