"""Both engines on the same requests: they agree to the last digit, or both refuse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from il2desk.dosing.agreement import differences
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.findings import Evidence, Refusal, Source, Sourced
from il2desk.dosing.protocol import Cap, SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan, Level
from il2desk.dosing.second_engine import second_answer

HERE = Source("a test", "", Evidence.HAND)


def marks(least: str, most: str, per_unit: int) -> st.SearchStrategy[Decimal]:
    """Decimals from least to most, ends included, by one mark."""
    low, high = int(Decimal(least) * per_unit), int(Decimal(most) * per_unit)
    return st.integers(low, high).map(lambda count: Decimal(count) / per_unit)


def flags() -> st.SearchStrategy[bool]:
    return st.booleans()


WEIGHTS = marks("2", "300", 100)
HEIGHTS = marks("40", "230", 10)
SURFACES = marks("0.15", "4.38", 100)
STEPS = st.sampled_from([None, *map(Decimal, ("0.001", "0.01", "0.02", "0.03", "0.05", "0.1"))])
RULES = st.sampled_from([None, "withdrawable", "content", "other"])
COUNTS = st.sampled_from([1, 2, 3, 4, 1, 2, 3, 4, None, 0, 5, 6])
PRODUCTS = st.sampled_from(["proleukin-us", "proleukin-eu"])
# Doses per kg, per m2 and flat, from the lowest to the highest of the protocol library and between.
DOSES = {
    Basis.KG: st.sampled_from(["16400", "72000", "125000", "250000", "600000", "720000"]),
    Basis.M2: st.sampled_from(["1000000", "1600000", "6000000", "9000000", "18000000"]),
    Basis.FLAT: st.integers(500_000, 80_000_000).map(str),
}
LISTED = tuple(map(Decimal, (5, 10, 15, 20, 25, 50, 100, 250, 500)))
PLANS = st.one_of(
    st.builds(
        DilutionPlan,
        st.sampled_from([DilutionMethod.UNDILUTED, DilutionMethod.DOSE_BANDED_BAG]),
        st.just(HERE),
    ),
    st.just(DilutionPlan(DilutionMethod.WINDOW_VOLUME, HERE, listed_ml=LISTED)),
    st.builds(
        DilutionPlan,
        st.sampled_from([DilutionMethod.FIXED_BAG, DilutionMethod.INFUSION_BAG]),
        st.just(HERE),
        diluent=st.none(),
        bag_ml=st.sampled_from(["2.5", "50", "100", "250", "500"]).map(Decimal),
        added_to=flags(),
    ),
)
SYRINGES = (
    SyringeStep("1 mL", Decimal(1), Decimal("0.01")),
    SyringeStep("3 mL", Decimal(3), Decimal("0.1")),
    SyringeStep("5 mL", Decimal(5), Decimal("0.2")),
)
SITES = st.builds(
    SiteRules,
    syringes=st.sampled_from([(), SYRINGES]),
    vial_rule=st.sampled_from([None, "content"]),
)
CAPS = st.lists(
    st.integers(2_000_000, 60_000_000).map(lambda iu: Cap("cap", Decimal(iu), HERE)), max_size=2
).map(tuple)


@pytest.fixture(scope="session")
def requests(ask, make_protocol, make_regimen):
    """A strategy for requests of every basis, method, rule and step."""

    @st.composite
    def drawn(draw) -> DoseRequest:
        basis = draw(st.sampled_from(Basis))
        minutes = draw(st.sampled_from([None, "15", "30", "1440"]))
        regimen = make_regimen(
            draw(DOSES[basis]),
            basis=basis,
            dilution=draw(PLANS),
            infusion_minutes=None if minutes is None else Sourced(Decimal(minutes), HERE),
        )
        if draw(flags()):
            levels = tuple(
                Level(count, count, Sourced(Decimal(draw(DOSES[basis])), HERE))
                for count in range(1, 5)
            )
            unit = draw(st.sampled_from(["cycle", "day", "week", "month"]))
            regimen = replace(regimen, dose=None, level_by=unit, levels=levels, interval_h=None)
        one = make_protocol("any", regimen, caps=draw(CAPS), site=draw(SITES))
        surface = basis is Basis.M2 and draw(flags())
        asked = ask(
            one,
            product=draw(PRODUCTS),
            vial_rule=draw(RULES),
            cycle=draw(COUNTS),
            day=draw(COUNTS | st.integers(5, 30)),
            month=draw(COUNTS),
        )
        return replace(
            asked,
            measure_step_ml=draw(STEPS),
            weight_kg=None if surface else draw(WEIGHTS),
            height_cm=None if surface else draw(HEIGHTS),
            bsa_m2=draw(SURFACES) if surface else None,
        )

    return drawn()


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
