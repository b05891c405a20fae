"""The connection to a journal file: its settings, and SQLite's errors in the room's own words."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import quote

from il2desk.records import cipher
from il2desk.records.faults import (
    DiskFull,
    EntryRefused,
    JournalBusy,
    JournalDamaged,
    JournalFault,
    JournalFolderReadOnly,
    JournalReadOnly,
    JournalReplaced,
    JournalUnfinished,
    NotAJournal,
    StorageFailed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from il2desk.records.passphrase import Passphrase

BUSY_MILLISECONDS = 5000
"""How long a write waits for a reader: longer than any reader of ours holds the file."""

_PRAGMAS = (
    ("busy_timeout", str(BUSY_MILLISECONDS), BUSY_MILLISECONDS),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    # FULL may lose an acknowledged commit in this mode when power fails; EXTRA is 3.
    ("synchronous", "EXTRA", 3),
    ("locking_mode", "NORMAL", "normal"),
)


_NO_TEXT = "it holds bytes that are no text where text should be"


def database_version() -> str:
    """Return the version of SQLite that reads and writes journals here."""
    return sqlite3.sqlite_version


def connect(path: Path, *, writable: bool, passphrase: Passphrase | None = None) -> Database:
    """Open an existing file with every setting in force, an encrypted one by its passphrase.

    Raises one of `cipher.ERRORS`, StorageFailed, WrongPassphrase or EncryptionMissing.
    """
    from sqlite_utils import Database  # noqa: PLC0415 - slow to import

    seconds = BUSY_MILLISECONDS // 1000
    uri = file_uri(path, "mode=rw" if writable else "mode=ro")
    if passphrase is None:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=seconds)
    else:
        connection = cipher.open_keyed(path, uri, passphrase, timeout=seconds)
    try:
        database = Database(connection, execute_plugins=False)
        _settle(database, path, writable=writable)
    except BaseException:
        connection.close()
        raise
    return database


def new_file(path: Path, passphrase: Passphrase | None) -> sqlite3.Connection:
    """Make an empty file where none is and open it, encrypted where there is a passphrase.

    Raises one of `cipher.ERRORS` or EncryptionMissing.
    """
    if passphrase is None:
        return sqlite3.connect(path, isolation_level=None)
    return cipher.open_keyed(path, file_uri(path, "mode=rwc"), passphrase, timeout=0)


def file_uri(path: Path, how: str) -> str:
    """Return the address of a file with SQLite's word for how to open it."""
    place = path.absolute().as_posix()
    slash = "" if place.startswith("/") else "/"
    return f"file://{slash}{quote(place, safe='/:')}?{how}"


def _settle(database: Database, path: Path, *, writable: bool) -> None:
    settings = (*_PRAGMAS, ("journal_mode", "DELETE", "delete")) if writable else _PRAGMAS
    for name, value, expected in settings:
        database.execute(f"PRAGMA {name} = {value}").fetchall()
        (got,) = database.execute(f"PRAGMA {name}").fetchone()
        if got != expected:
            raise StorageFailed(path, f"SQLite does not take {name} = {value}")
    if not writable:
        database.execute("PRAGMA query_only = ON")


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the system about `path` into faults of this room."""
    try:
        yield
    except cipher.ERRORS as error:
        raise fault_of(error, path) from error
    except UnicodeDecodeError as error:  # so sqlite3 answers where a message quotes spoiled text
        raise JournalDamaged(path, _NO_TEXT) from error
    except OSError as error:
        raise system_fault(error, path) from error


def fault_of(error: Exception, path: Path) -> JournalFault:
    """Return the fault that says in our words what SQLite said about `path`."""
    code = cipher.code_of(error, path)
    simple = {
        sqlite3.SQLITE_READONLY_DBMOVED: JournalReplaced,
        sqlite3.SQLITE_READONLY_ROLLBACK: JournalUnfinished,
        sqlite3.SQLITE_FULL: DiskFull,
        sqlite3.SQLITE_NOTADB: NotAJournal,
        sqlite3.SQLITE_READONLY: JournalReadOnly,
    }
    if code == sqlite3.SQLITE_READONLY_DIRECTORY:
        return JournalFolderReadOnly(path.parent)
    kind = simple.get(code) or simple.get(code & 0xFF)
    if kind is not None:
        return kind(path)
    return _wordy_fault(code & 0xFF, str(error), path)


def _wordy_fault(code: int, detail: str, path: Path) -> JournalFault:
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return JournalBusy(path, None)
    if code == sqlite3.SQLITE_CORRUPT:
        return JournalDamaged(path, detail)
    if detail.startswith("Could not decode to UTF-8"):
        return JournalDamaged(path, _NO_TEXT)
    if code in {sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG}:
        return EntryRefused(detail)
    return StorageFailed(path, detail)


def system_fault(error: OSError, path: Path) -> JournalFault:
    """Return the fault that says in our words what the operating system said about `path`."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return JournalFolderReadOnly(path.parent)
    return StorageFailed(path, error.strerror or type(error).__name__)
