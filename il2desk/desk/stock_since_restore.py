"""Stock after a restore: receipts, quarantines and destructions since the backup may stand on paper only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from il2desk.desk.stock_effects import record_in
from il2desk.desk.stock_lines import Books, LotPlace, LotStock, lot_key, place_key
from il2desk.records import Entry


@dataclass(frozen=True, slots=True)
class Uncounted:
    """The restore, and the lots with vials that nobody counted since."""

    restore: Entry
    stocks: tuple[LotStock, ...]


def uncounted_since_restore(entries: Iterable[Entry], books: Books) -> Uncounted | None:
    """What waits for a count since the last restore; None without a restore, or once all is counted.

    Lots that first came after the restore do not wait: nothing of them can be missing.
    """
    restore: Entry | None = None
    counted: set[LotPlace] = set()
    received: set[LotPlace] = set()
    before: set[LotPlace] = set()
    for entry in entries:
        if entry.kind == "journal-restored":
            restore, counted, received, before = entry, set(), set(), before | received
        elif entry.kind in ("stock-counted", "stock-received"):
            body = entry.body
            of = LotPlace(record_in(body), lot_key(body["lot"]), place_key(body["place"]))
            (counted if entry.kind == "stock-counted" else received).add(of)
    if restore is None:
        return None
    known = counted | (received - before)
    waiting = tuple(
        stock for of, stock in books.stocks.items() if stock.balance > 0 and of not in known
    )
    return Uncounted(restore, waiting) if waiting else None
