"""What a restore would do: backup and journal are compared, and nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from il2desk.desk.desk import key_of
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import (
    Entry,
    Head,
    JournalEncrypted,
    JournalFault,
    JournalMissing,
    JournalReader,
    Passphrase,
    WrongPassphrase,
    noted_journal_id,
    open_read_only,
    site_zone,
)

MISSING = "missing"
"""What stands in a plan where no file is at the journal's place."""


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would do to the journal at `path`.

    `state` is "whole", "missing" or a sentence why the journal there cannot be read. `lost` counts
    the entries of each kind that the journal has and the backup has not, `since` is the time of
    the first of them. `differs` says that each holds entries which the other
    does not; `holds` names site and patients of the backup. `locked` says that the journal there is
    encrypted and was not opened by what was typed for the backup: `plan_unlocked` opens it by its own.
    `zone` is that of the backup's site, None where it has none yet.
    """

    path: Path
    backup: Path
    backup_head: Head
    backup_time: datetime | None
    state: str
    journal_head: Head | None
    lost: tuple[tuple[str, int], ...]
    since: datetime | None
    differs: bool
    holds: str
    locked: bool = False
    zone: ZoneInfo | None = None
    passphrase: Passphrase | None = None
    journal_passphrase: Passphrase | None = None


def plan_restore(path: Path, backup: Path, passphrase: str | None = None) -> RestorePlan | Refusal:
    """Compare a backup with the journal at `path`; nothing is written.

    `passphrase` opens an encrypted backup, and the journal where it has the same.

    Refused where the backup is not whole, is another trial's journal, or where nothing would
    change. Raises a JournalFault where the backup cannot be opened.
    """
    return _with_keys(path, backup, key_of(passphrase), key_of(passphrase))


def plan_unlocked(plan: RestorePlan, passphrase: str) -> RestorePlan | Refusal:
    """The same plan with the journal opened by its own passphrase, so that what is lost is counted.

    Raises WrongPassphrase where this is not it, or another JournalFault.
    """
    key = Passphrase(passphrase)
    open_read_only(plan.path, key).close()
    return _with_keys(plan.path, plan.backup, plan.passphrase, key)


def planned_anew(plan: RestorePlan) -> RestorePlan | Refusal:
    """The same plan as backup and journal are now, by the same passphrases. Raises a JournalFault."""
    return _with_keys(plan.path, plan.backup, plan.passphrase, plan.journal_passphrase)


def _with_keys(
    path: Path, backup: Path, of_backup: Passphrase | None, of_journal: Passphrase | None
) -> RestorePlan | Refusal:
    plan = _planned(path, backup, of_backup, of_journal)
    if isinstance(plan, Refusal):
        return plan
    with open_read_only(backup, of_backup) as copy:
        zone = site_zone(copy)
    return replace(plan, zone=zone, passphrase=of_backup, journal_passphrase=of_journal)


def _planned(
    path: Path, backup: Path, of_backup: Passphrase | None, of_journal: Passphrase | None
) -> RestorePlan | Refusal:
    if not backup.is_file():
        return refuse(
            "no-file", tell("There is no file {backup}. Name a file of the backups.", backup=backup)
        )
    if path.exists() and backup.samefile(path):
        return refuse("same-file", "That is the journal itself. Choose a file of its backups.")
    with open_read_only(backup, of_backup) as copy:
        report = copy.check()
        if not report.ok:
            return refuse(
                "backup-not-whole",
                tell(
                    "{name} is not whole: {problems}. Choose an older backup.",
                    name=backup.name,
                    problems=report.problems[0],
                ),
            )
        entries = copy.entries()
        last = entries[-1].at if entries else None
        holds = _holds(entries)
        locked = False
        try:
            with open_read_only(path, of_journal) as journal:
                if journal.journal_id != copy.journal_id:
                    return refuse(
                        "another-journal",
                        tell(
                            "{name} is a backup of another journal. Choose one of this journal.",
                            name=backup.name,
                        ),
                    )
                return _compared(path, backup, (copy, last, holds), journal)
        except JournalMissing:
            state = MISSING
        except (JournalEncrypted, WrongPassphrase) as fault:
            state, locked = str(fault), True
        except JournalFault as fault:
            state = str(fault)
        if noted_journal_id(path) not in ("", copy.journal_id):
            return refuse(
                "another-journal",
                tell(
                    "{name} is not a backup of the journal that was last opened here. Choose one of this journal.",
                    name=backup.name,
                ),
            )
        return RestorePlan(
            path, backup, copy.head(), last, state, None, (), None, differs=False, holds=holds,
            locked=locked,
        )  # fmt: skip


def _holds(entries: tuple[Entry, ...]) -> str:
    """Whose journal a backup is, so that two people see it before they sign."""
    sites = [one.body.get("site") for one in entries if one.kind == "site-set-up"]
    codes = [one.body.get("trial_code") for one in entries if one.kind == "subject-registered"]
    site = sites[-1] if sites else "no site"
    patients = ", ".join(str(code) for code in codes) or "none"
    return tell("It is the journal of {site}; patients: {patients}.", site=site, patients=patients)


def _compared(
    path: Path,
    backup: Path,
    of_backup: tuple[JournalReader, datetime | None, str],
    journal: JournalReader,
) -> RestorePlan | Refusal:
    """A journal that can be read beside its backup."""
    copy, last, holds = of_backup
    head, report = copy.head(), journal.check()
    if report.ok and journal.head() == head:
        return refuse("no-change", "The journal ends where this backup ends. Nothing would change.")
    try:
        common = _last_common(copy, journal)
        beyond = [one for one in journal.entries() if one.sequence > common]
        differs = common < min(head.sequence, journal.head().sequence)
    except JournalFault as fault:
        return RestorePlan(
            path, backup, head, last, str(fault), None, (), None, differs=False, holds=holds
        )
    kinds = Counter(one.kind for one in beyond)
    state = (
        "whole"
        if report.ok
        else tell("not as it was written: {problems}", problems=report.problems[0])
    )
    since = beyond[0].at if beyond else None
    lost = tuple(sorted(kinds.items()))
    return RestorePlan(
        path, backup, head, last, state, journal.head(), lost, since, differs=differs, holds=holds
    )


def _last_common(copy: JournalReader, journal: JournalReader) -> int:
    """The last entry that both hold: what is chained to it before is the same in both."""
    least, most = 0, min(copy.head().sequence, journal.head().sequence)
    while least < most:
        middle = (least + most + 1) // 2
        if copy.hash_at(middle) == journal.hash_at(middle):
            least = middle
        else:
            most = middle - 1
    return least
