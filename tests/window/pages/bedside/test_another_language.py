"""In another language the screen speaks it, and what is stored stays English."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtWidgets import QAbstractButton

from il2desk import words
from il2desk.window.pages import delay


class Loud(gettext.NullTranslations):
    """A language in which every sentence stands in capitals, and facts as they are."""

    def gettext(self, message: str) -> str:
        parts = message.split("{")
        first, rest = parts[0].upper(), (part.partition("}") for part in parts[1:])
        return first + "".join(f"{{{name}}}{text.upper()}" for name, _, text in rest)


def shown(choice) -> list[str]:
    return [option.text() for option in choice.findChildren(QAbstractButton)]


@pytest.fixture
def loud(monkeypatch):
    monkeypatch.setattr(words, "_catalogue", Loud)


def test_the_reason_of_an_omitted_dose_is_shown_in_it_and_stored_in_english(
    bedside, office, loud, typing
):
    bedside.prepared()
    bedside.later(5)
    step = bedside.open(5)
    step.entries.outcome.choose("omitted")
    assert "PATIENT REFUSED" in shown(step.entries.reason)
    step.entries.reason.choose("Patient refused")
    assert step.entries.value().reason == "Patient refused"


def test_the_reason_of_an_item_that_was_not_given_too(bedside, office, loud):
    row = bedside.open(2)._rows[0]
    row.outcome.choose("not given")
    assert "PATIENT REFUSED" in shown(row.reason)
    row.reason.choose("patient refused")
    assert row.value(None).reason == "patient refused"


def test_the_reason_of_a_delay_too(loud):
    offered = {choice.words: choice.id for choice in delay._reasons()}
    assert offered["NO VENOUS ACCESS"] == "No venous access"
