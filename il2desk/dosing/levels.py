"""Which dose applies: the arm, the level by cycle, month, week or day, and the planned days."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from il2desk.dosing.companion_values import INTERNATIONAL_UNITS, write_amount
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.exact import ceil_of
from il2desk.dosing.findings import Gap, Refusal, Sourced, refuse
from il2desk.dosing.level_steps import PER_BASIS, StepUp, level_name, step_before
from il2desk.dosing.once import Once
from il2desk.dosing.product import Product
from il2desk.dosing.protocol import Protocol
from il2desk.dosing.regimen import Companion, DosePlan, Level, Regimen
from il2desk.dosing.sentence import joined, tell, told
from il2desk.dosing.writing import write_days, write_quantity

_DAYS_PER_WEEK = 7
_HOURS_PER_DAY = 24
# A gap whose field names one level (levels.2) blocks that level only, and that of a companion
# (companions.NAME) that companion only.
_LEVEL_GAP = "levels."
_COMPANION_GAP = ".companions."


class Applied(NamedTuple):
    """The regimen and the dose that apply, with the level's name ("week 2") or None.

    `step` is the change from the level before, where the levels follow months, weeks or cycles.
    """

    regimen: Regimen
    dose: Sourced[Decimal]
    level: str | None
    step: StepUp | None = None


class PlannedDoseLevel(NamedTuple):
    """The dose of a plan for a request, per unit of its basis."""

    dose: Sourced[Decimal]
    level: str | None
    step: StepUp | None


def regimen_of(protocol: Protocol, arm: str | None) -> Regimen | Refusal:
    """The regimen of the arm; an arm is named exactly where the protocol has arms."""
    if not protocol.arms:
        if arm is not None:
            return refuse("arm", tell("{id} has no arms. Leave the arm out.", id=protocol.id))
        return protocol.regimens[0]
    names = ", ".join(protocol.arms)
    if arm is None:
        return refuse(
            "arm",
            tell("{id} has the arms {names}. Name the patient's arm.", id=protocol.id, names=names),
        )
    for regimen in protocol.regimens:
        if regimen.arm == arm:
            return regimen
    return refuse(
        "arm",
        tell("{id} has no arm {arm}. Its arms are {names}.", id=protocol.id, arm=arm, names=names),
    )


def applied_dose(request: DoseRequest) -> Applied | Refusal:
    """The dose per unit of basis that applies to the request, or why none does."""
    regimen = regimen_of(request.protocol, request.arm)
    if isinstance(regimen, Refusal):
        return regimen
    blocking, own = _dose_gaps(request.protocol)[regimen.arm]
    refusal = (
        _gap_refusal(request, blocking)
        or _counts_refusal(request)
        or _day_refusal(regimen, request.day)
    )
    if refusal is not None:
        return refusal
    found = dose_of_plan(request, regimen, request.protocol.id, own)
    if isinstance(found, Refusal):
        return found
    return Applied(regimen, found.dose, found.level, found.step)


def dose_of_plan(
    request: DoseRequest, plan: DosePlan, name: str, gaps: tuple[Gap, ...]
) -> PlannedDoseLevel | Refusal:
    """The dose of a plan for the counts of the request; `gaps` are its own, or its levels'."""
    if plan.dose is not None and plan.levels:
        return refuse(
            "two-doses",
            tell("{name} states both one dose and dose levels. Correct the file.", name=name),
        )
    if plan.dose is not None:
        return PlannedDoseLevel(plan.dose, None, None)
    if not plan.levels:
        reasons = tuple(gap.sentence() for gap in gaps)
        own = (tell("{name} states no dose. The site must fill it in.", name=name),)
        return Refusal("dose-gap", reasons or own)
    return _level(request, plan, name, gaps)


def companion_on(request: DoseRequest, companion: Companion) -> bool:
    """Whether the companion drug is planned on the day of the request; without a day it is."""
    return request.day is None or _day_refusal(companion, request.day) is None


def _gaps_by_arm(
    protocol: Protocol,
) -> dict[str | None, tuple[tuple[Gap, ...], tuple[Gap, ...]]]:
    """The gaps that block the dose by arm: those of more than a level, those of no companion."""
    return {
        regimen.arm: (
            tuple(gap for gap in listed if _LEVEL_GAP not in gap.field),
            tuple(gap for gap in listed if _COMPANION_GAP not in gap.field),
        )
        for regimen in protocol.regimens
        for listed in (protocol.gap_blocking("dose", regimen.arm),)
    }


def _gaps_of_product(product: Product) -> tuple[Gap, ...]:
    return tuple(gap for gap in product.gaps if "dose" in gap.blocks)


_dose_gaps = Once(_gaps_by_arm)
_product_gaps = Once(_gaps_of_product)


def _gap_refusal(request: DoseRequest, blocking: tuple[Gap, ...]) -> Refusal | None:
    """Why the regimen gives no dose at all: the gaps that block it, and then those beside it."""
    gaps = (*blocking, *_product_gaps(request.product))
    if all(_COMPANION_GAP in gap.field for gap in gaps):
        return None
    return Refusal("dose-gap", tuple(gap.sentence() for gap in gaps))


def _counts_refusal(request: DoseRequest) -> Refusal | None:
    for name, count in (("cycle", request.cycle), ("month", request.month), ("day", request.day)):
        if count is not None and count < 1:
            return refuse(
                "count",
                tell(
                    "{count} is not a {name}. Count the {name} from 1.",
                    count=count,
                    name=told(name),
                ),
            )
    return None


