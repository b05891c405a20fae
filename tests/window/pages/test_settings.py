"""Settings: own choices count at once; the site changes by two people who saw what changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from il2desk import __version__
from il2desk.desk.site_settings import active_protocols
from il2desk.window import theme
from il2desk.window.look import Look
from il2desk.window.office import Office
from il2desk.window.preferences import Preferences


@pytest.fixture
def page(office):
    office.open("settings")
    return office.page()


def facts(grid):
    return {fact.name: fact.text for fact in grid.facts()}


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_own_choices_count_at_once_by_keys(page, office, typing, qapp):
    worn = Look(qapp, office.preferences)
    try:
        page.own.theme.focus_entry()
        typing("4")
        assert theme.tokens_of(page).hatched
        page.own.text_size.focus_entry()
        typing("3")
        assert QApplication.font().pixelSize() == 19
        typing("{Tab}")
        assert QApplication.focusWidget() is page.own.lock.line
        page.own.lock.line.selectAll()
        typing("12{Enter}")
        mine = office.preferences
        assert (mine.theme, mine.text_percent, mine.lock_minutes) == ("contrast", 130, 12)
        assert office.window.status.message() == "The screen locks after 12 minutes."
    finally:
        worn.deleteLater()
        theme.apply(qapp)


@pytest.mark.parametrize("typed", ["1", "16", "2.5", "five", ""])
def test_minutes_that_are_none_are_refused_and_stay_typed(page, office, typing, typed):
    page.own.lock.focus_entry()
    page.own.lock.line.selectAll()
    typing("{Delete}" + typed + "{Enter}" if typed else "{Delete}{Enter}")
    assert page.own.lock.error_text()
    assert office.preferences.lock_minutes == 5


def test_what_was_not_understood_is_named_with_what_is_used(site_copy_desk, window, tmp_path):
    file = tmp_path / "window.ini"
    file.write_text("[General]\ntheme=pink\nlock_minutes=0\n", encoding="utf-8")
    office = Office(site_copy_desk, window, Preferences(file))
    office.open("settings")
    own = office.page().own
    assert "pink, which is unknown. In use: system" in own.theme.question_text()
    assert "0, which is unknown. In use: 5" in own.lock.question_text()
    office.end()


def test_the_site_is_changed_by_two_who_see_old_and_new(page, office, typing, qtbot):
    assert facts(page.site)["Caution on labels"] == "None. Labels say so."
    press(qtbot, page.change)
    typing("{Ctrl+Enter}")
    assert office.window.panel().problems.sentences() == (
        "Nothing is changed yet. Change what is wrong, then sign.",
    )
    panel = office.window.panel()
    panel.caution.focus_entry()
    typing("For this study{Ctrl+Enter}")
    review = office.window.panel()
    shown = " ".join(one.text() for one in review.findChildren(theme.PlainLabel))
    assert "Caution on labels: now none; from now on For this study" in shown
    typing("1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert office.window.panel() is None
    now = facts(page.site)
    assert now["Caution on labels"] == "For this study"
    assert now["Set up"].endswith(", K. Brandt and A. Ruiz")


def test_one_person_alone_changes_no_site(page, office, typing, qtbot, unchanged):
    press(qtbot, page.change)
    office.window.panel().name.focus_entry()
    typing(" of another town{Ctrl+Enter}1111{Ctrl+Enter}K. Brandt{Enter}1111{Ctrl+Enter}")
    assert office.window.panel() is not None
    assert unchanged()


def test_what_is_in_force_is_shown_read_only(page, office):
    (row,) = page.table.rows()
    version = active_protocols(office.desk)[0].version
    assert row.cells[:2] == (f"{version.title} ({version.protocol})", version.version)
    assert row.cells[2].replace(" ", "") == row.id.removeprefix("sha256:")
    assert row.cells[3].endswith(", K. Brandt and A. Ruiz")
    shown = facts(page.program)
    assert shown["IL2Desk"] == f"version {__version__}"
    assert shown["Journal"] == str(office.desk.journal.path)
    page.table.opened.emit(row.id)
    assert office.page().title == "Protocols"


def test_backing_up_and_the_test_of_a_restore_are_those_of_backups(page, office, clock, qtbot):
    assert facts(page.backup)["Second folder"] == "None is named."
    clock.moment = clock.moment.replace(hour=15)
    office.desk.append("backup-folder-named", {"folder": ""})
    press(qtbot, page.make)
    assert facts(page.backup)["Last backup"] == "12-Mar-2026 16:00"
    press(qtbot, page.test)
    (good,) = page.found.sentences()
    assert good.startswith("Every kept hash is in the journal")
