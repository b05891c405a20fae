"""The infusion bag: albumin in mg, the rate, and a volume that no source states."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing.agreement import differences
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dilution import albumin_mg, concentration, infuse, most_stated
from il2desk.dosing.findings import Evidence, Severity, Source, Sourced
from il2desk.dosing.product import Product
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan
from il2desk.dosing.second_engine import second_answer

SMPC = Source("the product information", "intravenous use", Evidence.LABEL)
SITE = Source("the site's procedure", "section 4", Evidence.SITE)
WITH_ALBUMIN = Sourced("glucose 5 % containing human albumin 0.1 %", SMPC)
A_TENTH = Sourced(Decimal("0.1"), SMPC)


@pytest.fixture
def infused(ask, make_protocol, make_regimen):
    """18 million per m2 in 24 hours at 1.88 m2, as the Swiss text computes: 33.84 million (P1)."""

    def made(bag="500", *, added_to=True, albumin=A_TENTH, minutes="1440"):
        plan = DilutionPlan(
            DilutionMethod.INFUSION_BAG, SMPC, WITH_ALBUMIN,
            bag_ml=None if bag is None else Sourced(Decimal(bag), SITE),
            added_to=added_to, albumin_percent=albumin,
        )  # fmt: skip
        regimen = make_regimen(
            "18000000", basis=Basis.M2, dilution=plan,
            infusion_minutes=None if minutes is None else Sourced(Decimal(minutes), SMPC),
        )  # fmt: skip
        request = ask(make_protocol("civ", regimen), bsa_m2="1.88")
        dose, second = derive_dose(request), second_answer(request)
        assert differences(dose, second) == ()
        return dose

    return made


def lines(dose, letter):
    found = [(one.label, one.text.replace("\u00a0", " "), one.source) for one in dose.working]
    letters = [one.letter for one in dose.working]
    return [line for line, name in zip(found, letters, strict=True) if name == letter]


def test_the_swiss_example(infused):
    """33.84 million are 1.88 mL; added to 500 mL over 24 hours: 501.88 / 24 = 20.9 mL per h."""
    dose = infused()
    assert dose.exact_dose_iu == 33_840_000
    assert (dose.prepared_volume_ml, dose.dilution.total_volume_ml) == (
        Decimal("1.88"), Decimal("501.88"))  # fmt: skip
    assert round(dose.infusion.rate_ml_per_h, 1) == Decimal("20.9")
    assert lines(dose, "L") == [
        ("Rate", "501.88 mL over 1,440 minutes = 20.9 mL per h", SMPC.cite())
    ]


def test_albumin_in_milligrams():
    """H31: 50 mL at 0.1 percent is 50 mg; the Brazilian maximum of 2 percent in 500 mL is 10 g."""
    assert albumin_mg(Decimal("0.1"), Decimal(50)) == 50
    assert albumin_mg(Decimal("0.1"), Decimal(500)) == 500
    assert albumin_mg(Decimal(2), Decimal(500)) == 10_000


@given(st.decimals("0.01", "5", places=2, allow_nan=False), st.integers(1, 1000).map(Decimal))
def test_albumin_is_exact_and_grows_with_the_bag(percent, bag):
    assert albumin_mg(percent, bag) * 100 == percent * bag * 1000
    assert albumin_mg(percent, bag * 2) == 2 * albumin_mg(percent, bag)


def test_albumin_stands_in_the_working_with_its_source(infused):
    assert lines(infused("50"), "I") == [
        ("Total volume", f"50 + 1.88 = 51.88 mL, added to {WITH_ALBUMIN.value}; bag overfill not counted", SITE.cite()),
        ("Albumin", "50 x 0.1 x 10 = 50 mg human albumin, mixed in before aldesleukin", SMPC.cite()),
    ]  # fmt: skip
    assert [label for label, _, _ in lines(infused("50", albumin=None), "I")] == ["Total volume"]


def test_made_up_to_a_volume(infused):
    dose = infused("100", added_to=False)
    assert dose.dilution.total_volume_ml == 100
    assert lines(dose, "I")[0][1].startswith("made up to 100 mL with glucose 5 %")


def test_a_volume_that_no_source_states_is_a_gap_and_never_released(infused):
    dose = infused(None)
    assert dose.exact_dose_iu == 33_840_000
    assert not dose.releasable
    dilution = dose.dilution
    assert (dilution.bag_ml, dilution.total_volume_ml) == (None, None)
    assert (dilution.final_concentration, dilution.in_window) == (None, None)
    assert dilution.window_total_ml is None
    assert (dose.infusion.minutes, dose.infusion.rate_ml_per_h) == (1440, None)
    (finding,) = (one for one in dose.findings if one.severity is Severity.STOP)
    assert finding.code == "no-infusion-volume"
    assert "the site names the volume in its copy of the protocol" in finding.text
    assert lines(dose, "I") == [
        ("Total volume", f"no volume of {WITH_ALBUMIN.value} is stated: a gap, cannot be released", SMPC.cite()),
    ]  # fmt: skip
    assert lines(dose, "L") == [
        ("Rate", "over 1,440 minutes; no rate without a total volume", SMPC.cite())
    ]


def test_neither_volume_nor_duration(infused):
    dose = infused(None, minutes=None)
    assert dose.infusion is None
    assert lines(dose, "L") == []
    assert "no-duration" in {one.code for one in dose.findings}


def test_an_infusion_without_duration_or_volume():
    assert infuse(None, Decimal(500)) is None
    assert infuse(Decimal(1440), None).rate_ml_per_h is None
    assert infuse(Decimal(1440), Decimal(480)).rate_ml_per_h == 20


def test_a_bag_smaller_than_what_goes_into_it(infused, ask, make_protocol, make_regimen):
    plan = DilutionPlan(
        DilutionMethod.INFUSION_BAG, SMPC, bag_ml=Sourced(Decimal(1), SITE), added_to=False
    )
    regimen = make_regimen("18000000", basis=Basis.M2, dilution=plan)
    refusal = derive_dose(ask(make_protocol("civ", regimen), bsa_m2="1.88"))
    assert refusal.code == "bag"
    assert "Choose a larger bag" in refusal.text


FIFTY, HUNDRED = Sourced(Decimal(50), SMPC), Sourced(Decimal(100), SITE)


@pytest.fixture
def bagged(ask, make_protocol, make_regimen, products):
    """Both engines on 5.04 million (0.28 mL) by a plan and a product with limits of their own."""

    def made(method, *, most=None, label=None, weight="70", **changes):
        plan = DilutionPlan(method, SMPC, most_ml=most, **changes)
        regimen = make_regimen("72000", dilution=plan)
        product = replace(products["proleukin-us"], most_ml=label)
        request = ask(make_protocol("p", regimen), product=product, weight_kg=weight)
        return derive_dose(request), second_answer(request)

    return made


def test_the_concentration_is_that_of_a_derived_dose(ask, products: dict[str, Product]):
    """0.28 mL of 1.1 mg per mL in 10 mL: 30.8 mcg per mL."""
    found = concentration(products["proleukin-us"], Decimal("0.28"), Decimal(10))
    assert found == Fraction(308, 10)
    assert found == derive_dose(ask("npc-bolus", weight_kg="70")).dilution.final_concentration


@pytest.mark.parametrize(("own", "label", "least"), [
    (None, None, None), (FIFTY, None, FIFTY), (None, FIFTY, FIFTY),
    (FIFTY, HUNDRED, FIFTY), (HUNDRED, FIFTY, FIFTY),
])  # fmt: skip
def test_the_lower_of_two_limits_of_the_diluent_holds(products, own, label, least):
    plan = DilutionPlan(FIXED, SMPC, most_ml=own)
    assert most_stated(plan, replace(products["proleukin-us"], most_ml=label)) is least


def test_of_two_equal_limits_that_of_the_protocol_is_named(products: dict[str, Product]):
    plan = DilutionPlan(FIXED, SMPC, most_ml=FIFTY)
    label = Sourced(Decimal(50), SITE)
    assert most_stated(plan, replace(products["proleukin-us"], most_ml=label)) is FIFTY


BAG_OF_50 = {"bag_ml": Sourced(Decimal(50), SITE)}
BAG_OF_51 = {"bag_ml": Sourced(Decimal(51), SITE)}
FIXED, WINDOW = DilutionMethod.FIXED_BAG, DilutionMethod.WINDOW_VOLUME
LISTED = {"listed_ml": (Decimal(5), Decimal(10))}


@pytest.mark.parametrize(("method", "limits", "changes"), [
    # The diluent is counted: 50 mL and the 0.28 mL of the drug is allowed where 50 mL are.
    (FIXED, {"most": FIFTY}, BAG_OF_50), (FIXED, {"label": FIFTY}, BAG_OF_50),
    (FIXED, {"most": FIFTY}, {**BAG_OF_50, "added_to": False}),
    (FIXED, {"most": HUNDRED, "label": HUNDRED}, BAG_OF_51),
    (WINDOW, {"most": Sourced(Decimal(10), SMPC)}, LISTED),
    (DilutionMethod.DOSE_BANDED_BAG, {"label": Sourced(Decimal(25), SMPC)}, {}),
    (DilutionMethod.INFUSION_BAG, {"most": FIFTY}, {}),
    (DilutionMethod.UNDILUTED, {"most": Sourced(Decimal("0.1"), SMPC)}, {})])  # fmt: skip
def test_a_volume_that_the_documents_allow(bagged, method, limits, changes):
    dose, second = bagged(method, **limits, **changes)
    assert dose.exact_dose_iu == 5_040_000
    assert differences(dose, second) == ()


@pytest.mark.parametrize(
    ("weight", "listed", "reached"),
    # 0.3 mL are 330 mcg: 30 mcg per mL in 11 mL. 0.35 mL are 385 mcg: 70 mcg per mL in 5.5 mL.
    [
        ("75", "11", 30), ("75", "11.01", None), ("75", "10.99", Fraction(33000, 1099)),
        ("87.5", "5.5", 70), ("87.5", "5.49", None), ("87.5", "5.51", Fraction(38500, 551)),
    ],
)  # fmt: skip
def test_both_ends_of_the_window_are_inside(bagged, weight, listed, reached):
    dose, second = bagged(WINDOW, weight=weight, listed_ml=(Decimal(listed),))
    assert differences(dose, second) == ()
    assert dose.dilution.final_concentration == reached
    stops = [one.code for one in dose.findings if one.severity is Severity.STOP]
    assert ("no-listed-volume" in stops) is (reached is None)


@pytest.mark.parametrize(("method", "limits", "changes", "said"), [
    (FIXED, {"most": FIFTY}, BAG_OF_51, ("51", "50", SMPC)),
    (FIXED, {"label": FIFTY}, BAG_OF_51, ("51", "50", SMPC)),
    # Of two limits the lower holds, whichever states it.
    (FIXED, {"most": FIFTY, "label": HUNDRED}, BAG_OF_51, ("51", "50", SMPC)),
    (FIXED, {"most": HUNDRED, "label": FIFTY}, BAG_OF_51, ("51", "50", SMPC)),
    (FIXED, {"most": FIFTY}, {**BAG_OF_51, "added_to": False}, ("51", "50", SMPC)),
    (WINDOW, {"most": Sourced(Decimal("9.9"), SITE)}, LISTED, ("10", "9.9", SITE)),
    (DilutionMethod.DOSE_BANDED_BAG, {"most": Sourced(Decimal(24), SITE)}, {}, ("25", "24", SITE)),
])  # fmt: skip
def test_a_volume_over_what_a_document_allows_is_refused(bagged, method, limits, changes, said):
    refusal, second = bagged(method, **limits, **changes)
    volume, most, source = said
    assert refusal.code == "bag"
    assert refusal.text.replace("\u00a0", " ") == (
        f"{volume} mL is more than the {most} mL that {source.cite()} allows. Choose a smaller volume."
    )
    assert second is None
