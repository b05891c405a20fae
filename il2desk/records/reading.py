"""Reads a journal: entries in order, one entry, the head, the check. Changes nothing."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from il2desk.records import chain, kept_drafts, present_file
from il2desk.records.canonical import (
    read_body,
)
from il2desk.records.connection import translated
from il2desk.records.entries import ChainReport, Entry, Head
from il2desk.records.faults import JournalAltered, JournalClosed
from il2desk.records.presenting import ACTED_ON
from il2desk.records.schema import COLUMNS
from il2desk.records.side_note import SideNote, read_note

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database

    from il2desk.records.kept_drafts import KeptDraft
    from il2desk.records.passphrase import Passphrase

_SELECT = """SELECT sequence, id, kind, recorded_utc, local_offset, zone, actor, subject, cycle,
    dose_number, amends, reason, form_token, program_version, protocol_fingerprint, body,
    previous_hash, hash FROM entry"""
KEPT = 1024
"""How many entries stay read; a chart is read anew at every act."""
KIND, BODY = COLUMNS.index("kind"), COLUMNS.index("body")
_BATCH = 1000
_IN_ORDER = " ORDER BY sequence"
_HEAD = """SELECT coalesce((SELECT max(sequence) FROM entry), 0),
    coalesce((SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1),
        (SELECT hash FROM journal_meta))"""


class JournalReader:
    """A journal opened to be read; it works while somebody else writes.

    Bound to the thread that opened it. Every method raises a JournalFault when the file fails.
    """

    def __init__(
        self, path: Path, database: Database, passphrase: Passphrase | None = None
    ) -> None:
        """Take over an open connection to the journal at `path`, opened by its passphrase if any."""
        self._path = path
        self._passphrase = passphrase
        self._open: Database | None = database
        self._file = file_at(path)
        row = self._one_row("SELECT journal_id, practice FROM journal_meta")
        self._journal_id = str(row[0])
        self._practice = bool(row[1])

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._path

    @property
    def moved(self) -> bool:
        """Whether another file, or none, lies at the path by now: what is read here is not the journal."""
        return file_at(self._path) != self._file

    @property
    def passphrase(self) -> Passphrase | None:
        """What opened it, for its backups; None where it is not encrypted, and once it is closed."""
        return self._passphrase

    @property
    def practice(self) -> bool:
        """Whether the journal was made for practice; never changes."""
        return self._practice

    @property
    def journal_id(self) -> str:
        """The 32 hex digits this journal got when it was made."""
        return self._journal_id

    def entries(
        self,
        *,
        kind: str | None = None,
        subject: str | None = None,
        cycle: str | None = None,
        after: int = 0,
        through: int | None = None,
    ) -> tuple[Entry, ...]:
        """Return the entries in order, only those of the kind, subject and cycle.

        `after` is the last sequence before them, `through` the last one that is wanted.
        """
        wanted = {"kind": kind, "subject": subject, "cycle": cycle}
        given: dict[str, str | int] = {name: v for name, v in wanted.items() if v is not None}
        conditions = [f"{name} = :{name}" for name in given]
        if after:
            given["after"] = after
            conditions.append("sequence > :after")
        if through is not None:
            given["through"] = through
            conditions.append("sequence <= :through")
        where = " AND ".join(conditions)
        sql = _SELECT + (f" WHERE {where}" if where else "") + _IN_ORDER
        with translated(self._path):
            rows = self._database.execute(sql, given).fetchall()
        return tuple(self._entry_of(row) for row in rows)

    def entry(self, id: str) -> Entry | None:  # noqa: A002 - the journal's own word
        """Return the entry with that id, or None."""
        return self._one_entry(f"{_SELECT} WHERE id = ?", id)

    def by_form_token(self, token: str) -> Entry | None:
        """Return the entry that was stored for that filled form, or None."""
        return self._one_entry(f"{_SELECT} WHERE form_token = ?", token)

    def head(self) -> Head:
        """Return the last entry's sequence and hash."""
        sequence, last = self._one_row(_HEAD)
        return Head(sequence, last)

    def last(self) -> Entry | None:
        """Return the entry stored last, or None where there is none."""
        with translated(self._path):
            row = self._database.execute(f"{_SELECT} ORDER BY sequence DESC LIMIT 1").fetchone()
        return None if row is None else self._entry_of(row)

    def hash_at(self, sequence: int) -> str | None:
        """Return the hash of the entry with that sequence, the founding hash for 0, or None."""
        if sequence == 0:
            return str(self._one_row("SELECT hash FROM journal_meta")[0])
        with translated(self._path):
            row = self._database.execute(
                "SELECT hash FROM entry WHERE sequence = ?", [sequence]
            ).fetchone()
        return None if row is None else str(row[0])

    def subjects_since(self, sequence: int) -> frozenset[str]:
        """Return the ids of the subjects of whom anything was stored after that entry."""
        with translated(self._path):
            rows = self._database.execute(
                # By number: the index of subjects would be read to its end.
                "SELECT DISTINCT subject FROM entry NOT INDEXED WHERE sequence > ?"
                " AND subject NOT NULL",
                [sequence],
            ).fetchall()
        return frozenset(str(row[0]) for row in rows)

    def noted(self, name: str) -> SideNote | None:
        """Return the note of that name beside the journal, or None where it does not fit any more."""
        note = read_note(self._path, name)
        if note is None or note.journal_id != self._journal_id:
            return None
        return note if self.hash_at(note.head.sequence) == note.head.hash else None

    def count(self) -> int:
        """Return how many entries there are."""
        return int(self._one_row("SELECT count(*) FROM entry")[0])

    def check(self, told: chain.Told | None = None) -> ChainReport:
        """Check every hash, guard, page and reference; unreadable pages are problems too.

        `told` hears how many entries are read; what it raises ends the check.
        """
        report = chain.check_everything(self._database, told)
        if not report.ok or not present_file.kept_here(self._database):
            return report
        with translated(self._path):
            problems = tuple(self.present_problems())
        return ChainReport(not problems, report.entries, problems)

    def kept_drafts(self, who: str | None = None) -> tuple[KeptDraft, ...]:
        """Return what a person, or anybody, typed and did not record; the oldest first."""
        with translated(self._path):
            return kept_drafts.drafts_in(self._database, who)

    def present_problems(self) -> Iterator[str]:
        """Yield a sentence for every row of how things stand now that the entries do not make."""
        return present_file.present_problems(self._database, self._acting(), self.head())

    def every_entry(self) -> Iterator[Entry]:
        """Yield every entry in order; for passes over the whole journal."""
        last = 0
        while found := self._between(last + 1, last + _BATCH):
            yield from found
            last = found[-1].sequence

    def _acting(self) -> Iterator[Entry]:
        # Most of a body's cost is reading it: what acts on no table is passed over, and nothing kept.
        with translated(self._path):
            for row in chain.rows_from(self._database, 1):
                body = read_body(row[BODY]) if row[KIND] in ACTED_ON else {}
                yield _entry(row, body)

    def copy_into(self, connection: sqlite3.Connection) -> None:
        """Copy every page into an empty file opened elsewhere; raises a JournalFault."""
        with translated(self._path):
            self._database.conn.backup(connection)

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._passphrase = None

    def __enter__(self) -> Self:
        """Return the journal itself, for a with statement."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file at the end of a with statement."""
        self.close()

    @property
    def _database(self) -> Database:
        if self._open is None:
            raise JournalClosed(self._path)
        return self._open

    def _one_row(self, sql: str) -> tuple[Any, ...]:
        with translated(self._path):
            row: tuple[Any, ...] | None = self._database.execute(sql).fetchone()
        if row is None:
            raise JournalAltered(self._path, ("the row that says what it is was removed",))
        return row

    def _one_entry(self, sql: str, value: str) -> Entry | None:
        with translated(self._path):
            row = self._database.execute(sql, [value]).fetchone()
        return None if row is None else self._entry_of(row)

    def _between(self, first: int, last: int) -> tuple[Entry, ...]:
        with translated(self._path):
            rows = self._database.execute(
                f"{_SELECT} WHERE sequence BETWEEN ? AND ?{_IN_ORDER}", [first, last]
            ).fetchall()
        return tuple(self._entry_of(row) for row in rows)

    def _entry_of(self, row: tuple[Any, ...]) -> Entry:
        try:
            return entry_of(row)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            problem = f"entry {row[0]} is not as it was written"
            raise JournalAltered(self._path, (problem,)) from error


def file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@lru_cache(maxsize=KEPT)
def entry_of(row: tuple[Any, ...]) -> Entry:
    """Return the entry of one row, its columns in the order of the table.

    An entry is read-only all the way down, so equal rows may share one.
    """
    return _entry(row, read_body(row[BODY]))


def _entry(row: tuple[Any, ...], body: Mapping[str, Any]) -> Entry:
    (sequence, id_, kind, recorded_utc, local_offset, zone, actor, subject, cycle, dose_number,
     amends, reason, form_token, program_version, protocol_fingerprint, _, previous_hash,
     hash_) = row  # fmt: skip
    return Entry(
        sequence=sequence,
        id=id_,
        kind=kind,
        at=datetime.fromisoformat(recorded_utc),
        local_offset=local_offset,
        zone=zone,
        actor=actor,
        subject=subject,
        cycle=cycle,
        dose_number=dose_number,
        amends=amends,
        reason=reason,
        form_token=form_token,
        program_version=program_version,
        protocol_fingerprint=protocol_fingerprint,
        body=body,
        previous_hash=previous_hash,
        hash=hash_,
    )
