from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from il2desk.desk import Desk, SetClock
from il2desk.window.office import Office
from il2desk.window.pages.board import BoardPage
from il2desk.window.pages.dose import DosePage
from il2desk.window.pages.today import TodayPage

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
