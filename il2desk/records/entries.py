"""The values that go into the journal and come out of it. None of them can be changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from il2desk.dosing import tell
from il2desk.records.canonical import canonical_json
from il2desk.records.faults import EntryRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = frozenset(
    {
        "administration-amended",
        "administration-cosigned",
        "administration-disputed",
        "administration-recorded",
        "audit-exported",
        "assessment-entered-in-error",
        "assessment-recorded",
        "backup-folder-named",
        "companion-amended",
        "companion-cosigned",
        "companion-disputed",
        "companion-recorded",
        "cycle-planned",
        "dose-delayed",
        "dosing-weight-kept",
        "duty-delegated",
        "duty-ended",
        "encryption-changed",
        "journal-restored",
        "order-amended",
        "order-written",
        "override-recorded",
        "pin-changed",
        "pin-paused",
        "pin-resumed",
        "pin-set",
        "premedication-recorded",
        "preparation-discarded",
        "protocol-activated",
        "protocol-brought-in",
        "protocol-draft-closed",
        "protocol-draft-saved",
        "protocol-sent-back",
        "protocol-submitted",
        "protocol-withdrawn",
        "records-completed",
        "release-recorded",
        "second-check-differed",
        "sheet-printed",
        "site-set-up",
        "staff-added",
        "staff-left",
        "stock-corrected",
        "stock-counted",
        "stock-difference",
        "stock-low-mark",
        "stock-moved",
        "stock-received",
        "subject-registered",
        "weight-entered-in-error",
        "weight-recorded",
    }
)
"""Every kind of entry this program writes; a misspelt kind would be missing from the views."""

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry that is not stored yet.

    `kind` is one of `KINDS`; `body` holds text, integers, true, false, null, lists and mappings
    (amounts as text); `actor` is the staff id, or "system"; `at` is an aware UTC time, `zone` the
    IANA name and `local_offset` ("+01:00") the offset that held there; `dose_number` counts from
    1; `amends` is the id of the entry this one corrects, with the `reason`; `form_token` names one
    filled form, so that a second press is stored once.
    """

    kind: str
    body: Mapping[str, Any]
    actor: str
    at: datetime
    zone: str
    local_offset: str
    subject: str | None = None
    cycle: str | None = None
    dose_number: int | None = None
    amends: str | None = None
    reason: str = ""
    form_token: str | None = None
    protocol_fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A stored entry: a draft's fields, and what the journal added.

    `body` is a read-only mapping; lists inside it are tuples. `sequence` counts from 1 without a
    gap; `id` is 32 hex digits; `hash` chains it to `previous_hash` (see `canonical`).
    """

    sequence: int
    id: str
    kind: str
    at: datetime
    local_offset: str
    zone: str
    actor: str
    subject: str | None
    cycle: str | None
    dose_number: int | None
    amends: str | None
    reason: str
    form_token: str | None
    program_version: str
    protocol_fingerprint: str | None
    body: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's sequence and hash; sequence 0 and the founding hash when there is none."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check found: `ok`, how many `entries` were read, and one sentence per problem.

    `broken_at` is the sequence of the first entry that does not continue the chain, or None.
    """

    ok: bool
    entries: int
    problems: tuple[str, ...]
    broken_at: int | None = None


def body_text(draft: Draft) -> str:
    """Return the canonical body of a well-formed draft.

    Raises TypeError when the body holds a binary fraction or another type that is not recorded,
    and EntryRefused for anything else that is wrong with the draft. SQL checks the same again.
    """
    wrong = _what_is_wrong(draft)
    if wrong:
        raise EntryRefused(wrong)
    try:
        canonical_json([draft.actor, draft.zone, draft.subject, draft.cycle, draft.reason,
                        draft.form_token, draft.protocol_fingerprint])  # fmt: skip
        return canonical_json(dict(draft.body))
    except ValueError as error:
        raise EntryRefused(str(error)) from error


def _what_is_wrong(draft: Draft) -> str:
    if draft.kind not in KINDS:
        return tell("{kind!r} is not a kind of entry", kind=draft.kind)
    if draft.at.utcoffset() != timedelta(0):
        return "its time is not given in UTC"
    if draft.amends is not None and not _TOKEN.fullmatch(draft.amends):
        return "the entry it amends is not named by an entry id"
    return ""


def utc_text(at: datetime) -> str:
    """Return an aware time as UTC text with six decimals of a second and Z."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
