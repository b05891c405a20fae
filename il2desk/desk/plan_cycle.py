"""Planning a cycle: from an active protocol version, an order, a start and a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from il2desk.desk.chart import PatientChart, chart_of
from il2desk.desk.clock import utc_text
from il2desk.desk.course_times import before_next
from il2desk.desk.desk import Desk, new_id
from il2desk.desk.order import next_number, order_differs
from il2desk.desk.people import Signature, signed_alone
from il2desk.desk.place import first_refusal
from il2desk.desk.protocol_life import active_version, bundle_of
from il2desk.desk.roles import PLAN
from il2desk.dosing import (
    Milestone,
    Protocol,
    Refusal,
    Schedule,
    plan_doses,
    refuse,
    tell,
    write_date,
    write_moment,
)


def preview_cycle(
    desk: Desk, subject: str, start: datetime, *, fold: int | None = None
) -> Schedule | Refusal:
    """The planned doses of the patient's next cycle from a naive local start; nothing is stored."""
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    ready = _ready(desk, chart, next_number(chart))
    if isinstance(ready, Refusal):
        return ready
    return plan_doses(ready, chart.subject.arm, start, desk.zone, _policy(ready), fold)


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """A cycle to plan: naive local start in the site's zone, course, and what was answered.

    `fold` says which of two equal local times is meant (0 first, 1 second); `early_reason` is why
    the rest between cycles is not kept. `discharged` is the day of leaving hospital, which a next
    course may be counted from.
    """

    start: datetime
    course: int = 1
    fold: int | None = None
    early_reason: str = ""
    discharged: date | None = None


def plan_cycle(
    desk: Desk, subject: str, plan: CyclePlan, token: str, signed: Signature | None = None
) -> str | Refusal:
    """Store a cycle with all its planned doses and return its id.

    Refused without an active protocol version, without an order, with an order that differs from
    the derived dose, after a STOP for good, and while the last cycle's rest is not over unless a
    reason is given.
    """
    if (refusal := desk.not_allowed(PLAN)) is not None:
        return refusal
    if signed is not None and (refusal := first_refusal(desk, signed)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "cycle-planned", subject=subject)) is not None:
        return str(stored.body["cycle"])
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    judged = _judged(desk, chart, plan)
    if isinstance(judged, Refusal):
        return judged
    protocol, schedule = judged
    body = _body(desk, chart, protocol, schedule, plan) | signed_alone(signed)
    desk.append(
        "cycle-planned", body, subject=subject, cycle=body["cycle"], reason=plan.early_reason.strip(),
        form_token=token, protocol_fingerprint=protocol.fingerprint,
    )  # fmt: skip
    return str(body["cycle"])


def plan_refusal(desk: Desk, subject: str, plan: CyclePlan) -> Refusal | None:
    """Why this cycle cannot be planned, asked before anybody signs; None where it can."""
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    judged = _judged(desk, chart, plan)
    return judged if isinstance(judged, Refusal) else None


def _judged(
    desk: Desk, chart: PatientChart, plan: CyclePlan
) -> tuple[Protocol, Schedule] | Refusal:
    """The protocol to plan by and all planned times, or what stands against them."""
    protocol = _ready(desk, chart, number_in(chart, plan.course))
    if isinstance(protocol, Refusal):
        return protocol
    schedule = plan_doses(
        protocol, chart.subject.arm, plan.start, desk.zone, _policy(protocol), plan.fold
    )
    if isinstance(schedule, Refusal):
        return schedule
    if (refusal := _course_refusal(chart, protocol, plan.course)) is not None:
        return refusal
    early = _too_early(desk, chart, protocol, schedule.doses[0].local, plan)
    if early is not None and (early.code != "rest" or not plan.early_reason.strip()):
        return early
    return protocol, schedule


def until_next(desk: Desk, subject: str, course: int, discharged: date | None) -> str:
    """The stated time before the next cycle of a course, with its earliest day; empty without one."""
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return ""
    version = active_version(desk, chart.subject.protocol)
    bundle = version if isinstance(version, Refusal) else bundle_of(desk, version.fingerprint)
    if isinstance(bundle, Refusal):
        return ""
    stated = before_next(desk, bundle.protocol, chart, course, discharged)
    return "" if stated is None else stated.sentence


def _course_refusal(chart: PatientChart, protocol: Protocol, course: int) -> Refusal | None:
    """Refused for a course that has all the cycles its source gives."""
    if course < 1:
        return refuse("course", "Courses are counted from 1. Enter the number of the course.")
    most = protocol.course_cycles
    planned = sum(1 for cycle in chart.cycles.values() if cycle.course == course)
    if most is None or planned < most.value:
        return None
    return refuse(
        "course",
        tell(
            "Course {course} has {planned} cycles already; {cite} gives {value}. Plan it in the next course.",
            course=course,
            planned=planned,
            cite=most.source.cite(),
            value=most.value,
        ),
    )


def _policy(protocol: Protocol) -> str:
    return protocol.site.schedule_policy or "elapsed"


def number_in(chart: PatientChart, course: int) -> int:
    """The number that the next cycle of a course has."""
    return sum(1 for cycle in chart.cycles.values() if cycle.course == course) + 1


