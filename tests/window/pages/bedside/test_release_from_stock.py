"""Step 4 where stock is kept: what to take, what is scanned, and what is asked for another lot."""

from __future__ import annotations

from datetime import date

import pytest

from il2desk.desk import new_token, sign
from il2desk.desk.stock import (
    ARRIVED,
    MOVE_STOCK,
    QUARANTINED,
    RECEIVE_STOCK,
    SENT,
    MoveForm,
    ReceiptForm,
    move_stock,
    open_transfers,
    receive_stock,
    stock_books,
    stock_records,
)
from il2desk.dosing import Refusal

GTIN = "00361703220264"
READING = "A. Ruiz{Enter}2222{Tab}70{Enter}0.28{Enter}34C7{Enter}NPC-001{Enter}"


@pytest.fixture
def store(office):
    """Receive a lot into the stock."""

    def receive(lot: str = "AB1234C7", vials: int = 5, expiry: str = "2026-06-30", **more) -> None:
        desk = office.desk
        day = desk.now().date()
        form = ReceiptForm(
            stock_records(desk)[0], lot, date.fromisoformat(expiry), vials, day, "Depot",
            f"SHIP-{lot}", "in range", "intact", **more,
        )  # fmt: skip
        made = receive_stock(desk, form, sign(desk, "1111", RECEIVE_STOCK), new_token())
        assert not isinstance(made, Refusal), made

    return receive


@pytest.fixture
def move(office):
    """Move a lot of the stock."""

    def moved(what: str, lot: str = "AB1234C7", vials: int = 1, **more) -> None:
        desk = office.desk
        usual = {"place": "control", "on": desk.now().date(), "reason": "told", "reference": "L-1"}
        form = MoveForm(what, stock_records(desk)[0], lot, vials=vials, **{**usual, **more})
        made = move_stock(desk, form, sign(desk, "1111", MOVE_STOCK), new_token())
        assert not isinstance(made, Refusal), made

    return moved


@pytest.fixture
def ready(bedside):
    """Premedication and check are recorded; step 4 is opened by the test."""
    bedside.premedicate()
    bedside.check()
    return bedside


def read_blind(office, typing) -> None:
    panel = office.window.panel()
    typing(READING)
    panel.diluent.choose("glucose 5 %")
    panel.total.focus_entry()
    typing("10{Ctrl+Enter}")


def test_without_stock_the_page_says_so_in_one_sentence(ready):
    step = ready.open(4)
    assert step.shelf.text() == (
        "Stock of this product is not kept in this journal: lot and expiry are typed."
    )
    assert step.entries.place.isHidden()
    assert step.entries.lot_reason.isHidden()


def test_what_expires_first_is_named_and_never_filled_in(ready, store):
    store("CD9999EF", expiry="2027-01-31")
    store()
    step = ready.open(4)
    assert step.shelf.text() == (
        "First expiry first, at control: 1 vial of lot AB1234C7, expiry 30-Jun-2026"
    )
    assert step.entries.lots.rows()[0].typed() == ""


def test_a_scanned_vial_is_released_and_leaves_the_stock(ready, store, office, typing):
    store(gtin=GTIN)
    ready.open(4)
    typing(f"]d201{GTIN}1726063010AB1234C7|21S1{{Enter}}")
    row = office.page().step().entries.lots.rows()[0]
    assert (row.lot.text(), row.expiry.text(), row.vials.text()) == ("AB1234C7", "30-Jun-2026", "1")
    assert row.vials.hasFocus()
    office.page().step().entries.reconstituted.time.focus_entry()
    typing("1340{Ctrl+Enter}1111{Ctrl+Enter}")
    read_blind(office, typing)
    (lot,) = ready.dose().release.lots
    assert (lot.serials, lot.gtin) == (("S1",), GTIN)
    line = stock_books(office.desk).lines[-1]
    assert (line.what, line.change, line.balance) == ("dispensed", -1, 4)


def test_each_scan_is_one_vial_of_its_lot(ready, store, typing):
    store()
    step = ready.open(4)
    rows = step.entries.lots
    rows.needed = 3
    typing(f"]d201{GTIN}1726063010AB1234C7|21S1{{Enter}}")
    assert rows.rows()[1].lot.hasFocus()
    typing(f"]d201{GTIN}1726063010AB1234C7|21S1{{Enter}}")
    assert rows.rows()[1].error_text() == "The vial S1 was scanned already."
    typing(f"]d201{GTIN}1726063010AB1234C7|21S2{{Enter}}")
    assert (rows.rows()[0].vials.text(), rows.rows()[1].typed()) == ("2", "")
    typing(f"]d201{GTIN}1727013110CD9999EF|21S3{{Enter}}")
    assert [(lot.lot, lot.vials, lot.serials) for lot in rows.lots()] == [
        ("AB1234C7", 2, ("S1", "S2")), ("CD9999EF", 1, ("S3",)),
    ]  # fmt: skip
    rows.rows()[1].lot.setText("CD9999EG")
    assert rows.lots()[1].serials == ()


