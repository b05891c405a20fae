"""The order says the dose that is derived, or the prescriber amends it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import OrderForm, amend_order, chart_of, new_token, write_order


def order_form(ward, dose="5040000", **changes):
    usual = {
        "prescriber": "M. Sato", "ordered_at": ward.desk.clock.now(), "ordered_dose_iu": Decimal(dose),
        "consent_confirmed_by": "M. Sato", "eligibility_confirmed_by": "A. Ruiz",
    }  # fmt: skip
    return OrderForm(**{**usual, **changes})


def write(ward, *args, **changes):
    return write_order(ward.desk, ward.subject, order_form(ward, *args, **changes), new_token())


@pytest.fixture
def weighed(active):
    active.register()
    active.made(active.weight("70"))
    return active


def test_an_order_stands_with_everything(weighed):
    order = weighed.made(write(weighed))
    kept = weighed.made(chart_of(weighed.desk, weighed.subject)).orders[order]
    assert kept.ordered_dose_iu == Decimal(5040000)
    assert (kept.consent_confirmed_by, kept.eligibility_confirmed_by) == ("M. Sato", "A. Ruiz")
    assert (kept.protocol, kept.version, kept.amended) == ("npc-bolus-site", "1", False)


@pytest.mark.parametrize("dose", ["50400000", "5039999", "5040001", "504000"])
def test_an_order_that_differs_is_not_taken(weighed, dose):
    answer = weighed.refused("order-differs", write, weighed, dose)
    assert "the derived exact dose is" in answer.text


@pytest.mark.parametrize("dose", ["0", "-5040000", "NaN", "Infinity", "1000000000"])
def test_what_is_no_dose(weighed, dose):
    weighed.refused("dose", write, weighed, dose)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"prescriber": " "}, "prescriber"),
        ({"consent_confirmed_by": " "}, "consent"),
        ({"eligibility_confirmed_by": ""}, "eligibility"),
    ],
)
def test_who_ordered_and_who_confirmed(weighed, changes, code):
    weighed.refused(code, write, weighed, **changes)


def test_an_order_is_not_of_tomorrow(weighed):
    later = weighed.desk.clock.now() + timedelta(minutes=1)
    weighed.refused("future", write, weighed, ordered_at=later)


def test_without_a_weight_it_waits_for_one(active):
    active.register()
    active.made(write(active, "9999"))
    active.made(active.weight("70"))
    active.refused("order-differs", active.plan)


def test_a_second_press_orders_once(weighed):
    form = order_form(weighed)
    weighed.once(lambda token: write_order(weighed.desk, weighed.subject, form, token))


def test_an_amended_order_keeps_the_old_one_in_the_journal(ward):
    order = ward.located().chart.order
    ward.made(ward.weight("72"))
    form = order_form(ward, "5184000", reason="weighed again")
    act = amend_order
    ward.refused(
        "order-differs",
        act,
        ward.desk,
        ward.subject,
        order.id,
        order_form(ward, reason="r"),
        new_token(),
    )
    ward.refused(
        "reason", act, ward.desk, ward.subject, order.id, order_form(ward, "5184000"), new_token()
    )
    ward.refused("order", act, ward.desk, ward.subject, "0" * 32, form, new_token())
    ward.once(lambda token: act(ward.desk, ward.subject, order.id, form, token))
    now = ward.located().chart.order
    assert (now.amended, now.ordered_dose_iu) == (True, Decimal(5184000))
    assert now.consent_confirmed_by == "M. Sato"
    assert ward.desk.journal.entry(order.entry).body["ordered_dose_iu"] == "5040000"
    ward.sign_in("monitor")
    ward.refused("reading-only", act, ward.desk, ward.subject, order.id, form, new_token())


def test_an_order_for_another_patient_is_not_amended(ward):
    order = ward.located().chart.order.id
    ward.register(trial_code="NPC-018", hospital_number="4712", family_name="Green")
    form = order_form(ward, reason="r")
    ward.refused("order", amend_order, ward.desk, ward.subject, order, form, new_token())


def test_engines_that_differ_take_no_order(weighed, monkeypatch):
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    weighed.refused("engines-differ", write, weighed)


def test_a_dose_written_otherwise_is_no_change_of_the_dose(weighed):
    order = weighed.made(write(weighed))
    form = order_form(weighed, "5040000.0", prescriber="L. Moreau", reason="another prescriber")
    weighed.made(amend_order(weighed.desk, weighed.subject, order, form, new_token()))
    (entry,) = weighed.desk.journal.entries(kind="order-amended")
    assert [one["field"] for one in entry.body["changes"]] == ["prescriber"]
