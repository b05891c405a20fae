"""A journal of an older program is read as it is, and gains the later views when it is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import BackupFailed, JournalAltered, open_journal, open_read_only
from il2desk.records.schema import GUARDS, LATER, STATEMENTS, statements_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Sql = Callable[..., list[tuple[Any, ...]]]

DROPS = ["DROP " + " ".join(made.split()[1:3]) for all_made in LATER.values() for made in all_made]


@pytest.fixture
def older(filled: Path, sql: Sql) -> Path:
    """The nine entries in a journal of the first layout."""
    sql(filled, *DROPS, "PRAGMA user_version = 1000")
    return filled


def made_of(path: Path, sql: Sql) -> set[str]:
    return {row[0] for row in sql(path, "SELECT sql FROM sqlite_master WHERE sql NOT NULL")}


def test_reading_changes_nothing(older: Path) -> None:
    before = older.read_bytes()
    with open_read_only(older) as journal:
        assert journal.check().ok
        assert journal.count() == 9
    assert older.read_bytes() == before


def test_writing_adds_the_views_and_keeps_guards_and_entries(
    older: Path, sql: Sql, draft: Callable[..., Any]
) -> None:
    rows, founding = sql(older, "SELECT * FROM entry"), sql(older, "SELECT * FROM journal_meta")
    assert made_of(older, sql) == set(statements_of(0))
    with open_journal(older) as journal:
        journal.append(draft())
        assert journal.check().ok
    assert made_of(older, sql) == set(STATEMENTS)
    assert set(GUARDS) <= made_of(older, sql)
    assert sql(older, "SELECT * FROM entry")[:9] == rows
    assert sql(older, "SELECT * FROM journal_meta") == founding
    assert sql(older, "PRAGMA user_version") == [(1005,)]
    assert sql(older, "SELECT * FROM companion_doses") == []
    open_journal(older).close()  # once more: nothing is left to add


def test_a_verified_backup_comes_first(older: Path, sql: Sql) -> None:
    rows = sql(older, "SELECT * FROM entry")
    open_journal(older).close()
    open_journal(older).close()
    (backup,) = (older.parent / "backups").glob("*.sqlite")
    assert sql(backup, "PRAGMA user_version") == [(1000,)]
    assert sql(backup, "SELECT * FROM entry") == rows


def test_practice_is_not_backed_up_before(older: Path, sql: Sql) -> None:
    with open_journal(older.with_name("practice.sqlite"), create=True, practice=True) as practice:
        path = practice.path
    sql(path, *DROPS, "PRAGMA user_version = 1000")
    open_journal(path).close()
    assert not (path.parent / "backups").exists()
    assert sql(path, "PRAGMA user_version") == [(1005,)]


@pytest.fixture
def first_minor(older: Path, sql: Sql) -> Path:
    """The same journal in the layout between."""
    sql(older, *LATER[1], "PRAGMA user_version = 1001")
    return older


def test_the_layout_between_gains_the_rest(first_minor: Path, sql: Sql) -> None:
    with open_read_only(first_minor) as journal:
        assert journal.check().ok
    open_journal(first_minor).close()
    assert made_of(first_minor, sql) == set(STATEMENTS)


def test_an_older_journal_is_held_to_its_own_layout(older: Path, sql: Sql) -> None:
    sql(older, "DROP TRIGGER entry_never_goes")
    with pytest.raises(JournalAltered):
        open_journal(older)
    assert sql(older, "PRAGMA user_version") == [(1000,)]


def test_a_later_view_in_an_older_layout_is_foreign(older: Path, sql: Sql) -> None:
    sql(older, LATER[1][0])
    with pytest.raises(JournalAltered):
        open_journal(older)


def test_a_full_disk_leaves_the_older_journal_whole(small_disk: Path, older: Path, sql: Sql):
    place = small_disk / "journal.sqlite"
    place.write_bytes(older.read_bytes())
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    filler.write_bytes(b"x" * (free.f_bavail - 1) * free.f_frsize)  # a journal beside needs two
    with pytest.raises(BackupFailed, match="The disk is full"):
        open_journal(place)
    filler.unlink()
    open_journal(place).close()
    assert made_of(place, sql) == set(STATEMENTS)
