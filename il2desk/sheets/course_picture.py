"""The picture of a course: doses and series under one axis, and the cumulative dose under another."""

from __future__ import annotations

from decimal import Decimal

from il2desk.sheets.course_facts import (
    CORRECTED,
    Course,
    CourseAxis,
    CourseDose,
    CourseSeries,
    CourseTotal,
    CourseValue,
)
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Text, write
from il2desk.sheets.plot import Guide, KeyWord, Moment, Panel, Plot, Point, Stairs
from il2desk.words import say

_NOTHING = (0, Decimal(0))
MILLION = "million international units"
_HIGH, _LOWER, _SUM_HIGH = 84.0, 50.0, 120.0  # points; the first series has the lines of the weight
_STATES = {
    "given": "Given", "part given": "Part given", "held": "Held", "omitted": "Omitted",
    "not known": "Not known", "needs second person": "Needs second person",
    "disputed": "Disputed", "planned": "Planned", "delayed": "Delayed", "prepared": "Prepared",
    "cancelled": "Cancelled",
}  # fmt: skip


def course_plots(course: Course) -> tuple[Plot, ...]:
    """Return every picture of a course, for a window that shows the numbers in its own table."""
    return (course_plot(course), total_plot(course))


def course_plot(course: Course) -> Plot:
    """Return the doses and every series on one axis of time."""
    first, *others = course.series
    panels = (
        _doses(course.doses),
        _series(first, _HIGH),
        *(_series(one, _LOWER) for one in others),
    )
    return _plot(course.axis, panels)


def total_plot(course: Course) -> Plot:
    """Return the cumulative dose on the axis of the cycle."""
    return _plot(course.axis, (_total(course.axis, course.total),))


def _plot(axis: CourseAxis, panels: tuple[Panel, ...]) -> Plot:
    return Plot(axis.long, _moments(axis.days), panels, _moments(axis.turns))


def _moments(told: tuple[tuple[int, str], ...]) -> tuple[Moment, ...]:
    return tuple(Moment(at, _fine(words, say("day"))) for at, words in told)


def _fine(words: str, field: str) -> Text:
    return write(words, Role.FINE, field)


def _doses(doses: tuple[CourseDose, ...]) -> Panel:
    states = dict.fromkeys(one.state for one in doses)
    return Panel(
        title=write(say("Doses, by number"), Role.STRONG, say("doses")),
        unit="",
        high=0.0,
        points=tuple(
            Point(
                one.minutes,
                Decimal(0),
                one.state,
                _fine(str(one.number), say("dose {number}", number=one.number)),
                badge=CORRECTED if one.amended else "",
                # Where not every number has room, the first, the last and every fifth stay.
                weight=0 if one.number == 1 or one is doses[-1] else 1 + bool(one.number % 5),
            )
            for one in doses
        ),
        key=tuple(
            KeyWord(state, _fine(say(words), say("doses")))
            for state, words in _STATES.items()
            if state in states
        ),
    )


def _series(series: CourseSeries, high: float) -> Panel:
    title = write(series.title, Role.STRONG, series.title)
    drawn = [one for one in series.values if one.minutes is not None]
    if not drawn:
        return Panel(title, series.unit, high, empty=_fine(series.empty, series.title))
    ranks, wanted = _ranks(drawn), _told(drawn)
    points = []
    for at, one in enumerate(drawn):
        alike = at > 0 and one.shape != "ring" and drawn[at - 1].shape != "ring"
        points.append(
            Point(
                one.minutes or 0,
                one.number,
                one.shape,
                _fine(one.words, series.title) if at in wanted else None,
                joined=alike,
                badge=CORRECTED if one.corrected else "",
                weight=ranks[at],
            )
        )
    guides = tuple(Guide(one.number, _fine(one.words, series.title)) for one in series.lines)
    return Panel(title, series.unit, high, tuple(points), guides)


def _ranks(values: list[CourseValue]) -> list[int]:
    """Which values are written first where not all have room: highest, last, first, lowest."""
    numbers = [one.number for one in values]
    wanted = (
        numbers.index(max(numbers)),
        len(values) - 1, 0, numbers.index(min(numbers)),
    )  # fmt: skip
    return [wanted.index(at) if at in wanted else len(wanted) for at in range(len(values))]


def _told(values: list[CourseValue]) -> set[int]:
    """Which values have words: each that differs from the one before, and the last."""
    changed = {at for at, one in enumerate(values) if at == 0 or one.words != values[at - 1].words}
    return {*changed, len(values) - 1}


def _total(axis: CourseAxis, total: CourseTotal) -> Panel:
    title = write(say("Cumulative dose of the cycle"), Role.STRONG, say("cumulative dose"))
    if not total.given and not total.planned:
        return Panel(
            title, MILLION, _SUM_HIGH,
            empty=_fine(say("No dose with an amount is recorded in this cycle."), say("cumulative dose")),
        )  # fmt: skip
    stairs = []
    for sums, words, dashed in (
        (total.planned, say("planned {amount}", amount=total.planned_words), True),
        (total.given, say("given {amount}", amount=total.given_words), False),
    ):
        if sums:
            corners = (_NOTHING, *sums, (axis.long, sums[-1][1])) if dashed else (_NOTHING, *sums)
            stairs.append(Stairs(corners, _fine(words, say("cumulative dose")), dashed))
    return Panel(title, MILLION, _SUM_HIGH, stairs=tuple(stairs), from_zero=True)
