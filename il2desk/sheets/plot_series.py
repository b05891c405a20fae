"""One series: a scale with its unit at every number, points, thin joins, lines with their words."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from il2desk.dosing import write_quantity
from il2desk.sheets.geometry import BLACK, FRAME_LINE, HAIR_GRAY, HAIRLINE
from il2desk.sheets.plot import Number, Panel, Point
from il2desk.sheets.plot_field import GAP, Field, run
from il2desk.sheets.plot_marks import badge, half_size, mark
from il2desk.sheets.plot_room import STYLE, Box, Room, box_of, spread
from il2desk.sheets.plot_scale import Scale, scale_of
from il2desk.sheets.strips import Figure, Ink, Rule, Strip
from il2desk.sheets.wrapping import wrap

_TICK = 2.5
_JOIN, _STEP = 0.6, 1.3
_PAD = 4.0  # points
_APART = 1.0  # points beside a mark that no label of another one takes
_GRAVE = 4  # labels of a lower weight may interrupt a line
_DASH, _PLAN = (3.0, 2.0), (1.2, 2.0)
_BADGE_AWAY = 7.0
_MIDDLE = 0.26  # of the size: from the middle of a figure to its baseline
Line = tuple[float, float, float, float]


def series_strip(panel: Panel, field: Field) -> Strip:
    """Return the panel without its title; the lines of midnight are drawn by the axis."""
    scale, high = scale_of(panel), panel.high
    inks, rules = _numbers(panel, scale, field)
    room = Room(Box(field.left + 1, -1.5, field.right - 1, high - 1.0))
    said = []
    for guide in panel.guides:
        y = _level(scale, guide.y, high)
        rules.append(Rule(field.left, y, field.right, y, FRAME_LINE, BLACK, _DASH))
        room.lines.append((field.left, y, field.right, y))
        said.append((field.right, y, guide.label.words))
    figures: list[Figure] = []
    for stairs in panel.stairs:
        corners = [(field.x(x), _level(scale, y, high)) for x, y in stairs.corners]
        path = _stairs(corners)
        figures.append(
            Figure(path, None, _STEP, BLACK, closed=False, dash=_PLAN if stairs.dashed else ())
        )
        room.joins += [(*one, *two) for one, two in pairwise(path)]
        said.append((*path[-1], stairs.label.words))
    places = [(field.x(one.x), _level(scale, one.y, high)) for one in panel.points]
    for (before, here), point in zip(pairwise(places), panel.points[1:], strict=True):
        if point.joined:
            rules.append(Rule(*before, *here, _JOIN, BLACK))
            room.joins.append((*before, *here))
    words, leaders = _beside(said, field, high)
    made, letters = _points(panel.points, places, room)
    # Below every label white, so that no line of midnight runs through a number.
    under = tuple(_under(ink) for ink in letters if ink.style is STYLE)
    shapes = (*figures, *under, *made)
    return Strip(high, (*inks, *words, *letters), (*rules, *leaders), figures=shapes)


def _level(scale: Scale, value: Number, high: float) -> float:
    """How far below the top of the panel a number stands; half a line stays free at both ends."""
    share = scale.share(Fraction(value))
    return _PAD + (high - 2 * _PAD) * (1.0 - share.numerator / share.denominator)


def _numbers(panel: Panel, scale: Scale, field: Field) -> tuple[list[Ink], list[Rule]]:
    """The numbers at the left, each with its unit, and their ticks."""
    inks, rules = [], []
    for tick in scale.ticks:
        y = _level(scale, tick, panel.high)
        words = write_quantity(tick, panel.unit)
        x = field.left - GAP - run(words)
        inks.append(Ink(x, y + _MIDDLE * STYLE.size, words, STYLE))
        rules.append(Rule(field.left - _TICK, y, field.left, y, HAIRLINE, BLACK))
    return inks, rules


def _stairs(corners: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    path = corners[:1]
    for (_, y), (x, after) in pairwise(corners):
        path += [(x, y), (x, after)]
    return tuple(path)


def _beside(
    said: list[tuple[float, float, str]], field: Field, high: float
) -> tuple[list[Ink], list[Rule]]:
    """The words of each line at the right, apart from each other, with a thread to their line."""
    x = field.right + 2 * GAP
    lines = [wrap(words, STYLE, field.words_room + 0.6, words) for _, _, words in said]
    tall = max((len(one) for one in lines), default=1) * STYLE.leading
    tops = spread([y - STYLE.leading / 2 for _, y, _ in said], tall, -3.0, high + 3.0)
    inks, rules = [], []
    for (end, y, _), top, parts in zip(said, tops, lines, strict=True):
        middle = top + STYLE.leading / 2
        if end < field.right:
            rules.append(Rule(end, y, field.right, y, HAIRLINE, HAIR_GRAY))
        rules.append(Rule(field.right, y, x - 1.0, middle, HAIRLINE, BLACK))
        for at, words in enumerate(parts):
            base = middle + _MIDDLE * STYLE.size + at * STYLE.leading
            inks.append(Ink(x, base, words, STYLE))
    return inks, rules


def _points(
    points: tuple[Point, ...], places: list[tuple[float, float]], room: Room
) -> tuple[list[Figure], list[Ink]]:
    figures: list[Figure] = []
    inks: list[Ink] = []
    for point, (x, y) in zip(points, places, strict=True):
        size = half_size(point.shape)
        room.boxes.append(Box(x - size - _APART, y - size, x + size + _APART, y + size))
        shapes, letters = mark(point.shape, x, y)
        figures += shapes
        inks += letters
        if point.badge:
            shapes, letters = _badge(point.badge, x, y, room)
            figures += shapes
            inks += letters
    ranked = sorted(zip(points, places, strict=True), key=lambda one: one[0].weight)
    for point, (x, y) in ranked:
        if point.label is not None:
            ink = room.place(
                point.label.words,
                x,
                y,
                half_size(point.shape) + _APART,
                over_lines=point.weight < _GRAVE,
            )
            inks += [] if ink is None else [ink]
    return figures, inks


def _badge(
    letter: str, x: float, y: float, room: Room
) -> tuple[tuple[Figure, ...], tuple[Ink, ...]]:
    """The badge at the corner of a mark that has the room, the upper right one before the others."""
    corners = [
        (x + dx, y + dy) for dy in (-_BADGE_AWAY, _BADGE_AWAY) for dx in (_BADGE_AWAY, -_BADGE_AWAY)
    ]
    boxes = [Box(cx - 4.4, cy - 4.4, cx + 4.4, cy + 4.4) for cx, cy in corners]
    free = next((at for at, box in enumerate(boxes) if room.is_free(box)), 0)
    room.boxes.append(boxes[free])
    return badge(letter, *corners[free])


def _under(ink: Ink) -> Figure:
    """White below a label."""
    box = box_of(ink)
    corners = (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )
    return Figure(corners, 1.0, gray=1.0)
