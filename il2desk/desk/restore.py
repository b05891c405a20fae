"""Restoring a journal from a backup: what would be lost is shown first, and two people sign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from il2desk import paths
from il2desk.desk.clock import Clock, utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature, sign_as
from il2desk.desk.pins import check_pin
from il2desk.desk.roles import RESTORE
from il2desk.dosing import Refusal, refuse, write_moment
from il2desk.protocols import load_catalogue
from il2desk.records import (
    Entry,
    Head,
    JournalFault,
    JournalMissing,
    JournalReader,
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
    the first of them. `differs` says that the two do not have one beginning.
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


def plan_restore(path: Path, backup: Path) -> RestorePlan | Refusal:
    """Compare a backup with the journal at `path`; nothing is written.

    Refused where the backup is not whole, is another trial's journal, or where nothing would
    change. Raises a JournalFault where the backup cannot be opened.
    """
    if not backup.is_file():
        return refuse("no-file", f"There is no file {backup}. Name a file of the backups.")
    if path.exists() and backup.samefile(path):
        return refuse("same-file", "That is the journal itself. Choose a file of its backups.")
    with open_read_only(backup) as copy:
        report = copy.check()
        if not report.ok:
            return refuse(
                "backup-not-whole",
                f"{backup.name} is not whole: {report.problems[0]}. Choose an older backup.",
            )
        entries = copy.entries()
        last = entries[-1].at if entries else None
        try:
            with open_read_only(path) as journal:
                if journal.journal_id != copy.journal_id:
                    return refuse(
                        "another-journal",
                        f"{backup.name} is a backup of another journal. Choose one of this journal.",
                    )
                return _compared(path, backup, copy, journal, last)
        except JournalMissing:
            state = MISSING
        except JournalFault as fault:
            state = str(fault)
        return RestorePlan(path, backup, copy.head(), last, state, None, (), None, differs=False)


def _compared(
    path: Path, backup: Path, copy: JournalReader, journal: JournalReader, last: datetime | None
) -> RestorePlan | Refusal:
    """A journal that can be read beside its backup."""
    head, report = copy.head(), journal.check()
    if report.ok and journal.head() == head:
        return refuse("no-change", "The journal ends where this backup ends. Nothing would change.")
    try:
        beyond = [one for one in journal.entries() if one.sequence > head.sequence]
        differs = journal.hash_at(head.sequence) != head.hash
    except JournalFault as fault:
        return RestorePlan(path, backup, head, last, str(fault), None, (), None, differs=False)
    kinds = Counter(one.kind for one in beyond)
    state = "whole" if report.ok else f"not as it was written: {report.problems[0]}"
    since = beyond[0].at if beyond else None
    lost = tuple(sorted(kinds.items()))
    return RestorePlan(
        path, backup, head, last, state, journal.head(), lost, since, differs=differs
    )


def restore_lines(plan: RestorePlan) -> tuple[str, ...]:
    """What the restore would change, a sentence each, as two people read it before they sign."""
    ends = f"{plan.backup.name} ends at entry {plan.backup_head.sequence}"
    if plan.backup_time is not None:
        ends += f", stored {_utc(plan.backup_time)}"
    lines = [f"{ends}.", f"The journal {plan.path} {_state(plan)}"]
    if plan.differs:
        lines.append(
            f"Journal and backup are not of one history: entry {plan.backup_head.sequence} is not "
            "the same in both."
        )
    if plan.lost:
        count = sum(entries for _, entries in plan.lost)
        kinds = ", ".join(f"{entries} {kind.replace('-', ' ')}" for kind, entries in plan.lost)
        since = "" if plan.since is None else f" since {_utc(plan.since)}"
        word = "entry" if count == 1 else "entries"
        lines.append(f"{count} {word} stored{since} would not be in the journal any more: {kinds}.")
    elif plan.journal_head is None and plan.state != MISSING:
        lines.append("What was stored since the backup cannot be counted.")
    if plan.state != MISSING:
        lines.append("The file that is there now is kept beside it under another name.")
    lines.append(
        "After the restore, record again from paper, and from the kept file, what really happened "
        "since the backup."
    )
    return tuple(lines)


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
    """Put the backup in place; `people` are name and PIN of both, as the backup knows them.

    The journal that was there is kept beside it under a name with the time. The restore is the
    first new entry of the journal. Raises a JournalFault; the journal is then as it was, unless
    the fault says otherwise.
    """
    if not reason.strip():
        return refuse("reason", "Enter why the journal is restored.")
    catalogue = load_catalogue(paths.resource_dir())
    with open_read_only(plan.backup) as copy:
        if copy.head() != plan.backup_head:
            return refuse("changed", "The backup is not the one that was shown. Look at it again.")
        signed = _signatures(Desk(copy, catalogue, clock), people)
    if isinstance(signed, Refusal):
        return signed
    kept = put_back(plan.backup, plan.path, clock.now(), signed[0].name)
    lost_to = plan.journal_head
    body = {
        "backup": plan.backup.name, "backup_sequence": plan.backup_head.sequence,
        "backup_hash": plan.backup_head.hash, "journal_state": plan.state,
        "journal_sequence": None if lost_to is None else lost_to.sequence,
        "journal_hash": None if lost_to is None else lost_to.hash,
        "lost": [{"kind": kind, "entries": count} for kind, count in plan.lost],
        "kept_as": None if kept is None else kept.name, "at": utc_text(clock.now()),
        "signatures": [one.body() for one in signed],
    }  # fmt: skip
    with open_journal(plan.path, owner=signed[0].name) as journal:
        desk = Desk(journal, catalogue, clock)
        person = check_pin(desk, *people[0])
        if isinstance(person, Refusal):
            return person
        desk.person = person
        return desk.append("journal-restored", body, reason=reason.strip())


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
