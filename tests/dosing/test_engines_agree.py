"""Both engines on the same requests: they agree to the last digit, or both refuse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from strategies import (
    HEIGHTS,
    PRODUCTS,
    RULES,
    STEPS,
    WEIGHTS,
)

from il2desk.dosing.agreement import differences
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.findings import Refusal
from il2desk.dosing.regimen import Basis
from il2desk.dosing.second_engine import second_answer


def agree(request: DoseRequest) -> str:
    """Hold the two answers against each other; which kind of answer it was."""
    first, second = derive_dose(request), second_answer(request)
    if isinstance(first, Refusal):
        assert second is None, (first, second)
        assert all(first.reasons), first
        assert first.reasons
        return first.code
    assert second is not None, first
    assert differences(first, second) == ()
    return "dose"


@given(st.data())
def test_both_engines_agree_or_both_refuse(requests, data):
    event(agree(data.draw(requests)))


@given(
    name=st.sampled_from(["npc-bolus", "proleukin-us", "nci-720k"]),
    kg=WEIGHTS,
    product=PRODUCTS,
    step=STEPS,
    rule=RULES,
)
def test_protocols_agree_at_every_weight(ask, name, kg, product, step, rule):
    agree(replace(ask(name, product=product, vial_rule=rule, weight_kg=kg), measure_step_ml=step))


@given(
    WEIGHTS,
    st.sampled_from(["high", "low", "subcutaneous", "none", None]),
    st.none() | st.integers(-1, 50),
)
def test_arms_and_days_agree(ask, kg, arm, day):
    agree(ask("yang-2003", arm=arm, day=day, weight_kg=kg))


@pytest.mark.prove
@pytest.mark.timeout(600)
def test_every_weight_of_every_protocol_agrees(ask, protocols):
    """All weights from 2 to 300 kg by 0.01 kg, for every arm of the four protocols."""
    doses = 0
    for name, protocol in protocols.items():
        for arm in protocol.arms or (None,):
            for hundredths in range(200, 30_001):
                asked = ask(name, arm=arm, day=1, weight_kg=Decimal(hundredths) / 100)
                doses += agree(asked) == "dose"
    assert doses > 150_000


@given(WEIGHTS, HEIGHTS)
def test_surfaces_agree(ask, make_protocol, make_regimen, kg, cm):
    one = make_protocol("p", make_regimen("18000000", basis=Basis.M2))
    request = ask(one, weight_kg=kg, height_cm=cm)
    first, second = derive_dose(request), second_answer(request)
    assert Fraction(first.bsa_m2) == second.bsa_m2


def test_reference_cases_agree(dose_cases, from_case):
    for case in dose_cases:
        assert agree(from_case(case)) == "dose", case


def test_a_planted_fault_closes_the_lock(ask):
    """A syringe one mark off, in a copy of a right answer, is named in a sentence."""
    request = ask("npc-bolus", weight_kg="70")
    dose, second = derive_dose(request), second_answer(request)
    assert isinstance(dose, Dose)
    assert differences(dose, second) == ()
    faulty = replace(dose, prepared_volume_ml=Decimal("0.29"))
    (told,) = differences(faulty, second)
    assert told == (
        "The two engines differ in the prepared volume: the first has 0.29\u00a0mL, the second "
        "0.28\u00a0mL. Nothing can be prepared or printed from this dose."
    )
