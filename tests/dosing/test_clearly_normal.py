"""What a rule set does not judge: a value is clearly normal, or it is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from il2desk.dosing.assessment_values import Unjudged
from il2desk.dosing.clearly_normal import not_clearly_normal, without_a_row
from il2desk.dosing.findings import Evidence, Source
from il2desk.dosing.rule_set import Bounds, Condition, Criterion, RuleSet

HERE = Source("the paper", "", Evidence.PAPER)
ALONE = "not normal, and no set has a row for it"


def rules(name: str, *conditions: Condition) -> RuleSet:
    rows = tuple(
        Criterion(str(number), "relative", (one,), None, HERE)
        for number, one in enumerate(conditions)
    )
    return RuleSet(name, name, "1", "active", rows, (), None, "", (), HERE, "")


OURS = rules(
    "ours",
    Condition("heart_rate", Bounds(from_=Decimal(100))),
    Condition("rhythm", words=("atrial_fibrillation",)),
    Condition("neuro", words=("vivid_dreams", "hallucinations")),
    Condition("intubated", is_true=True),
)


@pytest.mark.parametrize(
    ("code", "value", "judged"),
    [
        ("heart_rate", Decimal(250), True),
        ("rhythm", "atrial_fibrillation", True),
        ("rhythm", "sinus", True),
        ("rhythm", "uncontrolled", False),
        ("neuro", ("vivid_dreams",), True),
        ("neuro", ("vivid_dreams", "hallucinations"), True),
        ("neuro", ("vivid_dreams", "mild_anxiety"), False),
        ("neuro", ("mild_anxiety",), False),
        ("neuro", (), True),
        ("intubated", True, True),
        ("tamponade", True, False),
        ("tamponade", False, True),
        ("skin", "intact", True),
        ("skin", "bullous", False),
        ("temperature", Decimal(44), True),
    ],
)
def test_only_what_is_not_normal_and_not_judged_is_named(code, value, judged):
    pairs = not_clearly_normal(OURS, (), {code: value}, None)
    assert pairs == (() if judged else ((code, ALONE),))


def test_a_row_for_any_word_judges_every_word():
    every = rules("every", Condition("neuro", any_word=True))
    assert not_clearly_normal(every, (), {"neuro": ("mild_anxiety",)}, None) == ()


def test_sets_that_would_hold_are_named_in_their_order():
    first = rules("first", Condition("temperature", Bounds(above=Decimal(38))))
    second = rules("second", Condition("temperature", Bounds(above=Decimal(39))))
    others = (first, second)
    for value, named in (
        ("38", None),
        ("38.5", "first would hold or stop"),
        ("39.5", "first, second would hold or stop"),
    ):
        pairs = not_clearly_normal(OURS, others, {"temperature": Decimal(value)}, None)
        assert pairs == (() if named is None else (("temperature", named),))


def test_a_word_that_another_set_holds_at_is_named_by_it():
    other = rules("other", Condition("skin", words=("bullous",)))
    assert not_clearly_normal(OURS, (other,), {"skin": "bullous"}, None) == (
        ("skin", "other would hold or stop"),
    )


def test_a_limit_per_kg_of_another_set_needs_the_weight():
    other = rules("other", Condition("urine_8h", Bounds(below=Decimal(4), per_kg=True)))
    values = {"urine_8h": Decimal(279)}
    assert not_clearly_normal(OURS, (other,), values, Decimal(70)) == (
        ("urine_8h", "other would hold or stop"),
    )
    assert not_clearly_normal(OURS, (other,), values, None) == (
        ("urine_8h", "other: a limit per kg, and no dosing weight"),
    )
    assert not_clearly_normal(OURS, (other,), {"urine_8h": Decimal(280)}, Decimal(70)) == ()


def test_a_set_that_would_act_at_any_weight_is_named_before_one_that_needs_it():
    per_kg = rules("per kg", Condition("urine_8h", Bounds(below=Decimal(4), per_kg=True)))
    plain = rules("plain", Condition("urine_8h", Bounds(below=Decimal(80))))
    both = rules(
        "both",
        Condition("urine_8h", Bounds(below=Decimal(4), per_kg=True)),
        Condition("urine_8h", Bounds(below=Decimal(80))),
    )
    low, values = {"urine_8h": Decimal(79)}, {"urine_8h": Decimal(200)}
    for others, named in (((per_kg, plain), "plain"), ((both,), "both")):
        pairs = not_clearly_normal(OURS, others, low, None)
        assert pairs == (("urine_8h", f"{named} would hold or stop"),)
    assert not_clearly_normal(OURS, (per_kg, both), values, None) == (
        ("urine_8h", "per kg, both: a limit per kg, and no dosing weight"),
    )


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("temperature", Decimal("40.5"), "40.5\u00a0°C"),
        ("temperature", Decimal(37), "37\u00a0°C"),
        ("urine_8h", Decimal(0), "0\u00a0mL"),
        ("doses_held", Decimal(1), "1"),
        ("doses_held", Decimal(0), None),
        ("heart_rate", Decimal(20), None),
        ("skin", "bullous", None),
        ("skin", "intact", None),
        ("tamponade", True, None),
        ("neuro", (), None),
    ],
)
def test_a_number_without_a_row_is_shown_with_its_value(code, value, words):
    shown = () if words is None else (Unjudged(code, words, elsewhere=False),)
    assert without_a_row(OURS, (), {code: value}, ()) == shown


def test_numbers_that_no_set_has_a_row_for_come_first():
    other = rules("other", Condition("spo2", Bounds(below=Decimal(90))))
    values = {"heart_rate": Decimal(90), "systolic_bp": Decimal(110), "spo2": Decimal(95),
              "urine_8h": Decimal(500), "temperature": Decimal(37)}  # fmt: skip
    found = without_a_row(OURS, (OURS, other), values, ("urine_8h",))
    assert [(one.code, one.elsewhere) for one in found] == [
        ("systolic_bp", False), ("temperature", False), ("spo2", True),
    ]  # fmt: skip


def test_pairs_come_in_the_order_of_the_code_table():
    values = {"skin": "bullous", "tamponade": True, "rales": "half_or_more"}
    pairs = not_clearly_normal(OURS, (), values, None)
    assert [code for code, _ in pairs] == ["tamponade", "rales", "skin"]
