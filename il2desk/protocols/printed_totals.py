"""Totals that a document prints, held against the arithmetic of the file's own doses and days."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing import DosePlan, Level, tell, write_number
from il2desk.protocols.dose_levels import DOSE_UNITS
from il2desk.protocols.table import Table

_PRINTED = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.([0-9]{1,8}))?")
_MILLION = "million "

Ends = tuple[Fraction, Fraction]


def check_totals(table: Table, plan: DosePlan) -> None:
    """Name every printed total of the regimen that its doses and days do not come to.

    `[[totals]]`: label, printed (as the document prints it; printed_to ends a printed range), unit
    (with "million " in front where it is printed so), source; days, or doses of a cycle by an interval;
    `times` and `divided_by` whole numbers for totals of several cycles or a share of one. The
    arithmetic is rounded half up to the decimals that are printed.
    """
    for row in table.list_of_tables("totals"):
        row.text("label")
        row.source()
        unit = row.text("unit")
        _check_unit(row, plan, unit)
        days = row.wholes("days") if "days" in row else None
        times = row.whole("times", required=False) or 1
        share = row.whole("divided_by", required=False) or 1
        low, high = row.text("printed"), row.text_or_none("printed_to")
        row.close()
        added = _added(plan, days)
        if added is None:
            text = tell(
                "a total needs a dose, and its days or the number of doses. Fill them in first."
            )
            row.problem("printed", text)
            continue
        factor = Fraction(times, share) / (1_000_000 if unit.startswith(_MILLION) else 1)
        _compare(row, (added[0] * factor, added[1] * factor), low, high)


def _check_unit(row: Table, plan: DosePlan, unit: str) -> None:
    basis = DOSE_UNITS.get(unit.removeprefix(_MILLION), ("", None))[1]
    if unit and basis is not plan.basis:
        row.problem(
            "unit",
            tell(
                '"{unit}" is not the unit of the doses, with "million " where printed so.',
                unit=unit,
            ),
        )


def _added(plan: DosePlan, days: tuple[int, ...] | None) -> Ends | None:
    """The sum of the doses, from its least to its greatest where a dose is a range."""
    if plan.days is None and days is not None:
        return None
    if plan.days is None:
        one = _amount(plan, None)
        count = plan.doses_per_cycle
        return (
            None if one is None or count is None else (one[0] * count.value, one[1] * count.value)
        )
    planned = plan.days.value
    low = high = Fraction(0)
    for day in planned if days is None else days:
        ends = _amount(plan, day)
        if ends is None or day not in planned:
            return None
        low += ends[0] * plan.times_on(day)
        high += ends[1] * plan.times_on(day)
    return low, high


def _amount(plan: DosePlan, day: int | None) -> Ends | None:
    """The dose on a day, per unit of its basis; two ends where the source leaves a range."""
    if plan.dose is not None:
        return Fraction(plan.dose.value), Fraction(plan.dose.value)
    if day is None:
        return None
    count = {"day": day, "week": (day + 6) // 7}.get(plan.level_by or "")
    level = next((one for one in plan.levels if count is not None and one.covers(count)), None)
    return None if level is None else _ends(level)


def _ends(level: Level) -> Ends | None:
    if level.dose is not None:
        return Fraction(level.dose.value), Fraction(level.dose.value)
    if level.between is None:
        return None
    return Fraction(level.between.value[0]), Fraction(level.between.value[1])


def _compare(row: Table, added: Ends, low: str, high: str | None) -> None:
    """One printed number lies in the added range; two printed numbers are its ends."""
    printed = [low] if high is None else [low, high]
    if not all(_PRINTED.fullmatch(one) for one in printed):
        row.problem("printed", tell("write the total as printed, digits and one point, in quotes."))
        return
    ends = [_as_printed(end, one) for end, one in zip(added, (low, high or low), strict=True)]
    first, last = Decimal(low), Decimal(high or low)
    fits = (first, last) == tuple(ends) if high is not None else ends[0] <= first <= ends[1]
    if fits:
        return
    shown = " to ".join(dict.fromkeys(write_number(end) for end in added))
    said = " to ".join(printed)
    row.problem(
        "printed",
        tell(
            "the document prints {said}, and the doses of this file come to {shown}. One of them is wrong: read the document again, and leave the total out only where the document contradicts itself.",
            said=said,
            shown=shown,
        ),
    )


def _as_printed(value: Fraction, printed: str) -> Decimal:
    """The value rounded half up to the decimals of the printed number."""
    match = _PRINTED.fullmatch(printed)
    places = len(match[1]) if match is not None and match[1] else 0
    scaled = value * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units).scaleb(-places)
