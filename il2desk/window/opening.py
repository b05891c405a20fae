"""Opens a journal for the window, or says in three sentences why not and what can be done."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path

from il2desk import paths
from il2desk.desk import (
    Desk,
    JournalFault,
    JournalMissing,
    open_desk,
    open_desk_to_read,
    open_last_backup,
)
from il2desk.window.folder_advice import cannot_write
from il2desk.words import say

READABLE = ("journal-busy", "journal-read-only", "journal-folder-read-only", "journal-altered")
LOST = ("journal-missing", "not-a-journal", "journal-damaged", "journal-altered")
"""Faults after which a backup may take the journal's place."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no journal is open: what happened, what is safe, what to do; and what is offered.

    `offers` are ids with the words of their buttons: again, read, backup, restore, create.
    """

    sentences: tuple[str, str, str]
    offers: tuple[tuple[str, str], ...]


def open_for_window(
    journal: Path | None,
    *,
    practice: bool,
    create: bool = False,
    read_only: bool = False,
    backup: bool = False,
) -> Desk | Trouble | None:
    """Open the journal that was named, remembered or lies in the usual place.

    None where there is no journal and none was ever chosen: then the first run begins. A journal
    that was named or remembered and is missing is never made silently: its drive may be away.
    """
    try:
        if backup:
            return open_last_backup(journal or paths.journal_file())
        return _open(journal, practice=practice, create=create, read_only=read_only)
    except JournalFault as fault:
        return Trouble((fault.what, fault.safe, fault.do), _offers(fault))
    except paths.SettingsFault as fault:
        return Trouble((fault.what, fault.safe, fault.do), (("again", say("Try again")),))
    except OSError as error:
        return Trouble(cannot_write(error), (("again", say("Try again")),))


def _open(journal: Path | None, *, practice: bool, create: bool, read_only: bool) -> Desk | None:
    if practice:
        from il2desk.desk import open_practice  # noqa: PLC0415

        return open_practice(journal or paths.practice_journal())
    chosen = journal or paths.remembered_journal()
    usual = paths.default_journal_folder() / paths.JOURNAL_FILE
    if chosen is None and not usual.exists():
        return None
    path = chosen or usual
    if read_only:
        return open_desk_to_read(path)
    if not create and not path.exists():
        raise JournalMissing(path)
    return open_desk(path, create=create, owner=owner_name())


def owner_name() -> str:
    """Return who a second opener is told about: the name of this account, or empty text."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""


def _offers(fault: JournalFault) -> tuple[tuple[str, str], ...]:
    """What may be tried, the least that changes anything first."""
    offers = [("again", say("Try again"))]
    if fault.code in READABLE:
        offers.append(("read", say("Open to read only")))
    if fault.code in (*LOST, *READABLE):
        offers.append(("backup", say("Read the last backup")))
    if fault.code in LOST:
        offers.append(("restore", say("Restore a backup")))
    if isinstance(fault, JournalMissing):
        offers.append(("create", say("Create a new journal there")))
    return tuple(offers)
