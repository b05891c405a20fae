"""The run-out of the stock: which day it ends, drawn, and every lot and dose that says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from il2desk.desk import WeightForm, new_token, record_weight, signature_of
from il2desk.desk.stock import RECEIVE_STOCK, ReceiptForm, receive_stock, stock_records
from il2desk.dosing import Refusal
from il2desk.window.pages.board import BoardPage
from il2desk.window.pages.stock import StockPage
from il2desk.window.table_model import as_cell


def receive(desk, lot: str, vials: int, expiry: date) -> None:
    form = ReceiptForm(
        record=stock_records(desk)[0], lot=lot, expiry=expiry, vials=vials,
        received_on=desk.now().date(), supplier="Sponsor depot", reference=f"SHIP-{lot}",
        temperature="in range", condition="intact",
    )  # fmt: skip
    signed = signature_of(desk, desk.person, RECEIVE_STOCK)
    assert not isinstance(receive_stock(desk, form, signed, new_token()), Refusal)


@pytest.fixture
def page(office, site_copy_desk, planned) -> StockPage:
    """Four vials for a cycle of fifteen doses."""
    desk = site_copy_desk
    form = WeightForm(Decimal(70), desk.clock.now(), "bed scale", "dosing")
    record_weight(desk, planned, form, new_token())
    receive(desk, "LOT-1111", 4, date(2027, 6, 30))
    office.open("stock")
    return office.page()


def texts(page) -> list[list[str]]:
    return [[as_cell(cell).text for cell in row.cells] for row in page.run_out.table.rows()]


def test_alt_4_draws_the_run_out_and_says_the_day(page, typing, qtbot):
    page.lots.view.setFocus()
    typing("{Alt+4}")
    shown = page.run_out
    assert shown.isVisible()
    assert not page.lots.isVisible()
    assert shown.verdicts.sentences()[0].startswith("Runs out on Fri\u00a013-Mar-2026")
    qtbot.waitUntil(lambda: not shown.picture.shown.pixmap().isNull(), timeout=20000)
    said = shown.picture.shown.accessibleDescription().replace("\u00a0", " ")
    assert "4 vials can be taken now, 15 planned doses" in said


def test_lots_and_doses_stand_below_and_enter_opens_the_board(page, office, typing):
    page.show_view("stock-run-out")
    rows = texts(page)
    assert rows[0][:3] == ["expires 30-Jun-2027", "Lot LOT-1111 at control", "4 vials"]
    assert rows[1][2:5] == ["1 vial", "3 vials", "enough"]
    assert rows[5][3:5] == ["1 vial missing", "too few vials"]
    page.run_out.table.select(page.run_out.table.rows()[1].id)
    page.run_out.table.view.setFocus()
    typing("{Enter}")
    assert isinstance(office.page(), BoardPage)


def test_enter_on_a_lot_shows_the_lots(page, typing):
    page.show_view("stock-run-out")
    page.run_out.table.select(page.run_out.table.rows()[0].id)
    page.run_out.table.view.setFocus()
    typing("{Enter}")
    assert page.lots.isVisible()
    assert not page.run_out.isVisible()


def test_a_page_that_is_left_draws_for_nobody(page, office):
    page.show_view("stock-run-out")
    assert page.run_out.picture.at_work
    office.open("today")
    assert not page.run_out.picture.at_work


def test_without_stock_the_view_says_which_key_fills_it(office, site_copy_desk):
    office.open("stock")
    page = office.page()
    page.show_view("stock-run-out")
    assert page.run_out.table.footer() == "No stock is kept here. R receives the first shipment."
    assert page.run_out.picture.shown.pixmap().isNull()
