"""After a restore: the strip, the rail's entry, and two people who say that records are complete."""

from __future__ import annotations

import pytest

from il2desk.desk import SetClock, after_restore, back_up, open_desk, plan_restore, restore, sign_in
from il2desk.window.office import Office
from il2desk.window.theme import PlainLabel

PEOPLE = (("K. Brandt", "1111"), ("A. Ruiz", "2222"))


@pytest.fixture
def restored(site_copy_desk, planned, window, clock: SetClock):
    """The controller over a journal that was restored after a patient was planned."""
    desk = site_copy_desk
    (made,) = back_up(desk).made
    desk.append("backup-folder-named", {"folder": ""})
    path = desk.journal.path
    desk.close()
    restore(plan_restore(path, made.path), PEOPLE, "disk failed", clock)
    again = open_desk(path, clock=clock, create=False)
    sign_in(again, "K. Brandt", "1111")
    yield Office(again, window)
    again.close()


def test_the_strip_and_the_rail_lead_to_the_page(restored, window) -> None:
    assert any(
        one.startswith("RESTORED. The journal was restored") for one in window.strips.sentences()
    )
    restored.open("today")
    assert "restored" in [entry.id for entry in window._rail.entries()]


def test_two_people_say_that_a_patients_records_are_complete(
    restored, window, typing, qtbot
) -> None:
    restored.open("restored")
    page = restored.page()
    said = " ".join(label.text() for label in page.findChildren(PlainLabel))
    assert "1 entry stored after it stand in the kept file only" in said
    assert "The kept file is " in said
    assert [row.cells[:2] for row in page.table.rows()] == [("NPC-001", "LÖWENSTEIN, Maria (Ms)")]
    typing("{Ctrl+Enter}")
    typing("1111{Ctrl+Enter}")
    typing("K. Brandt{Enter}1111{Ctrl+Enter}")
    assert "someone else" in window.panel().refusal_text()
    restored.window.close_panel()
    typing("{Ctrl+Enter}")
    typing("1111{Ctrl+Enter}")
    typing("A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert after_restore.waiting_since_restore(restored.desk) == ()
    assert page.table.rows() == ()
    assert not any("RESTORED" in one for one in window.strips.sentences())
    restored.open("today")
    assert "restored" not in [entry.id for entry in window._rail.entries()]


def test_the_rail_leads_to_it_after_a_page_was_put_aside_too(restored, window) -> None:
    restored.open("today")
    work = restored.put_aside(None)
    restored.bring_back(work)
    assert "restored" in [entry.id for entry in window._rail.entries()]
