"""The doses of companion drugs that a cycle plans: their days, derived amounts and states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.code_words import OUTCOME_WORDS, WAITING_WORDS
from il2desk.desk.companion_records import CompanionRecord, standing
from il2desk.desk.course_times import events_of
from il2desk.desk.desk import Desk
from il2desk.desk.prepare_dose import request_for
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DISPUTED, NEEDS_SECOND
from il2desk.dosing import (
    Companion,
    CompanionDose,
    Refusal,
    Regimen,
    companion_differences,
    companion_doses,
    regimen_of,
    second_companions_of,
    tell,
    write_date,
)
from il2desk.protocols import COMPANION_ROUTES


@dataclass(frozen=True, slots=True)
class CompanionSlot:
    """One dose of a companion drug as shown: planned, or recorded on a day without a plan.

    `of_day` is how many the day plans. `state` is the glyph's name and `word` says it: due today,
    not recorded after its day, an outcome. `record` is what holds for it now.
    """

    companion: Companion
    day: int
    count: int
    of_day: int
    date: date
    state: str
    word: str
    record: CompanionRecord | None

    @property
    def planned(self) -> bool:
        """Whether the protocol plans this dose."""
        return self.count <= self.of_day


def companions_of(desk: Desk, cycle: CycleChart) -> tuple[Companion, ...]:
    """The companion drugs of the cycle's arm in the version that it stays on."""
    regimen = _regimen(desk, cycle)
    return () if regimen is None else regimen.companions


def routes_offered(companion: Companion) -> tuple[str, ...]:
    """The routes to choose from: the one the protocol names first, then every other."""
    planned = () if companion.route is None else (companion.route.value,)
    return tuple(dict.fromkeys((*planned, *COMPANION_ROUTES)))


def day_one(desk: Desk, cycle: CycleChart) -> date:
    """The date of day 1 of a cycle, by the site's clock; aldesleukin may begin later."""
    return events_of(desk, cycle)["cycle start"]


def day_words(day: int) -> str:
    """Day 3 of the cycle, or that it lies before day 1."""
    if day >= 1:
        return tell("day {day}", day=day)
    before = 1 - day
    if before == 1:
        return tell("1 day before day 1")
    return tell("{before} days before day 1", before=before)


def planned_on(desk: Desk, cycle: CycleChart, companion: Companion, day: int) -> int:
    """How many doses of a companion drug are planned on a day of the cycle."""
    return _plan(desk, cycle, companion).get(day, 0)


def companion_slots(
    desk: Desk, chart: PatientChart, cycle: CycleChart
) -> tuple[CompanionSlot, ...]:
    """Every planned dose of every companion drug and every one recorded, in order of their days."""
    found: list[CompanionSlot] = []
    for companion in companions_of(desk, cycle):
        plan = _plan(desk, cycle, companion)
        places = {(day, count) for day, most in plan.items() for count in range(1, most + 1)}
        places |= {
            (record.day, record.count)
            for record in cycle.companions
            if record.companion == companion.id and not record.in_error
        }
        found += [
            _slot(desk, chart, cycle, companion, (day, count, plan.get(day, 0)))
            for day, count in places
        ]
    found.sort(key=lambda slot: (slot.day, slot.companion.drug, slot.count))
    return tuple(found)


def derived_companion(
    desk: Desk, chart: PatientChart, cycle: CycleChart, companion: Companion, day: int
) -> CompanionDose | Refusal:
    """What both engines derive of a companion drug for a planned day, or why there is nothing."""
    request = request_for(desk, chart, cycle.fingerprint, cycle=cycle, day=day)
    if isinstance(request, Refusal):
        return request
    regimen = regimen_of(request.protocol, request.arm)
    if isinstance(regimen, Refusal):
        return regimen
    found = companion_doses(request, regimen, None)
    made = next((one for one in found if one.companion.id == companion.id), None)
    if made is None:
        text = tell(
            "No dose of {drug} is planned on {day}.", drug=companion.drug, day=day_words(day)
        )
        return Refusal("not-planned", (text,))
    if made.exact_dose is None:
        return Refusal("companion-gap", tuple(one.text for one in made.findings))
    differing = companion_differences(found, second_companions_of(request))
    return Refusal("engines-differ", differing) if differing else made


def _regimen(desk: Desk, cycle: CycleChart) -> Regimen | None:
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return None
    regimen = regimen_of(bundle.protocol, cycle.arm)
    return None if isinstance(regimen, Refusal) else regimen


def _plan(desk: Desk, cycle: CycleChart, companion: Companion) -> dict[int, int]:
    """Day of the cycle -> doses planned on it; empty where no source lists them."""
    if companion.days is not None:
        return {day: companion.times_on(day) for day in companion.days.value}
    interval, most = companion.interval_h, companion.doses_per_cycle
    if interval is None or most is None:
        return {}
    first = day_one(desk, cycle)
    apart = timedelta(minutes=int(interval.value * 60))
    dates = (desk.local(cycle.begins + apart * at).date() for at in range(most.value))
    return dict(Counter((on - first).days + 1 for on in dates))


def _slot(
    desk: Desk,
    chart: PatientChart,
    cycle: CycleChart,
    companion: Companion,
    place: tuple[int, int, int],
) -> CompanionSlot:
    day, count, of_day = place
    on = day_one(desk, cycle) + timedelta(days=day - 1)
    record = standing(cycle.companions, companion.id, day, count)
    state, word = _state(desk, chart, cycle, on, record)
    return CompanionSlot(companion, day, count, of_day, on, state, word, record)


def _state(
    desk: Desk, chart: PatientChart, cycle: CycleChart, on: date, record: CompanionRecord | None
) -> tuple[str, str]:
    """The glyph and its word; a STOP says who decides about the doses that are still open."""
    if record is not None:
        word: str = OUTCOME_WORDS[record.outcome]
        if record.waits:
            return record.waits, WAITING_WORDS[record.waits]
        return record.outcome, tell("{word}, amended", word=word) if record.changes else word
    stop = chart.stop_by(cycle)
    stopped = None if stop is None else desk.local(stop.assessed_at).date()
    if stopped is not None and on >= stopped:
        return "cancelled", tell("STOPPED {date}: ask the prescriber", date=write_date(stopped))
    today = desk.now().date()
    if on < today:
        return "overdue", tell("Not recorded after its day")
    return ("due", tell("Due today")) if on == today else ("scheduled", tell("Planned"))


_NEEDS = {
    "due": (tell("due today"), tell("due today")),
    "overdue": (tell("not recorded after its day"), tell("not recorded after their day")),
    NEEDS_SECOND: (tell("needs second person"), tell("need a second person")),
    DISPUTED: (tell("disputed"), tell("disputed")),
}


def companion_sentences(desk: Desk, chart: PatientChart, cycle: CycleChart) -> tuple[str, ...]:
    """What of the companion drugs needs somebody now, a sentence each drug: due, missed, unsigned."""
    days: dict[tuple[str, str], list[int]] = {}
    for slot in companion_slots(desk, chart, cycle):
        if slot.state in _NEEDS:
            days.setdefault((slot.companion.drug, slot.state), []).append(slot.day)
    return tuple(
        tell("{drug}, {day}: {needs}.", drug=drug, day=day_words(found[0]), needs=_NEEDS[state][0])
        if len(found) == 1
        else tell(
            "{drug}: {count} doses {needs}.", drug=drug, count=len(found), needs=_NEEDS[state][1]
        )
        for (drug, state), found in days.items()
    )
