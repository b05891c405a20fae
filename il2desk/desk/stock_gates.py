"""What a release may take from the shelf: received, in date, not quarantined, enough, first expiry first.

These gates stand only where stock of the product is kept in this journal. They block taking, never
recording what was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import Lot
from il2desk.desk.stock_books import record_of_version, stock_books
from il2desk.desk.stock_lines import (
    CONTROL,
    Books,
    LotStock,
    StockRecord,
    known_gtins,
    lot_key,
    place_words,
    serial_key,
    vials_words,
)
from il2desk.dosing import tell, write_date

NOT_KEPT = tell("Stock of this product is not kept in this journal: lot and expiry are typed.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stock that serves a dose: what it is kept of, at which place, in which books."""

    record: StockRecord
    place: str
    books: Books
    today: date

    def usable(self) -> tuple[LotStock, ...]:
        """The lots that may be taken, first expiry first."""
        return tuple(
            one
            for one in self.books.lots_at(self.record, self.place)
            if one.usable > 0 and not self.expired(one)
        )

    def expired(self, stock: LotStock) -> bool:
        """Whether the last day of a lot is over; a lot without a known expiry is never taken."""
        return not stock.expiry or date.fromisoformat(stock.expiry) < self.today

    def body(self) -> dict[str, str]:
        """Where vials are taken from, as an entry holds it."""
        return {**self.record.body(), "place": self.place}


def shelf_of(desk: Desk, fingerprint: str, place: str = CONTROL) -> Shelf | None:
    """The stock that a dose by this protocol version is served from; None where none is kept."""
    books = stock_books(desk)
    if not books.stocks:
        return None
    record = record_of_version(desk, fingerprint)
    if record is None or not books.keeps(record):
        return None
    return Shelf(record, place_words(place), books, desk.now().date())


def places_with_stock(desk: Desk, fingerprint: str) -> tuple[str, ...]:
    """The places that hold a lot which may be taken for this protocol version."""
    shelf = shelf_of(desk, fingerprint)
    if shelf is None:
        return ()
    places = shelf.books.places(shelf.record)
    return tuple(p for p in places if Shelf(shelf.record, p, shelf.books, shelf.today).usable())


def proposed_lots(shelf: Shelf, vials: int) -> tuple[Lot, ...]:
    """The lots to take for so many vials, first expiry first; fewer where the shelf holds fewer."""
    taken: list[Lot] = []
    for stock in shelf.usable():
        left = vials - sum(lot.vials for lot in taken)
        if left > 0:
            taken.append(Lot(stock.lot, stock.expiry, min(left, stock.usable)))
    return tuple(taken)


def stock_reasons(shelf: Shelf | None, lots: tuple[Lot, ...]) -> tuple[str, ...]:
    """Why these lots cannot be taken, a sentence each; without lots, whether there is any at all."""
    if shelf is None:
        return ()
    if not lots:
        if shelf.usable() or _elsewhere(shelf):
            return ()
        return (
            tell(
                "No vial of {product} can be taken for this protocol. F9 Stock.",
                product=shelf.record.product,
            ),
        )
    taken: Counter[str] = Counter()
    for lot in lots:
        taken[lot_key(lot.lot)] += lot.vials
    reasons = [why for lot in lots for why in _against(shelf, lot, taken[lot_key(lot.lot)])]
    return tuple(dict.fromkeys((*reasons, *_serials_used(shelf, lots))))


def _elsewhere(shelf: Shelf) -> bool:
    places = shelf.books.places(shelf.record)
    return any(Shelf(shelf.record, p, shelf.books, shelf.today).usable() for p in places)


def _against(shelf: Shelf, lot: Lot, vials: int) -> list[str]:
    stock = shelf.books.stock(shelf.record, lot.lot, shelf.place)
    if stock is None or not stock.received:
        return [_unreceived(shelf, lot)]
    wrong: list[str] = []
    if stock.expiry != lot.expiry:
        known = _day(stock.expiry)
        wrong.append(
            tell(
                "Lot {lot} expires on {known} by the books, and {day} is entered. Read the vial again; where the books are wrong, correct the receipt in F9 Stock.",
                lot=stock.lot,
                known=known,
                day=_day(lot.expiry),
            )
        )
    elif shelf.expired(stock):
        wrong.append(
            tell(
                "Lot {lot} expired on {day}. It cannot be taken.",
                lot=stock.lot,
                day=_day(stock.expiry),
            )
        )
    wrong.extend(_other_product(shelf, lot))
    if stock.quarantined:
        wrong.append(
            tell(
                "Lot {lot} is in quarantine: {quarantined}. It cannot be taken.",
                lot=stock.lot,
                quarantined=stock.quarantined,
            )
        )
    elif vials > stock.usable:
        wrong.append(
            tell(
                "{vials_words} of lot {lot} can be taken at {place}; entered: {vials}. Count the lot in F9 Stock, or take another.",
                vials_words=vials_words(stock.usable),
                lot=stock.lot,
                place=stock.place,
                vials=vials,
            )
        )
    return wrong


