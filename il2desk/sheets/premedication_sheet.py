"""The premedication checklist: what each patient gets, and a cell for every item at every dose."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.cycle_facts import PremedicationRow
from il2desk.sheets.entries import Cell, SourceList, cell, heading, prose, table, words_of
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Section, SheetModel
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, Shown, SignatureRow
from il2desk.sheets.shared_tables import premedication_table
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

PREMEDICATION_FORM = ("PRM", "1")
"""Form code and version."""
_AT_ONCE = 6  # items beside each other; more get a table of their own
_PEN_CELL = 2 * PEN_ROW  # boxes, then time, initials and a total
_LINE, _TOTAL, _ROOM_FOR_A_PEN = "_" * 7, "_" * 5, "\n"  # an empty line above what is written
_BOX = "\u2610"


@dataclass(frozen=True, slots=True)
class GivenItem:
    """What was recorded for one item at one dose; without an outcome there are boxes to tick.

    `blocked` leaves no box for given: the list above says why. `maximum` of a day leaves a line for
    the total of 24 hours. `wait` says how long after the last one it may be given at the earliest.
    """

    outcome: str = ""
    detail: str = ""
    total: str = ""
    blocked: bool = False
    maximum: str = ""
    wait: str = ""


@dataclass(frozen=True, slots=True)
class DosePremedication:
    """One dose of the cycle: number, planned time, and an item for each of the checklist's."""

    number: int
    planned: str
    items: tuple[GivenItem, ...]


@dataclass(frozen=True, slots=True)
class PremedicationSheetFacts:
    """The checklist of one cycle. `other_drugs` is what the patient takes besides, as recorded."""

    issue: SheetIssue
    marks: Marks
    patient: Patient
    fingerprint: str
    cycle: str
    protocol: str
    dosing_weight: str
    set_name: Shown
    items: tuple[PremedicationRow, ...]
    doses: tuple[DosePremedication, ...]
    signatures: tuple[SignatureRow, ...]
    other_drugs: str = ""
    notes: tuple[str, ...] = ()


def compose_premedication(facts: PremedicationSheetFacts) -> SheetModel:
    """Return the sheet as finished strings; SheetRefused where no item is on the list."""
    if not facts.items:
        raise SheetRefused(
            say("This protocol has no premedication on its list."),
            say("Nothing was printed. Where it should have, bring in a version with its list."),
        )
    title = say("Premedication \u2013 {cycle}", cycle=facts.cycle)
    issue, sources = facts.issue, SourceList()
    lines = (
        (pair(say("Dosing weight"), facts.dosing_weight), pair(say("Protocol"), facts.protocol)),
        (pair(say("Takes besides"), facts.other_drugs),),
    )
    return sheet_of(
        make_frame(title, issue, facts.marks, facts.patient, lines, facts.fingerprint),
        facts.issue,
        facts.marks,
        (
            Section(parts=(_list(facts, sources),)),
            *(Section(parts=(blocks,)) for blocks in _doses(facts)),
            *_notes(facts),
            Section(parts=(sources.blocks(),), columns=2),
            Section(parts=(signatures(facts.signatures),), together=True),
        ),
        about=facts.patient.trial_code,
    )


def _list(facts: PremedicationSheetFacts, sources: SourceList) -> tuple[Block, ...]:
    name = say("What is given: {name}", name=words_of(facts.set_name))
    return (heading(name), premedication_table(facts.items, sources))


def _doses(facts: PremedicationSheetFacts) -> list[tuple[Block, ...]]:
    """A row a dose and a column an item; more than six items go on in a further table."""
    found: list[tuple[Block, ...]] = []
    for first in range(0, len(facts.items), _AT_ONCE):
        shown = facts.items[first : first + _AT_ONCE]
        titles = (
            (say("Dose"), 12.0),
            (say("Planned"), 34.0),
            *((row.item, 227.0 / len(shown)) for row in shown),
        )
        rows = tuple(
            (
                cell(str(dose.number), say("dose number"), Role.STRONG),
                cell(dose.planned, say("planned time")),
                *(_given(item) for item in dose.items[first : first + _AT_ONCE]),
            )
            for dose in facts.doses
        )
        how = say(
            "In each cell: tick one, then write time and initials, or why not. Where a daily maximum is "
            "named, add what was given in the 24\u00a0hours before."
        )
        found.append(
            (
                heading(say("At each dose")),
                prose(how, role=Role.FINE, field=say("how to write")),
                table(titles, rows, least_row=_PEN_CELL, grid=True),
            )
        )
    return found


def _given(item: GivenItem) -> Cell:
    field = say("premedication given")
    if not item.outcome:
        return _boxes(item, field)
    return (
        *cell(item.outcome, field, Role.STRONG),
        *cell(item.detail, field, Role.FINE),
        *cell(item.total, field, Role.FINE),
    )


def _boxes(item: GivenItem, field: str) -> Cell:
    given = say("BLOCKED") if item.blocked else f"{_BOX}\u00a0{say('given')}"
    refused = f"{_BOX}\u00a0{say('not given')}".replace(" ", "\u00a0")
    role = Role.STRONG if item.blocked else Role.BODY
    boxes = cell(f"{given}  {refused}", field, role)
    if item.wait:
        boxes = (*boxes, *cell(item.wait, field, Role.FINE))
    # Together on a line in a wide cell; in a narrow one time and initials have their own.
    written = say("at {line} by {line}", line=_LINE).replace(" ", "\u00a0")
    if item.maximum:
        total = say("24\u00a0hours {line} of\u00a0{maximum}", line=_TOTAL, maximum=item.maximum)
        written = f"{written}  {total}"
    return (*boxes, *cell(f"{_ROOM_FOR_A_PEN}{written}", field, Role.FINE))


def _notes(facts: PremedicationSheetFacts) -> tuple[Section, ...]:
    if not facts.notes:
        return ()
    return (Section(parts=((heading(say("Notes")), prose(*facts.notes, field=say("notes"))),)),)
