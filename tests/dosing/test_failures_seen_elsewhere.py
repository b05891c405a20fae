"""Failures that other calculators showed, each a test that they cannot happen here.

Sources: the survey of open calculators, of error studies and of their test suites (field page,
sections 0, 1.5 and 4; craft page, section 9.11). Nothing here tests twice what the table of the
grammar tests; each failure is followed from the field to the dose.
"""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest

from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.exact import half_up
from il2desk.dosing.finding_codes import FINDING_CODES
from il2desk.dosing.findings import Evidence, Refusal, Severity, Source, Sourced
from il2desk.dosing.parsing import (
    COUNT,
    DOSE_UNITS,
    HEIGHT_CM,
    WEIGHT_KG,
    parse_number,
)
from il2desk.dosing.protocol import Cap
from il2desk.dosing.reading_findings import read_one
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan, Level

HERE = Source("a test", "page 1", Evidence.HAND)
BANDED = DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, HERE)


def derived(request) -> Dose:
    dose = derive_dose(request)
    assert isinstance(dose, Dose), dose
    return dose


def codes(dose: Dose) -> list[str]:
    return [finding.code for finding in dose.findings]


# Text that is not a number (a chemotherapy calculator read it as one, as another, or as none).


@pytest.mark.parametrize(
    "typed", ["600000 IU/kg", "600000IU", "600000 IU", "600000u", "70 kg", "70lb"]
)
def test_a_unit_in_the_field_is_never_dropped_and_its_number_used(typed):
    """There, 600000 IU/kg at 80 kg gave 600000: the unit was not known, so the number was taken."""
    assert isinstance(parse_number(typed, DOSE_UNITS), Refusal)
    assert isinstance(parse_number(typed, WEIGHT_KG), Refusal)


def test_the_same_order_at_80_kg_is_48_million(ask):
    assert derived(ask("proleukin-us", weight_kg="80")).exact_dose_iu == 48_000_000


@pytest.mark.parametrize("typed", ["600,000", "600.000", "600 000", "600'000", "600\u00a0000",
                                   "600\u202f000", "0.6 million", "6e5", "600_000"])  # fmt: skip
def test_600_thousand_with_marks_is_never_600(typed):
    refusal = parse_number(typed, DOSE_UNITS)
    assert isinstance(refusal, Refusal)
    assert refusal.text


@pytest.mark.parametrize("typed", ["", " ", "n/a", "?", "-", "about 70", "70-75", "NaN", "0x46"])
def test_what_is_no_number_is_never_zero(typed):
    for field in (WEIGHT_KG, HEIGHT_CM, DOSE_UNITS, COUNT):
        answer = parse_number(typed, field)
        assert isinstance(answer, Refusal)
        assert answer != Decimal(0)


@pytest.mark.parametrize("kg", ["0", "-70", "NaN", "sNaN", "Infinity", "-Infinity", "1E+400"])
def test_a_weight_that_is_no_weight_is_never_computed_with(ask, kg):
    assert isinstance(derive_dose(ask("npc-bolus", weight_kg=kg)), Refusal)


def test_nothing_is_computed_while_an_input_is_missing(ask, make_protocol, make_regimen):
    """59 percent of insulin calculators in one study did."""
    by_surface = make_protocol("p", make_regimen("18000000", basis=Basis.M2))
    for lacking in (ask("npc-bolus"), ask(by_surface, weight_kg="70"), ask(by_surface, height_cm="170"),
                    ask("yang-2003", weight_kg="70"),
                    ask("yang-2003", arm="subcutaneous", weight_kg="70")):  # fmt: skip
        assert isinstance(derive_dose(lacking), Refusal)


@pytest.mark.parametrize(("typed", "kg"), [("70,5", "70.5"), ("70.5", "70.5"), ("80,05", "80.05")])
def test_a_comma_is_a_decimal_mark_and_never_multiplies_by_ten(ask, typed, kg):
    weight = parse_number(typed, WEIGHT_KG)
    dose = derived(replace(ask("npc-bolus"), weight_kg=weight))
    assert dose.exact_dose_iu == Decimal(kg) * 72_000


# A dose changed without a word.


def test_no_dose_is_lowered_by_age():
    """There, 15 percent were taken off above 70 years. A request here has no age at all."""
    assert not any("age" in field.name.split("_") for field in fields(DoseRequest))


