"""A planned cycle as the board's facts: days, times, slots, the moment, totals."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from il2desk.desk import CycleChart, Desk, DoseRecords, SlotState, outcome_of
from il2desk.dosing import (
    NO_BREAK,
    WEEKDAYS,
    tell,
    write_clock,
    write_date,
    write_dose,
    write_moment,
)
from il2desk.window.board_grid import BoardFacts, DayFacts, SlotFacts
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say

_TOTALS = (
    ("given", tell("Given")),
    ("part given", tell("Part given")),
    ("held", tell("Held")),
    ("omitted", tell("Omitted")),
    ("not known", tell("Not known")),
)


def board_of(desk: Desk, cycle: CycleChart, slots: tuple[SlotState, ...]) -> BoardFacts:
    """The whole cycle; every dose stands at its planned local day and time."""
    now = desk.now()
    planned = {n: desk.local(dose.planned) for n, dose in cycle.doses.items()}
    days = sorted({moment.date() for moment in planned.values()})
    rows = sorted({write_clock(moment) for moment in planned.values()})
    today = now.date()
    before = [row for row in rows if row <= write_clock(now)]
    return BoardFacts(
        days=tuple(
            DayFacts(day.isoformat(), _day(day), is_today=day == today, is_past=day < today)
            for day in days
        ),
        rows=tuple(rows),
        slots=tuple(_slot(desk, cycle, slot, today) for slot in slots),
        now_words=say("now {time}", time=write_clock(now)) if today in days else "",
        now_day=today.isoformat() if today in days else "",
        now_after_row=before[-1] if before else "",
    )


def _day(day: date) -> str:
    # A plain space, so that a narrow column writes the weekday over the date.
    return f"{WEEKDAYS[day.weekday()]} {write_date(day)}"


def detail_of(desk: Desk, dose: DoseRecords, detail: str) -> str:
    """The line under a slot's word; a verdict that stands there is marked and has its time."""
    if dose.check is None or detail != dose.check.verdict:
        return detail
    return f"▲ {spoken(detail)}{NO_BREAK}{write_clock(desk.local(dose.check.assessed_at))}"


def _slot(desk: Desk, cycle: CycleChart, slot: SlotState, today: date) -> SlotFacts:
    dose = cycle.doses[slot.number]
    planned = desk.local(dose.planned)
    note = f"▲ {spoken(slot.note)}" if slot.note else ""
    details = [slot.moved, detail_of(desk, dose, slot.detail), slot.hold, _amount(dose), note]
    return SlotFacts(
        number=slot.number,
        day=planned.date().isoformat(),
        row=write_clock(planned),
        planned=write_clock(planned),
        state=slot.state,
        word=slot.word,
        detail=spoken_all((part for part in details if part), "\n"),
        amended=slot.amended,
        is_today=planned.date() == today,
        is_past=planned.date() < today,
        sentence=slot_sentence(cycle, slot, planned),
    )


def _amount(dose: DoseRecords) -> str:
    """The dose that went in, where it was only a part."""
    record = dose.administration
    if record is None or record.outcome != "part given" or record.given_dose_iu is None:
        return ""
    # A slot is narrower than these words: the number stays with its million, the unit may wrap.
    return write_dose(record.given_dose_iu).replace(
        f"{NO_BREAK}international{NO_BREAK}units", " international units"
    )


def slot_sentence(cycle: CycleChart, slot: SlotState, planned: datetime) -> str:
    """One dose in a sentence for readers: which, when it was planned, how it stands."""
    recorded = outcome_of(cycle.doses[slot.number])
    return spoken_all(
        (
            part
            for part in (
                say("Dose {number} of {count}", number=slot.number, count=len(cycle.doses)),
                say("planned {when}", when=write_moment(planned)),
                slot.word,
                slot.moved,
                slot.detail,
                slot.hold,
                slot.note,
                "" if recorded else say("no outcome recorded"),
            )
            if part
        ),
        ", ",
    )


def totals_of(cycle: CycleChart, slots: tuple[SlotState, ...]) -> str:
    """What happened so far, what is left at most, and the total given."""
    outcomes = Counter(outcome_of(dose) for dose in cycle.doses.values())
    unsigned = sum(slot.state == "needs second person" for slot in slots)
    over = cycle.stopped is not None or cycle.barred_by is not None
    left = 0 if over else outcomes[None]
    parts = [f"{say(words)} {outcomes[outcome]}" for outcome, words in _TOTALS]
    disputed = sum(slot.state == "disputed" for slot in slots)
    if disputed:
        parts.append(say("Disputed {count}", count=disputed))
    if unsigned:
        parts.append(say("Needs second person {count}", count=unsigned))
    parts.append(say("Left at most {left} of {count}", left=left, count=len(cycle.doses)))
    parts.append(say("Total given {dose}", dose=write_dose(cycle.given_iu)))
    return spoken_all(parts, "   ")


def heading_of(desk: Desk, cycle: CycleChart, slots: tuple[SlotState, ...]) -> str:
    """Why nothing more is given in this cycle, or empty text while it runs."""
    stopped = cycle.stopped
    if stopped is not None:
        check = next(found for found in stopped.checks if found.verdict == "STOP")
        return say(
            "STOPPED {when} {scope}. {sentence} Rule set {rules}.",
            when=write_moment(desk.local(check.assessed_at)),
            scope=say(check.scope or ""),
            sentence=check.sentence,
            rules=check.rule_set,
        )
    if cycle.barred_by is not None:
        return say(
            "STOPPED for good {when}, in another cycle. {sentence}",
            when=write_moment(desk.local(cycle.barred_by.assessed_at)),
            sentence=cycle.barred_by.sentence,
        )
    if slots and all(outcome_of(dose) is not None for dose in cycle.doses.values()):
        if any(slot.state in ("needs second person", "disputed") for slot in slots):
            return say("All doses are recorded. Some entries still need a second person.")
        return say("Cycle finished. Every dose has an outcome and two signatures.")
    return ""
