"""`verify`: sound is 0; a broken reference case, font, setting or journal is 4 and named."""

from __future__ import annotations

import json
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
    "journal", "disk",
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


def test_a_sound_journal_named_and_remembered(run: Callable[..., Any], journal: Path):
    before = journal.read_bytes()
    for words in (("verify", "--journal", journal), ("verify",)):
        said = run(*words)
        assert (said.code, "WRONG" in said.out) == (0, False)
        paths.remember_journal(journal)
    assert "3 entries; chain whole" in said.out
    assert journal.read_bytes() == before
    names = {path.name for path in journal.parent.iterdir()}
    assert names <= {"journal.sqlite", "journal.sqlite.lock"}


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
