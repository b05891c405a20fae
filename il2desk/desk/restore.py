"""Restoring a journal from a backup, as its plan was shown: two people sign."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Any

from il2desk import paths
from il2desk.desk.clock import Clock, utc_text
from il2desk.desk.desk import Desk, Person
from il2desk.desk.people import Signature, sign_as
from il2desk.desk.restore_plan import RestorePlan, planned_anew
from il2desk.desk.roles import RESTORE
from il2desk.dosing import Refusal, refuse, tell
from il2desk.protocols import Catalogue, load_catalogue
from il2desk.records import (
    Entry,
    JournalFault,
    kept_name,
    open_journal,
    open_read_only,
    put_back,
    told_moment,
)

RESTORE_FIRST = tell("I restore the journal from this backup and read what is lost by it")
RESTORE_SECOND = tell("I read what is lost by this restore and agree")


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
    now = planned_anew(plan)
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
            tell(
                "The backup was stored {told_moment}; this computer's clock says {told_moment_2}. Set the clock right, then restore.",
                told_moment=told_moment(plan.backup_time, plan.zone),
                told_moment_2=told_moment(at, plan.zone),
            ),
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
