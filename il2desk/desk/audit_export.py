"""The audit trail as a file: refused without the right, journalled before it leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from il2desk.desk.audit_trail import AuditFilter, AuditLine
from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.new_file import write_new_file
from il2desk.desk.roles import EXPORT
from il2desk.dosing import Refusal, joined, refuse, tell
from il2desk.exchange import csv_bytes
from il2desk.records import Entry

_HEAD = (
    tell("entry"), tell("time"), tell("who"), tell("role"), tell("entered by"), tell("what"), tell("patient"),
    tell("old"), tell("new"), tell("reason"), tell("id"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """What left: the file, and the entry that says so."""

    path: Path
    entry: Entry


def export_refusal(desk: Desk) -> Refusal | None:
    """Why the signed-in person may not export; None where they may."""
    if (refusal := desk.not_allowed(EXPORT)) is not None:
        return refusal
    if desk.read_only:
        return refuse(
            "read-only", "This journal is open to be read: an export could not be recorded in it."
        )
    return None


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    """The lines as CSV, in their order."""
    return csv_bytes(
        _HEAD,
        [
            (
                str(one.sequence), one.time,
                joined("; ", (name for name, _ in one.who)),
                joined("; ", (shown(role) for _, role in one.who)),
                one.entered_by, one.what, one.patient,
                joined("; ", (f"{field}: {old}" for field, old, _ in one.changes)),
                joined("; ", (f"{field}: {new}" for field, _, new in one.changes)),
                one.reason, one.entry,
            )
            for one in lines
        ],
    )  # fmt: skip


def export_audit(
    desk: Desk, chosen: AuditFilter, lines: tuple[AuditLine, ...], path: Path, token: str
) -> Exported | Refusal:
    """Journal the export, then write the file under a name that is free.

    The entry comes first: what left must be known even where the disk fails afterwards. Raises
    OSError where it does.
    """
    if (refusal := export_refusal(desk)) is not None:
        return refusal
    if not lines:
        return refuse("empty", "No entry is shown, so there is nothing to export.")
    if path.exists():
        return refuse(
            "exists", f"{path} exists already and is never replaced. Choose another name."
        )
    content = audit_csv(lines)
    stored = desk.stored_before(token, "audit-exported")
    if stored is None:
        body = {
            "of": chosen.words or tell("every entry"),
            "entries": len(lines),
            "first": lines[-1].sequence,
            "last": lines[0].sequence,
            "format": "csv",
            "sha256": hashlib.sha256(content).hexdigest(),
            "file": path.name,
        }
        stored = desk.append("audit-exported", body, form_token=token)
    written = write_new_file(path, content)
    return written if isinstance(written, Refusal) else Exported(path, stored)
