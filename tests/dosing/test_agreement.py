"""The lock: every number of a dose is held against the second engine, to the last digit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.dosing.agreement import companion_differences, differences
from il2desk.dosing.companion_values import CompanionDose, CompanionVolume
from il2desk.dosing.dose import Dilution, Dose, Infusion
from il2desk.dosing.findings import Evidence, Source
from il2desk.dosing.regimen import DilutionMethod
from il2desk.dosing.second_companions import SecondCompanion
from il2desk.dosing.second_engine import SecondAnswer


@pytest.fixture
def dose(ask) -> Dose:
    """600,000 per kg at 70 kg, worked out by hand (42 million, 2.3333 mL, 2.33 mL, 50 mL bag)."""
    request = ask("proleukin-us", weight_kg="70")
    mass = Fraction(2563)  # 2.33 mL of 1.1 mg per mL, in mcg
    total = Decimal("52.33")
    return Dose(
        request=request,
        level=None,
        route="intravenous",
        bsa_m2=None,
        exact_dose_iu=Decimal(42_000_000),
        exact_volume_ml=Fraction(7, 3),
        measure_step_ml=Decimal("0.01"),
        syringe=None,
        prepared_volume_ml=Decimal("2.33"),
        prepared_dose_iu=Decimal(41_940_000),
        deviation_percent=Fraction(-1, 7),
        vials=2,
        vial_rule="withdrawable",
        left_over_ml=Fraction(7, 100),
        dilution=Dilution(
            method=DilutionMethod.DOSE_BANDED_BAG,
            diluent="glucose 5 %",
            bag_ml=Decimal(50),
            total_volume_ml=total,
            final_concentration=mass / Fraction(total),
            in_window=True,
            window_total_ml=(mass / 70, mass / 30),
        ),
        infusion=Infusion(Decimal(15), Fraction(total) * 4),
        doses_per_cycle=14,
        interval_h=Decimal(8),
        findings=(),
        working=(),
        basis_source=Source("the paper", "", Evidence.PAPER),
    )


@pytest.fixture
def second() -> SecondAnswer:
    """The same, as the second engine would say it."""
    total = Fraction(5233, 100)
    return SecondAnswer(
        bsa_m2=None,
        exact_dose_iu=Fraction(42_000_000),
        exact_volume_ml=Fraction(7, 3),
        measure_step_ml=Fraction(1, 100),
        prepared_volume_ml=Fraction(233, 100),
        prepared_dose_iu=Fraction(41_940_000),
        deviation_percent=Fraction(-1, 7),
        vials=2,
        left_over_ml=Fraction(7, 100),
        bag_ml=Fraction(50),
        total_volume_ml=total,
        concentration_mcg_per_ml=2563 / total,
        in_window=True,
        window_total_ml=(Fraction(2563, 70), Fraction(2563, 30)),
        infusion_minutes=Fraction(15),
        rate_ml_per_h=Fraction(20932, 100),
    )


def test_equal_answers_agree(dose, second):
    assert differences(dose, second) == ()


TINY = Fraction(1, 10**12)
FAULTS = {
    "bsa_m2": (Fraction("1.73"), "body surface area"),
    "exact_dose_iu": (42_000_000 + TINY, "exact dose"),
    "exact_volume_ml": (Fraction("2.3333"), "exact volume"),
    "measure_step_ml": (Fraction(1, 10), "measure step"),
    "prepared_volume_ml": (Fraction("2.34"), "prepared volume"),
    "prepared_dose_iu": (Fraction(41_940_001), "prepared dose"),
    "deviation_percent": (Fraction(1, 7), "deviation"),
    "vials": (3, "number of vials"),
    "left_over_ml": (Fraction("0.07") + TINY, "volume left over"),
    "bag_ml": (Fraction(100), "bag"),
    "total_volume_ml": (None, "total volume"),
    "concentration_mcg_per_ml": (Fraction("48.98"), "final concentration"),
    "in_window": (False, "inside the window"),
    "infusion_minutes": (Fraction(20), "duration of the infusion"),
    "rate_ml_per_h": (Fraction("209.3"), "rate"),
    "companions": ((SecondCompanion(),), "which companion drugs are planned"),
}


@pytest.mark.parametrize("field", sorted(FAULTS))
def test_one_differing_number_is_named_and_no_other(dose, second, field):
    value, name = FAULTS[field]
    told = differences(dose, replace(second, **{field: value}))
    assert len(told) == 1
    assert name in told[0]
    assert told[0].startswith("The two engines differ in ")
    assert told[0].endswith("Nothing can be prepared or printed from this dose.")


@pytest.mark.parametrize(("end", "name"), [(0, "least total"), (1, "greatest total")])
def test_each_end_of_the_window_is_compared(dose, second, end, name):
    ends = list(second.window_total_ml)
    ends[end] += TINY
    told = differences(dose, replace(second, window_total_ml=tuple(ends)))
    assert [name in sentence for sentence in told] == [True]


def test_faults_in_the_first_engine_are_seen_too(dose, second):
    heavier = replace(dose, prepared_volume_ml=Decimal("23.3"), vials=20)
    assert len(differences(heavier, second)) == 2
    assert len(differences(replace(dose, infusion=None), second)) == 2
    bare = replace(dose, dilution=replace(dose.dilution, window_total_ml=None, in_window=None))
    assert len(differences(bare, second)) == 3


def test_a_number_that_is_not_finite_agrees_with_nothing(dose, second):
    told = differences(replace(dose, exact_dose_iu=Decimal("NaN")), second)
    assert len(told) == 1
    assert "not finite" in told[0]


def test_sentences_to_the_letter(dose, second):
    (told,) = differences(dose, replace(second, bsa_m2=Fraction("1.73")))
    assert told.replace("\u00a0", " ") == (
        "The two engines differ in the body surface area: the first has none, the second 1.73 m2. "
        "Nothing can be prepared or printed from this dose."
    )
    (told,) = differences(replace(dose, exact_dose_iu=Decimal("NaN")), second)
    assert "the first has a number that is not finite, the second" in told


def test_sentences_show_all_digits_with_their_unit(dose, second):
    (told,) = differences(dose, replace(second, exact_volume_ml=Fraction(23333, 10000)))
    assert "7 divided by 3\u00a0mL" in told
    assert "2.3333\u00a0mL" in told
    (told,) = differences(dose, replace(second, exact_dose_iu=Fraction(42_000_001)))
    assert "42,000,001\u00a0international\u00a0units" in told


def test_none_and_zero_differ(dose, second):
    (told,) = differences(dose, replace(second, bsa_m2=Fraction(0)))
    assert "the first has none" in told


def test_every_field_of_the_second_answer_has_a_planted_fault(second):
    planted = set(FAULTS) | {"window_total_ml"}
    assert planted == set(second.__dataclass_fields__)


COMPANION = SecondCompanion(
    Fraction(3_340_000), Fraction("0.334"), Fraction("0.33"), Fraction(3_300_000),
    Fraction(-40_000, 33_400), 1,
)  # fmt: skip
COMPANION_FAULTS = {
    "exact_dose": (3_340_000 + TINY, "dose of interferon alfa-2b"),
    "exact_ml": (Fraction("0.33"), "exact volume of interferon alfa-2b"),
    "prepared_ml": (None, "prepared volume of interferon alfa-2b"),
    "prepared_dose": (Fraction(3_300_001), "prepared dose of interferon alfa-2b"),
    "deviation_percent": (Fraction("1.2"), "deviation of interferon alfa-2b"),
    "containers": (2, "number of vials or pens of interferon alfa-2b"),
}


@pytest.fixture
def with_companion(dose, second, make_companion, intron):
    """Both answers with 3.34 million of 10 million per mL beside them, worked out by hand."""
    shelf = intron.presentation("solution-25")
    volume = CompanionVolume(
        shelf, Fraction("0.334"), Decimal("0.33"), Decimal(3_300_000), Fraction(-40_000, 33_400), 1
    )
    drug = make_companion("3340000")
    beside = CompanionDose(drug, None, Decimal(3_340_000), volume, (), ())
    return replace(dose, companions=(beside,)), replace(second, companions=(COMPANION,))


def test_equal_companions_agree(with_companion):
    assert differences(*with_companion) == ()


@pytest.mark.parametrize("field", sorted(COMPANION_FAULTS))
def test_one_differing_number_of_a_companion_is_named(with_companion, field):
    dose, second = with_companion
    value, name = COMPANION_FAULTS[field]
    faulty = replace(second, companions=(replace(COMPANION, **{field: value}),))
    (told,) = differences(dose, faulty)
    assert told.startswith(f"The two engines differ in the {name}: ")
    assert told.endswith("Nothing can be prepared or printed from this dose.")


def test_a_companion_of_one_engine_alone_closes_the_lock(with_companion, second):
    dose, _ = with_companion
    (told,) = differences(dose, second)
    assert "in which companion drugs are planned" in told
    without = replace(dose, companions=(replace(dose.companions[0], volume=None),))
    assert len(differences(without, replace(second, companions=(COMPANION,)))) == 5


def test_companion_drugs_alone_are_compared_to_the_last_digit(with_companion):
    first, second = with_companion[0].companions, (COMPANION,)
    assert companion_differences(first, second) == ()
    assert companion_differences((), ()) == ()
    (told,) = companion_differences(first, (replace(COMPANION, exact_dose=Fraction(1)),))
    assert told.startswith("The two engines differ in the dose of interferon alfa-2b: ")
    for others in ((), second * 2):
        assert companion_differences(first, others) == (
            (
                "The two engines differ in which companion drugs are planned. Nothing can be prepared "
                "or printed from this dose."
            ),
        )


UNITS = {
    "bsa_m2": "m2", "exact_dose_iu": "international units", "exact_volume_ml": "mL",
    "measure_step_ml": "mL", "prepared_volume_ml": "mL", "prepared_dose_iu": "international units",
    "deviation_percent": "percent", "vials": "vials", "left_over_ml": "mL", "bag_ml": "mL",
    "total_volume_ml": "mL", "concentration_mcg_per_ml": "mcg per mL", "infusion_minutes": "minutes",
    "rate_ml_per_h": "mL per h",
}  # fmt: skip
COMPANION_UNITS = {
    "exact_dose": "international units", "exact_ml": "mL", "prepared_ml": "mL",
    "prepared_dose": "international units", "deviation_percent": "percent", "containers": "pieces",
}  # fmt: skip


def named(told, name, unit):
    """The sentence names the number wholly, and the second engine's 987 with its unit."""
    text = told.replace("\u00a0", " ")
    assert text.startswith(f"The two engines differ in the {name}: the first has ")
    assert f", the second 987 {unit}. Nothing" in text


