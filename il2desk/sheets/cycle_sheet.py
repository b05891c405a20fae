"""The cycle sheet: one a cycle, for the ward and the trial file."""

from __future__ import annotations

from il2desk.sheets.companion_doses import companion_dose_table
from il2desk.sheets.cycle_back import back, before_the_doses
from il2desk.sheets.cycle_doses import cycle_lines, dose_table
from il2desk.sheets.cycle_facts import CycleFacts
from il2desk.sheets.cycle_front import front
from il2desk.sheets.entries import SourceList
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.model import SheetModel
from il2desk.sheets.sheet_frame import make_frame, sheet_of
from il2desk.words import say


def compose_cycle_sheet(facts: CycleFacts) -> SheetModel:
    """Return the sheet as finished strings.

    Raises SheetRefused, naming the fact, where something needed is missing or cannot be printed.
    """
    if not facts.doses:
        raise SheetRefused(
            say("The cycle has no planned dose."),
            say("Nothing was printed. Plan the cycle, then print."),
        )
    schedule, issue, patient = facts.schedule, facts.issue, facts.patient
    title = say(
        "Cycle sheet \u2013 course {course}, cycle {cycle}",
        course=schedule.course,
        cycle=schedule.cycle,
    )
    frame = make_frame(
        title, issue, facts.marks, patient, cycle_lines(facts), facts.protocol.fingerprint
    )
    sources = SourceList()
    first = (*front(facts, sources), *before_the_doses(facts, sources))
    return sheet_of(
        frame,
        facts.issue,
        facts.marks,
        (
            *first,
            dose_table(facts),
            *companion_dose_table(facts),
            *back(facts, sources),
        ),
        about=facts.patient.trial_code,
    )
