"""Opens a journal to write it: locks it, checks it, and makes it first where that is asked for.

Every refusal comes before anything in the file is changed.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from il2desk.records import lock
from il2desk.records.backups import backup_folder, is_kept_copy, make_backup
from il2desk.records.checked_head import check_at_start, must_be_guarded
from il2desk.records.connection import connect, translated
from il2desk.records.copy_faults import JournalBehindBackup, KeptCopy
from il2desk.records.creation import create_journal
from il2desk.records.faults import (
    JournalFolderReadOnly,
    JournalReadOnly,
    JournalTooNew,
    NotThePracticeJournal,
)
from il2desk.records.journal import Journal
from il2desk.records.kept_heads import head_problems
from il2desk.records.looking import key_for, must_be_there, must_open
from il2desk.records.schema import USER_VERSION
from il2desk.records.unfinished import clear_unfinished
from il2desk.records.upgrade import is_older, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from il2desk.records.passphrase import Passphrase


def open_journal(  # noqa: PLR0913 - each is given by its name, and most are left out
    path: Path,
    *,
    create: bool = False,
    practice: bool = False,
    against_backups: bool = True,
    owner: str = "",
    clock: Callable[[], datetime] = lock.machine_clock,
    passphrase: Passphrase | None = None,
) -> Journal:
    """Lock, open and check the journal at `path`, and return it ready to be written.

    With `create` a missing file is made, with `practice` as a practice journal; an existing one
    says by itself what it is (`Journal.practice`), and a real one is refused for practice.
    `against_backups` is False only where a restore is being written: else a journal that lacks an
    entry which a backup beside it holds is refused. `owner` is the name a second opener is told. `clock` gives the aware UTC time.

    `passphrase` opens an encrypted journal and makes a new one encrypted; for another one it is left
    aside. It is proved before anything is changed.

    Raises JournalMissing, JournalEncrypted, WrongPassphrase, EncryptionMissing, NotAJournal, JournalTooNew, JournalReadOnly, JournalFolderReadOnly,
    JournalBusy, JournalDamaged, JournalAltered, NotThePracticeJournal, DiskFull or StorageFailed;
    KeptCopy for a backup or a file that a restore kept, JournalBehindBackup where entries are lacking;
    BackupFailed where a journal of an older layout cannot be backed up before it gains its views.
    """
    path = path.absolute()
    must_be_there(path, create=create)
    if path.exists():
        must_open(path, passphrase)
    at = clock()
    if is_kept_copy(path):
        raise KeptCopy(path)
    with translated(path):
        _must_be_writable(path)
        held = lock.take(path, owner, at)
    try:
        if path.exists():
            clear_unfinished(path)
        else:
            with translated(path):
                create_journal(path, practice=practice, at=at, passphrase=passphrase)
        journal = _opened(path, held, at, practice=practice, passphrase=passphrase)
    except BaseException:
        held.release()
        raise
    try:
        if against_backups and not journal.practice:
            _must_hold_what_was_kept(journal)
    except BaseException:
        journal.close()
        raise
    return journal


def _must_hold_what_was_kept(journal: Journal) -> None:
    """Refused where an older copy of the file, or a recomputed one, lies in the journal's place."""
    folder = backup_folder(journal.path)
    problems = head_problems(journal, folder) if folder.is_dir() else ()
    lacking = tuple(one for one in problems if "is not as it was written" not in one)
    if lacking:
        raise JournalBehindBackup(journal.path, lacking[0])


def _opened(
    path: Path, held: lock.WriterLock, at: datetime, *, practice: bool,
    passphrase: Passphrase | None,
) -> Journal:  # fmt: skip
    key = key_for(path, passphrase)
    if key is None:
        must_open(path, None)
    with translated(path):
        database = connect(path, writable=True, passphrase=key)
        try:
            checked = check_at_start(path, database, at)
            journal = Journal(path, database, held, checked, key)
            _must_suit(journal, practice=practice)
            _must_be_known(path, database)
            if is_older(database):
                _back_up_first(journal, at)
                upgrade(database)
                must_be_guarded(path, database)
            journal.bring_present_up(compared=checked.whole)
        except BaseException:
            database.close()
            raise
    return journal


def _must_be_known(path: Path, database: Database) -> None:
    """Refused where a later program wrote it, whose kinds of entry this one would pass over."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > USER_VERSION:
        raise JournalTooNew(path, version, USER_VERSION)


def _back_up_first(journal: Journal, at: datetime) -> None:
    """A copy that was read back, before the layout changes; practice holds nothing to lose."""
    if not journal.practice:
        make_backup(journal, backup_folder(journal.path), at)


def _must_suit(journal: Journal, *, practice: bool) -> None:
    if practice and not journal.practice:
        raise NotThePracticeJournal(journal.path)


def _must_be_writable(path: Path) -> None:
    # The mode is asked too: an administrator may write what is marked as not to be written.
    if path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise JournalReadOnly(path)
    marked = sys.platform != "win32" and not path.parent.stat().st_mode & stat.S_IWUSR
    if marked or not os.access(path.parent, os.W_OK):
        raise JournalFolderReadOnly(path.parent)
