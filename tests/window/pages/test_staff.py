"""The people of the site."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex

from il2desk.desk import check_pin, delegation, everybody, sign_in, staff
from il2desk.window.pages.delegation_panels import DelegatePanel
from il2desk.window.tables import Cell


def test_a_person_is_added_by_keyboard(bare_office, typing) -> None:
    bare_office.open("staff")
    typing("N. Weber{Enter}3{Enter}4444{Enter}4444{Ctrl+Enter}")
    assert len(staff(bare_office.desk)) == 3  # nobody is added before somebody signs for it
    typing("1111{Ctrl+Enter}")
    assert [person.name for person in staff(bare_office.desk)][-1] == "N. Weber"
    entry = bare_office.desk.journal.entries(kind="staff-added")[-1]
    assert [one["name"] for one in entry.body["signatures"]] == ["K. Brandt"]
    assert bare_office.page().table.rows()[-1].cells == (
        Cell("N. Weber"), Cell("nurse"), Cell("may sign"),
    )  # fmt: skip
    assert [entry.typed() for entry in bare_office.page().form.entries()] == [""] * 4


def test_a_name_that_is_there_is_refused(bare_office, typing, unchanged) -> None:
    bare_office.open("staff")
    typing("k. brandt{Enter}3{Enter}4444{Enter}4444{Ctrl+Enter}")
    assert "is there already" in bare_office.page().form.name.error_text()
    assert unchanged()


def test_a_short_pin_is_refused(bare_office, typing, unchanged) -> None:
    bare_office.open("staff")
    typing("N. Weber{Enter}3{Enter}44{Enter}44{Ctrl+Enter}")
    assert "at least 4" in bare_office.page().form.pin.error_text()
    assert unchanged()


# PINs, leaving, delegation


@pytest.fixture
def page(bare_office):
    bare_office.open("staff")
    return bare_office.page()


def chosen(page, name: str) -> None:
    found = next(one for one in everybody(page.office.desk) if one.person.name == name)
    assert page.table.select(found.person.id)


def state_of(page, name: str) -> str:
    return next(row.cells[2].text for row in page.table.rows() if row.cells[0].text == name)


def press(page, button: str):
    page.buttons[button].click()
    return page.office.window.panel()


def test_the_own_pin_is_changed_by_keyboard(page, typing) -> None:
    press(page, "own")
    typing("1111{Enter}5555{Enter}5555{Ctrl+Enter}")
    assert page.office.window.panel() is None
    assert "The old one counts no more" in page.office.window.status.message()
    assert check_pin(page.office.desk, "K. Brandt", "1111").code == "pin"
    assert check_pin(page.office.desk, "K. Brandt", "5555") == page.office.desk.person


def test_a_wrong_old_pin_changes_nothing_and_stays_in_no_field(page, typing, unchanged) -> None:
    panel = press(page, "own")
    typing("9999{Enter}5555{Enter}5555{Ctrl+Enter}")
    assert "2 tries left" in panel.form.entries()[0].error_text()
    assert panel.form.entries()[0].typed() == ""
    assert unchanged()


def test_two_new_pins_that_differ_change_nothing(page, typing, unchanged) -> None:
    panel = press(page, "own")
    typing("1111{Enter}5555{Enter}5556{Ctrl+Enter}")
    assert "The two PINs differ" in panel.form.entries()[2].error_text()
    assert unchanged()


def test_a_forgotten_pin_is_set_and_its_owner_chooses_another(page, typing) -> None:
    chosen(page, "A. Ruiz")
    press(page, "pin")
    typing("asked me in person{Enter}7777{Enter}7777{Ctrl+Enter}")
    review = page.office.window.panel().request()
    assert "7777" not in str(review)
    typing("1111{Ctrl+Enter}")
    assert state_of(page, "A. Ruiz") == (
        "PIN set by K. Brandt; chooses their own at the next sign-in"
    )
    assert sign_in(page.office.desk, "A. Ruiz", "7777").name == "A. Ruiz"
    page.office.open("staff", own_pin=True)
    panel = page.office.window.panel()
    typing("7777{Enter}8888{Enter}8888{Ctrl+Enter}")
    assert page.office.window.panel() is not panel
    assert state_of(page.office.page(), "A. Ruiz") == "may sign"


def test_who_left_is_struck_at_the_end(page, typing) -> None:
    chosen(page, "A. Ruiz")
    press(page, "left")
    typing("T{Enter}changed wards{Ctrl+Enter}1111{Ctrl+Enter}")
    last = page.table.rows()[-1].cells
    assert last[0] == Cell("A. Ruiz", struck=True)
    assert last[2].text == "left 12-Mar-2026: changed wards"
    press(page, "left")
    assert "A. Ruiz has left already." in page.office.window.status.message()


def test_a_last_day_that_has_not_come_is_refused(page, typing, unchanged) -> None:
    chosen(page, "A. Ruiz")
    panel = press(page, "left")
    typing("13-Mar-2026{Enter}changed wards{Ctrl+Enter}")
    assert "today or a day before" in panel.form.entries()[0].error_text()
    assert unchanged()


def test_nobody_chosen_is_said(page) -> None:
    page.table.view.setCurrentIndex(QModelIndex())
    for button in ("pin", "left", "duty"):
        assert press(page, button) is None
        assert "Choose a person in the list first." in page.office.window.status.message()


def test_wrong_pins_are_shown(page) -> None:
    for _ in range(3):
        check_pin(page.office.desk, "A. Ruiz", "0000")
    page.refresh()
    assert state_of(page, "A. Ruiz") == "may sign\n3 wrong PINs, last 12-Mar-2026 14:00"


def test_a_line_of_the_delegation_log_is_entered_shown_and_ended(page, typing) -> None:
    assert "keeps its log elsewhere" in page.log.footer()
    chosen(page, "A. Ruiz")
    panel = press(page, "duty")
    assert isinstance(panel, DelegatePanel)
    typing("Dr Weiss{Enter}01-Mar-2026{Enter}")
    panel.duties["give"].setChecked(True)
    panel.duties["verify"].setChecked(True)
    typing("{Ctrl+Enter}1111{Ctrl+Enter}")
    (line,) = delegation.delegations(page.office.desk)
    assert (line.name, line.duties, line.investigator) == (
        "A. Ruiz",
        ("verify", "give"),
        "Dr Weiss",
    )
    cells = page.log.rows()[0].cells
    assert cells[1] == "checking preparations as second person\ngiving and recording doses"
    assert cells[3] == "from 01-Mar-2026"
    page.log.select(line.entry)
    press(page, "end")
    typing("T{Enter}end of the study{Ctrl+Enter}1111{Ctrl+Enter}")
    assert page.log.rows()[0].cells[3] == ("01-Mar-2026 to 12-Mar-2026\nended: end of the study")
    press(page, "end")
    assert "ended already" in page.office.window.status.message()


def test_a_delegation_without_a_duty_is_refused(page, typing, unchanged) -> None:
    chosen(page, "A. Ruiz")
    panel = press(page, "duty")
    typing("Dr Weiss{Enter}T{Enter}{Ctrl+Enter}")
    assert panel.problems.sentences() == ("Choose at least one duty.",)
    assert unchanged()


def test_a_nurse_is_told_who_sets_pins(page, typing) -> None:
    sign_in(page.office.desk, "A. Ruiz", "2222")
    chosen(page, "M. Sato")
    press(page, "pin")
    typing("asked{Enter}7777{Enter}7777{Ctrl+Enter}2222{Ctrl+Enter}")
    assert "is for a pharmacist or administrator" in page.office.window.panel().refusal_text()
