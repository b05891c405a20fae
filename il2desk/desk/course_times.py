"""When the next cycle, the evaluation and the next course may come, from what was planned."""

from __future__ import annotations

from datetime import date, timedelta

from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import bundle_of
from il2desk.dosing import Milestone, Protocol, Refusal, milestones


def events_of(desk: Desk, cycle: CycleChart, discharged: date | None = None) -> dict[str, date]:
    """The dates that times are counted from, as the site's days: of a cycle and what follows it."""
    first, *_ = sorted(cycle.doses.values(), key=lambda dose: dose.planned)
    start = desk.local(first.planned).date() - timedelta(days=first.day - 1)
    final = desk.local(max(dose.due for dose in cycle.doses.values())).date()
    events = {"cycle start": start, "last dose": final, "course end": final}
    return events if discharged is None else events | {"discharge": discharged}


def milestones_after(
    desk: Desk, protocol: Protocol, cycle: CycleChart, discharged: date | None = None
) -> tuple[Milestone, ...]:
    """What the protocol says comes after a cycle, with its earliest and latest dates.

    Evaluation and next course count from the end of the course: they follow its last cycle only.
    """
    most = protocol.course_cycles
    ends_course = most is None or cycle.number >= most.value
    following = tuple(
        interval
        for interval in protocol.intervals
        if interval.follows(cycle.number) and (interval.leads_to == "next cycle") != ends_course
    )
    if most is None:
        following = tuple(one for one in protocol.intervals if one.follows(cycle.number))
    return milestones(following, events_of(desk, cycle, discharged))


def times_to_come(desk: Desk, subject: str) -> tuple[str, ...]:
    """What comes after the patient's last cycle by its own protocol version, one sentence each."""
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal) or chart.cycle is None:
        return ()
    bundle = bundle_of(desk, chart.cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return ()
    return tuple(one.sentence for one in milestones_after(desk, bundle.protocol, chart.cycle))


def before_next(
    desk: Desk, protocol: Protocol, chart: PatientChart, course: int, discharged: date | None
) -> Milestone | None:
    """The stated time that must pass before a cycle of this course; None where none is stated."""
    last = chart.cycle
    if last is None:
        return None
    leads_to = "next cycle" if course == last.course else "next course"
    stated = tuple(
        interval
        for interval in protocol.intervals
        if interval.leads_to == leads_to and interval.follows(last.number)
    )
    found = milestones(stated, events_of(desk, last, discharged))
    return found[0] if found else None
