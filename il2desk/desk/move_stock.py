"""Moving stock: quarantine, waste, returns, destruction, satellites. Whole vials, one lot a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from il2desk.desk.chart import subjects
from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import TwoSignatures
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    EXCURSION,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    TO_SPONSOR,
    WASTED,
)
from il2desk.desk.stock_lines import (
    CONTROL,
    Books,
    LotStock,
    StockLine,
    StockRecord,
    place_key,
    place_words,
    vials_words,
)
from il2desk.desk.stock_signing import day_refusal, signed_body, signed_refusal, stock_refusal
from il2desk.dosing import COUNT, Refusal, refuse, tell, write_date
from il2desk.records import Draft, Entry

MOVES = (
    QUARANTINED, LIFTED, EXCURSION, WASTED, PATIENT_RETURN, TO_SPONSOR, DESTROYED, SENT, ARRIVED,
    OUTSIDE,
)  # fmt: skip
WHOLE_LOT = (QUARANTINED, LIFTED, EXCURSION)
"""These concern every vial of the lot at its place: vials of one lot cannot be told apart."""
WITH_REFERENCE = {
    LIFTED: "who decided that the lot may be used, with the number of the letter",
    TO_SPONSOR: "the number of the return, or who authorised it",
    DESTROYED: "who authorised the destruction, with the number of the letter",
    SENT: "the approval number of the transfer",
    OUTSIDE: "the approval number of the transfer",
}
WITH_REASON = (QUARANTINED, LIFTED, EXCURSION, WASTED, PATIENT_RETURN, DESTROYED)
WITH_PLACE = (SENT, OUTSIDE)
OF_RETURNS = (TO_SPONSOR, DESTROYED)
"""These may take vials that patients brought back, which nothing else may."""


@dataclass(frozen=True, slots=True)
class MoveForm:
    """One move of one lot at one place. `on` is the day it happened.

    `to` names where vials go; `subject` is the patient who returned them; `from_returns` takes
    them from what patients returned; `transfer` is the entry by which they were sent.
    """

    move: str
    record: StockRecord
    lot: str
    place: str
    vials: int
    on: date
    reason: str = ""
    reference: str = ""
    to: str = ""
    subject: str | None = None
    from_returns: bool = False
    transfer: str = ""


def move_stock(
    desk: Desk, form: MoveForm, signed: Signature | TwoSignatures, token: str
) -> Entry | Refusal:
    """Store a move; destruction needs two signatures, every other one."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-moved")) is not None:
        return stored
    refusal = move_refusal(desk, form) or _signing(desk, form, signed)
    if refusal is not None:
        return refusal
    return desk.append(
        "stock-moved", _body(desk, form, signed), reason=form.reason.strip(), form_token=token,
        subject=form.subject,
    )  # fmt: skip


