"""Asks an encrypted file what it is, by its passphrase, before anything in it may be changed.

The passphrase is proved on a connection that cannot write. Where a write was cut off, such a
connection cannot read: then the file is read as it lies, and where even its first page was being
written, a copy of the file is asked.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from il2desk.records import cipher
from il2desk.records.connection import file_uri, translated
from il2desk.records.faults import JournalUnfinished, WrongPassphrase
from il2desk.records.header import check_identity

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from il2desk.records.passphrase import Passphrase

_SECONDS = 5


def prove(path: Path, passphrase: Passphrase) -> None:
    """Return when the passphrase opens a journal of this layout; the file is not changed.

    Raises WrongPassphrase, EncryptionMissing, NotAJournal, JournalTooNew or another JournalFault.
    """
    with translated(path):
        try:
            numbers = _asked(path, passphrase, "mode=ro")
        except cipher.ERRORS as error:
            unfinished = cipher.has_unfinished_write(path)
            if cipher.primary_code(error) != sqlite3.SQLITE_READONLY or not unfinished:
                raise
            numbers = _asked_as_it_lies(path, passphrase)
    check_identity(path, *numbers)


def check_open(path: Path, database: Database) -> None:
    """Return when an encrypted file that is open to be read is a journal of this layout."""
    check_identity(path, *_numbers(database.conn))
    (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    if mode != "delete":
        raise JournalUnfinished(path)  # another program left it with side files


def _asked_as_it_lies(path: Path, passphrase: Passphrase) -> tuple[int, int]:
    try:
        return _asked(path, passphrase, "mode=ro&immutable=1")
    except WrongPassphrase:
        return _asked_of_a_copy(path, passphrase)


def _asked_of_a_copy(path: Path, passphrase: Passphrase) -> tuple[int, int]:
    copy = path.with_name(path.name + ".proof")
    side = copy.with_name(copy.name + "-journal")
    try:
        shutil.copyfile(path, copy)
        shutil.copyfile(path.with_name(path.name + "-journal"), side)
        return _asked(copy, passphrase, "mode=rw")
    except WrongPassphrase:
        raise WrongPassphrase(path) from None
    finally:
        for file in (copy, side):
            file.unlink(missing_ok=True)


def _asked(path: Path, passphrase: Passphrase, how: str) -> tuple[int, int]:
    uri = file_uri(path, how)
    with closing(cipher.open_keyed(path, uri, passphrase, timeout=_SECONDS)) as connection:
        return _numbers(connection)


def _numbers(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version
