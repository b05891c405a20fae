"""Today: every patient on treatment with the dose that needs somebody now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from il2desk.desk.chart import CycleChart, PatientChart, Subject, chart_of, outcome_of
from il2desk.desk.check_moved import moved_since
from il2desk.desk.code_words import with_scope
from il2desk.desk.companion_plan import companion_sentences
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import SlotState, slot_states
from il2desk.desk.dosing_weight import weight_reasons
from il2desk.desk.on_treatment import is_over, note_who_is_not, to_be_read
from il2desk.desk.place import DosePlace
from il2desk.desk.premedicate import items_for
from il2desk.desk.records_of_a_dose import DISPUTED, NEEDS_SECOND, DoseRecords
from il2desk.desk.register import similar_names
from il2desk.desk.sheet_rows import unsigned_doses
from il2desk.dosing import Refusal, joined, tell

# What is to be given comes before what is to be signed: an unsigned dose must not hide a due one.
_WEIGHT = {
    "overdue": 0, DISPUTED: 1, "due": 2, "prepared": 3, NEEDS_SECOND: 4, "delayed": 5, "next": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the five steps of a dose are, each in a word ("ok", "1/2", "HOLD", "weigh", "-")."""

    weight: str
    premedication: str
    check: str
    prepare: str
    record: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One patient on Today with the slot to act on; None when no cycle or nothing is open."""

    subject: Subject
    similar: bool
    place: DosePlace | None
    doses: int
    slot: SlotState | None
    steps: Steps
    note: str


@dataclass(frozen=True, slots=True)
class TodayPart:
    """How far the reading of Today is, in patients; the last part is `whole` and has the rows."""

    done: int
    of: int
    whole: bool = False
    rows: tuple[WorkRow, ...] = ()
    charts: Mapping[str, PatientChart] = field(default_factory=dict)


def today(desk: Desk) -> tuple[WorkRow, ...]:
    """All patients on treatment, those that need somebody first, then by due time.

    Whoever has been finished for 30 days is found by name only.
    """
    return tuple(row for part in today_in_parts(desk) for row in part.rows)


def today_in_parts(desk: Desk) -> Iterator[TodayPart]:
    """The same, a patient at a time, so that a window can answer keys between them."""
    read = to_be_read(desk)
    shown: dict[str, PatientChart] = {}
    of = 2 * len(read)
    for done, subject in enumerate(read, start=1):
        chart = chart_of(desk, subject.id)
        if not isinstance(chart, Refusal) and not is_over(desk, chart):
            shown[subject.id] = chart
        yield TodayPart(done, of)
    note_who_is_not(desk, len(read), tuple(shown))
    marked = similar_names(tuple(chart.subject for chart in shown.values()))
    rows: list[WorkRow] = []
    for done, (id_, chart) in enumerate(shown.items(), start=len(read) + 1):
        rows.append(work_row(desk, chart, similar=id_ in marked))
        yield TodayPart(done, of)
    far = datetime.max.replace(tzinfo=desk.clock.now().tzinfo)
    rows.sort(
        key=lambda row: (
            _WEIGHT.get(row.slot.state, 8) if row.slot is not None else 9,
            row.slot.due if row.slot is not None else far,
        )
    )
    yield TodayPart(of, of, whole=True, rows=tuple(rows), charts=shown)


def work_row(desk: Desk, chart: PatientChart, *, similar: bool) -> WorkRow:
    """One patient with the slot to act on, and what else is open in a note."""
    cycle = chart.cycle_at(desk.clock.now())
    none = Steps("-", "-", "-", "-", "-")
    if cycle is None:
        return WorkRow(chart.subject, similar, None, 0, None, none, tell("No cycle planned"))
    slots = slot_states(desk, cycle)
    slot = acting_slot(slots)
    note = ""
    if cycle.stopped is not None:
        check = next(found for found in cycle.stopped.checks if found.verdict == "STOP")
        note = with_scope("STOPPED", check.scope)
    elif cycle.barred_by is not None:
        note = with_scope("STOPPED", "for good")
    elif slot is None:
        note = tell("Cycle finished")
    beside = companion_sentences(desk, chart, cycle)
    note = joined(" ", (part for part in (note, *beside, *left_behind(desk, chart, cycle)) if part))
    if slot is None:
        return WorkRow(chart.subject, similar, None, len(slots), None, none, note)
    place = DosePlace(chart.subject.id, cycle.id, slot.number)
    return WorkRow(
        chart.subject,
        similar,
        place,
        len(slots),
        slot,
        steps_of(desk, chart, cycle, slot.number),
        note,
    )


def left_behind(desk: Desk, chart: PatientChart, latest: CycleChart) -> tuple[str, ...]:
    """What is still open in other cycles, a sentence each: doses without outcome, or unsigned."""
    others = [cycle for cycle in chart.cycles.values() if cycle.id != latest.id]
    return (
        *filter(None, (_without_outcome(desk, chart, cycle) for cycle in others)),
        *_unsigned_before(chart, latest),
    )


def _without_outcome(desk: Desk, chart: PatientChart, cycle: CycleChart) -> str:
    """Doses whose time is over and of which nobody said what happened; a STOP ended the others."""
    now = desk.clock.now()
    open_ = [dose for dose in cycle.doses.values() if outcome_of(dose) is None and dose.due <= now]
    if not open_ or chart.stop_by(cycle) is not None:
        return ""
    released = [str(dose.number) for dose in open_ if dose.release is not None]
    said = (
        tell("1 dose has no outcome")
        if len(open_) == 1
        else tell("{count} doses have no outcome", count=len(open_))
    )
    if released:
        said = tell("{said}, of which {doses} prepared", said=said, doses=joined(", ", released))
    return tell(
        "Cycle {number} of course {course}: {said}.",
        number=cycle.number,
        course=cycle.course,
        said=said,
    )


def _unsigned_before(chart: PatientChart, latest: CycleChart) -> tuple[str, ...]:
    """What still waits for a second person in other cycles."""
    return tuple(
        tell(
            "Cycle {cycle} of course {course}, dose {number}: needs second person.",
            cycle=cycle.number,
            course=cycle.course,
            number=number,
        )
        for cycle in chart.cycles.values()
        if cycle.id != latest.id
        for number in unsigned_doses(cycle)
    )


def acting_slot(slots: tuple[SlotState, ...]) -> SlotState | None:
    """The slot that needs somebody first; None when every dose is settled."""
    waiting = [slot for slot in slots if slot.state in _WEIGHT]
    return min(waiting, key=lambda slot: (_WEIGHT[slot.state], slot.number), default=None)


def steps_of(desk: Desk, chart: PatientChart, cycle: CycleChart, number: int) -> Steps:
    """The state of the five steps of one dose."""
    dose = cycle.doses[number]
    return Steps(
        weight=_weight_word(desk, chart, cycle, dose),
        premedication=_premedication_word(desk, chart, cycle, dose),
        check=_check_word(desk, chart, cycle, dose),
        prepare="ok" if dose.standing_release is not None else "-",
        record="ok" if dose.administration is not None else "-",
    )


def _weight_word(desk: Desk, chart: PatientChart, cycle: CycleChart, dose: DoseRecords) -> str:
    """Whether there is a dosing weight, and whether the next dose may be released on it."""
    if chart.dosing_weight is None:
        return "-"
    settled = dose.standing_release is not None or dose.administration is not None
    return "weigh" if not settled and weight_reasons(desk, chart, cycle) else "ok"


def _premedication_word(
    desk: Desk, chart: PatientChart, cycle: CycleChart, dose: DoseRecords
) -> str:
    """How many items have an outcome; items that cannot be worked out are never finished."""
    items = items_for(desk, chart, cycle)
    if isinstance(items, Refusal):
        return "-"
    done, total = len(dose.premedication), len(items)
    return "ok" if done >= total else f"{done}/{total}"


def _check_word(desk: Desk, chart: PatientChart, cycle: CycleChart, dose: DoseRecords) -> str:
    """The verdict; one that holds no longer for a dose still to be released says so."""
    check = dose.check
    if check is None:
        return "-"
    if check.weight_corrected_at is not None and check.verdict != "STOP":
        return "CANNOT ASSESS"
    if check.verdict != "GO":
        return check.verdict
    settled = dose.standing_release is not None or dose.administration is not None
    over = check.valid_until is not None and desk.clock.now() > check.valid_until
    if settled:
        return "ok"
    if over:
        return tell("too old")
    return "again" if moved_since(desk, chart, cycle, check) else "ok"


def first_open_step(steps: Steps) -> int:
    """The number (1 to 5) of the first step that is not finished."""
    words = (steps.weight, steps.premedication, steps.check, steps.prepare, steps.record)
    for number, word in enumerate(words, start=1):
        if word != "ok":
            return number
    return 5
