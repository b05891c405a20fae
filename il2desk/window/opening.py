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
    never_encrypted,
    open_desk,
    open_desk_to_read,
    open_last_backup,
)
from il2desk.window.folder_advice import cannot_write
from il2desk.words import say

ASKING = ("journal-encrypted", "wrong-passphrase")
"""Faults after which a passphrase is asked for."""
READABLE = ("journal-busy", "journal-read-only", "journal-folder-read-only", "journal-altered")
LOST = ("journal-missing", "not-a-journal", "journal-damaged", "journal-altered")
"""Faults after which a backup may take the journal's place."""
BEHIND = "journal-behind-backup"
"""An older copy lies in the journal's place: a backup beside it holds more."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no journal is open: what happened, what is safe, what to do; and what is offered.

    `offers` are ids with the words of their buttons: again, read, backup, restore, create.
    """

    sentences: tuple[str, str, str]
    offers: tuple[tuple[str, str], ...]
    asks: bool = False
    """Whether the passphrase of the journal is to be typed."""


def open_for_window(
    journal: Path | None,
    *,
    practice: bool,
    create: bool = False,
    read_only: bool = False,
    backup: bool = False,
    passphrase: str | None = None,
) -> Desk | Trouble | None:
    """Open the journal that was named, remembered or lies in the usual place.

    None where there is no journal and none was ever chosen: then the first run begins. A journal
    that was named or remembered and is missing is never made silently: its drive may be away.
    `passphrase` opens an encrypted journal and makes a new one encrypted.
    """
    try:
        if backup:
            return open_last_backup(journal or paths.journal_file(), passphrase=passphrase)
        if practice:
            return _practice(journal)
        if read_only:
            return _to_read(journal, passphrase)
        return _open(journal, create=create, passphrase=passphrase)
    except JournalFault as fault:
        if fault.code in ASKING:
            return _asking(fault, journal)
        return Trouble((fault.what, fault.safe, fault.do), _offers(fault))
    except paths.SettingsFault as fault:
        return Trouble((fault.what, fault.safe, fault.do), (("again", say("Try again")),))
    except OSError as error:
        return Trouble(cannot_write(error), (("again", say("Try again")),))


def _asking(fault: JournalFault, journal: Path | None) -> Trouble:
    """What a missing or a wrong passphrase leads to; other ways on only where one may be needed."""
    path = _chosen(journal)
    damaged = fault.code == "journal-encrypted" and path is not None and never_encrypted(path)
    offers = (
        ("backup", say("Read the last backup")),
        ("restore", say("Restore a backup")),
    )
    doubt = say(
        "The newest backup is not encrypted: if nobody encrypted this journal, the file is damaged. Read or "
        "restore the last backup then."
    )
    told = (fault.what, fault.safe, doubt if damaged else fault.do)
    return Trouble(told, offers if damaged or fault.code != "journal-encrypted" else (), asks=True)


def _practice(journal: Path | None) -> Desk:
    from il2desk.desk import open_practice  # noqa: PLC0415

    return open_practice(journal or paths.practice_journal())


def _chosen(journal: Path | None) -> Path | None:
    """The journal that was named, remembered, or lies in the usual place; None where none was ever chosen."""
    chosen = journal or paths.remembered_journal()
    usual = paths.default_journal_folder() / paths.JOURNAL_FILE
    return chosen or (usual if usual.exists() else None)


def _to_read(journal: Path | None, passphrase: str | None) -> Desk | None:
    path = _chosen(journal)
    return None if path is None else open_desk_to_read(path, passphrase=passphrase)


def _open(journal: Path | None, *, create: bool, passphrase: str | None) -> Desk | None:
    path = _chosen(journal)
    if path is None:
        return None
    if not create and not path.exists():
        raise JournalMissing(path)
    return open_desk(path, create=create, owner=owner_name(), passphrase=passphrase)


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
    if fault.code in (*LOST, *READABLE, BEHIND):
        offers.append(("backup", say("Read the last backup")))
    if fault.code in (*LOST, BEHIND):
        offers.append(("restore", say("Restore a backup")))
    if isinstance(fault, JournalMissing):
        offers.append(("create", say("Create a new journal there")))
    return tuple(offers)