def _ready(desk: Desk, chart: PatientChart, number: int) -> Protocol | Refusal:
    """The protocol to plan by, or what must be done before the cycle of a number can be planned."""
    version = active_version(desk, chart.subject.protocol)
    if isinstance(version, Refusal):
        return version
    bundle = bundle_of(desk, version.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    order = chart.order
    if order is None or order.fingerprint != version.fingerprint:
        return refuse(
            "no-order",
            "No order for this protocol version yet. Enter the prescriber's order first.",
        )
    refusal = order_differs(desk, chart, version.fingerprint, order.ordered_dose_iu, number)
    if refusal is not None:
        return refusal
    for cycle in chart.cycles.values():
        for dose in cycle.doses.values():
            if any(check.verdict == "STOP" and check.scope == "for good" for check in dose.checks):
                return refuse(
                    "stopped-for-good",
                    tell(
                        "Treatment was stopped for good in cycle {number}. No further cycle can be planned.",
                        number=cycle.number,
                    ),
                )
    return bundle.protocol


def _too_early(
    desk: Desk, chart: PatientChart, protocol: Protocol, start: datetime, plan: CyclePlan
) -> Refusal | None:
    """Why the cycle starts before the time that the source states; rest counts from the last dose."""
    due = [dose.due for cycle in chart.cycles.values() for dose in cycle.doses.values()]
    if not due:
        return None
    final, rest = desk.local(max(due)), protocol.rest_days
    if start <= max(due):
        return refuse(
            "overlap",
            tell(
                "An earlier cycle's final dose is planned for {time}. Choose a later start.",
                time=write_moment(final),
            ),
        )
    stated = before_next(desk, protocol, chart, plan.course, plan.discharged)
    if stated is not None and stated.interval.counted_from is not None:
        return _before_milestone(chart, stated, start)
    if rest is None or (start.date() - final.date()).days >= rest.value:
        return None
    if any(cycle.stop_by() is not None for cycle in chart.cycles.values()):
        least = tell(" {value} days of", value=rest.value)
        return refuse(
            "rest-after-stop",
            tell(
                "The last cycle was stopped; its final dose was planned on {date}. A new cycle keeps the whole{least} rest. Choose a later start.",
                date=write_date(final.date()),
                least=least,
            ),
        )
    return refuse(
        "rest",
        tell(
            "The last cycle's final dose is planned on {date}; {cite} gives {value} days between cycles. Choose a later start, or enter the reason.",
            date=write_date(final.date()),
            cite=rest.source.cite(),
            value=rest.value,
        ),
    )


def _before_milestone(chart: PatientChart, stated: Milestone, start: datetime) -> Refusal | None:
    """Refused before the earliest date of a stated time, or while its event has no date."""
    counted, cite = stated.interval.counted_from, stated.interval.source.cite()
    if counted == "discharge" and stated.earliest is not None:
        refusal = _discharge_refusal(chart, stated, start)
        if refusal is not None:
            return refusal
    if stated.earliest is None:
        return refuse(
            str(counted),
            tell(
                "{sentence} {cite}. Enter the date of the {counted}.",
                sentence=stated.sentence,
                cite=cite,
                counted=counted,
            ),
        )
    if start.date() >= stated.earliest:
        return None
    if any(cycle.stop_by() is not None for cycle in chart.cycles.values()):
        return refuse(
            "rest-after-stop",
            tell(
                "{sentence} The last cycle was stopped: the whole time is kept. Choose a later start.",
                sentence=stated.sentence,
            ),
        )
    return refuse(
        "rest",
        tell(
            "{sentence} {cite}. Choose a later start, or enter the reason.",
            sentence=stated.sentence,
            cite=cite,
        ),
    )


def _discharge_refusal(chart: PatientChart, stated: Milestone, start: datetime) -> Refusal | None:
    """Refused for a discharge before the last dose of the cycle, or after the new start."""
    left = (stated.earliest or start.date()) - timedelta(days=stated.interval.least_days)
    last = max(
        (dose.due for cycle in chart.cycles.values() for dose in cycle.doses.values()),
        default=start,
    )
    if last.date() <= left <= start.date():
        return None
    return refuse(
        "discharge",
        tell(
            "The patient left hospital on {date} by what was entered; the last dose was planned for {date_2}. Enter the day of leaving hospital after it.",
            date=write_date(left),
            date_2=write_date(last.date()),
        ),
    )


def _body(
    desk: Desk, chart: PatientChart, protocol: Protocol, schedule: Schedule, plan: CyclePlan
) -> dict[str, Any]:
    """The cycle as its entry holds it."""
    order, course = chart.order, plan.course
    weight = chart.dosing_weight
    number = number_in(chart, course)
    return {
        "cycle": new_id(), "course": course, "number": number,
        "order": "" if order is None else order.id, "protocol": protocol.id,
        "version": protocol.version, "fingerprint": protocol.fingerprint, "arm": chart.subject.arm,
        "start_local": schedule.doses[0].local.strftime("%Y-%m-%dT%H:%M"), "zone": str(desk.zone.key),
        "policy": schedule.policy, "product": protocol.product_id,
        "clock_change": None if schedule.clock_change is None else schedule.clock_change.text,
        "doses": [
            {
                "number": dose.number,
                "day": dose.day,
                "local": dose.local.isoformat(timespec="minutes"),
                "utc": utc_text(dose.utc),
            }
            for dose in schedule.doses
        ],
        "baseline_weight_kg": None if weight is None else str(weight.weight_kg),
        "discharged": None if plan.discharged is None else plan.discharged.isoformat(),
        "height_cm": None if chart.subject.height_cm is None else str(chart.subject.height_cm),
    }  # fmt: skip
