"""A findings file that is not what it should be: refused with the code's name, never guessed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# the file's text, and what the sentences say
FILES = {
    "": "is not JSON",
    "{": "is not JSON",
    '{"creatinine": 1.1,}': "is not JSON",
    "[1]": "not one object",
    '"creatinine"': "not one object",
    "null": "not one object",
    '{"creatinine": 1.1, "creatinine": 3}': "creatinine is given twice",
    '{"creatinine": NaN}': "NaN is not a value",
    '{"creatinine": Infinity}': "Infinity is not a value",
    '{"creatinine": null}': "creatinine is null. Leave it out",
    '{"creatinine": {"value": 1.1}}': "creatinine is neither a number",
    '{"creatinine": {"a": 1, "a": 2}}': "a is given twice",
    '{"neuro": [1]}': "neuro: 1: choose from",
    '{"neuro": [["hallucinations"]]}': "neuro is neither a number",
    '{"creatinine": [1.1]}': "creatinine",
    '{"creatinine": true}': "true is not a number",
    '{"creatinine": "high"}': "creatinine: high is not a number",
    '{"creatinine": ""}': "creatinine: Enter",
    '{"creatinine": 1.125}': "creatinine: 1.125 could mean",
    '{"creatinine": "1,125"}': "creatinine: 1,125 could mean",
    '{"creatinine": 0.125}': "at most 2 decimal places",
    '{"creatinine": 0.12}': "0.12 mg/dL is outside",
    '{"creatinine": 1e0}': "without an exponent",
    '{"platelets": 1e3}': "without an exponent",
    '{"creatinine": -1}': "without a sign",
    '{"creatinine": 124}': "Is it 124 micromol/L?",
    '{"creatinine": 1111111111111111111111}': "over 12 characters",
    '{"systolic_bp": 840}': "840 mmHg is outside 30 to 300",
    '{"doses_held": 1.5}': "no decimals",
    '{"creatinine": 1.1, "creatinine_umol": 97}': "creatinine and creatinine_umol are both given",
    '{"bilirubin": 1, "bilirubin_umol": 17}': "are both given",
    '{"platelets": 150000, "platelets_10e9_l": 150}': "are both given",
    '{"vasopressor_needed": "yes"}': "yes is neither true nor false",
    '{"vasopressor_needed": 1}': "1 is neither true nor false",
    '{"rhythm": "Sinus"}': "Sinus is not one of the words",
    '{"rhythm": ["sinus"]}': "is not one of the words",
    '{"neuro": "none"}': "none is not a list",
    '{"neuro": ["sleepy"]}': "choose from",
    '{"neuro": ["hallucinations", "hallucinations"]}': "a word twice",
    '{"kreatinin": 1.1}': "kreatinin is not a finding code",
    '{"Creatinine": 1.1}': "Creatinine is not a finding code",
}


@pytest.mark.parametrize("text", FILES)
def test_a_wrong_file(run: Callable[..., Any], tmp_path: Path, text: str):
    file = tmp_path / "findings.json"
    file.write_text(text, encoding="utf-8")
    said = run("assess", "jitc-2014", file, "--json")
    assert said.code == 2
    assert FILES[text].lower() in said.err.lower()


def test_every_wrong_finding_is_a_line_of_its_own(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "findings.json"
    file.write_text('{"creatinine": 99, "rhythm": "x", "kreatinin": 1}', encoding="utf-8")
    said = run("assess", "jitc-2014", file)
    assert said.code == 2
    assert [line.split()[0].rstrip(":") for line in said.err.splitlines()] == [
        "creatinine", "rhythm", "kreatinin",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b'{"a": "\xe4"}', b"[" * 100_000])
def test_bytes_that_are_no_findings(run: Callable[..., Any], tmp_path: Path, content: bytes):
    file = tmp_path / "findings.json"
    file.write_bytes(content)
    assert run("assess", "jitc-2014", file).code == 2


def test_what_is_no_file(run: Callable[..., Any], tmp_path: Path):
    for path in (tmp_path, tmp_path / "nowhere.json"):
        said = run("assess", "jitc-2014", path)
        assert said.code == 2
        assert "is not a file" in said.err


def test_a_rule_set_or_weight_that_is_not_known(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "findings.json"
    file.write_text("{}", encoding="utf-8")
    said = run("assess", "jitc", file)
    assert said.code == 2
    assert "jitc-2014, springerplus-2015, til-2024, us-label-2023" in said.err
    said = run("assess", "til-2024", file, "--weight", "1,250")
    assert (said.code, "thousands separator" in said.err) == (2, True)


def test_a_file_that_may_not_be_read_is_the_environment(
    run: Callable[..., Any], tmp_path: Path, root: Path,
    without_rights: Callable[[], contextlib.AbstractContextManager[None]],
):  # fmt: skip
    findings, protocol = tmp_path / "findings.json", tmp_path / "mine.toml"
    findings.write_text("{}", encoding="utf-8")
    shipped = root / "resources" / "protocols" / "npc-bolus.toml"
    protocol.write_bytes(shipped.read_bytes())
    asked = (
        ("assess", "til-2024", findings),
        ("dose", protocol, "--weight", "70"),
        ("protocols", "check", protocol),
    )
    assert [run(*words).code for words in asked] == [0, 0, 0]
    for file in (findings, protocol):
        file.chmod(0)
    with without_rights():
        said = [run(*words) for words in asked]
    assert [one.code for one in said] == [3, 3, 3]
    for one in said:
        assert "Permission denied" in one.err
        assert "Nothing was written" in one.err


def test_the_label_before_2023_answers_with_its_rows_and_gaps_only(
    run: Callable[..., Any], tmp_path: Path
):
    file = tmp_path / "findings.json"
    file.write_text('{"creatinine": 5, "dialysis_over_72h": true}', encoding="utf-8")
    said = run("assess", "us-label-older", file, "--json")
    assert said.code == 0
    answer = said.object
    assert (answer["verdict"], answer["scope"]) == ("CANNOT ASSESS", None)
    assert len(answer["gaps"]) == len(answer["criteria"]) == 21
    assert {row["result"] for row in answer["criteria"]} == {"unconfirmed"}
    assert {row["value"] for row in answer["criteria"]} == {None}
    text = run("assess", "us-label-older", file).out
    assert "unconfirmed lethargy: moderate to severe lethargy or somnolence" in " ".join(
        text.split()
    )
