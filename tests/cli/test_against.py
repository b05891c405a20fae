"""`protocols check --against`: what changed since another file or the specimen; the rest as before."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def copies(root: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The practice copy, and the same with another dose, their part beside them."""
    practice = root / "resources" / "practice"
    part = (practice / "npc-2001-practice.toml").read_text(encoding="utf-8")
    (tmp_path / "npc-2001-practice.toml").write_text(part, encoding="utf-8")
    text = (practice / "npc-bolus-practice.toml").read_text(encoding="utf-8")
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace('value = "72000"', 'value = "70000"'), encoding="utf-8")
    return old, new


def test_one_changed_dose_is_one_sentence(run, copies):
    old, new = copies
    (file,) = run("protocols", "check", new, "--against", old, "--json").object["files"]
    assert file["against"] == str(old)
    (sentence,) = file["differences"]
    assert sentence.startswith(
        "regimen.dose changed from 72,000 to 70,000 international units per kg"
    )
    said = run("protocols", "check", new, "--against", old)
    assert f"compared with {old}: 1 differences" in said.out
    assert sentence in said.out


def test_against_the_specimen_every_filled_gap_is_said(run, copies):
    old, _ = copies
    (file,) = run("protocols", "check", old, "--against", "npc-bolus", "--json").object["files"]
    filled = [one for one in file["differences"] if "was filled" in one]
    assert len(filled) == 22
    assert not any("\u00a0" in one for one in file["differences"])


def test_without_the_option_nothing_is_compared(run, copies):
    (file,) = run("protocols", "check", copies[0], "--json").object["files"]
    assert "differences" not in file
    assert "against" not in file


def test_the_same_file_has_no_difference(run, copies):
    said = run("protocols", "check", copies[0], "--against", copies[0])
    assert "no differences" in said.out


@pytest.mark.parametrize("against", ["no-such", "no-such.toml"])
def test_what_is_not_there_is_refused(run, copies, against):
    assert run("protocols", "check", copies[0], "--against", against).code == 2


def test_it_belongs_to_check(run):
    assert run("protocols", "--against", "npc-bolus").code == 2


def test_a_part_has_nothing_to_be_compared_with(run, copies, root):
    rules = root / "resources" / "rulesets" / "jitc-2014.toml"
    assert run("protocols", "check", rules, "--against", "npc-bolus").code == 2
