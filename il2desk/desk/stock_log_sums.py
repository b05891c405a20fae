"""Sums of an accountability log: what moved each lot, and what a page brings forward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    DIFFERENCE,
    DISPENSED,
    OUTSIDE,
    RECEIVED,
    SENT,
    TO_SPONSOR,
    WASTED,
)
from il2desk.desk.stock_lines import LotPlace, LotStock, StockLine
from il2desk.desk.stock_log_words import moved_words
from il2desk.desk.stock_sheet_scope import day_words
from il2desk.dosing import joined, tell
from il2desk.sheets import LotLine

_CORRECTED = "corrected"
_COLUMNS = (
    (RECEIVED,), (ARRIVED,), (SENT, OUTSIDE), (DISPENSED,), (WASTED,), (TO_SPONSOR,), (DESTROYED,),
    (DIFFERENCE,), (_CORRECTED,),
)  # fmt: skip
"""The words of the lines that each column of the end of the record adds up, in its order."""


def lot_lines(
    lines: Iterable[StockLine], lots: Iterable[LotStock], voided: Collection[str] = ()
) -> tuple[tuple[LotLine, ...], LotLine]:
    """How each lot stands and how the whole record does: what moved them adds up to the balance.

    `voided` are the entries that were taken back as entered in error.
    """
    moved: dict[LotPlace, Counter[str]] = {}
    came: dict[LotPlace, list[StockLine]] = {}
    for line in lines:
        if line.what in (RECEIVED, ARRIVED):
            came.setdefault(line.of, []).append(line)
        word = _CORRECTED if line.corrects else line.what
        moved.setdefault(line.of, Counter())[word] += line.change
    stocks = tuple(lots)
    rows = tuple(
        LotLine(
            lot.lot, day_words(lot.expiry), _columns(moved.get(lot.of, Counter())),
            str(lot.balance), str(lot.returned),
            _state(lot, came.get(lot.of, ()), voided),
        )
        for lot in stocks
    )  # fmt: skip
    whole: Counter[str] = Counter()
    for one in moved.values():
        whole.update(one)
    balance, returned = (
        sum(lot.balance for lot in stocks), sum(lot.returned for lot in stocks),
    )  # fmt: skip
    return rows, LotLine(tell("Whole record"), "", _columns(whole), str(balance), str(returned), "")


def _columns(moved: Counter[str]) -> tuple[str, ...]:
    return tuple(moved_words(sum(moved[word] for word in words)) for words in _COLUMNS)


def _state(lot: LotStock, came: Iterable[StockLine], voided: Collection[str]) -> str:
    said = [tell("QUARANTINED: {why}", why=lot.quarantined)] if lot.quarantined else []
    if not lot.received:
        said += _not_received(came, voided)
    if lot.balance < 0:
        said.append(tell("the books hold fewer vials than none: count the lot"))
    return joined("; ", said)


def _not_received(came: Iterable[StockLine], voided: Collection[str]) -> list[str]:
    """Why no receipt of a lot stands: none was recorded, or what became of those that were."""
    said = {
        (
            tell("its receipt was taken back")
            if line.what == RECEIVED
            else tell("its arrival was taken back")
        )
        if (line.corrects or line.entry) in voided
        else tell("its receipt was corrected to another lot")
        for line in came
    }
    return sorted(said) or [tell("no receipt of this lot is recorded here")]


def forwards(lines: Iterable[StockLine]) -> tuple[str, ...]:
    """What a page that opens with each line brings forward from the line before it, in vials."""
    told, into, out = [""], 0, 0
    for line in lines:
        into, out = into + max(line.change, 0), out - min(line.change, 0)
        told.append(
            tell(
                "Brought forward from line {line}: in {into}, out {out}, balance {balance}",
                line=line.number, into=into, out=out, balance=line.balance,
            )
        )  # fmt: skip
    return tuple(told[:-1])
