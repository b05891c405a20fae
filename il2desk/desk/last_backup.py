"""When a journal cannot be used: which backups lie beside it, and reading the last whole one."""

from __future__ import annotations

from pathlib import Path

from il2desk.desk.clock import Clock
from il2desk.desk.desk import Desk, open_desk_to_read
from il2desk.records import (
    Backup,
    JournalFault,
    NoBackup,
    backup_folder,
    backups_in,
    noted_journal_id,
    open_read_only,
)


def backups_beside(journal: Path) -> tuple[Backup, ...]:
    """The backups in the folder beside a journal file, newest first.

    Only its own where its id can be read, or was noted beside it at its last start.
    """
    folder = backup_folder(journal)
    try:
        with open_read_only(journal) as reader:
            wanted = reader.journal_id
    except JournalFault:
        wanted = noted_journal_id(journal)
    return backups_in(folder, wanted)


def open_last_backup(journal: Path, *, clock: Clock | None = None) -> Desk:
    """Open the newest backup that is whole, to be read only; raises NoBackup where there is none."""
    for backup in backups_beside(journal):
        try:
            with open_read_only(backup.path) as copy:
                whole = copy.check().ok
        except JournalFault:
            continue
        if whole:
            desk = open_desk_to_read(backup.path, clock=clock)
            desk.backup_taken = backup.taken
            return desk
    raise NoBackup(backup_folder(journal))
