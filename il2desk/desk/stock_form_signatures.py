"""Who signed a movement and its corrections, what each of them signed, and who signs with a pen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from il2desk.desk.clock import moment_of
from il2desk.desk.code_words import shown
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
from il2desk.dosing import joined, tell, told, write_moment
from il2desk.sheets import SignatureRow

_WITH_A_PEN = {
    RECEIVED: (
        tell("I checked these vials against the paper of the shipment"),
        tell("second person"),
    ),
    COUNTED: (
        tell("I counted these vials myself and found the number written here"),
        tell("witness"),
    ),
    PATIENT_RETURN: (tell("I saw these vials returned and put apart"), tell("second person")),
    TO_SPONSOR: (tell("I took these vials over for the sponsor"), tell("sponsor or carrier")),
    SENT: (tell("I received these vials as written here"), tell("receiving place")),
    ARRIVED: (tell("I checked these vials on arrival"), tell("second person")),
    OUTSIDE: (tell("I received these vials for the other site"), tell("other site")),
    WASTED: (tell("I saw that these vials can be used no more"), tell("second person")),
    QUARANTINED: (tell("I saw these vials put apart and marked"), tell("second person")),
    EXCURSION: (tell("I saw these vials put apart and marked"), tell("second person")),
    LIFTED: (tell("I read the decision, and it is that of this lot"), tell("second person")),
}

_COUNTED_AGAIN = tell("I counted these vials myself and wrote the number that I found above")


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
            named = tell("(correction {letters})", letters=letters)
            rows += [_row(desk, signed, named) for signed in correction.body["signatures"]]
    return tuple(rows)


def _row(desk: Desk, signed: Mapping[str, Any], more: str) -> SignatureRow:
    note = f"({signed['note']})" if signed.get("note") else ""
    meaning = joined(" ", filter(None, (told(signed["meaning"]), note, more)))
    when = write_moment(desk.local(moment_of(signed["at"])))
    return SignatureRow(meaning, shown(signed["role"]), signed["name"], when)


def _before(move: Movement) -> str:
    """On which values an entry was signed, where a correction came after it."""
    if not move.corrections:
        return ""
    letters = " ".join(letters for _, letters in move.corrections)
    if move.in_error:
        return tell("(\u25b2 taken back by correction {letters})", letters=letters)
    body = move.entry.body
    first = {
        "vials": vials_words(int(body["vials"])),
        "lot": tell("lot {lot}", lot=body["lot"]),
        "expiry": tell("expiry {day}", day=day_words(str(body["expiry"]))),
    }
    signed_on = [words for field, words in first.items() if move.values[field] != str(body[field])]
    if not signed_on:
        return tell("(signed before correction {letters})", letters=letters)
    return tell(
        "(signed on {values}, before correction {letters})",
        values=joined(", ", signed_on), letters=letters,
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
    return (SignatureRow(told(meaning), told(role)),)
