"""The patient diary: a calendar of days with and without an injection, and rows to write in, in plain words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from il2desk.dosing import write_weekday
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.model import Frame, Section, SheetModel
from il2desk.sheets.patient_diary_advice import call, know
from il2desk.sheets.patient_diary_calendar import calendar, totals
from il2desk.sheets.patient_diary_facts import DiaryFacts, DiaryTurn
from il2desk.sheets.patient_diary_writing import next_visit, signers, written
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

_HOSPITAL_PLACES = 2  # ward and bed, the last of the line: nobody lies in one at home


def compose_patient_diary(facts: DiaryFacts) -> SheetModel:
    """Return the diary as finished strings.

    Raises SheetRefused, naming the fact, where there is no injection to come, where one has no
    volume or no dose, where a day does not come after the one before it, or where a text cannot
    be printed. Under a hold it is made without volumes of that drug: the older paper, which has
    them, is to be replaced by one that says DO NOT INJECT.
    """
    _refuse_nothing_to_come(facts)
    _refuse_wrong_days(facts)
    title = say(
        "My injections \u2013 course {course}, cycle {cycle}",
        course=facts.course, cycle=facts.cycle,
    )  # fmt: skip
    lines = (
        (
            pair(say("Trial"), facts.protocol),
            pair(say("Worked out for the weight"), facts.weight),
        ),
    )
    frame = make_frame(title, facts.issue, facts.marks, facts.patient, lines, facts.fingerprint)
    return sheet_of(
        _at_home(frame),
        facts.issue,
        facts.marks,
        (
            Section(parts=((*call(facts), *know(facts)),)),
            Section(parts=(calendar(facts),)),
            Section(parts=(written(facts),)),
            Section(parts=(next_visit(),), together=True),
            Section(parts=((*totals(facts), *signatures(signers())),), together=True),
        ),
        about=facts.patient.trial_code,
        upright=True,
    )


def _at_home(frame: Frame) -> Frame:
    who, where, *more = frame.identity
    return replace(frame, identity=(who, where[:-_HOSPITAL_PLACES], *more))


def _refuse_nothing_to_come(facts: DiaryFacts) -> None:
    told = [dose for day in facts.days for dose in day.doses if dose.turn is DiaryTurn.INJECT]
    waits = any(dose.turn is DiaryTurn.UNWEIGHED for day in facts.days for dose in day.doses)
    if not told and not waits and not facts.on_hold:
        raise SheetRefused(
            say("No injection of this cycle is to come."),
            say("Nothing was printed. Plan the next cycle, then print its diary."),
        )
    for dose in told:
        if not (dose.volume and dose.dose and dose.prepared):
            raise SheetRefused(
                say("An injection of {drug} has no volume or no dose.", drug=dose.drug),
                say("Nothing was printed. A patient is never given a line to work it out."),
            )


def _refuse_wrong_days(facts: DiaryFacts) -> None:
    for before, day in pairwise(facts.days):
        if day.on <= before.on:
            raise SheetRefused(
                say(
                    "{day} stands after {before} in the calendar.",
                    day=write_weekday(day.on), before=write_weekday(before.on),
                ),
                say("Nothing was printed. Every day has its one place, in order."),
            )  # fmt: skip
