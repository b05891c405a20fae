"""The first engine by the dose arithmetic page: each limit at its edges, every refusal by name."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.exact import rounded_down, rounded_up
from il2desk.dosing.findings import Evidence, Gap, Refusal, Severity, Source, Sourced
from il2desk.dosing.protocol import Cap, SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan, Level
from il2desk.dosing.writing import plain, plain_rounded

HERE = Source("a test", "", Evidence.HAND)
BANDED = DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, HERE)


def derived(request) -> Dose:
    dose = derive_dose(request)
    assert isinstance(dose, Dose), dose
    return dose


def refused(request, code: str, *says: str) -> Refusal:
    refusal = derive_dose(request)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.code == code, refusal
    assert refusal.reasons
    for reason in refusal.reasons:
        assert reason.endswith((".", ")")), reason
    for words in says:
        assert words in refusal.text, refusal.text
    return refusal


def codes(dose: Dose) -> list[str]:
    return [finding.code for finding in dose.findings]


def text_of(dose: Dose, code: str) -> str:
    (text,) = (finding.text for finding in dose.findings if finding.code == code)
    return text.replace("\u00a0", " ")


def in_json(dose: Dose) -> dict:
    """The dose by the rules of the command line's JSON."""
    dilution, infusion = dose.dilution, dose.infusion
    window, reached = dilution.window_total_ml, dilution.final_concentration
    return {
        "exact_dose_iu": plain(dose.exact_dose_iu),
        "exact_volume_ml": plain(dose.exact_volume_ml),
        "prepared_volume_ml": plain(dose.prepared_volume_ml),
        "prepared_dose_iu": plain(dose.prepared_dose_iu),
        "deviation_percent": plain_rounded(dose.deviation_percent, 2),
        "vials": dose.vials,
        "dilution": {
            "method": dilution.method.value,
            "bag_ml": None if dilution.bag_ml is None else plain(dilution.bag_ml),
            "total_volume_ml": dilution.total_volume_ml and plain(dilution.total_volume_ml),
            "final_concentration_mcg_per_ml": reached and plain_rounded(reached, 1),
            "in_window": dilution.in_window,
            "window_total_ml": window
            and [plain(rounded_up(window[0], 2)), plain(rounded_down(window[1], 2))],
        },
        "infusion": infusion
        and {
            "minutes": plain(infusion.minutes),
            "rate_ml_per_h": plain_rounded(infusion.rate_ml_per_h, 1),
        },
        "doses_per_cycle": dose.doses_per_cycle,
        "interval_h": dose.interval_h and plain(dose.interval_h),
    }


def test_reference_cases_to_the_letter(dose_cases, from_case):
    for case in dose_cases:
        got, expected = in_json(derived(from_case(case))), dict(case["expect"])
        assert expected.pop("exit") == 0
        bag = expected.pop("dilution", {})
        assert {key: got[key] for key in expected} == expected, case
        assert {key: got["dilution"][key] for key in bag} == bag, case


@pytest.mark.parametrize("kg", ["2", "300"])
def test_ends_of_the_weight_range_are_doses(ask, kg):
    derived(ask("npc-bolus", weight_kg=kg, measure_step_ml="0.001"))


@pytest.mark.parametrize(
    ("kg", "code"), [("1.99", "range"), ("300.01", "range"), ("70.555", "decimals")]
)
def test_weights_out_of_range_are_refused(ask, kg, code):
    refused(ask("npc-bolus", weight_kg=kg), code, "dosing weight")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "-70"])
def test_numbers_that_are_none_are_refused(ask, value):
    refused(ask("npc-bolus", weight_kg=value), "range")


@pytest.mark.parametrize(
    ("cm", "code"), [("39.9", "range"), ("230.1", "range"), ("180.55", "decimals")]
)
def test_heights_out_of_range_are_refused(ask, make_protocol, make_regimen, cm, code):
    one = make_protocol("p", make_regimen("18000000", basis=Basis.M2))
    refused(ask(one, weight_kg="70", height_cm=cm), code, "height")
    for end in ("40", "230"):
        derived(ask(one, weight_kg="70", height_cm=end))


def test_surface_stands_alone(ask, make_protocol, make_regimen):
    one = make_protocol("p", make_regimen("18000000", basis=Basis.M2))
    assert derived(ask(one, bsa_m2="1.73")).exact_dose_iu == 31_140_000
    refused(ask(one, bsa_m2="1.73", weight_kg="70"), "surface", "not both")
    refused(ask(one, weight_kg="70"), "surface", "height in cm")
    refused(ask(one), "surface", "weight in kg")
    refused(ask("npc-bolus", bsa_m2="1.73", weight_kg="70"), "surface", "Leave the surface out")


