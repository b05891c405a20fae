"""Every reason not to open a journal, each with its sentence and an untouched file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import (
    Draft,
    Journal,
    JournalBusy,
    JournalFault,
    JournalFolderReadOnly,
    JournalMissing,
    JournalReadOnly,
    JournalReplaced,
    JournalTooNew,
    JournalUnfinished,
    NotAJournal,
    NotThePracticeJournal,
    open_journal,
    open_read_only,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]
    Sql = Callable[..., list[tuple[Any, ...]]]

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def folder_state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything that lies in the folder: names, times of change, bytes."""
    return {
        item.name: (item.stat().st_mtime_ns, item.read_bytes()) for item in sorted(folder.iterdir())
    }


def refused(path: Path, fault: type[JournalFault], **how: Any) -> JournalFault:
    before = folder_state(path.parent)
    with pytest.raises(fault) as caught:
        open_journal(path, **how)
    assert folder_state(path.parent) == before
    told = caught.value
    assert all(part.endswith(".") for part in (told.what, told.safe, told.do))
    assert str(told) == f"{told.what} {told.safe} {told.do}"
    return told


def test_a_missing_journal_is_not_made_by_accident(path: Path) -> None:
    refused(path, JournalMissing)
    with pytest.raises(JournalMissing):
        open_read_only(path)


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(JournalMissing):
        open_journal(tmp_path / "nowhere" / "journal.sqlite", create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"weight,70\n", b"SQLite format 3\0", b"\0" * 8192])
@pytest.mark.parametrize("create", [True, False])
def test_another_file_is_left_alone(path: Path, content: bytes, *, create: bool) -> None:
    path.write_bytes(content)
    refused(path, NotAJournal, create=create)
    with pytest.raises(NotAJournal):
        open_read_only(path)


def test_somebody_elses_database_is_left_alone(path: Path, sql: Sql) -> None:
    sql(path, "CREATE TABLE entry (sequence INTEGER)")
    refused(path, NotAJournal, create=True)


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(NotAJournal):
        open_journal(tmp_path)


@pytest.mark.parametrize("version", [2000, 2001, 99000])
def test_a_newer_journal_is_not_touched(filled: Path, sql: Sql, version: int) -> None:
    sql(filled, f"PRAGMA user_version = {version}")
    (filled.parent / "journal.sqlite.lock").unlink()
    told = refused(filled, JournalTooNew)
    assert "newer program" in told.do
    before = folder_state(filled.parent)
    with pytest.raises(JournalTooNew):
        open_read_only(filled)
    assert folder_state(filled.parent) == before


@posix
def test_a_read_only_file_is_told_at_once_and_can_be_read(filled: Path) -> None:
    filled.chmod(0o444)
    refused(filled, JournalReadOnly)
    with open_read_only(filled) as journal:
        assert journal.check().ok


@posix
def test_a_read_only_folder_is_told_at_once_and_can_be_read(filled: Path) -> None:
    filled.parent.chmod(0o555)
    try:
        refused(filled, JournalFolderReadOnly)
        with open_read_only(filled) as journal:
            assert journal.count() == 9
    finally:
        filled.parent.chmod(0o755)


def test_a_read_only_disk_is_told_at_once_and_can_be_read(small_disk: Path, draft: Make) -> None:
    path = small_disk / "journal.sqlite"
    with open_journal(path, create=True) as journal:
        journal.append(draft())
    remount = ["mount", "-o", "remount,ro", os.fspath(small_disk)]
    subprocess.run(remount, check=True)
    refused(path, JournalReadOnly)
    with open_read_only(path) as reader:
        assert reader.check().ok
    with pytest.raises(JournalFolderReadOnly):
        open_journal(small_disk / "new.sqlite", create=True)


