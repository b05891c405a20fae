"""The axis of days above a picture, the lines of midnight, and what turns through all panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.sheets.faces import width
from il2desk.sheets.geometry import BLACK, FRAME_LINE, HAIRLINE
from il2desk.sheets.plot_room import STYLE
from il2desk.sheets.strips import Ink, Rule, Strip, baseline

if TYPE_CHECKING:
    from il2desk.sheets.plot import Moment, Plot
    from il2desk.sheets.plot_field import Field

_APART = 5.0  # points between two dates
_TICK = 3.0
_PALE = 0.75
_TURN = (3.0, 1.5, 1.0, 1.5)


def axis_strip(plot: Plot, field: Field) -> Strip:
    """Return the dates at their midnights, as many as have room, and the words of the turns below."""
    inks, rules = [], []
    base, low = baseline(STYLE, 0.0), STYLE.leading
    every = _every(plot, field)
    for at, day in enumerate(plot.days):
        x = field.x(day.x)
        rules.append(Rule(x, low, x, low + _TICK, FRAME_LINE, BLACK))
        if at % every == 0 and x + _run(day.label.words) <= field.wide:
            inks.append(Ink(x, base, day.label.words, STYLE))
    high = low + _TICK
    for turn in plot.turns:
        x = min(field.x(turn.x), field.wide - _run(turn.label.words))
        inks.append(Ink(x, baseline(STYLE, high), turn.label.words, STYLE))
        high += STYLE.leading
    rules.append(Rule(field.left, low + _TICK, field.right, low + _TICK, FRAME_LINE, BLACK))
    return Strip(high + 1.0, tuple(inks), tuple(rules), keep=True, name="axis")


def uprights(plot: Plot, field: Field, top: float, high: float) -> tuple[Rule, ...]:
    """Return a pale line at every midnight that has its date, a dashed one at every turn, and the panel's frame."""
    named = plot.days[:: _every(plot, field)]
    days = (Rule(x, top, x, top + high, HAIRLINE, _PALE) for x in _xs(named, field))
    turns = (Rule(x, top, x, top + high, FRAME_LINE, BLACK, _TURN) for x in _xs(plot.turns, field))
    left, right, low = field.left, field.right, top + high
    frame = (
        Rule(left, top, left, low, FRAME_LINE, BLACK),
        Rule(left, low, right, low, FRAME_LINE, BLACK),
        Rule(right, top, right, low, HAIRLINE),
    )
    return (*days, *turns, *frame)


def _xs(moments: tuple[Moment, ...], field: Field) -> tuple[float, ...]:
    return tuple(field.x(one.x) for one in moments if 0 < one.x < field.long)


def _every(plot: Plot, field: Field) -> int:
    """Every how many days a date stands, so that no two of them meet."""
    if len(plot.days) < 2:  # noqa: PLR2004 - two of them can meet
        return 1
    least = min(
        field.x(after.x) - field.x(day.x)
        for day, after in zip(plot.days, plot.days[1:], strict=False)
    )
    need = max(_run(day.label.words) for day in plot.days) + _APART
    every = 1
    while least * every < need and every < len(plot.days):
        every += 1
    return every


def _run(words: str) -> float:
    return width(words, STYLE.face, STYLE.size)