def test_missing_weight_is_refused(ask):
    refused(ask("npc-bolus"), "weight", "Enter the dosing weight in kg")


def test_mosteller_by_hand(ask, make_protocol, make_regimen):
    """Clinical facts H39 and H40: 180 cm and 70 kg are 1.8708 m2; 1.73 m2 x 9 million is 15.57."""
    one = make_protocol("p", make_regimen("9000000", basis=Basis.M2))
    dose = derived(ask(one, weight_kg="70", height_cm="180"))
    assert (dose.bsa_m2, dose.exact_dose_iu) == (Decimal("1.87"), 16_830_000)
    assert derived(ask(one, bsa_m2="1.73")).exact_dose_iu == 15_570_000
    (line,) = (step for step in dose.working if step.letter == "B")
    assert "Mosteller" in line.source
    assert "site choice" in line.source


def test_arms_are_named_or_refused(ask):
    refused(ask("yang-2003", weight_kg="70"), "arm", "high", "low", "subcutaneous")
    refused(ask("yang-2003", arm="other", weight_kg="70"), "arm", "other", "high")
    refused(ask("npc-bolus", arm="high", weight_kg="70"), "arm", "no arms")


@pytest.mark.parametrize("day", [6, 7, 13, 14, 41, 43])
def test_a_day_without_a_planned_dose_is_refused(ask, day):
    asked = ask("yang-2003", arm="subcutaneous", day=day, weight_kg="70")
    refused(asked, "no-dose-that-day", f"day {day}", "days 1 to 5, 8 to 12, 15")


def test_a_level_has_no_default(ask):
    asked = ask("yang-2003", arm="subcutaneous", weight_kg="70")
    refused(asked, "level", "day of the cycle")
    for day, units, level in ((5, 17_500_000, "week 1"), (8, 8_750_000, "week 2")):
        dose = derived(replace(asked, day=day))
        assert (dose.exact_dose_iu, dose.level) == (units, level)


@pytest.mark.parametrize("unit", ["day", "cycle", "month"])
def test_counts_start_at_one(ask, unit):
    refused(ask("npc-bolus", weight_kg="70", **{unit: 0}), "count", f"0 is not a {unit}")
    derived(ask("npc-bolus", weight_kg="70", **{unit: 1}))


@pytest.mark.parametrize("unit", ["cycle", "month", "day"])
def test_a_level_without_a_value_is_refused_with_its_gap(ask, make_protocol, make_regimen, unit):
    levels = (Level(1, 1, Sourced(Decimal(9_000_000), HERE)), Level(2, 2, None))
    regimen = make_regimen(basis=Basis.FLAT, level_by=unit, levels=levels, interval_h=None)
    gap = Gap("levels.2", "The dose of level 2", "the full paper", "the site", ("dose",))
    one = make_protocol("p", regimen, gaps=(gap,))
    refused(ask(one, **{unit: 2}), "dose-gap", "level 2", "the full paper", "the site")
    refused(ask(one, **{unit: 3}), "level", f"{unit} 3")
    refused(ask(one), "level", f"Give the {unit}")
    bare = replace(one, gaps=())
    refused(ask(bare, **{unit: 2}), "dose-gap")


def test_overlapping_levels_are_refused_not_chosen_between(ask, make_protocol, make_regimen):
    both = tuple(Level(first, first + 1, Sourced(Decimal(dose), HERE))
                 for first, dose in ((1, 9_000_000), (2, 18_000_000)))  # fmt: skip
    one = make_protocol("p", make_regimen(basis=Basis.FLAT, level_by="cycle", levels=both))
    derived(ask(one, cycle=1))
    assert isinstance(derive_dose(ask(one, cycle=2)), Refusal)


def test_a_missing_dose_is_refused_with_its_gap(ask, make_protocol, make_regimen):
    gap = Gap("dose", "The dose per kg", "the full paper", "the investigator", ("dose",))
    one = make_protocol("p", make_regimen(), gaps=(gap,))
    refused(ask(one, weight_kg="70"), "dose-gap", "dose per kg", "the full paper", "investigator")


