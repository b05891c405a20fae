"""An override: reason, prescriber, how the order came, two people; of one check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    TwoSignatures,
    new_token,
    record_override,
)

FORM = OverrideForm("tumour at the airway", "M. Sato", "by phone")


def override(ward, form=FORM, signed=None):
    signed = signed or ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    return record_override(ward.desk, ward.place(), form, signed, new_token())


@pytest.fixture
def hold(ward):
    ward.check(creatinine="2.7")
    return ward


def test_an_override_names_its_check_and_everybody(hold):
    entry = hold.made(override(hold))
    assert entry.body["check"] == hold.dose().check.entry
    assert (entry.body["verdict"], entry.body["way"]) == ("HOLD", "by phone")
    record = hold.dose().override
    assert record.prescriber == "M. Sato"
    assert record.signatures == ("K. Brandt", "A. Ruiz")
    assert record.reason == entry.reason == "tumour at the airway"


@pytest.mark.parametrize("name", ["reason", "prescriber", "way"])
def test_everything_of_it_is_asked_for(hold, name):
    hold.refused("override", override, hold, replace(FORM, **{name: "  "}))


def test_two_people_sign(hold):
    same = TwoSignatures(hold.signed("pharmacist"), hold.signed("pharmacist"))
    hold.refused("same-person", override, hold, FORM, same)
    hold.sign_in("monitor")
    hold.refused("reading-only", override, hold)


def test_a_second_press_overrides_once(hold):
    signed = hold.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    hold.once(lambda token: record_override(hold.desk, hold.place(), FORM, signed, token))


def test_a_monitor_may_not_hear_the_order(hold):
    signed = TwoSignatures(hold.signed("pharmacist"), hold.signed("monitor"))
    hold.refused("role", override, hold, FORM, signed)
