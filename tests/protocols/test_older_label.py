"""The label before 2023: every row shown, none computed with, until a site's own copy confirms it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from il2desk.dosing import AssessmentRequest, assess, read_findings
from il2desk.protocols import Bundle, activation_blockers, check_file

OLDER = "rulesets/us-label-older.toml"
# Rows that no finding code says, as the label's table words them.
IN_WORDS = {
    "systolic-low", "lethargy", "sepsis", "creatinine-with-complications", "oliguria", "hepatic",
    "stool-occult", "chest-pain",
}  # fmt: skip
CODED = {
    "rhythm-hold", "ecg-ischaemia", "spo2-low", "confusion", "creatinine-high", "skin",
    "rhythm-stop", "tamponade", "intubated-over-72h", "dialysis-over-72h", "coma-or-seizures",
    "bowel", "bleeding-surgery",
}  # fmt: skip


def test_every_row_is_shown_with_what_ends_it_and_none_is_computed_with(catalogue):
    rules = catalogue.rule_set("us-label-older")
    assert rules.criteria == ()
    shown = {row.id: row for row in rules.unconfirmed}
    assert set(shown) == IN_WORDS | CODED
    assert {row.id for row in rules.unconfirmed if not row.codes} == IN_WORDS
    assert [gap.field for gap in rules.gaps] == [f"criteria.{row.id}" for row in rules.unconfirmed]
    assert all("verdict" in gap.blocks and "activation" in gap.blocks for gap in rules.gaps)
    texts = {name: row.text.replace("\u00a0", " ") for name, row in shown.items()}
    assert texts["creatinine-high"] == (
        "creatinine: above 4.5 mg/dL; until creatinine below 4 mg per dL, fluids and electrolytes "
        "stable"
    )
    assert texts["dialysis-over-72h"] == "dialysis for over 72 hours: yes; stops for good"
    assert texts["oliguria"].startswith("urine below 10 mL per hour for 16 to 24 hours")
    assert all(row.source.document for row in rules.unconfirmed)


@pytest.fixture
def named(site_copy, tmp_path: Path):
    """A protocol copy that names a rule set beside it, or the shipped one."""

    def make(name: str) -> Path:
        return site_copy(
            "protocols/proleukin-us.toml",
            ('id = "proleukin-us"', 'id = "proleukin-us-here"\nsite_copy_of = "proleukin-us"'),
            ('status = "specimen"', 'status = "draft"'),
            ('rule_set = { value = "us-label-2023"', f'rule_set = {{ value = "{name}"'),
            saved_as="proleukin-us-here.toml",
        )

    return make


def test_the_shipped_set_cannot_be_activated(catalogue, named):
    bundle = catalogue.bundle_for(named("us-label-older"))
    assert isinstance(bundle, Bundle)
    said = activation_blockers(bundle)
    assert any("us-label-older has the status draft" in sentence for sentence in said)
    for row in IN_WORDS | CODED:
        assert any(sentence.startswith(f"The row {row} (unconfirmed)") for sentence in said)


def confirmed(path: Path, *, without: set[str]) -> Path:
    """A site's copy that names its own source, with some of the rows left out."""
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ('id = "us-label-older"', 'id = "older-here"'), ('status = "draft"', 'status = "site"'),
        ('evidence = "unconfirmed"', 'evidence = "site"'),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    for row in without:
        text, count = re.subn(rf"\[criteria\.{row}\]\n(?:.+\n)+\n", "", text)
        assert count == 1
    here = path.with_name("older-here.toml")
    here.write_text(text, encoding="utf-8", newline="\n")
    return here


def test_a_row_in_words_is_not_confirmed_by_its_mark_alone(catalogue, site_copy):
    path = confirmed(site_copy(OLDER), without=set())
    keys = {problem.key for problem in check_file(path, catalogue).problems}
    assert {f"criteria.{row}.when" for row in IN_WORDS} <= keys
    # Its end is told in words only: nobody would know when the hold is over.
    assert "criteria.ecg-ischaemia.until" in keys


def test_a_copy_that_a_site_confirmed_judges(catalogue, site_copy, named):
    path = confirmed(site_copy(OLDER), without=IN_WORDS | {"ecg-ischaemia"})
    assert check_file(path, catalogue).problems == ()
    bundle = catalogue.bundle_for(named("older-here"))
    assert isinstance(bundle, Bundle)
    rules = bundle.rule_sets[None]
    assert rules is not None
    assert {row.id for row in rules.criteria} == CODED - {"ecg-ischaemia"}
    assert (rules.unconfirmed, rules.gaps) == ((), ())
    assert not any("older-here" in sentence for sentence in activation_blockers(bundle))

    def verdict(**raw: Any) -> tuple[str, str | None]:
        found = read_findings(raw)
        answer = assess(AssessmentRequest(rules, found, (), Decimal(70)))
        return answer.verdict.value, answer.scope

    assert verdict(creatinine="4.51") == ("HOLD", None)
    assert verdict(creatinine="4.5") == ("CANNOT ASSESS", None)
    assert verdict(dialysis_over_72h=True) == ("STOP", "for good")
    assert verdict(skin="bullous") == ("HOLD", None)


def test_it_lends_its_limits_to_no_other_set(catalogue):
    """Creatinine 4.51 is judged by til-2024 itself; nobody quotes the older label for anything."""
    others = catalogue.rule_sets()
    found = read_findings({"spo2": "89", "dialysis_over_72h": True, "tamponade": True})
    answer = assess(AssessmentRequest(catalogue.rule_set("til-2024"), found, others, Decimal(70)))
    said = dict(answer.not_judged)
    assert set(said) == {"spo2", "dialysis_over_72h", "tamponade"}
    assert not any("us-label-older" in because for because in said.values())
