"""A companion drug in the window: found on the board, recorded by keyboard, signed, corrected."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import CompanionPlace, chart_of, locate_companion

# Invented for these tests: day 1 is 12-Mar-2026.
TABLE = """
[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "3000000", unit = "international units", source = "practice" }
days = { value = [1, 8], source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }

[regimen.dilution]"""


@pytest.fixture
def site_copy_file(site_copy_file):
    """The site's copy with interferon alfa-2b beside aldesleukin."""
    text = site_copy_file.read_text(encoding="utf-8")
    assert "\n[regimen.dilution]" in text
    site_copy_file.write_text(text.replace("\n[regimen.dilution]", TABLE, 1), encoding="utf-8")
    return site_copy_file


@pytest.fixture
def record(bedside):
    """The record of a day as the journal holds it, or None."""

    def of(day=1, count=1):
        place = CompanionPlace(bedside.subject, bedside.cycle, "interferon-alfa-2b", day, count)
        return locate_companion(bedside.office.desk, place).record

    return of


@pytest.fixture
def board(bedside, office):
    """The board with the keyboard on the companion drugs."""
    office.open("board", subject=bedside.subject)
    page = office.page()
    page.companions.table.view.setFocus()
    return page


def shown(board):
    return [
        " | ".join(getattr(cell, "text", cell) for cell in row.cells).replace("\u00a0", " ")
        for row in board.companions.table.rows()
    ]


def test_the_board_lists_every_dose_with_its_day_amount_and_state(bedside, board):
    first, second, further = shown(board)
    assert first == (
        "1\nThu 12-Mar-2026 | interferon alfa-2b | 3 million\ninternational units\n0.3 mL | Due today"
    )
    assert second.startswith("8\n")
    assert second.endswith("| Planned")
    assert "that is not planned" in further
    assert board.companions.table.current_id() == "interferon-alfa-2b/1/1"


def test_without_a_companion_drug_there_is_no_list(bedside, board):
    assert not board.companions.isHidden()
    chart = chart_of(bedside.office.desk, bedside.subject)
    chart.cycle.arm = "another"
    board.companions.show_cycle(bedside.office.desk, chart, chart.cycle)
    assert board.companions.isHidden()


def test_tab_reaches_the_list_and_enter_opens(bedside, office, typing):
    office.open("board", subject=bedside.subject)
    page = office.page()
    for _ in range(40):
        if page.companions.has_keyboard():
            break
        typing("{Tab}")
    assert page.companions.has_keyboard()
    assert page.action().primary == "Open the companion dose"
    typing("{Enter}")
    assert office.page().title == "interferon alfa-2b, day 1"


