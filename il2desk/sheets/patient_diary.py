"""The patient diary: a calendar of days with and without an injection, and rows to write in, in plain words."""

from __future__ import annotations

from il2desk.sheets.entries import Cell, cell, heading, labelled, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Section, SheetModel
from il2desk.sheets.patient_diary_facts import DiaryDay, DiaryDose, DiaryFacts
from il2desk.sheets.pen_tables import pen_table
from il2desk.sheets.shared_facts import SignatureRow
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

_DIARY_ROW = 1.45 * PEN_ROW


def compose_patient_diary(facts: DiaryFacts) -> SheetModel:
    """Return the diary as finished strings.

    Raises SheetRefused, naming the fact, where there is no injection to come, where one has no
    volume or no dose, or where a text cannot be printed.
    """
    open_doses = [dose for day in facts.days for dose in day.doses if not dose.state]
    if not open_doses:
        raise SheetRefused(
            say("No injection of this cycle is to come."),
            say("Nothing was printed. Plan the next cycle, then print its diary."),
        )
    for dose in open_doses:
        if not (dose.volume and dose.dose):
            raise SheetRefused(
                say("An injection of {drug} has no volume or no dose.", drug=dose.drug),
                say("Nothing was printed. A patient is never given a line to work it out."),
            )
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
    return sheet_of(
        make_frame(title, facts.issue, facts.marks, facts.patient, lines, facts.fingerprint),
        facts.issue,
        facts.marks,
        (
            Section(parts=((*_call(facts), *_missed(facts)),)),
            Section(parts=(_calendar(facts),)),
            Section(parts=(_diary(facts),), new_page=True),
            Section(parts=(_rest(),), together=True),
            Section(parts=(signatures(_signers()),), together=True),
        ),
        about=facts.patient.trial_code,
        upright=True,
    )


def _call(facts: DiaryFacts) -> tuple[Block, ...]:
    return (
        heading(say("Whom to call")),
        labelled(say("Place"), facts.issue.site_name),
        labelled(say("Telephone, by day"), ""),
        labelled(say("Telephone, at night"), ""),
        prose(
            say(
                "A volume holds for its day, and for the medicine as you were given it, only. If this "
                "paper, the label or what you were told do not say the same: do not inject, call."
            ),
            field=say("whom to call"),
        ),
    )


def _missed(facts: DiaryFacts) -> tuple[Block, ...]:
    """The protocol's own words about a missed dose; without them, to call and nothing else."""
    words = say("Missed a dose, or not sure whether it was injected: call.")
    if facts.missed is not None:
        words = say("{words} ({source})", words=facts.missed[0], source=facts.missed[1])
    lines = [words]
    if facts.sites is not None:
        lines.append(
            say("Places to inject, by the protocol: {words} ({source})",
                words=facts.sites[0], source=facts.sites[1])
        )  # fmt: skip
    lines.extend(facts.not_here)
    return (
        heading(say("What to know")),
        prose(*lines, role=Role.STRONG, field=say("what to know")),
    )


def _calendar(facts: DiaryFacts) -> tuple[Block, ...]:
    titles = (
        (say("Day"), 32.0),
        (say("Inject"), 30.0),
        (say("This volume"), 30.0),
        (say("DOSE"), 94.0),
    )
    rows = tuple(row for day in facts.days for row in _day(day))
    return (heading(say("My days")), table(titles, rows, grid=True))


def _day(day: DiaryDay) -> tuple[tuple[Cell, ...], ...]:
    field = say("{day} of the calendar", day=day.day)
    named = (*cell(day.date, field, Role.STRONG), *cell(day.day, field, Role.FINE))
    if not day.doses:
        none = cell(say("none"), field)
        return ((named, cell(say("NO INJECTION"), field, Role.STRONG), none, none),)
    same = (*named, *cell(say("the same day"), field))
    return tuple(
        (named if at == 0 else same, *_injection(dose, field)) for at, dose in enumerate(day.doses)
    )


def _injection(dose: DiaryDose, field: str) -> tuple[Cell, Cell, Cell]:
    time = say("at {time}", time=dose.time) if dose.time else ""
    drug = (*cell(dose.drug, field, Role.STRONG), *cell(time, field))
    if dose.state:
        none = cell(say("nothing to inject"), field)
        return drug, none, cell(dose.state, field, Role.STRONG)
    held = say("the syringe holds {dose}", dose=dose.prepared) if dose.prepared else ""
    return (
        drug,
        cell(dose.volume, field, Role.DOSE),
        (
            *cell(dose.dose, field, Role.DOSE),
            *cell(held, field),
            *cell(dose.product, field, Role.FINE),
        ),
    )


def _diary(facts: DiaryFacts) -> tuple[Block, ...]:
    """A row for every injection to come, and some for what happens on other days."""
    named = tuple(
        f"{day.date}\n{dose.drug} {dose.time}".strip()
        for day in facts.days
        for dose in day.doses
        if not dose.state
    )
    return (
        heading(say("What I did and how I felt")),
        prose(
            say(
                "Fill in one line for each injection, on the same day. Write in what happens on other "
                "days too. A wrong word is struck once, so that it can still be read."
            ),
            field=say("how to fill in"),
        ),
        pen_table(
            (
                (say("Injection of"), 37),
                (say("Time"), 16),
                (say("Volume, mL"), 16),
                (say("Where on the body"), 28),
                (say("Temperature, \u00b0C; time"), 28),
                (say("How I felt, since when; other medicines taken"), 64),
            ),
            named=named,
            rows=2,
            height=_DIARY_ROW,
        ),
    )


def _rest() -> tuple[Block, ...]:
    return (
        prose(
            say("Bring this diary to your next visit."),
            field=say("next visit"),
        ),
        labelled(say("Next visit"), ""),
    )


def _signers() -> tuple[SignatureRow, ...]:
    return (
        SignatureRow(
            say("I compared days, volumes and DOSE with the cycle sheet"), say("pharmacist")
        ),
        SignatureRow(say("I compared them too, on my own"), say("second person")),
        SignatureRow(say("I explained this diary to the patient"), say("nurse")),
        SignatureRow(say("It was explained to me and I have it"), say("patient")),
    )