def _other_product(shelf: Shelf, lot: Lot) -> list[str]:
    """The product code of a scanned vial against its lot, or against all lots of the record."""
    own = shelf.books.gtins.get((shelf.record, lot_key(lot.lot)), "")
    known = known_gtins(shelf.books, shelf.record, lot.lot)
    if not lot.gtin or not known or lot.gtin in known:
        return []
    of = tell("that of lot {lot}", lot=lot.lot) if own else "any that was received"
    return [
        tell(
            "The code on this vial names another product ({gtin}) than {of}. Do not take it.",
            gtin=lot.gtin,
            of=of,
        )
    ]


def _unreceived(shelf: Shelf, lot: Lot) -> str:
    # Where vials of it lie comes before where it once was.
    for of, stock in sorted(shelf.books.stocks.items(), key=lambda one: -one[1].balance):
        if of.lot != lot_key(lot.lot) or not stock.received:
            continue
        if of.record != shelf.record:
            return tell(
                "Lot {lot} was received for {protocol}, not for {protocol_2}. It cannot be taken.",
                lot=lot.lot,
                protocol=of.record.protocol,
                protocol_2=shelf.record.protocol,
            )
        return tell(
            "Lot {lot} lies at {place}, not at {place_2}. Take it from there.",
            lot=lot.lot,
            place=stock.place,
            place_2=shelf.place,
        )
    return tell(
        "Lot {lot} has no receipt. Enter its receipt in F9 Stock before it is taken.", lot=lot.lot
    )


def _serials_used(shelf: Shelf, lots: tuple[Lot, ...]) -> list[str]:
    used: list[str] = []
    seen: set[tuple[str, str]] = set()
    for lot in lots:
        if len(lot.serials) > lot.vials:
            used.append(
                tell(
                    "{count} vials of lot {lot} were scanned, and their number is {vials}. Count again.",
                    count=len(lot.serials),
                    lot=lot.lot,
                    vials=lot.vials,
                )
            )
        for serial in lot.serials:
            vial = serial_key(lot.lot, serial)
            if vial in seen or "out" in shelf.books.serials.get(vial, {}):
                used.append(
                    tell(
                        "The vial with serial number {serial} of lot {lot} was taken already. Take another vial.",
                        serial=serial,
                        lot=lot.lot,
                    )
                )
            seen.add(vial)
    return used


def out_of_order(shelf: Shelf | None, lots: tuple[Lot, ...]) -> str:
    """What is left of an earlier expiry although a later one is taken; empty where nothing is."""
    if shelf is None or not lots:
        return ""
    taken: Counter[str] = Counter()
    for lot in lots:
        taken[lot_key(lot.lot)] += lot.vials
    known = (shelf.books.stock(shelf.record, lot.lot, shelf.place) for lot in lots)
    latest = max((one.expiry for one in known if one is not None), default="")
    for stock in shelf.usable():
        if stock.expiry < latest and taken[stock.of.lot] < stock.usable:
            return tell(
                "Lot {lot} expires first, on {day}, and is not used up. Take it, or enter why another lot is taken.",
                lot=stock.lot,
                day=_day(stock.expiry),
            )
    return ""


def given_reasons(shelf: Shelf | None, lots: tuple[Lot, ...]) -> tuple[str, ...]:
    """What marks a dose that was given from these lots without a release: it can be recorded."""
    if shelf is None:
        return ()
    marks: list[str] = []
    for lot in lots:
        stock = shelf.books.stock(shelf.record, lot.lot, shelf.place)
        if stock is None or not stock.received:
            marks.append(
                tell("Lot {lot} has no receipt at {place}.", lot=lot.lot, place=shelf.place)
            )
        elif stock.quarantined:
            marks.append(tell("Lot {lot} was in quarantine.", lot=lot.lot))
        elif lot.vials > stock.balance:
            marks.append(
                tell("The books hold fewer vials of lot {lot} than were given.", lot=lot.lot)
            )
    return tuple(marks)


def withdrawn_since(desk: Desk, taken_from: Mapping[str, str] | None, lots: tuple[Lot, ...]) -> str:
    """What the books say today against vials that a release took: quarantine, or an expiry before.

    Quarantine at any place counts: what was found wrong with a lot is wrong with what was drawn of it.
    """
    if taken_from is None:
        return ""
    books, record = stock_books(desk), StockRecord(taken_from["protocol"], taken_from["product"])
    for lot in lots:
        key = lot_key(lot.lot)
        for of, stock in books.stocks.items():
            if (of.record, of.lot) == (record, key) and stock.quarantined:
                return tell(
                    "Lot {lot} is in quarantine: {quarantined}.",
                    lot=stock.lot,
                    quarantined=stock.quarantined,
                )
        known = books.expiries.get((record, key), lot.expiry)
        if known < min(lot.expiry, desk.now().date().isoformat()):
            return tell(
                "Lot {lot} expired on {day}: the books were corrected.",
                lot=lot.lot,
                day=_day(known),
            )
    return ""


def _day(expiry: str) -> str:
    return write_date(date.fromisoformat(expiry)) if expiry else "a day that is not known"
