"""Records: everything in the journal about a dose, and corrections that erase nothing."""

from __future__ import annotations

import pytest

from il2desk.desk import RECORD_FIRST, AdministrationForm, new_token, record_administration, sign
from il2desk.window.tables import Cell


def texts(page) -> list[str]:
    return [
        " | ".join(c.text if isinstance(c, Cell) else c for c in row.cells).replace("\n", " ")
        for row in page.table.rows()
    ]


def struck(page) -> set[str]:
    cells = [cell for row in page.table.rows() for cell in row.cells if isinstance(cell, Cell)]
    return {cell.text for cell in cells if cell.struck}


@pytest.fixture
def records(bedside, office):
    """Dose 1 was given at 14:15 and recorded at 14:20; its records are open."""
    bedside.later(10)
    bedside.given()
    office.open("records", subject=bedside.subject)
    return office.page()


def test_planned_given_and_recorded_stand_apart(records):
    first = texts(records)[0]
    assert "12-Mar-2026 14:00" in first
    assert "12-Mar-2026 14:15" in first
    assert "K. Brandt 12-Mar-2026 14:20" in first
    assert "needs second person" in first
    assert "Check GO" in texts(records)[1]
    assert "no hold or stop criterion met, " in texts(records)[1]


def test_the_chosen_record_is_told_in_full(records):
    told = "\n".join(records.detail.sentences()).replace("\u00a0", " ")
    for fact in ("5.04 million international units", "AB1234C7, expiry 30-Jun-2026", "Released"):
        assert fact in told


def test_a_recorded_check_shows_every_value_with_its_unit_and_moment(bedside, records):
    records.table.select(next(row.id for row in records.table.rows() if "/check/" in row.id))
    told = "\n".join(records.detail.sentences()).replace("\u00a0", " ")
    assert "GO, recorded 12-Mar-2026 14:10 by K. Brandt" in told
    assert "No hold or stop criterion met, " in told
    values = {line.partition(":")[0]: line for line in told.splitlines()}
    assert "1.1 mg/dL" in values["Creatinine"]
    assert "measured 12-Mar-2026 14:00" in values["Creatinine"]
    assert "180,000" in values["Platelets"]


def test_a_hold_shows_the_criterion_met_with_its_limit(bedside, office):
    bedside.check(platelets="40000")
    office.open("records", subject=bedside.subject)
    page = office.page()
    page.table.select(next(row.id for row in page.table.rows() if "/check/" in row.id))
    told = "\n".join(page.detail.sentences()).replace("\u00a0", " ")
    assert f"1 criterion outside its limit, {len(bedside.dose().check.criteria)} in" in told
    (met,) = [row for row in bedside.dose().check.criteria if row["result"] == "met"]
    said = f"▲ platelets {met['value']}: HOLD if {met['limit']}"
    assert said.replace("\u00a0", " ") in told


def test_the_given_dose_has_its_unit_and_the_second_person_is_named(records, typing):
    typing("{V}A. Ruiz{Tab}2222{Ctrl+Enter}")
    cells = [getattr(cell, "text", cell) for cell in records.table.rows()[0].cells]
    assert cells[4] == "5.04\u00a0million\ninternational\u00a0units"
    assert "second person A. Ruiz" in cells[5]


def test_a_reason_does_not_stand_under_the_given_dose(bedside, office):
    form = AdministrationForm("held", reason="HOLD at the check", decided_by="M. Sato")
    first = sign(office.desk, "1111", RECORD_FIRST)
    record_administration(office.desk, bedside.place(), form, first, new_token())
    office.open("records", subject=bedside.subject)
    cells = [getattr(cell, "text", cell) for cell in office.page().table.rows()[0].cells]
    assert "HOLD at the check" in cells[1]
    assert cells[4] == "none"


def test_every_column_is_in_view_in_the_smallest_window(bedside, records, office, qtbot):
    office.window.resize(1280, 720)
    qtbot.waitUntil(lambda: records.width() < 1280)
    view = records.table.view
    widths = [view.columnWidth(at) for at in range(len(records.table.rows()[0].cells))]
    assert sum(widths) <= view.viewport().width()


def test_an_overdue_dose_has_the_glyph_of_overdue(bedside, office):
    bedside.check()
    bedside.later(180)
    office.open("records", subject=bedside.subject)
    cell = office.page().table.rows()[0].cells[1]
    assert cell.glyph == "overdue"
    assert cell.text.startswith("OVERDUE since")


def test_an_empty_record_says_what_to_do(planned, office):
    office.open("records", subject=planned)
    assert office.page().table.footer().startswith("No entries yet.")


def test_amending_the_time_by_keyboard(bedside, records, office, typing, review):
    before = bedside.count
    typing("{A}1412")
    assert records.editing.time.value().strftime("%d %H:%M") == "12 14:12"
    records.editing.reason.focus_entry()
    typing("1{Ctrl+Enter}")
    assert "Time given: was 12-Mar-2026 14:15" in review()
    assert "Time given: is 12-Mar-2026 14:12" in review()
    typing("1111{Ctrl+Enter}")
    assert bedside.count == before
    typing("A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.count == before + 1
    assert records.editing is None
    assert "12-Mar-2026 14:15" in struck(records)
    assert any("12-Mar-2026 14:12" in line and "is now" in line for line in texts(records))
    assert any("A1" in line and "typing error" in line for line in texts(records))


def test_a_correction_that_changes_nothing_is_refused(bedside, records, office, typing):
    before = bedside.count
    typing("{A}1415")
    records.editing.reason.choose("typing error")
    typing("{Ctrl+Enter}")
    assert records.editing.problems.sentences()[0].startswith("Nothing differs")
    assert office.window.panel() is None
    assert bedside.count == before


def test_a_correction_without_a_reason_is_missing_it(bedside, records, office, typing):
    before = bedside.count
    typing("{A}1412{Ctrl+Enter}")
    assert office.window.panel() is None
    assert records.action().missing == ("Reason",)
    assert bedside.count == before


def test_the_same_second_person_is_refused(bedside, records, office, typing):
    before = bedside.count
    typing("{A}1412")
    records.editing.reason.choose("typing error")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}K. Brandt{Tab}1111{Ctrl+Enter}")
    assert office.window.panel().refusal_text() == "The second person must be someone else."
    assert bedside.count == before


def test_entered_in_error_keeps_the_record_struck_and_opens_the_slot(
    bedside, records, office, typing
):
    typing("{A}")
    records.editing.in_error.setChecked(True)
    records.editing.reason.choose("wrong patient")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.dose().administration is None
    assert any("entered in error" in text for text in struck(records))
    assert "F3 finds the right patient" in office.window.status.message()


def test_a_check_is_voided_by_two_people(bedside, records, office, typing):
    check = next(row.id for row in records.table.rows() if "/check/" in row.id)
    records.table.select(check)
    before = bedside.count
    typing("{A}{Ctrl+Enter}")
    assert bedside.count == before
    typing("wrong chart{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.count == before + 1
    assert bedside.dose().checks == []
    assert any(text.startswith("Check GO, entered in error") for text in struck(records))
    records.table.select(next(row.id for row in records.table.rows() if "/voided/" in row.id))
    assert any("it no longer counts" in line for line in records.detail.sentences())


def test_v_signs_the_chosen_record(bedside, records, office, typing):
    typing("{V}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.dose().administration.cosigned_by == "A. Ruiz"
    assert "needs second person" not in texts(records)[0]


def test_esc_leaves_the_correction_first(records, office, typing):
    typing("{A}{Esc}")
    assert records.editing is None
    assert office.page() is records
