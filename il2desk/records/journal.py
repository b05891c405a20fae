"""The journal opened for writing: it only grows, one transaction at a time.

A method that returns has made its entries durable; a method that raises has stored nothing,
unless the fault says that this is not known.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from il2desk import __version__
from il2desk.records import cipher, kept_drafts
from il2desk.records.backup import back_up
from il2desk.records.canonical import row_hash
from il2desk.records.checked_head import note_as_left, version_left
from il2desk.records.connection import connect, fault_of, translated
from il2desk.records.entries import Draft, Entry, Head, body_text, utc_text
from il2desk.records.faults import (
    ChangedAndClosed,
    EntryRefused,
    JournalAltered,
    JournalFault,
    StorageFailed,
)
from il2desk.records.present_file import advance, as_of, make_anew
from il2desk.records.reading import KEPT, JournalReader, entry_of, file_at
from il2desk.records.side_note import SideNote, write_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from il2desk.records.checked_head import Checked
    from il2desk.records.kept_drafts import KeptDraft
    from il2desk.records.lock import Lock
    from il2desk.records.passphrase import Passphrase

_INSERT = """INSERT INTO entry (sequence, id, kind, recorded_utc, local_offset, zone, actor,
    subject, cycle, dose_number, amends, reason, form_token, program_version,
    protocol_fingerprint, body, previous_hash, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

_LET_GO_S = 1


class Journal(JournalReader):
    """A journal that this program alone may write to, until it is closed."""

    def __init__(
        self,
        path: Path,
        database: Database,
        lock: Lock,
        checked: Checked,
        passphrase: Passphrase | None = None,
    ) -> None:
        """Take over an open connection, the lock, and what the check at the start found."""
        super().__init__(path, database, passphrase)
        self._lock = lock
        self._checked = checked
        self._head = checked.head

    def append(self, draft: Draft) -> Entry:
        """Store one entry durably and return it; see `append_all`."""
        return self.append_all((draft,))[0]

    def append_all(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """Store all the entries in one durable transaction, or none, and return them in order.

        When the first draft's form token is stored already, the entries stored then are returned
        and nothing is written. Raises TypeError for a body with a binary fraction or another
        type that is not recorded, and a JournalFault for everything else.
        """
        prepared = tuple((draft, body_text(draft)) for draft in drafts)
        if not prepared:
            return ()
        before = self._stored_before(tuple(draft for draft, _ in prepared))
        return before or self._store(prepared)

    def keep_draft(self, draft: KeptDraft) -> None:
        """Keep what one person typed into one form, durably; raises a JournalFault."""
        with translated(self._path), self._transaction() as database:
            kept_drafts.put(database, draft)

    def remove_draft(self, who: str, place: str) -> None:
        """Take one person's draft of one form away; raises a JournalFault."""
        with translated(self._path), self._transaction() as database:
            kept_drafts.remove(database, who, place)

    def backup_to(self, path: Path) -> Head:
        """Copy the journal to `path`, check the copy, and only then give it that name.

        Returns the head of the copy; raises BackupFailed, DiskFull or another JournalFault.
        """
        return back_up(self, path)

    def keep_note(self, name: str, lines: tuple[str, ...]) -> None:
        """Note beside the journal what is so as it ends now; see `side_note`."""
        write_note(self._path, name, SideNote(self._journal_id, self._head, lines))

    def exchange(self, swap: Callable[[], None], passphrase: Passphrase | None) -> None:
        """Close the file, let `swap` put another one in its place, and go on with that one.

        The lock is held throughout. `passphrase` opens the new file. Where `swap` fails, the old
        file is opened again and its error raised.
        """
        before, path = self._passphrase, self._path
        JournalReader.close(self)
        try:
            swap()
        except BaseException:
            self._reopen(path, before)
            raise
        try:
            self._reopen(path, passphrase)
        except JournalFault:
            time.sleep(_LET_GO_S)  # a virus scanner looks at a new file first
            try:
                self._reopen(path, passphrase)
            except JournalFault as error:
                raise ChangedAndClosed(path) from error

    def _reopen(self, path: Path, passphrase: Passphrase | None) -> None:
        with translated(path):
            self._open = connect(path, writable=True, passphrase=passphrase)
        self._passphrase, self._file = passphrase, file_at(path)
        self._head = self.head()

    def close(self) -> None:
        """Close the file and let others write; harmless when repeated."""
        alone = False
        if self._open is not None:
            alone = version_left(self._open) == self._checked.version
        super().close()
        if alone:
            note_as_left(self._path, self._journal_id, self._checked, self._head)
        self._lock.release()

    def _entry_of(self, row: tuple[Any, ...]) -> Entry:
        # A start does not check anew what was checked that day: so each entry is, as it is read.
        if not _is_whole(row):
            raise JournalAltered(self._path, (f"entry {row[0]} is not as it was written",))
        return super()._entry_of(row)

    def _stored_before(self, drafts: tuple[Draft, ...]) -> tuple[Entry, ...]:
        token = drafts[0].form_token
        first = self.by_form_token(token) if token is not None else None
        if first is None:
            return ()
        stored = self._between(first.sequence, first.sequence + len(drafts) - 1)
        if [_marks(entry) for entry in stored] != [_marks(draft) for draft in drafts]:
            detail = "its form was already stored as something else"
            raise EntryRefused(detail)
        return stored

    def _store(self, prepared: tuple[tuple[Draft, str], ...]) -> tuple[Entry, ...]:
        head = self._head
        rows: list[tuple[Any, ...]] = []
        for draft, body in prepared:
            rows.append(_row(draft, body, head))
            head = Head(rows[-1][0], rows[-1][-1])
        stored = tuple(entry_of(row) for row in rows)
        try:
            with self._transaction() as database:
                for row in rows:
                    database.execute(_INSERT, row)
                advance(database, stored)
        except cipher.ERRORS as error:
            raise self._write_fault(error, rows[0][1]) from error
        self._head = head
        return stored

    def bring_present_up(self, *, compared: bool) -> None:
        """Make the tables of how things stand now anew where they are behind the entries.

        An older program may have written without them. `compared`: also where a row is not what
        the entries make of it; that reads the whole journal.
        """
        with translated(self._path):
            behind = as_of(self._database) != self._head
            if not behind and not (compared and any(self.present_problems())):
                return
            with self._transaction() as database:
                make_anew(database, self.every_entry(), self._head)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Database]:
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        try:
            self._must_be_alone()
            yield database
            database.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(*cipher.ERRORS):
                database.rollback()
            raise

    def _must_be_alone(self) -> None:
        if self.head() != self._head:
            problem = "another program wrote to it while it was open"
            raise JournalAltered(self._path, (problem,))

    def _write_fault(self, error: Exception, first_id: str) -> Exception:
        fault = fault_of(error, self._path)
        if not isinstance(fault, StorageFailed):
            return fault
        try:
            row = self._database.execute("SELECT 1 FROM entry WHERE id = ?", [first_id]).fetchone()
        except cipher.ERRORS:
            row = (1,)
        return fault if row is None else StorageFailed(self._path, str(error), certain=False)


@lru_cache(maxsize=KEPT)
def _is_whole(row: tuple[Any, ...]) -> bool:
    return bool(row_hash(row[:-1]) == row[-1])


def _marks(of: Draft | Entry) -> tuple[object, ...]:
    return (of.form_token, of.kind, of.subject, of.cycle, of.dose_number, of.amends)


def _row(draft: Draft, body: str, head: Head) -> tuple[Any, ...]:
    columns = (
        head.sequence + 1, uuid.uuid4().hex, draft.kind, utc_text(draft.at), draft.local_offset,
        draft.zone, draft.actor, draft.subject, draft.cycle, draft.dose_number, draft.amends,
        draft.reason, draft.form_token, __version__, draft.protocol_fingerprint, body, head.hash,
    )  # fmt: skip
    return (*columns, row_hash(columns))
