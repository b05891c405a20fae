"""Resources are found from a checkout, a wheel and a frozen build; a chosen journal is remembered."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from il2desk import paths


def test_a_checkout_reads_its_own_resources(root: Path):
    assert paths.resource_dir() == root / "resources"
    assert paths.resource("reference", "dose_cases.json").is_file()


def test_a_wheel_reads_what_lies_inside_the_package(tmp_path: Path, monkeypatch):
    (tmp_path / "il2desk" / "_resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "il2desk")
    assert paths.resource_dir() == tmp_path / "il2desk" / "_resources"


@pytest.mark.parametrize("inside", ["il2desk/_resources", "resources"])
def test_a_frozen_build_reads_what_was_unpacked(tmp_path: Path, monkeypatch, inside: str):
    (tmp_path / "unpacked" / inside).mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "elsewhere" / "il2desk")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    assert paths.resource_dir() == tmp_path / "unpacked" / inside


def test_missing_resources_are_named(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "il2desk")
    with pytest.raises(FileNotFoundError, match="_resources"):
        paths.resource_dir()


def test_nothing_is_remembered_at_first(private_home: Path):
    assert paths.remembered_journal() is None
    assert private_home in paths.journal_file().parents
    assert paths.journal_file().parent == paths.default_journal_folder()
    assert list(private_home.iterdir()) == []


def test_a_chosen_journal_is_remembered(tmp_path: Path):
    chosen = tmp_path / "Station Süd" / "journal.sqlite"
    paths.remember_journal(chosen)
    assert paths.remembered_journal() == chosen
    assert paths.journal_file() == chosen
    other = tmp_path / "other.sqlite"
    paths.remember_journal(other)
    assert paths.journal_file() == other
    assert [each.name for each in paths.settings_file().parent.iterdir()] == ["settings.json"]


def test_a_relative_choice_is_stored_in_full(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths.remember_journal(Path("here.sqlite"))
    assert paths.remembered_journal() == tmp_path / "here.sqlite"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"journal": 5}', '{"journal": ""}', '{"journal": "a.sqlite"}']
)
def test_a_damaged_choice_never_opens_another_journal(text: str):
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(paths.SettingsFault) as fault:
        paths.journal_file()
    assert str(file) in str(fault.value)
    assert "No journal was opened" in str(fault.value)
    assert file.read_text(encoding="utf-8") == text


def test_practice_never_lies_in_a_real_journals_folder():
    assert paths.practice_journal().parent != paths.default_journal_folder()
    assert paths.practice_journal().name == paths.JOURNAL_FILE
    assert paths.crash_folder().is_absolute()
