"""The trial overview: it shows every dose in shape and words, records nothing, and leads to the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from il2desk.desk import CyclePlan, Desk, SetClock, new_token, plan_cycle
from il2desk.desk.trial import STATES
from il2desk.window import in_parts, keys
from il2desk.window.glyphs import STATES as GLYPHS
from il2desk.window.office import Office
from il2desk.window.pages.board import BoardPage
from il2desk.window.pages.sheets import SheetsPage
from il2desk.window.pages.trial import TrialPage
from il2desk.window.pages.trial_rows import dose_columns
from il2desk.window.tables import RecordTable

Typing = Callable[[str], None]


def _trial(office: Office) -> TrialPage:
    office.open("trial")
    page = office.page()
    assert isinstance(page, TrialPage)
    return page


def _doses(page: TrialPage) -> RecordTable:
    return page.tables["trial-doses"]


def _spoken(table: RecordTable, row: int, column: int) -> str:
    return str(table.view.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


def test_f12_opens_it_and_nobody_is_no_patients(office: Office, typing: Typing) -> None:
    office.open("today")
    typing("{F12}")
    page = office.page()
    assert isinstance(page, TrialPage)
    assert _doses(page).footer() == "No patients."
    assert page.action().primary is None
    assert office.window.banner() is None


def test_a_dose_is_a_glyph_and_speaks_for_itself(office: Office, planned: str) -> None:
    table = _doses(_trial(office))
    (row,) = table.rows()
    assert getattr(row.cells[0], "text", "") == "NPC-001\u00a0ML"
    assert [getattr(cell, "glyph", None) for cell in row.cells[2:5]] == ["due", "next", "scheduled"]
    assert _spoken(table, 0, 2) == (
        "NPC-001\u00a0ML, course 1, cycle 1. "
        "Dose 1 of 15, planned 12-Mar-2026 14:00, DUE 14:00, no outcome recorded"
    )
    assert _spoken(table, 0, 0) == "NPC-001\u00a0ML, course 1, cycle 1. Dose 1: DUE 14:00"


def test_the_counters_say_given_of_planned(office: Office, planned: str) -> None:
    header = _trial(office).header()
    plain = header.counts.replace("\u00a0", " ")
    assert plain.startswith("1 patient   doses given 0 of 15 planned")
    assert header.data_as_of == "Data as of 14:00"
    assert "Read-only" in header.order


def test_a_second_cycle_is_a_row_of_its_own(
    office: Office, site_copy_desk: Desk, planned: str
) -> None:
    later = CyclePlan(datetime.fromisoformat("2026-03-30T14:00"))
    plan_cycle(site_copy_desk, planned, later, new_token())
    page = _trial(office)
    cycles = [row.cells[1] for row in _doses(page).rows()]
    assert cycles == ["1, 1", "1, 2"]
    assert "0 of 30 planned" in page.header().counts.replace("\u00a0", " ")


def test_arrows_say_the_dose_and_enter_opens_the_board_at_it(
    office: Office, planned: str, typing: Typing
) -> None:
    page = _trial(office)
    assert page.said.text().endswith("DUE 14:00, no outcome recorded")
    _doses(page).select(_doses(page).rows()[0].id, 4)
    assert "Dose 3 of 15" in page.said.text()
    typing("{Enter}")
    board = office.page()
    assert isinstance(board, BoardPage)
    assert board.subject == planned
    assert board.action().sentence.startswith("Dose 3 ")


def test_nothing_is_recorded_from_it(
    office: Office, planned: str, unchanged: Callable[[], bool], typing: Typing
) -> None:
    page = _trial(office)
    for key in ("g", "o", "v", " "):
        typing(key)
    assert office.page() is page
    assert unchanged()
    assert "recorded" in page.action().sentence


def test_a_filter_names_itself_until_esc_clears_it(
    office: Office, planned: str, clock: SetClock, typing: Typing
) -> None:
    page = _trial(office)
    typing("{Ctrl+F}2{Ctrl+Enter}")  # the first state that some row has
    assert office.window.panel() is None
    assert page.banner.accessibleName() == "Showing 1 of 1: DUE. Esc clears."
    clock.moment = clock.moment.replace(hour=23)
    page.refresh()
    assert page.banner.accessibleName() == "Showing 0 of 1: DUE. Esc clears."
    assert _doses(page).rows() == ()
    assert "doses given 0 of 0" in page.header().counts.replace("\u00a0", " ")
    typing("{Esc}")
    assert page.banner.isHidden()
    assert len(_doses(page).rows()) == 1
    assert office.page() is page
    typing("{Esc}")
    assert office.page() is not page


def test_each_view_has_its_key_and_its_sentence(
    office: Office, planned: str, typing: Typing
) -> None:
    page = _trial(office)
    for key, view, said in (
        ("{Alt+2}", "trial-criteria", "No check found a criterion met"),
        ("{Alt+3}", "trial-overrides", "No override is recorded."),
        ("{Alt+4}", "trial-second", "Nothing is recorded yet."),
    ):
        typing(key)
        shown = [name for name, table in page.tables.items() if not table.isHidden()]
        assert shown == [view]
        assert page.tables[view].footer().startswith(said)


def test_ctrl_p_opens_the_printed_summary(office: Office, planned: str, typing: Typing) -> None:
    _trial(office)
    typing("{Ctrl+P}")
    page = office.page()
    assert isinstance(page, SheetsPage)
    chosen = page._offered[page.side.sheets.current_id() or ""]
    assert chosen.request.kind == "trial-summary"


def test_a_long_trial_is_read_in_parts(
    office: Office, planned: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, typing: Typing
) -> None:
    monkeypatch.setattr(in_parts, "_FEW", 0)
    monkeypatch.setattr(in_parts, "_TURN_S", 0)
    page = _trial(office)
    assert _doses(page).footer().startswith("Opening the trial")
    assert page.header().counts.startswith("Opening the trial")
    typing("{Ctrl+F}")
    assert office.window.panel() is None  # there is nothing to choose from yet
    qtbot.waitUntil(lambda: len(_doses(page).rows()) == 1)
    assert _doses(page).view.hasFocus()


def test_every_state_that_rows_are_chosen_by_has_words() -> None:
    assert all(STATES.values())
    assert {state for state in STATES if state in GLYPHS}
    assert keys.key_text("trial") == "F12"


def test_a_cycle_of_weeks_names_the_week_under_the_dose(office: Office, planned: str) -> None:
    rows = _trial(office).shown()
    assert [column.name for column in dose_columns(rows)[2:4]] == ["1", "2"]
    for cycle in (row.cycle for row in rows):
        assert cycle is not None
        for number, dose in cycle.doses.items():
            dose.day = 1 + 7 * ((number - 1) // 5)
    named = [column.name for column in dose_columns(rows)]
    assert (named[2], named[7]) == ("1\nweek 1", "6\nweek 2")
