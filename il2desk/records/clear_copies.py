"""Finds the copies of an encrypted journal that are not encrypted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from il2desk.records.connection import translated
from il2desk.records.faults import JournalFault
from il2desk.records.looking import open_read_only

if TYPE_CHECKING:
    from pathlib import Path

    from il2desk.records.reading import JournalReader

_MAGIC = b"SQLite format 3\0"
_SIDES = ("-journal", "-wal", "-shm")
_KEPT = r"-(?:NOT-ENCRYPTED|before-passphrase|before-restore)-\d{8}T\d{6}Z"


def left_in_the_clear(journal: JournalReader, folder: Path) -> tuple[Path, ...]:
    """Return the files in a folder that hold this journal, or what it was, and are not encrypted.

    A file of another trial is none of them, whatever its name. A folder that is not there holds
    none. Raises a JournalFault where the folder fails.
    """
    with translated(folder):
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        plain = [file for file in files if _is_plain(file) and _is_of(journal, file)]
        sides = [file.with_name(file.name + side) for file in plain for side in _SIDES]
        return tuple(sorted([*plain, *(side for side in sides if side.exists())]))


def _is_plain(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) == _MAGIC


def _is_of(journal: JournalReader, file: Path) -> bool:
    """By the names that this program gives, also where it cannot be read; else by what it holds."""
    if file.name.startswith(f"il2desk-{journal.journal_id[:8]}-"):
        return True
    path = journal.path
    name = re.escape(path.stem) + _KEPT + re.escape(path.suffix)
    if file.parent == path.parent and re.fullmatch(name, file.name):
        return True
    try:
        with open_read_only(file) as copy:
            return copy.journal_id == journal.journal_id
    except JournalFault:
        return False
