"""Reads what a file says it is from its first 100 bytes, without opening it as a database.

Opening a file with SQLite may already change it (a left-over write is taken back), so a file of
a newer program, or of something else, is recognised before SQLite sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.records.faults import JournalTooNew, NotAJournal, StorageFailed
from il2desk.records.schema import APPLICATION_ID, MAJOR

if TYPE_CHECKING:
    from pathlib import Path

# SQLite file format, section 1.3: magic, write and read version, change counter, user version, application id.
_MAGIC = b"SQLite format 3\0"
_LENGTH = 100
_PAGE = 4096  # SQLCipher 4
_VERSIONS = slice(18, 20)
_CHANGES = slice(24, 28)
_USER_VERSION = slice(60, 64)
_APPLICATION_ID = slice(68, 72)
_WAL = b"\x02\x02"


def looks_encrypted(path: Path) -> bool:
    """Return whether a file may be an encrypted journal; raises StorageFailed, or NotAJournal for a folder.

    Nothing in such a file can be told from chance, so only what it is not can be said: a beginning
    of SQLite's own, less than a page, or one byte over and over.
    """
    head = _head(path)
    plain = head.startswith(_MAGIC) or len(set(head[: len(_MAGIC)])) <= 1
    return not plain and path.stat().st_size >= _PAGE


def check_header(path: Path) -> None:
    """Return when `path` is a journal of this layout.

    Raises NotAJournal, JournalTooNew, or StorageFailed when the file cannot be read.
    """
    head = _head(path)
    if len(head) < _LENGTH or not head.startswith(_MAGIC):
        raise NotAJournal(path)
    application = int.from_bytes(head[_APPLICATION_ID], "big")
    check_identity(path, application, int.from_bytes(head[_USER_VERSION], "big"))


def check_identity(path: Path, application: int, version: int) -> None:
    """Return when these are the two numbers of a journal of this layout; else raise as above."""
    if application != APPLICATION_ID:
        raise NotAJournal(path)
    major = version // 1000
    if major > MAJOR:
        raise JournalTooNew(path, major, MAJOR)
    if major < 1:
        raise NotAJournal(path)


def keeps_side_files(path: Path) -> bool:
    """Return whether another program switched the file to a mode with side files (WAL)."""
    return _head(path)[_VERSIONS] == _WAL


def change_counter(path: Path) -> int:
    """Return how often the file says it was written, by whatever program that uses SQLite."""
    return int.from_bytes(_head(path)[_CHANGES], "big")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LENGTH)
    except IsADirectoryError as error:
        raise NotAJournal(path) from error
    except OSError as error:
        raise StorageFailed(path, error.strerror or "unreadable") from error
