"""The premedication checklist: what each patient gets, and a cell for every item at every dose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from il2desk.sheets.cycle_facts import PremedicationRow
from il2desk.sheets.entries import Cell, SourceList, cell, flowing, heading, prose, words_of
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Column, Section, SheetModel, Table, write
from il2desk.sheets.pen_tables import hands
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, Shown, SignatureRow
from il2desk.sheets.shared_tables import premedication_table
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

PREMEDICATION_FORM = ("PRM", "1")
"""Form code and version."""
_AT_ONCE = 4  # items beside each other; more get a table of their own
_PEN_CELL = 2 * PEN_ROW
_LINE, _WHY, _TOTAL = "_" * 9, "_" * 16, "_" * 7
_ROOM_FOR_A_PEN = "\n"  # an empty line above each that is written on
_BOX = "\u2610"


@dataclass(frozen=True, slots=True)
class GivenItem:
    """What was recorded for one item at one dose; without an outcome there are boxes to tick.

    `by` is who recorded it. `blocked` leaves no box for given: the list above says why. `maximum`
    of a day leaves a line for the total of 24 hours with this one, in the unit of the amount. `due`
    is such as "due 13:30"; `wait` says how long after the last one it may be given at the earliest.
    """

    outcome: str = ""
    detail: str = ""
    total: str = ""
    blocked: bool = False
    maximum: str = ""
    wait: str = ""
    due: str = ""
    by: str = ""


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
        (pair(say("Other medicines"), facts.other_drugs),),
    )
    return sheet_of(
        make_frame(title, issue, facts.marks, facts.patient, lines, facts.fingerprint),
        facts.issue,
        facts.marks,
        (
            Section(parts=(_list(facts, sources),)),
            *(Section(parts=(blocks,)) for blocks in _doses(facts)),
            *_notes(facts),
            Section(
                parts=((*hands(), *signatures(facts.signatures)),), together=True, brings_end=True
            ),
            Section(parts=(sources.blocks(),), columns=2),
        ),
        about=facts.patient.trial_code,
    )


def _list(facts: PremedicationSheetFacts, sources: SourceList) -> tuple[Block, ...]:
    name = say("What is given: {name}", name=words_of(facts.set_name))
    return (heading(name), premedication_table(facts.items, sources))


def _doses(facts: PremedicationSheetFacts) -> list[tuple[Block, ...]]:
    """A row a dose and a column an item; more than four items go on in a further table."""
    found: list[tuple[Block, ...]] = []
    count = len(facts.items)
    at_once = ceil(count / ceil(count / _AT_ONCE))  # tables of like width: 9 items are 3, 3 and 3
    for first in range(0, count, at_once):
        shown = facts.items[first : first + at_once]
        name = say("At each dose")
        if count > _AT_ONCE:
            name = _which(first + 1, first + len(shown), count)
        columns = (
            Column(write(say("Dose"), Role.LABEL, say("Dose")), 12.0),
            Column(write(say("Planned"), Role.LABEL, say("Planned")), 34.0),
            *(_head(row, 227.0 / len(shown)) for row in shown),
        )
        rows = tuple(
            (
                cell(str(dose.number), say("dose number"), Role.STRONG),
                cell(dose.planned, say("planned time")),
                *(_given(item) for item in dose.items[first : first + at_once]),
            )
            for dose in facts.doses
        )
        how = say(
            "In each cell: tick one, then write time and initials, or why not. Where a daily maximum is "
            "named, write what was given in the 24\u00a0hours up to this dose, this one counted."
        )
        found.append(
            (
                heading(name),
                prose(how, role=Role.FINE, field=say("how to write")),
                Table(columns, rows, least_row=_PEN_CELL, grid=True),
            )
        )
    return found


def _which(first: int, last: int, count: int) -> str:
    if first == last:
        return say("At each dose: item {first} of {count}", first=first, count=count)
    return say(
        "At each dose: items {first} to {last} of {count}", first=first, last=last, count=count
    )


def _head(row: PremedicationRow, share: float) -> Column:
    """The item with amount and route, or BLOCKED above both: the list may be a page away."""
    field = say("premedication, {item}", item=row.item)
    given = say("{amount}, {route}", amount=words_of(row.amount), route=words_of(row.route))
    below: Cell = (write(given, Role.STRONG, field),)
    if row.blocked:
        struck = replace(write(given, Role.FINE, field), struck=True)
        below = (write(say("BLOCKED"), Role.STRONG, field), struck)
    return Column(write(row.item, Role.STRONG, field), share, below)


def _given(item: GivenItem) -> Cell:
    field = say("premedication given")
    if not item.outcome:
        return _boxes(item, field)
    by = say("recorded by {name}", name=item.by) if item.by else ""
    return (
        *cell(item.outcome, field, Role.STRONG),
        *cell(item.detail, field, Role.FINE),
        *cell(item.total, field, Role.FINE),
        *cell(by, field, Role.FINE),
    )


def _boxes(item: GivenItem, field: str) -> Cell:
    """What may be ticked and written, each on a line of its own with room for a pen above it."""
    if item.blocked:
        refused = say("{box} not given", box=_BOX).replace(" ", "\u00a0")
        return (
            *cell(say("BLOCKED"), field, Role.STRONG),
            *cell(f"{_ROOM_FOR_A_PEN}{refused}", field),
        )
    times = ", ".join(part for part in (item.due, item.wait) if part)
    lines = [
        say("{box} given at {line} by {line}", box=_BOX, line=_LINE),
        say("{box} not given, why {line}", box=_BOX, line=_WHY),
    ]
    if item.maximum:
        most = item.maximum
        lines.append(say("24 hours with this one {line} of {most}", line=_TOTAL, most=most))
    return (
        *cell(times, field, Role.FINE),
        *(text for line in lines for text in cell(f"{_ROOM_FOR_A_PEN}{line}", field, Role.FINE)),
    )


def _notes(facts: PremedicationSheetFacts) -> tuple[Section, ...]:
    if not facts.notes:
        return ()
    return (flowing((heading(say("Notes")), prose(*facts.notes, field=say("notes")))),)
