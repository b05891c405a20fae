from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import Desk, DosePlace, WeightForm, chart_of, new_token, record_weight
from il2desk.dosing import kept_together
from il2desk.window.office import Office
from il2desk.window.pages.dose import DosePage
from il2desk.window.pages.dose_weight import WeightStep
from il2desk.window.pages.weight_words import gain_sentence

Typing = Callable[[str], None]
DOSE_70 = "DOSE 5.04\u00a0million\u00a0international\u00a0units"


def _weigh(desk: Desk, subject: str, kilograms: str, purpose: str = "dosing") -> None:
    form = WeightForm(
        Decimal(kilograms), desk.clock.now() - timedelta(minutes=30), "bed scale", purpose
    )
    assert not hasattr(record_weight(desk, subject, form, new_token()), "reasons")


def _step(office: Office, subject: str) -> WeightStep:
    chart = chart_of(office.desk, subject)
    office.open("dose", place=DosePlace(subject, chart.cycle.id, 1), step=1)
    page = office.page()
    assert isinstance(page, DosePage)
    step = page.step()
    assert isinstance(step, WeightStep)
    return step


def test_without_a_weight_the_form_is_open_and_no_dose_stands(office: Office, planned: str) -> None:
    step = _step(office, planned)
    assert step.entry().isVisible()
    assert step.working().lines() == ()
    assert "No dosing weight yet. W enters one." in step.findings_text()


