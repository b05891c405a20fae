"""The second engine's companions, plans and numbers, by values worked out by hand (H50)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.dosing.findings import Evidence, Source, Sourced
from il2desk.dosing.protocol import SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, Level
from il2desk.dosing.second_companions import SecondCompanion, second_companions
from il2desk.dosing.second_engine import second_answer, second_companions_of
from il2desk.dosing.second_numbers import (
    UnansweredError,
    at_least_count,
    counted,
    exact,
    nearest_count,
    positive,
)
from il2desk.dosing.second_plan import per_unit, planned_on

HERE = Source("a test", "", Evidence.HAND)
NOTHING = SecondCompanion()


def said(value):
    return Sourced(value, HERE)


@pytest.fixture
def one(ask, make_protocol, make_regimen, make_companion, intron):
    """The second engine's answer for one companion drug."""

    def made(dose="3000000", *, surface=None, site=None, given=None, tolerance="5", **changes):
        regimen = make_regimen("72000", companions=(make_companion(dose, **changes),))
        allowed = {"tolerance_percent": Decimal(tolerance), "site": site or SiteRules()}
        protocol = make_protocol("p", regimen, **allowed)
        request = ask(protocol, companion_products=(intron,), **(given or {}))
        return second_companions(request, regimen, surface)

    return made


@pytest.mark.parametrize(("shelf", "ml"), [
    ("solution-18", Fraction(1, 2)), ("solution-25", Fraction(3, 10))])  # fmt: skip
def test_three_million_in_a_syringe(one, shelf, ml):
    assert one(presentation=said(shelf)) == (
        SecondCompanion(Fraction(3_000_000), ml, ml, Fraction(3_000_000), Fraction(0), 1),
    )


def test_three_million_in_a_pen(one):
    pen = SecondCompanion(
        Fraction(3_000_000), Fraction(1, 5), None, Fraction(3_000_000), Fraction(0), 1
    )
    assert one(presentation=said("pen-15")) == (pen,)
    open_ = SecondCompanion(exact_dose=Fraction(3_100_000))
    assert one("3100000", presentation=said("pen-15")) == (open_,)


def test_rounding_deviation_and_vials(one):
    """3.345 million of 10 million per mL: 0.3345 mL, 0.33 mL, 3.3 million, 1.345... percent less."""
    (found,) = one("3345000")
    assert found.prepared_ml == Fraction(33, 100)
    assert found.prepared_dose == 3_300_000
    assert found.deviation_percent == Fraction(-45_000, 33_450)
    (tie,) = one("3350000")
    assert tie.prepared_ml == Fraction(34, 100)
    assert one("25100000")[0].containers == 2
    assert one("3000000", presentation=said("eu-vial-10"))[0].containers is None


def test_by_kg_and_by_m2(one):
    assert one("72000", basis=Basis.KG, given={"weight_kg": "70"})[0].exact_dose == 5_040_000
    assert one("72000", basis=Basis.KG) == (NOTHING,)
    assert one("5000000", basis=Basis.M2, surface=Fraction(187, 100))[0].exact_dose == 9_350_000
    assert one("5000000", basis=Basis.M2) == (NOTHING,)


@pytest.mark.parametrize("changes", [
    {"presentation": None}, {"product": None}, {"route": None},
    {"presentation": said("solution-99")}, {"product": said("another")},
    {"route": said("intravenous")}])  # fmt: skip
def test_no_volume_where_the_shelf_does_not_answer(one, changes):
    assert one(**changes) == (SecondCompanion(exact_dose=Fraction(3_000_000)),)


def test_too_small_and_the_syringes_of_the_site(one):
    assert one("40000") == (SecondCompanion(exact_dose=Fraction(40_000)),)
    rows = (
        SyringeStep("0.5 mL", Decimal("0.5"), Decimal("0.02")),
        SyringeStep("1 mL", Decimal(1), Decimal("0.1")),
    )
    site = SiteRules(syringes=rows)
    assert one("5000000", site=site)[0].prepared_ml == Fraction(1, 2)
    assert one("6100000", site=site)[0].prepared_ml == Fraction(3, 5)
    assert one("10100000", site=site) == (SecondCompanion(exact_dose=Fraction(10_100_000)),)


def test_no_companion_on_a_day_that_is_not_its_own(one):
    assert one(days=said((1, 3)), given={"day": 2}) == ()
    assert len(one(days=said((1, 3)), given={"day": 3})) == 1
    assert len(one(days=said((1, 3)))) == 1


def test_days_by_list_by_interval_and_open(make_companion):
    listed = make_companion(days=said((1, 3)))
    assert [planned_on(listed, day) for day in (1, 2, 3)] == [True, False, True]
    rhythm = make_companion(interval_h=said(Decimal(48)), doses_per_cycle=said(3))
    assert [planned_on(rhythm, day) for day in range(1, 8)] == [
        True, False, True, False, True, False, False]  # fmt: skip
    thirds = make_companion(interval_h=said(Decimal(8)), doses_per_cycle=said(4))
    assert [planned_on(thirds, day) for day in (1, 2, 3)] == [True, True, False]
    assert planned_on(make_companion(), 99)
    assert planned_on(make_companion(interval_h=said(Decimal(8))), 99)


