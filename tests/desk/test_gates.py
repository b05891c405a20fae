"""The gates: HOLD, STOP, CANNOT ASSESS, premedication, age of the check, lots, order, engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    Lot,
    OrderForm,
    OverrideForm,
    amend_order,
    blockers,
    bring_in,
    check_stands,
    delay_dose,
    expired_lots,
    may_override,
    may_prepare,
    may_release,
    new_token,
    open_before,
    record_override,
    slot_states,
    today,
    void_check,
)
from il2desk.desk.lots_taken import expiry_of
from il2desk.paths import resource_dir

LOTS = (Lot("PR1234AB", "2026-12-31"),)


def gate(ward, act, number=1, *more):
    at = ward.located(number)
    return act(ward.desk, at.chart, at.cycle, number, *more)


def override(ward, number=1):
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    return record_override(ward.desk, ward.place(number), form, signed, new_token())


def test_a_dose_with_everything_done_may_be_released(ward):
    ward.premedicate()
    ward.check()
    dose = ward.made(gate(ward, may_release, 1, LOTS))
    assert dose.exact_dose_iu == Decimal(5040000)


def test_nothing_is_released_before_a_check(ward):
    ward.premedicate()
    answer = ward.refused("no-check", ward.release)
    assert "CANNOT ASSESS" in answer.text


def test_an_open_mandatory_item_blocks(ward):
    ward.check()
    answer = ward.refused("premedication", ward.release)
    assert "cephalexin, acetaminophen" in answer.text


def test_hold_blocks(ward):
    ward.premedicate()
    ward.check(creatinine="2.7")
    answer = ward.refused("verdict", ward.release)
    assert answer.text.startswith("HOLD: creatinine. ")


def test_cannot_assess_blocks(ward):
    ward.premedicate()
    ward.check(platelets=None)
    assert ward.dose().check.verdict == "CANNOT ASSESS"
    ward.refused("verdict", ward.release)


@pytest.mark.parametrize("number", [1, 2])
def test_stop_blocks_this_dose_and_the_rest_of_the_cycle(ward, number):
    ward.premedicate(number)
    ward.check(number)
    ward.check(1, bleeding="frank")
    ward.refused("stop", ward.release, number)
    # A later GO does not lift it.
    ward.at(minutes=-10)
    ward.check(number)
    ward.refused("stop", ward.release, number)


def test_a_stop_blocks_by_itself_where_the_chart_is_not_asked(ward):
    ward.check(bleeding="frank")
    assert check_stands(ward.desk, ward.dose()).code == "stop"


@pytest.fixture
def for_good(active, site_file, activate_file):
    """A site whose own rule set stops for good at a heart rate above 130."""
    file = site_file(
        ('rule_set = { value = "jitc-2014"', 'rule_set = { value = "jitc-site"'),
        ("rulesets/jitc-2014", "rulesets/jitc-site"),
        ('version = "1"', 'version = "2"'),
    )
    text = (resource_dir() / "rulesets" / "jitc-2014.toml").read_text(encoding="utf-8")
    for old, new in (
        ('id = "jitc-2014"', 'id = "jitc-site"'), ('scope = "this cycle"', 'scope = "for good"'),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new, 1)
    (file.parent / "jitc-site.toml").write_text(text, encoding="utf-8", newline="\n")
    activate_file(active, file)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    return active


def test_a_stop_for_good_blocks_every_other_cycle(for_good):
    """It is recorded in one cycle; another, planned ahead, must not be walked into."""
    ward = for_good
    first, second = ward.cycle, ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    ward.check(1, heart_rate="131")
    assert (ward.dose().check.verdict, ward.dose().check.scope) == ("STOP", "for good")
    ward.cycle = second
    ward.clock.moment = ward.dose().planned - timedelta(minutes=30)
    answer = ward.refused("stop", ward.release)
    assert "STOP for good at 02-Mar-2026 11:30" in answer.text
    # What was given there all the same can be told, and is marked.
    ward.clock.moment = ward.dose().planned
    lots = (Lot("PR1234AB", "2026-12-31"),)
    ward.refused("administration", ward.record, volume_ml=Decimal("0.28"), lots=lots)
    body = ward.made(
        ward.record(volume_ml=Decimal("0.28"), lots=lots, reason="r", decided_by="M. Sato")
    ).body
    assert "given against STOP of 02-Mar-2026 11:30" in body["against"]
    ward.refused("stopped-for-good", ward.plan, datetime.fromisoformat("2026-04-20T08:00"))
    assert first != second


def test_a_stop_for_good_is_seen_in_every_other_cycle(for_good):
    ward = for_good
    first, second = ward.cycle, ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    ward.check(1, heart_rate="131")
    ward.cycle = second
    cycle = ward.located().cycle
    assert cycle.stopped is None
    assert cycle.barred_by == ward.located().chart.cycles[first].stop_by()
    states = slot_states(ward.desk, cycle)
    assert {(one.state, one.detail) for one in states} == {
        ("cancelled", "stopped for good 02-Mar-2026")
    }
    (row,) = today(ward.desk)
    assert (row.slot, row.note) == (None, "STOPPED for good")
    when = datetime.fromisoformat("2026-03-20T09:00")
    ward.refused("stop", delay_dose, ward.desk, ward.place(), when, "fever", new_token())
    # In its own cycle the STOP is its own, and barred by nothing else.
    ward.cycle = first
    own = ward.located().cycle
    assert (own.barred_by, own.stopped.number) == (None, 1)


def test_a_stop_of_this_cycle_leaves_the_next_one_free(ward):
    ward.check(bleeding="frank")
    assert ward.dose().check.scope == "this cycle"
    ward.refused("stop", ward.release)
    ward.cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    cycle = ward.located().cycle
    assert (cycle.stopped, cycle.barred_by) == (None, None)
    assert {one.state for one in slot_states(ward.desk, cycle)} == {"next", "scheduled"}
    ward.clock.moment = ward.dose().planned - timedelta(minutes=30)
    ward.made(ward.weight("70"))
    ward.premedicate()
    ward.check()
    ward.made(ward.release())


def test_a_stop_for_good_that_was_entered_in_error_bars_nothing(for_good):
    ward = for_good
    first, second = ward.cycle, ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    wrong = ward.check(1, heart_rate="131").id
    signed = ward.two()
    ward.made(void_check(ward.desk, ward.place(), wrong, "typing error", signed, new_token()))
    ward.cycle = second
    assert ward.located().cycle.barred_by is None
    assert first != second


@pytest.mark.parametrize("changed", [{"creatinine": "2.7"}, {"platelets": None}])
def test_hold_and_cannot_assess_let_prepare_and_not_release(ward, changed):
    ward.premedicate()
    ward.check(**changed)
    assert gate(ward, may_prepare).prepared_volume_ml == Decimal("0.28")
    ward.refused("verdict", ward.release)


def test_stop_lets_neither_prepare_nor_release_nor_override(ward):
    ward.premedicate()
    ward.check(bleeding="frank")
    at = ward.located()
    assert may_prepare(ward.desk, at.chart, at.cycle, 1).code == "stop"
    ward.refused("stop", ward.release)
    ward.refused("stop", override, ward)
    # An override that was recorded before the STOP does not outlast it.
    ward.check(2, creatinine="2.7")
    ward.made(override(ward, 2))
    ward.premedicate(2)
    ward.refused("stop", ward.release, 2)


def test_a_protocol_that_lets_nobody_override(active, site_file, activate_file):
    file = site_file(
        (
            'override_by = { value = "the principal investigator"',
            'override_by = { value = "nobody"',
        ),
        ('version = "1"', 'version = "2"'),
    )
    activate_file(active, file)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    for changed in ({"creatinine": "2.7"}, {"platelets": None}):
        active.check(**changed)
        active.refused("no-override", override, active)
        active.refused("verdict", active.release)


def test_what_was_given_against_a_verdict_is_recorded_and_marked_for_ever(ward):
    ward.premedicate()
    ward.check(creatinine="2.7")
    ward.at(minutes=1)
    ward.refused("administration", ward.record, volume_ml=Decimal("0.28"), lots=LOTS)
    body = ward.made(
        ward.record(
            volume_ml=Decimal("0.28"), lots=LOTS, reason="told by phone", decided_by="M. Sato"
        )
    ).body
    assert "HOLD" in body["against"]
    assert "without a recorded release" in body["against"]


def test_a_check_is_valid_for_two_hours_of_its_values_to_the_second(ward):
    ward.premedicate()
    ward.check()
    checked = ward.clock.moment - timedelta(minutes=10)
    ward.clock.moment = checked + timedelta(hours=2)
    ward.made(gate(ward, may_release, 1, LOTS))
    ward.clock.moment = checked + timedelta(hours=2, seconds=1)
    answer = ward.refused("check-too-old", ward.release)
    assert "the check was valid to 02-Mar-2026 13:20" in answer.text


def test_a_check_without_stated_validity_releases_nothing(ward):
    ward.check()
    dose = ward.dose()
    dose.checks = [replace(dose.checks[0], valid_until=None)]
    answer = check_stands(ward.desk, dose)
    assert answer.code == "validity"


def test_a_site_copy_without_a_validity_is_not_activated(active, site_file):
    file = site_file(
        ('verdict_valid_h = { value = "2", source = "practice" }\n', ""),
        ("[site]\n", '[site]\nopen = ["verdict_valid_h"]\n'),
        ('version = "1"', 'version = "2"'),
    )
    version = active.made(bring_in(active.desk, file, new_token()))
    assert blockers(active.desk, version.fingerprint) != ()


def test_a_dose_that_is_recorded_is_not_prepared_again(ward):
    ward.prepared()
    ward.at(minutes=1)
    ward.made(ward.record())
    assert "recorded already" in ward.refused("recorded", ward.release).text
    ward.refused("recorded", override, ward)


def test_an_order_that_differs_blocks_until_it_is_amended(ward):
    ward.made(ward.weight("72", measured_at=ward.desk.clock.now()))
    ward.premedicate()
    ward.check()
    answer = ward.refused("not-releasable", ward.release)
    assert "5.04\u00a0million\u00a0international\u00a0units" in answer.text.replace(" ", "\u00a0")
    chart = ward.located().chart
    form = OrderForm("M. Sato", ward.desk.clock.now(), Decimal(5184000), reason="weighed again")
    ward.made(amend_order(ward.desk, ward.subject, chart.order.id, form, new_token()))
    reading = ward.reading(weight_kg=Decimal(72), volume_ml=ward.derived().prepared_volume_ml)
    ward.made(ward.release(reading=reading))


def test_all_reasons_are_said_at_once(ward):
    answer = gate(ward, may_release, 1, (Lot("PR1234AB", "2026-01-31"),))
    assert answer.code == "no-check"
    assert len(answer.reasons) == 3
    assert answer.reasons[2] == "Lot PR1234AB expired on 31-Jan-2026. It cannot be taken."


def test_engines_that_differ_lock_everything(ward, monkeypatch):
    """The second engine is another program; where it is silent or differs, nothing goes on."""
    ward.premedicate()
    ward.check()
    module = "il2desk.desk.prepare_dose.second_answer"
    monkeypatch.setattr(module, lambda _: None)
    ward.refused("engines-differ", ward.release)


# Overrides


def test_an_override_of_this_check_lets_the_dose_go(ward):
    ward.premedicate()
    ward.check(creatinine="2.7")
    ward.made(override(ward))
    ward.made(ward.release())


def test_an_override_stands_for_its_check_alone(ward):
    ward.premedicate()
    ward.check(creatinine="2.7")
    ward.made(override(ward))
    ward.at(minutes=-10)
    ward.check(creatinine="2.8")
    ward.refused("verdict", ward.release)


def test_an_override_does_not_outlast_the_check(ward):
    ward.premedicate()
    ward.check(creatinine="2.7")
    ward.made(override(ward))
    ward.at(hours=3)
    ward.refused("check-too-old", ward.release)


def test_what_cannot_be_overridden(ward):
    ward.refused("no-check", override, ward)
    ward.check()
    ward.refused("go", override, ward)
    ward.check(2, bleeding="frank")
    ward.refused("stop", override, ward, 2)


def test_cannot_assess_may_be_overridden_where_the_protocol_allows(ward):
    ward.check(platelets=None)
    at = ward.located()
    assert may_override(ward.desk, at.cycle, at.dose) == "the principal investigator"
    ward.made(override(ward))


# Lots and order of doses


def test_an_expiry_that_is_no_date_is_said_and_never_a_crash(ward):
    lot = Lot("PR1234AB", "31.12.2026")
    assert expiry_of(lot) is None
    assert expired_lots(ward.desk, (lot,)) == [
        "The expiry of lot PR1234AB is no date. Enter it as 12-Mar-2026."
    ]


def test_a_lot_expires_by_the_sites_day(ward):
    ward.clock.moment = ward.clock.moment.replace(day=2, hour=23, minute=30)  # 3 March in Berlin
    assert expired_lots(ward.desk, (Lot("PR1234AB", "2026-03-02"),))
    assert not expired_lots(ward.desk, (Lot("PR1234AB", "2026-03-03"),))


def test_the_earlier_dose_without_an_outcome_is_named(ward):
    cycle = ward.located().cycle
    assert open_before(cycle, 1) is None
    assert open_before(cycle, 3) == 1
    ward.given(1)
    assert open_before(ward.located().cycle, 2) is None
    assert open_before(ward.located().cycle, 3) == 2


def test_preparing_is_asked_before_anything_is_entered(ward):
    assert gate(ward, may_prepare).prepared_volume_ml == Decimal("0.28")


def test_without_a_rule_for_overrides_there_is_none(ward):
    """Here the protocol version cannot be read, so it allows nothing."""
    ward.check(creatinine="2.7")
    at = ward.located()
    at.cycle.fingerprint = "sha256:gone"
    assert may_override(ward.desk, at.cycle, at.dose).code == "no-override"