def test_an_open_gap_that_blocks_the_dose_refuses_it(ask, protocols, products):
    gap = Gap("product", "The strength", "the label", "the site", ("dose",))
    gapped = replace(protocols["npc-bolus"], gaps=(gap,))
    refused(ask(gapped, weight_kg="70"), "dose-gap", "The strength")
    product = replace(products["proleukin-us"], gaps=(gap,))
    refused(ask("npc-bolus", product=product, weight_kg="70"), "dose-gap", "The strength")


@pytest.mark.parametrize("day", [1, 5, 6])
def test_day_six_of_fifteen_doses_every_eight_hours(ask, day):
    """Dose 15 of a cycle that starts at 08:00 falls on calendar day 6 (clinical facts H32)."""
    derived(ask("npc-bolus", weight_kg="70", day=day))


def test_day_seven_of_fifteen_doses_every_eight_hours(ask):
    refused(ask("npc-bolus", weight_kg="70", day=7), "no-dose-that-day", "day 6")


@pytest.mark.parametrize(
    ("limit", "units"), [("5040001", 5_040_000), ("5040000", 5_040_000), ("4500000", 4_500_000)]
)
def test_a_cap_only_lowers_and_leaves_its_name(ask, protocols, limit, units):
    cap = Cap("maximum of the protocol", Decimal(limit), HERE)
    dose = derived(ask(replace(protocols["npc-bolus"], caps=(cap,)), weight_kg="70"))
    assert dose.exact_dose_iu == units
    (line,) = (step for step in dose.working if step.letter == "C'")
    assert "maximum of the protocol" in line.text
    assert ("lowered to" in line.text) is (units < 5_040_000)
    assert "a test" in line.source


def test_a_cap_of_exactly_the_dose_is_not_reached_beside_a_lower_one(ask, protocols):
    caps = tuple(Cap(f"limit {iu}", Decimal(iu), HERE) for iu in (5_040_000, 4_500_000, 5_000_000))
    dose = derived(ask(replace(protocols["npc-bolus"], caps=caps), weight_kg="70"))
    said = [step.text for step in dose.working if step.letter == "C'"]
    assert said[0].startswith("limit 5040000, not reached:")
    assert said[1].startswith("limit 4500000, lowered to")
    assert said[2].startswith("limit 5000000, a lower limit applies, not")


def test_no_cap_is_said(ask):
    dose = derived(ask("npc-bolus", weight_kg="70"))
    assert "no-cap" in codes(dose)
    (line,) = (step for step in dose.working if step.letter == "C'")
    assert "no cap stated" in line.text


def test_rounding_up_never_passes_a_cap(ask, protocols):
    for limit, answered in (("5219999", False), ("5220000", True)):
        one = replace(protocols["npc-bolus"], caps=(Cap("cap", Decimal(limit), HERE),))
        asked = ask(one, weight_kg="71.25")
        if answered:
            derived(asked)
        else:
            refused(asked, "over-cap", "finer step")


@pytest.mark.parametrize(
    ("flat", "prepared"), [("2249999", "0.12"), ("2250000", "0.13"), ("2250001", "0.13")]
)
def test_half_a_step_goes_up(ask, make_protocol, make_regimen, flat, prepared):
    one = make_protocol("p", make_regimen(flat, basis=Basis.FLAT))
    assert derived(ask(one)).prepared_volume_ml == Decimal(prepared)


@pytest.mark.parametrize(
    ("flat", "answered"),
    [("1894736", True), ("1894737", False), ("1714286", True), ("1714285", False)],
)
def test_tolerance_compares_unrounded(ask, make_protocol, make_regimen, flat, answered):
    """0.1 mL is 1.8 million; 5 percent of the exact dose is the most it may differ by."""
    one = make_protocol("p", make_regimen(flat, basis=Basis.FLAT))
    asked = ask(one, measure_step_ml="0.1")
    if answered:
        derived(asked)
    else:
        refused(asked, "too-small-to-measure", "5\u00a0percent", "Dilute it first")


def test_tolerance_of_exactly_five_percent(ask, make_protocol, make_regimen):
    one = make_protocol("p", make_regimen("36000000", basis=Basis.FLAT))
    assert derived(ask(one, measure_step_ml="0.3")).deviation_percent == 5
    tighter = replace(one, tolerance_percent=Decimal("4.99"))
    refused(ask(tighter, measure_step_ml="0.3"), "too-small-to-measure", "4.99\u00a0percent")


