"""The count sheet for the shelf: each lot with an empty cell, and no number of the books anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.entries import Cell, cell, heading, labelled, lot_words, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import SIGN_ROW, Role
from il2desk.sheets.model import Block, Section, SheetModel
from il2desk.sheets.shared_facts import Marks, SheetIssue, SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

COUNT_FORM = ("CTB", "1")
"""Form code and version."""
_NONE = "\u2013"  # a cell with nothing in it would ask for a pen
_SPARE = 3  # rows for lots that the form does not name
_SPARE_RETURNS = 2


@dataclass(frozen=True, slots=True)
class ShelfLot:
    """A lot to count. `returned` where vials that patients brought back lie there too."""

    lot: str
    expiry: str
    quarantined: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class ShelfRecord:
    """The lots of one protocol and product at the place."""

    protocol: str
    product: str
    lots: tuple[ShelfLot, ...]


@dataclass(frozen=True, slots=True)
class CountBlankFacts:
    """What lies at a place by lot alone: nobody who counts is to see how many there should be.

    `notes` are sentences to be read before the count; they hold no number of vials either.
    """

    issue: SheetIssue
    marks: Marks
    place: str
    records: tuple[ShelfRecord, ...]
    signatures: tuple[SignatureRow, ...]
    notes: tuple[str, ...] = ()


def compose_count_blank(facts: CountBlankFacts) -> SheetModel:
    """Return the form as finished strings; SheetRefused as write, and without a record."""
    if not facts.records:
        raise SheetRefused(
            say("The place of the count is kept for no product."),
            say("Nothing was printed. Choose a place that stock is kept at, then print."),
        )
    title = say("Count sheet for the shelf")
    identity = (
        (pair(say("Place"), facts.place), pair(say("Institution"), facts.issue.site_name)),
        (pair(say("Balance"), say("not on this form, so that nobody copies it")),),
    )
    when = (
        (labelled(say("Date of the count"), ""),),
        (labelled(say("Begun, ended"), ""),),
    )
    return sheet_of(
        make_site_frame(title, facts.issue, facts.marks, identity),
        facts.issue,
        facts.marks,
        (
            Section(parts=(_notes(facts.notes),), together=True),
            Section(parts=((_how_to_count(),),)),
            Section(parts=when, columns=2, shares=(50, 50)),
            *(Section(parts=(_record(record),)) for record in facts.records),
            Section(parts=(_returns(facts.records),), together=True),
            Section(parts=(signatures(facts.signatures),), together=True),
        ),
        about=facts.place,
        upright=True,
    )


def _notes(notes: tuple[str, ...]) -> tuple[Block, ...]:
    return (prose(*notes, role=Role.STRONG, field=say("notes")),) if notes else ()


def _how_to_count() -> Block:
    return prose(
        say("Count whole vials, lot by lot, before anybody opens the books."),
        say("Write 0 where no vial of a named lot lies there."),
        say("Write a lot that is not named here, with its expiry, into an empty row."),
        say("Then store each number: F9, C. The program shows the balance after that."),
        field=say("how to count"),
    )


def _titles() -> tuple[tuple[str, float], ...]:
    return (
        (say("Lot"), 40.0),
        (say("Expiry"), 30.0),
        (say("State"), 34.0),
        (say("Vials counted"), 28.0),
        (say("Remarks"), 54.0),
    )


def _record(record: ShelfRecord) -> tuple[Block, ...]:
    rows = [_row(lot, quarantined=lot.quarantined) for lot in record.lots]
    rows += [((), (), (), (), ())] * _SPARE
    name = say("{protocol}: {product}", protocol=record.protocol, product=record.product)
    return (heading(name), table(_titles(), tuple(rows), least_row=SIGN_ROW, grid=True))


def _returns(records: tuple[ShelfRecord, ...]) -> tuple[Block, ...]:
    rows = [_row(lot) for record in records for lot in record.lots if lot.returned]
    rows += [((), (), (), (), ())] * _SPARE_RETURNS
    told = say("They are never part of the stock. Do not count them in the rows above.")
    return (
        heading(say("Vials that patients returned, counted apart")),
        prose(told),
        table(_titles(), tuple(rows), least_row=SIGN_ROW, grid=True),
    )


def _row(lot: ShelfLot, *, quarantined: bool = False) -> tuple[Cell, ...]:
    field = say("lot {lot}", lot=lot.lot)
    state = say("\u25b2 QUARANTINE") if quarantined else _NONE
    return (
        cell(lot_words(lot.lot), field, Role.STRONG),
        cell(lot.expiry or say("Not recorded"), field),
        cell(state, field, Role.STRONG),
        (),
        (),
    )
