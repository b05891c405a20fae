from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from il2desk.desk import (
    AdministrationForm,
    CyclePlan,
    Desk,
    DosePlace,
    SetClock,
    chart_of,
    new_token,
    plan_cycle,
    record_administration,
    sign,
)
from il2desk.window.office import Office
from il2desk.window.pages.board import BoardPage
from il2desk.window.pages.delay import DelayPanel
from il2desk.window.pages.dose import DosePage

Typing = Callable[[str], None]
_START = datetime.fromisoformat("2026-03-27T14:00")


def _board(office: Office, subject: str) -> BoardPage:
    office.open("board", subject=subject)
    page = office.page()
    assert isinstance(page, BoardPage)
    return page


def _cycle(desk: Desk, subject: str) -> str:
    chart = chart_of(desk, subject)
    return chart.cycle.id


def test_without_an_order_the_board_leads_to_it(office: Office, registered: str) -> None:
    page = _board(office, registered)
    assert page.action().primary == "Enter the order"
    assert "No order yet" in page.heading()


def test_without_a_cycle_the_board_leads_to_the_plan(office: Office, ordered: str) -> None:
    page = _board(office, ordered)
    assert page.action().primary == "Plan a cycle"
    assert "No cycle planned" in page.heading()


def test_the_panel_says_what_is_known_of_the_chosen_dose(office: Office, planned: str) -> None:
    page = _board(office, planned)
    said = page.panel_text()
    assert "Dose 1 of 15" in said
    assert "DUE 14:00" in said
    assert "planned Thu\u00a012-Mar-2026 14:00" in said
    assert "No check before this dose recorded" in said
    assert "Minimum interval: 6 hours" in said
    assert "Left at most 15 of 15" in page.totals()
    assert "Total given 0\u00a0international\u00a0units" in page.totals()


def test_arrows_move_and_the_panel_follows(office: Office, planned: str, typing: Typing) -> None:
    page = _board(office, planned)
    typing("{Down}")
    assert "Dose 2 of 15" in page.panel_text()


def test_an_earlier_dose_without_an_outcome_is_named(
    office: Office, clock: SetClock, planned: str
) -> None:
    clock.moment += timedelta(hours=9)
    page = _board(office, planned)
    page.grid().select(2)
    assert "Dose 1 has no outcome yet. Record dose 1 first, or record dose 2 now." in (
        page.panel_text()
    )


def test_a_dose_given_too_short_ago_is_named(
    office: Office, site_copy_desk: Desk, clock: SetClock, planned: str
) -> None:
    desk = site_copy_desk
    place = DosePlace(planned, _cycle(desk, planned), 1)
    form = AdministrationForm("omitted", reason="patient refused", decided_by="M. Sato")
    record_administration(desk, place, form, sign(desk, "1111", "as written"), new_token())
    page = _board(office, planned)
    assert "Needs second person 1" in page.totals()
    assert "Omitted 1" in page.totals()


@pytest.mark.parametrize(
    ("key", "outcome"),
    [("g", "given"), ("p", "part given"), ("h", "held"), ("o", "omitted"), ("u", "not known")],
)
def test_outcome_keys_open_step_five_and_record_nothing(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool],
    key: str, outcome: str,
) -> None:  # fmt: skip
    _board(office, planned)
    typing(key)
    page = office.page()
    assert isinstance(page, DosePage)
    step = page.step()
    assert step is not None
    assert step.number == 5
    assert unchanged()


def test_a_clock_change_inside_the_cycle_is_said_and_the_board_still_stands(
    office: Office, site_copy_desk: Desk, clock: SetClock, ordered: str
) -> None:
    clock.moment = datetime(2026, 3, 27, 13, 0, tzinfo=UTC)
    plan_cycle(site_copy_desk, ordered, CyclePlan(_START), new_token())
    page = _board(office, ordered)
    assert "29-Mar-2026" in page.clock_change()


def test_d_delays_the_dose_and_it_stays_in_its_slot(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    page = _board(office, planned)
    typing("d")
    panel = office.window.panel()
    assert isinstance(panel, DelayPanel)
    typing("1630{Enter}t{Enter}3{Ctrl+Enter}")
    assert office.window.panel() is panel  # shown first, stored by the second press
    said = panel.review_text().replace("\u00a0", " ")
    assert "planned 12-Mar-2026 14:00, delayed to 12-Mar-2026 16:30" in said
    assert "Reason: No venous access" in said
    assert not site_copy_desk.journal.entries(kind="dose-delayed")
    typing("{Ctrl+Enter}")
    assert office.window.panel() is None
    assert "Delayed to 16:30" in page.panel_text()
    assert site_copy_desk.journal.entries(kind="dose-delayed")[0].reason == "No venous access"


def test_a_delay_to_an_earlier_time_is_refused_and_stores_nothing(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    _board(office, planned)
    typing("d")
    panel = office.window.panel()
    assert isinstance(panel, DelayPanel)
    typing("1330{Enter}t{Enter}3{Ctrl+Enter}")
    assert "must be after" in panel.refusal_text()
    assert unchanged()


def test_a_delay_without_a_reason_asks_for_it(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    _board(office, planned)
    typing("d")
    panel = office.window.panel()
    assert isinstance(panel, DelayPanel)
    typing("1630{Enter}t{Ctrl+Enter}")
    assert panel.missing() == ("Reason",)
    assert unchanged()


def test_a_change_after_the_review_of_a_delay_is_reviewed_again(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    _board(office, planned)
    typing("d")
    typing("1630{Enter}t{Enter}3{Ctrl+Enter}")
    panel = office.window.panel()
    assert isinstance(panel, DelayPanel)
    assert panel.review_text()
    typing("2")
    assert panel.review_text() == ""
    typing("{Ctrl+Enter}")
    assert "Reason: Patient asked or was away" in panel.review_text()
    assert unchanged()
