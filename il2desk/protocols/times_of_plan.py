"""When the doses of a plan are given: by an interval, or on listed days, so many times a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from il2desk.dosing import Evidence, Level, Sourced, tell
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.sourced_values import sourced_decimal, sourced_whole
from il2desk.protocols.table import Table

Value = TypeVar("Value")

_DAY_H = Decimal(24)


@dataclass(frozen=True, slots=True)
class Times:
    """What a plan says of its times. `interval_h` and `days` exclude each other."""

    interval_h: Sourced[Decimal] | None
    days: Sourced[tuple[int, ...]] | None
    doses_per_cycle: Sourced[int] | None
    times_a_day: Sourced[int] | None
    hours_apart: Sourced[Decimal] | None


def read_times(table: Table, gaps: GapList, levels: tuple[Level, ...]) -> Times:
    """Doses round the clock (interval and number), or doses on listed days; one of them may be a gap.

    Days listed by the levels are the days of the plan.
    """
    interval = sourced_decimal(table, "interval_h", required=False)
    days = _days(table, levels)
    count = sourced_whole(table, "doses_per_cycle", required=False)
    times_a_day = sourced_whole(table, "times_a_day", required=False)
    apart = sourced_decimal(table, "hours_apart", required=False)
    field = table.field
    if interval is not None and days is not None:
        table.problem(
            "days", tell("doses go by an interval or on listed days, not both. Keep one.")
        )
    if interval is not None:
        name = f"{field}.doses_per_cycle"
        gaps.require(name, table, "doses_per_cycle", filled=count is not None, blocks=("schedule",))
    elif not gaps.lists(f"{field}.interval_h"):
        name = f"{field}.days"
        gaps.require(name, table, "days", filled=days is not None, blocks=("schedule",))
    if gaps.lists(f"{field}.interval_h"):
        # A source that gives a number of doses and no days leaves their interval open.
        name, either = f"{field}.interval_h", interval is not None or days is not None
        gaps.require(name, table, "interval_h", filled=either, blocks=("schedule",))
    if max(_counts(levels, times_a_day)) > 1:
        name = f"{field}.hours_apart"
        gaps.require(name, table, "hours_apart", filled=apart is not None, blocks=("schedule",))
    _check(table, levels, Times(interval, days, count, times_a_day, apart))
    return Times(
        _for_schedule(interval, f"{field}.interval_h", tell("The interval between doses"), gaps),
        _for_schedule(days, f"{field}.days", tell("The list of days with a dose"), gaps),
        _for_schedule(count, f"{field}.doses_per_cycle", tell("The number of doses a cycle"), gaps),
        _for_schedule(times_a_day, f"{field}.times_a_day", tell("The number of doses a day"), gaps),
        _for_schedule(
            apart, f"{field}.hours_apart", tell("The hours between two doses of a day"), gaps
        ),
    )


def _days(table: Table, levels: tuple[Level, ...]) -> Sourced[tuple[int, ...]] | None:
    listed = sorted({day for level in levels for day in level.days})
    row = table.table("days")
    if row is None:
        source = next(
            (one.source for level in levels for one in (level.dose, level.between) if one), None
        )
        return Sourced(tuple(listed), source) if listed and source is not None else None
    days = row.wholes("value")
    source = row.source()
    row.close()
    if not days or min(days) < 1 or list(days) != sorted(days):
        row.problem(
            "value", tell("list the days of the cycle, counted from 1, in ascending order.")
        )
    if listed:
        row.problem("value", tell("the levels list the days already. Leave this list out."))
    return Sourced(days, source)


def _check(table: Table, levels: tuple[Level, ...], times: Times) -> None:
    """What contradicts itself: several times a day by an interval, a count that does not fit."""
    counts = _counts(levels, times.times_a_day)
    said = times.times_a_day or times.hours_apart or any(one.times_a_day for one in levels)
    if times.interval_h is not None and said:
        table.problem(
            "times_a_day", tell("doses by an interval are not given so many times a day.")
        )
    if times.hours_apart is not None:
        last = (max(counts) - 1) * times.hours_apart.value
        if max(last, times.hours_apart.value) >= _DAY_H:
            text = tell(
                "the last dose of a day is less than 24 hours after the first. Correct one of them."
            )
            table.problem("hours_apart", text)
    if times.days is None or times.doses_per_cycle is None:
        return
    every = counts[0]
    own = {day: one.times_a_day for one in levels for day in _covered(one, times.days.value)}
    doses = sum(own.get(day) or every for day in times.days.value)
    if times.doses_per_cycle.value != doses:
        count = times.doses_per_cycle.value
        text = tell(
            "{count} doses do not fit {doses} on the listed days. Correct one of them.",
            count=count,
            doses=doses,
        )
        table.problem("doses_per_cycle", text)


def _counts(levels: tuple[Level, ...], times_a_day: Sourced[int] | None) -> tuple[int, ...]:
    """How many doses a day there can be: by the plan, then by each level that says its own."""
    every = 1 if times_a_day is None else times_a_day.value
    return (every, *(one.times_a_day for one in levels if one.times_a_day is not None))


def _covered(level: Level, days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(day for day in days if level.covers(day))


def _for_schedule(
    found: Sourced[Value] | None, field: str, name: str, gaps: GapList
) -> Sourced[Value] | None:
    if found is None or found.source.evidence is not Evidence.UNCONFIRMED:
        return found
    gaps.open(field, name, ("schedule", "activation"))
    return None
