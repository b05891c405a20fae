"""The state of every dose slot, in the words and shapes of the board (screens, 5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from il2desk.desk.chart import GIVEN, CycleChart
from il2desk.desk.code_words import OUTCOME_WORDS, WAITING_WORDS
from il2desk.desk.desk import Desk
from il2desk.desk.hold_rule import SKIP, is_held, latest_delay
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import (
    Refusal,
    SiteRules,
    joined,
    tell,
    write_clock,
    write_date,
    write_moment,
    write_span,
)

WEIGHT_CORRECTED = tell("weight corrected since")
"""Said of a dose that was released on a weight that was entered in error."""
WEIGHT_CHANGED = tell("weight changed since")
"""Said of a dose that was released, is still open, and for which another dosing weight holds now."""

# Without a site rule a slot is due from its planned time on and never overdue by a guessed span.
_UNSET = SiteRules()


@dataclass(frozen=True, slots=True)
class SlotState:
    """A slot as shown: `state` is the glyph's name, `word` the status, `detail` one more line.

    `hold` says what HOLD means for it, empty where it is not held.
    `note` says what became of the weight that a dose was released on, empty where it stands.
    """

    number: int
    state: str
    word: str
    detail: str
    due: datetime
    moved: str = ""
    amended: bool = False
    hold: str = ""
    note: str = ""


def site_rules(desk: Desk, cycle: CycleChart) -> SiteRules:
    """The site's rules in the protocol version that the cycle stays on."""
    bundle = bundle_of(desk, cycle.fingerprint)
    return _UNSET if isinstance(bundle, Refusal) else bundle.protocol.site


def earliest(cycle: CycleChart, dose: DoseRecords, rules: SiteRules) -> datetime:
    """The due time, never sooner than the stated minimum interval after the last given dose."""
    before = [
        other.administration.given_at
        for other in cycle.doses.values()
        if other.number < dose.number
        and other.administration is not None
        and other.administration.outcome in GIVEN
        and other.administration.given_at is not None
    ]
    if rules.minimum_interval_h is None or not before:
        return dose.due
    least = max(before) + timedelta(minutes=int(rules.minimum_interval_h * 60))
    return max(dose.due, least)


