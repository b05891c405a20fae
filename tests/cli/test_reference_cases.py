"""Every reference case of a shipped protocol, to the letter, through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "resources" / "reference"


def cases(name: str) -> list[dict[str, Any]]:
    found = json.loads((REFERENCE / f"{name}_cases.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


DOSES = cases("dose")
ASSESSMENTS = cases("assess")
SCHEDULES = cases("schedule")


def differences(answer: Any, expected: Any, where: str = "") -> list[str]:
    """Every field of `expected` that the answer does not hold to the letter."""
    if isinstance(expected, dict) and isinstance(answer, dict):
        return [
            found
            for key, value in expected.items()
            for found in differences(answer.get(key, "no such key"), value, f"{where}.{key}")
        ]
    same = answer == expected and type(answer) is type(expected)
    return [] if same else [f"{where}: {answer!r}, expected {expected!r}"]


def test_every_protocol_of_the_cases_is_shipped(run: Callable[..., Any]):
    shipped = {one["id"] for one in run("protocols", "--json").object["protocols"]}
    assert {case["protocol"] for case in cases("dose") + cases("schedule")} <= shipped


def test_there_are_as_many_cases_as_were_handed_over():
    assert (len(DOSES), len(ASSESSMENTS), len(SCHEDULES)) == (70, 156, 8)


@pytest.mark.parametrize("case", DOSES, ids=range(len(DOSES)))
def test_dose(run: Callable[..., Any], case: dict[str, Any]):
    words = [
        word
        for name, value in case["args"].items()
        for word in (f"--{name.replace('_', '-')}", value)
    ]
    said = run("dose", case["protocol"], *words, "--json")
    expected = dict(case["expect"])
    assert said.code == expected.pop("exit"), said.err
    if said.code == 0:
        assert differences(said.object, expected) == []


@pytest.mark.parametrize("case", ASSESSMENTS, ids=range(len(ASSESSMENTS)))
def test_assess(run: Callable[..., Any], tmp_path: Path, case: dict[str, Any]):
    findings = tmp_path / "findings.json"
    findings.write_text(json.dumps(case["findings"]), encoding="utf-8")
    said = run("assess", case["ruleset"], findings, "--weight", case["dosing_weight_kg"], "--json")
    assert said.code == 0, said.err
    expected = {key: case[key] for key in ("ruleset", "verdict", "missing")}
    assert differences(said.object, expected) == []


@pytest.mark.parametrize("case", SCHEDULES, ids=range(len(SCHEDULES)))
def test_schedule(run: Callable[..., Any], case: dict[str, Any]):
    said = run(
        "schedule", case["protocol"], "--start", case["start"], "--zone", case["zone"],
        "--policy", case["policy"], "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert [dose["local"] for dose in said.object["doses"]] == case["local"]


def test_a_wrong_digit_would_be_seen():
    assert differences({"a": {"b": "1"}}, {"a": {"b": "1"}}) == []
    assert differences({"a": {"b": "1"}}, {"a": {"b": "1.0"}})
    assert differences({"vials": "1"}, {"vials": 1})
    assert differences({}, {"missing": None})