def _day_refusal(plan: DosePlan, day: int | None) -> Refusal | None:
    """Why no dose is planned on the day; a day is not asked for where one dose serves all days."""
    if day is None:
        return None
    if plan.days is not None:
        if day in plan.days.value:
            return None
        return refuse(
            "no-dose-that-day",
            joined(
                " ",
                (
                    tell(
                        "No dose is planned on day {day}. Doses are planned on days {days}.",
                        day=day,
                        days=write_days(plan.days.value),
                    ),
                    *_companions_that_day(plan, day),
                ),
            ),
        )
    if plan.interval_h is not None and plan.doses_per_cycle is not None:
        return _interval_refusal(plan.interval_h.value, plan.doses_per_cycle.value, day)
    return None


def _interval_refusal(interval_h: Decimal, doses: int, day: int) -> Refusal | None:
    """Why no dose by an interval can fall on the day, at whatever hour the cycle began."""
    interval = Fraction(interval_h)
    last = ceil_of((doses - 1) * interval / _HOURS_PER_DAY) + 1
    if day > last:
        text = tell(
            "No dose is planned on day {day}. The cycle ends by day {last}.", day=day, last=last
        )
        return refuse("no-dose-that-day", text)
    # The cycle began at any hour of day 1: a day can hold what lies more than its number less 2,
    # and less than its number, times 24 hours after the start.
    next_dose = (day - 2) * _HOURS_PER_DAY // interval + 1
    if day > 1 and next_dose * interval >= day * _HOURS_PER_DAY:
        hours = write_quantity(interval_h, "hours")
        text = tell(
            "No dose is planned on day {day}. Doses are {hours} apart, from day 1.",
            day=day,
            hours=hours,
        )
        return refuse("no-dose-that-day", text)
    return None


def _companions_that_day(plan: DosePlan, day: int) -> tuple[str, ...]:
    """The companion drugs that are planned on a day without a dose of aldesleukin, in words."""
    if not isinstance(plan, Regimen):
        return ()
    names = [one.drug for one in plan.companions if one.days is not None and day in one.days.value]
    if not names:
        return ()
    listed = names[0]
    for name in names[1:]:
        listed = tell("{first} and {second}", first=listed, second=name)
    return (tell("On day {day} the protocol plans {names} alone.", day=day, names=listed),)


def _level(
    request: DoseRequest, plan: DosePlan, name: str, gaps: tuple[Gap, ...]
) -> PlannedDoseLevel | Refusal:
    unit = plan.level_by or ""
    count = _count(request, unit)
    if count is None:
        asked = tell("day of the cycle") if unit == "week" else told(unit)
        return refuse(
            "level",
            tell(
                "The dose of {name} depends on the {unit}. Give the {asked}.",
                name=name,
                unit=told(unit),
                asked=asked,
            ),
        )
    applying = [level for level in plan.levels if level.covers(count)]
    if len(applying) > 1:
        return refuse(
            "two-levels",
            tell(
                "{name} names more than one dose for {unit} {count}. Correct the file.",
                name=name,
                unit=told(unit),
                count=count,
            ),
        )
    named = level_name(unit, count)
    if not applying:
        return refuse(
            "level",
            tell(
                "{name} names no dose for {named}. Check the {unit}.",
                name=name,
                named=named,
                unit=told(unit),
            ),
        )
    found = applying[0]
    if found.dose is None:
        return _level_gap(plan, (name, named), found, gaps)
    outside = _outside_range(plan, name, named, found)
    if outside is not None:
        return outside
    return PlannedDoseLevel(found.dose, named, step_before(plan, count))


def _outside_range(plan: DosePlan, name: str, named: str, level: Level) -> Refusal | None:
    """Refused where the chosen dose leaves the range of the source."""
    if level.between is None or level.dose is None:
        return None
    low, high = level.between.value
    if low <= level.dose.value <= high:
        return None
    return refuse(
        "outside-range",
        tell(
            "{name} gives {dose} for {named}; the source allows {low} to {high}. Correct the file.",
            name=name,
            dose=_per_basis(plan, level.dose.value),
            named=named,
            low=_per_basis(plan, low),
            high=_per_basis(plan, high),
        ),
    )


def _level_gap(plan: DosePlan, of: tuple[str, str], level: Level, gaps: tuple[Gap, ...]) -> Refusal:
    """The gap of one level; other levels of the same sequence stay usable."""
    reasons = tuple(g.sentence() for g in gaps if f"{_LEVEL_GAP}{level.first}." in f"{g.field}.")
    name, named = of
    own = tell(
        "{name} gives no dose for {named}. The site must fill it in.", name=name, named=named
    )
    if level.between is not None:
        low, high = level.between.value
        own = tell(
            "{name} leaves the dose open for {named}: {low} to {high} ({source}). The site "
            "chooses one dose in its copy.",
            name=name,
            named=named,
            low=_per_basis(plan, low),
            high=_per_basis(plan, high),
            source=level.between.source.cite(),
        )
        return Refusal("dose-gap", (own, *reasons))
    return Refusal("dose-gap", reasons or (own,))


def _per_basis(plan: DosePlan, dose: Decimal) -> str:
    """A dose per unit of its basis, in the unit of its drug."""
    unit = plan.unit if isinstance(plan, Companion) else INTERNATIONAL_UNITS
    return f"{write_amount(dose, unit)}{PER_BASIS[plan.basis]}"


def _count(request: DoseRequest, unit: str) -> int | None:
    if unit == "week":
        return None if request.day is None else (request.day - 1) // _DAYS_PER_WEEK + 1
    return {"cycle": request.cycle, "month": request.month, "day": request.day}.get(unit)