def test_given_by_keyboard_and_both_people(bedside, board, office, typing, review, record):
    before = bedside.count
    typing("{G}1358{Tab}3000000{Tab}1{Tab}left thigh{Tab}Intron A{Ctrl+Enter}")
    assert "Given 12-Mar-2026 13:58" in review()
    assert "Amount that went in: 3 million international units" in review()
    assert "Injection site: left thigh" in review()
    identity = "Born 04-Mar-1961, Female, Hospital No. 402 118 7765"
    assert identity in review().splitlines()
    typing("1111{Ctrl+Enter}")
    assert identity in review().splitlines()  # also what the second person reads
    assert bedside.count == before + 1
    assert office.page().title.startswith("Course 1 cycle 1")
    typing("A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.count == before + 2
    told = record()
    assert (told.by, told.cosigned_by) == ("K. Brandt", "A. Ruiz")
    assert (told.amount, told.route) == (Decimal(3_000_000), "subcutaneous")
    assert (told.injection_site, told.product) == ("left thigh", "Intron A")
    assert shown(office.page())[0].endswith(
        "Given 12-Mar-2026 13:58\n3 million\ninternational units"
    )
    # A dose of aldesleukin is not touched by it.
    assert bedside.dose(1).administration is None


def test_nothing_is_filled_in_and_all_that_is_missing_is_named(bedside, board, office, typing):
    before = bedside.count
    typing("{G}")
    entries = office.page().entries
    assert (entries.amount.typed(), entries.start.time.typed()) == ("", "")
    assert entries.route.value() is None
    assert office.page().action().missing == (
        "Start time", "Amount that went in, international units", "Route",
    )  # fmt: skip
    typing("{Ctrl+Enter}{Enter}{Enter}")
    assert bedside.count == before


def test_another_amount_is_said_and_asks_why(bedside, board, office, typing, record):
    before = bedside.count
    typing("{G}1358{Tab}5000000{Tab}1")
    page = office.page()
    (mark,) = page.marks.sentences()
    assert "is not the derived" in mark
    assert page.entries.reason.isVisible()
    typing("{Ctrl+Enter}")
    assert bedside.count == before
    page.entries.reason.choose("Decided by the prescriber")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    assert record().reason == "Decided by the prescriber"


def test_omitted_asks_reason_and_who_decided(bedside, board, office, typing, record):
    typing("{O}1")
    assert office.page().action().missing == ("Decided by",)
    office.page().entries.decided_by.focus_entry()
    typing("M. Sato{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    assert (record().outcome, record().decided_by) == ("omitted", "M. Sato")
    assert office.page().companions.table.rows()[0].cells[3].text == "Omitted\nNeeds second person"


def test_after_a_stop_it_is_still_recorded(bedside, office, typing, record):
    bedside.check(bleeding="frank")
    bedside.later(5)
    office.open("board", subject=bedside.subject)
    office.page().companions.table.view.setFocus()
    assert shown(office.page())[0].endswith("STOPPED 12-Mar-2026: ask the prescriber")
    typing("{G}1404{Tab}3000000{Tab}1")
    entries = office.page().entries
    entries.reason.choose("Decided by the prescriber")
    entries.decided_by.focus_entry()
    typing("M. Sato{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    assert "against STOP" in record().against


def test_a_dose_that_nobody_planned_has_its_date_typed(
    bedside, board, office, clock, typing, record
):
    clock.moment += timedelta(days=1)
    typing("{End}{Enter}")
    page = office.page()
    assert page.title == "Further dose of interferon alfa-2b"
    assert "Enter its date first." in page.plan.sentences()[0]
    typing("13-Mar-2026{Enter}")
    assert page.title == "interferon alfa-2b, day 2"
    assert page.plan.sentences()[1] == "No dose of interferon alfa-2b is planned on day 2."
    typing("{G}1358{Tab}3000000{Tab}1")
    page.entries.reason.choose("Decided by the prescriber")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    assert (record(2).planned, record(2).outcome) == (False, "given")
    days = [row.cells[0].split("\n")[0] for row in office.page().companions.table.rows()]
    assert days == ["1", "2", "8", ""]


@pytest.fixture
def given(bedside, board, typing):
    """Day 1 is recorded by one person."""
    typing("{G}1358{Tab}3000000{Tab}1{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    return bedside


def test_v_signs_on_the_board(given, office, typing, record):
    office.page().companions.table.view.setFocus()
    typing("{V}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert record().cosigned_by == "A. Ruiz"


def test_the_records_tell_it_and_a_corrects_it(given, office, typing, record, review):
    office.page().companions.table.view.setFocus()
    typing("{A}")
    page = office.page()
    (row,) = [row for row in page.table.rows() if "interferon" in row.sentence]
    assert page.table.current_id() == row.id
    assert row.cells[1].text.startswith("interferon alfa-2b, day 1\nGiven, needs second person")
    assert any("Amount that went in" in line for line in page.detail.sentences())
    before = given.count
    typing("{A}")
    page.editing.amount.focus_entry()
    typing("2500000")
    page.editing.reason.choose("typing error")
    typing("{Ctrl+Enter}")
    assert "Amount: was 3 million international units" in review()
    assert "Amount: is 2.5 million international units" in review()
    typing("1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert given.count == before + 1
    assert record().amount == Decimal(2_500_000)
    told = [row.sentence for row in office.page().table.rows()]
    assert "Amendment 1 of interferon alfa-2b, day 1" in told


def test_a_record_in_error_is_struck_and_its_place_is_free(given, office, typing, record):
    office.open("records", subject=given.subject, entry=record().entry)
    office.page().table.view.setFocus()
    typing("{A}")
    form = office.page().editing
    form.in_error.setChecked(True)
    form.reason.choose("wrong patient")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert record() is None
    (row, *_) = [row for row in office.page().table.rows() if "interferon" in row.sentence]
    assert row.cells[1].struck
    assert "entered in error" in row.cells[1].text


def test_what_is_recorded_is_not_recorded_again(given, office, typing):
    office.page().companions.table.view.setFocus()
    before = given.count
    typing("{G}")
    page = office.page()
    assert page.entries.isHidden()
    assert page.action().primary == "Open the record"
    typing("{Ctrl+Enter}")
    assert office.page().title == "Records"
    assert given.count == before


def test_today_says_what_is_due_and_what_waits(bedside, office, typing, record):
    office.open("today")
    (row,) = office.page().table().rows()
    assert "interferon alfa-2b, day 1: due today." in _said(row).replace("\u00a0", " ")


def _said(row):
    return " ".join((*(getattr(cell, "text", cell) for cell in row.cells), row.sentence))
