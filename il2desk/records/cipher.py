"""SQLCipher, loaded only where an encrypted journal is made or opened.

It is SQLite with every page encrypted and signed; its errors are no errors of `sqlite3`, and carry
no extended code. `ERRORS` names both kinds, for every `except` of this room.
"""

from __future__ import annotations

import importlib.util
import os
import sqlite3
from typing import TYPE_CHECKING, Any

from il2desk.records.faults import EncryptionMissing, WrongPassphrase

if TYPE_CHECKING:
    from pathlib import Path

    from il2desk.records.passphrase import Passphrase

ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)
"""What SQLite raises, and SQLCipher too once it is loaded: ask for it as `cipher.ERRORS`."""

_opened: dict[Path, tuple[int, int]] = {}
"""Which file lay at a path when it was last opened here: SQLCipher does not say that it was replaced."""


def encryption_available() -> bool:
    """Return whether this installation can make and open encrypted journals."""
    return importlib.util.find_spec("sqlcipher3") is not None


def open_keyed(path: Path, uri: str, passphrase: Passphrase, *, timeout: int) -> sqlite3.Connection:
    """Open the file of an encrypted journal, or make an empty one, and prove the passphrase.

    Raises EncryptionMissing, WrongPassphrase, or one of ERRORS.
    """
    connection = _module(path).connect(uri, uri=True, isolation_level=None, timeout=timeout)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
        _set_key(connection, path, passphrase)
        connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if primary_code(error) == sqlite3.SQLITE_NOTADB:
            raise WrongPassphrase(path) from None
        raise
    _opened[path.absolute()] = _identity(path)
    return connection  # type: ignore[no-any-return]  # it has every method of sqlite3's that is used


def open_any(path: Path, uri: str, passphrase: Passphrase | None) -> sqlite3.Connection:
    """Open a file by SQLCipher, as a plain SQLite file where there is no passphrase; raises as above."""
    if passphrase is not None:
        return open_keyed(path, uri, passphrase, timeout=0)
    plain: sqlite3.Connection = _module(path).connect(uri, uri=True, isolation_level=None)
    plain.execute("PRAGMA cipher_log_level = NONE")  # of what is read into it
    return plain


def _module(path: Path) -> Any:  # noqa: ANN401 - it has no types
    global ERRORS  # noqa: PLW0603 - the one place that widens it
    try:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 - only for a site that chose encryption
    except ImportError as error:
        raise EncryptionMissing(path) from error
    ERRORS = (sqlite3.Error, dbapi2.Error)
    return dbapi2


def _set_key(connection: Any, path: Path, passphrase: Passphrase) -> None:  # noqa: ANN401
    try:
        text = passphrase.reveal()
        text.encode()
        if not text or "\0" in text:
            raise WrongPassphrase(path)
        quoted = text.replace("'", "''")
        connection.execute(f"PRAGMA key = '{quoted}'")
    except UnicodeEncodeError:
        raise WrongPassphrase(path) from None


def primary_code(error: BaseException) -> int:
    """Return SQLite's primary result code of an error, or that of an error without one."""
    code = getattr(error, "sqlite_errorcode", None)
    return (code if isinstance(code, int) else sqlite3.SQLITE_ERROR) & 0xFF


def code_of(error: Exception, path: Path) -> int:
    """Return the result code of an error about `path`, extended where it matters to us.

    SQLCipher says only that something may not be written, not why; and of a page that is not as it
    was signed that the file is no database, though its passphrase was proved before.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, sqlite3.Error) or not isinstance(code, int):
        return code if isinstance(code, int) else sqlite3.SQLITE_ERROR
    if str(error) == "database or disk is full":  # an export says it without its code
        return sqlite3.SQLITE_FULL
    if code == sqlite3.SQLITE_READONLY:
        return _why_read_only(path)
    return sqlite3.SQLITE_CORRUPT if code == sqlite3.SQLITE_NOTADB else code


def _why_read_only(path: Path) -> int:
    if _identity(path) != _opened.get(path.absolute(), _identity(path)) or not path.exists():
        return sqlite3.SQLITE_READONLY_DBMOVED
    if has_unfinished_write(path):
        return sqlite3.SQLITE_READONLY_ROLLBACK
    if not os.access(path.parent, os.W_OK):
        return sqlite3.SQLITE_READONLY_DIRECTORY
    return sqlite3.SQLITE_READONLY


def has_unfinished_write(path: Path) -> bool:
    """Return whether a write to the file was cut off, so that it is taken back at the next opening."""
    try:
        return path.with_name(path.name + "-journal").stat().st_size > 0
    except OSError:
        return False


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
