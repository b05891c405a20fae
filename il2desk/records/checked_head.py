"""How far a journal was checked in full today, so that the next start checks what came after it.

After a full check the last entry is noted beside the journal. A start on the same day (UTC) takes
the entries up to there as they are, when that entry still stands with its hash, and checks the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.records import chain
from il2desk.records.entries import Head
from il2desk.records.faults import JournalAltered, JournalDamaged
from il2desk.records.guarding import guard_problems
from il2desk.records.side_note import SideNote, read_note, write_note

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

NAME = "checked"
_RENEWED_AFTER = 1000
"""Entries since the note after which a start notes how far it came."""


def check_at_start(path: Path, database: Database, at: datetime) -> tuple[Head, bool]:
    """Check the journal as far as a start at `at` must; return its head, and whether all was checked.

    Guards, indexes, views and the founding row are looked at always; every entry and every page at
    the first start of a day. Raises JournalAltered, JournalDamaged or sqlite3.Error.
    """
    must_be_guarded(path, database)
    day = f"checked in full {at:%Y-%m-%d}"
    since = _noted(path, database, day)
    report, head = chain.check_chain(database, since)
    if not report.ok:
        raise JournalAltered(path, report.problems)
    if since is None:
        _check_pages(path, database)
    if since is None or head.sequence - since.sequence > _RENEWED_AFTER:
        (journal_id,) = database.execute("SELECT journal_id FROM journal_meta").fetchone()
        write_note(path, NAME, SideNote(journal_id, head, (day,)))
    return head, since is None


def must_be_guarded(path: Path, database: Database) -> None:
    """Return where every table, guard, index and view is as it was made; else raise JournalAltered."""
    problems = tuple(guard_problems(database))
    if problems:
        raise JournalAltered(path, problems)


def _noted(path: Path, database: Database, day: str) -> Head | None:
    """The entry up to which this journal was checked on that day, if it is still there."""
    note = read_note(path, NAME)
    if note is None or note.lines != (day,):
        return None
    row = database.execute("SELECT journal_id, hash FROM journal_meta").fetchone()
    if row is None or row[0] != note.journal_id:
        return None
    found = row[1]
    if note.head.sequence:
        entry = database.execute(
            "SELECT hash FROM entry WHERE sequence = ?", [note.head.sequence]
        ).fetchone()
        found = None if entry is None else entry[0]
    return note.head if found == note.head.hash else None


def _check_pages(path: Path, database: Database) -> None:
    damaged = tuple(chain.page_problems(database))
    if damaged:
        raise JournalDamaged(path, damaged[0])
    lost = tuple(chain.reference_problems(database))
    if lost:
        raise JournalAltered(path, lost)
