"""The dosing weight in the window: not by accident, kept by order, corrected by two people."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from il2desk.desk import WeightForm, chart_of, new_token, record_weight
from il2desk.window.pages.step_list import StepList
from il2desk.window.tables import Cell

DOSE_70 = "DOSE 5.04 million international units"
SIGNED = "1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def daily(bedside, kilograms: str) -> None:
    form = WeightForm(
        Decimal(kilograms), bedside.clock.moment, "bed scale", "daily", answered=("weight-jump",)
    )
    record_weight(bedside.office.desk, bedside.subject, form, new_token())


def chart(bedside):
    return chart_of(bedside.office.desk, bedside.subject)


# A daily weight under the purpose "dosing"


def test_another_dosing_weight_while_a_cycle_runs_is_asked_about(bedside, typing):
    bedside.prepared()
    step, count = bedside.open(1), bedside.count
    typing("w")
    typing("72{Enter}n{Tab}{Tab}1{Tab}1")
    ((finding, _),) = step.entry().questions()
    assert finding.code == "sets-the-dose"
    assert "and not a daily weight?" in finding.text
    assert step.working().lines() == ()
    assert step.action().missing == ("the answer to a question",)
    typing("{Ctrl+Enter}")
    assert bedside.count == count
    typing("2")
    assert step.entry().purpose.hasFocus() or step.entry().purpose.isAncestorOf(
        step.window().focusWidget()
    )
    typing("2")
    assert step.entry().questions() == ()
    assert plain(step.headline()) == DOSE_70
    typing("{Ctrl+Enter}")
    assert chart(bedside).dosing_weight.weight_kg == Decimal(70)
    assert chart(bedside).last_weight.weight_kg == Decimal(72)


def test_confirmed_it_sets_the_dose_and_the_answer_is_stored(bedside, typing):
    bedside.prepared()
    step = bedside.open(1)
    typing("w")
    typing("72{Enter}n{Tab}{Tab}1{Tab}1")
    step.entry().questions()[0][1].focus_entry()
    typing("1{Ctrl+Enter}")
    weight = chart(bedside).dosing_weight
    assert weight.weight_kg == Decimal(72)
    assert "sets every further dose" in weight.answers[0]


def test_an_answer_stays_while_another_question_comes(bedside, typing):
    bedside.prepared()
    step = bedside.open(1)
    typing("w")
    typing("80{Enter}1n{Tab}{Tab}1{Tab}1")
    codes = [finding.code for finding, _ in step.entry().questions()]
    assert codes == ["weight-jump", "sets-the-dose"]
    assert step.entry().answered() == ("weight-jump",)


def test_before_the_first_dose_nothing_is_asked(bedside, typing):
    step = bedside.open(1)
    typing("w")
    typing("72{Enter}n{Tab}{Tab}1{Tab}1")
    assert step.entry().questions() == ()


# A change of weight


def test_the_order_to_keep_the_weight_is_given_in_step_1_too(bedside, typing):
    daily(bedside, "77")
    step = bedside.open(1)
    said = plain(step.findings_text())
    assert "The last weight 77 kg is 10 percent more than the dosing weight 70 kg." in said
    assert "may be fluid, and the protocol decides" in said
    assert "▲ Cannot be released:  The last weight 77 kg" in said
    assert "Dosing weight stays" not in said
    assert step.keep.isVisible()
    step.keep.click()
    typing(f"oedema{{Enter}}M. Sato{{Enter}}2{{Ctrl+Enter}}{SIGNED}")
    assert not step.keep.isVisible()
    said = plain(step.findings_text())
    assert (
        "Dosing weight kept despite 77 kg: oedema. Ordered by M. Sato, by phone; signed by "
        "K. Brandt, A. Ruiz." in said
    )
    assert plain(step.headline()) == DOSE_70


def test_the_order_to_keep_is_not_asked_for_an_old_weight(bedside, office):
    bedside.later(60 * 168)
    step = bedside.open(1)
    said = plain(step.findings_text())
    assert "▲ Cannot be released:  The dosing weight was measured on" in said
    assert "the site allows 168 hours" in said
    assert "Dosing weight stays" not in said
    assert not step.keep.isVisible()
    steps = bedside.office.page().findChild(StepList)
    assert "1 Weight and dose: weigh" in steps.words()


# Entered in error


@pytest.fixture
def wrong(bedside, office, typing):
    """The only weight is marked as entered in error on the records page, by keys alone."""
    bedside.prepared()
    office.open("records", subject=bedside.subject)
    page = office.page()
    page.table.select(next(row.id for row in page.table.rows() if "/weight/" in row.id))
    before = bedside.count
    typing("{A}{Ctrl+Enter}")
    assert bedside.count == before
    assert page.action().missing == ("Entered in error because",)
    typing("slip of bed 4{Ctrl+Enter}")
    panel = office.window.panel()
    review = plain("\n".join(panel.request().review))
    assert "Dose 1 was released on it: do not give that preparation" in review
    assert "It is the baseline of cycle 1" in review
    typing(SIGNED)
    assert bedside.count == before + 1
    return bedside


def test_the_weight_stays_struck_in_the_records(wrong, office):
    page = office.page()
    row = next(row for row in page.table.rows() if "/weight in error/" in row.id)
    struck = [cell.text for cell in row.cells if isinstance(cell, Cell) and cell.struck]
    assert struck[0].startswith("Dosing weight 70\u00a0kg, entered in error")
    page.table.select(row.id)
    told = plain("\n".join(page.detail.sentences()))
    assert "Reason: slip of bed 4" in told
    assert "by K. Brandt, second person A. Ruiz" in told


def test_it_is_not_marked_twice(wrong, office, typing):
    page = office.page()
    page.table.select(next(row.id for row in page.table.rows() if "/weight in error/" in row.id))
    typing("{A}")
    assert page.editing is None
    assert "already" in office.window.status.message()


def test_board_step_4_and_step_1_say_that_the_weight_was_corrected(wrong, office):
    office.open("board", subject=wrong.subject)
    assert "weight corrected since" in office.page().grid().sentence_of(1)
    step = wrong.open(4)
    assert "Do not give this preparation" in plain("\n".join(step.blocked.sentences()))
    assert step.action().blocked
    said = plain(wrong.open(1).findings_text())
    assert "Do not give this preparation" in said
    assert "70 kg was entered in error (slip of bed 4)" in plain(wrong.open(1)._weight.text())


def test_what_was_given_is_recorded_all_the_same(wrong):
    step = wrong.open(5)
    assert step.action().blocked == ""


def test_released_anew_on_the_right_weight(wrong, office, typing, qtbot):
    form = WeightForm(Decimal(70), wrong.clock.moment, "bed scale", "dosing")
    record_weight(wrong.office.desk, wrong.subject, form, new_token())
    wrong.check()
    step = wrong.open(4)
    assert "Do not give this preparation" in plain("\n".join(step.blocked.sentences()))
    assert "discard it in step 4" in step.action().blocked
    qtbot.mouseClick(step.discard, Qt.MouseButton.LeftButton)
    typing("drawn for a wrong weight{Ctrl+Enter}1111{Ctrl+Enter}")
    step = office.page().step()
    assert step.action().blocked == ""
    assert step.entries.isVisible()
    wrong.release()
    assert wrong.dose().standing_release is not None


def test_a_weight_row_opens_no_dose_and_waits_for_nobody(wrong, office, typing):
    page = office.page()
    page.table.select(next(row.id for row in page.table.rows() if "/weight in error/" in row.id))
    typing("{V}")
    assert office.window.panel() is None
    assert office.page() is page
