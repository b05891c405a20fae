"""The tables of how things stand now, in the file: brought on, made anew, compared with the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from il2desk.dosing import tell
from il2desk.records.entries import Head
from il2desk.records.present_tables import PRESENT, Row, Shelf, Table
from il2desk.records.presenting import apply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from il2desk.records.entries import Entry

# ruff: noqa: S608 - every statement is built from constants of this room


class _InFile:
    """The rows of the tables themselves; the caller holds the transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, table: Table, *key: str | int) -> Row | None:
        where = " AND ".join(f"{name} = ?" for name in table.key)
        sql = f"SELECT {', '.join(table.names)} FROM {table.name} WHERE {where}"
        found: tuple[Any, ...] | None = self._database.execute(sql, list(key)).fetchone()
        return None if found is None else dict(zip(table.names, found, strict=True))

    def put(self, table: Table, row: Row) -> None:
        _put(self._database, table, row)


def advance(database: Database, entries: Iterable[Entry]) -> None:
    """Bring the tables on by entries that are stored in this very transaction, in order."""
    rows = _InFile(database)
    last = None
    for entry in entries:
        apply(entry, rows)
        last = entry
    if last is not None:
        _note(database, Head(last.sequence, last.hash))


def kept_here(database: Database) -> bool:
    """Whether a journal of this layout has the tables at all; raises sqlite3.Error."""
    found = database.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'present_as_of'"
    ).fetchone()
    return found is not None


def as_of(database: Database) -> Head | None:
    """The entry up to which the tables were brought, or None where they were not made yet."""
    row = database.execute("SELECT sequence, hash FROM present_as_of WHERE only_row = 1").fetchone()
    return None if row is None else Head(*row)


def make_anew(database: Database, entries: Iterable[Entry], head: Head) -> None:
    """Empty the tables and fill them from all entries, up to `head`; the caller holds the transaction."""
    shelf = Shelf()
    for entry in entries:
        apply(entry, shelf)
    database.execute("DELETE FROM present_as_of")
    for table in PRESENT:
        database.execute(f"DELETE FROM {table.name}")
        for row in shelf.rows[table.name].values():
            _put(database, table, row)
    _note(database, head)


def present_problems(database: Database, entries: Iterable[Entry], head: Head) -> Iterator[str]:
    """Yield a sentence for every row that is not what the entries make of it; raises sqlite3.Error."""
    rows = database.execute("SELECT only_row FROM present_as_of").fetchall()
    if [row[0] for row in rows] not in ([], [1]):
        yield "the row that says how far the tables of how things stand now go was doubled or changed"
    reached = as_of(database)
    if reached != head:
        at = "no entry" if reached is None else tell("entry {sequence}", sequence=reached.sequence)
        yield tell(
            "the tables of how things stand now go to {at}, the journal to entry {sequence}",
            at=at,
            sequence=head.sequence,
        )
        return
    shelf = Shelf()
    for entry in entries:
        apply(entry, shelf)
    for table in PRESENT:
        yield from _differences(database, table, dict(shelf.rows[table.name]))


def _differences(
    database: Database, table: Table, wanted: dict[tuple[Any, ...], Row]
) -> Iterator[str]:
    found = database.execute(f"SELECT {', '.join(table.names)} FROM {table.name}").fetchall()
    for values in found:
        row = dict(zip(table.names, values, strict=True))
        key = tuple(row[name] for name in table.key)
        if row != wanted.pop(key, None):
            yield tell(
                "the row {named} of {name} is not what the entries say",
                named=_named(key),
                name=table.name,
            )
    for key in wanted:
        yield tell("the row {named} of {name} is missing", named=_named(key), name=table.name)


def _named(key: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in key)


def _put(database: Database, table: Table, row: Row) -> None:
    places = ", ".join("?" * len(table.names))
    sql = f"INSERT OR REPLACE INTO {table.name} ({', '.join(table.names)}) VALUES ({places})"
    database.execute(sql, [row[name] for name in table.names])


def _note(database: Database, head: Head) -> None:
    database.execute(
        "INSERT OR REPLACE INTO present_as_of (only_row, sequence, hash) VALUES (1, ?, ?)",
        [head.sequence, head.hash],
    )
