"""What a verification computes: every case once, told as it goes, stopped when asked."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import Progress, Replayed, dose_answer, open_catalogue, replay_all
from il2desk.desk.reference_cases import (
    DOSES,
    FILES,
    SCHEDULES,
    VERDICTS,
    UnusableCasesError,
    read_cases,
)
from il2desk.desk.replay import differing, question_of, replay_case
from il2desk.desk.second_form import second_form
from il2desk.desk.specimens import dose_request
from il2desk.dosing import Refusal, derive_dose, second_answer


@pytest.fixture
def resources(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's resources, found as a frozen build finds its own."""
    copy = tmp_path / "resources"
    shutil.copytree(root / "resources", copy)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    return copy


def test_every_case_is_told_once_and_counted():
    told: list[Progress] = []
    found = replay_all(told.append)
    assert isinstance(found, Replayed)
    assert found.ok
    cases = sum(len(read_cases(file)) for file in FILES)
    assert sum(row.cases for row in found.rows) == cases
    assert [one.done for one in told[-cases:]] == list(range(1, cases + 1))
    assert {one.total for one in told[-cases:]} == {cases}
    files = told[:-cases]
    assert [one.done for one in files] == list(range(1, len(files) + 1))
    assert {one.total for one in files} == {len(files)}, "full only when every file is read"
    assert all(row.ok for row in found.rows)


@pytest.mark.parametrize("after", [1, 20, 60, 150])
def test_it_stops_where_it_is_asked_to(after: int):
    told: list[Progress] = []
    assert replay_all(told.append, lambda: len(told) >= after) is None
    assert len(told) == after


def test_the_second_engine_s_form_is_that_of_a_dose():
    catalogue = open_catalogue()
    shown = 0
    for case in read_cases(DOSES):
        request = dose_request(catalogue, question_of(case))
        if isinstance(request, Refusal):
            continue
        first, second = derive_dose(request), second_answer(request)
        if isinstance(first, Refusal) or second is None:
            continue
        answer, own = dose_answer(first), second_form(second)
        assert own.keys() <= answer.keys()
        assert all(
            answer[key] == value
            if key != "dilution"
            else value.items() <= answer[key].items()
            if all(not isinstance(one, list) for one in value.values())
            else all(answer[key][name] == one for name, one in value.items())
            for key, value in own.items()
        )
        shown += 1
    assert shown == 69


def test_a_type_is_part_of_the_letter():
    assert differing({"vials": 1}, {"vials": 1}) == ""
    assert differing({"vials": 1}, {"vials": "1"}) == "vials is 1, expected '1'"
    assert differing({"ok": True}, {"ok": 1}) == "ok is True, expected 1"
    assert differing({"a": {"b": "1"}}, {"a": {"b": "2"}}) == "a.b is '1', expected '2'"


def rewrite(folder: Path, file: str, change: Any) -> None:
    path = folder / "reference" / file
    cases = json.loads(path.read_text(encoding="utf-8"))
    change(cases)
    path.write_text(json.dumps(cases), encoding="utf-8")


def test_a_case_of_an_unknown_rule_set_or_zone_is_wrong(resources: Path):
    rewrite(resources, VERDICTS, lambda cases: cases[0].update(ruleset="nowhere"))
    rewrite(resources, SCHEDULES, lambda cases: cases[0].update(zone="Nowhere/Here"))
    found = replay_all()
    assert isinstance(found, Replayed)
    assert [(one.kind, one.who) for one in found.wrong] == [
        ("rule set", "first engine"), ("policy", "first engine"),
    ]  # fmt: skip
    assert "nowhere" in {row.name for row in found.rows}
    assert "zone Nowhere/Here" in found.wrong[1].case


def test_findings_with_more_digits_than_a_binary_fraction_holds(resources: Path):
    path = resources / "reference" / VERDICTS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"creatinine": 3.0', '"creatinine": 3.000000000000000001', 1))
    case = read_cases(VERDICTS)[0]
    assert case.args["findings"]["creatinine"] == "3.000000000000000001"


@pytest.mark.parametrize("text", ["[NaN]", "[]", "{}", "[{}]", "[[]]", "7", '[{"protocol": NaN}]'])
def test_a_file_without_usable_cases_is_said_to_be_so(resources: Path, text: str):
    (resources / "reference" / DOSES).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableCasesError, match="Install the program again"):
        read_cases(DOSES)
    found = replay_all()
    assert isinstance(found, Replayed)
    assert [one.name for one in found.checks if not one.ok] == ["engines agree", "dose cases"]


def test_a_malformed_case_makes_the_file_unusable(resources: Path):
    rewrite(resources, SCHEDULES, lambda cases: cases[3].pop("local"))
    found = replay_all()
    assert isinstance(found, Replayed)
    assert [one.name for one in found.checks if not one.ok] == ["schedule cases"]


def test_an_unexpected_refusal_is_said_with_its_reason():
    case = read_cases(DOSES)[0]
    case.data["args"]["weight"] = "7,0,0"
    outcome = replay_case(open_catalogue(), case)
    assert outcome.first.startswith("--weight:")
    assert outcome.second == outcome.first
    assert outcome.refused
    assert not outcome.refusal
