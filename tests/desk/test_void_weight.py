"""A weight entered in error: it counts for nothing, and nothing that rested on it goes on in silence."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    DISCARD_MEANING,
    Lot,
    OrderForm,
    TwoSignatures,
    amend_order,
    chart_of,
    discard_preparation,
    may_release,
    new_token,
    questions_about_weight,
    slot_states,
    steps_of,
    void_weight,
    without_weight,
    wrong_preparation,
)
from il2desk.desk.papers import prepare_cycle_sheet
from il2desk.desk.sheet_rows import dose_rows

SETS = ("sets-the-dose",)
LOTS = (Lot("PR1234AB", "2026-12-31"),)


def void(ward, weight=None, reason="other patient's slip", signed=None):
    chart = ward.made(chart_of(ward.desk, ward.subject))
    entry = chart.dosing_weight.entry if weight is None else weight
    both = signed or ward.two(AMEND_FIRST, AMEND_SECOND)
    return void_weight(ward.desk, ward.subject, entry, reason, both, new_token())


def gate(ward, number=1):
    at = ward.located(number)
    return may_release(ward.desk, at.chart, at.cycle, number, LOTS)


def slot(ward, number=1):
    return slot_states(ward.desk, ward.located().cycle)[number - 1]


def test_it_sets_no_dose_and_no_baseline_any_more(ward):
    entry = ward.made(void(ward))
    assert (entry.amends, entry.reason) == (entry.body["weight"], "other patient's slip")
    assert [one["name"] for one in entry.body["signatures"]] == ["K. Brandt", "A. Ruiz"]
    at = ward.located()
    assert (at.chart.weights, at.chart.dosing_weight, at.cycle.baseline_kg) == ([], None, None)
    assert at.chart.weight_gain_percent(at.cycle) is None
    (wrong,) = at.chart.weights_in_error
    assert (wrong.weight.weight_kg, wrong.by, wrong.checked_by) == (70, "K. Brandt", "A. Ruiz")
    assert ward.derived().code == "no-weight"


def test_no_question_comes_from_it(ward):
    ward.made(ward.weight("80", answered=("weight-jump",)))
    asked = questions_about_weight(ward.desk, ward.subject, Decimal("70.5"))
    assert [one.code for one in asked] == ["weight-jump"]
    ward.made(void(ward))
    assert questions_about_weight(ward.desk, ward.subject, Decimal("70.5")) == ()


def test_the_weight_before_it_is_in_force_again_and_both_are_told(ward):
    ward.made(ward.weight("74"))
    weight = ward.located().chart.dosing_weight
    said = without_weight(ward.desk, ward.located().chart, weight)
    assert said == ("The dosing weight is then 70\u00a0kg, measured 01-Mar-2026 15:55.",)
    ward.made(void(ward))
    assert ward.derived().exact_dose_iu == Decimal(5040000)


def test_who_and_why(ward):
    ward.refused("reason", void, ward, reason=" ")
    same = TwoSignatures(ward.signed("pharmacist"), ward.signed("pharmacist"))
    ward.refused("same-person", void, ward, signed=same)
    ward.refused("weight", void, ward, "0" * 32)
    ward.made(void(ward))
    gone = ward.located().chart.weights_in_error[0].weight.entry
    assert "already" in ward.refused("weight", void, ward, gone).text
    ward.sign_in("monitor")
    ward.refused("reading-only", void, ward, gone)


def test_a_weight_of_another_patient_is_not_touched(ward):
    weight = ward.located().chart.dosing_weight.entry
    ward.register(trial_code="NPC-018", hospital_number="4712", family_name="Green")
    ward.refused("weight", void, ward, weight)


def test_a_second_press_marks_it_once(ward):
    signed = ward.two(AMEND_FIRST, AMEND_SECOND)
    weight = ward.located().chart.dosing_weight.entry
    ward.once(
        lambda token: void_weight(ward.desk, ward.subject, weight, "typing error", signed, token)
    )


def test_a_prepared_dose_that_rested_on_it_does_not_go_on(ward):
    ward.prepared()
    ward.made(void(ward))
    assert slot(ward).note == "weight corrected since"
    assert slot(ward, 2).note == ""
    assert "Do not give this preparation" in wrong_preparation(ward.desk, ward.located())
    assert ward.refused("no-weight", gate, ward)
    # The right weight is recorded; the check rested on the wrong one, so it is done again.
    ward.made(ward.weight("70.5", answered=SETS))
    chart = ward.located().chart
    form = OrderForm("M. Sato", ward.desk.clock.now(), Decimal(5076000), reason="right weight")
    ward.made(amend_order(ward.desk, ward.subject, chart.order.id, form, new_token()))
    assert "entered in error" in ward.refused("weight-corrected", gate, ward).text
    assert steps_of(ward.desk, chart, ward.located().cycle, 1).prepare == "-"
    ward.check()
    assert ward.refused("released", gate, ward)
    signed = ward.signed("pharmacist", DISCARD_MEANING)
    first, token = ward.dose().release.entry, new_token()
    ward.made(discard_preparation(ward.desk, ward.place(), first, "wrong weight", signed, token))
    dose = ward.made(gate(ward))
    reading = ward.reading(weight_kg=Decimal("70.5"), volume_ml=dose.prepared_volume_ml)
    ward.made(ward.release(reading=reading))
    assert slot(ward).note == ""
    assert wrong_preparation(ward.desk, ward.located()) == ""


def test_what_was_given_of_it_is_recorded_and_marked(ward):
    ward.prepared()
    ward.made(void(ward))
    ward.at(minutes=2)
    answer = ward.refused("administration", ward.record)
    assert "a weight that was entered in error" in answer.text
    entry = ward.made(ward.record(reason="it had been given already"))
    assert "a weight that was entered in error" in entry.body["against"]
    assert "The check before it rests on a weight" in entry.body["against"]


def test_a_dose_given_on_it_keeps_its_record_and_says_so_on_board_and_paper(ward):
    ward.given(1)
    ward.made(void(ward))
    assert ward.dose().administration.outcome == "given"
    assert slot(ward).note == "weight corrected since"
    assert dose_rows(ward.desk, ward.located().cycle)[0].reason == "weight corrected since"
    said = without_weight(
        ward.desk, ward.located().chart, ward.located().chart.weights_in_error[0].weight
    )
    assert "Dose 1 was released on it; its record stays and is marked." in said
    ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle))


def test_a_release_on_another_weight_is_not_marked(ward):
    ward.prepared()
    ward.made(ward.weight("70.4", purpose="daily"))
    ward.made(void(ward, ward.located().chart.last_weight.entry))
    assert slot(ward).note == ""
    assert ward.dose().standing_release is not None


def test_a_check_that_rested_on_a_wrong_daily_weight_is_done_again(ward):
    ward.premedicate()
    ward.made(ward.weight("70.4", purpose="daily"))
    ward.check()
    ward.made(void(ward, ward.located().chart.last_weight.entry))
    ward.refused("weight-corrected", ward.release)
    at = ward.located()
    assert steps_of(ward.desk, at.chart, at.cycle, 1).check == "CANNOT ASSESS"
    ward.check()
    ward.made(ward.release())


# The baseline


def test_the_right_weight_of_the_same_moment_is_the_baseline(ward):
    when = ward.located().chart.dosing_weight.measured_at
    ward.made(void(ward))
    ward.made(ward.weight("71", measured_at=when))
    assert ward.located().cycle.baseline_kg == Decimal(71)


def test_weighed_again_before_the_first_dose_is_the_baseline(ward):
    ward.made(void(ward))
    ward.made(ward.weight("71"))
    assert ward.located().cycle.baseline_kg == Decimal(71)


def test_a_weight_after_the_first_dose_is_no_baseline(ward):
    """Fluid of the cycle must not become what its gain is measured against."""
    ward.given(1)
    ward.made(void(ward))
    ward.at(minutes=30)
    ward.made(ward.weight("73", answered=SETS))
    at = ward.located()
    assert at.cycle.baseline_kg is None
    assert at.chart.weight_gain_percent(at.cycle) is None


def test_an_older_dosing_weight_does_not_become_the_baseline_by_itself(ward):
    first = ward.located().chart.dosing_weight
    ward.at(hours=24 * 20)
    ward.made(ward.weight("72"))
    ward.made(ward.weight("70", measured_at=ward.desk.clock.now()))
    ward.cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-23T12:00")))
    ward.made(void(ward))
    at = ward.located()
    assert at.chart.dosing_weight.weight_kg == Decimal(72)
    assert at.cycle.baseline_kg is None
    assert first.weight_kg == Decimal(70)


def test_two_equal_weights_are_not_mistaken_for_each_other(ward):
    """Both cycles began at 70 kg; a correction of the first one's weight leaves the second's."""
    first, old = ward.cycle, ward.located().chart.dosing_weight
    ward.at(hours=24 * 20)
    ward.made(ward.weight("70"))
    ward.cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-23T12:00")))
    ward.made(ward.weight("66", measured_at=old.measured_at))
    chart = ward.located().chart
    assert chart.cycles[first].baseline_kg == Decimal(66)
    assert chart.cycles[ward.cycle].baseline_kg == Decimal(70)


@pytest.mark.parametrize("hours", [1, 30])
def test_what_was_checked_before_the_mark_stood_then(ward, hours):
    """A dose given before anybody knew is not told as given against a check that stood."""
    ward.prepared()
    given = ward.at(minutes=2)
    ward.at(hours=hours)
    ward.made(void(ward))
    entry = ward.made(ward.record(given_at=given, reason="told late"))
    assert "against" not in entry.body["against"]
    assert ward.desk.clock.now() - given > timedelta(minutes=30)
