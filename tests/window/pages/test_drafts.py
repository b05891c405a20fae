"""What is typed and not recorded comes back: after Esc, a lock and a new start; to its author only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from il2desk.desk import Desk, drafts, staff
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office


@pytest.fixture
def form(office: Office, registered: str) -> Any:
    """The order of a patient, into which a prescriber and a dose were typed."""
    office.open("order", subject=registered)
    page = office.page()
    page.prescriber.line.setText("M. Sato")
    page.dose.line.setText("5040000")
    return page


def again(office: Office, subject: str) -> Any:
    office.open("today")
    office.open("order", subject=subject)
    return office.page()


def person(desk: Desk, name: str) -> Any:
    return next(one for one in staff(desk) if one.name == name)


def test_leaving_keeps_a_draft_and_says_so(form, office, desk, registered, qtbot: QtBot) -> None:
    before = desk.journal.count()
    form.go_back()
    qtbot.waitUntil(lambda: office.window.status.message().startswith("Draft kept 14:00."))
    assert office.window.status.message() == "Draft kept 14:00. Nothing has been recorded."
    assert office.window.draft() == ""
    office.open("order", subject=registered)
    page = office.page()
    assert (page.prescriber.typed(), page.dose.typed()) == ("M. Sato", "5040000")
    assert page.consent.typed() == ""
    assert office.window.draft() == "Draft 14:00, not recorded"
    assert desk.journal.count() == before


def test_it_is_kept_while_somebody_types(form, desk, office, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: drafts.drafts_waiting(desk) == 1)
    assert office.window.draft() == "Draft 14:00, not recorded"


def test_nobody_else_is_given_it(form, office, desk, registered) -> None:
    office.open("today")
    desk.person = person(desk, "A. Ruiz")
    page = again(office, registered)
    assert (page.prescriber.typed(), page.dose.typed()) == ("", "")
    desk.person = person(desk, "K. Brandt")
    assert again(office, registered).prescriber.typed() == "M. Sato"


def test_what_one_person_typed_is_never_kept_as_anothers(form, office, desk, registered) -> None:
    desk.person = person(desk, "A. Ruiz")
    office.open("today")
    assert desk.journal.kept_drafts() == ()
    assert again(office, registered).prescriber.typed() == ""


def test_another_patient_has_another_draft(form, office, desk) -> None:
    place = drafts.DraftPlace("order", "somebody else")
    office.open("today")
    assert drafts.draft_at(desk, place) is None


def test_discarding_empties_the_form_and_lets_go(form, office, desk, registered, typing) -> None:
    form.go_back()
    page = again(office, registered)
    typing("{Ctrl+Shift+D}")
    assert (page.prescriber.typed(), page.dose.typed()) == ("", "")
    assert office.window.draft() == ""
    assert drafts.drafts_waiting(desk) == 0
    assert again(office, registered).prescriber.typed() == ""


def test_one_of_another_version_is_dropped_with_a_sentence(
    form, office, desk, registered, qtbot: QtBot, monkeypatch
) -> None:
    office.open("today")
    monkeypatch.setattr(drafts, "__version__", "99")
    page = again(office, registered)
    assert page.prescriber.typed() == ""
    qtbot.waitUntil(lambda: "another version" in office.window.status.message())
    assert drafts.drafts_waiting(desk) == 0


def test_a_field_that_is_gone_is_named(form, office, desk, registered, qtbot: QtBot) -> None:
    place = drafts.DraftPlace("order", registered)
    drafts.keep_draft(desk, place, {"TextEntry | Ward of old 1": "7"})
    drafts.keep_draft(desk, place, {"Ward of old | TextEntry 1": "7"})
    desk_form = office.page()
    assert desk_form is form
    form.prescriber.clear_entry()
    form.dose.clear_entry()
    form._draft._known = form._draft._typed()
    page = again(office, registered)
    qtbot.waitUntil(lambda: "Type again" in office.window.status.message())
    assert "Ward of old" in office.window.status.message()
    assert page.prescriber.typed() == ""


def test_one_of_another_day_is_not_brought_back(
    form, office, desk, registered, clock, qtbot
) -> None:
    """A value whose own time cannot come back would take another's, and an old one look fresh."""
    form.written.time.line.setText("1330")
    form.written.date.line.setText("-1")
    office.open("today")
    same = again(office, registered)
    assert same.written.time.typed() == "13:30"
    assert same.written.date.typed() == "11-Mar-2026"  # never counted from another day
    office.open("today")
    clock.moment = clock.now() + timedelta(days=1)
    page = again(office, registered)
    assert (page.written.time.typed(), page.dose.typed(), page.prescriber.typed()) == ("", "", "")
    assert office.window.draft() == ""
    told = "A draft of 12-Mar-2026 14:00 is of another day. It is not brought back."
    qtbot.waitUntil(lambda: office.window.status.message() == told)
    assert drafts.drafts_waiting(desk) == 0


def test_nothing_is_discarded_under_a_panel(form, office) -> None:
    office.window.open_panel(QWidget())
    office.drafts.discard()
    assert form.dose.typed() == "5040000"
    assert office.window.status.message() == "Sign or go back first."


def test_every_entry_form_keeps_one(office, planned, desk) -> None:
    """Opened one after the other: each has a draft of its own."""
    routes = (("register", {}), ("order", {"subject": planned}), ("plan", {"subject": planned}))
    for route, args in routes:
        office.open(route, **args)
        assert office.page().findChildren(FormDraft), route
