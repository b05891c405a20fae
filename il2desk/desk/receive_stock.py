"""Taking a shipment into stock: the line that must stand before anything is dispensed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.lots_taken import LOT_TAIL
from il2desk.desk.people import Signature
from il2desk.desk.place import first_refusal
from il2desk.desk.stock_books import stock_books, stock_records
from il2desk.desk.stock_effects import RECEIVED
from il2desk.desk.stock_lines import (
    CONTROL,
    OTHER_CODE,
    Books,
    StockRecord,
    known_gtins,
    lot_key,
    serial_key,
    vials_words,
)
from il2desk.desk.stock_scan import scanned_refusal
from il2desk.desk.stock_signing import day_refusal, stock_refusal
from il2desk.dosing import COUNT, Refusal, refuse, tell, write_date
from il2desk.records import Entry

IN_RANGE = "in range"
TEMPERATURES = (IN_RANGE, "out of range", "not recorded")
INTACT = "intact"
CONDITIONS = (INTACT, "damaged")


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """One lot of a shipment: whole vials, its last day, and how it arrived.

    `reference` names the shipment. `gtin` and `serials` come from a scanned code; empty where the
    vial was typed. A lot that did not arrive intact and in range goes into quarantine.
    """

    record: StockRecord
    lot: str
    expiry: date
    vials: int
    received_on: date
    supplier: str
    reference: str
    temperature: str
    condition: str
    gtin: str = ""
    serials: tuple[str, ...] = ()


def receive_stock(desk: Desk, form: ReceiptForm, first: Signature, token: str) -> Entry | Refusal:
    """Store the receipt of one lot into the control stock."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-received")) is not None:
        return stored
    refusal = first_refusal(desk, first) or receipt_refusal(desk, form)
    if refusal is not None:
        return refusal
    body: dict[str, object] = {
        **form.record.body(), "lot": form.lot.strip(), "expiry": form.expiry.isoformat(),
        "vials": form.vials, "place": CONTROL, "on": form.received_on.isoformat(),
        "supplier": form.supplier.strip(), "reference": form.reference.strip(),
        "temperature": form.temperature, "condition": form.condition,
        "quarantined": arrives_quarantined(desk, form), "gtin": form.gtin,
        "serials": list(form.serials), "signatures": [first.body()],
    }  # fmt: skip
    return desk.append("stock-received", body, form_token=token)


def arrives_quarantined(desk: Desk, form: ReceiptForm) -> str:
    """Why the lot goes into quarantine on arrival; empty where nothing speaks against it.

    A product code unlike all that were received before can be another product or another strength.
    """
    why = (
        []
        if form.temperature == IN_RANGE
        else [tell("temperature on arrival {temperature}", temperature=form.temperature)]
    )
    if form.condition != INTACT:
        why.append(tell("arrived {condition}", condition=form.condition))
    known = known_gtins(stock_books(desk), form.record, form.lot)
    if form.gtin and known and form.gtin not in known:
        why.append(
            tell(
                "product code {gtin} {other_code}: is it the same product?",
                gtin=form.gtin,
                other_code=OTHER_CODE,
            )
        )
    return ", ".join(why)


def receipt_refusal(desk: Desk, form: ReceiptForm) -> Refusal | None:
    """Every reason why the receipt cannot be stored as it was entered; None where it can."""
    if form.record not in stock_records(desk):
        return refuse("record", "Choose the protocol that these vials were sent for.")
    if (refusal := scanned_refusal(form.lot)) is not None:
        return refusal
    wrong = _shape(form)
    if wrong:
        return Refusal("receipt", tuple(wrong))
    if (refusal := day_refusal(desk, form.received_on)) is not None:
        return refusal
    books = stock_books(desk)
    return _expiry_differs(books, form) or _twice(books, form)


def _shape(form: ReceiptForm) -> list[str]:
    wrong: list[str] = []
    if len(form.lot.strip()) < LOT_TAIL:
        wrong.append(tell("Enter the whole lot number, at least 4 characters."))
    if not COUNT.minimum <= form.vials <= COUNT.maximum:
        wrong.append(tell("Enter the number of vials received, 1 to 999."))
    if not form.supplier.strip():
        wrong.append(tell("Enter who sent the vials."))
    if not form.reference.strip():
        wrong.append(tell("Enter the number of the shipment, as on its paper."))
    if form.temperature not in TEMPERATURES:
        wrong.append(tell("Choose what the temperature on arrival was."))
    if form.condition not in CONDITIONS:
        wrong.append(tell("Choose in what condition the vials arrived."))
    if len(set(form.serials)) != len(form.serials):
        wrong.append(tell("One serial number was scanned twice. Scan each vial once."))
    if form.serials and len(form.serials) > form.vials:
        wrong.append(
            tell(
                "{count} serial numbers were scanned, and the number of vials is {vials}. Count again.",
                count=len(form.serials),
                vials=form.vials,
            )
        )
    return wrong


def _expiry_differs(books: Books, form: ReceiptForm) -> Refusal | None:
    """One lot has one expiry; another one is a misread vial, or a receipt to correct first."""
    known = books.expiries.get((form.record, lot_key(form.lot)))
    if known is None or known == form.expiry.isoformat():
        return None
    return refuse(
        "lot-expiry",
        tell(
            "Lot {lot} is in the books with expiry {date}. Read the vial again; where the books are wrong, correct that receipt first.",
            lot=form.lot,
            date=write_date(date.fromisoformat(known)),
        ),
    )


def _twice(books: Books, form: ReceiptForm) -> Refusal | None:
    """The same lot of the same shipment, or a serial number, that was received before."""
    for line in books.lines:
        same = line.what == RECEIVED and line.of.record == form.record and not line.corrects
        if not same or line.entry in books.voided or not books.stocks[line.of].received:
            continue
        if line.of.lot == lot_key(form.lot) and lot_key(line.reference) == lot_key(form.reference):
            when = write_date(date.fromisoformat(line.on))
            return refuse(
                "received",
                tell(
                    "Lot {lot} of shipment {reference} was received on {when} already: {vials_words}. Correct that line where it is wrong.",
                    lot=form.lot,
                    reference=line.reference,
                    when=when,
                    vials_words=vials_words(line.vials),
                ),
            )
    for serial in form.serials:
        if "in" in books.serials.get(serial_key(form.lot, serial), {}):
            return refuse(
                "serial",
                tell(
                    "The vial with serial number {serial} was received already. Scan again.",
                    serial=serial,
                ),
            )
    return None
