"""Checks a journal: every hash, every link, the guards, the pages, the references."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from il2desk.dosing import tell
from il2desk.records import cipher
from il2desk.records.canonical import row_hash
from il2desk.records.entries import ChainReport, Head
from il2desk.records.guarding import guard_problems
from il2desk.records.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_BATCH = 1000
_TOLD = 200
Told = Callable[[int], object]
"""Hears how many entries are read by now."""
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_MOST_SHOWN = 200
_ROWS = """SELECT sequence, id, kind, recorded_utc, local_offset, zone, actor, subject, cycle,
    dose_number, amends, reason, form_token, program_version, protocol_fingerprint, body,
    previous_hash, hash FROM entry WHERE sequence >= ? ORDER BY sequence LIMIT ?"""
_HASH = COLUMNS.index("hash")
_PREVIOUS = COLUMNS.index("previous_hash")


def meta_hash(journal_id: str, practice: int, created_utc: str, layout: int) -> str:
    """Return the founding hash: what the first entry names as the one before it."""
    return row_hash([1, journal_id, practice, created_utc, layout])


def check_chain(
    database: Database, since: Head | None = None, told: Told | None = None
) -> tuple[ChainReport, Head]:
    """Recompute the hashes; return what was found, and the head that the chain leads to.

    All of them, or from the entry `since` on, which must be in the journal. Reads in short batches,
    so that a check never keeps a writer waiting. Raises sqlite3.Error when the pages cannot be read.
    `told` hears now and then how many entries are read; what it raises ends the check.
    """
    broken: int | None = None
    with _any_bytes(database):
        problems = list(_meta_problems(database))
        founding = database.execute("SELECT hash FROM journal_meta").fetchone()
        head = Head(0, founding[0] if founding else "")
        first, entries = _SMALLEST, 0
        if since is not None and since.sequence > 0:
            first, entries = since.sequence, since.sequence - 1
            head = Head(entries, _hash_before(database, since))
        for row in rows_from(database, first):
            entries += 1
            found = tuple(_row_problems(row, entries, head))
            if found and broken is None:
                broken = row[0]
            problems.extend(found)
            head = Head(row[0], row[_HASH])
            if told is not None and entries % _TOLD == 0:
                told(entries)
    return _report(entries, problems, broken), head


def check_everything(database: Database, told: Told | None = None) -> ChainReport:
    """Check chain, guards, pages and references; an unreadable page is a problem and raises nothing."""
    problems: list[str] = []
    entries, broken = 0, None
    try:
        problems.extend(guard_problems(database))
        report, _ = check_chain(database, told=told)
        entries, broken = report.entries, report.broken_at
        problems.extend(report.problems)
        problems.extend(page_problems(database))
        problems.extend(reference_problems(database))
    except UnicodeDecodeError as error:
        problems.append(tell("the file cannot be read to its end ({error})", error=error))
    except cipher.ERRORS as error:
        problems.append(f"the file cannot be read to its end ({error})")
    return _report(entries, problems, broken)


def rows_from(database: Database, first: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the entries from one on, in order and in batches; raises sqlite3.Error."""
    while rows := database.execute(_ROWS, [first, _BATCH]).fetchall():
        yield from rows
        last = rows[-1][0]
        if last < first or last == _LARGEST:  # on a spoilt page rows may come in no order
            return
        first = last + 1


def _meta_problems(database: Database) -> Iterator[str]:
    rows = database.execute(
        "SELECT only_row, journal_id, practice, created_utc, layout, hash FROM journal_meta"
    ).fetchall()
    if len(rows) != 1:
        yield "the row that says what the journal is was removed or doubled"
        return
    only_row, journal_id, practice, created_utc, layout, founding = rows[0]
    if only_row != 1 or meta_hash(journal_id, practice, created_utc, layout) != founding:
        yield "the row that says what the journal is was changed"


def _row_problems(row: tuple[object, ...], place: int, head: Head) -> Iterator[str]:
    sequence = row[0]
    if sequence != head.sequence + 1:
        yield tell(
            "entry {place} has sequence {sequence} after {sequence_2}: entries are missing",
            place=place,
            sequence=sequence,
            sequence_2=head.sequence,
        )
    if row[_PREVIOUS] != head.hash:
        yield tell(
            "entry {sequence} does not continue the chain of the entry before it", sequence=sequence
        )
    if row_hash(row[:_HASH]) != row[_HASH]:
        yield tell("entry {sequence} is not as it was written", sequence=sequence)


def _hash_before(database: Database, since: Head) -> str:
    row = database.execute(
        "SELECT previous_hash FROM entry WHERE sequence = ?", [since.sequence]
    ).fetchone()
    return str(row[0])


def page_problems(database: Database) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with pages and indexes; raises sqlite3.Error."""
    # Not quick_check: it passes an index that hides an entry from whoever asks by its columns.
    for (line,) in database.execute("PRAGMA integrity_check(20)").fetchall():
        if line != "ok":
            yield tell("the pages of the file are damaged ({line})", line=line)
    # Says nothing of a file that is not encrypted; of one that is, every page is held to its signature.
    for (line,) in database.execute("PRAGMA cipher_integrity_check").fetchall():
        yield tell("the pages of the file are damaged ({line})", line=line)


def reference_problems(database: Database) -> Iterator[str]:
    """Yield a sentence for every reference that leads nowhere; raises sqlite3.Error."""
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check").fetchall():
        yield tell(
            "row {row} of {table} refers to a row of {parent} that is not there",
            row=row,
            table=table,
            parent=parent,
        )


@contextmanager
def _any_bytes(database: Database) -> Iterator[None]:
    # Bytes that are not UTF-8 must be found as a change, not stop the check.
    connection = database.conn
    before = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before


def _report(entries: int, problems: list[str], broken: int | None) -> ChainReport:
    shown = problems[:_MOST_SHOWN]
    if len(problems) > _MOST_SHOWN:
        shown.append(f"and {len(problems) - _MOST_SHOWN} more")
    return ChainReport(not problems, entries, tuple(shown), broken)
