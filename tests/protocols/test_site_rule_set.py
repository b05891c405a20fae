"""A site's copy of the label's rule set with its four gaps filled, from numbers invented here."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.dosing import AssessmentRequest, assess, read_findings
from il2desk.protocols import Problems

# Invented for this test, and for no patient.
ROWS = """
[criteria.renal]
kind = "withhold"
when = [{ code = "creatinine", above = "9" }]
source = "ours"

[criteria.hepatic]
kind = "withhold"
when = [{ code = "bilirubin", above = "9" }]
source = "ours"

[criteria.skin]
kind = "withhold"
when = [{ code = "skin", words = ["dry_desquamation", "moist_desquamation", "bullous"] }]
source = "ours"

[criteria.infection]
kind = "withhold"
when = [{ code = "infection", words = ["suspected", "documented"] }]
source = "ours"

[sources.ours]
document = "Invented for this test"
place = "page 1"
evidence = "site"

"""
NORMAL = {
    "systolic_bp": "120", "rhythm": "sinus", "ecg_ischaemia": False, "spo2": "98", "neuro": (),
    "stool_occult_test": "negative", "creatinine": "1", "bilirubin": "1", "skin": "intact",
    "infection": "none",
}  # fmt: skip


@pytest.fixture
def rules(catalogue, site_copy, tmp_path: Path):
    path = site_copy(
        "rulesets/us-label-2023.toml",
        ('id = "us-label-2023"', 'id = "label-our-site"'),
        ('status = "shipped"', 'status = "site"'),
        ('  "stool_occult_test",\n', '  "stool_occult_test",\n  "creatinine",\n  "bilirubin",\n'),
        saved_as="label-our-site.toml",
    )
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("[[gaps]]")
    sources = rest[rest.index("[sources.document]") :]
    path.write_text(head + ROWS.lstrip() + sources, encoding="utf-8")
    protocol = site_copy(
        "protocols/proleukin-us.toml",
        ('id = "proleukin-us"', 'id = "proleukin-us-our-site"\nsite_copy_of = "proleukin-us"'),
        ('status = "specimen"', 'status = "draft"'),
        ('rule_set = { value = "us-label-2023"', 'rule_set = { value = "label-our-site"'),
        saved_as="proleukin-us-our-site.toml",
    )
    bundle = catalogue.bundle_for(protocol)
    assert not isinstance(bundle, Problems), bundle.sentences
    return bundle.rule_sets[None]


def verdict(catalogue, rules, left: tuple[str, ...] = (), **changed: object):
    raw = {code: value for code, value in {**NORMAL, **changed}.items() if value is not None}
    found = read_findings(raw)
    others = tuple(one for one in catalogue.rule_sets() if one.id != "us-label-older")
    return assess(AssessmentRequest(rules, found, others, left_to_team=left))


def test_it_reaches_go_once_everything_is_assessed(catalogue, rules):
    answer = verdict(catalogue, rules)
    assert (answer.verdict.value, answer.gaps) == ("GO", ())
    assert "8 of 8 assessed" in answer.sentence


@pytest.mark.parametrize("code", ["systolic_bp", "spo2", "creatinine", "bilirubin", "neuro"])
def test_one_missing_value_is_never_go(catalogue, rules, code):
    assert verdict(catalogue, rules, **{code: None}).verdict.value == "CANNOT ASSESS"


def test_its_own_rows_hold(catalogue, rules):
    assert verdict(catalogue, rules, creatinine="9.01").verdict.value == "HOLD"
    assert verdict(catalogue, rules, creatinine="9").verdict.value == "GO"
    assert verdict(catalogue, rules, infection="suspected").verdict.value == "HOLD"


def test_what_it_does_not_judge_is_named_unless_the_site_left_it_to_the_team(catalogue, rules):
    answer = verdict(catalogue, rules, heart_rate="140")
    assert answer.verdict.value == "CANNOT ASSESS"
    assert [code for code, _ in answer.not_judged] == ["heart_rate"]
    left = verdict(catalogue, rules, ("heart_rate",), heart_rate="140")
    assert (left.verdict.value, left.left_to_team) == ("GO", ("heart_rate",))
