"""The facts of a count sheet for the shelf: which lots lie at a place, never how many vials."""

from __future__ import annotations

from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_lines import Books, LotStock, StockRecord, place_key
from il2desk.desk.stock_restore_note import stock_restore_note
from il2desk.desk.stock_sheet_scope import Trial, day_words, records_with_places, trial_of
from il2desk.desk.stock_signing import COUNT_STOCK
from il2desk.dosing import Refusal, joined, refuse, tell
from il2desk.sheets import (
    COUNT_FORM,
    CountBlankFacts,
    Marks,
    ShelfLot,
    ShelfRecord,
    SignatureRow,
    compose_count_blank,
)


def make_count_blank(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The form to count the request's place with; refused where no stock was ever kept there."""
    books, place = stock_books(desk), place_key(request.of)
    here = [row for row in records_with_places(books) if row[1] == place]
    if not request.of.strip() or not here:
        return refuse("place", "No stock was kept at this place. Choose a place of the list.")
    trials = [trial_of(desk, record) for record, _, _ in here]
    facts = CountBlankFacts(
        issue=call.issue(desk, *COUNT_FORM), marks=Marks(practice=desk.practice),
        place=shown(here[0][2]),
        records=tuple(
            _shelf(books, record, place, trial) for (record, _, _), trial in zip(here, trials, strict=True)
        ),
        fingerprint=joined(", ", dict.fromkeys(one.fingerprint for one in trials if one.fingerprint)),
        notes=stock_restore_note(
            desk, [lot for record, _, _ in here for lot in books.lots_at(record, place)]
        ),
        signatures=(
            SignatureRow(COUNT_STOCK, tell("first count")),
            SignatureRow(tell("I counted these vials myself, without the first count before me"), tell("second count, witness")),
        ),
    )  # fmt: skip
    return Composed(compose_count_blank(for_paper(facts)))


def _shelf(books: Books, record: StockRecord, place: str, trial: Trial) -> ShelfRecord:
    lots = tuple(
        ShelfLot(lot.lot, day_words(lot.expiry), bool(lot.quarantined), lot.returned > 0)
        for lot in books.lots_at(record, place)
        if _may_lie_there(lot)
    )
    return ShelfRecord(record.protocol, record.product, lots, trial.version)


def _may_lie_there(lot: LotStock) -> bool:
    """Whether a vial of the lot can be expected; what was used up is written into an empty row."""
    return lot.balance != 0 or lot.returned > 0 or lot.open_count is not None
