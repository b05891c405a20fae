"""Puts a backup in the place of a journal. The file that was there is kept under another name."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from il2desk.records import lock
from il2desk.records.connection import connect, new_file, translated
from il2desk.records.copy_faults import BackupFailed
from il2desk.records.durable import settle_file, settle_folder
from il2desk.records.looking import key_for, open_read_only
from il2desk.records.unfinished import part_of, remove_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from il2desk.records.passphrase import Passphrase


def put_back(
    backup: Path,
    path: Path,
    at: datetime,
    owner: str,
    finish: Callable[[Path], None],
    passphrase: Passphrase | None = None,
) -> None:
    """Put a copy of a backup at `path`; the file that was there is kept under `kept_name`.

    The copy is made beside `path`, read back and checked, and `finish` writes into it what a restore
    must never be without, before anything there is moved. `at` is aware; `owner` is who is told to a
    second opener. An encrypted backup needs its `passphrase`, and the copy is encrypted by it from
    its first byte on. Raises BackupFailed where the backup is not whole, JournalEncrypted or
    WrongPassphrase, JournalBusy while the journal is open elsewhere, or another JournalFault when
    the disk fails; the file at `path` is then untouched.
    """
    backup, path = backup.absolute(), path.absolute()
    key = key_for(backup, passphrase)
    held = lock.take(path, owner, at)
    part = part_of(path)
    try:
        with translated(path):
            remove_part(path)
            _copy(backup, part, key)
            part.chmod((path if path.exists() else backup).stat().st_mode & 0o777)
            settle_file(part)
            _must_be_whole(part, backup, key)
        finish(part)
        with translated(path):
            _moved_away(path, at)
            part.replace(path)
            settle_folder(path.parent)
    finally:
        remove_part(path)
        held.release()


def kept_name(path: Path, at: datetime) -> str:
    """The name under which a restore at a moment keeps the file that was at `path`."""
    return f"{path.stem}-before-restore-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}"


def _copy(backup: Path, part: Path, key: Passphrase | None) -> None:
    with (
        closing(connect(backup, writable=False, passphrase=key)) as source,
        closing(new_file(part, key)) as copy,
    ):
        source.conn.backup(copy)


def _must_be_whole(part: Path, backup: Path, key: Passphrase | None) -> None:
    with open_read_only(part, key) as copy:
        report = copy.check()
    if not report.ok:
        raise BackupFailed(backup, f"the backup is not whole: {report.problems[0]}")


def _moved_away(path: Path, at: datetime) -> None:
    """Rename what lies at `path`, with the file of a write that was cut short, to a name with the time."""
    if not path.exists():
        return
    kept = path.with_name(kept_name(path, at))
    if kept.exists():
        raise BackupFailed(path, f"{kept.name} is there already; wait a second")
    for tail in ("-journal", "-wal", "-shm"):
        side = path.with_name(path.name + tail)
        if side.exists():
            side.rename(kept.with_name(kept.name + tail))
    path.rename(kept)
