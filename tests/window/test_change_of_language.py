"""Another language is spoken at once: frame, menus, screens and page, with person and typed text kept."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtWidgets import QApplication

from il2desk import words
from il2desk.window.banner import BannerFacts
from il2desk.window.pages import own_preferences


class Loud(gettext.NullTranslations):
    """A language in which every sentence stands in capitals, and facts as they are."""

    def gettext(self, message: str) -> str:
        first, *rest = message.split("{")
        parted = (part.partition("}") for part in rest)
        return first.upper() + "".join(f"{{{name}}}{text.upper()}" for name, _, text in parted)


@pytest.fixture
def loud(office, monkeypatch):
    """One more language is offered; choosing it speaks it, as the program does before the office hears."""

    def speak(key: str) -> None:
        if key == "language" and office.preferences.language == "de":
            monkeypatch.setattr(words, "_chosen", ("de", Loud()))

    monkeypatch.setattr(own_preferences, "languages", lambda: ("en", "de"))
    monkeypatch.setattr(own_preferences, "language_name", {"en": "English", "de": "Laut"}.get)
    office.preferences.changed.connect(speak)


def test_everything_on_screen_speaks_it_at_once(office, loud, typing):
    window, person = office.window, office.desk.person
    window.set_banner(BannerFacts("RCC-014"))
    office.stored()
    office.open("settings")
    before = office.page()
    before.own.lock.line.setText("99")
    before.own.language.focus_entry()
    typing("2")
    QApplication.processEvents()
    page = office.page()
    assert page is not before
    assert page.title == "SETTINGS"
    assert office.desk.person is person
    assert window.status.fact("user") == person.name
    assert page.own.lock.line.text() == "99"
    assert page.own.lock.error_text()
    assert page.own.language.value() == "de"
    assert page.own.language.isAncestorOf(QApplication.focusWidget())
    assert {"SETTINGS", "TODAY"} <= {entry.words for entry in window._rail.entries()}
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == ["&FILE", "&GO", "&RECORD", "&VIEW", "&HELP"]
    assert window.status._lock.accessibleName() == "LOCK"
    assert window.status.message() == "IN USE FROM NOW ON."
    assert window.status.fact("stored").startswith("ALL ENTRIES STORED")
    assert window._rail.accessibleName() == "SCREENS"
    window.set_banner(BannerFacts("RCC-014"))
    assert "TRIAL NO." in window.banner().accessible_sentence()
