"""Restoring a journal from a backup: what would be lost is shown first, and two people sign."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from il2desk import paths
from il2desk.desk.clock import Clock, utc_text
from il2desk.desk.desk import Desk, Person, key_of
from il2desk.desk.people import Signature, sign_as
from il2desk.desk.roles import RESTORE
from il2desk.dosing import Refusal, refuse, write_moment
from il2desk.protocols import Catalogue, load_catalogue
from il2desk.records import (
    Entry,
    Head,
    JournalFault,
    JournalMissing,
    JournalReader,
    Passphrase,
    kept_name,
    looks_encrypted,
    noted_journal_id,
    open_journal,
    open_read_only,
    put_back,
)

MISSING = "missing"
"""What stands in a plan where no file is at the journal's place."""
RESTORE_FIRST = "I restore the journal from this backup and read what is lost by it"
RESTORE_SECOND = "I read what is lost by this restore and agree"


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would do to the journal at `path`.

    `state` is "whole", "missing" or a sentence why the journal there cannot be read. `lost` counts
    the entries of each kind that the journal has and the backup has not, `since` is the time of
    the first of them. `differs` says that each holds entries which the other
    does not; `holds` names site and patients of the backup.
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
    passphrase: Passphrase | None = None
    journal_passphrase: Passphrase | None = None


def plan_restore(
    path: Path,
    backup: Path,
    passphrase: str | None = None,
    journal_passphrase: str | None = None,
) -> RestorePlan | Refusal:
    """Compare a backup with the journal at `path`; nothing is written.

    `passphrase` opens an encrypted backup; `journal_passphrase` the journal, where that is another one.

    Refused where the backup is not whole, is another trial's journal, or where nothing would
    change. Raises a JournalFault where the backup cannot be opened.
    """
    of_backup = key_of(passphrase)
    of_journal = of_backup if journal_passphrase is None else key_of(journal_passphrase)
    return _with_keys(path, backup, of_backup, of_journal)


def _with_keys(
    path: Path, backup: Path, of_backup: Passphrase | None, of_journal: Passphrase | None
) -> RestorePlan | Refusal:
    plan = _planned(path, backup, of_backup, of_journal)
    if isinstance(plan, Refusal):
        return plan
    return replace(plan, passphrase=of_backup, journal_passphrase=of_journal)


def _planned(
    path: Path, backup: Path, of_backup: Passphrase | None, of_journal: Passphrase | None
) -> RestorePlan | Refusal:
    if not backup.is_file():
        return refuse("no-file", f"There is no file {backup}. Name a file of the backups.")
    if path.exists() and backup.samefile(path):
        return refuse("same-file", "That is the journal itself. Choose a file of its backups.")
    with open_read_only(backup, of_backup) as copy:
        report = copy.check()
        if not report.ok:
            return refuse(
                "backup-not-whole",
                f"{backup.name} is not whole: {report.problems[0]}. Choose an older backup.",
            )
        entries = copy.entries()
        last = entries[-1].at if entries else None
        holds = _holds(entries)
        try:
            with open_read_only(path, of_journal) as journal:
                if journal.journal_id != copy.journal_id:
                    return refuse(
                        "another-journal",
                        f"{backup.name} is a backup of another journal. Choose one of this journal.",
                    )
                return _compared(path, backup, (copy, last, holds), journal)
        except JournalMissing:
            state = MISSING
        except JournalFault as fault:
            state = str(fault)
        if noted_journal_id(path) not in ("", copy.journal_id):
            return refuse(
                "another-journal",
                f"{backup.name} is not a backup of the journal that was last opened here. Choose "
                "one of this journal.",
            )
        return RestorePlan(
            path, backup, copy.head(), last, state, None, (), None, differs=False, holds=holds
        )


def _holds(entries: tuple[Entry, ...]) -> str:
    """Whose journal a backup is, so that two people see it before they sign."""
    sites = [one.body.get("site") for one in entries if one.kind == "site-set-up"]
    codes = [one.body.get("trial_code") for one in entries if one.kind == "subject-registered"]
    site = sites[-1] if sites else "no site"
    patients = ", ".join(str(code) for code in codes) or "none"
    return f"It is the journal of {site}; patients: {patients}."


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
    state = "whole" if report.ok else f"not as it was written: {report.problems[0]}"
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


def restore_lines(plan: RestorePlan) -> tuple[str, ...]:
    """What the restore would change, a sentence each, as two people read it before they sign."""
    ends = f"{plan.backup.name} ends at entry {plan.backup_head.sequence}"
    if plan.backup_time is not None:
        ends += f", stored {_utc(plan.backup_time)}"
    lines = [f"{ends}.", plan.holds, f"The journal {plan.path} {_state(plan)}"]
    if plan.differs:
        lines.append(
            "Journal and backup are not of one history: both hold entries that the other does not."
        )
    if plan.lost:
        count = sum(entries for _, entries in plan.lost)
        kinds = ", ".join(f"{entries} {kind.replace('-', ' ')}" for kind, entries in plan.lost)
        since = "" if plan.since is None else f" since {_utc(plan.since)}"
        word = "entry" if count == 1 else "entries"
        lines.append(f"{count} {word} stored{since} would not be in the journal any more: {kinds}.")
    elif plan.journal_head is None and plan.state != MISSING:
        lines.append("What was stored since the backup cannot be counted.")
    lines += _of_encryption(plan)
    if plan.state != MISSING:
        lines.append("The file that is there now is kept beside it under another name.")
    lines.append(
        "After the restore nothing is prepared for a patient until two people compared paper, the chart "
        "and the kept file, recorded what happened since the backup, and said so on the page Restored."
    )
    return tuple(lines)