def record_excursion(
    desk: Desk, place: str, on: date, reason: str, signed: Signature, token: str
) -> tuple[Entry, ...] | Refusal:
    """A temperature excursion of a whole place: every lot there goes into quarantine."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-moved")) is not None:
        return (stored,)
    forms = tuple(
        MoveForm(EXCURSION, one.of.record, one.lot, one.place, one.balance, on, reason)
        for one in stock_books(desk).stocks.values()
        if one.of.place == place_key(place)
        and (one.balance > 0 or one.open_count is not None)
        and one.since <= on.isoformat()  # what came later was not there
    )
    if not forms:
        return refuse(
            "no-stock",
            tell("The books hold no vial at {place_words}.", place_words=place_words(place)),
        )
    drafts: list[Draft] = []
    for form in forms:
        refusal = move_refusal(desk, form) or _signing(desk, form, signed)
        if refusal is not None:
            return refusal
        drafts.append(
            desk.draft(
                "stock-moved", _body(desk, form, signed), reason=reason.strip(),
                form_token=None if drafts else token,
            )
        )  # fmt: skip
    return desk.append_all(drafts)


def move_refusal(desk: Desk, form: MoveForm) -> Refusal | None:
    """Every reason why the move cannot be stored; None where only the signature is missing."""
    if form.move not in MOVES:
        return refuse("move", "Choose what happened to the vials.")
    wrong = _shape(desk, form)
    if wrong:
        return Refusal("move", tuple(wrong))
    books = stock_books(desk)
    if form.move == ARRIVED:
        return _arrival_refusal(desk, books, form)
    stock = books.stock(form.record, form.lot, form.place)
    if stock is None:
        return refuse(
            "unknown-lot",
            tell(
                "The books know no lot {lot} at {place_words}. Receive it first, or count it: a count is always recorded.",
                lot=form.lot,
                place_words=place_words(form.place),
            ),
        )
    return day_refusal(desk, form.on, stock.since) or _stock_refusal(desk, stock, form)


def _shape(desk: Desk, form: MoveForm) -> list[str]:
    wrong: list[str] = []
    if form.move not in WHOLE_LOT and not COUNT.minimum <= form.vials <= COUNT.maximum:
        wrong.append(tell("Enter the number of vials, 1 to 999."))
    if form.move in WITH_REASON and not form.reason.strip():
        wrong.append(tell("Enter the reason."))
    if form.move in WITH_REFERENCE and not form.reference.strip():
        wrong.append(tell("Enter {with_reference}.", with_reference=WITH_REFERENCE[form.move]))
    if form.move in WITH_PLACE and not form.to.strip():
        wrong.append(tell("Enter where the vials go."))
    if form.move == SENT and place_key(form.to) == place_key(form.place):
        wrong.append(
            tell(
                "The vials are at {place_words}. Enter another place.",
                place_words=place_words(form.place),
            )
        )
    if form.move == PATIENT_RETURN and form.subject not in {one.id for one in subjects(desk)}:
        wrong.append(tell("Choose the patient who returned the vials."))
    if form.from_returns and form.move not in OF_RETURNS:
        wrong.append(
            tell(
                "Vials that a patient returned never go back into stock. They are returned to the "
                "sponsor or destroyed."
            )
        )
    return wrong


def _stock_refusal(desk: Desk, stock: LotStock, form: MoveForm) -> Refusal | None:
    named = tell("lot {lot} at {place}", lot=stock.lot, place=stock.place)
    if form.move == LIFTED and not stock.quarantined:
        return refuse("not-quarantined", tell("The {named} is not in quarantine.", named=named))
    if form.move == PATIENT_RETURN or form.move in WHOLE_LOT:
        return None
    if form.from_returns:
        return _too_many(named, "that patients returned", stock.returned, form.vials)
    if form.move in (SENT, OUTSIDE) and stock.quarantined:
        return refuse(
            "quarantined",
            tell(
                "The {named} is in quarantine: {quarantined}. It stays where it is.",
                named=named,
                quarantined=stock.quarantined,
            ),
        )
    expired = stock.expiry and date.fromisoformat(stock.expiry) < desk.now().date()
    if form.move == SENT and expired and place_key(form.to) != CONTROL:
        day = write_date(date.fromisoformat(stock.expiry))
        return refuse(
            "lot-expired",
            tell("The {named} expired on {day}. It goes to no satellite.", named=named, day=day),
        )
    missing = 0 if stock.open_count is None else min(0, stock.open_count.difference)
    return _too_many(named, "in the books", stock.balance + missing, form.vials)


def _too_many(named: str, words: str, there: int, asked: int) -> Refusal | None:
    if asked <= there:
        return None
    return refuse(
        "balance",
        tell(
            "{vials_words} of {named} {words}; entered: {asked}. Count the lot: a difference that two people sign becomes a line, then record this.",
            vials_words=vials_words(max(0, there)),
            named=named,
            words=words,
            asked=asked,
        ),
    )


def open_transfers(books: Books) -> tuple[StockLine, ...]:
    """What was sent and has not arrived yet."""
    return tuple(line for id_, line in books.sent.items() if id_ not in books.arrived)


def _arrival_refusal(desk: Desk, books: Books, form: MoveForm) -> Refusal | None:
    sent = books.sent.get(form.transfer)
    if sent is None:
        return refuse("transfer", "Choose the transfer that arrived.")
    if form.transfer in books.arrived:
        return refuse("transfer", "This transfer arrived already. Correct that line.")
    if form.record != sent.of.record or place_key(form.lot) != place_key(sent.lot):
        return refuse(
            "transfer", tell("Lot {lot} was sent. Enter what arrived of that lot.", lot=sent.lot)
        )
    if form.vials > sent.vials:
        return refuse(
            "transfer",
            tell(
                "{vials_words} were sent. Where more arrived, correct the line of the sending first.",
                vials_words=vials_words(sent.vials),
            ),
        )
    return day_refusal(desk, form.on, sent.on)


def destination(desk: Desk, transfer: str) -> str:
    """Where a transfer goes; empty where the entry is none."""
    entry = desk.journal.entry(transfer)
    return "" if entry is None else str(entry.body.get("to", ""))


def _signing(desk: Desk, form: MoveForm, signed: Signature | TwoSignatures) -> Refusal | None:
    if form.move == DESTROYED and not isinstance(signed, TwoSignatures):
        return refuse("witness", "Destruction needs a witness. Two people sign it.")
    return signed_refusal(desk, signed)


def _body(desk: Desk, form: MoveForm, signed: Signature | TwoSignatures) -> dict[str, object]:
    books = stock_books(desk)
    arrived = form.move == ARRIVED
    place = destination(desk, form.transfer) if arrived else place_words(form.place)
    stock = books.stock(form.record, form.lot, form.place)
    vials = form.vials if form.move not in WHOLE_LOT or stock is None else max(0, stock.balance)
    lot = books.sent[form.transfer].lot if arrived else form.lot.strip()
    if stock is not None and not arrived:
        lot = stock.lot
    return {
        "move": form.move, **form.record.body(), "lot": lot, "vials": vials,
        "expiry": books.sent[form.transfer].expiry if arrived else "" if stock is None else stock.expiry,
        "place": place, "to": place_words(form.to) if form.to.strip() else "",
        "on": form.on.isoformat(), "reference": form.reference.strip(),
        "from_returns": form.from_returns, "transfer": form.transfer,
        "signatures": signed_body(signed),
    }  # fmt: skip
