"""The chart is folded from the journal anew each time; nothing of another patient is in it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from il2desk.desk import chart_of, locate, open_desk_to_read, subjects
from il2desk.desk.place import DosePlace


def test_a_chart_holds_one_patient(ward):
    first, cycle = ward.subject, ward.cycle
    ward.given(1)
    ward.register(
        trial_code="NPC-018", hospital_number="4712", family_name="Green", born="01-Jan-1950"
    )
    chart = ward.made(chart_of(ward.desk, ward.subject))
    assert (chart.weights, chart.orders, chart.cycles) == ([], {}, {})
    assert (chart.dosing_weight, chart.order, chart.cycle) == (None, None, None)
    # The cycle of one patient is not found under another.
    assert locate(ward.desk, DosePlace(ward.subject, cycle, 1)).code == "unknown-dose"
    assert ward.made(chart_of(ward.desk, first)).cycles[cycle].doses[1].administration


def test_two_readings_are_equal(ward):
    ward.given(1)
    assert chart_of(ward.desk, ward.subject) == chart_of(ward.desk, ward.subject)


def test_a_reader_sees_the_same_while_another_writes(ward):
    ward.given(1)
    reader = open_desk_to_read(ward.desk.journal.path, clock=ward.clock)
    try:
        assert reader.read_only
        assert chart_of(reader, ward.subject) == chart_of(ward.desk, ward.subject)
        assert [one.id for one in subjects(reader)] == [ward.subject]
    finally:
        reader.close()


def test_what_was_given_in_all_counts_what_went_in(ward):
    ward.given(1)
    ward.given(2, outcome="part given", volume_ml=Decimal("0.15"), reason="line lost")
    cycle = ward.located().cycle
    assert cycle.given_iu == Decimal(7740000)
    assert cycle.last_given.number == 2
    assert cycle.held == 0


def test_the_weight_gain_is_exact(ward):
    ward.made(ward.weight("71.05", purpose="daily"))
    at = ward.located()
    assert at.chart.weight_gain_percent(at.cycle) == Fraction(3, 2)


def test_a_new_dosing_weight_moves_no_baseline(ward):
    ward.clock.moment += timedelta(days=1)
    ward.made(ward.weight("72"))
    assert ward.located().cycle.baseline_kg == Decimal(70)


def test_the_earliest_stop_is_the_stop(ward):
    first = ward.check(3, bleeding="frank").id
    ward.at(minutes=-20)
    ward.check(2, bleeding="frank")
    cycle = ward.located().cycle
    assert cycle.stop_by().entry == first
    assert cycle.stop_by(ward.desk.clock.now() - timedelta(hours=1)) is None
    assert cycle.stop_for_good() is None
    assert cycle.stopped.number == 2
