"""The books of stock as the journal holds them now, and what they are kept of."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import FROZEN, bundle_of, versions
from il2desk.desk.stock_effects import FOLDED, STOCK_KINDS, Effect
from il2desk.desk.stock_fold import KeptBooks, StockFolding
from il2desk.desk.stock_lines import Books, StockRecord
from il2desk.dosing import Refusal
from il2desk.records import Entry, Head


def stock_books(desk: Desk) -> Books:
    """Every line and every lot; what the journal grew by since is added. Not to be changed."""
    head, kept = desk.journal.head(), desk.stock
    if kept is not None and desk.journal.hash_at(kept.head.sequence) != kept.head.hash:
        kept = None  # another journal lies there now
    if kept is None:
        # Without a stock entry there is nothing to fold: most gates ask, few journals keep stock.
        if not any(desk.journal.entries(kind=kind) for kind in STOCK_KINDS):
            return Books()
        kept = KeptBooks(Head(0, ""), StockFolding())
    if kept.head.sequence < head.sequence:
        # What another program wrote meanwhile is taken the next time.
        found = [e for e in _entries(desk, kept.head.sequence) if e.sequence <= head.sequence]
        for entry in found:
            kept.folding.take(entry)
    desk.stock = KeptBooks(head, kept.folding)
    return kept.folding.books


def _entries(desk: Desk, after: int) -> list[Entry]:
    if after:
        return list(desk.journal.entries(after=after))
    found = [entry for kind in FOLDED for entry in desk.journal.entries(kind=kind)]
    return sorted(found, key=lambda entry: entry.sequence)


def current_effects(desk: Desk) -> dict[str, list[Effect]]:
    """What every line does now, corrections applied, by the entry that it came from."""
    stock_books(desk)
    return {} if desk.stock is None else desk.stock.folding.effects


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
