"""The books of stock as the journal holds them now, and what they are kept of."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import FROZEN, bundle_of, versions
from il2desk.desk.stock_effects import FOLDED, STOCK_KINDS, Effect
from il2desk.desk.stock_fold import StockFolding, fold_stock
from il2desk.desk.stock_lines import Books, StockRecord
from il2desk.dosing import Refusal
from il2desk.records import Entry


def stock_books(desk: Desk) -> Books:
    """Every line and every lot, read anew where the journal has grown. Not to be changed."""
    head = desk.journal.head().hash
    if desk.books is not None and desk.books[0] == head:
        return desk.books[1]
    books = _read(desk)
    desk.books = (head, books)
    return books


def _read(desk: Desk) -> Books:
    # Without a stock entry there is nothing to fold: most gates ask, few journals keep stock.
    return fold_stock(_entries(desk)) if _any(desk) else Books()


def _any(desk: Desk) -> bool:
    return any(desk.journal.entries(kind=kind) for kind in STOCK_KINDS)


def _entries(desk: Desk) -> list[Entry]:
    found = [entry for kind in FOLDED for entry in desk.journal.entries(kind=kind)]
    return sorted(found, key=lambda entry: entry.sequence)


def current_effects(desk: Desk) -> dict[str, list[Effect]]:
    """What every line does now, corrections applied, by the entry that it came from."""
    folding = StockFolding()
    for entry in _entries(desk):
        folding.take(entry)
    return folding.effects


def record_of_version(desk: Desk, fingerprint: str) -> StockRecord | None:
    """What stock a protocol version is served from, or None where the version is not readable."""
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal):
        return None
    return StockRecord(bundle.protocol.id, bundle.product.printed_as)


def stock_records(desk: Desk) -> tuple[StockRecord, ...]:
    """Everything that stock can be kept of: each protocol that was activated, with its product."""
    found: dict[StockRecord, None] = {}
    for version in versions(desk):
        if version.status in FROZEN:
            record = record_of_version(desk, version.fingerprint)
            if record is not None:
                found[record] = None
    return tuple(found)
