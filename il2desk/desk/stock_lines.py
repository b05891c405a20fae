"""Stock as the journal tells it: lines of the ledger, lots on the shelf, counts. Whole vials only."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from il2desk.dosing import tell

CONTROL = "control"
"""The pharmacy's own place; every other place is a satellite of it, named by the site."""

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class StockRecord:
    """What one accountability record is kept of: a protocol (id) and a product as it is printed."""

    protocol: str
    product: str

    def body(self) -> dict[str, str]:
        """The record as an entry holds it."""
        return {"protocol": self.protocol, "product": self.product}


@dataclass(frozen=True, slots=True)
class LotPlace:
    """One lot of one record at one place. `lot` and `place` in the form that is compared."""

    record: StockRecord
    lot: str
    place: str


OTHER_CODE = "is not that of earlier receipts"
"""What the quarantine of a lot with another product code says, and is known by."""


def lot_key(lot: str) -> str:
    """A lot number as it is compared: case and spaces do not tell two lots apart."""
    return _SPACE.sub("", lot).upper()


def serial_key(lot: str, serial: str) -> tuple[str, str]:
    """A vial by lot and serial number as it is compared: case does not tell two vials apart."""
    return lot_key(lot), lot_key(serial)


def place_key(place: str) -> str:
    """A place as it is compared."""
    return " ".join(place.split()).casefold() or CONTROL


def place_words(place: str) -> str:
    """A place as it is written: its own words, spaced once; nothing typed is the control stock."""
    return " ".join(place.split()) or CONTROL


def vials_words(count: int) -> str:
    """A number of vials in words: 1 vial, 2 vials."""
    return tell("1 vial") if count == 1 else tell("{count} vials", count=count)


@dataclass(frozen=True, slots=True)
class StockLine:
    """One line of the ledger: what moved, and the balances after it.

    `change` is what it does to the balance (vials); `balance` is that of the whole record at this
    place, `lot_balance` that of the lot there. `on` is the day it happened (YYYY-MM-DD) as told.
    `to` is where vials were sent; empty for anything else. `corrects` is the entry whose line this
    one corrects; that line stays. `number` counts within the record and place, from 1.
    """

    number: int
    entry: str
    sequence: int
    at: datetime
    on: str
    what: str
    of: LotPlace
    lot: str
    expiry: str
    place: str
    vials: int
    change: int
    balance: int
    lot_balance: int
    by: str
    checked_by: str = ""
    reason: str = ""
    reference: str = ""
    subject: str | None = None
    cycle: str | None = None
    dose_number: int | None = None
    left_over_ml: str = ""
    to: str = ""
    marks: tuple[str, ...] = ()
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """A count that differs from the books and is not settled yet; `difference` in vials."""

    entry: str
    sequence: int
    counted: int
    difference: int
    by: str
    at: datetime


@dataclass(slots=True)
class LotStock:
    """One lot at one place: its balance, what moved it, and what keeps it from being taken.

    `tally` counts vials by the word of the move. `returned` are vials that patients brought back
    and that still lie here: they are never part of the balance. `since` is the day of the first
    receipt (YYYY-MM-DD), `quarantined` why the lot is in quarantine; both empty where there is none.
    """

    of: LotPlace
    lot: str
    place: str
    balance: int = 0
    returned: int = 0
    expiry: str = ""
    since: str = ""
    quarantined: str = ""
    received: bool = False
    open_count: OpenCount | None = None
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def usable(self) -> int:
        """Vials that may be taken as far as quarantine and an open count go; expiry is the day's."""
        if self.quarantined:
            return 0
        missing = 0 if self.open_count is None else min(0, self.open_count.difference)
        return max(0, self.balance + missing)


@dataclass(slots=True)
class Books:
    """Everything that the journal holds about stock, in order.

    `serials` names the entries that received ("in") and took ("out") a serial number of a lot.
    `low_marks` are the site's own numbers of vials below which a record is low.
    `outcomes` are what happened to the doses, by cycle and number: vials were taken for each.
    `before` counts the doses released or given before stock of their product was kept here.
    `corrected` are the entries that another one corrects, `voided` those taken back as a whole.
    `sent` are transfers on the way: what was sent by which entry; `arrived` what came of it.
    """

    lines: list[StockLine] = field(default_factory=list)
    stocks: dict[LotPlace, LotStock] = field(default_factory=dict)
    expiries: dict[tuple[StockRecord, str], str] = field(default_factory=dict)
    gtins: dict[tuple[StockRecord, str], str] = field(default_factory=dict)
    serials: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    corrected: set[str] = field(default_factory=set)
    voided: set[str] = field(default_factory=set)
    low_marks: dict[StockRecord, int] = field(default_factory=dict)
    outcomes: dict[tuple[str | None, int | None], str] = field(default_factory=dict)
    before: int = 0
    sent: dict[str, StockLine] = field(default_factory=dict)
    arrived: dict[str, StockLine] = field(default_factory=dict)

    def keeps(self, record: StockRecord) -> bool:
        """Whether stock is kept here of a product, or for a protocol: a receipt of it stands or stood.

        A receipt that was taken back after vials had moved ends nothing, and neither does a version
        of the protocol that names the product otherwise.
        """
        mine = [
            (of, one)
            for of, one in self.stocks.items()
            if of.record.product == record.product or of.record.protocol == record.protocol
        ]
        if any(one.received for _, one in mine):
            return True
        places = {of for of, _ in mine}
        return any(
            line.of in places
            and line.change
            and not line.corrects
            and line.entry not in self.voided
            for line in self.lines
        )

    def stock(self, record: StockRecord, lot: str, place: str) -> LotStock | None:
        """The lot of a record at a place, or None where the books know nothing of it."""
        return self.stocks.get(LotPlace(record, lot_key(lot), place_key(place)))

    def lots_at(self, record: StockRecord, place: str) -> tuple[LotStock, ...]:
        """The lots of a record at a place, first expiry first."""
        wanted = place_key(place)
        found = [
            one for of, one in self.stocks.items() if (of.record, of.place) == (record, wanted)
        ]
        return tuple(sorted(found, key=lambda one: (one.expiry, one.of.lot)))

    def places(self, record: StockRecord | None = None) -> tuple[str, ...]:
        """The places that the books know, the control stock first."""
        found = {
            of.place: one.place
            for of, one in self.stocks.items()
            if record is None or of.record == record
        }
        rest = sorted(words for key, words in found.items() if key != CONTROL)
        return (CONTROL, *rest)

    def balance(self, record: StockRecord, place: str) -> int:
        """The balance of a record at a place: all lots, in vials."""
        return sum(one.balance for one in self.lots_at(record, place))


def known_gtins(books: Books, record: StockRecord, lot: str) -> set[str]:
    """The product codes that a vial of this lot may carry: its own, else those of the other lots.

    A lot that waits in quarantine for its code proves nothing.
    """
    own = books.gtins.get((record, lot_key(lot)))
    if own:
        return {own}
    held = {
        of.lot
        for of, stock in books.stocks.items()
        if of.record == record and OTHER_CODE in stock.quarantined
    }
    return {gtin for (of, key), gtin in books.gtins.items() if of == record and key not in held}
