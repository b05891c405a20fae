"""What other tools may not do to a journal by accident."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import open_read_only

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET reason = 'x' WHERE sequence = 5",
        "UPDATE OR REPLACE entry SET id = 'a' WHERE sequence = 2",
        "DELETE FROM entry WHERE sequence = 9",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE sequence = 9",
        "REPLACE INTO entry SELECT * FROM entry WHERE sequence = 1",
        "UPDATE journal_meta SET practice = 1",
        "DELETE FROM journal_meta",
        "INSERT OR REPLACE INTO journal_meta SELECT * FROM journal_meta",
        "UPDATE administrations SET outcome = 'held'",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_a_journal_only_grows(filled: Path, statement: str, recursive: str) -> None:
    before = filled.read_bytes()
    with closing(sqlite3.connect(filled)) as other:
        other.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.Error):
            other.execute(statement)
        other.commit()
    assert filled.read_bytes() == before


@pytest.mark.parametrize("changed", ["sequence", "id", "form_token", "previous_hash"])
def test_a_replace_with_one_key_of_an_old_entry_is_stopped(filled: Path, changed: str) -> None:
    """Recursive triggers are off in most tools, so REPLACE would delete the old row unseen."""
    with closing(sqlite3.connect(filled)) as other:
        other.row_factory = sqlite3.Row
        old, last = (
            dict(row)
            for row in other.execute("SELECT * FROM entry WHERE sequence IN (2, 9)").fetchall()
        )
        fresh = last | {
            "sequence": 10,
            "id": "b" * 32,
            "form_token": "fresh",
            "hash": "c" * 64,
            "previous_hash": last["hash"],
        }
        row = list((fresh | {changed: old[changed]}).values())
        insert = f"INSERT OR REPLACE INTO entry VALUES ({','.join('?' * len(row))})"
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(insert, row)
        other.rollback()
        other.execute(insert, list(fresh.values()))  # only the one changed key was in the way
        other.rollback()
    with open_read_only(filled) as journal:
        assert journal.check().ok


def test_no_amount_can_become_a_binary_fraction(filled: Path, sql: Sql) -> None:
    names = [row[0] for row in sql(filled, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    types = {row[2] for name in names for row in sql(filled, f"PRAGMA table_info({name})")}
    assert names
    assert types == {"INTEGER", "TEXT"}
    strict = {row[1]: row[5] for row in sql(filled, "PRAGMA table_list")}
    assert all(strict[name] == 1 for name in names)


def test_the_file_says_what_it_is(filled: Path, sql: Sql) -> None:
    assert sql(filled, "PRAGMA application_id") == [(int.from_bytes(b"IL2D", "big"),)]
    assert sql(filled, "PRAGMA user_version") == [(1005,)]
    assert sql(filled, "PRAGMA journal_mode") == [("delete",)]
