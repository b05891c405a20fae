"""What a patient writes into the diary: a row a day at least, and who signs for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from il2desk.dosing import write_weekday
from il2desk.sheets.entries import heading, labelled, prose
from il2desk.sheets.geometry import PEN_ROW
from il2desk.sheets.model import Block
from il2desk.sheets.patient_diary_calendar import joined, only_if_it_goes_on
from il2desk.sheets.patient_diary_facts import DiaryDay, DiaryFacts, DiaryTurn
from il2desk.sheets.pen_tables import pen_table
from il2desk.sheets.shared_facts import SignatureRow
from il2desk.words import say

_DIARY_ROW = 1.45 * PEN_ROW
_SPARE = 2


def written(facts: DiaryFacts) -> tuple[Block, ...]:
    """Return a row for every injection that is open and for every other day, and two spare ones."""
    held = bool(facts.on_hold)
    named = [tuple(_rows(day, held=held)) for day in facts.days]
    rows = pen_table(
        (
            (say("Day and medicine"), 37),
            (say("Time, or why not"), 20),
            (say("Volume, mL"), 15),
            (say("Where on the body, left or right"), 26),
            (say("Temperature, \u00b0C; time"), 25),
            (say("How I felt, since when; other medicines taken"), 63),
        ),
        named=tuple(row for rows in named for row in rows),
        rows=_SPARE,
        height=_DIARY_ROW,
    )
    how = prose(
        say(
            "Fill in one line for each injection, on the same day. Write in what happens on other "
            "days too."
        ),
        say("Mistake? Cross it out with one line; add your initials and the date."),
        field=say("how to fill in"),
    )
    return (
        heading(say("What I did and how I felt")),
        replace(how, leads=True),
        replace(rows, joined=joined([len(one) for one in named]), whole=False),
    )


def _rows(day: DiaryDay, *, held: bool) -> Iterator[str]:
    """The first cells of a day: its open injections, or that there is none."""
    on = write_weekday(day.on)
    still_open = [dose for dose in day.doses if dose.turn is not DiaryTurn.RECORDED]
    for dose in still_open:
        words = f"{dose.drug} {dose.time}".strip()
        if held and dose.turn is DiaryTurn.INJECT:
            words = say("{drug}: {condition}", drug=dose.drug, condition=only_if_it_goes_on())
        if dose.turn is DiaryTurn.LATE:
            words = say("{drug}: not recorded, do not inject, call", drug=dose.drug)
        if dose.turn is DiaryTurn.UNWEIGHED:
            words = say("{drug}: only after you were weighed", drug=dose.drug)
        if dose.turn is DiaryTurn.FORBIDDEN:
            words = say("{drug}: DO NOT INJECT", drug=dose.drug)
        if dose.turn is DiaryTurn.WAITING:
            words = say("{drug}: only after you are told to go on", drug=dose.drug)
        yield f"{on}\n{words}"
    if not still_open:
        words = say("nothing more to inject") if day.doses else say("no injection")
        yield f"{on}\n{words}"


def next_visit() -> tuple[Block, ...]:
    """Return when the diary is to be brought back."""
    return (
        prose(say("Bring this diary to your next visit."), field=say("next visit")),
        labelled(say("Next visit"), ""),
    )


def signers() -> tuple[SignatureRow, ...]:
    """Return who signs before the diary is handed out, and who once it came back."""
    return (
        SignatureRow(
            say("I compared days, volumes and doses with the cycle sheet"), say("pharmacist")
        ),
        SignatureRow(say("I compared them too, on my own"), say("second person")),
        SignatureRow(
            say("I filled in both telephone numbers and every gap, and explained this diary"),
            say("nurse"),
        ),
        SignatureRow(say("It was explained to me and I have it"), say("patient")),
        SignatureRow(say("These entries are mine"), say("patient, at the return")),
        SignatureRow(
            say("It was returned to me on this date, and I reviewed the entries"),
            say("who reviews"),
        ),
    )
