"""Conditions of rule sets: met or not at each limit, and the limits in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.dosing.conditions import is_met, limit_in_words, value_in_words
from il2desk.dosing.rule_set import Bounds, Condition

LOW, HIGH = Decimal("2.5"), Decimal(3)
BY_BOUND = {
    "below": (Bounds(below=HIGH), {"2.99": True, "3": False, "3.01": False}),
    "to": (Bounds(to=HIGH), {"2.99": True, "3": True, "3.01": False}),
    "from": (Bounds(from_=LOW), {"2.49": False, "2.5": True, "2.51": True}),
    "above": (Bounds(above=LOW), {"2.49": False, "2.5": False, "2.51": True}),
    "from, below": (
        Bounds(from_=LOW, below=HIGH),
        {"2.49": False, "2.5": True, "2.99": True, "3": False},
    ),
    "above, to": (
        Bounds(above=LOW, to=HIGH),
        {"2.5": False, "2.51": True, "3": True, "3.01": False},
    ),
}
WORDED = {
    "2.5 to 3 mg/dL": Bounds(from_=LOW, to=HIGH),
    "2.5 or more and below 3 mg/dL": Bounds(from_=LOW, below=HIGH),
    "above 2.5 and up to 3 mg/dL": Bounds(above=LOW, to=HIGH),
    "above 2.5 and below 3 mg/dL": Bounds(above=LOW, below=HIGH),
    "2.5 mg/dL or more": Bounds(from_=LOW),
    "3 mg/dL or less": Bounds(to=HIGH),
    "above 2.5 mg/dL": Bounds(above=LOW),
    "below 3 mg/dL": Bounds(below=HIGH),
    "": Bounds(),
}


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("name", BY_BOUND)
def test_each_limit_at_its_edge(name):
    bounds, answers = BY_BOUND[name]
    condition = Condition("creatinine", bounds)
    for number, met in answers.items():
        assert is_met(condition, Decimal(number), None) is met, number
        assert is_met(condition, Fraction(number), None) is met, number


def test_a_limit_compares_the_whole_value():
    """221 micromol per L are 2.5 mg per dL exactly; a hair less is not."""
    condition = Condition("creatinine", Bounds(from_=LOW))
    assert is_met(condition, Fraction(221) * Fraction(10, 884), None) is True
    assert is_met(condition, Fraction(LOW) - Fraction(1, 10**30), None) is False


def test_a_limit_per_kg_goes_with_the_weight():
    for bounds, inside, outside in (
        (Bounds(below=Decimal(4), per_kg=True), "279.99", "280"),
        (Bounds(to=Decimal(4), per_kg=True), "280", "280.01"),
        (Bounds(from_=Decimal(4), per_kg=True), "280", "279.99"),
        (Bounds(above=Decimal(4), per_kg=True), "280.01", "280"),
    ):
        condition = Condition("urine_8h", bounds)
        assert is_met(condition, Decimal(inside), Decimal(70)) is True
        assert is_met(condition, Decimal(outside), Decimal(70)) is False
        assert is_met(condition, Decimal(inside), None) is None


def test_a_weight_changes_nothing_where_the_limit_does_not_go_by_it():
    condition = Condition("urine_8h", Bounds(below=Decimal(80)))
    assert is_met(condition, Decimal(79), Decimal(70)) is True
    assert is_met(condition, Decimal(80), Decimal(70)) is False


@pytest.mark.parametrize("value", [True, False, "sinus", ("coma",)])
def test_bounds_are_met_by_numbers_only(value):
    assert is_met(Condition("creatinine", Bounds(from_=Decimal(0))), value, None) is False
    assert is_met(Condition("creatinine", Bounds(below=Decimal(9))), value, None) is False


def test_flags_words_and_lists():
    flag = Condition("intubated", is_true=True)
    assert is_met(flag, True, None) is True
    assert is_met(flag, False, None) is False
    assert is_met(flag, "true", None) is False
    word = Condition("skin", words=("moist_desquamation", "bullous"))
    assert is_met(word, "bullous", None) is True
    assert is_met(word, "intact", None) is False
    listed = Condition("neuro", words=("hallucinations",))
    assert is_met(listed, ("vivid_dreams", "hallucinations"), None) is True
    assert is_met(listed, ("vivid_dreams",), None) is False
    assert is_met(listed, (), None) is False
    any_word = Condition("neuro", any_word=True)
    assert is_met(any_word, ("vivid_dreams",), None) is True
    assert is_met(any_word, (), None) is False


@pytest.mark.parametrize("text", WORDED)
def test_bounds_in_words(text):
    assert spaced(limit_in_words(Condition("creatinine", WORDED[text]), None)) == text


def test_bounds_without_a_unit():
    assert limit_in_words(Condition("doses_held", Bounds(from_=HIGH)), None) == "3 or more"
    assert limit_in_words(Condition("rhythm", Bounds(from_=HIGH)), None) == "3 or more"


def test_a_limit_per_kg_shows_its_arithmetic():
    for bounds, said in (
        (Bounds(below=Decimal(4), per_kg=True), "below 4 mL per kg"),
        (Bounds(to=Decimal(4), per_kg=True), "4 mL per kg or less"),
        (Bounds(from_=Decimal(4), per_kg=True), "4 mL per kg or more"),
        (Bounds(above=Decimal(4), per_kg=True), "above 4 mL per kg"),
    ):
        condition = Condition("urine_8h", bounds)
        assert spaced(limit_in_words(condition, None)) == said
        assert spaced(limit_in_words(condition, Decimal(70))) == f"{said} (280 mL at 70 kg)"
    plain = Condition("urine_8h", Bounds(below=Decimal(80)))
    assert spaced(limit_in_words(plain, Decimal(70))) == "below 80 mL"


def test_other_limits_in_words():
    assert limit_in_words(Condition("intubated", is_true=True), None) == "yes"
    assert limit_in_words(Condition("neuro", any_word=True), None) == "any sign listed"
    words = Condition("rales", words=("third_to_half", "half_or_more"))
    assert limit_in_words(words, None) == "one third to one half, one half or more"


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("intubated", True, "yes"),
        ("intubated", False, "no"),
        ("neuro", (), "none"),
        ("neuro", ("vivid_dreams", "mental_change_over_2h"),
         "vivid dreams, mental change for over 2 hours"),
        ("skin", "moist_desquamation", "moist desquamation"),
        ("creatinine", Decimal("2.50"), "2.5 mg/dL"),
        ("creatinine", Fraction(100, 884) * 20, "2.26 mg/dL"),
        ("creatinine", Fraction(5, 2), "2.5 mg/dL"),
        ("creatinine", Fraction(1, 8), "0.125 mg/dL"),
        ("weight_gain_percent", Fraction(20, 3), "6.67 percent"),
        ("doses_held", Decimal(3), "3"),
        ("rhythm", Decimal(3), "3"),
    ],
)  # fmt: skip
def test_values_in_words(code, value, text):
    assert spaced(value_in_words(code, value)) == text
