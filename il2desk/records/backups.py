"""The backups of a journal in a folder: made, found, and thinned out to days and months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from il2desk.records.backup import back_up
from il2desk.records.connection import translated
from il2desk.records.copy_faults import BackupFailed
from il2desk.records.faults import JournalFault
from il2desk.records.kept_heads import KeptHead, keep_head, kept_heads
from il2desk.records.unfinished import is_of_a_change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from il2desk.records.entries import Head
    from il2desk.records.reading import JournalReader

FOLDER = "backups"
"""The folder of backups beside the journal."""
DAILY = 30
"""Days of which the newest backup is kept."""
MONTHLY = 24
"""Months of which the newest backup is kept."""
_NAME = re.compile(r"il2desk-(?P<id>[0-9a-f]{8})-(?P<taken>\d{8}T\d{6}Z)\.sqlite")
_BEFORE_RESTORE = re.compile(r".*-before-restore-\d{8}T\d{6}Z\.[^.]*")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file and when it was taken, in UTC to the second."""

    path: Path
    taken: datetime


def backup_folder(journal: Path) -> Path:
    """Return the folder beside a journal file in which its backups are kept."""
    return journal.absolute().parent / FOLDER


def backups_in(folder: Path, journal_id: str = "") -> tuple[Backup, ...]:
    """Return the backups of a journal that lie in a folder, newest first; of any journal without id.

    They are told by their names; nothing is opened. Raises a JournalFault where the folder is
    there and cannot be read.
    """
    found: list[Backup] = []
    with translated(folder):
        names = list(folder.iterdir()) if folder.is_dir() else []
    for path in names:
        name = _NAME.fullmatch(path.name)
        if name is None or (journal_id and not journal_id.startswith(name["id"])):
            continue
        taken = _moment(name["taken"])
        if taken is not None:
            found.append(Backup(path, taken))
    return tuple(sorted(found, key=lambda one: one.taken, reverse=True))


def is_kept_copy(path: Path) -> bool:
    """Whether a file is, by its name, a backup or what was kept as it was: neither is worked in."""
    kept = _BEFORE_RESTORE.fullmatch(path.name) or is_of_a_change(path)
    return bool(_NAME.fullmatch(path.name) or kept)


def make_backup(
    journal: JournalReader, folder: Path, at: datetime, *, thinned: bool = True
) -> tuple[Backup, Head]:
    """Copy the journal into the folder, read the copy back, and keep its head; `at` is aware.

    Only then older backups are thinned out, where `thinned`. The folder beside the journal is made; another one must
    be there: where its drive is away, nothing is written elsewhere in its name. Raises BackupFailed
    with the cause.
    """
    taken = at.astimezone(UTC).replace(microsecond=0)
    name = f"il2desk-{journal.journal_id[:8]}-{taken:{_STAMP}}.sqlite"
    path = folder / name
    try:
        head = _kept_copy(journal, folder, path, taken)
        if thinned:
            thin_out(folder, journal, keep=path)
    except BackupFailed:
        raise
    except JournalFault as fault:
        raise BackupFailed(path, fault.what.rstrip(".")) from fault
    return Backup(path, taken), head


def _kept_copy(journal: JournalReader, folder: Path, path: Path, taken: datetime) -> Head:
    with translated(folder):
        if folder == backup_folder(journal.path):
            folder.mkdir(exist_ok=True)
        if not folder.is_dir():
            raise BackupFailed(path, "the folder is not there")
    head = back_up(journal, path)
    stamp = taken.replace(tzinfo=None).isoformat() + "Z"
    keep_head(folder, journal.journal_id, KeptHead(stamp, head, path.name))
    return head


def thin_out(folder: Path, journal: JournalReader, keep: Path | None = None) -> tuple[Path, ...]:
    """Remove backups beyond the newest of 30 days and of 24 months; return what was removed.

    `keep` stays in any case: a clock that once ran ahead left names that look newer. So does every
    backup that holds an entry which the journal does not: it may be the only place of it. The heads
    of what is removed stay. Raises a JournalFault when the folder fails.
    """
    found = backups_in(folder, journal.journal_id)
    kept = {one.path for one in _newest_of(found, "%Y-%m-%d", DAILY)}
    kept |= {one.path for one in _newest_of(found, "%Y-%m", MONTHLY)}
    heads = {one.file: one.head for one in kept_heads(folder, journal.journal_id)[0]}
    gone = tuple(
        one.path
        for one in found
        if one.path not in kept | {keep} and _held(journal, heads.get(one.path.name))
    )
    with translated(folder):
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def _held(journal: JournalReader, head: Head | None) -> bool:
    """Whether the journal holds all that a backup with this head does."""
    return head is not None and journal.hash_at(head.sequence) == head.hash


def _newest_of(backups: Iterable[Backup], period: str, most: int) -> tuple[Backup, ...]:
    """The newest backup of each of the last periods in which there is one; newest come first."""
    newest: dict[str, Backup] = {}
    for one in backups:
        newest.setdefault(one.taken.strftime(period), one)
    return tuple(newest.values())[:most]


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
