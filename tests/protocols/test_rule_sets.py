"""The shipped rule sets row by row, and that they reach the verdicts of the reference cases."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from il2desk.dosing import AssessmentRequest, Evidence, Refusal, assess, read_findings

JITC_REQUIRED = (
    "heart_rate", "rhythm", "ecg_ischaemia", "oxygen_l_min", "neuro", "creatinine", "urine_8h",
    "platelets", "bilirubin", "bicarbonate", "bleeding", "infection", "skin", "weight_gain_percent",
)  # fmt: skip


def limits(rules, code):
    return [
        (row.kind, bounds.from_, bounds.above, bounds.to, bounds.below)
        for row in rules.criteria
        for condition in row.conditions
        if condition.code == code and (bounds := condition.bounds) is not None
    ]


def test_us_label_2023(catalogue):
    rules = catalogue.rule_set("us-label-2023")
    assert {gap.field for gap in rules.gaps} == {
        f"criteria.{row}" for row in ("renal", "hepatic", "skin", "infection")
    }
    assert all("verdict" in gap.blocks for gap in rules.gaps)
    assert limits(rules, "systolic_bp") == [("withhold", None, None, None, 90)]
    assert limits(rules, "spo2") == [("withhold", None, None, None, 90)]
    assert {row.scope for row in rules.criteria if row.stops} == {"for good"}
    ends = {row.id: row.until for row in rules.criteria if row.until}
    assert set(ends) == {"systolic-low", "rhythm-hold", "spo2-low", "confusion", "stool-occult"}
    assert ends["spo2-low"][0].bounds.above == 90
    assert ends["confusion"][0].words == ()
    assert rules.required == (
        "systolic_bp",
        "rhythm",
        "ecg_ischaemia",
        "spo2",
        "neuro",
        "stool_occult_test",
    )


def test_jitc_2014(catalogue):
    rules = catalogue.rule_set("jitc-2014")
    assert rules.required == JITC_REQUIRED
    assert len([row for row in rules.criteria if row.kind == "relative"]) == 19
    assert len([row for row in rules.criteria if row.kind == "absolute"]) == 20
    assert limits(rules, "heart_rate") == [
        ("relative", 100, None, 130, None), ("absolute", None, 130, None, None)]  # fmt: skip
    assert limits(rules, "creatinine") == [
        ("relative", Decimal("2.5"), None, None, 3), ("absolute", 3, None, None, None)]  # fmt: skip
    assert limits(rules, "urine_8h") == [
        ("relative", 80, None, 160, None), ("absolute", None, None, None, 80)]  # fmt: skip
    assert limits(rules, "platelets") == [
        ("relative", 30_000, None, 50_000, None), ("absolute", None, None, None, 30_000)]  # fmt: skip
    assert limits(rules, "phenylephrine_max") == [
        ("relative", 1, None, Decimal("1.5"), None), ("absolute", None, Decimal("1.5"), None, None)]  # fmt: skip
    assert limits(rules, "phenylephrine_now") == [
        ("relative", None, Decimal("0.5"), Decimal("0.8"), None),
        ("absolute", None, Decimal("0.8"), None, None)]  # fmt: skip
    assert limits(rules, "bilirubin") == [("relative", None, 7, None, None)]
    assert limits(rules, "bicarbonate") == [("relative", None, None, 18, None)]
    assert limits(rules, "weight_gain_percent") == [("relative", None, 15, None, None)]
    assert limits(rules, "diarrhoea_ml_shift") == [("relative", 1000, None, None, None)]
    blood = next(row for row in rules.criteria if row.id == "blood-occult")
    assert [condition.code for condition in blood.conditions] == ["bleeding", "stool_occult_test"]
    read = {row.id for row in rules.criteria if row.source.evidence is Evidence.READING}
    assert {
        "ecg-ischaemia",
        "rhythm",
        "enzymes",
        "skin",
        "vomiting",
        "bicarbonate",
        "weight-gain",
    } <= read


def test_springerplus_2015(catalogue):
    rules = catalogue.rule_set("springerplus-2015")
    assert rules.stop_from_relative == 3
    assert set(rules.required) == set(JITC_REQUIRED) - {"bilirubin", "bicarbonate"} | {
        "vasopressor_needed", "doses_held"}  # fmt: skip
    assert limits(rules, "heart_rate")[0] == ("relative", 120, None, 130, None)
    assert limits(rules, "weight_gain_percent") == [("relative", 15, None, None, None)]
    assert limits(rules, "diarrhoea_ml_shift") == [("relative", None, 1000, None, None)]
    assert limits(rules, "doses_held") == [("absolute", 3, None, None, None)]
    neuro = next(row for row in rules.criteria if row.id == "neuro")
    assert neuro.conditions[0].any_word
    assert neuro.stops


def test_til_2024(catalogue):
    rules = catalogue.rule_set("til-2024")
    urine = next(row for row in rules.criteria if row.id == "urine-hold")
    assert (urine.conditions[0].bounds.below, urine.conditions[0].bounds.per_kg) == (4, True)
    read = [row.id for row in rules.criteria if row.source.evidence is Evidence.READING]
    assert read == ["creatinine-stop"]


@pytest.mark.parametrize("id_", ["us-label-2023", "jitc-2014", "springerplus-2015", "til-2024"])
def test_reference_verdicts(catalogue, resources, id_):
    text = (resources / "reference" / "assess_cases.json").read_text(encoding="utf-8")
    cases = [
        case for case in json.loads(text, parse_int=str, parse_float=str) if case["ruleset"] == id_
    ]
    assert len(cases) >= 28
    others = tuple(rules for rules in catalogue.rule_sets() if rules.id != id_)
    for case in cases:
        raw = {
            code: tuple(value) if isinstance(value, list) else value
            for code, value in case["findings"].items()
        }
        found = read_findings(raw)
        assert not isinstance(found, Refusal)
        weight = Decimal(case["dosing_weight_kg"]) if case.get("dosing_weight_kg") else None
        answer = assess(AssessmentRequest(catalogue.rule_set(id_), found, others, weight))
        assert (answer.verdict.value, list(answer.missing)) == (case["verdict"], case["missing"]), (
            case
        )
