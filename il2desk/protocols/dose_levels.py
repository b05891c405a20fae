"""The doses of a regimen: one dose or levels, whose unit says what they are multiplied with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing import Basis, Evidence, Level, Sourced
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.table import Table

DOSE_UNITS = {
    "international units per kg": Basis.KG,
    "international units per m2": Basis.M2,
    "international units": Basis.FLAT,
}
LEVEL_UNITS = ("cycle", "day", "week", "month")


@dataclass(frozen=True, slots=True)
class Doses:
    """What a regimen says about its dose; `dose` and `levels` exclude each other."""

    basis: Basis
    dose: Sourced[Decimal] | None
    level_by: str | None
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class _Dose:
    value: Sourced[Decimal]
    basis: Basis


def read_doses(table: Table, gaps: GapList) -> Doses:
    """The doses of one regimen; what is missing must stand in the gaps."""
    dose = _dose(table)
    levels = _levels(table, gaps)
    basis = _basis(table, dose, levels, gaps)
    level_by = table.word("level_by", LEVEL_UNITS) if "level_by" in table else None
    if levels and level_by is None:
        text = '"level_by" is missing. Say what the levels count: week, month, day or cycle.'
        table.problem("level_by", text)
    _require_dose(table, gaps, dose=dose is not None, levels=bool(levels), level_by=level_by)
    value = None
    if dose is not None:
        value = _confirmed(dose.value, f"{table.field}.dose", "The dose", gaps)
    return Doses(basis, value, level_by, tuple(level for level, _ in levels))


def _dose(table: Table, key: str = "dose") -> _Dose | None:
    row = table.table(key)
    if row is None:
        return None
    value = row.decimal("value") or Decimal(1)
    unit = row.text("unit")
    if unit and unit not in DOSE_UNITS:
        listed = ", ".join(f'"{known}"' for known in DOSE_UNITS)
        row.problem("unit", f'"{unit}" is no unit of a dose. Write one of: {listed}.')
    found = _Dose(Sourced(value, row.source()), DOSE_UNITS.get(unit, Basis.FLAT))
    row.close()
    return found


def _levels(table: Table, gaps: GapList) -> list[tuple[Level, Basis | None]]:
    """The dose levels, which must follow each other without a gap or an overlap."""
    levels: list[tuple[Level, Basis | None]] = []
    for row in table.list_of_tables("levels"):
        first, last = row.whole("first") or 1, row.whole("last") or 1
        dose = _dose(row)
        field = f"{table.field}.levels.{first}.dose"
        gaps.require(field, row, "dose", filled=dose is not None, blocks=("dose",))
        row.close()
        expected = levels[-1][0].last + 1 if levels else 1
        if first != expected:
            row.problem(
                "first",
                f"the level starts at {first}; {expected} is next. Levels leave nothing out.",
            )
        if last < first:
            row.problem("last", f"the level ends at {last}, before its start {first}.")
        value = (
            None
            if dose is None
            else _confirmed(dose.value, field, f"The dose of level {first}", gaps)
        )
        levels.append((Level(first, last, value), None if dose is None else dose.basis))
    return levels


def _basis(
    table: Table, dose: _Dose | None, levels: list[tuple[Level, Basis | None]], gaps: GapList
) -> Basis:
    """What the doses are multiplied with, which their unit says; one basis a regimen."""
    found = [dose.basis] if dose is not None else []
    found.extend(basis for _, basis in levels if basis is not None)
    gaps.require(f"{table.field}.basis", table, "basis", filled=bool(found), blocks=("dose",))
    if len(set(found)) > 1:
        table.problem("levels", "the levels have different units. Write all of them in one unit.")
    # Without a dose nothing is multiplied: every derivation is refused by the gap of the dose.
    return found[0] if found else Basis.FLAT


def _require_dose(
    table: Table, gaps: GapList, *, dose: bool, levels: bool, level_by: str | None
) -> None:
    if dose and levels:
        table.problem("levels", "a regimen has one dose or levels, not both. Keep one.")
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
