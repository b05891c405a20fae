"""The weight gain of a cycle: unrounded, against the right baseline, never guessed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.desk import supplied, weight_gain_of
from il2desk.dosing import Grade, Measured, grade
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue

ANY = ("weight-jump",)


def gain(ward):
    at = ward.located()
    return weight_gain_of(at.chart, at.cycle)


def fed(ward):
    """What the rules are fed with: the gain and its time; None where it is left out."""
    at = ward.located()
    found = supplied(ward.desk, at.chart, at.cycle)
    return next((one for one in found if one.code == "weight_gain_percent"), None)


@pytest.mark.parametrize(("kilograms", "met"), [("73.5", 0), ("73.51", 1), ("73.49", 0)])
def test_above_5_percent_of_70_kg_is_above_73_5(ward, kilograms, met):
    ward.made(ward.weight(kilograms, purpose="daily"))
    npc = load_catalogue(resource_dir()).definitions("npc-2001")
    answer = grade(npc, "weight-gain", Measured(gain(ward).latest_percent, "percent"))
    assert isinstance(answer, Grade)
    assert answer.grade == met


@pytest.mark.parametrize(
    ("kilograms", "verdict"), [("80.49", "GO"), ("80.5", "GO"), ("80.51", "HOLD")]
)
def test_above_15_percent_of_70_kg_is_above_80_5(ward, kilograms, verdict):
    ward.made(ward.weight(kilograms, purpose="daily", answered=ANY))
    ward.check()
    assert ward.dose().check.verdict == verdict


def test_the_gain_has_every_digit(ward):
    ward.made(ward.weight("71", purpose="daily"))
    assert gain(ward).latest_percent == Fraction(100, 70)
    assert fed(ward).value == Fraction(100, 70)


def test_the_highest_and_the_latest_weight_of_the_cycle(ward):
    for minutes, kilograms in ((-25, "74.2"), (-20, "72.1")):
        ward.at(minutes=minutes)
        ward.made(ward.weight(kilograms, purpose="daily"))
    found = gain(ward)
    assert found.baseline.weight_kg == Decimal(70)
    assert (found.highest.weight_kg, found.highest_percent) == (Decimal("74.2"), Fraction(6))
    assert (found.latest.weight_kg, found.latest_percent) == (Decimal("72.1"), Fraction(3))


def test_a_loss_is_below_zero_and_the_baseline_stays_the_highest(ward):
    ward.made(ward.weight("66.5", purpose="daily"))
    found = gain(ward)
    assert found.latest_percent == -5
    assert found.highest is found.baseline


def test_either_purpose_counts_by_its_time(ward):
    now = ward.desk.clock.now()
    ward.made(ward.weight("72.1", measured_at=now - timedelta(minutes=3)))
    assert fed(ward).value == 3
    assert fed(ward).measured_at == now - timedelta(minutes=3)
    ward.made(ward.weight("71.4", purpose="daily", measured_at=now - timedelta(minutes=1)))
    assert fed(ward).value == 2
    assert fed(ward).measured_at == now - timedelta(minutes=1)


def test_a_weight_that_lies_after_the_check_does_not_count(ward):
    ahead = ward.desk.clock.now() + timedelta(seconds=50)
    ward.made(ward.weight("71.4", purpose="daily", measured_at=ahead))
    assert fed(ward).value == 0
    ward.clock.moment = ahead
    assert fed(ward).value == 2


def test_the_age_of_the_weight_is_judged(ward):
    """The practice rules let a weight gain be 24 hours old, to the second."""
    weighed = ward.located().chart.last_weight.measured_at
    ward.clock.moment = weighed + timedelta(hours=24)
    ward.check()
    assert ward.dose().check.missing == ()
    ward.clock.moment = weighed + timedelta(hours=24, seconds=1)
    ward.check()
    assert ward.dose().check.missing == ("weight_gain_percent",)


def test_without_a_baseline_nothing_is_guessed(active):
    active.register()
    active.made(active.weight("70", purpose="daily"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    assert gain(active) is None
    assert fed(active) is None
    active.check()
    assert active.dose().check.verdict == "CANNOT ASSESS"
    assert "weight_gain_percent" in active.dose().check.missing


def test_a_cycle_is_told_its_own_weights(ward):
    """The fluid of the first cycle is no gain of the second, and the second's is none of the first."""
    first = ward.cycle
    ward.at(hours=24)
    ward.made(ward.weight("77", purpose="daily"))
    ward.at(hours=24 * 20)
    ward.made(ward.weight("70"))
    second = ward.made(ward.plan(datetime.fromisoformat("2026-03-23T12:00")))
    ward.at(hours=24 * 22)
    ward.made(ward.weight("73.5", purpose="daily"))
    chart = ward.located().chart
    assert weight_gain_of(chart, chart.cycles[first]).highest_percent == 10
    assert weight_gain_of(chart, chart.cycles[first]).latest_percent == 10
    assert weight_gain_of(chart, chart.cycles[second]).highest_percent == 5


def test_a_baseline_that_was_taken_over_brings_no_weights_with_it(ward):
    ward.at(hours=24)
    ward.made(ward.weight("77", purpose="daily"))
    second = ward.made(ward.plan(datetime.fromisoformat("2026-03-23T12:00")))
    chart = ward.located().chart
    found = weight_gain_of(chart, chart.cycles[second])
    assert found.baseline.weight_kg == Decimal(70)
    assert found.highest_percent == 0
