"""The shapes of points and doses: silhouettes that a grey copy still tells apart (screens, 5.2).

A circle was recorded by a person, a square was not; what is filled went in.
"""

from __future__ import annotations

from math import cos, pi, sin

from il2desk.sheets.geometry import BOLD, Style
from il2desk.sheets.strips import Figure, Ink

DOT, BOX, RING = "dot", "box", "ring"
"""Shapes of values: a daily one, a dosing weight, one that was converted."""
SMALL, LARGE = 2.2, 5.6  # points from the centre
_SIDES = 24
_WHITE, _BLACK, _MID = 1.0, 0.0, 0.55
_LINE, _BOLD_LINE = 0.9, 1.3
_DOTTED, _DASHED = (1.0, 1.6), (2.2, 1.6)
_ON_DARK = Style(BOLD, 8, 10, 1.0)
_ON_LIGHT = Style(BOLD, 8, 10)
_BADGE = Style(BOLD, 8, 10)
_BADGE_SIDE = 8.4
_DOWN = 2.9  # from the centre of a letter of 8 pt to its baseline
Shape = tuple[tuple[Figure, ...], tuple[Ink, ...]]
_LETTERS = {"part given": "P", "not known": "?", "disputed": "!"}


def mark(shape: str, x: float, y: float) -> Shape:
    """Return the figures and letters of a shape about a centre; KeyError for an unknown one."""
    if shape in (DOT, BOX, RING):
        return (_value(shape, x, y),), ()
    figures = tuple(_DOSES[shape](x, y))
    letter = _LETTERS.get(shape, "")
    style = _ON_DARK if shape == "part given" else _ON_LIGHT
    wide = {"P": 5.9, "?": 4.6, "!": 3.7}.get(letter, 0.0)
    return figures, ((Ink(x - wide / 2, y + _DOWN, letter, style),) if letter else ())


def badge(letter: str, x: float, y: float) -> Shape:
    """Return the small square with a letter that stands at the upper right of a mark."""
    half = _BADGE_SIDE / 2
    frame = _square(x, y, half, _WHITE, _LINE)
    return (frame,), (Ink(x - 3.1, y + _DOWN, letter, _BADGE),)


def half_size(shape: str) -> float:
    """Return how far a shape reaches from its centre, in points."""
    return SMALL + 0.5 if shape in (DOT, BOX, RING) else LARGE + 0.6


def _value(shape: str, x: float, y: float) -> Figure:
    if shape == BOX:
        return _square(x, y, SMALL, _BLACK, _LINE)
    return _circle(x, y, SMALL, _BLACK if shape == DOT else _WHITE, _LINE)


def _circle(
    x: float, y: float, size: float, fill: float | None, thick: float,
    dash: tuple[float, ...] = (),
) -> Figure:  # fmt: skip
    turns = (2 * pi * side / _SIDES for side in range(_SIDES))
    corners = tuple((x + size * cos(turn), y + size * sin(turn)) for turn in turns)
    return Figure(corners, fill, thick, dash=dash)


def _square(
    x: float, y: float, half: float, fill: float | None, thick: float,
    dash: tuple[float, ...] = (),
) -> Figure:  # fmt: skip
    corners = (
        (x - half, y - half),
        (x + half, y - half),
        (x + half, y + half),
        (x - half, y + half),
    )
    return Figure(corners, fill, thick, dash=dash)


def _stroke(*corners: tuple[float, float], gray: float = _BLACK) -> Figure:
    return Figure(corners, None, _BOLD_LINE, gray, closed=False)


def _given(x: float, y: float) -> list[Figure]:
    tick = _stroke((x - 2.6, y + 0.2), (x - 0.7, y + 2.2), (x + 2.8, y - 2.2), gray=_WHITE)
    return [_circle(x, y, LARGE, _BLACK, _LINE), tick]


def _part(x: float, y: float) -> list[Figure]:
    return [_circle(x, y, LARGE, _BLACK, _LINE)]


def _held(x: float, y: float) -> list[Figure]:
    bars = [_stroke((x + dx, y - 2.6), (x + dx, y + 2.6)) for dx in (-1.6, 1.6)]
    return [_circle(x, y, LARGE, _WHITE, _LINE), *bars]


def _omitted(x: float, y: float) -> list[Figure]:
    return [_circle(x, y, LARGE, _WHITE, _LINE), _stroke((x - 2.8, y), (x + 2.8, y))]


def _not_known(x: float, y: float) -> list[Figure]:
    return [_circle(x, y, LARGE, _WHITE, _LINE, _DASHED)]


def _half(x: float, y: float) -> list[Figure]:
    turns = (pi / 2 + pi * side / (_SIDES // 2) for side in range(_SIDES // 2 + 1))
    left = tuple((x + LARGE * cos(turn), y + LARGE * sin(turn)) for turn in turns)
    return [_circle(x, y, LARGE, _WHITE, _LINE), Figure(left, _BLACK, _LINE)]


def _disputed(x: float, y: float) -> list[Figure]:
    return [_circle(x, y, LARGE, _WHITE, _BOLD_LINE, _DASHED)]


def _planned(x: float, y: float) -> list[Figure]:
    return [_square(x, y, LARGE - 0.6, _WHITE, _LINE, _DOTTED)]


def _delayed(x: float, y: float) -> list[Figure]:
    head = _stroke((x + 0.2, y - 2.4), (x + 2.8, y), (x + 0.2, y + 2.4))
    return [*_planned(x, y), _stroke((x - 2.8, y), (x + 2.6, y)), head]


def _prepared(x: float, y: float) -> list[Figure]:
    half = LARGE - 0.6
    lower = ((x - half, y), (x + half, y), (x + half, y + half), (x - half, y + half))
    return [_square(x, y, half, _WHITE, _LINE), Figure(lower, _MID, _LINE)]


def _cancelled(x: float, y: float) -> list[Figure]:
    half = LARGE - 0.6
    hatch = [
        Figure(((x - half, y + d), (x + d, y - half)), None, _LINE, closed=False)
        for d in (-half / 2, 0.0, half / 2, half)
    ]
    return [_square(x, y, half, _WHITE, _LINE), *hatch]


_DOSES = {
    "given": _given,
    "part given": _part,
    "held": _held,
    "omitted": _omitted,
    "not known": _not_known,
    "needs second person": _half,
    "disputed": _disputed,
    "planned": _planned,
    "delayed": _delayed,
    "prepared": _prepared,
    "cancelled": _cancelled,
}
