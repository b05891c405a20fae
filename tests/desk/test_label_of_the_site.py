"""A site's copy of the label's rule set in use: GO only with everything assessed, and fresh."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import blockers, bring_in, new_token, record_check, rule_set_for
from il2desk.paths import resource_dir

# The label's own rows, read in its table; the numbers are invented for this test and for no patient.
GAPS_FILLED = """[criteria.renal]
kind = "withhold"
when = [{ code = "creatinine", above = "9" }]
until = [{ code = "creatinine", below = "8" }]
until_text = "creatinine below 8 mg per dL"
source = "invented"

[criteria.hepatic]
kind = "withhold"
when = [{ code = "bilirubin", above = "9" }]
source = "invented"

[criteria.skin]
kind = "withhold"
when = [{ code = "skin", words = ["moist_desquamation", "bullous"] }]
source = "invented"

[criteria.infection]
kind = "permanent"
scope = "for good"
when = [{ code = "infection", words = ["documented"] }]
source = "invented"

[sources.invented]
document = "Invented for this test"
place = "no page"
evidence = "site"

"""
NORMAL: dict[str, Any] = {
    "systolic_bp": "120", "rhythm": "sinus", "ecg_ischaemia": False, "spo2": "98", "neuro": (),
    "stool_occult_test": "negative", "creatinine": "1", "bilirubin": "1", "skin": "intact",
    "infection": "none",
}  # fmt: skip
AGES = {"systolic_bp": "2", "rhythm": "2", "ecg_ischaemia": "24", "spo2": "1", "neuro": "2",
        "stool_occult_test": "24", "creatinine": "24", "bilirubin": "24", "skin": "24",
        "infection": "8"}  # fmt: skip


def label_copy(folder: Path) -> None:
    """The label's set beside the protocol: its id, its gaps filled, its required codes."""
    text = (resource_dir() / "rulesets" / "us-label-2023.toml").read_text(encoding="utf-8")
    for old, new in (
        ('id = "us-label-2023"', 'id = "label-site"'), ('status = "shipped"', 'status = "site"'),
        ('  "stool_occult_test",\n', "".join(f'  "{code}",\n' for code in list(NORMAL)[5:])),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new, 1)
    head, _, rest = text.partition("[[gaps]]")
    text = head + GAPS_FILLED + rest[rest.index("[sources.document]") :]
    (folder / "label-site.toml").write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def brought(staffed, site_file):
    """The protocol copy that names that set, with an age for every code, brought in."""
    file = site_file(
        ('rule_set = { value = "jitc-2014"', 'rule_set = { value = "label-site"'),
        ('"rulesets/jitc-2014"', '"rulesets/label-site"'),
        (
            "[[site.syringes]]",
            'left_to_team = { value = ["heart_rate"], source = "practice" }\n\n[[site.syringes]]',
        ),
    )
    label_copy(file.parent)
    text = file.read_text(encoding="utf-8")
    before, _, after = text.partition("[site.max_age_h]")
    ages = "".join(f'{code} = "{hours}"\n' for code, hours in AGES.items())
    rest = after[after.index("\n[") :]
    text = f'{before}[site.max_age_h]\nsource = "practice"\n{ages}{rest}'
    file.write_text(text, encoding="utf-8", newline="\n")
    return staffed, file


@pytest.fixture
def label(brought, activate_file):
    ward, file = brought
    activate_file(ward, file)
    ward.register()
    ward.made(ward.weight("70"))
    ward.made(ward.order())
    ward.cycle = ward.made(ward.plan())
    ward.at(minutes=-30)
    ward.normal = NORMAL
    return ward


def verdict(ward, number=1):
    check = ward.dose(number).check
    return check.verdict, check.scope


def test_everything_assessed_is_go_and_lets_the_dose_go(label):
    body = label.check().body
    assert verdict(label) == ("GO", None)
    assert "10 of 10 assessed" in body["sentence"]
    assert body["gaps"] == ()
    label.premedicate()
    label.made(label.release())


@pytest.mark.parametrize("code", NORMAL)
def test_one_value_that_is_missing_is_never_go(label, code):
    label.check(**{code: None})
    assert verdict(label) == ("CANNOT ASSESS", None)
    assert label.dose().check.missing == (code,)


@pytest.mark.parametrize("code", NORMAL)
def test_every_value_has_an_age_of_its_own(label, code):
    """At its age a value is good; a minute later it is too old."""
    now = label.desk.clock.now()
    for over, word in ((timedelta(0), "GO"), (timedelta(minutes=1), "CANNOT ASSESS")):
        measured = {
            **dict.fromkeys(NORMAL, now),
            code: now - timedelta(hours=int(AGES[code])) - over,
        }
        label.made(record_check(label.desk, label.place(), NORMAL, measured, new_token()))
        assert verdict(label) == (word, None)


def test_an_age_that_is_not_filled_in_keeps_it_from_being_activated(brought):
    ward, file = brought
    text = file.read_text(encoding="utf-8")
    assert 'spo2 = "1"\n' in text
    file.write_text(text.replace('spo2 = "1"\n', ""), encoding="utf-8", newline="\n")
    version = ward.made(bring_in(ward.desk, file, new_token()))
    (sentence,) = blockers(ward.desk, version.fingerprint)
    assert sentence.startswith("site.max_age_h has no hours for spo2")


def test_the_sites_own_rows_hold_stop_and_end(label):
    label.check(creatinine="9.01")
    assert verdict(label) == ("HOLD", None)
    label.at(minutes=-20)
    label.check(creatinine="8")
    assert verdict(label) == ("HOLD", None)  # below the row's limit, and its end is not met
    label.at(minutes=-10)
    label.check(creatinine="7.99")
    assert verdict(label) == ("GO", None)
    label.check(infection="documented")
    assert verdict(label) == ("STOP", "for good")


def test_what_the_site_left_to_the_team_is_shown_and_not_judged(label):
    label.check(heart_rate="140")
    assert verdict(label) == ("GO", None)
    body = label.desk.journal.entry(label.dose().check.entry).body
    assert "heart_rate" in {one["code"] for one in body["values"]}
    assert tuple(body["left_to_team"]) == ("heart_rate",)
    # Another finding that the set does not judge was left to nobody.
    label.at(minutes=-20)
    label.check(platelets="20000")
    assert verdict(label) == ("CANNOT ASSESS", None)
    assert label.dose().check.not_judged == ("platelets",)


def test_the_shipped_set_stays_beyond_go(brought):
    """Its four gaps speak in every copy that names it unchanged."""
    ward, file = brought
    text = file.read_text(encoding="utf-8").replace("label-site", "us-label-2023")
    file.write_text(text, encoding="utf-8", newline="\n")
    version = ward.made(bring_in(ward.desk, file, new_token()))
    said = blockers(ward.desk, version.fingerprint)
    for row in ("renal", "hepatic", "skin", "infection"):
        assert any(sentence.startswith(f"The {row} row of the table") for sentence in said)


def test_the_codes_asked_for_are_those_of_the_copy(label):
    rules = label.made(rule_set_for(label.desk, label.located().cycle))
    assert (rules.id, rules.gaps) == ("label-site", ())
    assert set(rules.required) == set(NORMAL)
