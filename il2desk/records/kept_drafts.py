"""What was typed into forms and not recorded yet: a table beside the entries, outside the chain.

A draft is never the record. It is there so that a lock, a crash or a power cut loses nothing that a
person typed; it goes when the entry is stored or the person discards it. It lies inside the file of
the journal, so that an encrypted journal keeps its drafts encrypted too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

DRAFT_STATEMENTS = (
    """CREATE TABLE kept_draft (
    who TEXT NOT NULL,
    place TEXT NOT NULL,
    kept_utc TEXT NOT NULL,
    program_version TEXT NOT NULL,
    typed TEXT NOT NULL,
    PRIMARY KEY (who, place)
) STRICT, WITHOUT ROWID""",
)

_KEEP = """INSERT INTO kept_draft (who, place, kept_utc, program_version, typed) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (who, place) DO UPDATE SET kept_utc = excluded.kept_utc,
        program_version = excluded.program_version, typed = excluded.typed"""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One person's draft of one form: where, when (UTC), by which program, and the typed texts by field."""

    who: str
    place: str
    at: datetime
    program_version: str
    typed: Mapping[str, str]


def put(database: Database, draft: KeptDraft) -> None:
    """Put a draft in the place of the one that this person had there."""
    typed = json.dumps(dict(draft.typed), ensure_ascii=False, sort_keys=True)
    row = (draft.who, draft.place, draft.at.isoformat(), draft.program_version, typed)
    database.execute(_KEEP, row)


def remove(database: Database, who: str, place: str) -> None:
    """Take one person's draft of one form away; harmless where there is none."""
    database.execute("DELETE FROM kept_draft WHERE who = ? AND place = ?", [who, place])


def drafts_in(database: Database, who: str | None) -> tuple[KeptDraft, ...]:
    """The drafts of a person, or of everybody; none in a journal of a layout without them."""
    if not database.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'kept_draft'"
    ).fetchone():
        return ()
    rows = database.execute(
        "SELECT who, place, kept_utc, program_version, typed FROM kept_draft"
        " WHERE who = coalesce(?, who) ORDER BY kept_utc, who, place",
        [who],
    ).fetchall()
    found = (_draft_of(row) for row in rows)
    return tuple(draft for draft in found if draft is not None)


def _draft_of(row: tuple[Any, ...]) -> KeptDraft | None:
    """A row as it was kept; one that another tool garbled is nobody's draft."""
    who, place, at, version, text = row
    try:
        moment, typed = datetime.fromisoformat(at), json.loads(text)
    except ValueError:
        return None
    if moment.tzinfo is None or not isinstance(typed, dict):
        return None
    if not all(isinstance(value, str) for value in typed.values()):
        return None
    return KeptDraft(who, place, moment, version, typed)
