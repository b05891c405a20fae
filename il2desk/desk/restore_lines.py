"""What a restore would change, a sentence each, as two people read it before they sign."""

from __future__ import annotations

from il2desk.desk.restore_plan import MISSING, RestorePlan
from il2desk.dosing import tell
from il2desk.records import looks_encrypted, told_moment


def restore_lines(plan: RestorePlan) -> tuple[str, ...]:
    """What the restore would change, a sentence each, as two people read it before they sign."""
    ends = tell(
        "{name} ends at entry {sequence}", name=plan.backup.name, sequence=plan.backup_head.sequence
    )
    if plan.backup_time is not None:
        ends += tell(", stored {told_moment}", told_moment=told_moment(plan.backup_time, plan.zone))
    lines = [
        f"{ends}.",
        plan.holds,
        tell("The journal {path} {state}", path=plan.path, state=_state(plan)),
    ]
    if plan.differs:
        lines.append(
            tell(
                "Journal and backup are not of one history: both hold entries that the other does not."
            )
        )
    if plan.lost:
        count = sum(entries for _, entries in plan.lost)
        kinds = ", ".join(f"{entries} {kind.replace('-', ' ')}" for kind, entries in plan.lost)
        since = (
            ""
            if plan.since is None
            else tell(" since {told_moment}", told_moment=told_moment(plan.since, plan.zone))
        )
        word = "entry" if count == 1 else "entries"
        lines.append(
            tell(
                "{count} {word} stored{since} would not be in the journal any more: {kinds}.",
                count=count,
                word=word,
                since=since,
                kinds=kinds,
            )
        )
    elif plan.journal_head is None and plan.state != MISSING:
        lines.append(tell("What was stored since the backup cannot be counted."))
    lines += _of_encryption(plan)
    if plan.state != MISSING:
        lines.append(tell("The file that is there now is kept beside it under another name."))
    lines.append(
        tell(
            "After the restore nothing is prepared for a patient until two people compared paper, the chart "
            "and the kept file, recorded what happened since the backup, and said so on the page Restored."
        )
    )
    return tuple(lines)


def _of_encryption(plan: RestorePlan) -> tuple[str, ...]:
    """A restored journal is encrypted as its backup is, which may not be as it was."""
    if looks_encrypted(plan.backup):
        line = tell("The journal will be encrypted with the passphrase of this backup.")
        present = "is not" if not plan.locked else "may not be"
        if plan.locked or plan.passphrase != plan.journal_passphrase:
            line += tell(
                " That {present} the journal's present one: keep both. The file that is kept, and backups made since, open with the one they were made with.",
                present=present,
            )
        return (line,)
    if plan.path.exists() and looks_encrypted(plan.path):
        return (
            (
                tell(
                    "This backup is NOT encrypted, and the journal will not be either: encrypt it again on the "
                    "page Backups. The file that is kept, and the encrypted backups, open only with the "
                    "passphrase they were made with: keep that."
                )
            ),
        )
    return ()


def _state(plan: RestorePlan) -> str:
    if plan.state == MISSING:
        return tell("is missing.")
    if plan.locked:
        return tell(
            "was not opened by this passphrase: it has another one, or its first page is destroyed. Where "
            "anybody has its own, type that first: else nobody sees what is lost, and people sign as the "
            "backup knows them."
        )
    if plan.journal_head is None:
        return tell("cannot be read: {state}", state=plan.state)
    return tell(
        "ends at entry {sequence} and is {state}.",
        sequence=plan.journal_head.sequence,
        state=plan.state,
    )
