"""The doses of a plan: one dose or levels, whose unit says what they are multiplied with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing import INTERNATIONAL_UNITS, Basis, Evidence, Level, Sourced, tell
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.table import Table

Unit = tuple[str, Basis]

DOSE_UNITS: Mapping[str, Unit] = {
    "international units per kg": (INTERNATIONAL_UNITS, Basis.KG),
    "international units per m2": (INTERNATIONAL_UNITS, Basis.M2),
    "international units": (INTERNATIONAL_UNITS, Basis.FLAT),
}
COMPANION_UNITS: Mapping[str, Unit] = {
    **DOSE_UNITS,
    "mg per kg": ("mg", Basis.KG),
    "mg per m2": ("mg", Basis.M2),
    "mg": ("mg", Basis.FLAT),
}
LEVEL_UNITS = ("cycle", "day", "week", "month")

_NOTHING: Unit = (INTERNATIONAL_UNITS, Basis.FLAT)


@dataclass(frozen=True, slots=True)
class Doses:
    """What a plan says about its dose; `dose` and `levels` exclude each other."""

    basis: Basis
    unit: str
    dose: Sourced[Decimal] | None
    level_by: str | None
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class _Dose:
    value: Sourced[Decimal]
    unit: Unit


def read_doses(table: Table, gaps: GapList, units: Mapping[str, Unit] = DOSE_UNITS) -> Doses:
    """The doses of one plan; what is missing must stand in the gaps."""
    dose = _dose(table, units)
    level_by = table.word("level_by", LEVEL_UNITS) if "level_by" in table else None
    levels = _levels(table, gaps, units, level_by)
    if levels and level_by is None:
        text = tell('"level_by" is missing. Say what the levels count: week, month, day or cycle.')
        table.problem("level_by", text)
    unit, basis = _unit(table, dose, levels, gaps)
    _require_dose(table, gaps, dose=dose is not None, levels=bool(levels), level_by=level_by)
    value = None
    if dose is not None:
        value = _confirmed(dose.value, f"{table.field}.dose", tell("The dose"), gaps)
    return Doses(basis, unit, value, level_by, tuple(level for level, _ in levels))


def _dose(table: Table, units: Mapping[str, Unit], key: str = "dose") -> _Dose | None:
    row = table.table(key)
    if row is None:
        return None
    value = row.decimal("value") or Decimal(1)
    found = _Dose(Sourced(value, row.source()), _unit_of(row, units))
    row.close()
    return found


def _unit_of(row: Table, units: Mapping[str, Unit]) -> Unit:
    unit = row.text("unit")
    if unit and unit not in units:
        listed = ", ".join(f'"{known}"' for known in units)
        row.problem(
            "unit",
            tell(
                '"{unit}" is no unit of a dose. Write one of: {listed}.', unit=unit, listed=listed
            ),
        )
    return units.get(unit, _NOTHING)


def _levels(
    table: Table, gaps: GapList, units: Mapping[str, Unit], level_by: str | None
) -> list[tuple[Level, tuple[Unit, ...]]]:
    """The dose levels: ranges that follow each other, or lists of days without an overlap."""
    levels: list[tuple[Level, tuple[Unit, ...]]] = []
    for row in table.list_of_tables("levels"):
        before = levels[-1][0] if levels else None
        days = row.wholes("days") if "days" in row else ()
        first, last = (
            _of_days(row, days, [one for one, _ in levels], level_by)
            if "days" in row
            else _of_range(row, before)
        )
        if "times_a_day" in row and level_by != "day":
            text = tell(
                'only levels with level_by = "day" say how many times a day. Write it beside them.'
            )
            row.problem("times_a_day", text)
        levels.append(_level(table, row, gaps, units, Level(first, last, None, days)))
    return levels


def _of_range(row: Table, before: Level | None) -> tuple[int, int]:
    first, last = row.whole("first") or 1, row.whole("last") or 1
    expected = before.last + 1 if before is not None else 1
    if before is not None and before.days:
        row.problem(
            "first", tell("some levels list their days and this one does not. List them all.")
        )
    elif first != expected:
        fault = (
            tell("It overlaps the level before")
            if first < expected
            else tell("Levels leave nothing out")
        )
        row.problem(
            "first",
            tell(
                "the level starts at {first}; {expected} is next. {fault}.",
                first=first,
                expected=expected,
                fault=fault,
            ),
        )
    if last < first:
        row.problem(
            "last",
            tell("the level ends at {last}, before its start {first}.", last=last, first=first),
        )
    return first, last


def _of_days(
    row: Table, days: tuple[int, ...], before: list[Level], level_by: str | None
) -> tuple[int, int]:
    if level_by != "day":
        row.problem("days", tell('only levels with level_by = "day" list their days.'))
    if not days or min(days) < 1 or list(days) != sorted(days):
        row.problem("days", tell("list the days of the cycle, counted from 1, in ascending order."))
        return 1, 1
    if any(not level.days for level in before):
        row.problem(
            "days", tell("some levels do not list their days and this one does. List them all.")
        )
    twice = sorted({day for level in before for day in level.days if day in days})
    if twice:
        text = tell(
            "day {twice} stands in two levels. A day has one dose; correct one of them.",
            twice=twice[0],
        )
        row.problem("days", text)
    return days[0], days[-1]


def _level(
    table: Table, row: Table, gaps: GapList, units: Mapping[str, Unit], level: Level
) -> tuple[Level, tuple[Unit, ...]]:
    """The level with its dose or range, and the units written in it."""
    dose, between = _dose(row, units), _between(row, units)
    times = row.whole("times_a_day", required=False)
    field = f"{table.field}.levels.{level.first}.dose"
    gaps.require(field, row, "dose", filled=dose is not None, blocks=("dose",))
    row.close()
    name = tell("The dose of level {first}", first=level.first)
    value = None if dose is None else _confirmed(dose.value, field, name, gaps)
    ends = None if between is None else between[0]
    if dose is not None and ends is not None:
        low, high = ends.value
        if not low <= dose.value.value <= high:
            row.problem(
                "dose",
                tell(
                    "{value} lies outside the stated range {low} to {high}.",
                    value=dose.value.value,
                    low=low,
                    high=high,
                ),
            )
    found = Level(level.first, level.last, value, level.days, ends, times)
    written = ([dose.unit] if dose is not None else []) + ([between[1]] if between else [])
    return found, tuple(written)


def _between(
    row: Table, units: Mapping[str, Unit]
) -> tuple[Sourced[tuple[Decimal, Decimal]], Unit] | None:
    """The range that the source leaves to the site."""
    table = row.table("between")
    if table is None:
        return None
    low, high = table.decimal("from") or Decimal(1), table.decimal("to") or Decimal(1)
    unit, source = _unit_of(table, units), table.source()
    table.close()
    if low >= high:
        table.problem(
            "to", tell("the range ends at {high}, not above its start {low}.", high=high, low=low)
        )
    if source.evidence is Evidence.UNCONFIRMED and source.document:
        text = tell(
            "a range marked unconfirmed cannot be used. Confirm it, or list the dose as a gap."
        )
        table.problem("source", text)
    return Sourced((low, high), source), unit


def _unit(
    table: Table, dose: _Dose | None, levels: list[tuple[Level, tuple[Unit, ...]]], gaps: GapList
) -> tuple[str, Basis]:
    """The unit and what the doses are multiplied with; one of each in a plan."""
    found = [dose.unit] if dose is not None else []
    found.extend(unit for _, written in levels for unit in written)
    gaps.require(f"{table.field}.basis", table, "basis", filled=bool(found), blocks=("dose",))
    if len(set(found)) > 1:
        table.problem(
            "levels", tell("the levels have different units. Write all of them in one unit.")
        )
    # Without a dose nothing is multiplied: every derivation is refused by the gap of the dose.
    return found[0] if found else _NOTHING


def _require_dose(
    table: Table, gaps: GapList, *, dose: bool, levels: bool, level_by: str | None
) -> None:
    if dose and levels:
        table.problem("levels", tell("a regimen has one dose or levels, not both. Keep one."))
    key = "dose" if level_by is None else "levels"
    gaps.require(f"{table.field}.{key}", table, key, filled=dose or levels, blocks=("dose",))


def _confirmed(
    dose: Sourced[Decimal], field: str, name: str, gaps: GapList
) -> Sourced[Decimal] | None:
    """The dose, or None and a gap where it is marked unconfirmed: nothing is computed with it."""
    if dose.source.evidence is not Evidence.UNCONFIRMED:
        return dose
    gaps.open(field, name, ("dose", "activation"))
    return None
