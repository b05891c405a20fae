"""What the form of one movement says of it, label by label, and what the other side writes."""

from __future__ import annotations

from il2desk.desk.chart import subjects
from il2desk.desk.desk import Desk
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    OUTSIDE,
    PATIENT_RETURN,
    RECEIVED,
    SENT,
    TO_SPONSOR,
)
from il2desk.desk.stock_form_entries import (
    COUNTED,
    Movement,
    arrivals_of,
    movement_of,
    settlement_of,
)
from il2desk.desk.stock_lines import lot_key, vials_words
from il2desk.desk.stock_sheet_scope import day_words
from il2desk.dosing import write_moment
from il2desk.records import Entry
from il2desk.sheets import Footnote

Details = tuple[tuple[tuple[str, str], ...], tuple[Footnote, ...], tuple[Entry, ...]]
"""Labels with values; footnotes of what belongs to it; whose signatures stand on the form too."""
_REFERENCE = {
    RECEIVED: "Shipment", TO_SPONSOR: "Return number or authorised by",
    DESTROYED: "Authorised by", SENT: "Approval number", OUTSIDE: "Approval number",
}  # fmt: skip
_RECEIVES = ("Vials received", "Condition, temperature", "Remarks")


def details_of(desk: Desk, move: Movement) -> Details:
    """Everything that is recorded of a movement."""
    entry, body = move.entry, move.entry.body
    rows = [("Day", day_words(str(body["on"]))), ("Recorded", write_moment(desk.local(entry.at)))]
    more: tuple[tuple[str, str], ...] = ()
    notes: tuple[Footnote, ...] = ()
    others: tuple[Entry, ...] = ()
    if move.what == RECEIVED:
        more = _receipt(entry)
    elif move.what == COUNTED:
        more, others = _count(desk, move)
    elif move.what == PATIENT_RETURN:
        more = _patient(desk, entry)
    elif move.what in (SENT, ARRIVED):
        more, notes, others = _transfer(desk, move)
    elif move.what == OUTSIDE:
        more = (("Given to", str(body["to"])),)
    if move.what in _REFERENCE:
        rows.append((_REFERENCE[move.what], str(body["reference"])))
    if move.what in (TO_SPONSOR, DESTROYED):
        kept = "vials that patients returned" if body["from_returns"] else "the stock"
        rows.append(("Taken from", kept))
    rows.extend(more)
    if entry.reason:
        rows.append(("Reason", entry.reason))
    return tuple(rows), notes, others


def other_side(desk: Desk, move: Movement) -> tuple[str, tuple[str, ...]]:
    """Who writes with a pen, and the lines for it; nothing where the journal knows it already."""
    if move.in_error:
        return "", ()
    if move.what == SENT and _arrival(desk, move.entry) is None:
        return "The receiving place writes", _RECEIVES
    if move.what == OUTSIDE:
        return "The other site writes", _RECEIVES
    if move.what == TO_SPONSOR:
        return "Who takes the vials over writes", ("Vials taken over", "Consignment", "Remarks")
    return "", ()


def _receipt(entry: Entry) -> tuple[tuple[str, str], ...]:
    body = entry.body
    rows = [
        ("Received from", str(body["supplier"])),
        ("Temperature on arrival", str(body["temperature"])),
        ("Condition", str(body["condition"])),
        ("Quarantine on arrival", str(body["quarantined"]) or "none"),
    ]
    if body["gtin"]:
        rows.append(("Product code", str(body["gtin"])))
    if body["serials"]:
        rows.append(("Serial numbers", ", ".join(str(one) for one in body["serials"])))
    return tuple(rows)


def _count(desk: Desk, move: Movement) -> tuple[tuple[tuple[str, str], ...], tuple[Entry, ...]]:
    """What the books held when it was counted, and how a difference was settled."""
    entry = move.entry
    line = next((one for one in stock_books(desk).lines if one.entry == entry.id), None)
    if line is None:
        return (), ()
    apart = line.vials - line.lot_balance
    rows = [
        ("The books held", vials_words(line.lot_balance)),
        ("Difference", _more_or_fewer(apart) if apart else "none"),
    ]
    settled = settlement_of(desk, entry.id)
    if settled is None:
        if apart:
            rows.append(("Settled", "no settlement of this count is recorded"))
        return tuple(rows), ()
    taken = movement_of(desk, settled)
    words = _more_or_fewer(int(settled.body["vials"]))
    state = ", later taken back as entered in error" if taken.in_error else ""
    rows += [("Settled", f"{words}, {day_words(str(settled.body['on']))}{state}")]
    rows += [("Explained by", settled.reason)]
    return tuple(rows), (settled,)


def _more_or_fewer(vials: int) -> str:
    return f"{vials_words(abs(vials))} {'more' if vials > 0 else 'fewer'} than the books held"


def _patient(desk: Desk, entry: Entry) -> tuple[tuple[str, str], ...]:
    who = next((one for one in subjects(desk) if one.id == entry.subject), None)
    initials, code = ("", "") if who is None else (who.initials, who.trial_code)
    return (
        ("Patient's initials", initials),
        ("Trial number", code),
        ("Kept", "apart, never part of the stock again"),
    )


def _arrival(desk: Desk, sent: Entry) -> Movement | None:
    """The arrival of a transfer that stands."""
    found = [movement_of(desk, one) for one in arrivals_of(desk, sent.id)]
    return next((one for one in found if not one.in_error), None)


def _transfer(desk: Desk, move: Movement) -> Details:
    """The other end of a transfer: where it arrived, or where it came from."""
    body = move.entry.body
    if move.what == SENT:
        arrival, to = _arrival(desk, move.entry), ("Sent to", str(body["to"]))
        if arrival is None:
            return (to, ("Arrived", "no arrival is recorded")), (), ()
        end = movement_of(desk, arrival.entry, len(move.footnotes))
        return (to, ("Arrived", _end(end))), end.footnotes, (arrival.entry,)
    sent = desk.journal.entry(str(body["transfer"]))
    if sent is None:
        return (("Sent from", ""),), (), ()
    end = movement_of(desk, sent, len(move.footnotes))
    rows = (
        ("Sent from", str(sent.body["place"])),
        ("Sent", _end(end)),
        ("Approval number", str(sent.body["reference"])),
    )
    return rows, end.footnotes, (sent,)


def unlike_sent(desk: Desk, move: Movement) -> tuple[str, ...]:
    """That other vials arrived than were sent; nothing where they agree or one end does not stand."""
    if move.what == SENT:
        sent, arrived = move, _arrival(desk, move.entry)
    elif move.what == ARRIVED:
        entry = desk.journal.entry(str(move.entry.body["transfer"]))
        sent, arrived = move if entry is None else movement_of(desk, entry), move
    else:
        return ()
    if arrived is None or sent is arrived or sent.in_error or arrived.in_error:
        return ()
    here, there = (
        (int(one.values["vials"]), lot_key(one.values["lot"])) for one in (sent, arrived)
    )
    if here == there:
        return ()
    told = [
        f"{vials_words(int(one.values['vials']))} of lot {one.values['lot']}"
        for one in (sent, arrived)
    ]
    return (f"\u25b2 {told[0]} were sent, {told[1]} arrived.",)


def _end(end: Movement) -> str:
    """How many vials, of which lot, on which day, at the other end of a transfer."""
    vials = end.shown("vials", vials_words(int(end.values["vials"])))
    lot = end.shown("lot", f"lot {end.values['lot']}")
    return f"{vials} of {lot}, {day_words(str(end.entry.body['on']))}"
