"""The accountability log on paper: one trial, one product, one place; lots are a column.

Modelled on the drug accountability record of the National Cancer Institute: control or satellite
record, a running balance, corrections as lines of their own below the struck line they correct.
Patients stand in it by initials and trial number alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from il2desk.sheets.entries import Cell, cell, heading, lot_words, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Frame, Pair, Section, SheetModel
from il2desk.sheets.shared_facts import Marks, SheetIssue, SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.sheets.wrapping import NO_BREAK
from il2desk.words import say

LOG_FORM = ("ACC", "1")
"""Form code and version."""
NONE = "\u2013"
"""What stands in a cell that nobody is to write in."""
_EMPTY_BOX, _TICKED = "\u2610", "\u2611"
_LINE_TO_WRITE = "_" * 34


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the record as finished strings; `moved` is "in 6", "out 2" or "0".

    `what` says what happened, with its reference. `corrected` says where, by whom and when a line
    was corrected; such a line is printed struck through.
    """

    number: str
    day: str
    what: str
    lot: str
    expiry: str
    moved: str
    balance: str
    lot_balance: str
    recorder: str
    second: str = ""
    initials: str = ""
    trial_code: str = ""
    dose: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class LotLine:
    """How one lot stands at the end: balance and returned vials as numbers, `state` in words."""

    lot: str
    expiry: str
    balance: str
    returned: str
    state: str


@dataclass(frozen=True, slots=True)
class StockLogFacts:
    """One accountability record: of a protocol and product at a place.

    `control` ticks the control record, otherwise the satellite record. `product` is the dose form
    and strength as the product prints it. `balance` and `returned` are those of all lots, in vials.
    `differences` and `on_the_way` are sentences, `notes` those to be read before the lines.
    """

    issue: SheetIssue
    marks: Marks
    protocol: str
    protocol_title: str
    agent: str
    product: str
    place: str
    control: bool
    lines: tuple[LogLine, ...]
    lots: tuple[LotLine, ...]
    balance: str
    returned: str
    signatures: tuple[SignatureRow, ...]
    differences: tuple[str, ...] = ()
    on_the_way: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compose_stock_log(facts: StockLogFacts) -> SheetModel:
    """Return the log as finished strings; SheetRefused as write, and where it has no line."""
    if not facts.lines:
        raise SheetRefused(
            say("The accountability record has no line."),
            say("Nothing was printed. Record the receipt of the vials, then print."),
        )
    title = say("Drug accountability record")
    return sheet_of(
        _frame(title, facts),
        facts.issue,
        facts.marks,
        (
            Section(parts=(_notes(facts.notes),), together=True),
            Section(parts=((_lines(facts.lines),),)),
            Section(parts=((_how_it_is_read(),),), together=True),
            Section(parts=(_closing(facts),), together=True),
            Section(parts=(signatures(facts.signatures),), together=True),
        ),
        about=f"{facts.protocol}, {facts.place}",
    )


def _frame(title: str, facts: StockLogFacts) -> Frame:
    control, satellite = (_TICKED, _EMPTY_BOX) if facts.control else (_EMPTY_BOX, _TICKED)
    boxes = (
        say("{box} Control record", box=control),
        say("{box} Satellite record", box=satellite),
    )
    which = "    ".join(one.replace(" ", "\u00a0") for one in boxes)
    lines: tuple[tuple[Pair, ...], ...] = (
        (pair(say("Record"), which), pair(say("Dispensing area"), facts.place)),
        (pair(say("Institution"), facts.issue.site_name), pair(say("Protocol"), facts.protocol)),
        (pair(say("Protocol title"), facts.protocol_title),),
        (pair(say("Agent"), facts.agent), pair(say("Investigator"), _LINE_TO_WRITE)),
        (pair(say("Dose form and strength"), facts.product),),
    )
    return make_site_frame(title, facts.issue, facts.marks, lines)


def _notes(notes: tuple[str, ...]) -> tuple[Block, ...]:
    return (prose(*notes, role=Role.STRONG, field=say("notes")),) if notes else ()


def _lines(lines: tuple[LogLine, ...]) -> Block:
    titles = (
        (say("Line"), 10.0),
        (say("Date"), 23.0),
        (say("Patient's initials"), 15.0),
        (say("Trial number"), 23.0),
        (say("Dose"), 35.0),
        (say("What happened, reference"), 68.0),
        (say("Lot, expiry"), 27.0),
        (say("Vials in or out"), 15.0),
        (say("Balance of the record"), 17.0),
        (say("Balance of the lot"), 17.0),
        (say("Recorded by, second person"), 30.0),
    )
    return table(titles, tuple(_row(line) for line in lines), least_row=PEN_ROW, grid=True)


def _row(line: LogLine) -> tuple[Cell, ...]:
    field = say("line {number} of the record", number=line.number)

    def shown(words: str, role: Role = Role.BODY) -> Cell:
        made = cell(words or NONE, field, role)
        if not line.corrected or not words:
            return made
        return tuple(replace(text, struck=True) for text in made)

    told = shown(line.what)
    if line.corrected:
        told = (*told, *cell(line.corrected, field, Role.STRONG))
    return (
        cell(line.number, field),
        shown(line.day),
        shown(line.initials),
        shown(line.trial_code),
        shown(line.dose),
        told,
        (*shown(lot_words(line.lot), Role.STRONG), *shown(line.expiry)),
        shown(line.moved.replace(" ", NO_BREAK), Role.STRONG),
        cell(line.balance, field, Role.STRONG),
        cell(line.lot_balance, field),
        (*shown(line.recorder), *shown(say("and {name}", name=line.second) if line.second else "")),
    )


def _how_it_is_read() -> Block:
    return prose(
        say(
            "A line struck through was corrected. It keeps its place in the running balances; the "
            "line of its correction carries the difference."
        ),
        say("Vials that patients returned are kept apart and are never part of a balance."),
        role=Role.FINE,
        field=say("how the record is read"),
    )


def _closing(facts: StockLogFacts) -> tuple[Block, ...]:
    titles = (
        (say("Lot"), 50.0),
        (say("Expiry"), 30.0),
        (say("Balance, vials"), 24.0),
        (say("Returned by patients, kept apart"), 36.0),
        (say("State"), 133.0),
    )
    rows = []
    for lot in facts.lots:
        field = say("lot {lot}", lot=lot.lot)
        rows.append(
            (
                cell(lot.lot, field, Role.STRONG),
                cell(lot.expiry or say("Not recorded"), field),
                cell(lot.balance, field, Role.STRONG),
                cell(lot.returned, field),
                cell(lot.state or NONE, field),
            )
        )
    differences = facts.differences or (say("No count difference is open."),)
    on_the_way = facts.on_the_way or (say("No transfer is on the way."),)
    whole = say("balance of the record")
    rows.append(
        (
            cell(say("Whole record"), whole, Role.STRONG),
            cell(NONE, whole),
            cell(facts.balance, whole, Role.STRONG),
            cell(facts.returned, whole),
            cell(NONE, whole),
        )
    )
    return (
        heading(say("How the record stands")),
        table(titles, tuple(rows), grid=True),
        heading(say("Open count differences, transfers on the way")),
        prose(*differences, field=say("count differences")),
        prose(*on_the_way, field=say("transfers")),
    )
