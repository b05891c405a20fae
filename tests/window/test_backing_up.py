"""Backups by themselves: daily, at exit, tried again after an hour; the age and the trouble are shown."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from il2desk.desk import backup_state, backups_beside, name_backup_folder, new_token
from il2desk.window.office import Office


@pytest.fixture
def watch(bare_office):
    return bare_office.backups


def files(office: Office) -> list[str]:
    return [one.path.name for one in backups_beside(office.desk.journal.path)]


def modes(office: Office) -> str:
    return " ".join(office.window.strips.sentences())


def test_the_first_look_backs_up_and_the_status_bar_says_when(bare_office, watch):
    assert watch.words() == ""
    bare_office._tick()
    assert len(files(bare_office)) == 1
    assert bare_office.window.status.fact("backup") == "Backup 14:00"
    assert "NO BACKUP" not in modes(bare_office)


def test_it_looks_once_a_minute_and_backs_up_once_a_day(bare_office, watch, clock):
    watch.look()
    bare_office.desk.person = None
    clock.moment += timedelta(seconds=59)
    assert not watch.look()
    store(bare_office)
    clock.moment += timedelta(hours=23)
    watch.look()
    assert len(files(bare_office)) == 1
    clock.moment += timedelta(hours=1)
    bare_office._tick()
    assert len(files(bare_office)) == 2
    assert bare_office.window.status.fact("backup") == "Backup 14:00"  # a day later


def store(office: Office) -> None:
    """One more entry."""
    office.desk.append("backup-folder-named", {"folder": ""})


def test_an_older_backup_is_said_with_its_day(bare_office, watch, clock):
    watch.look()
    clock.moment += timedelta(days=3)
    bare_office._tick()
    assert bare_office.window.status.fact("backup") == "Backup 12-Mar-2026 14:00"
    assert not modes(bare_office)  # nothing was stored since


def test_a_backup_that_fails_is_a_strip_and_is_tried_again_after_an_hour(
    bare_office, watch, clock, tmp_path
):
    blocked = bare_office.desk.journal.path.parent / "backups"
    blocked.write_text("a file in the way")
    bare_office._tick()
    assert "NO BACKUP" in modes(bare_office)
    assert "No backup was made at" in modes(bare_office)
    assert "The journal and earlier backups were not changed" in modes(bare_office)
    blocked.unlink()
    clock.moment += timedelta(minutes=59)
    bare_office._tick()
    assert files(bare_office) == []
    clock.moment += timedelta(minutes=1)
    bare_office._tick()
    assert len(files(bare_office)) == 1
    assert "NO BACKUP" not in modes(bare_office)


def test_a_second_folder_that_is_away_is_a_strip(bare_office, watch, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    assert name_backup_folder(bare_office.desk, str(drive), new_token())
    shutil.rmtree(drive)
    bare_office._tick()
    assert len(files(bare_office)) == 1
    assert "the folder is not there" in modes(bare_office)


def test_closing_backs_up_what_was_stored_since(bare_office, watch, clock):
    watch.look()
    clock.moment += timedelta(minutes=5)
    watch.at_exit()
    assert len(files(bare_office)) == 1
    store(bare_office)
    watch.at_exit()
    assert not backup_state(bare_office.desk).behind
    (only,) = files(bare_office)  # one a day stays
    assert "T130500Z" in only


def test_a_folder_that_is_named_no_more_is_complained_about_no_more(bare_office, clock, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    assert name_backup_folder(bare_office.desk, str(drive), new_token())
    shutil.rmtree(drive)
    bare_office._tick()
    assert "NO BACKUP" in modes(bare_office)
    assert name_backup_folder(bare_office.desk, "", new_token())
    clock.moment += timedelta(minutes=1)
    bare_office._tick()
    assert "NO BACKUP" not in modes(bare_office)
