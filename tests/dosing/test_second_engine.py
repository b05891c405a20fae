"""The second engine alone against the reference cases, and each rule of it at its edges."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.dosing.findings import Evidence, Gap, Source, Sourced
from il2desk.dosing.protocol import Cap, SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan, Level
from il2desk.dosing.second_engine import SecondAnswer, second_answer

HERE = Source("a test", "", Evidence.HAND)


def said(value):
    return Sourced(value, HERE)


def written(value: Fraction, places: int, *, inward: int = 0) -> str:
    """Plain notation by integers only: half up, or inward (1 upward, -1 downward)."""
    marks = abs(value) * 10**places
    whole = marks.numerator // marks.denominator
    rest = marks - whole
    if (inward == 1 and rest > 0) or (inward == 0 and rest * 2 >= 1):
        whole += 1
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and whole else text


def in_json(answer: SecondAnswer) -> dict:
    """The answer by the rules of the command line's JSON."""
    total, window = answer.total_volume_ml, answer.window_total_ml
    strength = answer.concentration_mcg_per_ml
    return {
        "exact_dose_iu": written(answer.exact_dose_iu, 6),
        "exact_volume_ml": written(answer.exact_volume_ml, 6),
        "prepared_volume_ml": written(answer.prepared_volume_ml, 6),
        "prepared_dose_iu": written(answer.prepared_dose_iu, 6),
        "deviation_percent": written(answer.deviation_percent, 2),
        "vials": answer.vials,
        "dilution": {
            "bag_ml": None if answer.bag_ml is None else written(answer.bag_ml, 6),
            "total_volume_ml": None if total is None else written(total, 6),
            "final_concentration_mcg_per_ml": None if strength is None else written(strength, 1),
            "in_window": answer.in_window,
            "window_total_ml": window
            and [written(window[0], 2, inward=1), written(window[1], 2, inward=-1)],
        },
        "infusion": answer.infusion_minutes
        and {
            "minutes": written(answer.infusion_minutes, 6),
            "rate_ml_per_h": written(answer.rate_ml_per_h, 1),
        },
    }


def test_reference_cases_to_the_letter(dose_cases, from_case):
    assert len(dose_cases) > 60
    for case in dose_cases:
        answer = second_answer(from_case(case))
        assert answer is not None, case
        got, expected = in_json(answer), case["expect"]
        assert expected["exit"] == 0
        checked = set(expected) - {"exit", "doses_per_cycle", "interval_h", "dilution"}
        assert {key: got[key] for key in checked} == {key: expected[key] for key in checked}, case
        bag = {k: v for k, v in expected.get("dilution", {}).items() if k != "method"}
        assert {key: got["dilution"][key] for key in bag} == bag, case


def test_npc_bolus_at_70_kg_by_hand(ask):
    answer = second_answer(ask("npc-bolus", weight_kg="70"))
    assert answer.exact_dose_iu == 5_040_000
    assert answer.exact_volume_ml == Fraction(28, 100)
    assert answer.total_volume_ml == 10
    assert answer.window_total_ml == (Fraction(44, 10), Fraction(308, 30))
    assert answer.left_over_ml == Fraction(92, 100)
    assert answer.bag_ml is None
    assert answer.rate_ml_per_h is None


def test_no_listed_volume_fits_below_33_75_kg(ask):
    light = second_answer(ask("npc-bolus", weight_kg="33.6"))
    assert light.prepared_volume_ml == Fraction(13, 100)
    assert light.total_volume_ml is None
    assert light.concentration_mcg_per_ml is None
    assert light.in_window is None
    assert light.window_total_ml == (Fraction(143, 70), Fraction(143, 30))
    assert second_answer(ask("npc-bolus", weight_kg="33.75")).total_volume_ml == 5


def test_window_ends_belong_to_the_window(ask, products, protocols):
    """0.3 mL is 330 mcg: 33 mcg per mL in 10 mL, so a window of exactly 33 takes 10 mL only."""
    product = replace(products["proleukin-us"], window_mcg_per_ml=said((Decimal(33), Decimal(33))))
    answer = second_answer(ask("npc-bolus", product=product, weight_kg="75"))
    assert answer.prepared_volume_ml == Fraction(3, 10)
    assert (answer.total_volume_ml, answer.in_window) == (10, True)
    above = replace(product, window_mcg_per_ml=said((Decimal("33.01"), Decimal("33.02"))))
    assert second_answer(ask("npc-bolus", product=above, weight_kg="75")).total_volume_ml is None


