"""A weight: refused, asked about or recorded; never taken silently, never changed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import WeightForm, chart_of, new_token, questions_about_weight, record_weight
from il2desk.dosing import WEIGHT_KG, Refusal, parse_number


def chart(ward):
    return ward.made(chart_of(ward.desk, ward.subject))


@pytest.mark.parametrize("typed", ["705", "", "70.125", "1.9", "300.01", "7,05.1", "7e1"])
def test_what_is_no_weight_is_refused_by_the_field(typed):
    assert isinstance(parse_number(typed, WEIGHT_KG), Refusal)


@pytest.mark.parametrize("kilograms", ["705", "0.7", "0", "-70", "NaN", "Infinity"])
def test_the_act_refuses_it_too(ward, kilograms):
    """Every question answered, and still no dose of a weight that nobody has."""
    codes = ("weight-jump", "pounds", "body-mass-index", "weight-outside-plausible-range")
    ward.refused("range", ward.weight, kilograms, answered=codes)


@pytest.mark.parametrize(
    ("kilograms", "said"),
    [
        ("7.05", "plausible range"),
        ("154", "pounds"),
        ("154.32", "pounds"),
        ("80", "Read the scale"),
    ],
)
def test_a_weight_that_looks_wrong_is_asked_about(ward, kilograms, said):
    answer = ward.refused("asked", ward.weight, kilograms)
    assert said in answer.text
    codes = tuple(
        finding.code
        for finding in questions_about_weight(ward.desk, ward.subject, Decimal(kilograms))
    )
    # Each question needs its own answer.
    if len(codes) > 1:
        ward.refused("asked", ward.weight, kilograms, answered=codes[:-1])
    entry = ward.made(ward.weight(kilograms, answered=codes))
    assert entry.body["weight_kg"] == kilograms
    assert [one["code"] for one in entry.body["answers"]] == list(codes)
    assert all(one["text"] for one in entry.body["answers"])


def test_a_usual_weight_is_recorded_as_typed(ward):
    entry = ward.made(ward.weight("70.35"))
    assert entry.body["weight_kg"] == "70.35"
    assert entry.body["answers"] == ()


def test_the_dosing_weight_is_the_one_measured_last(ward):
    now = ward.desk.clock.now()
    ward.made(ward.weight("70.4", measured_at=now - timedelta(hours=1)))
    ward.made(ward.weight("70.2", measured_at=now - timedelta(hours=2)))
    assert chart(ward).dosing_weight.weight_kg == Decimal("70.4")


def test_a_correction_with_the_same_time_counts(ward):
    """71 typed for 70 at 08:00 and put right with 08:00 again: the later record is the weight."""
    when = ward.desk.clock.now() - timedelta(minutes=10)
    ward.made(ward.weight("71", measured_at=when))
    ward.made(ward.weight("70", measured_at=when))
    assert chart(ward).dosing_weight.weight_kg == Decimal(70)
    assert ward.derived().exact_dose_iu == Decimal(5040000)


def test_a_daily_weight_never_sets_the_dose(ward):
    ward.made(ward.weight("71", purpose="daily"))
    assert chart(ward).dosing_weight.weight_kg == Decimal(70)
    assert chart(ward).last_weight.weight_kg == Decimal(71)
    assert ward.derived().exact_dose_iu == Decimal(5040000)


def asked(ward, kilograms, purpose):
    found = questions_about_weight(ward.desk, ward.subject, Decimal(kilograms), purpose)
    return [finding.code for finding in found]


def test_another_dosing_weight_while_a_cycle_runs_is_asked_about(ward):
    """72 kg is the weight of the day, typed as dosing weight: 4 percent more of every dose."""
    assert asked(ward, "72", "dosing") == []  # nothing was prepared yet
    ward.prepared()
    assert asked(ward, "72", "dosing") == ["sets-the-dose"]
    assert asked(ward, "70", "dosing") == []  # the dose stays
    assert asked(ward, "72", "daily") == asked(ward, "72", None) == []
    assert "a daily weight" in ward.refused("asked", ward.weight, "72").text
    entry = ward.made(ward.weight("72", answered=("sets-the-dose",)))
    assert entry.body["answers"][0]["code"] == "sets-the-dose"


def test_when_a_cycle_does_not_run_a_dosing_weight_is_nothing_to_ask_about(ward):
    ward.prepared()
    ward.check(2, bleeding="frank")  # the cycle is stopped
    assert asked(ward, "72", "dosing") == []


def test_a_dosing_weight_by_accident_releases_nothing_before_the_order_is_amended(ward):
    ward.given(1)
    ward.clock.moment = ward.dose(2).planned
    ward.made(ward.weight("72", answered=("sets-the-dose",)))
    ward.premedicate(2)
    ward.check(2)
    assert "order says" in ward.refused("not-releasable", ward.release, 2).text


def test_how_and_when_it_was_measured(ward):
    later = ward.desk.clock.now() + timedelta(minutes=2)
    ward.refused("future", ward.weight, "70", measured_at=later)
    ward.refused("purpose", ward.weight, "70", purpose="guess")
    ward.refused("purpose", ward.weight, "70", purpose="")
    form = WeightForm(Decimal(70), ward.desk.clock.now(), "by eye", "dosing")
    ward.refused("method", record_weight, ward.desk, ward.subject, form, new_token())
    form = WeightForm(Decimal(70), ward.desk.clock.now(), "other", "dosing")
    ward.refused("method-reason", record_weight, ward.desk, ward.subject, form, new_token())
    form = WeightForm(
        Decimal(70), ward.desk.clock.now(), "other", "dosing", method_reason="stated, bedbound"
    )
    entry = ward.made(record_weight(ward.desk, ward.subject, form, new_token()))
    assert entry.body["method"] == "other: stated, bedbound"


def test_a_time_without_a_zone_is_a_defect_and_stores_nothing(ward):
    before = ward.count
    naive = ward.desk.clock.now().replace(tzinfo=None)
    with pytest.raises(TypeError):
        ward.weight("70", measured_at=naive)
    assert ward.count == before


def test_a_second_press_weighs_once(ward):
    form = WeightForm(Decimal("70.5"), ward.desk.clock.now(), "bed scale", "dosing")
    ward.once(lambda token: record_weight(ward.desk, ward.subject, form, token))


def test_whose_weight_it_is(ward):
    other = ward.subject
    ward.register(trial_code="NPC-018", hospital_number="4712", family_name="Green")
    codes = ("weight-outside-plausible-range", "body-mass-index")
    ward.made(ward.weight("90", answered=codes))
    assert chart(ward).dosing_weight.weight_kg == Decimal(90)
    ward.subject = other
    assert chart(ward).dosing_weight.weight_kg == Decimal(70)
    ward.subject = "0" * 32
    ward.refused("unknown-patient", ward.weight, "70")
    assert questions_about_weight(ward.desk, ward.subject, Decimal(70)).code == "unknown-patient"


def test_who_may_weigh(ward):
    ward.sign_in("monitor")
    ward.refused("reading-only", ward.weight, "70")


def test_without_an_active_protocol_the_range_of_adults_is_asked_about(staffed):
    body = {
        "subject": "a" * 32, "trial_code": "X", "hospital_number": "", "family_name": "",
        "given_name": "", "title": "", "initials": "X", "born": "1961-03-04", "sex": "female",
        "allergies_state": "no known allergies", "allergies": "", "protocol": "none", "arm": None,
        "ward": "", "bed": "", "height_cm": None,
    }  # fmt: skip
    staffed.desk.append("subject-registered", body, subject="a" * 32)
    (asked,) = questions_about_weight(staffed.desk, "a" * 32, Decimal(28))
    assert asked.code == "weight-outside-plausible-range"
