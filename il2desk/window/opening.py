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
    backups_beside,
    left_behind,
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

    `offers` are ids with the words of their buttons, the one that helps most first: again, read,
    backup, restore, create, anew.
    """

    sentences: tuple[str, str, str]
    offers: tuple[tuple[str, str], ...]
    asks: bool = False
    """Whether the passphrase of the journal is to be typed."""


def open_for_window(
    journal: Path | None,
    *,
    practice: bool,
    way: str = "",
    passphrase: str | None = None,
) -> Desk | Trouble | None:
    """Open the journal that was named, remembered or lies in the usual place.

    None where there is no journal and none was ever chosen: then the first run begins. A journal
    that was named or remembered and is missing is never made silently: its drive may be away.
    `way` is empty or an offer that was taken: "read" and "backup" open to read, "create" makes a new
    journal where no backup of an earlier one lies, "anew" also where one does.
    `passphrase` opens an encrypted journal and makes a new one encrypted.
    """
    try:
        if way == "backup":
            return open_last_backup(journal or paths.journal_file(), passphrase=passphrase)
        if practice:
            return _practice(journal)
        if way == "read":
            return _to_read(journal, passphrase)
        left = left_there(_chosen(journal)) if way == "create" else None
        return left or _open(journal, create=way in ("create", "anew"), passphrase=passphrase)
    except JournalFault as fault:
        if fault.code in ASKING:
            return _asking(fault, journal)
        return Trouble((fault.what, fault.safe, fault.do), _offers(fault, _chosen(journal)))
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


def left_there(journal: Path | None) -> Trouble | None:
    """What a new journal would leave behind where it is to be made, or None where nothing lies there.

    Raises a JournalFault where the folder of backups cannot be read.
    """
    found = None if journal is None else left_behind(journal)
    if found is None:
        return None
    named = say("{file}, made {taken}", file=found.file, taken=found.taken)
    if found.entries is not None:
        named = say("{backup}, with {count} entries", backup=named, count=found.entries)
    what = say("Backups of an earlier journal lie there. The newest is {backup}.", backup=named)
    if found.backups == 1:
        what = say("A backup of an earlier journal lies there: {backup}.", backup=named)
    return Trouble(
        (
            what,
            say("Nothing was created, and nothing there was changed."),
            say(
                "Restore it: then every patient, dose and person is here again. A new journal is empty; "
                "what was recorded before stays behind in the backup and is seen by nobody who works in it."
            ),
        ),
        (
            ("restore", say("Restore a backup")),
            ("backup", say("Read the last backup")),
            ("again", say("Go back")),
            ("anew", say("Create an empty journal and leave the backups behind")),
        ),
    )


def _offers(fault: JournalFault, path: Path | None) -> tuple[tuple[str, str], ...]:
    """What may be tried: first what helps with this fault, then what changes least."""
    offers = [("again", say("Try again"))]
    if fault.code in READABLE:
        offers.append(("read", say("Open to read only")))
    if fault.code in (*LOST, *READABLE, BEHIND):
        offers.append(("backup", say("Read the last backup")))
    if fault.code in (*LOST, BEHIND):
        offers.append(("restore", say("Restore a backup")))
    if isinstance(fault, JournalMissing):
        offers.append(("create", say("Create a new journal there")))
    helps = _helps(fault, path)
    return tuple(sorted(offers, key=lambda offer: offer[0] != helps))


def _helps(fault: JournalFault, path: Path | None) -> str:
    """The offer that helps with a fault: a backup only where one lies there."""
    if fault.code in (*LOST, BEHIND) and path is not None and _has_backup(path):
        return "restore"
    return "read" if fault.code in READABLE else "again"


def _has_backup(path: Path) -> bool:
    try:
        return bool(backups_beside(path))
    except (JournalFault, OSError):
        return False
