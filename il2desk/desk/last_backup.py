"""When a journal cannot be used: which backups lie beside it, and reading the last whole one."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from il2desk.desk.clock import Clock
from il2desk.desk.desk import Desk, key_of, open_desk_to_read
from il2desk.records import (
    Backup,
    JournalEncrypted,
    JournalFault,
    NoBackup,
    WrongPassphrase,
    backup_folder,
    backups_in,
    is_of_a_change,
    kept_heads,
    looks_encrypted,
    noted_journal_id,
    open_read_only,
    site_zone,
    told_moment,
)


def backups_beside(journal: Path, passphrase: str | None = None) -> tuple[Backup, ...]:
    """The backups in the folder beside a journal file, newest first.

    Only its own where its id can be read, or was noted beside it at its last start.
    """
    folder = backup_folder(journal)
    try:
        with open_read_only(journal, key_of(passphrase)) as reader:
            wanted = reader.journal_id
    except JournalFault:
        wanted = noted_journal_id(journal)
    return backups_in(folder, wanted)


def told_backups(backups: tuple[Backup, ...]) -> tuple[tuple[Backup, str], ...]:
    """Each backup with when it was taken, in the zone of the site where the newest of them tells it."""
    zone = None if not backups else _zone_of(backups[0].path)
    return tuple((one, told_moment(one.taken, zone)) for one in backups)


def _zone_of(file: Path) -> ZoneInfo | None:
    with contextlib.suppress(JournalFault, OSError), open_read_only(file) as copy:
        return site_zone(copy)
    return None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The newest of the backups that lie where a journal is missing: what a new one there leaves behind.

    `taken` is told in the zone of its site; `entries` is None where no kept head says how many it holds.
    """

    file: Path
    taken: str
    entries: int | None
    backups: int


def left_behind(journal: Path) -> LeftBehind | None:
    """What lies beside the place of a missing journal, of whichever journal; None where nothing does.

    Raises a JournalFault where the folder of backups cannot be read.
    """
    folder = backup_folder(journal)
    found = () if journal.exists() else backups_in(folder)
    if not found:
        return None
    (newest, taken) = told_backups(found[:1])[0]
    heads: dict[str, int] = {}
    with contextlib.suppress(JournalFault):
        kept, _ = kept_heads(folder, newest.path.name.split("-")[1])
        heads = {one.file: one.head.sequence for one in kept}
    return LeftBehind(newest.path, taken, heads.get(newest.path.name), len(found))


def never_encrypted(journal: Path) -> bool:
    """Whether the newest backup beside a journal is not encrypted; what cannot be read says nothing.

    A file that may be an encrypted journal is then rather a damaged one.
    """
    try:
        beside = journal.parent.glob(f"{journal.stem}-*{journal.suffix}")
        if any(is_of_a_change(file) for file in beside):
            return False  # a change of encryption kept the file that was there before
        found = backups_beside(journal)
        return bool(found) and not looks_encrypted(found[0].path)
    except (JournalFault, OSError):
        return False


def backups_of(desk: Desk) -> tuple[Backup, ...]:
    """The backups of the open journal in the folder beside it, newest first. Raises a JournalFault."""
    return backups_in(backup_folder(desk.journal.path), desk.journal.journal_id)


def open_last_backup(
    journal: Path, *, clock: Clock | None = None, passphrase: str | None = None
) -> Desk:
    """Open the newest backup that is whole, to be read only.

    Raises NoBackup where there is none; JournalEncrypted or WrongPassphrase where the newest of them
    needs a passphrase and has not got it: an older one is not taken in its place.
    """
    for backup in backups_beside(journal, passphrase):
        try:
            with open_read_only(backup.path, key_of(passphrase)) as copy:
                whole = copy.check().ok
        except (JournalEncrypted, WrongPassphrase):
            raise
        except JournalFault:
            continue
        if whole:
            desk = open_desk_to_read(backup.path, clock=clock, passphrase=passphrase)
            desk.backup_taken = backup.taken
            return desk
    raise NoBackup(backup_folder(journal))