@pytest.mark.parametrize(
    ("flat", "bag"),
    [("25399999", 25), ("25400000", 25), ("25400001", 50), ("60000000", 50), ("60000001", 100)],
)
def test_bag_bands_go_by_the_exact_dose(ask, make_protocol, make_regimen, flat, bag):
    plan = DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, HERE)
    flat_dose = make_protocol("p", make_regimen(flat, basis=Basis.FLAT, dilution=plan))
    answer = second_answer(ask(flat_dose))
    assert answer.bag_ml == bag
    assert answer.total_volume_ml == bag + answer.prepared_volume_ml


@pytest.mark.parametrize(
    ("plan", "total"),
    [
        (
            DilutionPlan(DilutionMethod.FIXED_BAG, HERE, None, said(Decimal(50))),
            Fraction(5028, 100),
        ),
        (
            DilutionPlan(DilutionMethod.FIXED_BAG, HERE, None, said(Decimal(50)), False),
            Fraction(50),
        ),
        (
            DilutionPlan(DilutionMethod.INFUSION_BAG, HERE, None, said(Decimal(500))),
            Fraction("500.28"),
        ),
        (
            DilutionPlan(DilutionMethod.INFUSION_BAG, HERE, None, said(Decimal(500)), False),
            Fraction(500),
        ),
    ],
)
def test_bags_added_to_or_made_up_to(ask, make_protocol, make_regimen, plan, total):
    day = said(Decimal(1440))
    one = make_protocol("p", make_regimen("72000", dilution=plan, infusion_minutes=day))
    answer = second_answer(ask(one, weight_kg="70"))
    assert answer.total_volume_ml == total
    assert answer.concentration_mcg_per_ml == 308 / total
    assert answer.in_window is False
    assert answer.rate_ml_per_h == total / 24


def test_infusion_bag_without_a_stated_volume_has_no_volume(ask, make_protocol, make_regimen):
    plan = DilutionPlan(DilutionMethod.INFUSION_BAG, HERE)
    day = said(Decimal(1440))
    one = make_protocol("p", make_regimen("72000", dilution=plan, infusion_minutes=day))
    answer = second_answer(ask(one, weight_kg="70"))
    assert answer.total_volume_ml is answer.rate_ml_per_h is answer.window_total_ml is None
    assert answer.infusion_minutes == 1440
    fixed = replace(plan, method=DilutionMethod.FIXED_BAG)
    other = make_protocol("p", make_regimen("72000", dilution=fixed))
    assert second_answer(ask(other, weight_kg="70")) is None


@pytest.mark.parametrize(
    ("kg", "cm", "m2"),
    [
        # Clinical facts H39: 1.8708, 2.2048, 2.4833 and 0.7518 by Mosteller.
        ("70", "180", "1.87"),
        ("100", "175", "2.2"),
        ("120", "185", "2.48"),
        ("18.5", "110", "0.75"),
        # 81 x 9 x 25 = 135.0 x 135.0: the root is exactly 2.25, and 1.125 is a tie.
        ("101.25", "180", "2.25"),
        ("45.5625", "100", None),
        ("50.62", "90", "1.12"),
        ("50.63", "90", "1.13"),
        ("2", "40", "0.15"),
        ("300", "230", "4.38"),
    ],
)
def test_mosteller_without_a_root(ask, make_protocol, make_regimen, kg, cm, m2):
    one = make_protocol("p", make_regimen("18000000", basis=Basis.M2))
    answer = second_answer(ask(one, weight_kg=kg, height_cm=cm))
    if m2 is None:
        assert answer is None  # four decimals are no weight that a scale shows
        return
    assert answer.bsa_m2 == Fraction(m2)
    assert answer.exact_dose_iu == Fraction(m2) * 18_000_000


