"""What the form of one movement says of it, label by label."""

from __future__ import annotations

from il2desk.desk.chart import subjects
from il2desk.desk.code_words import shown
from il2desk.desk.count_stock import difference_of
from il2desk.desk.desk import Desk
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
from il2desk.dosing import tell, told, write_moment
from il2desk.records import Entry
from il2desk.sheets import Footnote

Details = tuple[tuple[tuple[str, str], ...], tuple[Footnote, ...], tuple[Movement, ...]]
"""Labels with values; footnotes of what belongs to it; whose signatures stand on the form too."""
_REFERENCE = {
    RECEIVED: tell("Shipment"), TO_SPONSOR: tell("Return number or authorised by"),
    DESTROYED: tell("Authorised by"), SENT: tell("Approval number"), OUTSIDE: tell("Approval number"),
    LIFTED: tell("Decided by"),
}  # fmt: skip
_DAY = {
    RECEIVED: tell("Received on"),
    COUNTED: tell("Counted on"),
    PATIENT_RETURN: tell("Returned on"),
    TO_SPONSOR: tell("Returned on"),
    DESTROYED: tell("Destroyed on"),
    SENT: tell("Sent on"),
    ARRIVED: tell("Arrived on"),
    OUTSIDE: tell("Given on"),
    WASTED: tell("Wasted on"),
    QUARANTINED: tell("Quarantined on"),
    LIFTED: tell("Lifted on"),
    EXCURSION: tell("Happened on"),
}
_WHOLE_LOT = (QUARANTINED, LIFTED, EXCURSION)


def details_of(desk: Desk, move: Movement) -> Details:
    """Everything that is recorded of a movement."""
    entry, body = move.entry, move.entry.body
    rows = [
        (told(_DAY[move.what]), day_words(str(body["on"]))),
        (tell("Recorded"), write_moment(desk.local(entry.at))),
    ]
    more: tuple[tuple[str, str], ...] = ()
    notes: tuple[Footnote, ...] = ()
    others: tuple[Movement, ...] = ()
    if move.what == RECEIVED:
        more = _receipt(entry)
    elif move.what == COUNTED:
        more, notes, others = _count(desk, move)
    elif move.what == PATIENT_RETURN:
        more = _patient(desk, entry)
    elif move.what in (SENT, ARRIVED):
        more, notes, others = _transfer(desk, move)
    elif move.what == OUTSIDE:
        more = ((tell("Given to"), str(body["to"])),)
    elif move.what in _WHOLE_LOT:
        more = ((tell("Concerns"), tell("every vial of the lot at this place")),)
    if move.what in _REFERENCE:
        rows.append((told(_REFERENCE[move.what]), str(body["reference"])))
    if move.what in (TO_SPONSOR, DESTROYED):
        kept = tell("vials that patients returned") if body["from_returns"] else tell("the stock")
        rows.append((tell("Taken from"), kept))
    rows.extend(more)
    if entry.reason:
        rows.append((tell("Reason"), entry.reason))
    return tuple(rows), notes, others


def _receipt(entry: Entry) -> tuple[tuple[str, str], ...]:
    body = entry.body
    rows = [
        (tell("Received from"), str(body["supplier"])),
        (tell("Temperature on arrival"), shown(str(body["temperature"]))),
        (tell("Condition"), shown(str(body["condition"]))),
        (tell("Quarantine on arrival"), str(body["quarantined"]) or tell("none")),
    ]
    if body["gtin"]:
        rows.append((tell("Product code"), str(body["gtin"])))
    if body["serials"]:
        rows.append((tell("Serial numbers"), ", ".join(str(one) for one in body["serials"])))
    return tuple(rows)