def test_tolerance_of_a_protocol_is_never_wider_than_five_percent(ask, make_protocol, make_regimen):
    one = make_protocol(
        "p", make_regimen("36000000", basis=Basis.FLAT), tolerance_percent=Decimal(20)
    )
    refused(ask(one, measure_step_ml="0.9"), "tolerance", "only be tighter")


@pytest.mark.parametrize("kg", ["25", "27.7", "35.1", "45", "77.7", "91"])
def test_the_finer_syringe_that_is_named_is_fine_enough(ask, kg):
    """Whoever takes the step of the sentence gets a dose."""
    refusal = refused(ask("npc-bolus", weight_kg=kg, measure_step_ml="0.2"), "too-small-to-measure")
    named = re.search(r"use a syringe read to ([0-9.]+)\s*mL", refusal.text)
    assert named
    derived(ask("npc-bolus", weight_kg=kg, measure_step_ml=named[1]))


def test_measure_steps(ask, protocols):
    rows = (SyringeStep("1 mL syringe", Decimal(1), Decimal("0.01")),
            SyringeStep("3 mL syringe", Decimal(3), Decimal("0.1")))  # fmt: skip
    one = replace(protocols["proleukin-us"], site=SiteRules(syringes=rows))
    small, large = derived(ask(one, weight_kg="30")), derived(ask(one, weight_kg="30.01"))
    assert (small.syringe, small.measure_step_ml) == ("1 mL syringe", Decimal("0.01"))
    assert (large.syringe, large.measure_step_ml) == ("3 mL syringe", Decimal("0.1"))
    refused(ask(one, weight_kg="90.01"), "no-syringe-large-enough", "larger syringe")
    assert "no-syringe" not in codes(small)
    (line,) = (step for step in small.working if step.letter == "E")
    assert "1 mL syringe" in line.text


def test_no_syringe_is_a_caution(ask):
    dose = derived(ask("npc-bolus", weight_kg="70"))
    assert dose.measure_step_ml == Decimal("0.01")
    (caution,) = (f for f in dose.findings if f.code == "no-syringe")
    assert caution.severity is Severity.CAUTION
    assert "no syringe chosen" in caution.text.lower()
    for step in ("0", "-0.01"):
        refused(ask("npc-bolus", weight_kg="70", measure_step_ml=step), "measure-step", "above 0")


def test_vials_by_both_rules(ask):
    by_withdrawal = derived(ask("proleukin-us", weight_kg="36"))
    assert (by_withdrawal.vials, by_withdrawal.left_over_ml) == (1, 0)
    assert derived(ask("proleukin-us", weight_kg="36.3")).vials == 2
    assert derived(ask("proleukin-us", product="proleukin-eu", weight_kg="36")).vials == 2
    by_content = derived(ask("proleukin-us", vial_rule="content", weight_kg="110"))
    assert by_content.vials == 3
    assert "more-than-withdrawable" in codes(by_content)
    assert "more-than-withdrawable" not in codes(
        derived(ask("proleukin-us", vial_rule="content", weight_kg="36"))
    )
    refused(ask("proleukin-us", vial_rule="by eye", weight_kg="36"), "vial-rule", "withdrawable")


@pytest.mark.parametrize(
    ("flat", "bag"),
    [("25399999", 25), ("25400000", 25), ("25400001", 50), ("60000000", 50), ("60000001", 100)],
)
def test_bag_bands_end_where_the_label_says(ask, make_protocol, make_regimen, flat, bag):
    one = make_protocol("p", make_regimen(flat, basis=Basis.FLAT, dilution=BANDED))
    assert derived(ask(one)).dilution.bag_ml == bag


def test_no_band_for_the_dose_is_refused(ask, make_protocol, make_regimen, products):
    product = replace(products["proleukin-us"], bag_bands=products["proleukin-us"].bag_bands[:1])
    one = make_protocol("p", make_regimen("600000", dilution=BANDED))
    refused(ask(one, product=product, weight_kg="70"), "bag", "The site must fill it in")


def test_total_volume_is_the_rule_at_100_kg(ask):
    """The page's own example: 60 million, 3.33 mL and 50 mL are 68.7 mcg per mL, not 73.3."""
    dose = derived(ask("proleukin-us", weight_kg="100"))
    assert plain_rounded(dose.dilution.final_concentration, 1) == "68.7"
    assert dose.dilution.in_window is True
    assert "outside-window" not in codes(dose)