def test_mosteller_tie_goes_up(ask, make_protocol, make_regimen):
    """cm x kg = 0.005 squared x 3600 times an odd square: the root ends in exactly half a mark."""
    one = make_protocol("p", make_regimen("1000000", basis=Basis.M2))
    ties = 0
    for tenths in range(400, 2301):
        for odd in range(31, 877, 2):
            # root = odd / 200, so kg = odd^2 x 3600 / (40,000 x cm), in hundredths below.
            product = odd * odd * 90
            if product % tenths == 0 and 200 <= product // tenths <= 30_000:
                kg, cm = Decimal(product // tenths) / 100, Decimal(tenths) / 10
                answer = second_answer(ask(one, weight_kg=kg, height_cm=cm))
                if answer is not None:
                    assert answer.bsa_m2 == Fraction(odd + 1, 200)
                    ties += 1
        if ties > 300:
            return
    pytest.fail("no ties found")


def test_surface_given_replaces_weight_and_height(ask, make_protocol, make_regimen):
    one = make_protocol("p", make_regimen("18000000", basis=Basis.M2))
    answer = second_answer(ask(one, bsa_m2="1.73"))
    assert (answer.bsa_m2, answer.exact_dose_iu) == (Fraction("1.73"), 31_140_000)
    assert second_answer(ask(one, bsa_m2="1.735")) is None
    assert second_answer(ask(one, bsa_m2="0.14")) is None
    assert second_answer(ask(one, bsa_m2="4.39")) is None
    assert second_answer(ask(one, bsa_m2="1.73", weight_kg="70")) is None
    assert second_answer(ask("npc-bolus", bsa_m2="1.73")) is None
    assert second_answer(ask("npc-bolus", bsa_m2="1.73", weight_kg="70")) is None


@pytest.mark.parametrize(
    ("kg", "answered"),
    [("1.99", False), ("2", True), ("300", True), ("300.01", False), ("70.555", False)],
)
def test_weight_has_limits(ask, make_protocol, make_regimen, kg, answered):
    one = make_protocol("p", make_regimen("180000"))
    assert (second_answer(ask(one, weight_kg=kg, measure_step_ml="0.001")) is not None) is answered


def test_flat_dose_needs_no_weight(ask, make_protocol, make_regimen):
    one = make_protocol("p", make_regimen("9000000", basis=Basis.FLAT))
    assert second_answer(ask(one)).exact_volume_ml == Fraction(1, 2)


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity", "-70", "0"])
def test_numbers_that_are_none_are_not_answered(ask, value):
    assert second_answer(ask("npc-bolus", weight_kg=value)) is None
    assert second_answer(ask("npc-bolus", weight_kg="70", measure_step_ml=value)) is None


@pytest.mark.parametrize(
    ("day", "iu"),
    [
        (1, 17_500_000),
        (5, 17_500_000),
        (6, None),
        (7, None),
        (8, 8_750_000),
        (40, 8_750_000),
        (41, None),
        (43, None),
        (0, None),
        (None, None),
    ],
)
def test_levels_by_week_on_listed_days(ask, day, iu):
    answer = second_answer(ask("yang-2003", arm="subcutaneous", day=day, weight_kg="70"))
    assert (answer and answer.exact_dose_iu) == iu


@pytest.mark.parametrize("level_by", ["month", "cycle", "day", "week"])
def test_levels_by_each_count(ask, make_protocol, make_regimen, level_by):
    levels = (
        Level(1, 1, said(Decimal(9_000_000))),
        Level(2, 3, said(Decimal(18_000_000))),
        Level(4, 4, None),
    )
    one = make_protocol(
        "p", make_regimen(basis=Basis.FLAT, level_by=level_by, levels=levels, interval_h=None)
    )
    given = {1: 9_000_000, 2: 18_000_000, 3: 18_000_000, 4: None, 5: None}
    for count, iu in given.items():
        asked = {"day": 7 * count - 3} if level_by == "week" else {level_by: count}
        answer = second_answer(ask(one, **asked))
        assert (answer and answer.exact_dose_iu) == iu
    assert second_answer(ask(one)) is None


def test_overlapping_levels_are_not_chosen_between(ask, make_protocol, make_regimen):
    both = (Level(1, 2, said(Decimal(9_000_000))), Level(2, 3, said(Decimal(18_000_000))))
    one = make_protocol("p", make_regimen(basis=Basis.FLAT, level_by="cycle", levels=both))
    assert second_answer(ask(one, cycle=1)) is not None
    assert second_answer(ask(one, cycle=2)) is None


def test_arms_have_no_default(ask):
    assert second_answer(ask("yang-2003", weight_kg="70")) is None
    assert second_answer(ask("yang-2003", arm="other", weight_kg="70")) is None
    assert second_answer(ask("npc-bolus", arm="high", weight_kg="70")) is None
    high = second_answer(ask("yang-2003", arm="high", weight_kg="70"))
    assert high.exact_dose_iu == 50_400_000


def test_gap_that_blocks_the_dose(ask, protocols):
    gap = Gap("regimens.low.dose", "The dose", "the paper", "the site", ("dose",))
    gapped = replace(protocols["yang-2003"], gaps=(gap,))
    assert second_answer(ask(gapped, arm="low", weight_kg="70")) is None
    assert second_answer(ask(gapped, arm="high", weight_kg="70")) is not None


@pytest.mark.parametrize(
    ("limits", "iu"), [(["5040001"], 5_040_000), (["5040000"], 5_040_000), (["6", "5"], None)]
)
def test_caps_only_lower(ask, protocols, limits, iu):
    caps = tuple(Cap(f"cap {limit}", Decimal(limit), HERE) for limit in limits)
    answer = second_answer(ask(replace(protocols["npc-bolus"], caps=caps), weight_kg="70"))
    assert (answer and answer.exact_dose_iu) == iu


def test_least_of_several_caps(ask, protocols):
    caps = tuple(Cap(limit, Decimal(limit), HERE) for limit in ("4500000", "3600000", "9000000"))
    answer = second_answer(ask(replace(protocols["npc-bolus"], caps=caps), weight_kg="70"))
    assert (answer.exact_dose_iu, answer.prepared_volume_ml) == (3_600_000, Fraction(2, 10))


def test_rounding_up_never_passes_a_cap(ask, protocols):
    """5.13 million is 0.285 mL: prepared 0.29 mL, 5.22 million."""
    for limit, answered in (("5219999", False), ("5220000", True)):
        one = replace(protocols["npc-bolus"], caps=(Cap("cap", Decimal(limit), HERE),))
        assert (second_answer(ask(one, weight_kg="71.25")) is not None) is answered


def test_days_of_a_cycle_round_the_clock(ask):
    """Dose 15 of a cycle that starts at 08:00 falls on day 6 (clinical facts H32)."""
    assert second_answer(ask("npc-bolus", weight_kg="70", day=6)) is not None
    assert second_answer(ask("npc-bolus", weight_kg="70", day=7)) is None


def test_measure_step_from_the_syringe_table(ask, protocols):
    rows = (
        SyringeStep("1 mL", Decimal(1), Decimal("0.01")),
        SyringeStep("3 mL", Decimal(3), Decimal("0.1")),
    )
    site = SiteRules(syringes=rows)
    one = replace(protocols["proleukin-us"], site=site)
    small = second_answer(ask(one, weight_kg="30"))
    assert (small.exact_volume_ml, small.measure_step_ml) == (1, Fraction(1, 100))
    large = second_answer(ask(one, weight_kg="30.01"))
    assert (large.measure_step_ml, large.prepared_volume_ml) == (Fraction(1, 10), 1)
    assert second_answer(ask(one, weight_kg="90.01")) is None  # more than the largest holds
    chosen = second_answer(ask(one, weight_kg="30", measure_step_ml="0.05"))
    assert chosen.measure_step_ml == Fraction(5, 100)


@pytest.mark.parametrize(
    ("flat", "prepared"), [("2249999", "0.12"), ("2250000", "0.13"), ("2250001", "0.13")]
)
def test_half_a_step_goes_up(ask, make_protocol, make_regimen, flat, prepared):
    """2.25 million is 0.125 mL, the tie of the dose arithmetic page."""
    one = make_protocol("p", make_regimen(flat, basis=Basis.FLAT))
    assert second_answer(ask(one)).prepared_volume_ml == Fraction(prepared)


@pytest.mark.parametrize(
    ("flat", "answered"),
    # 0.1 mL is 1.8 million. 1.8 / 0.95 is 5 percent less than asked for; 1.8 / 1.05 is 5 more.
    [("1894736", True), ("1894737", False), ("1714286", True), ("1714285", False)],
)
def test_tolerance_compares_unrounded(ask, make_protocol, make_regimen, flat, answered):
    one = make_protocol("p", make_regimen(flat, basis=Basis.FLAT))
    answer = second_answer(ask(one, measure_step_ml="0.1"))
    assert (answer is not None) is answered


def test_tolerance_of_exactly_five_percent_passes(ask, make_protocol, make_regimen):
    one = make_protocol("p", make_regimen("36000000", basis=Basis.FLAT))
    answer = second_answer(ask(one, measure_step_ml="0.3"))
    assert (answer.prepared_volume_ml, answer.deviation_percent) == (Fraction("2.1"), 5)
    tighter = replace(one, tolerance_percent=Decimal("4.99"))
    assert second_answer(ask(tighter, measure_step_ml="0.3")) is None
    wider = replace(one, tolerance_percent=Decimal(20))
    assert second_answer(ask(wider, measure_step_ml="0.7")) is not None
    assert second_answer(ask(wider, measure_step_ml="0.9")) is None


def test_a_tolerance_below_the_dose_passes_too(ask, make_protocol, make_regimen):
    """0.03125 mL to 0.01 mL is 0.03 mL, 4 percent less."""
    one = make_protocol("p", make_regimen("562500", basis=Basis.FLAT))
    allowed = replace(one, tolerance_percent=Decimal(4))
    assert second_answer(ask(allowed)).deviation_percent == -4
    assert second_answer(ask(replace(one, tolerance_percent=Decimal("3.99")))) is None


def test_readings_to_their_smallest_mark_are_answered(ask):
    for given in ({"previous_weight_kg": "70.25"}, {"ordered_dose_iu": Decimal("5040000.01")}):
        assert second_answer(ask("npc-bolus", weight_kg="70", **given)) is not None
    for given in ({"previous_weight_kg": "70.255"}, {"ordered_dose_iu": Decimal("5040000.001")}):
        assert second_answer(ask("npc-bolus", weight_kg="70", **given)) is None


def test_volume_too_small_to_measure(ask):
    assert second_answer(ask("npc-bolus", weight_kg="2", measure_step_ml="0.1")) is None


@pytest.mark.parametrize(
    ("product", "rule", "kg", "vials", "left_over"),
    [
        ("proleukin-us", None, "36", 1, Fraction(0)),
        ("proleukin-us", None, "36.3", 2, Fraction(119, 100)),
        ("proleukin-eu", None, "36", 2, Fraction(8, 10)),
        ("proleukin-us", "content", "110", 3, Fraction(66, 18) - Fraction("3.67")),
        ("proleukin-us", "content", "110.01", 4, Fraction(88, 18) - Fraction("3.67")),
        ("proleukin-us", "by eye", "36", None, None),
    ],
)
def test_vials_by_both_rules(ask, product, rule, kg, vials, left_over):
    answer = second_answer(ask("proleukin-us", product=product, vial_rule=rule, weight_kg=kg))
    assert (answer and (answer.vials, answer.left_over_ml)) == (vials and (vials, left_over))


def test_site_vial_rule_holds_until_the_request_names_one(ask, protocols):
    one = replace(protocols["proleukin-us"], site=SiteRules(vial_rule="content"))
    assert second_answer(ask(one, weight_kg="110")).vials == 3
    assert second_answer(ask(one, vial_rule="withdrawable", weight_kg="110")).vials == 4


def test_every_amount_is_an_exact_fraction(ask):
    answer = second_answer(ask("nci-720k", weight_kg="63.27"))
    for field in fields(answer):
        value = getattr(answer, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            assert part is None or isinstance(part, (Fraction, int)), field.name
