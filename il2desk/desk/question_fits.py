"""Whether a question about a dose names what its protocol has: day, cycle, month, and medicines it can give."""

from __future__ import annotations

from dataclasses import replace

from il2desk.desk.prepare_dose import goes_by_month
from il2desk.dosing import (
    Companion,
    Dose,
    DosePlan,
    DoseRequest,
    Finding,
    Refusal,
    Regimen,
    Severity,
    refuse,
    regimen_of,
    tell,
    write_days,
)

# A chosen presentation that cannot hold or give the dose; the same of aldesleukin is a refusal.
_CANNOT_BE_GIVEN = (
    "companion-no-pen-dose",
    "companion-too-small-to-measure",
    "companion-no-syringe-large-enough",
    "companion-route",
)


def counts_refusal(request: DoseRequest) -> Refusal | None:
    """Why a cycle or a month that was given is none of the protocol's."""
    protocol = request.protocol
    regimen = regimen_of(protocol, request.arm)
    if isinstance(regimen, Refusal):
        return regimen
    reasons: list[str] = []
    if request.month is not None and not goes_by_month(regimen):
        reasons.append(
            tell(
                "{id} has no dose levels by month, so no month {month}. Leave --month out.",
                id=protocol.id,
                month=request.month,
            )
        )
    most = protocol.course_cycles
    if request.cycle is not None and most is not None and request.cycle > most.value:
        named = "1 cycle" if most.value == 1 else tell("{value} cycles", value=most.value)
        reasons.append(
            tell(
                "{id} has no cycle {cycle}: its course is {named}. Count the cycle within the course.",
                id=protocol.id,
                cycle=request.cycle,
                named=named,
            )
        )
    return Refusal("count", tuple(reasons)) if reasons else None


def fitted(dose: Dose) -> Dose | Refusal:
    """The dose with what its question leaves open; refused where it would not be the whole answer.

    Refused are medicines that differ by day without a day, and a companion drug that the chosen
    presentation cannot give.
    """
    request = dose.request
    regimen = regimen_of(request.protocol, request.arm)
    if isinstance(regimen, Refusal):
        return regimen
    if request.day is None and any(_differs(regimen, one) for one in regimen.companions):
        return _which_day(request, regimen)
    impossible = tuple(one.text for one in dose.findings if one.code in _CANNOT_BE_GIVEN)
    if impossible:
        where = tell("The site names another presentation in its copy of the protocol.")
        return Refusal("companion", (*impossible, where))
    return replace(dose, findings=(*dose.findings, *_unused(request, regimen)))


def _differs(regimen: Regimen, companion: Companion) -> bool:
    """Whether a companion drug has other days than aldesleukin, or another dose on some of them."""
    return companion.level_by in ("day", "week") or _rhythm(companion) != _rhythm(regimen)


def _rhythm(plan: DosePlan) -> tuple[object, ...]:
    sourced = (plan.days, plan.interval_h, plan.doses_per_cycle)
    return tuple(None if one is None else one.value for one in sourced)


def _which_day(request: DoseRequest, regimen: Regimen) -> Refusal:
    days = [f"{request.protocol.drug} {_days(regimen)}"]
    days += [f"{one.drug} {_days(one)}" for one in regimen.companions]
    return refuse(
        "day",
        tell(
            "The medicines of {id} differ by day: {days}. Give --day, the day of the cycle.",
            id=request.protocol.id,
            days="; ".join(days),
        ),
    )


def _days(plan: DosePlan) -> str:
    if plan.days is not None:
        return tell("on days {write_days}", write_days=write_days(plan.days.value))
    return "on days that are not filled in" if plan.interval_h is None else "by an interval"


def _unused(request: DoseRequest, regimen: Regimen) -> list[Finding]:
    """What was given and changes nothing, or cannot be looked up, in words."""
    found: list[Finding] = []
    plans = (regimen, *regimen.companions)
    name = request.protocol.id
    if request.cycle is not None and all(plan.level_by != "cycle" for plan in plans):
        text = tell(
            "Every cycle of {name} has the same dose: cycle {cycle} changes nothing.",
            name=name,
            cycle=request.cycle,
        )
        found.append(Finding("cycle-unused", Severity.NOTE, text))
    for plan in plans if request.day is not None else ():
        if plan.days is None and plan.interval_h is None:
            drug = plan.drug if isinstance(plan, Companion) else request.protocol.drug
            text = tell(
                "{drug}: its days are not filled in, so nobody knows whether it is planned on day {day}. The site fills them in its copy of the protocol.",
                drug=drug,
                day=request.day,
            )
            found.append(Finding("days-not-known", Severity.CAUTION, text))
    return found