def test_the_second_opener_is_told_who_has_it(path: Path) -> None:
    since = datetime(2026, 3, 12, 13, 2, tzinfo=UTC)
    with open_journal(path, create=True, owner="K. Brandt", clock=lambda: since):
        told = refused(path, JournalBusy)
        assert "K. Brandt on " in told.what
        assert "since 12-Mar-2026 13:02 universal time" in told.what
        assert isinstance(told, JournalBusy)
        assert told.owner is not None
        assert (told.owner.who, told.owner.since) == ("K. Brandt", since)
        with open_read_only(path) as reader:
            assert reader.check().ok
    open_journal(path).close()
    assert not path.with_name("journal.sqlite.owner").exists()


def test_another_process_is_told_who_has_it(journal: Journal) -> None:
    script = (
        "import sys, pathlib\nfrom il2desk.records import JournalBusy, open_journal\n"
        "try:\n    open_journal(pathlib.Path(sys.argv[1]))\n"
        "except JournalBusy as busy:\n    print(busy.what)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, os.fspath(journal.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "K. Brandt on " in run.stdout


def test_a_reader_sees_what_the_writer_stores_and_changes_nothing(
    journal: Journal, draft: Make
) -> None:
    with open_read_only(journal.path) as reader:
        assert reader.count() == 0
        entry = journal.append(draft())
        assert reader.entries() == (entry,)
        before = folder_state(journal.path.parent)
        assert reader.check().ok
        assert not hasattr(reader, "append")
        with pytest.raises(sqlite3.OperationalError):
            reader._database.execute("CREATE TABLE notes (text TEXT)")
        assert folder_state(journal.path.parent) == before


def test_a_practice_journal_stays_one(path: Path, tmp_path: Path) -> None:
    with open_journal(path, create=True, practice=True) as journal:
        assert journal.practice
    with open_journal(path) as journal:
        assert journal.practice
    with open_read_only(path) as reader:
        assert reader.practice
    real = tmp_path / "real.sqlite"
    with open_journal(real, create=True) as journal:
        assert not journal.practice
    refused(real, NotThePracticeJournal, practice=True)
    refused(real, NotThePracticeJournal, practice=True, create=True)
    open_journal(real).close()


@posix
@pytest.mark.parametrize("replaced", [True, False])
def test_a_file_that_goes_while_open_takes_no_entry(
    journal: Journal, draft: Make, *, replaced: bool
) -> None:
    journal.append(draft())
    aside = journal.path.with_name("aside.sqlite")
    data = journal.path.read_bytes()
    journal.path.rename(aside)
    if replaced:
        journal.path.write_bytes(data)
    with pytest.raises(JournalReplaced, match="was not stored"):
        journal.append(draft())
    assert aside.read_bytes() == data


def test_a_journal_switched_to_side_files_is_taken_back(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(JournalUnfinished):
        open_read_only(filled)
    open_journal(filled).close()
    with open_read_only(filled) as journal:
        assert journal.check().ok


@posix
def test_a_cut_off_write_is_told_to_readers_and_taken_back_by_the_writer(filled: Path) -> None:
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\nc.execute('BEGIN IMMEDIATE')\n"
        "c.execute('CREATE TABLE junk (text TEXT)')\n"
        "for _ in range(200): c.execute('INSERT INTO junk VALUES (hex(randomblob(2000)))')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, os.fspath(filled)], check=False)
    assert filled.with_name("journal.sqlite-journal").exists()
    before = folder_state(filled.parent)
    with pytest.raises(JournalUnfinished, match="Open the journal normally once"):
        open_read_only(filled)
    assert folder_state(filled.parent) == before
    with open_journal(filled) as journal:
        assert journal.check().ok
        assert journal.count() == 9


def test_a_name_with_odd_signs_is_opened_and_no_other(tmp_path: Path, draft: Make) -> None:
    path = tmp_path / "Wärd 3 100% ?mode=memory#1 王.sqlite"
    with open_journal(path, create=True) as journal:
        journal.append(draft())
    with open_read_only(path) as reader:
        assert reader.count() == 1
    assert path.stat().st_size > 0


def test_a_half_made_journal_of_a_power_cut_is_no_obstacle(path: Path) -> None:
    path.with_name("journal.sqlite.new").write_bytes(b"half")
    with open_journal(path, create=True) as journal:
        assert journal.check().ok
    assert not path.with_name("journal.sqlite.new").exists()
