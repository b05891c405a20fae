"""The premedication checklist: amounts, working and what blocks an item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import WEIGHTS, marks

from il2desk.dosing.exact import rounded
from il2desk.dosing.findings import Evidence, Refusal, Source
from il2desk.dosing.premedication import checklist
from il2desk.dosing.premedication_set import (
    Block,
    Conflict,
    PremedicationItem,
    PremedicationSet,
)
from il2desk.dosing.rule_set import Bounds, Condition
from il2desk.dosing.writing import plain

HERE = Source("the paper", "table 2", Evidence.PAPER)
PLAIN = PremedicationItem(
    id="acetaminophen",
    name="acetaminophen",
    dose=Decimal(650),
    dose_per_kg=None,
    unit="mg",
    route="oral",
    timing="before each dose",
    before_min=30,
    interval_h=None,
    daily_max=None,
    daily_max_unit=None,
    given_if=None,
    blocked_if=(),
    mandatory=True,
    note="",
    source=HERE,
)
PER_KG = replace(
    PLAIN, id="ondansetron", name="ondansetron", dose=None, dose_per_kg=Decimal("0.15")
)
ALLERGY = Block("Allergy to it.", HERE, allergy="nsaid")
CREATININE = Block(
    "Creatinine above 2.", HERE, condition=Condition("creatinine", Bounds(above=Decimal(2)))
)
URINE = Block(
    "Urine below 4 per kg.",
    HERE,
    condition=Condition("urine_8h", Bounds(below=Decimal(4), per_kg=True)),
)
BLOCKED = replace(PLAIN, blocked_if=(ALLERGY, CREATININE, URINE))


def listed(*items: PremedicationItem) -> PremedicationSet:
    return PremedicationSet("set", "Set", "1", "active", items, (), (), HERE, "")


def test_a_stated_amount_stands_as_stated():
    (line,) = checklist(listed(PLAIN), None)
    assert (line.item, line.amount, line.working, line.blocked_by) == (PLAIN, 650, "", ())


def test_an_amount_that_is_a_gap_stays_one():
    (line,) = checklist(listed(replace(PLAIN, dose=None)), Decimal(70))
    assert (line.amount, line.working) == (None, "")


def test_an_amount_per_kg_shows_its_working():
    """Clinical facts H48: 0.15 mg per kg at 70 kg are 10.5 mg."""
    (line,) = checklist(listed(PER_KG), Decimal(70))
    assert (line.amount, line.working) == (Decimal("10.5"), "0.15 x 70 = 10.5 mg")
    (bare,) = checklist(listed(replace(PER_KG, unit=None)), Decimal(70))
    assert bare.working == "0.15 x 70 = 10.5"


def test_an_amount_per_kg_needs_the_weight():
    refusal = checklist(listed(PLAIN, PER_KG), None)
    assert refusal == Refusal(
        "weight", ("ondansetron goes per kg. Enter the dosing weight in kg.",)
    )


def test_items_keep_their_order():
    lines = checklist(listed(PLAIN, PER_KG), Decimal(70))
    assert [line.item.id for line in lines] == ["acetaminophen", "ondansetron"]


def blocks(weight: str | None = "70", allergies: tuple[str, ...] = (), **values) -> tuple[str, ...]:
    found = {code: Decimal(value) for code, value in values.items()}
    kg = None if weight is None else Decimal(weight)
    (line,) = checklist(listed(BLOCKED), kg, found or None, allergies)
    return line.blocked_by


def test_an_allergy_or_a_finding_at_its_limit_blocks():
    assert blocks() == ()
    assert blocks(allergies=("penicillin",)) == ()
    assert blocks(allergies=("penicillin", "nsaid")) == ("Allergy to it.",)
    assert blocks(creatinine="2") == ()
    assert blocks(creatinine="2.01") == ("Creatinine above 2.",)
    assert blocks(urine_8h="279.99") == ("Urine below 4 per kg.",)
    assert blocks(urine_8h="280") == ()
    assert blocks(None, urine_8h="100") == ()
    assert blocks(allergies=("nsaid",), creatinine="3", urine_8h="1") == (
        "Allergy to it.",
        "Creatinine above 2.",
        "Urine below 4 per kg.",
    )


def test_an_amount_is_rounded_to_its_step_and_says_so():
    by_four = replace(PER_KG, rounding=Decimal(4))
    (line,) = checklist(listed(by_four), Decimal(70))
    assert line.amount == 12
    assert line.working == "0.15 x 70 = 10.5 mg, rounded half up to 4: 12 mg"
    (bare,) = checklist(listed(replace(by_four, unit=None)), Decimal(70))
    assert bare.working == "0.15 x 70 = 10.5 , rounded half up to 4: 12"


def test_an_amount_over_its_single_maximum_is_not_lowered_to_it():
    limited = replace(PER_KG, single_max=Decimal("10.4"), blocked_if=(ALLERGY,))
    (line,) = checklist(listed(limited), Decimal(70), None, ("nsaid",))
    over = "10.5 mg is over the single maximum of 10.4"
    assert (line.item, line.amount, line.working) == (limited, None, "0.15 x 70 = 10.5 mg")
    assert line.blocked_by == ("Allergy to it.", over)
    (bare,) = checklist(listed(replace(limited, unit=None, blocked_if=())), Decimal(70))
    assert bare.blocked_by == ("10.5  is over the single maximum of 10.4",)
    (just,) = checklist(listed(replace(limited, single_max=Decimal("10.5"))), Decimal(70))
    assert (just.amount, just.blocked_by) == (Decimal("10.5"), ())


@pytest.mark.parametrize("kg", ["0", "-70", "1.99", "300.01", "70.001", "NaN", "sNaN", "Infinity",
                                "-Infinity", "1E+999999", "1E-999999"])  # fmt: skip
def test_a_weight_that_is_no_weight_gives_no_amount_at_all(kg):
    """Never an amount below zero, or one for a patient of no weight; blocks per kg neither."""
    answer = checklist(listed(PLAIN, PER_KG, BLOCKED), Decimal(kg), {"urine_8h": Decimal(100)})
    assert answer == Refusal(
        "range",
        (
            (
                "The dosing weight is outside 2 to 300 kg, or has more than 2 decimal places. "
                "Enter it again."
            ),
        ),
    )


@given(
    WEIGHTS,
    st.fractions(Fraction(1, 100), 50, max_denominator=1000).map(lambda one: rounded(one, 3)),
    st.none() | st.sampled_from(["0.5", "1", "4", "100"]).map(Decimal),
    marks("0.1", "500", 10),
)
def test_no_amount_is_above_its_single_maximum_and_none_is_lowered_to_it(kg, per_kg, step, most):
    """Rounding comes first, so that it cannot pass the maximum afterwards."""
    item = replace(PER_KG, dose_per_kg=per_kg, rounding=step, single_max=most)
    (line,) = checklist(listed(item), kg)
    plain_amount = Fraction(per_kg) * Fraction(kg)
    if line.amount is None:
        assert line.blocked_by[-1].endswith(f"over the single maximum of {plain(most)}")
        assert plain_amount + Fraction(step or 0) / 2 >= most
    else:
        assert line.amount <= most
        assert line.blocked_by == ()
        assert abs(Fraction(line.amount) - plain_amount) * 2 <= Fraction(step or 0)


@given(st.tuples(WEIGHTS, WEIGHTS).map(sorted), st.none() | st.just(Decimal(4)))
def test_no_amount_per_kg_falls_with_the_weight(pair, step):
    item = replace(PER_KG, rounding=step)
    light, heavy = (checklist(listed(item), kg)[0].amount for kg in pair)
    assert light <= heavy


def test_a_conflict_tells_each_side_with_its_source():
    other = Source("the label", "section 2", Evidence.LABEL)
    conflict = Conflict("the dose", (("650 mg", HERE), ("975 mg", other)))
    assert conflict.sentence() == (
        f"Sources differ on the dose: 650 mg, {HERE.cite()}; or 975 mg, {other.cite()}. The site "
        "chooses one."
    )