def test_a_code_that_cannot_be_read_stays_in_the_field_with_its_sentence(ready, store, typing):
    store()
    step = ready.open(4)
    wrong = "]d20100361703220262" + "1726063010AB1234C7"
    typing(f"{wrong}{{Enter}}")
    row = step.entries.lots.rows()[0]
    assert f"Scanned: {wrong}" in row.error_text()
    assert "check digit" in row.error_text()
    assert (row.lot.text(), row.expiry.text()) == (wrong, "")
    # Nor does it become a lot number by what is typed beside it.
    row.expiry.setText("30-Jun-2026")
    row.vials.setText("1")
    step.entries.reconstituted.time.focus_entry()
    typing("1340{Ctrl+Enter}")
    assert step.entries.lots.lots() == ()
    assert "check digit" in row.error_text()


def test_another_lot_asks_for_a_reason_that_both_people_read(ready, store, office, typing, review):
    store("CD9934C7", expiry="2027-01-31")
    store()
    step = ready.open(4)
    typing("CD9934C7{Enter}31-Jan-2027{Enter}1{Enter}")
    assert not step.entries.lot_reason.isHidden()
    assert "Why this lot" in step.action().missing
    step.entries.lot_reason.focus_entry()
    typing("the other carton is at the back")
    step.entries.reconstituted.time.focus_entry()
    typing("1340{Ctrl+Enter}")
    assert "This lot because: the other carton is at the back" in review()
    typing("1111{Ctrl+Enter}")
    read_blind(office, typing)
    (entry,) = office.desk.journal.entries(kind="release-recorded")
    assert entry.body["lot_choice"] == "the other carton is at the back"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("XX0034C7{Enter}30-Jun-2026{Enter}1{Enter}", "Lot XX0034C7 has no receipt"),
        ("AB1234C7{Enter}31-Jul-2026{Enter}1{Enter}", "expires on 30-Jun-2026 by the books"),
        ("AB1234C7{Enter}30-Jun-2026{Enter}6{Enter}", "5 vials of lot AB1234C7 can be taken"),
    ],
)
def test_what_the_books_do_not_give_is_refused(ready, store, office, typing, typed, said):
    store()
    step = ready.open(4)
    before = ready.count
    typing(typed)
    if not step.entries.vials_reason.isHidden():  # six where one is needed
        step.entries.vials_reason.line.setText("five broke")
    step.entries.reconstituted.time.focus_entry()
    typing("1340{Ctrl+Enter}")
    assert any(said in sentence for sentence in step.problems.sentences())
    assert office.window.panel() is None
    assert ready.count == before


def test_without_a_usable_vial_the_page_is_blocked_and_names_the_stock(ready, store, move):
    store()
    move(QUARANTINED)
    step = ready.open(4)
    assert "can be taken for this protocol. F9 Stock." in step.action().blocked
    assert step.shelf.text() == "No vial can be taken at control. F9 shows the stock."


def test_the_place_is_asked_for_only_where_vials_lie_in_two(
    ready, store, move, office, typing, review
):
    store()
    move(SENT, vials=2, to="Ward 7")
    (line,) = open_transfers(stock_books(office.desk))
    move(ARRIVED, vials=2, transfer=line.entry)
    step = ready.open(4)
    assert "Taken from" in step.action().missing
    step.entries.place.choose("Ward 7")
    assert "at Ward 7: 1 vial" in step.shelf.text()
    step.entries.lots.rows()[0].focus_entry()
    typing("AB1234C7{Enter}30-Jun-2026{Enter}1{Enter}")
    step.entries.reconstituted.time.focus_entry()
    typing("1340{Ctrl+Enter}")
    assert "Taken from Ward 7" in review()
    typing("1111{Ctrl+Enter}")
    read_blind(office, typing)
    record = stock_records(office.desk)[0]
    assert stock_books(office.desk).stock(record, "AB1234C7", "Ward 7").balance == 1


def test_a_place_that_is_the_only_one_is_not_asked_for(ready, store, move, office):
    store()
    move(SENT, vials=5, to="Ward 7")
    (line,) = open_transfers(stock_books(office.desk))
    move(ARRIVED, vials=5, transfer=line.entry)
    step = ready.open(4)
    assert step.entries.place.isHidden()
    assert "at Ward 7: 1 vial" in step.shelf.text()
