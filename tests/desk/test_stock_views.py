"""What a monitor reads of the stock with any SQLite tool is what the books say."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest

from il2desk.desk import Lot
from il2desk.desk.stock import RECEIVED, WASTED, lot_key, place_key


def asked(keeper: Any, question: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{keeper.desk.journal.path}?mode=ro", uri=True)) as opened:
        opened.row_factory = sqlite3.Row
        return [dict(row) for row in opened.execute(question).fetchall()]


@pytest.mark.parametrize("seed", [4, 99])
def test_the_balances_of_the_view_are_those_of_the_books(keeper, seed: int):
    keeper.walk(seed, 80)
    shown = {
        (lot_key(row["lot"]), place_key(row["place"])): row["balance"]
        for row in asked(keeper, "SELECT lot, place, balance FROM lots")
    }
    assert shown == {(of.lot, of.place): one.balance for of, one in keeper.books.stocks.items()}
    rows = asked(keeper, "SELECT * FROM stock_movements")
    assert [row["change"] for row in rows] == [line.change for line in keeper.books.lines]
    assert [row["what"] for row in rows] == [line.what for line in keeper.books.lines]
    assert [row["lot"] for row in rows] == [line.lot for line in keeper.books.lines]


def test_a_line_tells_patient_dose_and_who(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.given(1)
    row = asked(keeper, "SELECT * FROM stock_movements WHERE what = 'dispensed'")[0]
    assert (row["trial_code"], row["cycle_number"], row["dose_number"]) == ("NPC-017", 1, 1)
    assert (row["lot"], row["vials"], row["change"]) == ("PR1234AB", 1, -1)
    assert row["signed_by"] == "K. Brandt, A. Ruiz"


def test_a_corrected_and_then_withdrawn_record_leaves_the_right_balance(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    ward.made(keeper.receive("EM7777EM"))
    ward.at(minutes=5)
    more = {"volume_ml": Decimal("0.28"), "decided_by": "M. Sato", "reason": "in an emergency"}
    given = ward.made(ward.record(lots=(Lot("PR1234AB", "2026-12-31", 1),), **more))
    ward.made(keeper.correct(given.id, lot="EM7777EM"))
    assert keeper.stock("EM7777EM").balance == 9
    ward.made(ward.amend(in_error=True, reason="wrong patient"))
    balances = {row["lot"]: row["balance"] for row in asked(keeper, "SELECT * FROM lots")}
    assert balances == {"PR1234AB": 10, "EM7777EM": 10}
    assert {one.lot: one.balance for one in keeper.books.stocks.values()} == balances


def test_corrections_stand_beside_what_they_correct(keeper):
    received = keeper.ward.made(keeper.receive())
    wasted = keeper.ward.made(keeper.move(WASTED, vials=2))
    keeper.ward.made(keeper.correct(received.id, vials=12))
    keeper.ward.made(keeper.correct(wasted.id, in_error=True))
    rows = asked(keeper, "SELECT what, change, corrects, reason FROM stock_movements")
    assert [(row["what"], row["change"]) for row in rows] == [
        (RECEIVED, 10), (WASTED, -2), (RECEIVED, 2), (WASTED, 2),
    ]  # fmt: skip
    assert [row["corrects"] for row in rows[2:]] == [received.id, wasted.id]
    (lot,) = asked(keeper, "SELECT * FROM lots")
    assert (lot["received"], lot["wasted"], lot["balance"]) == (12, 0, 12)


def test_a_corrected_lot_stands_in_the_table_of_how_things_stand(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.receive("PR5678CD"))
    keeper.ward.given(1)
    release = keeper.ward.dose().release.entry
    keeper.ward.made(keeper.correct(release, lot="PR5678CD"))
    (row,) = asked(keeper, "SELECT released_lots, given_lots FROM dose_now WHERE dose_number = 1")
    assert row == {"released_lots": "PR5678CD", "given_lots": "PR5678CD"}
    assert keeper.desk.journal.check().ok
