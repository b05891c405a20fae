"""How far a journal was checked, so that the next start checks what came after it.

When the journal is closed, its last entry is noted beside it, with size, time and change counter of
the file as it was left. A start on the same day (UTC) as the last full check takes the entries up to
there as they are, when the file is as it was left and still holds that entry; else all is checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from il2desk.records import chain, cipher
from il2desk.records.faults import JournalAltered, JournalDamaged
from il2desk.records.guarding import guard_problems
from il2desk.records.header import change_counter
from il2desk.records.side_note import SideNote, read_note, write_note

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from il2desk.records.entries import Head

NAME = "checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """A journal as a start found it: its head, the day of the last full check, the file, its version.

    `whole` says that this start checked all of it. `file` are device and number of the file,
    `version` SQLite's count of writes by others.
    """

    head: Head
    day: str
    whole: bool
    file: tuple[int, int]
    version: int


def check_at_start(path: Path, database: Database, at: datetime) -> Checked:
    """Check the journal as far as a start at `at` must.

    Guards, indexes, views and the founding row are looked at always; every entry and every page at
    the first start of a day, and whenever the file is not as it was left. Raises JournalAltered,
    JournalDamaged, one of `cipher.ERRORS` or OSError.
    """
    must_be_guarded(path, database)
    day = f"checked in full {at:%Y-%m-%d}"
    since = _noted(path, database, day)
    report, head = chain.check_chain(database, since)
    if not report.ok:
        raise JournalAltered(path, report.problems)
    if since is None:
        _check_pages(path, database)
    return Checked(head, day, since is None, _file(path), _version(database))


def must_be_guarded(path: Path, database: Database) -> None:
    """Return where every table, guard, index and view is as it was made; else raise JournalAltered."""
    problems = tuple(guard_problems(database))
    if problems:
        raise JournalAltered(path, problems)


def version_left(database: Database) -> int | None:
    """SQLite's count of writes by others, or None where the file cannot be asked any more."""
    try:
        return _version(database)
    except cipher.ERRORS:
        return None


def note_as_left(path: Path, journal_id: str, checked: Checked, head: Head) -> None:
    """Note after closing how the file was left; not where another file lies in its place."""
    try:
        if _file(path) == checked.file:
            note = SideNote(journal_id, head, (checked.day, _left(path)))
            write_note(path, NAME, note)
    except OSError:
        return  # the next start checks everything


def noted_journal_id(journal: Path) -> str:
    """The id of the journal that was last opened at this place, or empty text where none was noted."""
    note = read_note(journal, NAME)
    return "" if note is None else note.journal_id


def _noted(path: Path, database: Database, day: str) -> Head | None:
    """The entry up to which this journal was checked that day, if nothing happened to it since."""
    note = read_note(path, NAME)
    if note is None or note.lines != (day, _left(path)):
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


def _left(path: Path) -> str:
    found = path.stat()
    return f"left with {found.st_size} bytes at {found.st_mtime_ns}, change {change_counter(path)}"


def _file(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _version(database: Database) -> int:
    return int(database.execute("PRAGMA data_version").fetchone()[0])
