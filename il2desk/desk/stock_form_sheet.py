"""The facts of the form of one movement: a count, receipt, return, destruction or transfer."""

from __future__ import annotations

from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    EXCURSION,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RECEIVED,
    SENT,
    TO_SPONSOR,
    WASTED,
    record_in,
)
from il2desk.desk.stock_form_details import details_of, unlike_sent
from il2desk.desk.stock_form_entries import COUNTED, Movement, movement_of, what_of
from il2desk.desk.stock_form_pen import pen_lines
from il2desk.desk.stock_form_signatures import blank_rows, signed_rows
from il2desk.desk.stock_lines import lot_key, vials_words
from il2desk.desk.stock_restore_note import form_restore_note
from il2desk.desk.stock_sheet_scope import day_words, trial_of
from il2desk.dosing import Refusal, refuse, tell, told
from il2desk.records import Entry
from il2desk.sheets import (
    STOCK_FORM,
    Marks,
    StockFormFacts,
    compose_stock_form,
)

_TITLES = {
    RECEIVED: tell("Receipt of vials"),
    COUNTED: tell("Physical count of a lot"),
    PATIENT_RETURN: tell("Return of vials by a patient"),
    TO_SPONSOR: tell("Return of vials to the sponsor"),
    DESTROYED: tell("Destruction of vials"),
    SENT: tell("Transfer of vials to another place"),
    ARRIVED: tell("Arrival of transferred vials"),
    OUTSIDE: tell("Transfer of vials to another site"),
    WASTED: tell("Waste of vials"),
    QUARANTINED: tell("Quarantine of a lot"),
    LIFTED: tell("End of the quarantine of a lot"),
    EXCURSION: tell("Temperature excursion of a lot"),
}
_VIALS = {
    COUNTED: tell("Counted"),
    QUARANTINED: tell("In the books"),
    LIFTED: tell("In the books"),
    EXCURSION: tell("In the books"),
}
_LATEST = 40


def make_stock_form(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The form of the request's entry; refused where the entry is no movement with a form."""
    entry = desk.journal.entry(request.of)
    if entry is None or not what_of(entry):
        return refuse("movement", "There is no form of this entry. Choose a movement of the list.")
    move = movement_of(desk, entry)
    details, more, others = details_of(desk, move)
    pen = pen_lines(desk, move)
    record = record_in(entry.body)
    trial = trial_of(desk, record, entry.sequence)
    words = vials_words(int(move.values["vials"]))
    facts = StockFormFacts(
        issue=call.issue(desk, *STOCK_FORM), marks=Marks(practice=desk.practice),
        title=told(_TITLES[move.what]), vials_label=told(_VIALS.get(move.what, tell("Vials"))), protocol=record.protocol, product=record.product,
        place=shown(str(entry.body["place"])), vials=move.shown("vials", words),
        lot=move.shown("lot", move.values["lot"]),
        expiry=move.shown("expiry", day_words(move.values["expiry"])), details=details,
        signatures=(*signed_rows(desk, move, others), *blank_rows(desk, move)),
        footnotes=(*move.footnotes, *more), other_side=pen.who, to_write=pen.lines,
        next_step=pen.next_step, version=trial.version, fingerprint=trial.fingerprint,
        notes=_notes(desk, move), in_error=move.in_error,
    )  # fmt: skip
    return Composed(compose_stock_form(for_paper(facts)))


def _notes(desk: Desk, move: Movement) -> tuple[str, ...]:
    """What is not to be missed: taken back, restored, not what was sent, another expiry by now."""
    notes = [*form_restore_note(desk, move.entry), *unlike_sent(desk, move)]
    if move.in_error:
        notes.append(tell("\u25b2 This entry was taken back: the vials did not move by it."))
    record, lot = record_in(move.entry.body), lot_key(move.values["lot"])
    now = stock_books(desk).expiries.get((record, lot), "")
    if now and now != move.values["expiry"]:
        notes.append(
            tell("\u25b2 The books hold {day} as the expiry of this lot now.", day=day_words(now))
        )
    return tuple(notes)


def forms_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The latest 40 movements with a form, newest first: the entry, and the same in words."""
    kinds = ("stock-received", "stock-counted", "stock-moved")
    found = [one for kind in kinds for one in desk.journal.entries(kind=kind) if what_of(one)]
    latest = sorted(found, key=lambda one: -one.sequence)[:_LATEST]
    return tuple((one.id, _in_words(one)) for one in latest)


def _in_words(entry: Entry) -> str:
    body = entry.body
    return tell(
        "{day}: {what}, {vials} of lot {lot}, {place}, {protocol}",
        day=day_words(str(body["on"])),
        what=shown(what_of(entry)),
        vials=vials_words(int(body["vials"])),
        lot=body["lot"],
        place=shown(body["place"]),
        protocol=body["protocol"],
    )
