"""The accountability log on paper: one trial, one product, one place; lots are a column.

Modelled on the drug accountability record of the National Cancer Institute: control or satellite
record, a running balance, corrections as lines of their own below the struck line they correct.
The amount that was dispensed stands in the Dose column, above the number of the dose.
Patients stand in it by initials and trial number alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from il2desk.sheets.entries import (
    Cell,
    cell,
    heading,
    labelled,
    lot_words,
    name_words,
    prose,
    table,
)
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Frame, Pair, Section, SheetModel, Table, Text, write
from il2desk.sheets.shared_facts import Marks, SheetIssue, SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.sheets.stock_log_lots import LotLine, lots_table
from il2desk.sheets.wrapping import NO_BREAK
from il2desk.words import say

LOG_FORM = ("ACC", "1")
"""Form code and version."""
NONE = "\u2013"
"""What stands in a cell that nobody is to write in."""
_EMPTY_BOX, _TICKED = "\u2610", "\u2611"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the record as finished strings; `moved` is "in 6", "out 2" or "0".

    `what` says what happened, with its reference. `amount` is what was prepared of the dose, `dose`
    which one it is. `corrected` says where, by whom and when a line was corrected; such a line is
    printed struck through. `forward` is what a page that opens with the line brings forward.
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
    amount: str = ""
    corrected: str = ""
    forward: str = ""


@dataclass(frozen=True, slots=True)
class StockLogFacts:
    """One accountability record: of a protocol and product at a place.

    `control` ticks the control record, otherwise the satellite record. `product` is the dose form
    and strength as the product prints it. `whole` are all lots together. `version` and `fingerprint`
    are those of the protocol, empty where the journal cannot read it.
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
    whole: LotLine
    signatures: tuple[SignatureRow, ...]
    differences: tuple[str, ...] = ()
    on_the_way: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""
    fingerprint: str = ""


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
            Section(
                parts=((labelled(say("Investigator"), ""), *_notes(facts.notes)),), together=True
            ),
            Section(parts=((_lines(facts.lines),),)),
            Section(parts=((_how_it_is_read(),),), together=True),
            # In one piece: nobody signs a page that does not say how the record stands.
            Section(parts=((*_closing(facts), *signatures(facts.signatures)),), together=True),
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
    protocol = facts.protocol
    if facts.version:
        protocol = say("{protocol}, version {version}", protocol=protocol, version=facts.version)
    lines: tuple[tuple[Pair, ...], ...] = (
        (pair(say("Record"), which), pair(say("Dispensing area"), facts.place)),
        (pair(say("Institution"), facts.issue.site_name), pair(say("Protocol"), protocol)),
        (pair(say("Protocol title"), facts.protocol_title),),
        (pair(say("Agent"), facts.agent), pair(say("Dose form and strength"), facts.product)),
    )
    return make_site_frame(title, facts.issue, facts.marks, lines, facts.fingerprint)


def _notes(notes: tuple[str, ...]) -> tuple[Block, ...]:
    return (prose(*notes, role=Role.STRONG, field=say("notes")),) if notes else ()


def _lines(lines: tuple[LogLine, ...]) -> Table:
    titles = (
        (say("Line"), 9.0),
        (say("Date"), 22.0),
        (say("Patient's initials"), 14.0),
        (say("Trial number"), 21.0),
        (say("Dose: prepared amount; course, cycle, number"), 49.0),
        (say("What happened, reference"), 62.0),
        (say("Lot, expiry"), 25.0),
        (say("Vials in or out"), 14.0),
        (say("Balance of the record"), 16.0),
        (say("Balance of the lot"), 16.0),
        (say("Recorded by, second person"), 32.0),
    )
    made = table(titles, tuple(_row(line) for line in lines), least_row=PEN_ROW, grid=True)
    return replace(made, forward=tuple(_forward(line) for line in lines))


def _forward(line: LogLine) -> Text:
    return write(line.forward, Role.STRONG, say("balance brought forward"))


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
        (*shown(line.amount), *shown(line.dose)) if line.amount else shown(line.dose),
        told,
        (*shown(lot_words(line.lot), Role.STRONG), *shown(line.expiry)),
        shown(line.moved.replace(" ", NO_BREAK), Role.STRONG),
        cell(line.balance, field, Role.STRONG),
        cell(line.lot_balance, field),
        (*shown(name_words(line.recorder)), *shown(_second(line.second))),
    )


def _second(name: str) -> str:
    return say("and {name}", name=name_words(name)) if name else ""


def _how_it_is_read() -> Block:
    return prose(
        say(
            "A line struck through was corrected. It keeps its place in the running balances; the "
            "line of its correction carries the difference."
        ),
        say("Vials that patients returned are kept apart and are never part of a balance."),
        say(
            "What a vial had left over leaves the stock with the vial; the journal does not hold what "
            "became of it."
        ),
        role=Role.FINE,
        field=say("how the record is read"),
    )


def _closing(facts: StockLogFacts) -> tuple[Block, ...]:
    differences = facts.differences or (say("No count difference is open."),)
    on_the_way = facts.on_the_way or (say("No transfer is on the way."),)
    return (
        heading(say("How the record stands")),
        lots_table(facts.lots, facts.whole),
        heading(say("Open count differences, transfers on the way")),
        prose(*differences, field=say("count differences")),
        prose(*on_the_way, field=say("transfers")),
    )
