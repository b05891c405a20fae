"""Backing up: when a backup is due, making it in the site's folders, and how old the last one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from il2desk.desk.desk import Desk
from il2desk.dosing import Refusal, refuse
from il2desk.records import (
    Backup,
    Entry,
    Journal,
    JournalFault,
    backups_in,
    kept_heads,
    make_backup,
)

FOLDER = "backups"
"""The folder of backups beside the journal."""
_DAILY = timedelta(hours=24)
_MAY_NAME = ("pharmacist", "administrator")


@dataclass(frozen=True, slots=True)
class BackupState:
    """How the journal is backed up: the newest backup's time in the site's zone, or None.

    `behind` says that entries were stored since; `overdue` that they are not backed up for longer
    than a day. `second_folder` is the site's own folder, None where it named none.
    """

    taken: datetime | None
    behind: bool
    overdue: bool
    second_folder: Path | None


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was made: the backups, and a fault for each folder where none could be made."""

    made: tuple[Backup, ...]
    faults: tuple[JournalFault, ...]


def backup_folder(desk: Desk) -> Path:
    """The folder beside the journal in which backups are kept."""
    return desk.journal.path.parent / FOLDER


def second_backup_folder(desk: Desk) -> Path | None:
    """The second folder as the site last named it, or None."""
    entries = desk.journal.entries(kind="backup-folder-named")
    named = entries[-1].body["folder"] if entries else ""
    return Path(named) if named else None


def backup_state(desk: Desk) -> BackupState:
    """How old the last backup is and whether one is due. Raises a JournalFault."""
    folder, journal = backup_folder(desk), desk.journal
    found = backups_in(folder, journal.journal_id)
    heads, _ = kept_heads(folder, journal.journal_id)
    names = {one.path.name for one in found}
    last = next((one for one in reversed(heads) if one.file in names), None)
    head = journal.head()
    behind = head.sequence > 0 if last is None else last.head != head
    newest = found[0].taken if found else None
    old = newest is None or desk.clock.now() - newest > _DAILY
    taken = None if newest is None else desk.local(newest)
    return BackupState(taken, behind, behind and old, second_backup_folder(desk))


def back_up(desk: Desk) -> BackedUp:
    """Back the journal up into the folder beside it and into the site's second folder.

    Each copy is read back and checked before it counts. A folder that fails keeps the others from
    nothing; its fault says what happened, what is safe and what to do.
    """
    journal = desk.journal
    if not isinstance(journal, Journal):
        return BackedUp((), ())
    second = second_backup_folder(desk)
    made: list[Backup] = []
    faults: list[JournalFault] = []
    for folder in (backup_folder(desk), *([] if second is None else [second])):
        try:
            backup, _ = make_backup(journal, folder, desk.clock.now())
        except JournalFault as fault:
            faults.append(fault)
        else:
            made.append(backup)
    return BackedUp(tuple(made), tuple(faults))


def back_up_to(desk: Desk, folder: Path) -> Backup:
    """Back the journal up into a folder that is named now. Raises a JournalFault."""
    journal = desk.journal
    if not isinstance(journal, Journal):
        raise JournalFault(
            "This journal was opened for reading only.",
            "Nothing was written.",
            "Close it where it is open for writing, then back up again.",
        )
    backup, _ = make_backup(journal, folder, desk.clock.now())
    return backup


def name_backup_folder(desk: Desk, folder: str, token: str) -> Entry | Refusal:
    """Store the site's second folder for backups; an empty text names none any more."""
    if (refusal := desk.not_allowed()) is not None:
        return refusal
    if desk.person is not None and desk.person.role not in _MAY_NAME:
        return refuse("role", "The folder is named by a pharmacist or an administrator. Ask one.")
    named = folder.strip()
    if named and not Path(named).is_absolute():
        return refuse("folder", "Enter the folder with its full path.")
    if named and not Path(named).is_dir():
        return refuse("folder", f"There is no folder {named}. Make it, or check the drive.")
    return desk.append("backup-folder-named", {"folder": named}, form_token=token)