LISTED = (Level(1, 3, said(Decimal(10)), (1, 3)), Level(2, 2, said(Decimal(20)), (2,)))


@pytest.mark.parametrize(("unit", "given", "dose"), [
    ("day", {"day": 3}, 10), ("day", {"day": 2}, 20), ("day", {"day": 4}, None), ("day", {}, None),
    ("week", {"day": 8}, 20), ("week", {"day": 7}, 10), ("month", {"month": 2}, 20),
    ("cycle", {"cycle": 3}, 10), ("month", {"cycle": 2}, None)])  # fmt: skip
def test_the_level_that_fits(ask, make_companion, unit, given, dose):
    plan = make_companion(None, level_by=unit, levels=LISTED)
    request = ask("npc-bolus", **given)
    if dose is None:
        with pytest.raises(UnansweredError):
            per_unit(request, plan)
        return
    assert per_unit(request, plan) == dose


def test_a_range_holds_its_ends_and_nothing_else(ask, make_companion):
    ends = said((Decimal(12), Decimal(15)))
    request = ask("npc-bolus", day=1)

    def chosen(dose):
        value = None if dose is None else said(Decimal(dose))
        level = Level(1, 1, value, (1,), ends)
        return per_unit(request, make_companion(None, level_by="day", levels=(level,)))

    assert [chosen(dose) for dose in (12, 15)] == [12, 15]
    for dose in ("11.99", "15.01", None):
        with pytest.raises(UnansweredError):
            chosen(dose)


def test_a_plan_that_says_nothing_or_too_much(ask, make_companion):
    request = ask("npc-bolus", day=1)
    both = replace(make_companion(), levels=LISTED, level_by="day")
    for plan in (make_companion(None), both, make_companion(None, levels=LISTED)):
        with pytest.raises(UnansweredError):
            per_unit(request, plan)


def test_numbers_from_their_digits():
    assert exact(Decimal("-0.125")) == Fraction(-1, 8)
    assert exact(Decimal("1.2E+3")) == 1200
    for undefined in (None, Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(UnansweredError):
            exact(undefined)
    with pytest.raises(UnansweredError):
        positive(Decimal(0))
    assert [nearest_count(Fraction(one)) for one in ("0.49", "0.5", "2.5", "2.51")] == [0, 1, 3, 3]
    assert [at_least_count(Fraction(one)) for one in ("1", "1.01", "2")] == [1, 2, 2]
    assert counted(Decimal("70.25"), 100, (200, 30_000)) == 7025
    for wrong in ("70.255", "1.99", "300.01"):
        with pytest.raises(UnansweredError):
            counted(Decimal(wrong), 100, (200, 30_000))


def test_a_day_without_aldesleukin_is_answered_for_the_companion_alone(
    ask, make_protocol, make_regimen, make_companion, intron
):
    beside = make_companion("3000000", days=said((8,)), presentation=said("solution-25"))
    regimen = make_regimen("72000", days=said((1, 2)), interval_h=None, companions=(beside,))
    request = ask(make_protocol("p", regimen), companion_products=(intron,), day=8)
    assert second_answer(request) is None
    assert second_companions_of(request) == (
        SecondCompanion(
            Fraction(3_000_000),
            Fraction(3, 10),
            Fraction(3, 10),
            Fraction(3_000_000),
            Fraction(0),
            1,
        ),
    )
    assert second_companions_of(replace(request, day=1)) == ()
    assert second_companions_of(replace(request, arm="b")) == ()
    # The body surface counts for a companion drug by m2, here as it is given.
    by_m2 = replace(beside, basis=Basis.M2)
    given = replace(
        ask(make_protocol("p", replace(regimen, companions=(by_m2,))), companion_products=(intron,), day=8),
        weight_kg=None, bsa_m2=Decimal("1.5"),
    )  # fmt: skip
    assert second_companions_of(given)[0].exact_dose == Fraction(4_500_000)


@pytest.mark.parametrize(("dose", "off"), [("1250000", 4), ("312500", -4)])
def test_a_deviation_of_just_the_tolerance_is_answered(one, dose, off):
    assert one(dose, tolerance="4")[0].deviation_percent == off
    assert one(dose, tolerance="3.99") == (SecondCompanion(exact_dose=Fraction(dose)),)


def test_a_syringe_holds_up_to_its_own_mark(one):
    """0.55 mL is the most of the first syringe, read to 0.01 mL; the next is read to 0.1 mL."""
    rows = (
        SyringeStep("0.55 mL", Decimal("0.55"), Decimal("0.01")),
        SyringeStep("3 mL", Decimal(3), Decimal("0.1")),
    )
    site = SiteRules(syringes=rows)
    assert one("5500000", site=site)[0].prepared_ml == Fraction(55, 100)
    assert one("5800000", site=site)[0].prepared_ml == Fraction(6, 10)
