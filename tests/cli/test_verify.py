"""`verify`: sound is 0; a broken reference case, font, setting or journal is 4 and named."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from il2desk import paths
from il2desk.records import Draft, open_journal

Program = Callable[..., subprocess.CompletedProcess[str]]
NAMES = [
    "catalogue", "engines agree", "dose cases", "assessment cases", "schedule cases", "fonts",
    "files", "journal", "backups", "disk",
]  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A closed journal with three entries."""
    file = tmp_path / "journal.sqlite"
    with open_journal(file, create=True) as opened:
        for number in range(3):
            draft = Draft(
                kind="weight-recorded",
                body={"purpose": "dosing", "weight_kg": f"7{number}"},
                actor="kb",
                at=datetime(2026, 3, 12, 13, number, tzinfo=UTC),
                zone="UTC",
                local_offset="+00:00",
            )
            opened.append(draft)
    return file


def wrong(said: dict[str, Any]) -> list[str]:
    return [check["name"] for check in said["checks"] if not check["ok"]]


def test_a_sound_installation(run: Callable[..., Any]):
    said = run("verify", "--json")
    assert (said.code, said.object["ok"], wrong(said.object)) == (0, True, [])
    assert [check["name"] for check in said.object["checks"]] == NAMES
    details = {check["name"]: check["detail"] for check in said.object["checks"]}
    assert details["engines agree"].startswith("70 of 70 cases agree to the last digit")
    assert details["dose cases"].startswith("70 of 70 cases match to the letter")
    assert "not yet shipped" not in details["dose cases"]
    assert details["assessment cases"].startswith("156 of 156")
    assert details["schedule cases"].startswith("8 of 8")


def row(said: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in said["table"] if one["name"] == name)


def test_the_table_counts_every_case_by_both_engines(run: Callable[..., Any]):
    said = run("verify", "--json").object
    assert sum(one["cases"] for one in said["table"]) == 70 + 156 + 8
    shipped = [one["id"] for one in run("protocols", "--json").object["protocols"]]
    rows = said["table"]
    assert [one["name"] for one in rows if one["kind"] == "protocol"] == shipped
    assert [one["name"] for one in rows if one["kind"] == "policy"] == ["elapsed", "clock"]
    for one in rows:
        full = one["cases"] if one["kind"] == "protocol" else None
        assert one["first_engine"] == one["cases"]
        assert (one["second_engine"], one["agree"]) == (full, full)
    assert row(said, "npc-bolus")["cases"] == 23
    assert row(said, "proleukin-eu-sc")["refusals_expected"] == 1
    assert row(said, "proleukin-eu-sc")["refusals_given"] == 1
    assert said["wrong"] == []
    assert re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", said["seconds"])


def test_the_table_is_printed_with_the_time_it_took(run: Callable[..., Any]):
    lines = run("verify").out.splitlines()
    assert re.split(r"\s{2,}", lines[0].strip()) == [
        "cases", "first engine", "second engine", "agree", "refused",
    ]  # fmt: skip
    found = {name: cells for name, *cells in (re.split(r"\s{2,}", one) for one in lines[1:26])}
    assert found["protocol npc-bolus"] == ["23", "23", "23", "23", "-"]
    assert found["protocol proleukin-eu-sc"] == ["2", "2", "2", "2", "1 of 1"]
    assert found["rule set jitc-2014"] == ["39", "39", "-", "-", "-"]
    assert re.fullmatch(r"Program version \S+\. Cases and catalogue took [0-9.]+ s\.", lines[-2])
    assert lines[-1] == "Nothing wrong was found."


def test_a_sound_journal_named_and_remembered(run: Callable[..., Any], journal: Path):
    before = journal.read_bytes()
    for words in (("verify", "--journal", journal), ("verify",)):
        said = run(*words)
        assert (said.code, "WRONG" in said.out) == (0, False)
        paths.remember_journal(journal)
    assert "3 entries; chain whole" in said.out
    assert journal.read_bytes() == before
    names = {path.name for path in journal.parent.iterdir()}
    assert names <= {"journal.sqlite", "journal.sqlite.lock", "journal.sqlite.checked"}


def change_a_body(database: sqlite3.Connection) -> None:
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = triggers.fetchall()
    for name, _ in kept:
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute("""UPDATE entry SET body = replace(body, '"71"', '"17"') WHERE sequence = 2""")
    for _, text in kept:
        database.execute(text)