@pytest.mark.parametrize(
    ("edges", "inside"),
    [
        (("30", "44"), True),
        (("30", "43.99"), False),
        (("44", "70"), True),
        (("44.01", "70"), False),
    ],
)
def test_ends_of_the_window_belong_to_it(ask, make_protocol, make_regimen, products, edges, inside):
    """0.4 mL of 1.1 mg per mL in 10 mL is exactly 44 mcg per mL."""
    plan = DilutionPlan(
        DilutionMethod.FIXED_BAG, HERE, bag_ml=Sourced(Decimal(10), HERE), added_to=False
    )
    one = make_protocol("p", make_regimen("7200000", basis=Basis.FLAT, dilution=plan))
    window = (Decimal(edges[0]), Decimal(edges[1]))
    product = replace(products["proleukin-us"], window_mcg_per_ml=Sourced(window, HERE))
    dose = derived(ask(one, product=product))
    assert dose.dilution.final_concentration == 44
    assert dose.dilution.in_window is inside
    assert ("outside-window" in codes(dose)) is not inside


def test_below_the_window_names_the_volumes_and_the_albumin_route(ask, make_protocol, make_regimen):
    one = make_protocol("p", make_regimen("72000", dilution=BANDED))
    dose = derived(ask(one, weight_kg="70"))
    text = text_of(dose, "outside-window")
    assert "12.2 mcg per mL" in text
    assert "4.4 to 10.26 mL" in text
    assert "albumin 0.1 %" in text
    assert "Proleukin label" in text
    assert dose.releasable


def test_above_the_window_says_nothing_of_albumin(ask, make_protocol, make_regimen):
    plan = DilutionPlan(DilutionMethod.FIXED_BAG, HERE, bag_ml=Sourced(Decimal(20), HERE))
    one = make_protocol("p", make_regimen("600000", dilution=plan))
    text = text_of(derived(ask(one, weight_kg="70")), "outside-window")
    assert "above the window" in text
    assert "albumin" not in text


def test_npc_bolus_at_70_kg_says_why_no_25_ml_bag(ask):
    dose = derived(ask("npc-bolus", weight_kg="70"))
    assert (dose.exact_dose_iu, dose.prepared_volume_ml) == (5_040_000, Decimal("0.28"))
    assert dose.dilution.total_volume_ml == 10
    text = text_of(dose, "labelled-bag-outside-window")
    assert "25 mL bag is not offered" in text
    assert "12.2 mcg per mL" in text
    assert "4.4 to 10.26 mL" in text


def test_no_listed_volume_cannot_be_released(ask):
    dose = derived(ask("npc-bolus", weight_kg="33.6"))
    assert "no-listed-volume" in codes(dose)
    assert dose.dilution.total_volume_ml is dose.dilution.final_concentration is None
    assert not dose.releasable
    assert derived(ask("npc-bolus", weight_kg="33.75")).releasable


def test_infusion_bag_without_a_stated_volume_is_still_a_dose(ask, make_protocol, make_regimen):
    """The EU continuous infusion states "up to 500 mL" and no volume; its dose is known."""
    plan = DilutionPlan(DilutionMethod.INFUSION_BAG, HERE)
    one = make_protocol("p", make_regimen("18000000", basis=Basis.M2, dilution=plan))
    dose = derived(ask(one, bsa_m2="2"))
    assert dose.exact_dose_iu == 36_000_000
    assert dose.dilution.total_volume_ml is dose.dilution.bag_ml is None


def test_an_order_that_differs_stops_the_release(ask):
    right = derived(ask("npc-bolus", weight_kg="70", ordered_dose_iu=Decimal(5_040_000)))
    assert "order-differs" not in codes(right)
    assert right.releasable
    wrong = derived(ask("npc-bolus", weight_kg="70", ordered_dose_iu=Decimal(5_040_001)))
    assert "order-differs" in codes(wrong)
    assert not wrong.releasable


@pytest.mark.parametrize(
    ("kg", "last", "asked"),
    [
        ("77", "70", []),
        ("77.01", "70", ["weight-jump"]),
        ("63", "70", []),
        ("62.99", "70", ["weight-jump"]),
        ("154.32", "70", ["weight-jump", "pounds"]),
        ("158.95", "70", ["weight-jump", "pounds"]),
        ("158.96", "70", ["weight-jump"]),
        ("149.69", "70", ["weight-jump"]),
        ("149.70", "70", ["weight-jump", "pounds"]),
        ("31.75", "70", ["weight-jump", "pounds"]),
        ("32.71", "70", ["weight-jump"]),
        ("30", "30", []),
        ("29.99", "30", ["weight-outside-plausible-range"]),
        ("250", "250", []),
        ("250.01", "250", ["weight-outside-plausible-range"]),
    ],
)
def test_weights_that_are_asked_about(ask, kg, last, asked):
    dose = derived(ask("proleukin-us", weight_kg=kg, previous_weight_kg=last))
    questions = {"weight-jump", "pounds", "weight-outside-plausible-range", "body-mass-index"}
    assert [code for code in codes(dose) if code in questions] == asked
    severities = {f.severity for f in dose.findings if f.code in questions}
    assert severities <= {Severity.CAUTION}


