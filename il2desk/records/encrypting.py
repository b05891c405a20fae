"""Encrypts a journal, takes its encryption away, or changes its passphrase: by a new file beside it.

The new file is compared entry by entry and holds one entry more, which says what was changed, before
it takes the journal's place in one step. The file that was there is kept under another name.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from il2desk.records import cipher
from il2desk.records.checked_head import Checked
from il2desk.records.connection import connect, file_uri, translated
from il2desk.records.copy_faults import EncryptionFailed
from il2desk.records.durable import settle_file, settle_folder
from il2desk.records.header import looks_encrypted
from il2desk.records.journal import Journal
from il2desk.records.looking import open_read_only
from il2desk.records.unfinished import ENCRYPTED, PLAIN, name_of_kept, part_of, remove_part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from il2desk.records.entries import Draft, Entry
    from il2desk.records.passphrase import Passphrase


class Change(NamedTuple):
    """What is asked: the passphrase from now on (None: no encryption), and where the old file stays."""

    passphrase: Passphrase | None
    kept: Path


def planned_change(journal: Journal, passphrase: Passphrase | None, at: datetime) -> Change:
    """Return the change with the name for the old file, which says whether that is encrypted."""
    what = PLAIN if journal.passphrase is None else ENCRYPTED
    return Change(passphrase, name_of_kept(journal.path, what, at.astimezone(UTC)))


def change_encryption(journal: Journal, change: Change, draft: Draft) -> Entry:
    """Put a copy with the new passphrase in the journal's place, which ends in `draft`; return that entry.

    The journal stays open and locked throughout and goes on with the new file. Raises
    EncryptionFailed, EncryptionMissing, DiskFull or another JournalFault; the journal is then as it was.
    """
    path, (passphrase, kept) = journal.path, change
    if kept.exists():
        raise EncryptionFailed(path, f"{kept.name} is there already; wait a second")
    part = part_of(path)
    try:
        with translated(path):
            remove_part(path)
            _empty_like(path, part)
            _export(path, journal.passphrase, part, passphrase)
            entry = _appended(journal, part, passphrase, draft)
            settle_file(part)
            _must_be_the_same(journal, part, passphrase, entry)
            journal.exchange(partial(_swap, part, path, kept), passphrase)
    finally:
        with contextlib.suppress(OSError):
            remove_part(path)
    return entry


def _empty_like(path: Path, part: Path) -> None:
    """Whoever may read and write the journal may do so with what takes its place, and nobody else."""
    part.touch(mode=0o600)
    part.chmod(path.stat().st_mode & 0o777)


def _export(path: Path, old: Passphrase | None, part: Path, new: Passphrase | None) -> None:
    """Copy everything but the two numbers of the header, and then those."""
    with closing(cipher.open_any(part, file_uri(part, "mode=rwc"), new)) as copy:
        key = "" if old is None else old.reveal()
        copy.execute("ATTACH ? AS source KEY ?", (file_uri(path, "mode=ro"), key))
        copy.execute("SELECT sqlcipher_export('main', 'source')").fetchall()
        for name in ("application_id", "user_version"):
            (number,) = copy.execute(f"PRAGMA source.{name}").fetchone()
            copy.execute(f"PRAGMA main.{name} = {number}")
        copy.execute("DETACH source")


class _Unlocked:
    """The copy needs no lock: nobody knows of it yet."""

    def release(self) -> None:
        """There is nothing to let go of."""


def _appended(journal: Journal, part: Path, passphrase: Passphrase | None, draft: Draft) -> Entry:
    database = connect(part, writable=True, passphrase=passphrase)
    unnoted = Checked(journal.head(), "", whole=False, file=(0, 0), version=0)
    with Journal(part, database, _Unlocked(), unnoted, passphrase) as copy:
        return copy.append(draft)


def _must_be_the_same(
    journal: Journal, part: Path, passphrase: Passphrase | None, last: Entry
) -> None:
    """Every entry is what it was, in its order, and one more ends the copy; all of it is whole."""
    with open_read_only(part, passphrase) as copy:
        report = copy.check()
        if not report.ok:
            raise EncryptionFailed(journal.path, f"the copy is not whole: {report.problems[0]}")
        if copy.journal_id != journal.journal_id or looks_encrypted(part) != bool(passphrase):
            raise EncryptionFailed(journal.path, "the copy is not what it should be")
        pairs = zip_longest(_and_then(journal, last), copy.every_entry())
        if any(ours != theirs for ours, theirs in pairs):
            raise EncryptionFailed(journal.path, "the copy does not hold the same entries")


def _and_then(journal: Journal, last: Entry) -> Iterable[Entry]:
    yield from journal.every_entry()
    yield last


def _swap(part: Path, path: Path, kept: Path) -> None:
    """Name the old file anew and put the copy in its place; at no moment is there no journal."""
    try:
        os.link(path, kept)
    except OSError:  # a disk that knows no second name for a file
        _copied(path, kept)
    try:
        part.replace(path)
    except BaseException as error:
        kept.unlink(missing_ok=True)
        if isinstance(error, PermissionError):  # on Windows a file that is open cannot be replaced
            raise EncryptionFailed(path, "another program has the file open") from error
        raise
    # It is done: a failure here is none of the change. The next entry settles the folder again, and
    # until then a power cut brings back the old file, which is whole.
    with contextlib.suppress(OSError):
        settle_folder(path.parent)


def _copied(path: Path, kept: Path) -> None:
    half = part_of(kept)
    try:
        _empty_like(path, half)
        shutil.copyfile(path, half)
        settle_file(half)
        half.rename(kept)
    finally:
        half.unlink(missing_ok=True)
