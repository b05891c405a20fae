"""The companion drug beside aldesleukin: its dose, its volume, and every reason why there is none.

Each number is worked out by hand in the test and must be that of both engines (clinical facts A.9, H50).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.dosing.agreement import differences
from il2desk.dosing.companion_values import CompanionDose, volume_line
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.findings import Evidence, Finding, Gap, Severity, Source, Sourced
from il2desk.dosing.protocol import SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, Level
from il2desk.dosing.second_engine import second_answer

PAPER = Source("the paper", "table 1", Evidence.PAPER)
NBSP = "\u00a0"
SYRINGES = (
    SyringeStep("0.5 mL", Decimal("0.5"), Decimal("0.01")),
    SyringeStep("3 mL", Decimal(3), Decimal("0.1")),
)


def iu(dose):
    return Sourced(Decimal(dose), PAPER)


def named(word):
    return Sourced(word, PAPER)


@pytest.fixture
def beside(ask, make_protocol, make_regimen, make_companion, intron):
    """A flat dose of aldesleukin with one companion drug; the answers of both engines agree."""

    def made(dose="3000000", *, given=None, gaps=(), site=None, tolerance="5", **changes):
        regimen = make_regimen(
            "18000000", basis=Basis.FLAT, interval_h=None,
            companions=(make_companion(dose, **changes),),
        )  # fmt: skip
        allowed = {"tolerance_percent": Decimal(tolerance), "site": site or SiteRules()}
        one = make_protocol("p", regimen, gaps=gaps, **allowed)
        request = ask(one, companion_products=(intron,), **(given or {}))
        first, second = derive_dose(request), second_answer(request)
        assert isinstance(first, Dose), first
        assert differences(first, second) == ()
        (companion,), (other,) = first.companions, second.companions
        assert set(companion.findings) <= set(first.findings)
        return companion, other

    return made


def codes(companion):
    return [finding.code for finding in companion.findings]


def stopped(companion, code):
    """No volume and nothing released; the sentence that says why."""
    assert companion.volume is None
    (finding,) = (one for one in companion.findings if one.severity is Severity.STOP)
    assert finding.code == code
    assert finding.text.startswith("interferon alfa-2b: ")
    return finding.text.replace(NBSP, " ")


# presentation, exact mL, prepared mL, containers: 3 million in 6, 10 and 15 million per mL (H50)
@pytest.mark.parametrize(("name", "ml", "containers"), [
    ("solution-18", "0.5", 1), ("solution-25", "0.3", 1), ("eu-vial-10", "0.3", None)])  # fmt: skip
def test_three_million_by_presentation(beside, name, ml, containers):
    found, other = beside(presentation=named(name))
    volume = found.volume
    assert found.exact_dose == 3_000_000
    assert volume.exact_ml == Fraction(ml)
    assert volume.prepared_ml == Decimal(ml)
    assert (volume.dose, volume.deviation_percent) == (3_000_000, 0)
    assert volume.containers == containers
    assert (other.prepared_ml, other.containers) == (Fraction(ml), containers)


def test_three_million_from_the_pen(beside):
    found, other = beside(presentation=named("pen-15"))
    volume = found.volume
    assert (volume.exact_ml, volume.prepared_ml) == (Fraction(1, 5), None)
    assert (volume.dose, volume.containers, volume.deviation_percent) == (3_000_000, 1, 0)
    assert (other.exact_ml, other.prepared_ml, other.containers) == (Fraction(1, 5), None, 1)
    assert volume_line(found).replace(NBSP, " ") == (
        "3 million international units from one Intron pen-15"
    )
    assert [line.letter for line in found.working] == ["C", "D", "E"]
    assert "one of the doses of the pen" in found.working[2].text
    assert codes(found) == []


def test_a_dose_that_the_pen_does_not_give(beside):
    found, other = beside("4000000", presentation=named("pen-15"))
    text = stopped(found, "companion-no-pen-dose")
    assert "4 million international units is no dose of the Intron pen-15" in text
    assert "1.5 million international units, 3 million international units" in text
    assert text.endswith("Take a vial and a syringe.")
    assert found.exact_dose == other.exact_dose == 4_000_000
    assert other.exact_ml is None


@pytest.mark.parametrize(("basis", "given", "dose", "per"), [
    (Basis.KG, {"weight_kg": "70"}, "5040000", "72000"),
    (Basis.M2, {"weight_kg": "70", "height_cm": "180"}, "9350000", "5000000"),
])  # fmt: skip
def test_by_weight_and_by_surface(beside, basis, given, dose, per):
    """70 kg x 72,000; 180 cm and 70 kg are 1.87 m2, x 5 million; 0.504 and 0.935 mL to 0.01 mL."""
    found, other = beside(per, basis=basis, given=given)
    assert (found.exact_dose, other.exact_dose) == (Decimal(dose), int(dose))
    assert found.volume.exact_ml == Fraction(int(dose), 10_000_000)
    prepared = {"5040000": "0.5", "9350000": "0.94"}[dose]
    assert found.volume.prepared_ml == Decimal(prepared)
    assert found.volume.deviation_percent == (
        (Fraction(prepared) * 10_000_000 - int(dose)) * 100 / Fraction(dose)
    )
    factor = "70" if basis is Basis.KG else "1.87"
    assert f" x {factor} = " in found.working[0].text


def test_without_weight_or_surface_there_is_no_dose(beside):
    found, other = beside(basis=Basis.KG)
    assert "goes by weight. Enter the dosing weight in kg." in stopped(found, "companion-no-factor")
    assert found.exact_dose is other.exact_dose is None
    found, _ = beside(basis=Basis.M2, given={"weight_kg": "70"})
    text = stopped(found, "companion-no-factor")
    assert "goes by body surface area. Enter weight in kg and height in cm." in text


def test_the_surface_of_aldesleukin_serves_the_companion(
    ask, make_protocol, make_regimen, make_companion, intron
):
    beside = (make_companion("5000000", basis=Basis.M2),)
    one = make_protocol("p", make_regimen("9000000", basis=Basis.M2, companions=beside))
    request = ask(one, bsa_m2="1.73", companion_products=(intron,))
    dose, second = derive_dose(request), second_answer(request)
    assert dose.companions[0].exact_dose == second.companions[0].exact_dose == 8_650_000
    assert differences(dose, second) == ()


def test_levels_by_month_with_the_step_from_the_month_before(beside):
    levels = (Level(1, 1, iu("3000000")), Level(2, 3, iu("4500000")))
    found, other = beside(None, level_by="month", levels=levels, given={"month": 2})
    assert (found.level, found.exact_dose, other.exact_dose) == ("month 2", 4_500_000, 4_500_000)
    (step,) = (one for one in found.findings if one.code == "companion-level-change")
    assert step.severity is Severity.NOTE
    assert step.text.replace(NBSP, " ") == (
        "interferon alfa-2b: 4.5 million international units, 1.5 million international units more "
        "than in month 1 (3 million international units; 50 percent more)."
    )
    first, _ = beside(None, level_by="month", levels=levels, given={"month": 1})
    assert "companion-level-change" not in codes(first)


def test_the_gap_of_one_level_stops_that_level_only(beside):
    levels = (Level(1, 1, None), Level(2, 2, iu("3000000")))
    field = "regimen.companions.interferon-alfa-2b.levels.1.dose"
    gap = Gap(field, "the dose of month 1", "the paper", "the site", ("dose",))
    given = {"level_by": "month", "levels": levels, "gaps": (gap,)}
    open_, other = beside(None, given={"month": 1}, **given)
    assert field in stopped(open_, "companion-dose-gap")
    assert open_.exact_dose is other.exact_dose is None
    filled, _ = beside(None, given={"month": 2}, **given)
    assert filled.exact_dose == 3_000_000


def test_a_month_that_is_not_given_or_has_no_level(beside):
    levels = (Level(1, 1, iu("3000000")),)
    found, _ = beside(None, level_by="month", levels=levels)
    assert "depends on the month" in stopped(found, "companion-level")
    found, _ = beside(None, level_by="month", levels=levels, given={"month": 2})
    assert "names no dose for month 2" in stopped(found, "companion-level")


def test_a_day_without_the_companion(ask, make_protocol, make_regimen, make_companion, intron):
    one = make_protocol(
        "p",
        make_regimen(
            "18000000", basis=Basis.FLAT,
            companions=(
                make_companion(days=Sourced((1, 3), PAPER)),
                make_companion("1500000", drug="interferon gamma", id="gamma"),
            ),
        ),
    )  # fmt: skip

    def drugs(day):
        request = ask(one, day=day, companion_products=(intron,))
        dose, second = derive_dose(request), second_answer(request)
        assert differences(dose, second) == ()
        assert len(second.companions) == len(dose.companions)
        return [found.companion.drug for found in dose.companions]

    assert drugs(1) == ["interferon alfa-2b", "interferon gamma"]
    assert drugs(2) == ["interferon gamma"]


@pytest.mark.parametrize("lacking", ["product", "presentation", "route"])
def test_what_the_site_has_not_named(beside, lacking):
    found, other = beside(**{lacking: None})
    assert (found.exact_dose, found.volume, other.exact_ml) == (3_000_000, None, None)
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("companion-no-presentation", Severity.CAUTION)
    assert f"no {lacking} is named" in finding.text
    assert volume_line(found) == finding.text


def test_a_product_that_is_not_at_hand(beside):
    found, _ = beside(product=named("pegylated"))
    assert "no product is named" in found.findings[0].text


def test_an_unknown_presentation(beside):
    found, other = beside(presentation=named("solution-99"))
    text = stopped(found, "companion-unknown-presentation")
    assert "Intron A has no presentation solution-99. Correct the file." in text
    assert other.exact_ml is None


@pytest.mark.parametrize(("name", "route", "fits"), [
    ("pen-15", "intramuscular", False), ("solution-25", "intramuscular", True),
    ("solution-25", "intravenous", False)])  # fmt: skip
def test_a_route_that_the_presentation_is_not_for(beside, name, route, fits):
    found, other = beside(presentation=named(name), route=named(route))
    assert (other.exact_ml is not None) is (found.volume is not None) is fits
    if not fits:
        text = stopped(found, "companion-route")
        assert f"use, not {route}. Choose another presentation." in text


def test_too_small_to_measure(beside):
    """40,000 units in 10 million per mL are 0.004 mL: nothing on a mark of 0.01 mL."""
    found, other = beside("40000")
    text = stopped(found, "companion-too-small-to-measure")
    assert "40,000 international units is 0.004 mL" in text
    assert "Dilute it first" in text
    assert found.exact_dose == other.exact_dose == 40_000
    assert other.exact_ml is None


def test_the_table_of_syringes_of_the_site(beside):
    """0.53 mL is over the small syringe: read to 0.1 mL it is 0.5 mL, 5.66 percent off; 1.23 is 1.2."""
    site = SiteRules(syringes=SYRINGES)
    found, _ = beside("5300000", site=site)
    assert "read to 0.1 mL it would be -5.66 percent off" in stopped(
        found, "companion-too-small-to-measure"
    )
    found, other = beside("12300000", site=site)
    assert (found.volume.prepared_ml, other.prepared_ml) == (Decimal("1.2"), Fraction(6, 5))
    assert codes(found) == []
    found, other = beside("30100000", site=site)
    assert "Add a larger syringe" in stopped(found, "companion-no-syringe-large-enough")
    assert (other.exact_dose, other.exact_ml) == (30_100_000, None)


def test_no_table_of_syringes_is_said(beside):
    found, _ = beside()
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("no-syringe", Severity.CAUTION)
    assert finding.text.startswith("interferon alfa-2b: No syringe chosen")


@pytest.mark.parametrize(("dose", "vials"), [
    ("25000000", 1), ("25100000", 2), ("50000000", 2), ("50100000", 3)])  # fmt: skip
def test_containers_are_counted_up(beside, dose, vials):
    found, other = beside(dose)
    assert found.volume.containers == other.containers == vials
    assert found.working[-1].text.replace(NBSP, " ") == (
        f"{vials} of 25 million international units"
    )


def test_the_working_line_by_line(beside):
    found, _ = beside("3340000")
    said = [(line.letter, line.text.replace(NBSP, " ")) for line in found.working]
    assert said == [
        ("C", "flat dose 3.34 million international units"),
        ("D", "3,340,000 / 10,000,000 = 0.334 mL of Intron solution-25"),
        ("E", "0.33 mL"),
        ("F", "0.33 x 10,000,000 = 3.3 million international units"),
        ("G", "-1.2 percent of the exact dose (at most 5)"),
        ("H", "1 of 25 million international units"),
    ]
    assert volume_line(found).replace(NBSP, " ") == (
        "prepared 3.3 million international units in 0.33 mL of Intron solution-25"
    )


def test_no_vials_are_counted_where_the_content_is_not_known(beside):
    found, _ = beside(presentation=named("eu-vial-10"))
    assert [line.letter for line in found.working] == ["C", "D", "E", "F", "G"]


def test_a_drug_in_milligrams(ask, make_protocol, make_regimen, make_companion, intron):
    """0.5 mg of 1 mg per mL is 0.5 mL."""
    vial = replace(
        intron.presentations[1], strength_per_ml=iu("1"), content=iu("0.5"), name="the vial"
    )
    product = replace(intron, id="histamine", unit="mg", presentations=(vial,))
    histamine = make_companion("0.5", unit="mg", product=named("histamine"))
    one = make_protocol("p", make_regimen("18000000", basis=Basis.FLAT, companions=(histamine,)))
    request = ask(one, companion_products=(intron, product))
    (found,) = derive_dose(request).companions
    assert second_answer(request).companions[0].prepared_ml == Fraction(1, 2)
    assert volume_line(found).replace(NBSP, " ") == "prepared 0.5 mg in 0.5 mL of the vial"


def test_a_companion_that_cannot_be_worked_out_forbids_release(
    ask, make_protocol, make_regimen, make_companion
):
    one = make_protocol(
        "p", make_regimen("18000000", basis=Basis.FLAT, companions=(make_companion(None),))
    )
    dose = derive_dose(ask(one))
    assert dose.exact_dose_iu == 18_000_000
    assert not dose.releasable
    assert "interferon alfa-2b states no dose" in stopped(dose.companions[0], "companion-dose-gap")
    assert volume_line(dose.companions[0]) == dose.companions[0].findings[0].text


def test_a_companion_without_a_volume_and_without_a_reason_says_nothing(shipped):
    regimen = shipped.protocol("ceplene-il2").regimens[0]
    note = Finding("x", Severity.NOTE, "A note.")
    why = Finding("y", Severity.CAUTION, "A reason.")
    bare = CompanionDose(regimen.companions[0], None, None, None, (note,), ())
    assert volume_line(bare) == ""
    assert volume_line(replace(bare, findings=(note, why))) == "A reason."


# 4 percent at 10 million per mL to 0.01 mL: 0.125 mL becomes 0.13, and 0.03125 mL becomes 0.03.
@pytest.mark.parametrize(
    ("dose", "prepared", "off"), [("1250000", "0.13", 4), ("312500", "0.03", -4)]
)
def test_a_deviation_of_just_the_tolerance_is_allowed(beside, dose, prepared, off):
    found, other = beside(dose, tolerance="4")
    assert found.volume.prepared_ml == Decimal(prepared)
    assert found.volume.deviation_percent == other.deviation_percent == off
    assert beside(dose, tolerance="3.99")[0].volume is None


def test_a_level_without_a_dose_still_names_the_level(beside):
    levels = (Level(1, 2, iu(72000), (1, 2)),)
    found, _ = beside(None, basis=Basis.KG, level_by="month", levels=levels, given={"month": 2})
    stopped(found, "companion-no-factor")
    assert (found.level, found.exact_dose) == ("month 2", None)


def test_the_gap_of_another_arm_is_not_this_arms(ask, make_protocol, make_regimen, make_companion):
    """The companion has no dose in either arm; the sentence names the gap of the patient's own."""
    arms = tuple(
        make_regimen("72000", arm=arm, companions=(make_companion(None),)) for arm in ("a", "b")
    )
    gaps = tuple(
        Gap(f"regimens.{arm}.companions.interferon-alfa-2b.dose", f"The dose in arm {arm}", "the paper",
            "the pharmacist", ("dose",)) for arm in ("a", "b")
    )  # fmt: skip
    for arm, other in (("a", "b"), ("b", "a")):
        dose = derive_dose(ask(make_protocol("p", *arms, gaps=gaps), arm=arm, weight_kg="70"))
        (found,) = dose.companions
        text = stopped(found, "companion-dose-gap")
        assert f"The dose in arm {arm}" in text
        assert f"The dose in arm {other}" not in text
