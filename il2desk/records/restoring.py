"""Puts a backup in the place of a journal. The file that was there is kept under another name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from il2desk.records import lock
from il2desk.records.connection import connect, translated
from il2desk.records.durable import settle_file, settle_folder
from il2desk.records.faults import BackupFailed
from il2desk.records.looking import open_read_only

if TYPE_CHECKING:
    from pathlib import Path


def put_back(backup: Path, path: Path, at: datetime, owner: str) -> Path | None:
    """Put a copy of a backup at `path`; return where the file that was there lies now, or None.

    The copy is made beside `path`, read back and checked, before anything there is moved; the
    moved file is never deleted. `at` is aware; `owner` is who is told to a second opener.
    Raises BackupFailed where the backup is not whole, JournalBusy while the journal is open
    elsewhere, or another JournalFault when the disk fails; the file at `path` is then untouched.
    """
    backup, path = backup.absolute(), path.absolute()
    held = lock.take(path, owner, at)
    part = path.with_name(path.name + ".part")
    try:
        with translated(path):
            part.unlink(missing_ok=True)
            _copy(backup, part)
            settle_file(part)
            _must_be_whole(part, backup)
            kept = _moved_away(path, at)
            part.replace(path)
            settle_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
        held.release()
    return kept


def _copy(backup: Path, part: Path) -> None:
    with closing(connect(backup, writable=False)) as source, closing(sqlite3.connect(part)) as copy:
        source.conn.backup(copy)


def _must_be_whole(part: Path, backup: Path) -> None:
    with open_read_only(part) as copy:
        report = copy.check()
    if not report.ok:
        raise BackupFailed(backup, f"the backup is not whole: {report.problems[0]}")


def _moved_away(path: Path, at: datetime) -> Path | None:
    """Rename what lies at `path`, with the file of a write that was cut short, to a name with the time."""
    if not path.exists():
        return None
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kept = path.with_name(f"{path.stem}-before-restore-{stamp}{path.suffix}")
    if kept.exists():
        raise BackupFailed(path, f"{kept.name} is there already; wait a second")
    for tail in ("-journal", "-wal", "-shm"):
        side = path.with_name(path.name + tail)
        if side.exists():
            side.rename(kept.with_name(kept.name + tail))
    path.rename(kept)
    return kept
