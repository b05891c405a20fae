"""The JSON of each reading command, key by key, as the command line page promises it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DOSE_KEYS = [
    "protocol", "version", "fingerprint", "status", "arm", "level", "drug", "route", "weight_kg",
    "bsa_m2", "exact_dose_iu", "exact_volume_ml", "prepared_volume_ml", "prepared_dose_iu",
    "deviation_percent", "vials", "vial_rule", "left_over_ml", "dilution", "infusion",
    "doses_per_cycle", "interval_h", "companions", "findings", "working",
]  # fmt: skip
AMOUNT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
AMOUNTS = (
    "weight_kg", "bsa_m2", "exact_dose_iu", "exact_volume_ml", "prepared_volume_ml",
    "prepared_dose_iu", "deviation_percent", "left_over_ml", "interval_h",
)  # fmt: skip
ASKED = {
    "npc-bolus": ("--weight", "70"),
    "proleukin-us": ("--weight", "63.27"),
    "nci-720k": ("--weight", "104.3"),
    "yang-2003": ("--arm", "subcutaneous", "--weight", "71", "--day", "1"),
}


def test_the_dose_of_the_page(run: Callable[..., Any]):
    said = run("dose", "npc-bolus", "--weight", "70", "--json").object
    assert list(said) == DOSE_KEYS
    assert said["fingerprint"].startswith("sha256:")
    working = said.pop("working")
    findings = said.pop("findings")
    assert said | {"fingerprint": "..."} == {
        "protocol": "npc-bolus", "version": "1", "fingerprint": "...", "status": "specimen",
        "arm": None, "level": None, "drug": "aldesleukin", "route": "intravenous",
        "weight_kg": "70", "bsa_m2": None, "exact_dose_iu": "5040000", "exact_volume_ml": "0.28",
        "prepared_volume_ml": "0.28", "prepared_dose_iu": "5040000", "deviation_percent": "0",
        "vials": 1, "vial_rule": "withdrawable", "left_over_ml": "0.92",
        "dilution": {
            "method": "window-volume", "diluent": "glucose 5 %", "bag_ml": None,
            "total_volume_ml": "10", "final_concentration_mcg_per_ml": "30.8", "in_window": True,
            "window_total_ml": ["4.4", "10.26"],
        },
        "infusion": None, "doses_per_cycle": 15, "interval_h": "8", "companions": [],
    }  # fmt: skip
    assert [list(step) for step in working] == [["step", "text", "source"]] * len(working)
    assert [step["step"] for step in working] == [
        "A",
        "C",
        "C'",
        "D",
        "E",
        "F",
        "G",
        "H",
        "I",
        "J",
        "K",
        "L",
        "M",
    ]
    assert working[1]["text"] == "72,000 x 70 = 5,040,000 international units"
    assert [list(finding) for finding in findings] == [["code", "severity", "text"]] * len(findings)
    assert {finding["severity"] for finding in findings} <= {"NOTE", "CAUTION", "STOP"}


@pytest.mark.parametrize("protocol", ASKED)
def test_amounts_are_plain_text_and_counts_are_whole(run: Callable[..., Any], protocol: str):
    said = run("dose", protocol, *ASKED[protocol], "--json").object
    assert list(said) == DOSE_KEYS
    for name in AMOUNTS:
        assert said[name] is None or AMOUNT.fullmatch(said[name]), name
    assert type(said["vials"]) is int
    assert said["doses_per_cycle"] is None or type(said["doses_per_cycle"]) is int
    assert all(step["text"] and step["source"] for step in said["working"])


def test_why_the_labelled_bag_is_not_offered(run: Callable[..., Any]):
    sentence = (
        "The labelled 25 mL bag is not offered: 5.04 million international units in it would be "
        "12.2 mcg per mL, below the window 30 to 70 mcg per mL. Total volumes inside the window: "
        "4.4 to 10.26 mL."
    )
    said = run("dose", "npc-bolus", "--weight", "70")
    assert sentence in said.out
    assert "DOSE 5.04 million international units aldesleukin, intravenous" in said.out
    assert "prepared 5.04 million international units in 0.28 mL" in said.out
    assert "SPECIMEN, NOT FOR PATIENT USE" in said.out
    assert "made up to 10 mL" in said.out
    found = run("dose", "npc-bolus", "--weight", "70", "--json").object["findings"]
    assert sentence in [finding["text"] for finding in found]


def test_a_stated_duration_has_a_rate(run: Callable[..., Any]):
    said = run("dose", "proleukin-us", "--weight", "100", "--json").object
    assert said["infusion"] == {"minutes": "15", "rate_ml_per_h": "213.3"}
    assert said["exact_volume_ml"] == "3.333333"


@pytest.mark.parametrize(
    ("weight", "height", "codes"),
    [
        ("7.05", "172", {"tenfold", "body-mass-index", "weight-outside-plausible-range"}),
        ("172", "70.5", {"height-and-weight-swapped", "body-mass-index", "tenfold"}),
        ("70.5", "172", set()),
    ],
)
def test_each_question_about_a_weight_has_its_code_and_exit_0(
    run: Callable[..., Any], weight: str, height: str, codes: set[str]
):
    said = run("dose", "proleukin-us", "--weight", weight, "--height", height, "--json")
    asked = {
        finding["code"]: finding["severity"]
        for finding in said.object["findings"]
        if finding["code"] in codes or "weight" in finding["code"]
    }
    assert said.code == 0
    assert asked == dict.fromkeys(codes, "CAUTION")


def test_a_question_is_a_caution_and_no_refusal(run: Callable[..., Any]):
    said = run("dose", "npc-bolus", "--weight", "25", "--measure-step", "0.001", "--json")
    severities = {found["severity"] for found in said.object["findings"]}
    assert (said.code, "CAUTION" in severities) == (0, True)


def test_a_cycle_that_changes_nothing_is_said(run: Callable[..., Any]):
    found = run("dose", "npc-bolus", "--weight", "70", "--cycle", "2", "--json").object["findings"]
    texts = {one["code"]: one["text"] for one in found}
    assert texts["cycle-unused"] == (
        "Every cycle of npc-bolus has the same dose: cycle 2 changes nothing."
    )


UNDILUTED = {
    "ceplene-il2": ("--weight", "200"),
    "calgb-19808": ("--bsa", "1.87", "--day", "1"),
    "atzpodien": ("--bsa", "1.87", "--day", "8"),
}


@pytest.mark.parametrize("protocol", UNDILUTED)
def test_an_undiluted_dose_names_the_gap_of_the_vial(run: Callable[..., Any], protocol: str):
    """Facts A.7: the US label's time of the vial was not retrieved; its 48 hours are the bag's."""
    answer = run("dose", protocol, *UNDILUTED[protocol], "--json").object
    assert answer["dilution"]["method"] == "undiluted"
    (line,) = (one for one in answer["working"] if one["step"] == "M")
    assert line["text"].startswith(
        "not filled in, a gap: The time for which the reconstituted vial"
    )
    assert "from dilution" not in line["text"]


def test_no_listed_volume_leaves_the_volumes_null(run: Callable[..., Any]):
    said = run("dose", "npc-bolus", "--weight", "33", "--json")
    assert said.code == 0
    dilution = said.object["dilution"]
    assert (dilution["total_volume_ml"], dilution["final_concentration_mcg_per_ml"]) == (None, None)
    assert dilution["in_window"] is None
    assert "no-listed-volume" in [found["code"] for found in said.object["findings"]]


def test_protocols(run: Callable[..., Any]):
    said = run("protocols", "--json").object
    assert list(said) == ["protocols"]
    keys = ["id", "title", "version", "status", "fingerprint", "gaps", "source"]
    assert [list(one) for one in said["protocols"]] == [keys] * len(said["protocols"])
    text = run("protocols").out
    for one in said["protocols"]:
        for shown in (one["id"], one["title"], one["status"], one["source"], *one["gaps"]):
            assert shown in text


def test_schedule(run: Callable[..., Any]):
    asked = ("schedule", "npc-bolus", "--start", "2026-03-28T08:00", "--zone", "Europe/Berlin")
    said = run(*asked, "--json").object
    assert list(said) == ["doses", "clock_change"]
    assert said["doses"][0] == {
        "number": 1, "local": "2026-03-28T08:00+01:00", "utc": "2026-03-28T07:00Z",
    }  # fmt: skip
    assert said["doses"][3]["local"] == "2026-03-29T09:00+02:00"
    assert len(said["doses"]) == 15
    assert list(said["clock_change"]) == ["local_date", "text"]
    assert said["clock_change"]["local_date"] == "2026-03-29"
    assert said["clock_change"]["text"] in run(*asked).out
    quiet = ("schedule", "npc-bolus", "--start", "2026-03-02T08:00", "--zone", "Europe/Berlin")
    assert run(*quiet, "--json").object["clock_change"] is None


def test_a_schedule_says_its_policy_and_the_days_of_the_other_drugs(run: Callable[..., Any]):
    asked = ("schedule", "atzpodien", "--start", "2026-03-28T08:00", "--zone", "Europe/Berlin")
    said = run(*asked)
    assert "Policy elapsed: doses stay the stated hours apart" in said.out
    assert "none is filled in (site.schedule_policy, a gap)" in said.out
    assert "Policy clock: doses keep their clock times." in run(*asked, "--policy", "clock").out
    # Counted by hand: day 29 is 4 weeks after 28 March.
    assert "beside it interferon alfa-2a: day 1 (28-Mar-2026), day 8 (04-Apr-2026)" in said.out
    assert (
        "beside it fluorouracil: day 29 (25-Apr-2026), day 36 (02-May-2026), day 43 (09-May-2026), "
        "day 50 (16-May-2026)"
    ) in said.out
    # The clocks change between day 1, which has no dose of aldesleukin, and dose 1.
    assert "Clocks go forward on 29-Mar-2026." in said.out
    assert run(*asked, "--json").object["clock_change"]["local_date"] == "2026-03-29"


def test_a_drug_beside_it_by_an_interval_is_said(run: Callable[..., Any]):
    said = run("schedule", "ceplene-il2", "--start", "2026-03-02T08:00", "--zone", "Europe/Berlin")
    assert "beside it histamine dihydrochloride: every 12 hours, 42 doses" in said.out


def test_assess(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "findings.json"
    file.write_text(
        json.dumps({"creatinine": 2.6, "urine_8h": 400, "rhythm": "uncontrolled"}), encoding="utf-8"
    )
    said = run("assess", "til-2024", file, "--weight", "70", "--json").object
    assert list(said) == [
        "ruleset", "verdict", "scope", "gaps", "not_judged", "criteria", "relative", "absolute",
        "missing",
    ]  # fmt: skip
    keys = ["code", "limit", "value", "class", "result", "source"]
    assert [list(row) for row in said["criteria"]] == [keys] * len(said["criteria"])
    assert (said["verdict"], said["scope"], said["relative"], said["absolute"]) == (
        "HOLD", None, 1, 0,
    )  # fmt: skip
    assert (said["missing"], said["not_judged"]) == (["vasopressor_needed"], ["rhythm"])
    values = {row["code"]: row["value"] for row in said["criteria"]}
    assert values["vasopressor_needed"] is None
    assert "2.6" in values["creatinine"]
    text = run("assess", "til-2024", file, "--weight", "70").out
    assert "HOLD" in text
    assert "age not judged" in text
    assert "not judged rhythm" in text


NORMAL = {
    "til-2024": {"creatinine": 1, "urine_8h": 500, "vasopressor_needed": False},
    "jitc-2014": {
        "heart_rate": 88, "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": 0,
        "neuro": [], "creatinine": 1, "urine_8h": 500, "platelets": 180000, "bilirubin": 0.8,
        "bicarbonate": 24, "bleeding": "none", "infection": "none", "skin": "intact",
        "weight_gain_percent": 3.2,
    },
}  # fmt: skip
NORMAL["springerplus-2015"] = {
    **NORMAL["jitc-2014"], "vasopressor_needed": False, "doses_held": 0,
}  # fmt: skip


@pytest.mark.parametrize("rule_set", NORMAL)
def test_a_fever_that_no_set_judges_is_named_beside_the_verdict(
    run: Callable[..., Any], tmp_path: Path, rule_set: str
):
    file = tmp_path / "findings.json"
    file.write_text(json.dumps({**NORMAL[rule_set], "temperature": 40.5}), encoding="utf-8")
    said = run("assess", rule_set, file, "--weight", "70", "--json").object
    assert said["verdict"] == "GO"
    assert said["not_judged"] == ["temperature"]
    (row,) = [row for row in said["criteria"] if row["code"] == "temperature"]
    assert row == {
        "code": "temperature", "limit": "no limit in this set", "value": "40.5 °C",
        "class": "not judged", "result": "not judged", "source": "",
    }  # fmt: skip
    text = run("assess", rule_set, file, "--weight", "70").out
    assert "temperature 40.5 °C" in text.splitlines()[0]
    assert "Judge" in text.splitlines()[0]
    assert "not judged by this set temperature: 40.5 °C; no set has a row for it" in text


def test_a_number_that_only_other_sets_judge_is_shown_in_its_row(
    run: Callable[..., Any], tmp_path: Path
):
    file = tmp_path / "findings.json"
    file.write_text(json.dumps({**NORMAL["til-2024"], "heart_rate": 20}), encoding="utf-8")
    said = run("assess", "til-2024", file, "--weight", "70", "--json").object
    assert (said["verdict"], said["not_judged"]) == ("GO", [])
    assert [row["value"] for row in said["criteria"] if row["code"] == "heart_rate"] == [
        "20 per min"
    ]
    text = run("assess", "til-2024", file, "--weight", "70").out
    assert "Not judged by this set: heart rate at dosing 20 per min. Judge it by protocol." in text
    assert "heart_rate: 20 per min; no other set would hold or stop" in text


def test_no_row_is_missing_beside_a_go(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "findings.json"
    file.write_text(json.dumps(NORMAL["jitc-2014"]), encoding="utf-8")
    said = run("assess", "jitc-2014", file, "--json").object
    assert (said["verdict"], said["missing"]) == ("GO", [])
    asked = {row["code"]: (row["value"], row["result"]) for row in said["criteria"]}
    assert asked["cardiac_enzymes_raised"] == (None, "not assessed")
    assert asked["infection"] == ("none", "not met")
    assert "missing" not in {result for _, result in asked.values()}
    text = run("assess", "jitc-2014", file).out
    assert "Not required and not assessed: 18 of 39 rows." in text
    assert "not assessed cardiac_enzymes_raised: yes; no value; " in text
    assert "infection: suspected, documented; value none; " in text
    assert "missing" not in text
    assert text.count("not assessed ") == 18


@pytest.mark.parametrize(
    ("findings", "verdict", "scope"),
    [({"creatinine": "3"}, "STOP", "this cycle"), ({}, "CANNOT ASSESS", None)],
)
def test_every_verdict_exits_0(
    run: Callable[..., Any], tmp_path: Path, findings: dict[str, str], verdict: str, scope: str
):
    file = tmp_path / "findings.json"
    file.write_text(json.dumps(findings), encoding="utf-8")
    said = run("assess", "til-2024", file, "--weight", "70", "--json")
    assert said.code == 0
    assert (said.object["verdict"], said.object["scope"]) == (verdict, scope)


def test_the_same_findings_as_text_numbers_and_with_a_mark_in_front(
    run: Callable[..., Any], tmp_path: Path
):
    answers = []
    for encoding, value in (("utf-8", 2.6), ("utf-8", "2.6"), ("utf-8", "2,6"), ("utf-8-sig", 2.6)):
        file = tmp_path / "findings.json"
        file.write_text(json.dumps({"creatinine": value}), encoding=encoding)
        answers.append(run("assess", "til-2024", file, "--weight", "70", "--json").object)
    assert all(answer == answers[0] for answer in answers)


def test_premedication(run: Callable[..., Any]):
    said = run("premedication", "nci-720k", "--weight", "70", "--json").object
    assert list(said) == ["items"]
    keys = [
        "name", "dose", "unit", "route", "timing", "interval_h", "daily_max", "daily_max_unit",
        "given_if", "blocked_if", "source",
    ]  # fmt: skip
    assert [list(item) for item in said["items"]] == [keys] * len(said["items"])
    by_name = {item["name"]: item for item in said["items"]}
    assert (by_name["ondansetron"]["dose"], by_name["ondansetron"]["unit"]) == ("10.5", "mg")
    assert by_name["acetaminophen"]["daily_max"] == "3900"
    assert by_name["indomethacin"]["interval_h"] == "6 to 8"
    assert by_name["indomethacin"]["route"] is None
    text = run("premedication", "nci-720k", "--weight", "70").out
    assert "at most: 3,900 mg a day" in text
    assert "working: 0.15 x 70 = 10.5 mg" in text


def test_an_open_amount_and_a_confirmation_say_what_to_do(run: Callable[..., Any]):
    said = run("premedication", "ceplene-il2", "--weight", "70")
    assert "    to be confirmed by a person, no drug, before every dose" in said.out
    assert "gap" not in said.out
    said = run("premedication", "npc-bolus", "--weight", "70")
    assert "no source states the amount, the site fills it in its own copy of the set" in said.out


def test_a_protocol_file_is_as_good_as_an_id(run: Callable[..., Any], root: Path):
    file = root / "resources" / "protocols" / "npc-bolus.toml"
    by_file = run("dose", file, "--weight", "70", "--json").object
    assert by_file == run("dose", "npc-bolus", "--weight", "70", "--json").object


def test_nothing_but_one_object_is_printed(run: Callable[..., Any]):
    out = run("dose", "npc-bolus", "--weight", "70", "--json").out
    _, end = json.JSONDecoder().raw_decode(out)
    assert out[end:] == "\n"


def test_an_arm_is_asked_for_only_where_the_premedication_depends_on_it(run: Callable[..., Any]):
    alike = run("premedication", "sct-maintenance", "--weight", "70", "--json").object["items"]
    named = run(
        "premedication", "sct-maintenance", "--weight", "70", "--arm", "escalating", "--json"
    )
    assert alike == named.object["items"] != []
    assert run("premedication", "yang-2003", "--weight", "70").code == 2
    assert run("premedication", "sct-maintenance", "--arm", "none", "--weight", "70").code == 2