@pytest.mark.parametrize("field", sorted(UNITS))
def test_each_number_is_named_with_its_unit(dose, second, field):
    (told,) = differences(dose, replace(second, **{field: Fraction(987)}))
    named(told, FAULTS[field][1], UNITS[field])


@pytest.mark.parametrize(("end", "name"), [(0, "least"), (1, "greatest")])
def test_each_end_of_the_window_is_named_with_its_unit(dose, second, end, name):
    ends = list(second.window_total_ml)
    ends[end] = Fraction(987)
    (told,) = differences(dose, replace(second, window_total_ml=tuple(ends)))
    named(told, f"{name} total volume inside the window", "mL")


@pytest.mark.parametrize("field", sorted(COMPANION_UNITS))
def test_each_number_of_a_companion_is_named_with_its_unit(with_companion, field):
    dose, second = with_companion
    faulty = replace(COMPANION, **{field: Fraction(987)})
    (told,) = differences(dose, replace(second, companions=(faulty,)))
    named(told, COMPANION_FAULTS[field][1], COMPANION_UNITS[field])
    (alone,) = companion_differences(dose.companions, (faulty,))
    assert alone == told


def test_the_first_of_two_companions_is_compared_too(with_companion):
    (one,) = with_companion[0].companions
    faulty = replace(COMPANION, containers=987)
    (told,) = companion_differences((one, one), (faulty, COMPANION))
    named(told, "number of vials or pens of interferon alfa-2b", "pieces")
