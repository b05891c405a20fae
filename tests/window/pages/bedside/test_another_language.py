"""In another language the screen speaks it, and what is stored stays English."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtWidgets import QAbstractButton

from il2desk import words
from il2desk.desk import new_token
from il2desk.desk.papers import SheetRequest, prepare_sheet, read_sheet_code, record_print
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


def test_old_paper_is_grave_in_it_too(bedside, office, loud, qtbot):
    request = SheetRequest("cycle", bedside.subject, bedside.cycle)
    sheet = prepare_sheet(office.desk, request)
    record_print(office.desk, sheet, "print", new_token())
    bedside.later(1)
    bedside.premedicate()
    found = read_sheet_code(office.desk, sheet.sheet_id)
    office.open("sheets", subject=bedside.subject, wanted=request, scanned=found)
    qtbot.waitUntil(lambda: not office.page().drawing.at_work)
    side = office.page().side
    assert side.scanned.sentences()[0].startswith("OLD PAPER: IT WOULD BE ANOTHER SHEET NOW.")
    assert side.good.sentences() == ()
