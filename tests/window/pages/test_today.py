from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from il2desk.desk import (
    Desk,
    Registration,
    SetClock,
    new_token,
    open_practice,
    register_subject,
    sign_in,
    versions,
)
from il2desk.window import in_parts
from il2desk.window.office import Office
from il2desk.window.pages.board import BoardPage
from il2desk.window.pages.dose import DosePage
from il2desk.window.pages.today import TodayPage
from il2desk.window.table_model import as_cell

Typing = Callable[[str], None]


def _today(office: Office) -> TodayPage:
    office.open("today")
    page = office.page()
    assert isinstance(page, TodayPage)
    return page


def test_an_empty_list_names_the_key_that_fills_it(office: Office) -> None:
    page = _today(office)
    assert "F3" in page.table().footer()
    assert page.action().primary is None


def test_the_header_names_the_moment_the_counts_and_the_order(office: Office, planned: str) -> None:
    header = _today(office).header()
    assert "12-Mar-2026 14:00 (24-hour)" in header.moment
    assert header.counts == "1\u00a0DUE"
    assert header.order == "Ordered by need, then by due time"
    assert office.window.banner() is None


def test_a_row_says_who_which_dose_and_how_far(office: Office, planned: str) -> None:
    cells = [getattr(cell, "text", cell) for cell in _today(office).table().rows()[0].cells]
    assert cells[1] == "LÖWENSTEIN, Maria (Ms)\nNPC-001\nBorn\u00a004-Mar-1961 (65y)"
    assert cells[2] == "1 of 15"
    assert cells[3].startswith("DUE\u00a014:00")
    assert "-" not in cells[4:]  # a missing item is a word


def test_enter_opens_the_first_step_that_is_not_finished(
    office: Office, planned: str, typing: Typing
) -> None:
    _today(office)
    typing("{Enter}")
    page = office.page()
    assert isinstance(page, DosePage)
    step = page.step()
    assert step is not None
    assert step.number == 1  # no dosing weight yet


def test_f4_opens_the_board_of_the_chosen_row(office: Office, planned: str, typing: Typing) -> None:
    _today(office)
    typing("{F4}")
    page = office.page()
    assert isinstance(page, BoardPage)
    assert page.subject == planned


def test_time_passing_says_that_rows_would_move_and_moves_none(
    office: Office, site_copy_desk: Desk, clock: SetClock, planned: str
) -> None:
    page = _today(office)
    before = [row.id for row in page.table().rows()]
    clock.moment += timedelta(hours=3)
    page.read_anew()
    assert [row.id for row in page.table().rows()] == before
    status = page.table().rows()[0].cells[3].text
    assert status.splitlines()[:2] == ["OVERDUE since\u00a015:00", "planned\u00a014:00"]
    assert page.header().data_as_of == "Data as of 17:00"


def test_a_dose_hours_away_is_counted_as_next(
    office: Office, clock: SetClock, planned: str
) -> None:
    clock.moment -= timedelta(hours=3)
    assert _today(office).header().counts == "1\u00a0Next within 8\u00a0hours"
    clock.moment -= timedelta(hours=6)
    assert _today(office).header().counts == "Nothing waits"


@pytest.fixture
def many(site_copy_desk: Desk) -> int:
    """More patients on treatment than are read at once."""
    for number in range(9):
        form = Registration(
            trial_code=f"NPC-1{number:02}", initials="AB", born="04-Mar-1961", sex="female",
            allergies_state="no known allergies", protocol=versions(site_copy_desk)[0].protocol,
            family_name=f"Patient {number}", given_name="Anna", title="Ms", hospital_number=f"77{number}",
        )  # fmt: skip
        assert isinstance(register_subject(site_copy_desk, form, new_token()), str)
    return 9


def test_a_long_list_is_read_in_parts_and_says_so(
    office: Office, many: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(in_parts, "_TURN_S", 0)
    page = _today(office)
    assert page.table().rows() == ()
    assert page.table().footer().startswith("Opening the doses of today")
    assert page.header().counts == page.table().footer()
    assert page.action().primary is None
    qtbot.waitUntil(lambda: len(page.table().rows()) == many)
    assert page.table().current_id() == page.table().rows()[0].id
    assert page.table().view.hasFocus()
    page.table().select(page.table().rows()[4].id)
    chosen = page.table().current_id()
    page.refresh()
    assert page.table().rows() == ()
    qtbot.waitUntil(lambda: len(page.table().rows()) == many)
    assert page.table().current_id() == chosen


def test_while_a_long_list_is_read_anew_the_rows_stay(
    office: Office, many: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = _today(office)
    qtbot.waitUntil(lambda: len(page.table().rows()) == many)
    monkeypatch.setattr(in_parts, "_TURN_S", 0)
    page.read_anew()
    assert len(page.table().rows()) == many
    office.open("find")  # what is still being read finds nobody
    qtbot.wait(20)


def test_a_journal_that_fails_under_a_long_reading_leaves_no_empty_list(
    office: Office, many: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(in_parts, "_TURN_S", 0)
    page = _today(office)
    office.desk.journal.close()
    qtbot.waitUntil(lambda: "could not be read" in page.table().footer())
    assert office.window.panel() is not None


def test_the_birth_date_that_tells_similar_names_apart_is_marked(tmp_path, window, clock) -> None:
    desk = open_practice(tmp_path / "practice.sqlite", clock=clock)
    sign_in(desk, "K. Brandt", "1111")
    office = Office(desk, window)
    office.open("today")
    (cell,) = {
        as_cell(row.cells[1]).text
        for row in office.page().table().rows()
        if "PRA-002" in as_cell(row.cells[1]).text
    }
    assert "▲\u00a0Born\u00a019-Sep-1970" in cell
    office.open("find")
    office.page().typed.line.setText("bra")
    (row,) = office.page().table.rows()
    assert row.cells[1].startswith("▲\u00a019-Sep-1970")
    desk.close()


def test_coming_back_the_row_one_came_from_is_chosen(
    office: Office, site_copy_desk: Desk, planned: str, registered: str, typing: Typing
) -> None:
    form = Registration(
        trial_code="NPC-002", initials="WR", born="02-Feb-1950", sex="female",
        allergies_state="no known allergies", protocol=versions(site_copy_desk)[0].protocol,
    )  # fmt: skip
    other = register_subject(site_copy_desk, form, new_token())
    assert isinstance(other, str), other
    page = _today(office)
    assert page.table().current_id() == planned
    page.table().select(other)
    typing("{Enter}")
    office.back()
    back = office.page()
    assert isinstance(back, TodayPage)
    assert back.table().current_id() == other
    back.table().select(planned)
    office.open("stock")
    assert _today(office).table().current_id() == planned


def test_ctrl_p_opens_the_paper_of_the_next_24_hours(office: Office, planned: str) -> None:
    _today(office).print_sheet()
    page = office.page()
    assert page is not None
    assert page.title == "Papers"
    assert page.side.sheets.rows()[0].cells[0] == "Downtime kit"
    assert page.side.sheets.current_id() == page.side.sheets.rows()[0].id


def test_ctrl_p_says_so_where_nobody_is_registered(office: Office) -> None:
    page = _today(office)
    page.print_sheet()
    assert office.page() is page
    assert office.window.status.message() == "Nothing to print yet. Nobody is registered."
