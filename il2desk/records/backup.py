"""Copies a journal so that the copy counts only after it was read back and checked."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from il2desk.records.connection import new_file, translated
from il2desk.records.copy_faults import BackupFailed
from il2desk.records.durable import settle_file, settle_folder
from il2desk.records.faults import JournalFault
from il2desk.records.looking import open_read_only

if TYPE_CHECKING:
    from pathlib import Path

    from il2desk.records.entries import Head
    from il2desk.records.reading import JournalReader


def back_up(journal: JournalReader, path: Path) -> Head:
    """Copy the open `journal` to `path` and return the copy's head, an entry of the journal.

    It works while somebody else writes. The copy is made beside `path`, reopened and checked, and
    then renamed over an older backup of the same journal. A copy of an encrypted journal has its
    passphrase. Raises BackupFailed when the copy is not whole, or when `path` holds anything but an older backup of this journal; a JournalFault when
    the disk fails.
    """
    path = path.absolute()
    _may_replace(journal, path)
    part = path.with_name(path.name + ".part")
    try:
        with translated(path):
            part.unlink(missing_ok=True)
            least = journal.head().sequence
            with closing(new_file(part, journal.passphrase)) as copy:
                journal.copy_into(copy)
            part.chmod(journal.path.stat().st_mode & 0o777)
            settle_file(part)
            head = _verified(journal, part, path, least)
            part.replace(path)
            settle_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return head


def _verified(journal: JournalReader, part: Path, path: Path, least: int) -> Head:
    """The head of a whole copy, which ends at an entry of the journal, the `least` one or a later."""
    with open_read_only(part, journal.passphrase) as copy:
        report = copy.check()
        if not report.ok:
            raise BackupFailed(path, f"the copy is not whole: {report.problems[0]}")
        head = copy.head()
        held = head.sequence >= least and journal.hash_at(head.sequence) == head.hash
        if copy.journal_id != journal.journal_id or not held:
            raise BackupFailed(path, "the copy does not end where the journal ends")
        return head


def _may_replace(journal: JournalReader, path: Path) -> None:
    if not path.exists():
        return
    if path.samefile(journal.path):
        raise BackupFailed(path, "that is the journal itself")
    try:
        with open_read_only(path, journal.passphrase) as older:
            same, count = older.journal_id == journal.journal_id, older.count()
    except JournalFault as fault:
        raise BackupFailed(path, "a file of that name is there and is no backup") from fault
    if not same:
        raise BackupFailed(path, "a backup of another journal is there")
    if count > journal.count():
        raise BackupFailed(path, "the backup there holds more entries than the journal")