@pytest.mark.parametrize(
    ("kg", "cm", "asked"),
    [("48", "200", False), ("47.99", "200", True), ("240", "200", False), ("240.01", "200", True)],
)
def test_body_mass_index_is_asked_about(ask, kg, cm, asked):
    dose = derived(ask("proleukin-us", weight_kg=kg, height_cm=cm))
    assert ("body-mass-index" in codes(dose)) is asked


def test_a_jump_is_said_in_words(ask):
    dose = derived(ask("npc-bolus", weight_kg="155", previous_weight_kg="70.5"))
    text = text_of(dose, "weight-jump")
    assert "155 kg is 84.5 kg more" in text
    assert "70.5 kg" in text
    assert "pounds" in text_of(dose, "pounds").lower()


def test_the_working_has_its_lines_in_order_each_with_a_source(ask):
    dose = derived(ask("proleukin-us", weight_kg="70"))
    letters = [step.letter for step in dose.working]
    assert letters == ["A", "C", "C'", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M"]
    assert all(step.source for step in dose.working)
    by = {step.letter: step.text.replace("\u00a0", " ") for step in dose.working}
    assert by["C"] == "600,000 x 70 = 42,000,000 international units"
    assert by["D"] == "42,000,000 / 18,000,000 = 2.3333... mL"
    assert "2.33 mL" in by["E"]
    assert "41,940,000 international units" in by["F"]
    assert "-0.14 percent" in by["G"]
    assert "2 vials" in by["H"]
    assert "left over 0.07 mL" in by["H"]
    assert "50 + 2.33 = 52.33 mL" in by["I"]
    assert "bag overfill not counted" in by["I"]
    assert "49 mcg per mL" in by["J"]
    assert "30 to 70 mcg per mL" in by["K"]
    assert "209.3 mL per h" in by["L"]
    assert "48 hours" in by["M"]


UNITS = r"(mL|kg|mcg|cm|m2|mg|h|hours|minutes|percent|million|international)"
FORBIDDEN = re.compile(r"\b(IU|I\.U\.|MU|MIU|mio|ug|cc|SC|SQ|QD|QOD)\b|10\^|[<>]\s?[0-9]")


def test_sentences_keep_number_and_unit_together_and_use_no_forbidden_mark(
    ask, make_protocol, make_regimen
):
    doses = [
        derived(ask("proleukin-us", weight_kg="70", previous_weight_kg="155")),
        derived(ask("npc-bolus", weight_kg="33.6")),
        derived(ask("proleukin-us", vial_rule="content", weight_kg="110")),
        derived(ask(make_protocol("p", make_regimen("72000", dilution=BANDED)), weight_kg="70")),
    ]
    texts = [line.text for dose in doses for line in dose.working]
    texts += [finding.text for dose in doses for finding in dose.findings]
    texts.append(refused(ask("npc-bolus", weight_kg="2"), "too-small-to-measure").text)
    assert [text for text in texts if FORBIDDEN.search(text)] == []
    parted = [text for text in texts if re.search(rf"[0-9](\.\.\.)? {UNITS}\b", text)]
    assert parted == []


def test_an_open_gap_of_another_arm_is_no_note_of_this_one(ask, make_protocol, make_regimen):
    gaps = tuple(
        Gap(field, f"{field}!", "the paper", "the site", ("activation",))
        for field in ("regimens.high.route", "regimens.low.route", "course_cycles")
    )
    plans = (make_regimen("72000", arm="high"), make_regimen("36000", arm="low"))
    one = make_protocol("p", *plans, gaps=gaps)
    for arm, other in (("high", "low"), ("low", "high")):
        dose = derive_dose(ask(one, arm=arm, weight_kg="70"))
        assert isinstance(dose, Dose)
        said = [finding.text for finding in dose.findings if finding.code == "open-gap"]
        assert said == [
            gap.sentence() for gap in gaps if not gap.field.startswith(f"regimens.{other}.")
        ]
