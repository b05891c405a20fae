"""Deriving with two engines, from what the journal holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from il2desk.desk import derive_checked, derive_for, request_for
from il2desk.dosing import Refusal, second_answer


@pytest.fixture
def request_of(ward):
    at = ward.located()
    return ward.made(request_for(ward.desk, at.chart, at.cycle.fingerprint, cycle=at.cycle, day=1))


def test_the_request_holds_everything(ward, request_of):
    assert request_of.weight_kg == Decimal(70)
    assert request_of.ordered_dose_iu == Decimal(5040000)
    assert request_of.height_cm == Decimal(172)
    assert (request_of.cycle, request_of.day) == (1, 1)
    assert request_of.at == ward.desk.now()


def test_both_engines_agree(request_of):
    dose = derive_checked(request_of)
    assert dose.exact_dose_iu == Decimal(5040000)


def test_a_refused_dose_is_refused_first(request_of):
    answer = derive_checked(replace(request_of, weight_kg=Decimal(705)))
    assert isinstance(answer, Refusal)
    assert answer.code == "range"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prepared_volume_ml", Decimal("0.29")),
        ("exact_dose_iu", Decimal("5040000.0000000000000001")),
        ("vials", 2),
        ("total_volume_ml", Decimal(15)),
    ],
)
def test_engines_that_differ_in_one_number_give_no_dose(request_of, monkeypatch, name, value):
    """A wrong first engine is as bad as a wrong second: any difference locks."""
    other = replace(second_answer(request_of), **{name: value})
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: other)
    answer = derive_checked(request_of)
    assert answer.code == "engines-differ"
    assert "use the paper procedure" in answer.text


def test_a_silent_second_engine_gives_no_dose(request_of, monkeypatch):
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    assert derive_checked(request_of).code == "engines-differ"


def test_a_typed_weight_stands_for_one_not_yet_recorded(ward):
    at = ward.located()
    dose = derive_for(
        ward.desk, at.chart, at.cycle.fingerprint, cycle=at.cycle, weight_kg=Decimal("61.5")
    )
    assert dose.exact_dose_iu == Decimal(4428000)
    assert any(finding.code == "weight-jump" for finding in dose.findings)
    assert ward.kinds()[-3] == "weight-recorded"  # nothing new was stored


def test_no_version_no_dose(ward):
    at = ward.located()
    assert derive_for(ward.desk, at.chart, "sha256:gone").code == "unknown-version"


def test_no_weight_no_dose(active):
    active.register()
    active.made(active.order())
    active.cycle = active.made(active.plan())
    assert active.derived().code == "no-weight"