def _count(desk: Desk, move: Movement) -> Details:
    """What the books held when it was counted, and how a difference was settled.

    Of a count that differs the books' figure is kept back until two people have signed what it
    differs by: whoever counts a second time is not to see what is expected.
    """
    entry = move.entry
    line = next((one for one in stock_books(desk).lines if one.entry == entry.id), None)
    if line is None:
        return (), (), ()
    apart = line.vials - line.lot_balance
    held = (tell("The books held"), vials_words(line.lot_balance))
    settled = settlement_of(desk, entry.id)
    if settled is None and not apart:
        return (held, (tell("Difference"), tell("none"))), (), ()
    if settled is None:
        hidden = tell("not printed before a second person has signed the count")
        open_ = difference_of(desk, entry.id) is not None
        state = (
            tell("no settlement of this count is recorded")
            if open_
            else tell("not open any more: the lot was counted again, or an earlier line corrected")
        )
        return ((tell("The books held"), hidden), (tell("Settled"), state)), (), ()
    taken = movement_of(desk, settled, len(move.footnotes), tell("the settlement"))
    words = _more_or_fewer(int(settled.body["vials"]))
    state = tell(", later taken back as entered in error") if taken.in_error else ""
    rows = (
        held,
        (tell("Difference"), _more_or_fewer(apart) if apart else tell("none")),
        (
            tell("Settled"),
            tell(
                "{words}, {day}{later}",
                words=words,
                day=day_words(str(settled.body["on"])),
                later=state,
            ),
        ),
        (tell("Explained by"), settled.reason),
    )
    return rows, taken.footnotes, (taken,)


def _more_or_fewer(vials: int) -> str:
    told = vials_words(abs(vials))
    if vials > 0:
        return tell("{vials} more than the books held", vials=told)
    return tell("{vials} fewer than the books held", vials=told)


def _patient(desk: Desk, entry: Entry) -> tuple[tuple[str, str], ...]:
    who = next((one for one in subjects(desk) if one.id == entry.subject), None)
    initials, code = ("", "") if who is None else (who.initials, who.trial_code)
    return (
        (tell("Patient's initials"), initials),
        (tell("Trial number"), code),
        (tell("Kept"), tell("apart, never part of the stock again")),
    )


def arrival_of(desk: Desk, sent: Entry) -> Movement | None:
    """The arrival of a transfer that stands."""
    found = [movement_of(desk, one) for one in arrivals_of(desk, sent.id)]
    return next((one for one in found if not one.in_error), None)


def _transfer(desk: Desk, move: Movement) -> Details:
    """The other end of a transfer: where it arrived, or where it came from."""
    body = move.entry.body
    if move.what == SENT:
        arrival, to = arrival_of(desk, move.entry), (tell("Sent to"), str(body["to"]))
        if arrival is None:
            return (to, (tell("Arrived"), tell("no arrival is recorded"))), (), ()
        end = movement_of(desk, arrival.entry, len(move.footnotes))
        return (to, (tell("Arrived"), _end(end))), end.footnotes, (end,)
    sent = desk.journal.entry(str(body["transfer"]))
    if sent is None:
        return ((tell("Sent from"), ""),), (), ()
    end = movement_of(desk, sent, len(move.footnotes))
    rows = (
        (tell("Sent from"), shown(str(sent.body["place"]))),
        (tell("Sent"), _end(end)),
        (tell("Approval number"), str(sent.body["reference"])),
    )
    return rows, end.footnotes, (end,)


def unlike_sent(desk: Desk, move: Movement) -> tuple[str, ...]:
    """That other vials arrived than were sent; nothing where they agree or one end does not stand."""
    if move.what == SENT:
        sent, arrived = move, arrival_of(desk, move.entry)
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
        tell(
            "{vials} of lot {lot}",
            vials=vials_words(int(one.values["vials"])),
            lot=one.values["lot"],
        )
        for one in (sent, arrived)
    ]
    return (tell("\u25b2 {sent} were sent, {arrived} arrived.", sent=told[0], arrived=told[1]),)


def _end(end: Movement) -> str:
    """How many vials, of which lot, on which day, at the other end of a transfer."""
    vials = end.shown("vials", vials_words(int(end.values["vials"])))
    lot = end.shown("lot", tell("lot {lot}", lot=end.values["lot"]))
    return tell(
        "{vials} of {lot}, {day}", vials=vials, lot=lot, day=day_words(str(end.entry.body["on"]))
    )
