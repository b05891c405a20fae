"""Which dose applies: the arm, the level by cycle, month, week or day, and the planned days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.dose import DoseRequest
from il2desk.dosing.exact import ceil_of
from il2desk.dosing.findings import Refusal, Sourced, refuse
from il2desk.dosing.protocol import Protocol, Regimen

_DAYS_PER_WEEK = 7
_HOURS_PER_DAY = 24
# A gap whose field names one level (levels.2) blocks that level only.
_LEVEL_GAP = "levels."


@dataclass(frozen=True, slots=True)
class Applied:
    """The regimen and the dose that apply, with the level's name ("week 2") or None."""

    regimen: Regimen
    dose: Sourced[Decimal]
    level: str | None


def regimen_of(protocol: Protocol, arm: str | None) -> Regimen | Refusal:
    """The regimen of the arm; an arm is named exactly where the protocol has arms."""
    if not protocol.arms:
        if arm is not None:
            return refuse("arm", f"{protocol.id} has no arms. Leave the arm out.")
        return protocol.regimens[0]
    names = ", ".join(protocol.arms)
    if arm is None:
        return refuse("arm", f"{protocol.id} has the arms {names}. Name the patient's arm.")
    for regimen in protocol.regimens:
        if regimen.arm == arm:
            return regimen
    return refuse("arm", f"{protocol.id} has no arm {arm}. Its arms are {names}.")


def applied_dose(request: DoseRequest) -> Applied | Refusal:
    """The dose per unit of basis that applies to the request, or why none does."""
    regimen = regimen_of(request.protocol, request.arm)
    if isinstance(regimen, Refusal):
        return regimen
    refusal = (
        _gap_refusal(request, regimen)
        or _counts_refusal(request)
        or _day_refusal(regimen, request.day)
    )
    if refusal is not None:
        return refusal
    if regimen.dose is not None:
        return Applied(regimen, regimen.dose, None)
    return _level(request, regimen)


def _gap_refusal(request: DoseRequest, regimen: Regimen) -> Refusal | None:
    """Why the regimen gives no dose at all: a gap that blocks it, or a contradiction in it."""
    product_gaps = tuple(gap for gap in request.product.gaps if "dose" in gap.blocks)
    listed = request.protocol.gap_blocking("dose", regimen.arm)
    gaps = (*(gap for gap in listed if _LEVEL_GAP not in gap.field), *product_gaps)
    if gaps:
        return Refusal("dose-gap", tuple(gap.sentence() for gap in gaps))
    name = request.protocol.id
    if regimen.dose is None and not regimen.levels:
        return refuse("dose-gap", f"{name} states no dose. The site must fill it in.")
    if regimen.dose is not None and regimen.levels:
        return refuse(
            "two-doses", f"{name} states both one dose and dose levels. Correct the file."
        )
    return None


def _counts_refusal(request: DoseRequest) -> Refusal | None:
    for name, count in (("cycle", request.cycle), ("month", request.month), ("day", request.day)):
        if count is not None and count < 1:
            return refuse("count", f"{count} is not a {name}. Count the {name} from 1.")
    return None


def _day_refusal(regimen: Regimen, day: int | None) -> Refusal | None:
    """Why no dose is planned on the day; a day is not asked for where one dose serves all days."""
    if day is None:
        return None
    if regimen.days is not None:
        if day in regimen.days.value:
            return None
        listed = ", ".join(str(listed) for listed in regimen.days.value)
        return refuse(
            "no-dose-that-day",
            f"No dose is planned on day {day}. Doses are planned on days {listed}.",
        )
    if regimen.interval_h is not None and regimen.doses_per_cycle is not None:
        hours = (regimen.doses_per_cycle.value - 1) * Fraction(regimen.interval_h.value)
        last = ceil_of(hours / _HOURS_PER_DAY) + 1
        if day > last:
            return refuse(
                "no-dose-that-day",
                f"No dose is planned on day {day}. The cycle ends by day {last}.",
            )
    return None


def _level(request: DoseRequest, regimen: Regimen) -> Applied | Refusal:
    unit = regimen.level_by or ""
    count = _count(request, unit)
    if count is None:
        asked = "day of the cycle" if unit == "week" else unit
        return refuse(
            "level", f"The dose of {request.protocol.id} depends on the {unit}. Give the {asked}."
        )
    applying = [level for level in regimen.levels if level.first <= count <= level.last]
    if len(applying) > 1:
        return refuse(
            "two-levels",
            f"{request.protocol.id} names more than one dose for {unit} {count}. Correct the file.",
        )
    if applying and applying[0].dose is not None:
        return Applied(regimen, applying[0].dose, f"{unit} {count}")
    if applying:
        return _level_gap(request, f"{unit} {count}", applying[0].first)
    return refuse(
        "level", f"{request.protocol.id} names no dose for {unit} {count}. Check the {unit}."
    )


def _level_gap(request: DoseRequest, named: str, first: int) -> Refusal:
    """The gap of one level; other levels of the same sequence stay usable."""
    listed = request.protocol.gap_blocking("dose", request.arm)
    reasons = tuple(g.sentence() for g in listed if f"{_LEVEL_GAP}{first}." in f"{g.field}.")
    own = f"{request.protocol.id} gives no dose for {named}. The site must fill it in."
    return Refusal("dose-gap", reasons or (own,))


def _count(request: DoseRequest, unit: str) -> int | None:
    if unit == "week":
        return None if request.day is None else (request.day - 1) // _DAYS_PER_WEEK + 1
    return {"cycle": request.cycle, "month": request.month, "day": request.day}.get(unit)