def planned_words(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> str:
    """When a dose was planned, and when it is due now where a delay or the minimum interval moved it."""
    text = tell("planned {moment}", moment=write_moment(desk.local(dose.planned)))
    due = earliest(cycle, dose, site_rules(desk, cycle))
    if dose.administration is not None or due == dose.planned:
        return text
    return tell("{text}, now due {moment}", text=text, moment=write_moment(desk.local(due)))


def near(desk: Desk, moment: datetime) -> str:
    """The local time alone where it lies in today, with its date on any other day."""
    local = desk.local(moment)
    return write_clock(local) if local.date() == desk.now().date() else write_moment(local)


def slot_states(desk: Desk, cycle: CycleChart) -> tuple[SlotState, ...]:
    """All slots of a cycle, in order of their numbers."""
    rules = site_rules(desk, cycle)
    now = desk.clock.now()
    next_number = _next_number(cycle, rules, now)
    slots = (
        _cancelled(desk, cycle, dose)
        or replace(
            _slot(desk, cycle, dose, rules, now, is_next=dose.number == next_number),
            hold=_hold(desk, dose, rules),
        )
        for dose in cycle.doses.values()
    )
    return tuple(replace(slot, note=weight_note(cycle.doses[slot.number])) for slot in slots)


def weight_note(dose: DoseRecords) -> str:
    """WEIGHT_CORRECTED or WEIGHT_CHANGED of a dose whose release does not stand; else empty."""
    if dose.release is None or dose.release.stands:
        return ""
    return WEIGHT_CHANGED if dose.release.weight_corrected_at is None else WEIGHT_CORRECTED


def _next_number(cycle: CycleChart, rules: SiteRules, now: datetime) -> int | None:
    before = timedelta(minutes=rules.due_before_min or 0)
    open_doses = [
        dose.number
        for dose in cycle.doses.values()
        if dose.administration is None and earliest(cycle, dose, rules) - before > now
    ]
    return min(open_doses, default=None)


def _cancelled(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> SlotState | None:
    """An open slot after a STOP of its cycle, or under a STOP for good of another one."""
    stopped, check, scope = cycle.stopped, cycle.barred_by, "for good"
    if dose.administration is not None:
        return None
    if stopped is not None:
        if dose.number <= stopped.number:
            return None
        check, scope = cycle.stop_by(), ""
    if check is None:
        return None
    day = write_date(desk.local(check.assessed_at).date())
    return SlotState(dose.number, "cancelled", tell("Cancelled"), _stopped(scope, day), dose.due)


def _stopped(scope: str, day: str) -> str:
    return tell("stopped for good {day}", day=day) if scope else tell("stopped {day}", day=day)


def _slot(
    desk: Desk,
    cycle: CycleChart,
    dose: DoseRecords,
    rules: SiteRules,
    now: datetime,
    *,
    is_next: bool,
) -> SlotState:
    if dose.administration is not None:
        return _recorded(desk, dose)
    due = earliest(cycle, dose, rules)
    clock = near(desk, due)
    moved = ""
    if due != dose.planned:
        moved = tell("moved to {clock} (+{span})", clock=clock, span=write_span(due - dose.planned))
    if dose.delayed_to is not None and due > now:
        return SlotState(
            dose.number,
            "delayed",
            tell("Delayed to {clock}", clock=clock),
            _verdict(dose),
            due,
            moved,
        )
    overdue = rules.overdue_after_min
    if overdue is not None and now > due + timedelta(minutes=overdue):
        since = near(desk, due + timedelta(minutes=overdue))
        return SlotState(
            dose.number,
            "overdue",
            tell("OVERDUE since {since}", since=since),
            _verdict(dose),
            due,
            moved,
        )
    if dose.release is not None:
        at = near(desk, dose.release.at)
        return SlotState(
            dose.number, "prepared", tell("Prepared {at}", at=at), _verdict(dose), due, moved
        )
    if now >= due - timedelta(minutes=rules.due_before_min or 0):
        return SlotState(
            dose.number, "due", tell("DUE {clock}", clock=clock), _verdict(dose), due, moved
        )
    if is_next:
        return SlotState(
            dose.number, "next", tell("Next {clock}", clock=clock), _verdict(dose), due, moved
        )
    return SlotState(dose.number, "scheduled", tell("Scheduled"), _verdict(dose), due, moved)


def _verdict(dose: DoseRecords) -> str:
    check = dose.check
    if check is None or check.verdict == "GO":
        return ""
    return check.verdict


def _hold(desk: Desk, dose: DoseRecords, rules: SiteRules) -> str:
    """What HOLD means for a slot that is held now: skipped, or delayed to so late at most."""
    if not is_held(dose):
        return ""
    latest = latest_delay(dose, rules)
    if latest is not None:
        return tell("to {near} at most", near=near(desk, latest))
    return tell("to be skipped") if rules.hold_means == SKIP else ""


def _given(desk: Desk, dose: DoseRecords, at: datetime) -> str:
    """The time of a record: alone where it lies in the planned day, under which the dose stands."""
    local = desk.local(at)
    same = local.date() == desk.local(dose.planned).date()
    return write_clock(local) if same else write_moment(local)


def _recorded(desk: Desk, dose: DoseRecords) -> SlotState:
    record = dose.administration
    if record is None:
        msg = "a recorded slot has an administration"
        raise ValueError(msg)
    amended = bool(record.changes)
    word: str = OUTCOME_WORDS[record.outcome]
    detail = record.reason
    if record.given_at is not None:
        # What still waits stands on Today, where no planned day is above it.
        when = near(desk, record.given_at) if record.waits else _given(desk, dose, record.given_at)
        word = (
            tell("{word} Approx {when}", word=word, when=when)
            if record.approximate
            else tell("{word} {when}", word=word, when=when)
        )
        late = record.given_at - dose.planned
        if abs(late) >= timedelta(minutes=1):
            sign = "+" if late > timedelta(0) else "-"
            detail = joined(", ", filter(None, (f"{sign}{write_span(late)}", detail)))
    if record.waits:
        waits = record.waits
        return SlotState(dose.number, waits, WAITING_WORDS[waits], word, dose.due, amended=amended)
    if amended:
        word = tell("{word}, amended", word=word)
    return SlotState(dose.number, record.outcome, word, detail, dose.due, amended=amended)
