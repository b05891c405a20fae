"""Both engines on the same requests: they agree to the last digit, or both refuse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from strategies import (
    COUNTS,
    HEIGHTS,
    HERE,
    PRODUCTS,
    RULES,
    SITES,
    STEPS,
    WEIGHTS,
    flags,
    marks,
)

from il2desk.dosing.agreement import differences
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.findings import Refusal, Sourced
from il2desk.dosing.regimen import Basis, Level
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


SHELVES = st.sampled_from(["solution-18", "solution-25", "eu-vial-10", "pen-15", "none", None])


@st.composite
def companions(draw, make_companion):
    """A companion drug of any basis, days, level, route and presentation."""
    basis = draw(st.sampled_from(Basis))
    amount = {Basis.KG: 40_000, Basis.M2: 1_500_000, Basis.FLAT: 1_500_000}[basis]
    dose = Sourced(Decimal(amount * draw(st.integers(1, 8))), HERE)
    ends = (Decimal(amount * 2), Decimal(amount * 4))
    between = draw(st.sampled_from([None, Sourced(ends, HERE)]))
    level = Level(1, 20, dose, draw(st.sampled_from([(), (1, 2, 9)])), between)
    shelf, route = draw(SHELVES), draw(st.sampled_from(["subcutaneous", "intravenous", None]))
    plain = make_companion(
        None,
        basis=basis,
        level_by=draw(st.sampled_from(["day", "month", "cycle", "week"])),
        levels=(level, *([level] if draw(st.integers(0, 9)) == 0 else [])),
        presentation=None if shelf is None else Sourced(shelf, HERE),
        route=None if route is None else Sourced(route, HERE),
    )
    if draw(flags()):
        plain = replace(plain, dose=dose, levels=(), level_by=None)
    rhythm = {"interval_h": Sourced(Decimal(48), HERE), "doses_per_cycle": Sourced(3, HERE)}
    times = st.sampled_from([{}, {"days": Sourced((1, 2, 9), HERE)}, rhythm])
    return replace(plain, **draw(times))


@given(st.data())
def test_companions_agree(ask, make_protocol, make_regimen, make_companion, intron, data):
    drugs = tuple(data.draw(companions(make_companion)) for _ in range(2))
    one = make_protocol("p", make_regimen("72000", companions=drugs), site=data.draw(SITES))
    request = ask(
        one,
        day=data.draw(st.sampled_from([None, 1, 2, 3])),
        month=data.draw(COUNTS),
        cycle=data.draw(COUNTS),
        companion_products=(intron,),
    )
    kg, cm = data.draw(marks("40", "120", 100)), data.draw(st.none() | HEIGHTS)
    event(agree(replace(request, weight_kg=kg, height_cm=cm)))


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
