"""What changed between release and giving marks the record; corrections reach what rests on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from il2desk.desk import AmendmentForm, new_token, review_amendment, void_check
from il2desk.dosing import Refusal, write_quantity

NOON = datetime(2026, 3, 2, 12, 0)


def against(ward, number=1):
    return ward.dose(number).administration.against or ""


def test_a_weight_that_changed_after_release_marks_the_dose(ward):
    ward.prepared()
    ward.made(ward.weight("66", answered=("sets-the-dose",)))
    ward.made(ward.record(reason="given before the new weight was seen", decided_by="M. Sato"))
    assert f"released for {write_quantity(Decimal(70), 'kg')}" in against(ward)


def test_a_check_voided_after_release_leaves_no_clean_dose(ward):
    ward.prepared()
    check = ward.dose().check.entry
    signed = ward.two()
    ward.made(void_check(ward.desk, ward.place(), check, "wrong patient", signed, new_token()))
    ward.made(ward.record(reason="already given", decided_by="M. Sato"))
    assert "against no check" in against(ward)


def test_a_dose_given_after_check_and_use_before_ran_out_is_marked(ward):
    ward.prepared()
    ward.clock.moment += timedelta(hours=60)
    ward.made(ward.record(reason="found late", decided_by="M. Sato"))
    assert "was valid to" in against(ward)
    assert "to be used before" in against(ward)


def test_the_exact_dose_of_a_record_is_the_released_one(ward):
    ward.prepared()
    ward.made(ward.weight("71", answered=("sets-the-dose",)))
    entry = ward.made(ward.record(reason="given before the new weight", decided_by="M. Sato"))
    assert entry.body["exact_dose_iu"] == "5040000"


def test_more_than_was_prepared_cannot_be_amended_in(ward):
    ward.given()
    answer = review_amendment(
        ward.desk, ward.place(), AmendmentForm(reason="typing error", volume_ml=Decimal(50))
    )
    assert isinstance(answer, Refusal)
    assert "more than was prepared" in answer.text


def test_a_corrected_weight_corrects_the_baseline(ward):
    first = ward.located().chart.dosing_weight
    assert ward.located().cycle.baseline_kg == Decimal(70)
    ward.made(ward.weight("66", measured_at=first.measured_at))
    assert ward.located().cycle.baseline_kg == Decimal(66)


def test_a_stopped_cycle_is_not_followed_before_its_whole_rest(ward):
    ward.check(bleeding="frank")
    soon = NOON + timedelta(days=7)
    ward.refused("rest-after-stop", ward.plan, soon, early_reason="the team wishes it")
    ward.refused("overlap", ward.plan, NOON + timedelta(days=1), early_reason="the team wishes it")
    ward.made(ward.plan(NOON + timedelta(days=20)))
