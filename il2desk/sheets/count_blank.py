"""The count sheet for the shelf: each lot with an empty cell, and no number of the books anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from il2desk.sheets.entries import Cell, cell, flowing, heading, lot_words, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import PEN_ROW, SIGN_ROW, Role
from il2desk.sheets.model import Block, Section, SheetModel, Table
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
    """The lots of one protocol and product at the place. `version` of the protocol, where it is known."""

    protocol: str
    product: str
    lots: tuple[ShelfLot, ...]
    version: str = ""


@dataclass(frozen=True, slots=True)
class CountBlankFacts:
    """What lies at a place by lot alone: nobody who counts is to see how many there should be.

    `notes` are sentences to be read before the count; they hold no number of vials either.
    `fingerprint` is that of the protocols, in the order of the records.
    """

    issue: SheetIssue
    marks: Marks
    place: str
    records: tuple[ShelfRecord, ...]
    signatures: tuple[SignatureRow, ...]
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


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
    return sheet_of(
        make_site_frame(title, facts.issue, facts.marks, identity, facts.fingerprint),
        facts.issue,
        facts.marks,
        (
            Section(parts=(_notes(facts.notes),), together=True),
            Section(parts=((_how_to_count(), _when()),)),
            *(_record(record) for record in facts.records),
            Section(
                parts=((*_returns(facts.records), *signatures(facts.signatures)),),
                together=True,
                carried=(_when(),),
            ),
        ),
        about=facts.place,
        upright=True,
    )


def _notes(notes: tuple[str, ...]) -> tuple[Block, ...]:
    return (prose(*notes, role=Role.STRONG, field=say("notes")),) if notes else ()


def _how_to_count() -> Block:
    return prose(
        say("Count whole vials, lot by lot, before anybody opens the books."),
        say(
            "The second person counts on their own, with the first count covered. Where both differ, "
            "both count again."
        ),
        say("Write 0 where no vial of a named lot lies there."),
        say("Write a lot that is not named here, with its expiry, into an empty row."),
        say("Strike unused rows before signing."),
        say("Then store each number: F9, C. The program shows the balance after that."),
        field=say("how to count"),
    )


def _when() -> Block:
    """When it was counted and by whom; it stands on every page, each of which can be parted from it."""
    titles = (
        (say("Counted on"), 40.0),
        (say("Begun, ended"), 40.0),
        (say("First count: initials"), 53.0),
        (say("Second count: initials"), 53.0),
    )
    return table(titles, (((), (), (), ()),), least_row=PEN_ROW, grid=True, whole=True)


def _record(record: ShelfRecord) -> Section:
    titles = (
        (say("Lot"), 36.0),
        (say("Expiry"), 26.0),
        (say("State"), 30.0),
        (say("First count, vials"), 24.0),
        (say("Second count, vials"), 24.0),
        (say("Remarks"), 46.0),
    )
    rows = [_row(lot) for lot in record.lots]
    name = say("{protocol}: {product}", protocol=_protocol(record), product=record.product)
    counted = _to_write(titles, rows, _SPARE)
    return replace(flowing((heading(name), counted)), carried=(_when(),))


def _protocol(record: ShelfRecord) -> str:
    if not record.version:
        return record.protocol
    return say("{protocol}, version {version}", protocol=record.protocol, version=record.version)


def _to_write(
    titles: tuple[tuple[str, float], ...], rows: list[tuple[Cell, ...]], spare: int
) -> Table:
    """The rows and `spare` empty ones, which begin no page without the last row above them."""
    whole = (*rows, *([((),) * len(titles)] * spare))
    bound = range(max(len(rows) - 1, 0), len(whole) - 1)
    made = table(titles, whole, least_row=SIGN_ROW, grid=True)
    return replace(made, joined=frozenset(bound))


def _row(lot: ShelfLot) -> tuple[Cell, ...]:
    field = say("lot {lot}", lot=lot.lot)
    state = say("\u25b2 QUARANTINE") if lot.quarantined else _NONE
    return (*_named(lot, field), cell(state, field, Role.STRONG), (), (), ())


def _named(lot: ShelfLot, field: str) -> tuple[Cell, Cell]:
    return (
        cell(lot_words(lot.lot), field, Role.STRONG),
        cell(lot.expiry or say("Not recorded"), field),
    )


def _returns(records: tuple[ShelfRecord, ...]) -> tuple[Block, ...]:
    """The vials that patients returned; each row says for which trial they were handed out."""
    titles = (
        (say("Protocol, product"), 56.0),
        (say("Lot"), 32.0),
        (say("Expiry"), 25.0),
        (say("First count, vials"), 22.0),
        (say("Second count, vials"), 22.0),
        (say("Remarks"), 29.0),
    )
    rows = [_returned(record, lot) for record in records for lot in record.lots if lot.returned]
    told = say("They are never part of the stock. Count them in no other row.")
    return (
        heading(say("Vials that patients returned, counted apart")),
        prose(told),
        _to_write(titles, rows, _SPARE_RETURNS),
    )


def _returned(record: ShelfRecord, lot: ShelfLot) -> tuple[Cell, ...]:
    field = say("lot {lot}", lot=lot.lot)
    kept = (*cell(record.protocol, field, Role.STRONG), *cell(record.product, field, Role.FINE))
    return (kept, *_named(lot, field), (), (), ())
