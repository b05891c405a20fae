"""The check before a dose: what is supplied, judged, stored, carried on and voided."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    DosePlace,
    TwoSignatures,
    entry_codes,
    judge,
    new_token,
    other_rule_sets,
    record_check,
    rule_set_for,
    supplied,
    void_check,
)
from il2desk.paths import resource_dir


def verdict(ward, number=1):
    return ward.dose(number).check.verdict


def test_a_check_is_stored_with_every_value_and_limit(ward):
    body = ward.check(1).body
    assert body["verdict"] == "GO"
    values = {one["code"]: one["value"] for one in body["values"]}
    assert values["creatinine"] == "1.1"
    assert values["weight_gain_percent"] == "0"
    assert values["doses_held"] == "0"
    assert all(row["limit"] and row["source"] for row in body["criteria"])
    # Ten minutes old, the heart rate keeps its two hours for 110 minutes more.
    assert (body["valid_until"], body["valid_by"]) == ("2026-03-02T12:20:00Z", "heart_rate")
    assert body["required"] == 14
    assert ward.dose().check.by == "K. Brandt"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, "GO"),
        ({"creatinine": "2.5"}, "HOLD"),
        ({"creatinine": "2.49"}, "GO"),
        ({"bleeding": "frank"}, "STOP"),
        ({"platelets": None}, "CANNOT ASSESS"),
        ({"infection": None, "creatinine": "2.7"}, "HOLD"),
        ({"creatinine": "2.7", "urine_8h": "140", "platelets": "40000"}, "HOLD"),
    ],
)
def test_verdicts(ward, changed, word):
    ward.check(**changed)
    assert verdict(ward) == word


def test_a_value_without_a_row_is_stored_with_the_check_and_read_again(ward):
    body = ward.check(temperature="40.5").body
    assert (body["verdict"], tuple(body["not_judged"])) == ("GO", ())
    (stored,) = body["unjudged"]
    assert stored == {"code": "temperature", "value": "40.5\u00a0°C"}
    assert "temperature 40.5\u00a0°C. Judge it by protocol." in body["sentence"]
    assert ward.dose().check.unjudged == (("temperature", "40.5\u00a0°C"),)


def test_a_check_from_before_that_was_stored_is_still_read(ward):
    body = {**ward.check().body}
    del body["unjudged"]
    ward.desk.append("assessment-recorded", body, **ward.place().where())
    assert ward.dose().check.unjudged == ()


def test_a_check_of_old_values_is_no_go(ward):
    raw = dict(ward.normal)
    measured = dict.fromkeys(raw, ward.desk.clock.now() - timedelta(minutes=10))
    measured["heart_rate"] = ward.desk.clock.now() - timedelta(hours=2, minutes=1)
    ward.made(record_check(ward.desk, ward.place(), raw, measured, new_token()))
    assert verdict(ward) == "CANNOT ASSESS"
    assert ward.dose().check.missing == ("heart_rate",)
    del measured["heart_rate"]  # of unknown age
    ward.made(record_check(ward.desk, ward.place(), raw, measured, new_token()))
    assert verdict(ward) == "CANNOT ASSESS"


def test_values_of_tomorrow_and_unknown_codes_are_refused(ward):
    now = ward.desk.clock.now()
    raw = {"creatinine": "1.1"}
    answer = ward.refused(
        "future", record_check, ward.desk, ward.place(), raw,
        {"creatinine": now + timedelta(minutes=2)}, new_token(),
    )  # fmt: skip
    assert "creatinine" in answer.text.casefold()
    ward.refused(
        "findings", record_check, ward.desk, ward.place(), {"creatinine": "1,1,1"}, {}, new_token()
    )
    ward.refused("findings", record_check, ward.desk, ward.place(), {"mood": "x"}, {}, new_token())


def test_the_weight_gain_is_supplied_unrounded(ward):
    ward.made(ward.weight("80.5", purpose="daily", answered=("weight-jump",)))
    at = ward.located()
    found = {one.code: one.value for one in supplied(ward.desk, at.chart, at.cycle)}
    assert found["weight_gain_percent"] == 15
    ward.check()
    assert verdict(ward) == "GO"  # above 15 percent holds; 15 is not above
    ward.made(ward.weight("80.51", purpose="daily"))
    ward.check()
    assert verdict(ward) == "HOLD"


def test_a_weight_of_yesterday_is_too_old(ward):
    ward.clock.moment = ward.dose(5).planned - timedelta(minutes=30)
    ward.check(5)
    assert verdict(ward, 5) == "CANNOT ASSESS"
    assert ward.dose(5).check.missing == ("weight_gain_percent",)


def test_without_a_weight_nothing_is_judged_as_go(active):
    active.register()
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    active.check()
    assert verdict(active) == "CANNOT ASSESS"
    answer = active.derived()
    assert answer.code == "no-weight"
    # The first dosing weight becomes the baseline of a cycle planned before it.
    active.made(active.weight("70"))
    assert active.located().cycle.baseline_kg == Decimal(70)


def test_held_doses_are_counted(ward):
    ward.at(minutes=5)
    ward.made(ward.record(1, "held", reason="fever", decided_by="M. Sato"))
    at = ward.located()
    found = {one.code: one.value for one in supplied(ward.desk, at.chart, at.cycle)}
    assert found["doses_held"] == 1


def test_what_is_asked_for_and_what_is_not(ward):
    rules = ward.made(rule_set_for(ward.desk, ward.located().cycle))
    codes = entry_codes(rules)
    assert codes[:2] == ("heart_rate", "rhythm")
    assert "weight_gain_percent" not in codes
    assert len(set(codes)) == len(codes)
    assert rules.id not in {other.id for other in other_rule_sets(ward.desk, rules.id)}


def test_nothing_is_judged_without_a_version(ward):
    at = ward.located()
    at.cycle.fingerprint = "sha256:gone"
    assert judge(ward.desk, at, {}, {}).code == "unknown-version"
    assert rule_set_for(ward.desk, at.cycle).code == "unknown-version"


def test_where_and_by_whom(ward):
    nowhere = DosePlace(ward.subject, "0" * 32, 1)
    ward.refused("unknown-dose", record_check, ward.desk, nowhere, {}, {}, new_token())
    ward.sign_in("monitor")
    ward.refused("reading-only", record_check, ward.desk, ward.place(), {}, {}, new_token())


def test_a_second_press_checks_once(ward):
    measured = dict.fromkeys(ward.normal, ward.desk.clock.now())
    ward.once(lambda token: record_check(ward.desk, ward.place(), ward.normal, measured, token))


# Voiding


def void(ward, check, reason="wrong patient's values", signed=None, number=1):
    signed = signed or ward.two()
    return void_check(ward.desk, ward.place(number), check, reason, signed, new_token())


def test_a_check_entered_in_error_is_kept_and_no_longer_counts(ward):
    wrong = ward.check(bleeding="frank").id
    ward.check()
    ward.refused("stop", ward.release)
    ward.made(void(ward, wrong))
    dose = ward.dose()
    assert [check.entry for check in dose.voided] == [wrong]
    assert dose.check.verdict == "GO"
    ward.premedicate()
    ward.made(ward.release())
    assert ward.desk.journal.entry(wrong).body["verdict"] == "STOP"


def test_voiding_needs_two_people_a_reason_and_a_check_of_this_dose(ward):
    check = ward.check().id
    one = ward.signed("pharmacist")
    ward.refused("same-person", void, ward, check, signed=TwoSignatures(one, one))
    ward.refused("reason", void, ward, check, reason=" ")
    ward.refused("no-check", void, ward, check, number=2)
    ward.refused("no-check", void, ward, "0" * 32)
    signed = ward.two()
    ward.once(lambda token: void_check(ward.desk, ward.place(), check, "r", signed, token))
    ward.refused("no-check", void, ward, check)  # already struck
    ward.desk.person = None
    ward.refused("not-signed-in", void, ward, check)


# An earlier hold goes on until its end is met


def test_an_earlier_hold_lasts_until_its_end_is_met(active, site_file, activate_file):
    """Held at 2.7; 2.3 is below the limit and not yet below 2: the next dose is held as well."""
    file = site_file(
        ('rule_set = { value = "jitc-2014"', 'rule_set = { value = "jitc-site"'),
        ("rulesets/jitc-2014", "rulesets/jitc-site"),
        ('version = "1"', 'version = "2"'),
    )
    text = (resource_dir() / "rulesets" / "jitc-2014.toml").read_text(encoding="utf-8")
    row = 'when = [{ code = "creatinine", from = "2.5", below = "3" }]\n'
    more = 'until = [{ code = "creatinine", below = "2" }]\nuntil_text = "below 2"\n'
    assert row in text
    text = text.replace('id = "jitc-2014"', 'id = "jitc-site"').replace(row, row + more)
    (file.parent / "jitc-site.toml").write_text(text, encoding="utf-8", newline="\n")
    activate_file(active, file)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    for number, creatinine, word in (
        (1, "2.3", "GO"), (1, "2.7", "HOLD"), (2, "2.3", "HOLD"), (2, "2.3", "HOLD"), (2, "1.9", "GO"),
        (3, "2.3", "GO"),
    ):  # fmt: skip
        active.clock.moment += timedelta(minutes=1)
        active.check(number, creatinine=creatinine)
        assert (verdict(active, number), creatinine) == (word, creatinine)


def test_a_stored_hold_names_the_rows_that_held(ward):
    ward.check(creatinine="2.7")
    assert ward.dose().check.held_by == ("creatinine-relative",)
    assert ward.dose().check.assessed_at == datetime.fromisoformat("2026-03-02T10:30:00+00:00")
