"""A dose on HOLD in the window: skipped or delayed as the protocol says, and never offered more."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.window.pages.delay import DelayPanel

DELAYS = (
    'hold_means = { value = "delay", source = "practice" }\n'
    'hold_delay_max_h = { value = "3", source = "practice" }'
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def board_of(bedside, office):
    office.open("board", subject=bedside.subject)
    return office.page()


def test_where_hold_skips_no_delay_is_offered_and_d_says_why(bedside, office, typing):
    bedside.check(platelets="40000")
    page = board_of(bedside, office)
    assert "delay" not in page._panel.offered()
    said = plain(page.panel_text())
    assert "By this protocol a dose on HOLD is skipped, not delayed." in said
    typing("d")
    assert office.window.panel() is None
    assert "Dose 1 cannot be delayed." in office.window.status.message()
    assert "Record it as Held" in office.window.status.message()


def test_a_dose_without_hold_offers_its_delay(bedside, office):
    bedside.check()
    assert "delay" in board_of(bedside, office)._panel.offered()


def test_an_earlier_dose_on_hold_without_an_outcome_is_named_at_the_next_check(bedside):
    assert "Without an outcome" not in bedside.open(3, 2).supplied_text()
    bedside.check(platelets="40000")
    assert "Without an outcome" not in bedside.open(3, 1).supplied_text()
    said = plain(bedside.open(3, 2).supplied_text())
    assert "doses held this cycle 0" in said
    assert "Without an outcome, on HOLD or past its time: dose 1. Record what became of it" in said


class TestDelays:
    """The same ward with a protocol whose HOLD delays by three hours at most."""

    @pytest.fixture
    def site_copy_file(self, site_copy_file: Path) -> Path:
        text = site_copy_file.read_text(encoding="utf-8")
        line = 'hold_means = { value = "skip the slot", source = "practice" }'
        assert line in text
        site_copy_file.write_text(text.replace(line, DELAYS), encoding="utf-8")
        return site_copy_file

    def test_the_panel_names_the_last_moment_and_the_desk_keeps_it(self, bedside, office, typing):
        bedside.check(platelets="40000")
        page = board_of(bedside, office)
        assert "delay" in page._panel.offered()
        typing("d")
        panel = office.window.panel()
        assert isinstance(panel, DelayPanel)
        assert "may be delayed to 12-Mar-2026 17:00 at the latest" in plain(panel.limit_text())
        typing("1701{Enter}t{Enter}1{Ctrl+Enter}{Ctrl+Enter}")
        assert "at the latest" in panel.refusal_text()
        assert not office.desk.journal.entries(kind="dose-delayed")

    def test_a_dose_without_hold_names_no_last_moment(self, bedside, office, typing):
        bedside.check()
        board_of(bedside, office)
        typing("d")
        panel = office.window.panel()
        assert isinstance(panel, DelayPanel)
        assert panel.limit_text() == ""
