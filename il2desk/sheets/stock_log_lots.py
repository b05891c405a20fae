"""How an accountability record stands at its end: for each lot what moved it, and its balance."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.entries import Cell, cell, lot_words, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block
from il2desk.sheets.wrapping import NO_BREAK
from il2desk.words import say


@dataclass(frozen=True, slots=True)
class LotLine:
    """How one lot stands at the end; `state` in words.

    `moved` is "in 6", "out 2" or "0" for each column of lot_moves(): together they are the balance.
    `balance` and `returned` are numbers of vials.
    """

    lot: str
    expiry: str
    moved: tuple[str, ...]
    balance: str
    returned: str
    state: str


def lot_moves() -> tuple[str, ...]:
    """What a lot moved by, as the columns at the end of the record name it; they add up."""
    return (
        say("Received"),
        say("Arrived"),
        say("Sent, given away"),
        say("Dispensed"),
        say("Wasted"),
        say("To sponsor"),
        say("Destroyed"),
        say("Count difference"),
        say("Corrected"),
    )


def lots_table(lots: tuple[LotLine, ...], whole: LotLine) -> Block:
    """Return a row for each lot and one for `whole`, the record; every row adds up to its balance."""
    titles = (
        (say("Lot, expiry, state"), 66.0),
        *((name, 18.0) for name in lot_moves()),
        (say("Balance, vials"), 18.0),
        (say("Returned by patients, kept apart"), 26.0),
    )
    rows = [_row(lot, lot_words(lot.lot), lot.expiry or say("Not recorded")) for lot in lots]
    return table(titles, (*rows, _row(whole, whole.lot, "")), grid=True)


def _row(lot: LotLine, name: str, expiry: str) -> tuple[Cell, ...]:
    field = say("lot {lot}", lot=lot.lot)
    named = (*cell(name, field, Role.STRONG), *cell(expiry, field))
    return (
        (*named, *cell(lot.state, field)),
        *(cell(one.replace(" ", NO_BREAK), field) for one in lot.moved),
        cell(lot.balance, field, Role.STRONG),
        cell(lot.returned, field),
    )