def _of_encryption(plan: RestorePlan) -> tuple[str, ...]:
    """A restored journal is encrypted as its backup is, which may not be as it was."""
    if looks_encrypted(plan.backup):
        return ("The journal will be encrypted with the passphrase of this backup.",)
    if plan.path.exists() and looks_encrypted(plan.path):
        return (
            (
                "This backup is NOT encrypted, and the journal will not be either: encrypt it again on the "
                "page Backups."
            ),
        )
    return ()


def _state(plan: RestorePlan) -> str:
    if plan.state == MISSING:
        return "is missing."
    if plan.journal_head is None:
        return f"cannot be read: {plan.state}"
    return f"ends at entry {plan.journal_head.sequence} and is {plan.state}."


def _utc(moment: datetime) -> str:
    return f"{write_moment(moment.astimezone(UTC))} UTC"


def restore(
    plan: RestorePlan,
    people: tuple[tuple[str, str], tuple[str, str]],
    reason: str,
    clock: Clock,
) -> Entry | Refusal:
    """Put the backup in place; `people` are name and PIN of both, as the journal knows them.

    Where the journal cannot be read, they are asked as the backup knows them. The journal that was
    there is kept beside it under a name with the time. The restore is the next entry, and is in the
    file before it takes its place. Raises a JournalFault; the journal is then as it was.
    """
    if not reason.strip():
        return refuse("reason", "Enter why the journal is restored.")
    now = _with_keys(plan.path, plan.backup, plan.passphrase, plan.journal_passphrase)
    if isinstance(now, Refusal):
        return now
    if now != plan:
        return refuse(
            "changed", "Backup or journal are not as they were shown. Look at the backup again."
        )
    at = clock.now()
    if plan.backup_time is not None and at < plan.backup_time:
        return refuse(
            "clock",
            f"The backup was stored {_utc(plan.backup_time)}; this computer's clock says {_utc(at)}. "
            "Set the clock right, then restore.",
        )
    catalogue = load_catalogue(paths.resource_dir())
    signed = _signed(plan, people, catalogue, clock)
    if isinstance(signed, Refusal):
        return signed
    first = signed[0]
    kept = kept_name(plan.path, at) if plan.path.exists() else None
    body = _body(plan, kept, at, signed)
    stored: list[Entry] = []

    def finish(part: Path) -> None:
        with open_journal(
            part, owner=first.name, against_backups=False, passphrase=plan.passphrase
        ) as journal:
            desk = Desk(journal, catalogue, clock)
            desk.person = Person(first.staff, first.name, first.role)
            stored.append(desk.append("journal-restored", body, reason=reason.strip()))

    put_back(plan.backup, plan.path, at, first.name, finish, plan.passphrase)
    return stored[0]


def _body(
    plan: RestorePlan, kept: str | None, at: datetime, signed: tuple[Signature, Signature]
) -> dict[str, Any]:
    lost_to = plan.journal_head
    return {
        "backup": plan.backup.name, "backup_sequence": plan.backup_head.sequence,
        "backup_hash": plan.backup_head.hash, "journal_state": plan.state,
        "journal_sequence": None if lost_to is None else lost_to.sequence,
        "journal_hash": None if lost_to is None else lost_to.hash,
        "lost": [{"kind": kind, "entries": count} for kind, count in plan.lost],
        "kept_as": kept, "at": utc_text(at), "signatures": [one.body() for one in signed],
    }  # fmt: skip


def _signed(
    plan: RestorePlan,
    people: tuple[tuple[str, str], tuple[str, str]],
    catalogue: Catalogue,
    clock: Clock,
) -> tuple[Signature, Signature] | Refusal:
    """The signatures by whom the journal knows today, or the backup where it cannot be read."""
    if plan.journal_head is not None:
        with (
            contextlib.suppress(JournalFault),
            open_read_only(plan.path, plan.journal_passphrase) as journal,
        ):
            return _signatures(Desk(journal, catalogue, clock), people)
    with open_read_only(plan.backup, plan.passphrase) as copy:
        return _signatures(Desk(copy, catalogue, clock), people)


def _signatures(
    desk: Desk, people: tuple[tuple[str, str], tuple[str, str]]
) -> tuple[Signature, Signature] | Refusal:
    """Both signatures, by the people whom the backup knows; they are never the same person."""
    signed: list[Signature] = []
    for (name, pin), meaning in zip(people, (RESTORE_FIRST, RESTORE_SECOND), strict=True):
        answer = sign_as(desk, name, pin, meaning)
        if isinstance(answer, Refusal):
            return answer
        signed.append(answer)
    first, second = signed
    if first.staff == second.staff:
        return refuse("same-person", "The second person must be someone else.")
    return RESTORE.refusal(first.role) or RESTORE.second_refusal(second.role) or (first, second)
