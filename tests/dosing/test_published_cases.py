"""Numbers that documents print, and numbers worked out by hand from them (clinical facts, E).

P stands for a printed number and H for one by hand, each with its number in that list. The ones
that concern only a file's own totals are held by the reader of protocol files.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from il2desk.dosing.body import mosteller
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dilution import albumin_mg, banded_bag
from il2desk.dosing.dose import Dose
from il2desk.dosing.exact import ratio, rounded, rounded_down, rounded_up
from il2desk.dosing.findings import Evidence, Refusal, Source
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan
from il2desk.dosing.schedule import Schedule, plan_doses
from il2desk.dosing.writing import plain_rounded

MILLION = 1_000_000
TAIPEI = ZoneInfo("Asia/Taipei")
BAG_TABLE = DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, Source("label", "", Evidence.LABEL))


def derived(request) -> Dose:
    dose = derive_dose(request)
    assert isinstance(dose, Dose), dose
    return dose


def planned(protocol, arm=None, start="2026-03-02T08:00", zone=TAIPEI) -> Schedule:
    schedule = plan_doses(protocol, arm, datetime.fromisoformat(start), zone)
    assert isinstance(schedule, Schedule), schedule
    return schedule


@pytest.fixture
def given_on(shipped, ask_shipped):
    """Million international units on each day of a cycle, as its doses are planned and derived."""

    def by_day(id_: str, arm: str | None = None, **body) -> dict[int, Fraction]:
        days: dict[int, Fraction] = {}
        for dose in planned(shipped.protocol(id_), arm).doses:
            one = derived(ask_shipped(id_, arm=arm, day=dose.day, **body)).exact_dose_iu
            days[dose.day] = days.get(dose.day, Fraction(0)) + Fraction(one) / MILLION
        return days

    return by_day


def test_p1_and_p2_the_swiss_example_of_a_continuous_infusion(ask_shipped, given_on):
    """Its surface of 1.88 m2 is given, as no formula named there comes to it."""
    dose = derived(ask_shipped("proleukin-eu-civ", bsa_m2="1.88", day=1))
    assert dose.exact_dose_iu == 33_840_000
    one_induction = given_on("proleukin-eu-civ", bsa_m2="1.88")
    assert list(one_induction) == [1, 2, 3, 4, 5]
    assert 2 * sum(one_induction.values()) == Fraction("338.4")


def test_p3_and_p4_the_subcutaneous_days_of_the_european_label(given_on):
    days = given_on("proleukin-eu-sc")
    eighteen = (1, 2, 3, 4, 5, 8, 9, 15, 16, 22, 23)
    nine = (10, 11, 12, 17, 18, 19, 24, 25, 26)
    assert days == dict.fromkeys(eighteen, 18) | dict.fromkeys(nine, 9)
    weeks = [sum(v for day, v in days.items() if (day - 1) // 7 == week) for week in range(4)]
    assert weeks == [90, 63, 63, 63]
    assert sum(weeks) == 279


def test_p5_and_p10_what_a_vial_gives(shipped):
    for id_ in ("proleukin-us", "proleukin-eu"):
        product = shipped.product(id_)
        assert product.content_iu.value == 22 * MILLION
        assert product.reconstitution_ml.value == Decimal("1.2")
        assert product.strength_iu_per_ml.value == 18 * MILLION
        assert product.strength_mg_per_ml.value == Decimal("1.1")
        volume = product.reconstitution_ml.value + Decimal("3.2")
        assert ratio(product.content_iu.value, volume) == 5 * MILLION


@pytest.mark.parametrize(
    ("units", "bag"),
    [("25400000", 25), ("25400100", 50), ("60000000", 50), ("60000100", 100)],
)
def test_p6_and_p7_the_edges_of_the_bag_table(shipped, units, bag):
    assert banded_bag(shipped.product("proleukin-us"), Decimal(units)) == bag


@pytest.mark.parametrize(("per_kg", "mcg", "places"), [("600000", "37", 0), ("16400", "1", 1)])
def test_p8_and_p9_the_mass_beside_a_dose_is_that_of_its_volume(shipped, per_kg, mcg, places):
    """The labels print the rounded mass; it is shown, never computed with."""
    product = shipped.product("proleukin-us")
    volume = ratio(Decimal(per_kg), product.strength_iu_per_ml.value)
    assert rounded(volume * Fraction(product.strength_mg_per_ml.value) * 1000, places) == Decimal(
        mcg
    )


def test_p11_two_cycles_of_fourteen_and_nine_days_between(shipped):
    protocol = shipped.protocol("proleukin-us")
    doses = planned(protocol).doses
    assert (len(doses), doses[-1].day) == (14, 5)
    assert len(doses) * protocol.course_cycles.value == 28
    assert doses[-1].day + protocol.rest_days.value == 14


def test_p13_coiffier_and_robinson_52_million_per_m2(given_on):
    assert sum(given_on("post-transplant-civ", "robinson", bsa_m2="1").values()) == 52
    assert len(given_on("post-transplant-civ", "robinson", bsa_m2="1")) == 14


def test_p19_ten_doses_of_six_million_per_m2(shipped, ask_shipped):
    regimen = shipped.protocol("dinutuximab-beta-il2").regimens[0]
    one = derived(ask_shipped("dinutuximab-beta-il2", bsa_m2="1"))
    assert one.exact_dose_iu * regimen.doses_per_cycle.value == 60 * MILLION


@pytest.mark.parametrize(
    ("cm", "kg", "m2"),
    [
        # P20 and P21 (61 inches), then H39: Mosteller only, rounded half up to 2 decimals.
        ("170", "70", "1.82"),
        ("154.9", "90.7", "1.98"),
        ("180", "70", "1.87"),
        ("175", "100", "2.20"),
        ("185", "120", "2.48"),
        ("110", "18.5", "0.75"),
    ],
)
def test_p20_p21_and_h39_mosteller(cm, kg, m2):
    assert mosteller(Decimal(cm), Decimal(kg)) == Decimal(m2)


def test_p22_and_h43_two_doses_a_day_and_150_million_per_m2(given_on):
    days = given_on("atzpodien", bsa_m2="1")
    assert [days[day] for day in (3, 4, 5, 24, 25, 26)] == [20] * 6
    assert sum(days.values()) == 150


def test_p23_four_doses_of_acetaminophen_are_the_most_of_a_day(shipped):
    items = {one.id: one for one in shipped.premedication_set("high-dose-consensus").items}
    assert items["acetaminophen"].daily_max == 4 * Decimal(975)


def test_p24_strength_of_the_interferon_vial(shipped):
    (product,) = shipped.bundle_for("sct-maintenance").companion_products
    strengths = {one.strength_per_ml.value for one in product.presentations}
    assert ratio(Decimal(25 * MILLION), Decimal("2.5")) == 10 * MILLION
    assert Decimal(10 * MILLION) in strengths


def test_p27_window_and_albumin(shipped):
    product = shipped.product("proleukin-us")
    assert product.window_mcg_per_ml.value == (30, 70)
    assert "albumin 0.1" in product.low_concentration_route.value


# Per kg, kg, then by hand: million units, mL, nominal bag, mcg per mL in bag + volume, vials by
# content and by 1 mL withdrawn, doses, million units in all (clinical facts E.2).
BY_HAND = [
    ("600000", "45", "27", "1.500", 50, "32.0", 2, 2, 14, "378"),
    ("600000", "50", "30", "1.667", 50, "35.5", 2, 2, 14, "420"),
    ("600000", "60", "36", "2.000", 50, "42.3", 2, 2, 14, "504"),
    ("600000", "70", "42", "2.333", 50, "49.0", 2, 3, 14, "588"),
    ("600000", "71.3", "42.78", "2.377", 50, "49.9", 2, 3, 14, "598.92"),
    ("600000", "80", "48", "2.667", 50, "55.7", 3, 3, 14, "672"),
    ("600000", "90", "54", "3.000", 50, "62.3", 3, 3, 14, "756"),
    ("600000", "100", "60", "3.333", 50, "68.7", 3, 4, 14, "840"),
    ("600000", "120", "72", "4.000", 100, "42.3", 4, 4, 14, "1008"),
    ("600000", "150", "90", "5.000", 100, "52.4", 5, 5, 14, "1260"),
    ("720000", "50", "36", "2.000", 50, "42.3", 2, 2, 15, "540"),
    ("720000", "70", "50.4", "2.800", 50, "58.3", 3, 3, 15, "756"),
    ("720000", "83.4", "60.048", "3.336", 100, "35.5", 3, 4, 15, "900.72"),
    ("720000", "100", "72", "4.000", 100, "42.3", 4, 4, 15, "1080"),
    ("72000", "45", "3.24", "0.180", 25, "7.9", 1, 1, 15, "48.6"),
    ("72000", "60", "4.32", "0.240", 25, "10.5", 1, 1, 15, "64.8"),
    ("72000", "70", "5.04", "0.280", 25, "12.2", 1, 1, 15, "75.6"),
    ("72000", "82.5", "5.94", "0.330", 25, "14.3", 1, 1, 15, "89.1"),
    ("72000", "100", "7.2", "0.400", 25, "17.3", 1, 1, 15, "108"),
    ("250000", "60", "15", "0.833", None, None, 1, 1, 5, "75"),
    ("125000", "60", "7.5", "0.417", None, None, 1, 1, 5, "37.5"),
    ("250000", "70", "17.5", "0.972", None, None, 1, 1, 5, "87.5"),
    ("125000", "70", "8.75", "0.486", None, None, 1, 1, 5, "43.75"),
]


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row[0]} at {row[1]} kg")
def test_h1_to_h23_doses_by_hand(ask, make_protocol, make_regimen, row):
    """Read to a millionth of a mL, so that the volume is the exact one, as by hand."""
    per_kg, kg, million, ml, bag, mcg, by_content, by_volume, count, total = row
    plan = {} if bag is None else {"dilution": BAG_TABLE}
    one = make_protocol("p", make_regimen(per_kg, doses_per_cycle=None, **plan))
    asked = {"weight_kg": kg, "measure_step_ml": "0.000001"}
    dose = derived(ask(one, vial_rule="content", **asked))
    assert dose.exact_dose_iu == Decimal(million) * MILLION
    assert rounded(dose.exact_volume_ml, 3) == Decimal(ml)
    assert dose.vials == by_content
    assert derived(ask(one, product="proleukin-eu", **asked)).vials == by_volume
    assert dose.exact_dose_iu * count == Decimal(total) * MILLION
    if bag is not None:
        assert dose.dilution.bag_ml == bag
        assert plain_rounded(dose.dilution.final_concentration, 1) == plain_rounded(Decimal(mcg), 1)


@pytest.mark.parametrize(
    ("million", "bag", "mcg"),
    [("60", 50, "68.7"), ("25.4", 25, "58.8"), ("25.5", 50, "30.3"), ("12.62", 25, "30"),
     ("122.3", 100, "70")],
)  # fmt: skip
def test_h24_to_h29_concentrations_count_the_volume_of_the_drug(
    ask, make_protocol, make_regimen, million, bag, mcg
):

    units = str(Decimal(million) * MILLION)
    one = make_protocol("p", make_regimen(units, basis=Basis.FLAT, dilution=BAG_TABLE))
    dose = derived(ask(one, measure_step_ml="0.000001"))
    assert dose.dilution.bag_ml == bag
    assert plain_rounded(dose.dilution.final_concentration, 1) == mcg
    assert dose.dilution.in_window


@pytest.mark.parametrize(
    ("kg", "least", "most", "by_hand"),
    [
        ("45", "2.83", "6.60", "2.83 to 6.60"),
        ("60", "3.78", "8.80", "3.77 to 8.80"),
        ("70", "4.40", "10.26", "4.40 to 10.27"),
        ("82.5", "5.19", "12.10", "5.19 to 12.10"),
        ("100", "6.29", "14.66", "6.29 to 14.67"),
    ],
)
def test_h30_volumes_of_the_window_are_rounded_inward(ask_shipped, kg, least, most, by_hand):
    """The hand list is rounded to the nearest; its 3.77, 10.27 and 14.67 lie outside the window."""
    low, high = derived(ask_shipped("npc-bolus", weight_kg=kg)).dilution.window_total_ml
    assert f"{rounded(low, 2)} to {rounded(high, 2)}" == by_hand
    assert (rounded_up(low, 2), rounded_down(high, 2)) == (Decimal(least), Decimal(most))
    mass = low * 70
    assert 30 <= mass / Fraction(Decimal(most)) <= mass / Fraction(Decimal(least)) <= 70


def test_h31_albumin_of_a_50_ml_bag():
    mg = albumin_mg(Decimal("0.1"), Decimal(50))
    assert mg == 50
    assert ratio(mg, Decimal(200)) == Fraction("0.25")
    assert ratio(mg, Decimal(250)) == Fraction("0.2")


def test_h32_and_h33_dose_15_and_the_days_of_the_label(shipped):
    npc = planned(shipped.protocol("npc-bolus")).doses
    assert [npc[13].local.isoformat()[:16], npc[14].local.isoformat()[:16]] == [
        "2026-03-06T16:00", "2026-03-07T00:00"]  # fmt: skip
    midnight = planned(shipped.protocol("npc-bolus"), start="2026-03-02T00:00").doses
    assert midnight[14].local.isoformat()[:16] == "2026-03-06T16:00"
    label = shipped.protocol("proleukin-us")
    last = planned(label).doses[-1].local.date()
    begin = last + timedelta(days=label.rest_days.value + 1)
    assert begin == date(2026, 3, 16)
    second = planned(label, start=f"{begin}T08:00").doses
    assert second[-1].local.date() == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("per_m2", "million", "ml"),
    [("18000000", "31.14", "1.730"), ("9000000", "15.57", "0.865"), ("1600000", "2.768", "0.154"),
     ("1000000", "1.73", "0.096"), ("3000000", "5.19", "0.288"), ("4500000", "7.785", "0.433")],
)  # fmt: skip
def test_h40_doses_per_m2(ask, make_protocol, make_regimen, per_m2, million, ml):

    one = make_protocol("p", make_regimen(per_m2, basis=Basis.M2))
    dose = derived(ask(one, bsa_m2="1.73", measure_step_ml="0.001"))
    assert dose.exact_dose_iu == Decimal(million) * MILLION
    assert rounded(dose.exact_volume_ml, 3) == Decimal(ml)


def test_h41_and_h42_a_dose_too_small_to_measure(shipped, ask_shipped):
    refusal = derive_dose(ask_shipped("ceplene-il2", weight_kg="70"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "too-small-to-measure"
    assert "1.148 million international units is 0.0637... mL" not in refusal.text
    assert "1.148\u00a0million\u00a0international\u00a0units is 0.0638" in refusal.text
    protocol = shipped.protocol("ceplene-il2")
    assert protocol.course_cycles.value * protocol.regimens[0].doses_per_cycle.value == 420


def test_h44_nieken_by_weeks(given_on):
    days = given_on("nieken-sc")
    weeks = [sum(v for day, v in days.items() if (day - 1) // 7 == week) for week in range(6)]
    assert weeks == [90, 72, 72, 72, 72, 72]
    assert sum(weeks[:4]) == 306


def test_h45_six_weeks_of_yang_at_70_kg(given_on):
    assert sum(given_on("yang-2003", "subcutaneous", weight_kg="70").values()) == Fraction("306.25")


@pytest.mark.parametrize("million", ["42", "54", "5.04"])
def test_h49_nothing_is_rounded_to_a_whole_vial(ask, make_protocol, make_regimen, million):
    """42 to 44, 54 to 44 or 66, 5.04 to 22: by whole vials; off for trials, so none is made."""

    units = str(Decimal(million) * MILLION)
    dose = derived(ask(make_protocol("p", make_regimen(units, basis=Basis.FLAT))))
    assert dose.exact_dose_iu == Decimal(units)
    assert abs(dose.prepared_dose_iu - dose.exact_dose_iu) <= Decimal("0.005") * 18 * MILLION


def test_h50_three_million_of_interferon_by_strength():
    for strength, ml in (("6", "0.5"), ("10", "0.3"), ("15", "0.2")):
        assert ratio(Decimal(3), Decimal(strength)) == Fraction(ml)
