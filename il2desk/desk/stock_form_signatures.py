"""Who signed a movement and its corrections, what each of them signed, and who signs with a pen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from il2desk.desk.clock import moment_of
from il2desk.desk.count_stock import difference_of
from il2desk.desk.desk import Desk
from il2desk.desk.stock_effects import (
    ARRIVED,
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
from il2desk.desk.stock_form_details import arrival_of
from il2desk.desk.stock_form_entries import COUNTED, Movement, settlement_of
from il2desk.desk.stock_lines import vials_words
from il2desk.desk.stock_sheet_scope import day_words
from il2desk.dosing import write_moment
from il2desk.sheets import SignatureRow
from il2desk.words import say

_WITH_A_PEN = {
    RECEIVED: ("I checked these vials against the paper of the shipment", "second person"),
    COUNTED: ("I counted these vials myself and found the number written here", "witness"),
    PATIENT_RETURN: ("I saw these vials returned and put apart", "second person"),
    TO_SPONSOR: ("I took these vials over for the sponsor", "sponsor or carrier"),
    SENT: ("I received these vials as written here", "receiving place"),
    ARRIVED: ("I checked these vials on arrival", "second person"),
    OUTSIDE: ("I received these vials for the other site", "other site"),
    WASTED: ("I saw that these vials can be used no more", "second person"),
    QUARANTINED: ("I saw these vials put apart and marked", "second person"),
    EXCURSION: ("I saw these vials put apart and marked", "second person"),
    LIFTED: ("I read the decision, and it is that of this lot", "second person"),
}

_COUNTED_AGAIN = "I counted these vials myself and wrote the number that I found above"


def signed_rows(
    desk: Desk, move: Movement, others: tuple[Movement, ...]
) -> tuple[SignatureRow, ...]:
    """Who signed in the journal: this entry first, then what belongs to it, each with its corrections.

    A signature that was given on other values than now stand on the form says on which.
    """
    rows: list[SignatureRow] = []
    for one in (move, *others):
        rows += [_row(desk, signed, _before(one)) for signed in one.entry.body["signatures"]]
        for correction, letters in one.corrections:
            named = say("(correction {letters})", letters=letters)
            rows += [_row(desk, signed, named) for signed in correction.body["signatures"]]
    return tuple(rows)


def _row(desk: Desk, signed: Mapping[str, Any], more: str) -> SignatureRow:
    note = f"({signed['note']})" if signed.get("note") else ""
    meaning = " ".join(filter(None, (signed["meaning"], note, more)))
    when = write_moment(desk.local(moment_of(signed["at"])))
    return SignatureRow(meaning, signed["role"], signed["name"], when)


def _before(move: Movement) -> str:
    """On which values an entry was signed, where a correction came after it."""
    if not move.corrections:
        return ""
    letters = " ".join(letters for _, letters in move.corrections)
    if move.in_error:
        return say("(\u25b2 taken back by correction {letters})", letters=letters)
    body = move.entry.body
    told = {
        "vials": vials_words(int(body["vials"])),
        "lot": say("lot {lot}", lot=body["lot"]),
        "expiry": say("expiry {day}", day=day_words(str(body["expiry"]))),
    }
    signed_on = [words for field, words in told.items() if move.values[field] != str(body[field])]
    if not signed_on:
        return say("(signed before correction {letters})", letters=letters)
    return say(
        "(signed on {values}, before correction {letters})",
        values=", ".join(signed_on), letters=letters,
    )  # fmt: skip


def blank_rows(desk: Desk, move: Movement) -> tuple[SignatureRow, ...]:
    """The row for a pen, where the other side or a witness did not sign in the journal."""
    settled = move.what == COUNTED and settlement_of(desk, move.entry.id) is not None
    arrived = move.what == SENT and arrival_of(desk, move.entry) is not None
    if move.in_error or settled or arrived or move.what not in _WITH_A_PEN:
        return ()
    meaning, role = _WITH_A_PEN[move.what]
    if difference_of(desk, move.entry.id) is not None:
        meaning = _COUNTED_AGAIN
    return (SignatureRow(say(meaning), say(role)),)
