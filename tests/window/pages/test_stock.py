"""The page of the stock: lots, movements and the audit check, filled and signed by keyboard."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from il2desk.desk import (
    RELEASE_FIRST,
    RELEASE_SECOND,
    activate,
    bring_in,
    new_token,
    sign,
    sign_in,
    sign_second,
    stock,
    submit_for_review,
)
from il2desk.desk.place import TwoSignatures
from il2desk.dosing import Refusal
from il2desk.window.pages.stock import StockPage
from il2desk.window.table_model import as_cell

GTIN = "00361703220264"
RECEIPT = "LOT-1111{Tab}30-Jun-2027{Tab}10{Tab}T{Tab}Sponsor depot{Tab}SHIP-1{Tab}1{Tab}1"


@pytest.fixture
def page(office) -> StockPage:
    """The page of the stock with nothing in it."""
    office.open("stock")
    return office.page()


def texts(table) -> list[list[str]]:
    return [[as_cell(cell).text for cell in row.cells] for row in table.rows()]


def books(office):
    return stock.stock_books(office.desk)


def received(office, page, typing, receipt: str = RECEIPT) -> None:
    page.begin("receive")
    page.editing.lot.focus_entry()
    typing(f"{receipt}{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    assert page.editing is None, page.editing.problems.sentences()


def test_an_empty_page_says_which_key_fills_it(page, office):
    assert page.lots.footer() == "No lots received. R receives the first shipment."
    assert page.header().counts == "0 lots"
    assert not page.acts["waste"].isVisible()
    assert page.acts["receive"].isVisible()
    assert office.page() is page


def test_f9_opens_it_and_its_help(office, typing):
    office.open("today")
    typing("{F9}")
    assert isinstance(office.page(), StockPage)
    typing("{F1}")
    assert office.page().title.startswith("Help")


def test_a_shipment_is_received_by_keyboard(page, office, typing):
    typing("{R}")
    assert page.editing.scan.line.hasFocus()
    typing("{Tab}")
    typing(f"{RECEIPT}")
    assert page.action().missing == ()
    before = office.desk.journal.count()
    typing("{Ctrl+Enter}")
    assert office.desk.journal.count() == before
    typing("1111{Ctrl+Enter}")
    assert office.desk.journal.count() == before + 1
    assert office.window.status.message() == "Lot LOT-1111 is received."
    ((lot, protocol, expiry, place, came, *_, balance, note),) = texts(page.lots)
    assert (lot, expiry, place, came, balance) == ("LOT-1111", "30-Jun-2027", "control", "10", "10")
    assert (protocol, note) == ("npc-bolus-site", "")
    assert "single-dose vial. Balance in vials: control 10" in page.kept_of.text()


def test_nothing_is_filled_in_and_what_is_missing_is_named(page):
    page.begin("receive")
    assert page.action().missing == (
        "Lot", "Expiry", "Vials received", "Received on", "Sent by", "Shipment number",
        "Temperature on arrival", "Condition on arrival",
    )  # fmt: skip
    assert page.action().primary == "Review"


def test_a_scan_fills_lot_and_expiry_and_counts_no_vials(page, typing):
    page.begin("receive")
    typing(f"01{GTIN}17270600")
    QTest.keyClick(
        page.editing.scan.line, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier
    )
    typing("10LOT-1111|21S1{Enter}")
    form = page.editing
    assert form.scan.error_text() == "" or "no GS1" not in form.scan.error_text()
    assert (form.lot.typed(), form.expiry.typed(), form.vials.typed()) == (
        "LOT-1111",
        "30-Jun-2027",
        "",
    )
    assert form.scan.line.hasFocus()
    typing(f"01{GTIN}1727060010LOT-1111|21S1{{Enter}}")
    assert form.scan.error_text() == "The vial S1 was scanned already."
    typing(f"01{GTIN}1727060010LOT-2222|21S9{{Enter}}")
    assert "Receive it as a lot of its own" in form.scan.error_text()
    typing(f"01{GTIN}1728060010LOT-1111|21S2{{Enter}}")
    assert "says expiry 30-Jun-2028" in form.scan.error_text()
    assert form.lot.typed() == "LOT-1111"


def test_a_scanned_receipt_keeps_product_code_and_serial_numbers(page, office, typing):
    page.begin("receive")
    for serial in ("S1", "S2"):
        typing(f"]d201{GTIN}1727060010LOT-1111|21{serial}{{Enter}}")
    page.editing.vials.focus_entry()
    typing("2{Tab}T{Tab}Depot{Tab}SHIP-1{Tab}1{Tab}1{Ctrl+Enter}1111{Ctrl+Enter}")
    (entry,) = office.desk.journal.entries(kind="stock-received")
    assert (entry.body["gtin"], entry.body["serials"]) == (GTIN, ("S1", "S2"))


def test_what_cannot_be_read_is_shown_raw_and_fills_in_nothing(page, typing):
    page.begin("receive")
    typing("4711-XYZ{Enter}")
    form = page.editing
    assert "Scanned: 4711-XYZ" in form.scan.error_text()
    assert form.scan.typed() == "4711-XYZ"
    assert (form.lot.typed(), form.expiry.typed()) == ("", "")


def test_what_the_desk_refuses_stays_in_the_form(page, office, typing):
    received(office, page, typing)
    page.begin("receive")
    page.editing.lot.focus_entry()
    typing(f"{RECEIPT}{{Ctrl+Enter}}")
    (said,) = page.editing.problems.sentences()
    assert "was received on 12-Mar-2026 already" in said
    assert page.editing.lot.typed() == "LOT-1111"


def test_a_warm_shipment_warns_before_it_is_signed(page, office, typing):
    warm = RECEIPT.removesuffix("1{Tab}1") + "2{Tab}1"
    page.begin("receive")
    page.editing.lot.focus_entry()
    typing(f"{warm}{{Ctrl+Enter}}")
    (warning,) = office.window.panel().request().warnings
    assert "goes into quarantine: temperature on arrival out of range" in warning
    typing("1111{Ctrl+Enter}")
    assert texts(page.lots)[0][-1] == "▲ QUARANTINED: temperature on arrival out of range"


def test_a_count_is_stored_before_the_balance_is_shown(page, office, typing):
    received(office, page, typing)
    typing("{C}")
    said = " ".join(label.text() for label in page.editing.findChildren(type(page.kept_of)))
    assert "10" not in said
    typing("1{Tab}9{Enter}{Ctrl+Enter}")
    review = "\n".join(office.window.panel().request().review)
    assert "Counted: 9 vials of lot LOT-1111" in review
    assert "10" not in review
    typing("1111{Ctrl+Enter}")
    told = office.window.status.message()
    assert told.startswith("Counted 9; the books hold 10: difference -1.")
    assert page.acts["settle"].isVisible()
    typing("{S}")
    typing("one vial broke{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert texts(page.lots)[0][-2] == "9"
    assert "count differences -1" in texts(page.lots)[0][-1]
    typing("{S}")
    assert "differs from nothing" in office.window.status.message()


def test_a_count_that_agrees_says_so(page, office, typing):
    received(office, page, typing)
    typing("{C}")
    typing("1{Tab}10{Enter}{Ctrl+Enter}1111{Ctrl+Enter}")
    assert office.window.status.message() == "Counted 10; the books hold the same."


def test_vials_that_are_not_listed_are_counted_too(page, office, typing):
    received(office, page, typing)
    typing("{C}")
    page.editing.which.choose("other")
    page.editing.lot.focus_entry()
    typing("FOUND-77{Tab}30-Jun-2027{Tab}{Tab}2{Ctrl+Enter}1111{Ctrl+Enter}")
    assert books(office).stock(stock.stock_records(office.desk)[0], "FOUND-77", "control")
    assert "▲ no receipt" in texts(page.lots)[1][-1]


def test_waste_is_a_line_with_its_reason(page, office, typing):
    received(office, page, typing)
    typing("{W}")
    typing("2{Tab}T{Tab}dropped{Ctrl+Enter}1111{Ctrl+Enter}")
    page.show_view("stock-movements")
    newest = texts(page.lines)[0]
    assert newest[0] == "2"
    assert (newest[2], newest[5], newest[6], newest[8]) == ("wasted", "-2", "8", "dropped")


def test_each_movement_is_signed_with_a_meaning_of_its_own(page, office, typing):
    received(office, page, typing)
    typing("{W}2{Tab}T{Tab}dropped{Ctrl+Enter}")
    assert office.window.panel().request().meaning == stock.move_meaning(stock.WASTED)
    typing("1111{Ctrl+Enter}")
    typing("{Q}1{Tab}T{Tab}letter 12{Ctrl+Enter}")
    assert office.window.panel().request().meaning == stock.move_meaning(stock.QUARANTINED)
    typing("1111{Ctrl+Enter}")
    signed = office.desk.journal.entries(kind="stock-moved")[-1].body["signatures"]
    assert [one["meaning"] for one in signed] == ["I put this lot into quarantine as written here"]
    typing("{L}12{Ctrl+Enter}")
    assert office.window.panel().request().meaning == stock.SET_LOW_MARK


def test_more_than_there_is_cannot_be_wasted(page, office, typing):
    received(office, page, typing)
    typing("{W}")
    typing("11{Tab}T{Tab}dropped{Ctrl+Enter}")
    assert (
        "10 vials of lot LOT-1111 at control in the books" in page.editing.problems.sentences()[0]
    )
    typing("{Esc}")
    assert page.editing is None


def test_quarantine_is_set_and_lifted(page, office, typing):
    received(office, page, typing)
    typing("{Q}")
    typing("1{Tab}T{Tab}letter 12{Ctrl+Enter}1111{Ctrl+Enter}")
    assert texts(page.lots)[0][-1] == "▲ QUARANTINED: letter 12"
    typing("{Q}")
    typing("2{Tab}T{Tab}letter 13{Tab}sponsor says usable{Ctrl+Enter}1111{Ctrl+Enter}")
    assert texts(page.lots)[0][-1] == ""
    typing("{Q}")
    typing("3{Tab}T{Tab}11 degrees all night{Ctrl+Enter}1111{Ctrl+Enter}")
    assert texts(page.lots)[0][-1] == "▲ QUARANTINED: 11 degrees all night"


def test_destruction_needs_a_witness(page, office, typing):
    received(office, page, typing)
    typing("{D}")
    typing("3{Tab}T{Tab}LETTER-9{Tab}end of the trial{Ctrl+Enter}1111{Ctrl+Enter}")
    assert "I saw these vials destroyed" in office.window.panel().request().meaning
    typing("K. Brandt{Enter}1111{Ctrl+Enter}")
    assert "someone else" in office.window.panel().refusal_text()
    typing("2222{Ctrl+Enter}")
    office.window.panel()._name.line.setText("A. Ruiz")
    typing("2222{Ctrl+Enter}")
    line = books(office).lines[-1]
    assert (line.what, line.vials, line.checked_by) == ("destroyed", 3, "A. Ruiz")


def test_vials_go_to_a_satellite_and_arrive(page, office, typing):
    received(office, page, typing)
    typing("{T}")
    typing("1{Tab}4{Tab}Ward 7{Tab}T{Tab}APPR-3{Ctrl+Enter}1111{Ctrl+Enter}")
    assert (
        "left control for Ward 7 on 12-Mar-2026 and have not arrived" in page.alerts.sentences()[0]
    )
    typing("{T}")
    typing("2{Tab}1{Tab}4{Tab}T{Ctrl+Enter}1111{Ctrl+Enter}")
    assert [row[3] for row in texts(page.lots)] == ["control", "Ward 7"]
    assert page.header().counts == "1 lot"
    assert "control to Ward 7" in texts(page.lines)[1][1]
    assert page.alerts.sentences() == ()


def test_an_arrival_without_a_transfer_says_what_to_do(page, office, typing):
    received(office, page, typing)
    typing("{T}")
    typing("2")
    assert page.editing.problems.sentences()[0] == "No transfer is on its way."
    assert "correct the number with A" in page.editing.problems.sentences()[1]


def test_a_second_scan_takes_the_place_of_one_that_could_not_be_read(page, typing):
    page.begin("receive")
    page.editing.scan.focus_entry()
    typing("4711-XYZ{Enter}")
    assert "Scanned: 4711-XYZ" in page.editing.scan.error_text()
    typing(f"01{GTIN}17270630{{Enter}}")
    assert page.editing.scan.error_text() == ""
    assert page.editing.expiry.typed() == "30-Jun-2027"


def test_two_products_are_not_received_as_one(page, typing):
    page.begin("receive")
    page.editing.scan.focus_entry()
    typing(f"01{GTIN}17270630{{Enter}}")
    typing("010036170322027117270630{Enter}")
    assert "names product 00361703220271" in page.editing.scan.error_text()
    assert page.editing.value() is None or page.editing.value().gtin == GTIN


def test_a_return_names_a_patient_who_is_there(page, office, typing, planned):
    received(office, page, typing)
    typing("{X}")
    typing("1{Tab}1{Tab}NPC-999{Tab}T{Tab}not used{Ctrl+Enter}")
    assert "No patient has this trial number" in page.editing.patient.error_text()
    page.editing.patient.clear_entry()
    page.editing.patient.focus_entry()
    typing("npc-001{Ctrl+Enter}1111{Ctrl+Enter}")
    page.show_view("stock-movements")
    assert texts(page.lines)[0][4:7] == ["NPC-001", "(1)", "10"]
    page.show_view("stock-lots")
    assert "1 returned by patients, not in the balance" in texts(page.lots)[0][-1]
    typing("{D}")
    typing(
        "2{Tab}1{Tab}T{Tab}LETTER-9{Tab}returned{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}"
    )
    assert books(office).lines[-1].lot_balance == 10


def test_a_line_is_corrected_and_stays(page, office, typing):
    received(office, page, typing)
    typing("{Alt+2}")
    typing("{A}")
    typing("1{Tab}{Tab}{Tab}12{Tab}counted wrongly{Ctrl+Enter}")
    review = "\n".join(office.window.panel().request().review)
    assert "vials: 10, corrected to 12" in review
    assert "The balance of lot LOT-1111 at control is then 12." in review
    typing("1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    new, old = texts(page.lines)
    assert (new[2], new[5], new[6]) == ("received, correction of line 1", "+2", "12")
    assert (old[2], old[5], old[6]) == ("received, corrected", "+10", "10")
    page.lines.select("1")
    typing("{A}")
    assert page.editing is None
    assert "Choose the line that is wrong" in office.window.status.message()


def test_a_line_is_taken_back_as_a_whole(page, office, typing):
    received(office, page, typing)
    typing("{Alt+2}{A}")
    typing("2{Tab}wrong protocol{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert texts(page.lines)[1][2] == "received, taken back"
    assert as_cell(page.lines.rows()[1].cells[2]).struck


def test_the_low_mark_is_what_the_site_enters(page, office, typing):
    received(office, page, typing)
    assert page.alerts.sentences() == ()
    typing("{L}")
    typing("12{Ctrl+Enter}1111{Ctrl+Enter}")
    assert page.alerts.sentences() == (
        "npc-bolus-site: 10 vials can be taken, below the site's mark of 12.",
    )


def test_a_lot_that_ends_soon_and_one_that_ended_say_so(page, office, typing, clock):
    received(office, page, typing, RECEIPT.replace("30-Jun-2027", "31-Mar-2026"))
    assert texts(page.lots)[0][-1] == "▲ expires in 19 days"
    clock.moment += timedelta(days=18)
    typing("{F5}")
    assert texts(page.lots)[0][-1] == "▲ expires tomorrow"
    clock.moment += timedelta(days=2)
    typing("{F5}")
    assert texts(page.lots)[0][-1] == "▲ EXPIRED"


def test_the_audit_check_lists_findings_and_is_saved(page, office, typing, tmp_path: Path):
    received(office, page, typing)
    typing("{Alt+3}")
    assert page.audit.summary.text() == "1 lines looked at, 0 findings"
    assert page.audit.table.footer() == "Nothing to write up."
    assert any("printed form" in said for said in page.audit.not_judged.sentences())
    typing("{Alt+1}{C}")
    typing("1{Tab}7{Enter}{Ctrl+Enter}1111{Ctrl+Enter}")
    typing("{Alt+3}")
    assert texts(page.audit.table)[0][0] == "Shelf differs from balance"
    page.audit.save(tmp_path / "check.txt")
    assert "shelf: Lot LOT-1111" in (tmp_path / "check.txt").read_text(encoding="utf-8")
    page.audit.save(tmp_path / "check.jsonl")
    rows = [json.loads(row) for row in (tmp_path / "check.jsonl").read_text("utf-8").splitlines()]
    assert rows[0]["rule"] == "shelf"
    assert {row["rule"] for row in rows} == {"shelf", "not-judged"}
    page.audit.save(tmp_path / "check.txt")
    assert "exists already" in page.audit.refused.sentences()[0]
    page.audit.save(tmp_path / "no folder" / "check.txt")
    assert "is not a folder" in page.audit.refused.sentences()[0]


def test_the_audit_check_can_be_saved_by_button(page, monkeypatch, tmp_path: Path):
    page.show_view("stock-audit")
    chosen = tmp_path / "kept.txt"
    monkeypatch.setattr(
        "il2desk.window.pages.stock_audit.QFileDialog.getSaveFileName", lambda *_: (str(chosen), "")
    )
    page.audit.text.click()
    assert chosen.is_file()


def test_who_keeps_no_stock_reads_and_moves_nothing(page, office, typing):
    received(office, page, typing)
    assert not isinstance(sign_in(office.desk, "A. Ruiz", "2222"), Refusal)
    typing("{F5}")
    assert [act for act, button in page.acts.items() if button.isVisible()] == []
    assert (
        "Moving and counting stock is for a pharmacist, technician or administrator."
        in page.action().sentence
    )
    typing("{R}")
    assert page.editing is None
    assert "Ask one of them" in office.window.status.message()


def test_without_a_protocol_there_is_nothing_to_keep(bare_office, typing):
    bare_office.open("stock")
    page = bare_office.page()
    assert page.action().primary is None
    page.begin("receive")
    assert page.editing is None
    assert "No protocol is active here" in bare_office.window.status.message()


def test_a_key_without_its_lot_or_line_says_what_to_choose(page, office, typing):
    typing("{W}")
    assert "Choose the lot first" in office.window.status.message()
    typing("{A}")
    assert "Choose the line first" in office.window.status.message()
    received(office, page, typing)
    typing("{Alt+2}{W}")
    assert "Alt+1 shows the lots" in office.window.status.message()


def test_a_view_does_not_change_under_a_form(page, office, typing):
    page.begin("receive")
    page.show_view("stock-audit")
    assert page.editing is not None
    assert office.window.status.message() == "Sign or go back first."


def test_two_protocols_are_asked_for(page, office, typing, site_copy_file: Path):
    text = site_copy_file.read_text(encoding="utf-8")
    other = site_copy_file.with_name("other-site.toml")
    other.write_text(text.replace('id = "npc-bolus-site"', 'id = "other-site"'), encoding="utf-8")
    version = bring_in(office.desk, other, new_token())
    assert not isinstance(version, Refusal), version
    submit_for_review(office.desk, version.fingerprint, new_token())
    two = TwoSignatures(
        sign(office.desk, "1111", RELEASE_FIRST),
        sign_second(office.desk, "A. Ruiz", "2222", RELEASE_SECOND, office.desk.person.id),
    )
    assert not isinstance(activate(office.desk, version.fingerprint, two, new_token()), Refusal)
    page.begin("receive")
    assert page.action().missing[0] == "Sent for"
    typing("2{Tab}{Tab}")
    typing(f"{RECEIPT}{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    assert texts(page.lots)[0][1] == "other-site"
    page.begin("count")
    page.editing.which.choose("other")
    assert "Kept for" in page.action().missing