def test_the_recorded_weight_shows_every_line_with_its_source(
    office: Office, site_copy_desk: Desk, planned: str
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    assert step.headline() == DOSE_70
    letters = [line.letter for line in step.working().lines()]
    assert letters == ["A", "C", "C'", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M"]
    assert all(line.source for line in step.working().lines())
    assert "second engine: same" in step.findings_text()


def test_a_weight_is_recorded_by_keys_alone(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    typing("70,5{Enter}")
    assert "5.076" in step.headline()
    assert "not recorded yet" in step.headline()
    typing("n{Tab}{Tab}2{Tab}1{Ctrl+Enter}")
    chart = chart_of(site_copy_desk, planned)
    assert chart.dosing_weight.weight_kg == Decimal("70.5")
    assert chart.dosing_weight.method == "bed scale"
    assert not step.entry().isVisible()
    assert "not recorded yet" not in step.headline()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("705", "outside 2 to 300"),
        ("1,250", "could mean 1250 or 1.250"),
        ("70.555", "could mean"),
        ("70..5", "decimal mark"),
        ("", "Enter the dosing weight"),
    ],
)
def test_a_bad_weight_keeps_its_text_shows_no_dose_and_stores_nothing(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing, typed: str, sentence: str
) -> None:
    _weigh(site_copy_desk, planned, "70")
    count = site_copy_desk.journal.count()
    step = _step(office, planned)
    typing("w")
    typing(typed + "{Enter}")
    assert sentence in step.entry().weight.error_text()
    assert step.entry().weight.typed() == typed
    assert step.working().lines() == () or typed == ""
    typing("{Ctrl+Enter}")
    assert site_copy_desk.journal.count() == count


def test_the_old_dose_goes_with_the_first_key_of_a_new_weight(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    typing("w")
    assert step.working().lines() != ()
    typing("7")
    assert step.headline() == ""
    assert step.working().lines() == ()
    assert step.working().spoken() == ""


@pytest.mark.parametrize("typed", ["7.05", "154"])
def test_a_doubtful_weight_is_asked_about_before_a_dose_is_shown(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing, typed: str
) -> None:
    _weigh(site_copy_desk, planned, "70")
    count = site_copy_desk.journal.count()
    step = _step(office, planned)
    typing("w")
    typing(typed + "{Enter}")
    asked = len(step.entry().questions())
    assert asked >= 1
    assert step.working().lines() == ()
    assert "the answer to a question" in step.action().missing
    for _ in range(asked):
        typing("1")
    assert step.entry().unanswered() == 0
    # Now it is worked out: another dose than ordered, or one too small to measure.
    assert not step.headline().startswith("Answer")
    assert "order says" in step.findings_text() or step.headline() == "No dose can be derived"
    assert site_copy_desk.journal.count() == count


def test_a_wrong_answer_sends_back_to_the_weight(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    typing("w")
    typing("154{Enter}2")
    assert step.entry().weight.line.hasFocus()
    assert step.entry().weight.typed() == "154"


def test_changed_lines_say_what_they_were(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    typing("w")
    typing("71{Enter}")
    was = {line.letter: line.was for line in step.working().lines()}
    assert was["A"] == "70\u00a0kg"
    assert was["M"] == ""


def test_a_daily_weight_leaves_the_dose_as_it_is_and_is_compared(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    typing("w")
    typing("73,1{Enter}n{Tab}{Tab}1{Tab}2")
    assert step.headline() == DOSE_70
    typing("{Ctrl+Enter}")
    said = step.findings_text()
    assert "73.1\u00a0kg is 3.1\u00a0kg more (4.4 percent)" in said
    assert "Dosing weight stays 70\u00a0kg." in said
    assert step.headline() == DOSE_70


def test_what_a_weight_is_for_is_chosen_by_nobody_but_a_person(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    step = _step(office, planned)
    typing("70{Enter}n{Tab}{Tab}1")
    assert step.entry().purpose.value() is None
    assert step.action().missing == ("Used as",)
    typing("{Ctrl+Enter}")
    assert unchanged()
    step.entry().purpose.focus_entry()
    typing("1")
    assert "it sets the dose" in step.action().sentence
    typing("2")
    assert "Daily weight 70\u00a0kg: the dose stays." in step.action().sentence
    typing("{Ctrl+Enter}")
    assert not unchanged()
    # The next weight begins without a purpose.
    typing("w")
    assert step.entry().purpose.value() is None


def test_the_rules_for_weighing_are_said_filled_in_or_not(
    office: Office, site_copy_desk: Desk, planned: str
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    said = step.findings_text().replace("\u00a0", " ")
    assert "re-weighs from 10 percent of change against the dosing weight." in said
    assert "A dosing weight counts for 168 hours." in said
    at = step.located
    at.cycle.fingerprint = "sha256:gone"  # a version without any rule
    unset = gain_sentence(site_copy_desk, at)
    assert "no limit for a new dosing weight: no change blocks a release." in unset
    assert "no age of the dosing weight: none is too old." in unset


def test_a_weight_measured_in_the_future_is_refused_beside_its_time(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    step = _step(office, planned)
    typing("70{Enter}1500{Enter}t{Enter}2{Tab}1{Ctrl+Enter}")
    assert "in the future" in step.entry().when.time.error_text()
    assert unchanged()


def test_escape_closes_the_form_and_keeps_what_was_typed(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    _weigh(site_copy_desk, planned, "70")
    step = _step(office, planned)
    typing("w")
    typing("71{Enter}{Esc}")
    assert isinstance(office.page(), DosePage)
    assert step.headline() == DOSE_70
    typing("w")
    assert step.entry().weight.typed() == "71"


@pytest.mark.parametrize(
    ("kilograms", "dose", "prepared"),
    [
        (
            "68.4",
            "DOSE 4.9248 million international units",
            "prepared 4.86 million international units in 0.27 mL, deviation -1.32 percent",
        ),
        (
            "70",
            "DOSE 5.04 million international units",
            "prepared 5.04 million international units in 0.28 mL",
        ),
    ],
)
def test_the_dose_and_the_prepared_dose_stand_on_lines_of_their_own(
    office: Office, site_copy_desk: Desk, planned: str, kilograms: str, dose: str, prepared: str
) -> None:
    _weigh(site_copy_desk, planned, kilograms)
    step = _step(office, planned)
    texts = [text.replace("\u00a0", " ") for text in step.working().texts()]
    assert texts[:2] == [dose, prepared]
    assert step.action().sentence.replace("\u00a0", " ") == f"{dose}\n{prepared}"


def test_a_finding_that_forbids_release_is_not_called_by_the_word_of_a_verdict(
    office: Office, site_copy_desk: Desk, planned: str
) -> None:
    _weigh(site_copy_desk, planned, "68.4")
    said = _step(office, planned).findings_text()
    assert "▲ Cannot be released:  The order says" in said
    assert "STOP" not in said


def test_number_and_unit_never_part_in_the_working() -> None:
    said = kept_together("18 million per mL, 22 million international units, draw 1.2 mL in 5 min")
    assert said == (
        "18\u00a0million per\u00a0mL, 22\u00a0million\u00a0international\u00a0units, "
        "draw 1.2\u00a0mL in 5\u00a0min"
    )
