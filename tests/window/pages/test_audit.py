"""The audit trail on screen: newest first, chosen in the open, checked beside the window, saved by right."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from il2desk.desk import Desk, sign_in
from il2desk.window import in_parts
from il2desk.window.office import Office
from il2desk.window.pages import audit as audit_page
from il2desk.window.pages.audit import AuditPage
from il2desk.window.pages.entry_panel import EntryPanel

Typing = Callable[[str], None]


def _audit(office: Office) -> AuditPage:
    office.open("audit")
    page = office.page()
    assert isinstance(page, AuditPage)
    return page


def _whats(page: AuditPage) -> list[str]:
    return [getattr(row.cells[2], "text", "") for row in page.table.rows()]


@pytest.fixture
def checked(office: Office, planned: str, qtbot: QtBot) -> AuditPage:
    """The page with a patient in the journal, its chain checked."""
    page = _audit(office)
    qtbot.waitUntil(lambda: page._job is None)
    return page


def test_it_is_in_the_list_of_screens_and_newest_first(office: Office, checked: AuditPage) -> None:
    assert "Audit" in [entry.words for entry in office.window._rail.entries()]
    assert _whats(checked)[0].startswith("Planned a cycle")
    assert _whats(checked)[-1].startswith("Set up the site")
    assert office.window.banner() is None
    assert checked.banner.isHidden()  # nothing is left out


def test_the_chain_is_verified_beside_the_window(office: Office, checked: AuditPage) -> None:
    count = office.desk.journal.count()
    assert checked.chain.text() == f"Chain verified 14:00, {count} entries"
    assert checked.broken.isHidden()


def test_a_check_can_be_stopped_and_then_says_nothing(
    office: Office,
    checked: AuditPage,
    typing: Typing,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("il2desk.records.chain._TOLD", 1)
    checked.table.view.setFocus()
    typing("{Alt+1}")
    assert "Alt+1 stops it" in checked.chain.text()
    checked.check_chain()
    qtbot.waitUntil(lambda: checked._job is None)
    assert checked.chain.text() in (
        "The check was stopped. Nothing is said about the chain.",
        f"Chain verified 14:00, {office.desk.journal.count()} entries",  # it was quicker
    )


def test_a_broken_chain_is_a_strip_and_stands_on_the_page(
    office: Office, checked: AuditPage, qtbot: QtBot
) -> None:
    raw = sqlite3.connect(office.desk.journal.path)
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("UPDATE entry SET reason = 'other' WHERE sequence = 5")
    raw.commit()
    raw.close()
    checked.check_chain()
    qtbot.waitUntil(lambda: checked._job is None)
    words = "Chain broken at entry 5: treat later entries as unverified; call the trial pharmacy."
    assert checked.broken.accessibleName().startswith(words)
    assert f"CHAIN BROKEN. {words}" in _strips(office)
    office.open("today")
    assert f"CHAIN BROKEN. {words}" in _strips(office)


def _strips(office: Office) -> str:
    return " ".join(office.window.strips.sentences())


def test_enter_shows_the_whole_entry_and_esc_returns(
    office: Office, checked: AuditPage, typing: Typing
) -> None:
    checked.table.view.setFocus()
    typing("{Enter}")
    panel = office.window.panel()
    assert isinstance(panel, EntryPanel)
    named = dict(panel.fields)
    head = office.desk.journal.last()
    assert head is not None
    assert (named["Hash"], named["Entry"]) == (head.hash, str(head.sequence))
    typing("{Esc}")
    assert office.window.panel() is None
    assert office.page() is checked


def test_what_is_chosen_is_named_until_esc_clears_it(
    office: Office, checked: AuditPage, typing: Typing
) -> None:
    checked.table.view.setFocus()
    count = office.desk.journal.count()
    typing("{Ctrl+F}NPC-404{Ctrl+Enter}")
    assert (
        office.window.panel() is not None
    )  # nobody has that number: it says so, and shows nothing
    typing("{Esc}")
    typing("{Ctrl+F}NPC-001{Ctrl+Enter}")
    shown = len(checked.table.rows())
    assert 0 < shown < count
    assert checked.banner.accessibleName() == (
        f"Showing {shown} of {count}: patient NPC-001. Esc clears."
    )
    typing("{Esc}")
    assert checked.banner.isHidden()
    assert len(checked.table.rows()) == count
    assert office.page() is checked


def test_older_entries_come_when_they_are_asked_for(
    office: Office, checked: AuditPage, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_page, "audit_in_parts", _of_four(audit_page.audit_in_parts))
    checked.refresh()
    assert len(checked.table.rows()) == 4
    assert checked.table.footer() == "Not the end. Alt+2 reads older entries."
    assert "Alt+2 reads older ones" in checked.banner.accessibleName()
    checked.table.view.setFocus()
    typing("{Alt+2}")
    assert len(checked.table.rows()) == 8


def _of_four(real: Callable[..., object]) -> Callable[..., object]:
    return lambda desk, chosen, **more: real(desk, chosen, **{"most": 4, **more})


def test_an_export_holds_every_entry_and_is_an_entry(
    office: Office, checked: AuditPage, tmp_path: Path, qtbot: QtBot
) -> None:
    count = office.desk.journal.count()
    checked.export(tmp_path / "trail.csv")
    qtbot.waitUntil((tmp_path / "trail.csv").exists)
    text = (tmp_path / "trail.csv").read_bytes().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == count + 1
    qtbot.waitUntil(lambda: bool(_whats(checked)))  # the list is read anew beside the window
    assert _whats(checked)[0] == "Exported the audit trail: every entry"
    checked.export(tmp_path / "trail.csv")
    assert "exists already" in checked.refused.accessibleName()


def test_an_export_needs_the_right(
    office: Office, site_copy_desk: Desk, checked: AuditPage, typing: Typing
) -> None:
    sign_in(site_copy_desk, "A. Ruiz", "2222")
    checked.table.view.setFocus()
    typing("{Alt+3}")
    assert "Exporting the audit trail is for a pharmacist or administrator" in (
        checked.refused.accessibleName()
    )


def test_a_long_journal_is_read_in_parts_and_left_behind(
    office: Office, planned: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(in_parts, "_FEW", 0)
    monkeypatch.setattr(in_parts, "_TURN_S", 0)
    page = _audit(office)
    assert page.table.footer().startswith("Reading entry")
    office.open("today")  # neither the reading nor the check outlives the page
    qtbot.wait(20)
    page = _audit(office)
    qtbot.waitUntil(lambda: len(page.table.rows()) == office.desk.journal.count())