def drop_a_guard(database: sqlite3.Connection) -> None:
    name = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
    database.execute(f'DROP TRIGGER "{name}"')


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [(change_a_body, "entry 2 is not as it was written"), (drop_a_guard, "")],
)
def test_a_journal_that_was_tampered_with(
    run: Callable[..., Any], journal: Path, tamper: Callable[[sqlite3.Connection], None],
    sentence: str,
):  # fmt: skip
    copy = journal.with_name("copy.sqlite")
    shutil.copyfile(journal, copy)
    with closing(sqlite3.connect(copy)) as database:
        tamper(database)
        database.commit()
    said = run("verify", "--journal", copy, "--json")
    assert (said.code, wrong(said.object)) == (4, ["journal"])
    detail = next(one["detail"] for one in said.object["checks"] if one["name"] == "journal")
    assert sentence in detail
    assert run("verify", "--journal", journal).code == 0


def test_a_file_that_is_no_journal(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "letter.txt"
    file.write_text("no journal", encoding="utf-8")
    said = run("verify", "--journal", file)
    assert (said.code, "is not an IL2Desk journal" in said.out) == (4, True)


def test_a_damaged_choice_of_journal(run: Callable[..., Any]):
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{", encoding="utf-8")
    said = run("verify")
    assert (said.code, str(file) in said.out) == (4, True)


def break_a_dose(cases: list[dict[str, Any]]) -> None:
    cases[0]["expect"]["exact_dose_iu"] = "7263361"


def break_a_verdict(cases: list[dict[str, Any]]) -> None:
    cases[1]["verdict"] = "GO"


def break_a_time(cases: list[dict[str, Any]]) -> None:
    cases[0]["local"][3] = "2025-03-08T09:00-05:00"


@pytest.mark.parametrize(
    ("name", "change", "check"),
    [("dose_cases", break_a_dose, "dose cases"),
     ("assess_cases", break_a_verdict, "assessment cases"),
     ("schedule_cases", break_a_time, "schedule cases")],
)  # fmt: skip
def test_a_broken_reference_case(
    program: Program, copied_program: Path, name: str, change: Callable[[Any], None], check: str
):
    file = copied_program / "resources" / "reference" / f"{name}.json"
    cases = json.loads(file.read_text(encoding="utf-8"))
    change(cases)
    file.write_text(json.dumps(cases), encoding="utf-8")
    done = program("verify", "--json", home=copied_program)
    assert done.returncode == 4
    assert wrong(json.loads(done.stdout)) == [check]


def test_a_wrong_case_is_named_with_its_args_and_the_field(program: Program, copied_program: Path):
    file = copied_program / "resources" / "reference" / "dose_cases.json"
    cases = json.loads(file.read_text(encoding="utf-8"))
    break_a_dose(cases)
    file.write_text(json.dumps(cases), encoding="utf-8")
    said = json.loads(program("verify", "--json", home=copied_program).stdout)
    difference = "exact_dose_iu is '7263360', expected '7263361'"
    asked = {"kind": "protocol", "name": "npc-bolus", "args": {"weight": "100.88"}}
    name = "dose_cases.json, case 1: npc-bolus --weight 100.88"
    assert said["wrong"] == [
        {"case": name, **asked, "who": who, "difference": difference}
        for who in ("first engine", "second engine")
    ]
    assert row(said, "npc-bolus")["first_engine"] == row(said, "npc-bolus")["second_engine"] == 22
    assert row(said, "npc-bolus")["agree"] == 23
    text = program("verify", home=copied_program).stdout
    assert f"WRONG {name}: second engine: {difference}" in text
    assert text.endswith("Something is wrong. Use no dose of this installation.\n")


def test_a_number_of_a_case_keeps_its_digits(program: Program, copied_program: Path):
    file = copied_program / "resources" / "reference" / "assess_cases.json"
    text = file.read_text(encoding="utf-8").replace(
        '"creatinine": 3.0,', '"creatinine": 2.99999999999999999999,', 1
    )
    file.write_text(text, encoding="utf-8")
    said = json.loads(program("verify", "--json", home=copied_program).stdout)
    assert said["wrong"][0]["args"]["findings"]["creatinine"] == "2.99999999999999999999"


def test_a_dose_that_should_have_been_refused(program: Program, copied_program: Path):
    file = copied_program / "resources" / "reference" / "dose_cases.json"
    cases = json.loads(file.read_text(encoding="utf-8"))
    cases[0]["expect"] = {"exit": 2}
    file.write_text(json.dumps(cases), encoding="utf-8")
    said = json.loads(program("verify", "--json", home=copied_program).stdout)
    assert [one["difference"] for one in said["wrong"]] == ["was not refused"] * 2
    counts = row(said, "npc-bolus")
    assert (counts["refusals_expected"], counts["refusals_given"]) == (1, 0)


def test_a_protocol_that_is_not_there_is_no_refusal(program: Program, copied_program: Path):
    (copied_program / "resources" / "protocols" / "proleukin-eu-sc.toml").unlink()
    done = program("verify", "--json", home=copied_program)
    assert done.returncode == 4
    said = json.loads(done.stdout)
    assert row(said, "proleukin-eu-sc")["first_engine"] == 0
    assert row(said, "proleukin-eu-sc")["second_engine"] == 0


def test_the_second_engine_is_held_against_the_cases_itself(program: Program, copied_program: Path):
    file = copied_program / "il2desk" / "dosing" / "second_engine.py"
    text = file.read_text(encoding="utf-8")
    line = "        prepared_dose_iu=prepared * strength,\n"
    assert line in text
    file.write_text(text.replace(line, line[:-2] + " + 1,\n", 1), encoding="utf-8")
    said = json.loads(program("verify", "--json", home=copied_program).stdout)
    counts = row(said, "npc-bolus")
    assert (counts["first_engine"], counts["second_engine"], counts["agree"]) == (23, 0, 0)
    assert "second engine" in {one["who"] for one in said["wrong"]}


@pytest.mark.parametrize(
    "folder", ["products", "rulesets", "premedication", "companions", "definitions", "interactions"]
)
def test_a_damaged_file_that_no_case_uses_is_found(
    program: Program, copied_program: Path, folder: str
):
    file = max((copied_program / "resources" / folder).glob("*.toml"))
    file.write_text(file.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    done = program("verify", "--json", home=copied_program)
    assert done.returncode == 4
    assert wrong(json.loads(done.stdout)) == ["catalogue"]


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", "[1]", '[{"protocol": "npc-bolus"}]'])
def test_reference_cases_that_cannot_be_used(program: Program, copied_program: Path, text: str):
    file = copied_program / "resources" / "reference" / "dose_cases.json"
    file.write_text(text, encoding="utf-8")
    done = program("verify", "--json", home=copied_program)
    assert done.returncode == 4
    assert wrong(json.loads(done.stdout)) == ["engines agree", "dose cases"]


def test_the_text_says_what_is_wrong(program: Program, copied_program: Path):
    assert "WRONG" not in program("verify", home=copied_program).stdout
    (copied_program / "resources" / "reference" / "schedule_cases.json").unlink()
    done = program("verify", home=copied_program)
    assert done.returncode == 4
    assert "WRONG schedule cases: schedule_cases.json cannot be used" in done.stdout


def test_a_font_that_is_not_there(program: Program, copied_program: Path):
    (copied_program / "resources" / "fonts" / "DejaVuSans.ttf").unlink()
    done = program("verify", "--json", home=copied_program)
    assert done.returncode == 4
    assert wrong(json.loads(done.stdout)) == ["fonts"]


def test_engines_that_differ(program: Program, copied_program: Path):
    file = copied_program / "il2desk" / "dosing" / "preparation.py"
    text = file.read_text(encoding="utf-8")
    line = "    volume = half_up(exact_dose_iu, strength, step)\n"
    assert line in text
    file.write_text(text.replace(line, line[:-1] + " + step\n", 1), encoding="utf-8")
    done = program("verify", "--json", home=copied_program)
    assert done.returncode == 4
    assert "engines agree" in wrong(json.loads(done.stdout))
    refused = program("dose", "npc-bolus", "--weight", "70", home=copied_program)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "The two engines differ" in refused.stderr


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_qualification_record_is_written_to_a_new_file(
    run: Callable[..., Any], tmp_path: Path, paper: str
):
    out = tmp_path / "record.pdf"
    said = run("verify", "--out", out, "--paper", paper)
    assert said.code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    again = run("verify", "--out", out)
    assert (again.code, "is there already" in again.err or str(out) in again.err) == (2, True)
