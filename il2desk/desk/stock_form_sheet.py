"""The facts of the form of one movement: a count, receipt, return, destruction or transfer."""

from __future__ import annotations

from il2desk.desk.clock import moment_of
from il2desk.desk.desk import Desk
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    OUTSIDE,
    PATIENT_RETURN,
    RECEIVED,
    SENT,
    TO_SPONSOR,
    record_in,
)
from il2desk.desk.stock_form_details import details_of, other_side, unlike_sent
from il2desk.desk.stock_form_entries import COUNTED, Movement, movement_of, settlement_of, what_of
from il2desk.desk.stock_lines import lot_key, vials_words
from il2desk.desk.stock_restore_note import form_restore_note
from il2desk.desk.stock_sheet_scope import day_words
from il2desk.dosing import Refusal, refuse, write_moment
from il2desk.records import Entry
from il2desk.sheets import (
    STOCK_FORM,
    Marks,
    SignatureRow,
    StockFormFacts,
    compose_stock_form,
)

_TITLES = {
    RECEIVED: "Receipt of vials", COUNTED: "Physical count of a lot",
    PATIENT_RETURN: "Return of vials by a patient", TO_SPONSOR: "Return of vials to the sponsor",
    DESTROYED: "Destruction of vials", SENT: "Transfer of vials to another place",
    ARRIVED: "Arrival of transferred vials", OUTSIDE: "Transfer of vials to another site",
}  # fmt: skip
_WITH_A_PEN = {
    RECEIVED: ("I checked these vials against the paper of the shipment", "second person"),
    COUNTED: ("I counted these vials myself and found the number written here", "witness"),
    PATIENT_RETURN: ("I saw these vials returned and put apart", "second person"),
    TO_SPONSOR: ("I took these vials over for the sponsor", "sponsor or carrier"),
    SENT: ("I received these vials as written here", "receiving place"),
    ARRIVED: ("I checked these vials on arrival", "second person"),
    OUTSIDE: ("I received these vials for the other site", "other site"),
}
_LATEST = 40


def make_stock_form(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The form of the request's entry; refused where the entry is no movement with a form."""
    entry = desk.journal.entry(request.of)
    if entry is None or not what_of(entry):
        return refuse("movement", "There is no form of this entry. Choose a movement of the list.")
    move = movement_of(desk, entry)
    details, more, signers = details_of(desk, move)
    beside, lines = other_side(desk, move)
    record = record_in(entry.body)
    words = vials_words(int(move.values["vials"]))
    facts = StockFormFacts(
        issue=call.issue(desk, *STOCK_FORM), marks=Marks(practice=desk.practice),
        title=_TITLES[move.what], protocol=record.protocol, product=record.product,
        place=str(entry.body["place"]), vials=move.shown("vials", words),
        lot=move.shown("lot", move.values["lot"]),
        expiry=move.shown("expiry", day_words(move.values["expiry"])), details=details,
        signatures=(*_signed(desk, move, signers), *_blank(desk, move)),
        footnotes=(*move.footnotes, *more), other_side=beside, to_write=lines,
        notes=_notes(desk, move), in_error=move.in_error,
    )  # fmt: skip
    return Composed(compose_stock_form(facts))


def _signed(desk: Desk, move: Movement, others: tuple[Entry, ...]) -> tuple[SignatureRow, ...]:
    """Who signed in the journal: this entry first, then what belongs to it."""
    rows = []
    for entry in (move.entry, *others):
        for one in entry.body["signatures"]:
            note = f" ({one['note']})" if one.get("note") else ""
            when = write_moment(desk.local(moment_of(one["at"])))
            rows.append(SignatureRow(f"{one['meaning']}{note}", one["role"], one["name"], when))
    return tuple(rows)


def _blank(desk: Desk, move: Movement) -> tuple[SignatureRow, ...]:
    """The row for a pen, where the other side or a witness did not sign in the journal."""
    settled = move.what == COUNTED and settlement_of(desk, move.entry.id) is not None
    arrived = move.what == SENT and not other_side(desk, move)[1]
    if move.in_error or settled or arrived or move.what not in _WITH_A_PEN:
        return ()
    return (SignatureRow(*_WITH_A_PEN[move.what]),)


def _notes(desk: Desk, move: Movement) -> tuple[str, ...]:
    """What is not to be missed: taken back, restored, not what was sent, another expiry by now."""
    notes = [*form_restore_note(desk, move.entry), *unlike_sent(desk, move)]
    if move.in_error:
        notes.append("\u25b2 This entry was taken back: the vials did not move by it.")
    record, lot = record_in(move.entry.body), lot_key(move.values["lot"])
    now = stock_books(desk).expiries.get((record, lot), "")
    if now and now != move.values["expiry"]:
        notes.append(f"\u25b2 The books hold {day_words(now)} as the expiry of this lot now.")
    return tuple(notes)


def forms_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The latest 40 movements with a form, newest first: the entry, and the same in words."""
    kinds = ("stock-received", "stock-counted", "stock-moved")
    found = [one for kind in kinds for one in desk.journal.entries(kind=kind) if what_of(one)]
    latest = sorted(found, key=lambda one: -one.sequence)[:_LATEST]
    return tuple((one.id, _in_words(one)) for one in latest)


def _in_words(entry: Entry) -> str:
    body = entry.body
    return (
        f"{day_words(str(body['on']))}: {what_of(entry)}, {vials_words(int(body['vials']))} of lot "
        f"{body['lot']}, {body['place']}, {body['protocol']}"
    )
