"""The second person does not agree: asked why, signed, and shown until the record is corrected."""

from __future__ import annotations

import re

import pytest

from il2desk.window.buttons import Button


@pytest.fixture
def waiting(bedside, office):
    """Dose 1 was recorded; the panel for the second person is open over its records."""
    bedside.given()
    office.open("records", subject=bedside.subject)
    return bedside


def plain(page) -> str:
    return "\n".join(page.detail.sentences()).replace("\u00a0", " ")


def test_the_second_person_disagrees_by_keyboard(waiting, office, typing, review, qtbot):
    typing("{V}{Ctrl+R}")
    qtbot.wait(10)
    assert office.window.panel().reason is not None
    typing("I saw 14:20 on the pump{Ctrl+Enter}")
    assert "Does not agree because: I saw 14:20 on the pump" in review()
    assert "Given" in review()
    typing("K. Brandt{Tab}1111{Ctrl+Enter}")
    assert "someone else" in office.window.panel().refusal_text()
    typing("{Tab}")
    panel = office.window.panel()
    panel._name.line.setText("A. Ruiz")
    panel._pin.line.setText("2222")
    typing("{Ctrl+Enter}")
    assert office.window.panel() is None
    record = waiting.dose().administration
    assert (record.waits, record.disputed.reason) == ("disputed", "I saw 14:20 on the pump")
    assert record.cosigned_by is None
    page = office.page()
    assert "Given, disputed" in page.table.rows()[0].cells[1].text
    assert page.table.rows()[0].cells[1].glyph == "disputed"
    assert "Disputed by A. Ruiz 12-Mar-2026 14:10: I saw 14:20 on the pump" in plain(page)


def test_a_disputed_record_is_corrected_before_it_is_signed(waiting, office, typing, qtbot):
    typing("{V}{Ctrl+R}")
    qtbot.wait(10)
    typing("wrong time{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert waiting.dose().administration.waits == "disputed"
    assert "V signs" not in (ways := office.page().action().sentence)
    assert "A. Ruiz does not agree: wrong time. Correct the record first" in ways
    typing("{V}")
    assert office.window.panel() is None
    assert (
        "A. Ruiz does not agree: wrong time. Correct the record" in office.window.status.message()
    )
    office.open("today")
    row = office.page().table().rows()[0]
    assert row.cells[3].text.startswith("Disputed")
    office.open("records", subject=waiting.subject)
    page = office.page()
    page.amend()
    page.editing.note.line.setText("pump log read: 14:05 is right")
    page.editing.reason.choose("new information")
    page.commit()
    typing("1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    record = waiting.dose().administration
    assert (record.waits, record.disputed) == ("needs second person", None)
    assert "Disputed by A. Ruiz 12-Mar-2026 14:10: wrong time (amended since)" in plain(page)
    assert "V signs" in page.action().sentence
    typing("{V}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert waiting.dose().administration.cosigned_by == "A. Ruiz"
    assert page.action().sentence == "A corrects the chosen record."


def test_esc_leaves_the_record_as_it_was(waiting, office, typing, qtbot):
    before = waiting.count
    typing("{V}{Ctrl+R}")
    qtbot.wait(10)
    typing("half said{Esc}")
    assert office.window.panel() is None
    assert waiting.count == before
    assert waiting.dose().administration.waits == "needs second person"


@pytest.mark.parametrize("keys", ["{V}", "{V}{Ctrl+R}", "{V}{Ctrl+R}wrong time{Ctrl+Enter}"])
def test_no_verb_of_the_panels_is_cut(waiting, office, typing, qtbot, keys):
    for key in re.findall(r"\{[^}]+\}|[^{]+", keys):
        typing(key)
        qtbot.wait(10)
    buttons = office.window.panel().findChildren(Button)
    assert len(buttons) == (3 if keys == "{V}" else 2)
    for button in buttons:
        assert button.width() >= button.sizeHint().width(), button.text()