def test_no_cap_is_applied_that_no_source_states(ask):
    dose = derived(ask("proleukin-us", weight_kg="300"))
    assert dose.exact_dose_iu == 180_000_000
    (note,) = (finding for finding in dose.findings if finding.code == "no-cap")
    assert note.text == "No source states a dose cap: none is applied."


def test_a_stated_cap_says_its_name_and_both_doses(ask, protocols):
    cap = Cap("maximum of the trial", Decimal(4_500_000), HERE)
    dose = derived(ask(replace(protocols["npc-bolus"], caps=(cap,)), weight_kg="70"))
    assert dose.exact_dose_iu == 4_500_000
    said = " ".join(step.text for step in dose.working).replace("\u00a0", " ")
    assert "72,000 x 70 = 5,040,000 international units" in said
    assert "maximum of the trial, lowered to 4,500,000 international units" in said


def test_a_cap_that_the_syringe_would_pass_is_refused_not_passed(ask, protocols):
    """Rounding came after the cap there, and took the dose over it again."""
    cap = Cap("cap", Decimal(5130000), HERE)
    one = replace(protocols["npc-bolus"], caps=(cap,))
    refusal = derive_dose(ask(one, weight_kg="80"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "over-cap"
    assert derived(ask(one, weight_kg="80", measure_step_ml="0.005")).prepared_dose_iu == 5_130_000


def test_no_surface_is_capped_on_the_way(ask, make_protocol, make_regimen):
    """Others stop at 2 m2, or at a clearance of 125, without a word."""
    one = make_protocol("p", make_regimen("9000000", basis=Basis.M2))
    dose = derived(ask(one, weight_kg="120", height_cm="185"))
    assert dose.bsa_m2 == Decimal("2.48")
    assert dose.exact_dose_iu == Decimal("2.48") * 9_000_000


@pytest.mark.parametrize("name", ["npc-bolus", "proleukin-us", "nci-720k"])
def test_one_dose_is_shown_once(ask, name):
    """There, the same dose stood twice on a print and was given twice."""
    dose = derived(ask(name, weight_kg="83.5"))
    letters = [step.letter for step in dose.working]
    assert letters == sorted(set(letters))
    assert len({step.text for step in dose.working}) == len(dose.working)
    assert len({(one.code, one.text) for one in dose.findings}) == len(dose.findings)


def test_the_dosing_weight_is_the_measured_one(ask):
    """One package takes the lean weight where it finds it smaller, without a word."""
    dose = derived(ask("proleukin-us", weight_kg="140", height_cm="160"))
    assert dose.exact_dose_iu == 84_000_000
    assert dose.working[0].source == "measured, actual body weight"


# Units.


def test_every_line_of_the_working_names_its_unit(ask):
    """There, a dose per square metre came out as a bare number."""
    unit = re.compile(r"kg|m2|international units|mL|percent|vial|mcg per mL|hours|minutes|cap")
    for request in (ask("proleukin-us", weight_kg="70"), ask("npc-bolus", weight_kg="70")):
        for step in derived(request).working:
            text = step.text.replace("\u00a0", " ")
            assert unit.search(text) or "no rate" in text, step


def test_units_are_never_turned_into_a_mass(ask, products):
    """Published pairs differ by 5.7 percent: with either, dose, volumes, bag and vials are the same."""
    one = products["proleukin-us"]
    other = replace(one, strength_mg_per_ml=Sourced(Decimal("1.0636"), HERE))
    first, second = (
        derived(ask("proleukin-us", product=each, weight_kg="70")) for each in (one, other)
    )
    for name in (
        "exact_dose_iu",
        "prepared_dose_iu",
        "prepared_volume_ml",
        "vials",
        "left_over_ml",
    ):
        assert getattr(first, name) == getattr(second, name)
    assert first.dilution.bag_ml == second.dilution.bag_ml == 50
    assert first.dilution.final_concentration != second.dilution.final_concentration
    assert not any("mg" in field.name for field in fields(Dose))


def test_pounds_typed_as_kilograms_are_asked_about(ask):
    dose = derived(ask("npc-bolus", weight_kg="154", previous_weight_kg="70"))
    assert {"weight-jump", "pounds"} <= set(codes(dose))
    assert dose.exact_dose_iu == 154 * 72_000


def test_height_and_weight_in_each_others_field_are_asked_about(ask):
    assert "body-mass-index" in codes(derived(ask("npc-bolus", weight_kg="175", height_cm="70")))


def test_a_fever_of_100_5_degrees_celsius_is_refused():
    """A published table of rules prints it; the number is one of Fahrenheit."""
    refusal = read_one(FINDING_CODES["temperature"], "100.5")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "range"
    assert "30 to 44" in refusal.text


def test_platelets_of_50_000_x_10_to_the_9_per_litre_are_refused():
    refusal = read_one(FINDING_CODES["platelets_10e9_l"], "50000")
    assert isinstance(refusal, Refusal)
    assert refusal.text.endswith("Is it 50000 per mm3?")


# Rounding.


def test_half_goes_up_and_never_to_the_even_neighbour(ask, make_protocol, make_regimen):
    for flat, up in (("2250000", "0.13"), ("2070000", "0.12"), ("2430000", "0.14")):
        dose = derived(ask(make_protocol("p", make_regimen(flat, basis=Basis.FLAT))))
        assert dose.prepared_volume_ml == Decimal(up)
    even = Decimal("0.125").quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert half_up(Decimal("0.125"), Decimal(1), Decimal("0.01")) != even


@pytest.mark.parametrize(
    ("value", "near"), [("688", 690), ("682", 680), ("685", 690), ("695", 700)]
)
def test_the_golden_numbers_of_a_hospital(value, near):
    assert half_up(Decimal(value), Decimal(1), Decimal(10)) == near


@pytest.mark.parametrize("ml", ["1.15", "1.05", "1.35", "2.25", "4.35", "8.575"])
def test_no_single_number_goes_astray(ask, make_protocol, make_regimen, ml):
    """Elsewhere 1.15 units alone gave a fault: it has no binary fraction."""
    flat = Decimal(ml) * 18_000_000
    one = make_protocol("p", make_regimen(str(flat), basis=Basis.FLAT))
    tie = derived(ask(one, measure_step_ml="0.1" if ml != "8.575" else "0.05"))
    step = tie.measure_step_ml
    assert (tie.prepared_volume_ml - Decimal(ml)) * 2 == step
    whole = derived(ask(one, measure_step_ml="0.005"))
    assert whole.prepared_dose_iu == whole.exact_dose_iu == flat


def test_the_surface_is_rounded_as_the_working_prints_it(ask, make_protocol, make_regimen):
    """One tool dosed by 1.87 m2 and showed 1.8708, another the other way round."""
    one = make_protocol("p", make_regimen("3000000", basis=Basis.M2))
    dose = derived(ask(one, weight_kg="70", height_cm="180"))
    assert dose.exact_dose_iu == Decimal("1.87") * 3_000_000
    surface = next(step for step in dose.working if step.letter == "B")
    exact = next(step for step in dose.working if step.letter == "C")
    assert surface.text.endswith("= 1.87\u00a0m2")
    assert "x 1.87 =" in exact.text
    assert "Mosteller" in surface.source


@pytest.mark.parametrize("million", ["42", "54", "5.04", "43.98"])
def test_no_dose_is_rounded_to_whole_vials(ask, make_protocol, make_regimen, million):
    flat = Decimal(million) * 1_000_000
    dose = derived(ask(make_protocol("p", make_regimen(str(flat), basis=Basis.FLAT))))
    assert abs(dose.prepared_dose_iu - flat) <= 90_000
    assert dose.vials * Decimal("1.2") >= dose.prepared_volume_ml


def test_doses_keep_all_their_digits(ask):
    """One package rounds to three significant digits."""
    dose = derived(ask("npc-bolus", weight_kg="68.43"))
    assert dose.exact_dose_iu == 4_926_960
    assert any("4,926,960" in step.text for step in dose.working)


# Bags and vials.


def test_the_labels_own_edge_passes_the_labels_own_window(ask):
    """60 million in 50 mL: 73.3 mcg per mL by the nominal bag, 68.7 by the total volume."""
    dose = derived(ask("proleukin-us", weight_kg="100"))
    assert dose.dilution.bag_ml == 50
    assert dose.dilution.in_window
    assert "outside-window" not in codes(dose)
    nominal = Fraction(dose.prepared_volume_ml) * 1100 / 50
    assert nominal > 70


@pytest.mark.parametrize(
    ("units", "bag"),
    [("25400000", 25), ("25400100", 50), ("60000000", 50), ("60000100", 100)],
)
def test_bands_end_at_their_edges(ask, make_protocol, make_regimen, units, bag):
    one = make_protocol("p", make_regimen(units, basis=Basis.FLAT, dilution=BANDED))
    assert derived(ask(one)).dilution.bag_ml == bag


@pytest.mark.parametrize(
    ("kg", "prepared", "bag", "edge"),
    [("42.4", 25_200_000, 50, 25_400_000), ("100.1", 59_400_000, 100, 60_000_000)],
)
def test_a_dose_that_is_rounded_back_over_an_edge_keeps_its_bag(ask, kg, prepared, bag, edge):
    dose = derived(ask("proleukin-us", weight_kg=kg, measure_step_ml="0.1"))
    assert dose.prepared_dose_iu == prepared < edge < dose.exact_dose_iu
    assert dose.dilution.bag_ml == bag


@pytest.mark.parametrize(
    ("kg", "by_content", "by_volume"),
    [
        ("36", 1, 1),
        ("36.1", 1, 2),
        ("36.6", 1, 2),
        ("36.66", 1, 2),
        ("36.7", 2, 2),
        ("72", 2, 2),
        ("72.5", 2, 3),
        ("73.3", 2, 3),
        ("73.4", 3, 3),
        ("108.5", 3, 4),
    ],
)
def test_the_weights_where_the_vial_rules_differ(ask, kg, by_content, by_volume):
    """22 million are 1.222 mL and 1.2 mL can be drawn: the rule is asked for and printed."""
    fine = {"weight_kg": kg, "measure_step_ml": "0.001"}
    content = derived(ask("proleukin-us", vial_rule="content", **fine))
    volume = derived(ask("proleukin-us", vial_rule="withdrawable", **fine))
    assert (content.vials, volume.vials) == (by_content, by_volume)
    assert ("more-than-withdrawable" in codes(content)) is (by_content < by_volume)
    lines = [next(s.text for s in dose.working if s.letter == "H") for dose in (content, volume)]
    assert "content" in lines[0]
    assert "withdrawable" in lines[1]


def test_a_recipe_names_its_source(ask, make_protocol, make_regimen):
    """Published recipes contradict each other: none is a constant of the program."""
    for source in ("label of 1992", "manual of a hospital"):
        plan = replace(BANDED, source=Source(source, "", Evidence.SECONDARY))
        dose = derived(
            ask(make_protocol("p", make_regimen("600000", dilution=plan)), weight_kg="70")
        )
        (line,) = (step for step in dose.working if step.letter == "I")
        assert line.source.startswith(source)


# Stale, mixed up, contradictory.


def test_a_result_belongs_to_its_request_and_cannot_be_changed(ask):
    """One module printed the weight of the patient before; one showed an old result after an edit."""
    first, second = (ask("npc-bolus", weight_kg=kg) for kg in ("70", "83.5"))
    one, other = derived(first), derived(second)
    again = derived(first)
    assert (one.request, other.request) == (first, second)
    assert one == again != other
    assert "70\u00a0kg" in one.working[0].text
    assert "83.5\u00a0kg" in other.working[0].text
    with pytest.raises(FrozenInstanceError):
        one.exact_dose_iu = Decimal(1)


def test_an_order_that_says_another_dose_stops_the_release(ask):
    """Free text that contradicts the fields was found in one of a hundred prescriptions."""
    dose = derived(ask("npc-bolus", weight_kg="70", ordered_dose_iu=Decimal(504_000)))
    (finding,) = (one for one in dose.findings if one.code == "order-differs")
    assert finding.severity is Severity.STOP
    assert not dose.releasable


def test_phases_that_overlap_are_refused(ask, make_protocol, make_regimen):
    levels = tuple(Level(first, first + 2, Sourced(Decimal(dose), HERE))
                   for first, dose in ((1, 9_000_000), (3, 18_000_000)))  # fmt: skip
    one = make_protocol("p", make_regimen(basis=Basis.FLAT, level_by="cycle", levels=levels))
    assert derived(ask(one, cycle=2)).exact_dose_iu == 9_000_000
    assert isinstance(derive_dose(ask(one, cycle=3)), Refusal)


@pytest.mark.parametrize("typed", ["1.5", "0", "-1", "1,5", "one"])
def test_a_cycle_is_a_whole_number_from_one(typed):
    assert isinstance(parse_number(typed, COUNT), Refusal)
