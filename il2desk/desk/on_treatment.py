"""Who is on treatment: the patients that Today reads, without reading everybody's whole record.

Who is over is worked out from the record alone. What was found is noted beside the journal; only
those who were not over then, and those of whom anything was stored since, are read again.
"""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk.chart import CycleChart, PatientChart, Subject, outcome_of, subject_of, subjects
from il2desk.desk.code_words import OUTCOME_WORDS
from il2desk.desk.companion_plan import companion_slots
from il2desk.desk.desk import Desk
from il2desk.records import Journal

LISTED_FOR = timedelta(days=30)
"""How long after its last planned dose a finished patient is still listed."""
_NAME = "on-treatment"
_RULE = "by rule 1"
"""Another number whenever `is_over` changes: older notes are not used then."""
_WORTH = 20
"""How many patients a note must spare reading, or entries it must be behind, to be made anew."""
_BEHIND = 500


def to_be_read(desk: Desk) -> tuple[Subject, ...]:
    """Everybody who may be on treatment, in the order of registration. Raises a JournalFault."""
    note = desk.journal.noted(_NAME)
    if note is None or note.lines[:1] != (_RULE,):
        return subjects(desk)
    ids = set(note.lines[1:]) | desk.journal.subjects_since(note.head.sequence)
    found = [
        entry
        for id_ in ids
        for entry in desk.journal.entries(kind="subject-registered", subject=id_)
    ]
    return tuple(subject_of(one) for one in sorted(found, key=lambda one: one.sequence))


def is_over(desk: Desk, chart: PatientChart) -> bool:
    """Whether nothing of the patient is open any more, and was not for the last 30 days.

    Once it is so, it stays so until something new is stored for the patient.
    """
    cycles = chart.cycles.values()
    times = [dose.delayed_to or dose.planned for cycle in cycles for dose in cycle.doses.values()]
    if not times or desk.clock.now() - max(times) < LISTED_FOR:
        return False
    return all(_is_settled(desk, chart, cycle) for cycle in cycles)


def note_who_is_not(desk: Desk, read: int, left: tuple[str, ...]) -> None:
    """Note who is not over, of so many who were read, where that spares work the next time."""
    journal = desk.journal
    if not isinstance(journal, Journal):
        return
    last = journal.entries(after=journal.head().sequence - 1)
    if last and desk.clock.now() - last[-1].at >= LISTED_FOR:
        return  # the clock may have run ahead: who is over by it is found again the next time
    note = journal.noted(_NAME)
    behind = note is not None and journal.head().sequence - note.head.sequence > _BEHIND
    if behind or read - len(left) >= _WORTH:
        journal.keep_note(_NAME, (_RULE, *left))


def _is_settled(desk: Desk, chart: PatientChart, cycle: CycleChart) -> bool:
    """Every dose has an outcome that both signed, or a STOP ended the cycle; companions likewise."""
    stopped = chart.stop_by(cycle) is not None
    for dose in cycle.doses.values():
        record = dose.administration
        if outcome_of(dose) is None and not stopped:
            return False
        if record is not None and record.cosigned_by is None:
            return False
    settled = {*OUTCOME_WORDS, "cancelled"}
    return all(slot.state in settled for slot in companion_slots(desk, chart, cycle))
