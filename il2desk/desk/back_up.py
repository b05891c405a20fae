"""Backing up: when a backup is due, making it in the site's folders, and how old the last one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from il2desk.desk.backup_folders import backup_folders, is_folder, second_backup_folder
from il2desk.desk.clear_copies import clear_copies
from il2desk.desk.clock import Clock
from il2desk.desk.desk import Desk, key_of
from il2desk.desk.people import Signature, signed_alone
from il2desk.desk.place import first_refusal
from il2desk.desk.roles import BACKUPS
from il2desk.dosing import Refusal, joined, refuse, tell
from il2desk.records import (
    Backup,
    BackupFailed,
    Entry,
    JournalEncrypted,
    JournalFault,
    JournalReader,
    KeptHead,
    WrongPassphrase,
    backup_folder,
    backups_in,
    head_problems,
    kept_heads,
    looks_encrypted,
    make_backup,
    open_read_only,
    site_zone,
    told_moment,
)

_DAILY = timedelta(hours=24)


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


def backup_state(desk: Desk) -> BackupState:
    """How old the last backup is and whether one is due, in either folder. Raises a JournalFault.

    The last one is that whose head was kept last, whatever a clock that ran ahead wrote into names.
    """
    journal, now = desk.journal, desk.clock.now()
    head, second = journal.head(), second_backup_folder(journal)
    last = _last_kept(backup_folder(journal.path), journal)
    if last is None:
        return BackupState(None, head.sequence > 0, head.sequence > 0, second)
    behind = last.head != head
    overdue = behind and not _fresh(last, now)
    if second is not None and not overdue:
        other = _last_kept(second, journal)
        overdue = other is None or (other.head != head and not _fresh(other, now))
    return BackupState(desk.local(datetime.fromisoformat(last.taken)), behind, overdue, second)


def _last_kept(folder: Path, journal: JournalReader) -> KeptHead | None:
    """The head that was kept last in a folder, of a backup that is still there."""
    names = {one.path.name for one in backups_in(folder, journal.journal_id)}
    heads, _ = kept_heads(folder, journal.journal_id)
    return next((one for one in reversed(heads) if one.file in names), None)


def _fresh(last: KeptHead, now: datetime) -> bool:
    return timedelta(0) <= now - datetime.fromisoformat(last.taken) <= _DAILY


def back_up(desk: Desk, *, thinned: bool = True) -> BackedUp:
    """Back the journal up into the folder beside it and into the site's second folder.

    Practice has nothing to lose, and a journal opened for reading is backed up where it is written:
    then nothing is made. Raises a JournalFault where the journal cannot be read.
    """
    if desk.practice or desk.read_only:
        return BackedUp((), ())
    return _made(
        desk.journal, backup_folders(desk.journal), desk.clock.now(), known=True, thinned=thinned
    )


def back_up_file(
    path: Path, to: Path | None, clock: Clock, passphrase: str | None = None
) -> BackedUp:
    """Back the journal at `path` up into its folders, or into the one named instead.

    `passphrase` opens an encrypted one, whose backups have the same. It works while the journal is
    open elsewhere. Raises a JournalFault where it cannot be read.
    """
    with open_read_only(path, key_of(passphrase)) as journal:
        folders = backup_folders(journal) if to is None else (to.absolute(),)
        return _made(journal, folders, clock.now(), known=to is None, thinned=to is None)


def _made(
    journal: JournalReader, folders: tuple[Path, ...], at: datetime, *, known: bool, thinned: bool
) -> BackedUp:
    """Each copy is read back and checked before it counts; a folder that fails stops no other.

    `known`: folders of this journal, which are then `thinned` out or not; another than the one beside it must hold
    its earlier hashes, else it is the empty place of a drive that is away.
    """
    made: list[Backup] = []
    faults: list[JournalFault] = []
    for folder in folders:
        try:
            if known and folder != backup_folder(journal.path):
                _must_be_the_one(folder, journal)
            backup, _ = make_backup(journal, folder, at, thinned=thinned)
        except JournalFault as fault:
            faults.append(fault)
        else:
            made.append(backup)
    return BackedUp(tuple(made), tuple(faults))


def _must_be_the_one(folder: Path, journal: JournalReader) -> None:
    if folder.is_dir() and not kept_heads(folder, journal.journal_id)[0]:
        raise BackupFailed(
            folder, "none of this journal's earlier backups lies there; is the drive connected"
        )


def name_backup_folder(
    desk: Desk, folder: str, token: str, signed: Signature | None = None
) -> Entry | Refusal:
    """Store the site's second folder for backups, with a first backup in it; empty names none any more.

    Raises a JournalFault where none can be made there; the folder is then not named.
    """
    if (refusal := desk.not_allowed(BACKUPS)) is not None:
        return refusal
    if signed is not None and (refusal := first_refusal(desk, signed)) is not None:
        return refusal
    named = folder.strip()
    if named and not Path(named).is_absolute():
        return refuse("folder", "Enter the folder with its full path.")
    if named and not is_folder(Path(named)):
        return refuse(
            "folder", tell("There is no folder {named}. Make it, or check the drive.", named=named)
        )
    if named and not desk.read_only:
        own = backup_folder(desk.journal.path)
        if own.is_dir() and own.samefile(named):
            return refuse("folder", "That is the folder beside the journal. Name another disk.")
        make_backup(desk.journal, Path(named), desk.clock.now())
    body = {"folder": named, **signed_alone(signed)}
    return desk.append("backup-folder-named", body, form_token=token)


def backup_problems(journal: JournalReader) -> tuple[str, tuple[str, ...]]:
    """What stands in the folders of backups, and a sentence for everything that is wrong there.

    The heads kept there must all be in the journal; the newest backup of each folder is opened and
    its whole chain checked. Raises a JournalFault where the journal itself cannot be read.
    """
    told: list[str] = [
        _restored(one, site_zone(journal)) for one in journal.entries(kind="journal-restored")
    ]
    told += clear_copies(journal)
    problems: list[str] = []
    for folder in backup_folders(journal):
        if not is_folder(folder):
            if folder == backup_folder(journal.path):
                told.append(tell("no backup was made yet"))
            else:
                problems.append(tell("the second folder {folder} cannot be reached", folder=folder))
            continue
        try:
            told.append(_counted(journal, folder))
            problems += [f"{line} ({folder})" for line in head_problems(journal, folder)]
            problems += _newest_problems(journal, folder)
        except JournalFault as fault:
            problems.append(str(fault))
    return joined("; ", told), tuple(problems)


def _restored(entry: Entry, zone: ZoneInfo | None) -> str:
    """A restore is told at every look: entries stored before it may be gone."""
    signed = [str(one.get("name")) for one in entry.body.get("signatures", ())]
    names = " and ".join(signed) or "nobody who signed"
    when = told_moment(entry.at, zone)
    return tell(
        "restored to entry {backup_sequence} on {when} by {names}",
        backup_sequence=entry.body.get("backup_sequence"),
        when=when,
        names=names,
    )


def _counted(journal: JournalReader, folder: Path) -> str:
    found = backups_in(folder, journal.journal_id)
    if not found:
        return tell("no backup in {folder}", folder=folder)
    word = "backup" if len(found) == 1 else "backups"
    newest = told_moment(found[0].taken, site_zone(journal))
    return tell(
        "{found} {word} in {folder}, the newest of {newest}",
        found=len(found),
        word=word,
        folder=folder,
        newest=newest,
    )


def _newest_problems(journal: JournalReader, folder: Path) -> list[str]:
    """Why the last backup of a folder could not be restored: the last that was made, not by its name."""
    last, found = _last_kept(folder, journal), backups_in(folder, journal.journal_id)
    if last is None and not found:
        return []
    newest = found[0].path if last is None else folder / last.file
    if journal.passphrase is not None and not looks_encrypted(newest):
        return [tell("{name} is not encrypted, and the journal is: back up now", name=newest.name)]
    try:
        copy = open_read_only(newest, journal.passphrase)
    except (WrongPassphrase, JournalEncrypted):
        return [
            tell(
                "{name} has not the journal's passphrase, or is destroyed: back up now",
                name=newest.name,
            )
        ]
    with copy:
        report = copy.check()
        if copy.journal_id != journal.journal_id:
            return [tell("{name} is a backup of another journal", name=newest.name)]
    return (
        []
        if report.ok
        else [
            tell("{name} is not whole: {problems}", name=newest.name, problems=report.problems[0])
        ]
    )
