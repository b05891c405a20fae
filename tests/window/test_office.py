"""The controller: pages come and go whole, faults are shown, signatures are asked for."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from il2desk.desk import JournalFault
from il2desk.window import routes
from il2desk.window.office import Office
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.system_state import FaultCard
from il2desk.window.sign_panel import SignRequest


class Failing(Page):
    """A page whose act meets a full disk."""

    title = "Failing"

    def action(self) -> ActionState:
        return ActionState("Nothing yet.", "Record")

    def commit(self) -> None:
        raise JournalFault("The disk is full.", "What was stored is safe.", "Free some space.")


class Broken(Page):
    """A page that cannot be built."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        raise ZeroDivisionError


@pytest.mark.parametrize("name", sorted(routes.ROUTES))
def test_every_route_leads_to_a_page(name: str) -> None:
    assert issubclass(routes.ROUTES[name].page_class(), Page)


def test_back_returns_to_the_page_before_and_at_last_to_today(bare_office: Office) -> None:
    for route in ("today", "find", "protocols"):
        bare_office.open(route)
    bare_office.back()
    assert bare_office.page().title == "Find"
    bare_office.back()
    bare_office.back()
    assert bare_office.page().title == "Today"


def test_a_page_that_breaks_leaves_no_old_page_on_screen(
    bare_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare_office.open("find")
    monkeypatch.setattr(routes.Route, "page_class", lambda _: Broken)
    with pytest.raises(ZeroDivisionError):
        bare_office.open("today")
    assert bare_office.page() is None
    assert bare_office.window.banner() is None


def test_a_fault_of_the_journal_stays_beside_the_page(
    bare_office: Office, monkeypatch: pytest.MonkeyPatch, typing, qtbot: QtBot
) -> None:
    monkeypatch.setattr(routes.Route, "page_class", lambda _: Failing)
    bare_office.open("today")
    typing("{Ctrl+Enter}")
    card = bare_office.window.panel()
    assert isinstance(card, FaultCard)
    assert card.sentences == ("The disk is full.", "What was stored is safe.", "Free some space.")
    typing("{Esc}")
    assert bare_office.window.panel() is None
    assert isinstance(bare_office.page(), Failing)
    typing("{Ctrl+Enter}")  # and it can be pressed again
    assert isinstance(bare_office.window.panel(), FaultCard)


def test_a_refused_signature_keeps_the_panel(bare_office: Office, typing) -> None:
    bare_office.open("find")
    heard: list[tuple[str, str]] = []

    def done(name: str, pin: str) -> str | None:
        heard.append((name, pin))
        return None if pin == "1111" else "Wrong PIN."

    bare_office.ask_sign(SignRequest("Sign", ("Line",), "I agree", "K. Brandt"), done)
    typing("9999{Ctrl+Enter}")
    assert bare_office.window.panel().refusal_text() == "Wrong PIN."
    typing("1111{Ctrl+Enter}")
    assert bare_office.window.panel() is None
    assert heard == [("K. Brandt", "9999"), ("K. Brandt", "1111")]


def test_the_screens_of_a_patient_are_absent_without_one(bare_office: Office) -> None:
    bare_office.open("today")
    ids = [entry.id for entry in bare_office.window._rail.entries()]
    assert ids[:2] == ["today", "find"]
    assert {"stock", "papers", "protocols", "staff", "backups", "settings", "help"} <= set(ids)
    assert not set(ids) & set(routes.OF_A_PATIENT)
