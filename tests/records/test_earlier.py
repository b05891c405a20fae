"""Journals that earlier layouts really made are read, backed up and brought on; none is left out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import JournalAltered, open_journal, open_read_only, opening
from il2desk.records.schema import MAJOR, MINOR, STATEMENTS, USER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    Sql = Callable[..., list[tuple[Any, ...]]]

KEPT = sorted((Path(__file__).parent / "earlier").glob("layout-*.sql"))


@pytest.fixture(params=KEPT, ids=[one.stem for one in KEPT])
def earlier(request: pytest.FixtureRequest, path: Path) -> Path:
    """A journal as the program of that layout left it, from its dump."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def test_every_earlier_layout_is_kept() -> None:
    names = [f"layout-{MAJOR * 1000 + minor}" for minor in range(MINOR)]
    assert [one.stem for one in KEPT] == names


def test_it_is_read_as_it_is(earlier: Path) -> None:
    before = earlier.read_bytes()
    with open_read_only(earlier) as journal:
        assert journal.check().ok
        assert journal.entries()[-1].kind == "administration-amended"
    assert earlier.read_bytes() == before


def test_it_is_backed_up_and_brought_on(earlier: Path, sql: Sql) -> None:
    rows, (version,) = sql(earlier, "SELECT * FROM entry"), sql(earlier, "PRAGMA user_version")
    with open_journal(earlier) as journal:
        assert journal.check().ok
    (backup,) = (earlier.parent / "backups").glob("*.sqlite")
    assert sql(backup, "PRAGMA user_version") == [version] != [(USER_VERSION,)]
    assert sql(backup, "SELECT * FROM entry") == sql(earlier, "SELECT * FROM entry") == rows
    assert sql(earlier, "PRAGMA user_version") == [(USER_VERSION,)]
    made = {row[0] for row in sql(earlier, "SELECT sql FROM sqlite_master WHERE sql NOT NULL")}
    assert made == set(STATEMENTS)
    (dose,) = sql(
        earlier, "SELECT outcome, given_at, given_lots, recorded_by, amendments FROM dose_now"
    )
    assert dose == ("given", "2026-03-02T11:04Z", "A123", "K. Brandt", 1)
    (credited,) = sql(earlier, "SELECT release, prepared_by, checked_by, lots FROM doses_recorded")
    assert credited == (None, None, None, "A123")  # none, or one that was discarded


def test_guards_are_looked_at_again_after_it_was_brought_on(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade that lost a guard would leave entries that could be changed."""

    def careless(database: Any) -> None:
        database.execute("DROP TRIGGER entry_never_changes")
        upgrade(database)

    upgrade = opening.upgrade
    monkeypatch.setattr(opening, "upgrade", careless)
    with pytest.raises(JournalAltered, match="entry_never_changes is missing"):
        open_journal(earlier)
