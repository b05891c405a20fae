"""Counting the shelf: the number is stored before anybody sees the balance; two people settle a difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from il2desk.desk.desk import Desk
from il2desk.desk.lots_taken import LOT_TAIL
from il2desk.desk.people import Signature
from il2desk.desk.place import TwoSignatures, first_refusal
from il2desk.desk.stock_books import stock_books, stock_records
from il2desk.desk.stock_lines import LotStock, StockRecord, lot_key, place_words
from il2desk.desk.stock_scan import scanned_refusal
from il2desk.desk.stock_signing import signed_refusal, stock_refusal
from il2desk.dosing import COUNT, NumberField, Refusal, refuse, tell, write_date
from il2desk.records import Entry

COUNTED = NumberField("number of vials", "", Decimal(0), COUNT.maximum, 0)
"""What a count takes: none is a number too."""


@dataclass(frozen=True, slots=True)
class CountForm:
    """What lies on the shelf of one lot at one place. `expiry` where the books know no such lot."""

    record: StockRecord
    lot: str
    place: str
    counted: int
    expiry: date | None = None


def count_stock(desk: Desk, form: CountForm, first: Signature, token: str) -> Entry | Refusal:
    """Store what was counted, whatever the books hold; a difference then waits to be settled."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-counted")) is not None:
        return stored
    refusal = first_refusal(desk, first) or count_refusal(desk, form)
    if refusal is not None:
        return refusal
    stock = stock_books(desk).stock(form.record, form.lot, form.place)
    known = _known_expiry(desk, form)
    body = {
        **form.record.body(), "lot": form.lot.strip() if stock is None else stock.lot,
        "expiry": known, "place": place_words(form.place), "vials": form.counted,
        "on": desk.now().date().isoformat(), "signatures": [first.body()],
    }  # fmt: skip
    return desk.append("stock-counted", body, form_token=token)


def count_refusal(desk: Desk, form: CountForm) -> Refusal | None:
    """Why the count is none yet: no record, no lot, no number. The balance plays no part."""
    if form.record not in stock_records(desk):
        return refuse("record", "Choose the protocol that these vials are kept for.")
    if (refusal := scanned_refusal(form.lot)) is not None:
        return refusal
    if len(form.lot.strip()) < LOT_TAIL:
        return refuse("lot", "Enter the whole lot number, at least 4 characters.")
    if not COUNTED.takes(Decimal(form.counted)):
        return refuse("count", "Enter the number of vials on the shelf, 0 to 999.")
    known = _known_expiry(desk, form)
    if not known:
        return refuse(
            "lot-expiry",
            tell("Enter the expiry of lot {lot}: the books do not know it.", lot=form.lot),
        )
    if form.expiry is not None and form.expiry.isoformat() != known:
        day = write_date(date.fromisoformat(known))
        return refuse(
            "lot-expiry",
            tell(
                "Lot {lot} is in the books with expiry {day}. Read the vial again; where the books are wrong, correct that receipt first.",
                lot=form.lot,
                day=day,
            ),
        )
    return None


def _known_expiry(desk: Desk, form: CountForm) -> str:
    books = stock_books(desk)
    known = books.expiries.get((form.record, lot_key(form.lot)), "")
    stock = books.stock(form.record, form.lot, form.place)
    known = known or ("" if stock is None else stock.expiry)
    return known or ("" if form.expiry is None else form.expiry.isoformat())


def difference_of(desk: Desk, count: str) -> LotStock | None:
    """The lot whose latest count, by its entry, differs from the books and is not settled."""
    for stock in stock_books(desk).stocks.values():
        if stock.open_count is not None and stock.open_count.entry == count:
            return stock
    return None


def settle_difference(
    desk: Desk, count: str, reason: str, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Take the difference of a count into the books: a line of its own, with reason and witness."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-difference")) is not None:
        return stored
    if (refusal := signed_refusal(desk, signed)) is not None:
        return refusal
    stock = difference_of(desk, count)
    if stock is None or stock.open_count is None:
        return refuse(
            "settled", "This count differs from nothing any more. Count the lot again to be sure."
        )
    later = [
        line
        for line in stock_books(desk).lines
        if line.of == stock.of and line.sequence > stock.open_count.sequence
    ]
    if any(line.change and not line.corrects for line in later):
        return refuse(
            "moved",
            "Vials of this lot moved since it was counted. Count it again, then settle that.",
        )
    if not reason.strip():
        return refuse("reason", "Enter what explains the difference.")
    body = {
        **stock.of.record.body(), "count": count, "lot": stock.lot, "expiry": stock.expiry,
        "place": stock.place, "vials": stock.open_count.difference,
        "on": desk.now().date().isoformat(), "signatures": signed.body(),
    }  # fmt: skip
    return desk.append("stock-difference", body, reason=reason.strip(), form_token=token)
