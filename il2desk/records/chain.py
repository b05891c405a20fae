"""Checks a journal: every hash, every link, the guards, the pages, the references."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from il2desk.records.canonical import row_hash
from il2desk.records.entries import ChainReport, Head
from il2desk.records.schema import COLUMNS, MINOR, statements_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_BATCH = 1000
_SMALLEST = -(2**63)
_MOST_SHOWN = 200
_ROWS = """SELECT sequence, id, kind, recorded_utc, local_offset, zone, actor, subject, cycle,
    dose_number, amends, reason, form_token, program_version, protocol_fingerprint, body,
    previous_hash, hash FROM entry WHERE sequence > ? ORDER BY sequence LIMIT ?"""
_HASH = COLUMNS.index("hash")
_PREVIOUS = COLUMNS.index("previous_hash")


def meta_hash(journal_id: str, practice: int, created_utc: str, layout: int) -> str:
    """Return the founding hash: what the first entry names as the one before it."""
    return row_hash([1, journal_id, practice, created_utc, layout])


def check_chain(database: Database) -> tuple[ChainReport, Head]:
    """Recompute every hash; return what was found, and the head that the chain leads to.

    Reads in short batches, so that a check never keeps a writer waiting. Raises sqlite3.Error
    when the pages cannot be read.
    """
    with _any_bytes(database):
        problems = list(_meta_problems(database))
        founding = database.execute("SELECT hash FROM journal_meta").fetchone()
        head = Head(0, founding[0] if founding else "")
        entries, last = 0, _SMALLEST
        while rows := database.execute(_ROWS, [last, _BATCH]).fetchall():
            for row in rows:
                entries += 1
                problems.extend(_row_problems(row, entries, head))
                head = Head(row[0], row[_HASH])
            last = rows[-1][0]
    return _report(entries, problems), head


def check_everything(database: Database) -> ChainReport:
    """Check chain, guards, pages and references; never raises, an unreadable page is a problem."""
    problems: list[str] = []
    entries = 0
    try:
        problems.extend(guard_problems(database))
        report, _ = check_chain(database)
        entries = report.entries
        problems.extend(report.problems)
        problems.extend(_page_problems(database))
    except sqlite3.Error as error:
        problems.append(f"the file cannot be read to its end ({error})")
    return _report(entries, problems)


def guard_problems(database: Database) -> Iterator[str]:
    """Yield a sentence for every table, guard, index or view that is not as this program made it.

    A journal of an older minor layout is held to that one. Things a later one added are no problem.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    minor = version % 1000
    found = {
        str(name): str(sql)
        for name, sql in database.execute(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
    }
    wanted = {statement.split()[2]: statement for statement in statements_of(minor)}
    for name, statement in wanted.items():
        kind = statement.split()[1].lower()
        if name not in found:
            yield f"the {kind} {name} is missing"
        elif found[name] != statement:
            yield f"the {kind} {name} was changed"
    if minor <= MINOR:
        yield from (f"{name} was added" for name in sorted(found.keys() - wanted.keys()))


def _meta_problems(database: Database) -> Iterator[str]:
    rows = database.execute(
        "SELECT journal_id, practice, created_utc, layout, hash FROM journal_meta"
    ).fetchall()
    if len(rows) != 1:
        yield "the row that says what the journal is was removed or doubled"
        return
    journal_id, practice, created_utc, layout, founding = rows[0]
    if meta_hash(journal_id, practice, created_utc, layout) != founding:
        yield "the row that says what the journal is was changed"


def _row_problems(row: tuple[object, ...], place: int, head: Head) -> Iterator[str]:
    sequence = row[0]
    if sequence != head.sequence + 1:
        yield f"entry {place} has sequence {sequence} after {head.sequence}: entries are missing"
    if row[_PREVIOUS] != head.hash:
        yield f"entry {sequence} does not continue the chain of the entry before it"
    if row_hash(row[:_HASH]) != row[_HASH]:
        yield f"entry {sequence} is not as it was written"


def _page_problems(database: Database) -> Iterator[str]:
    for (line,) in database.execute("PRAGMA quick_check(20)").fetchall():
        if line != "ok":
            yield f"the pages of the file are damaged ({line})"
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check").fetchall():
        yield f"row {row} of {table} refers to a row of {parent} that is not there"


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


def _report(entries: int, problems: list[str]) -> ChainReport:
    shown = problems[:_MOST_SHOWN]
    if len(problems) > _MOST_SHOWN:
        shown.append(f"and {len(problems) - _MOST_SHOWN} more")
    return ChainReport(not problems, entries, tuple(shown))
