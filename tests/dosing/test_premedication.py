"""The premedication checklist: amounts, working and what blocks an item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from il2desk.dosing.findings import Evidence, Refusal, Source
from il2desk.dosing.premedication import checklist
from il2desk.dosing.premedication_set import Block, PremedicationItem, PremedicationSet
from il2desk.dosing.rule_set import Bounds, Condition

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
    rounded = replace(PER_KG, rounding=Decimal(4))
    (line,) = checklist(listed(rounded), Decimal(70))
    assert line.amount == 12
    assert line.working == "0.15 x 70 = 10.5 mg, rounded half up to 4: 12 mg"
    (bare,) = checklist(listed(replace(rounded, unit=None)), Decimal(70))
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
