"""How long a preparation may be kept: the limits of its own state, and those that nobody states."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from il2desk.dosing.beyond_use import limits_of_use, open_limits
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.findings import Evidence, Gap, Source, Sourced
from il2desk.dosing.product import BeyondUse
from il2desk.dosing.regimen import DilutionMethod, DilutionPlan

LABEL = Source("label", "storage", Evidence.LABEL)
VIAL = BeyondUse("reconstituted", "reconstitution", Decimal(24), "in the fridge", LABEL)
BAG = BeyondUse("diluted", "dilution", Decimal(48), "2 to 8 degC", LABEL)
UNDILUTED = DilutionMethod.UNDILUTED
DILUTED = [method for method in DilutionMethod if method is not UNDILUTED]


@pytest.fixture
def us(products):
    """The product, of which each test says the limits."""
    return products["proleukin-us"]


GAP = Gap("beyond_use.reconstituted", "The time of the vial", "the label", "the pharmacist")


def test_an_undiluted_dose_has_the_limit_of_the_vial_alone(us):
    both = replace(us, beyond_use=(VIAL, BAG))
    assert limits_of_use(both, UNDILUTED) == (VIAL,)
    assert open_limits(both, UNDILUTED) == ()


@pytest.mark.parametrize("method", DILUTED)
def test_a_diluted_dose_has_both(us, method):
    both = replace(us, beyond_use=(VIAL, BAG))
    assert limits_of_use(both, method) == (VIAL, BAG)
    assert open_limits(both, method) == ()


def test_what_no_source_states_is_named_by_the_gap_of_the_product(us):
    plain = replace(us, beyond_use=(BAG,), gaps=(GAP,))
    assert limits_of_use(plain, UNDILUTED) == ()
    assert open_limits(plain, UNDILUTED) == open_limits(plain, DilutionMethod.FIXED_BAG) == (GAP,)


def test_what_the_product_does_not_list_is_named_all_the_same(us):
    bare = replace(us, beyond_use=())
    names = [gap.name for gap in open_limits(bare, DilutionMethod.FIXED_BAG)]
    assert names == [
        "The time for which the reconstituted solution may be kept",
        "The time for which the diluted solution may be kept",
    ]
    (gap,) = open_limits(bare, UNDILUTED)
    assert (gap.field, gap.filled_by) == ("beyond_use.reconstituted", "the trial pharmacist")
    assert gap.fill_from == f"the label of {bare.name}"
    assert gap.blocks == ("label",)


def line_m(ask, make_protocol, make_regimen, product, method):
    plan = DilutionPlan(method, LABEL, listed_ml=(Decimal(50),))
    one = make_protocol("p", make_regimen("600000", dilution=plan))
    dose = derive_dose(ask(one, product=product, weight_kg=Decimal(70)))
    return dose.working[-1]


def test_line_m_of_an_undiluted_dose_never_gives_the_time_of_the_bag(
    ask, make_protocol, make_regimen, us
):
    made = (ask, make_protocol, make_regimen)
    plain = replace(us, beyond_use=(BAG,), gaps=(GAP,))
    line = line_m(*made, plain, UNDILUTED)
    assert line.text == (
        "not filled in, a gap: The time of the vial; no use-before time is worked out, no label"
    )
    assert line.source == "the label"
    full = replace(us, beyond_use=(VIAL, BAG))
    line = line_m(*made, full, UNDILUTED)
    assert line.text.replace("\u00a0", " ") == (
        "the earliest of: 24 hours from reconstitution, in the fridge"
    )
    assert line.source == LABEL.cite()


def test_line_m_of_a_diluted_dose_names_what_is_open_too(ask, make_protocol, make_regimen, us):
    plain = replace(us, beyond_use=(BAG,), gaps=(GAP,))
    line = line_m(ask, make_protocol, make_regimen, plain, DilutionMethod.WINDOW_VOLUME)
    assert line.text.replace("\u00a0", " ") == (
        "the earliest of: 48 hours from dilution, 2 to 8 degC; not filled in, a gap: The time of the vial"
    )


def test_line_m_names_both_limits_and_each_document_once(ask, make_protocol, make_regimen, us):
    slip = Source("slip of the pharmacy", "page 2", Evidence.SITE)
    plan = DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, LABEL)
    one = make_protocol("p", make_regimen("600000", dilution=plan))
    for second, cited in ((slip, f"{LABEL.cite()}; {slip.cite()}"), (LABEL, LABEL.cite())):
        product = replace(us, beyond_use=(VIAL, replace(BAG, source=second)))
        dose = derive_dose(ask(one, product=product, weight_kg="70"))
        assert isinstance(dose, Dose)
        (line,) = (step for step in dose.working if step.letter == "M")
        assert line.text.replace("\u00a0", " ") == (
            "the earliest of: 24 hours from reconstitution, in the fridge; 48 hours from dilution, "
            "2 to 8 degC"
        )
        assert line.source == cited


def test_a_limit_that_nobody_states_is_a_gap_of_the_label(us):
    (gap,) = open_limits(replace(us, beyond_use=(BAG,), gaps=()), UNDILUTED)
    assert gap.blocks == ("label",)
    assert gap.sentence() == (
        "The time for which the reconstituted solution may be kept is not filled in "
        "(beyond_use.reconstituted). It would come from the label of Proleukin; the trial "
        "pharmacist fills it in the site's copy of the product."
    )


def test_steps_of_the_line_belong_to_an_infusion(us):
    """What is said of the bag and the line is not said of an injection under the skin."""
    vial, bag = (Sourced(text, LABEL) for text in ("Do not shake the vial.", "Use a plastic bag."))
    product = replace(us, technique=(vial,), infusion_technique=(bag,))
    assert product.technique_for(infused=True) == (vial, bag)
    assert product.technique_for(infused=False) == (vial,)
