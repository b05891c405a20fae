"""The tables, indexes and guards of a journal file, in SQL that SQLite 3.40 understands.

The file says what it is by itself: `application_id` is "IL2D", `user_version` is the layout as
major x 1000 + minor. A program reads every minor layout of its own major one, and writes none that is
later than its own: it would pass over what it does not know. A minor layout adds
views, tables that can be made from the entries, and a table of drafts, which are no record:
`upgrade` makes them in a journal of an older one.

No constraint calls a JSON function: SQLite 3.40 refuses those in a schema that is not trusted,
and ours is not, so that a doctored file cannot run anything. The views call them; they are for
other tools, and the program itself never reads a view.
"""

from __future__ import annotations

from il2desk.records.kept_drafts import DRAFT_STATEMENTS
from il2desk.records.present_tables import PRESENT_STATEMENTS
from il2desk.records.views import LATER_VIEWS, VIEWS

APPLICATION_ID = 0x494C3244
"""The letters IL2D, at offset 68 of the file (SQLite file format, section 1.3)."""
MAJOR = 1
LATER = LATER_VIEWS | {2: (*PRESENT_STATEMENTS, *LATER_VIEWS[2]), 5: DRAFT_STATEMENTS}
"""Minor layout -> what came with it: views, tables made from the entries, and the table of drafts."""
MINOR = max(LATER)
USER_VERSION = MAJOR * 1000 + MINOR

COLUMNS = (
    "sequence", "id", "kind", "recorded_utc", "local_offset", "zone", "actor", "subject", "cycle",
    "dose_number", "amends", "reason", "form_token", "program_version", "protocol_fingerprint",
    "body", "previous_hash", "hash",
)  # fmt: skip
"""The columns of `entry`, in the order in which they are hashed; `hash` is the last."""

_UTC = (
    "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]"
    ".[0-9][0-9][0-9][0-9][0-9][0-9]Z"
)

TABLES = (
    f"""CREATE TABLE journal_meta (
    only_row INTEGER PRIMARY KEY CONSTRAINT one_row CHECK (only_row = 1),
    journal_id TEXT NOT NULL
        CONSTRAINT journal_id_form CHECK (length(journal_id) = 32
            AND journal_id NOT GLOB '*[^0-9a-f]*'),
    practice INTEGER NOT NULL CONSTRAINT practice_form CHECK (practice IN (0, 1)),
    created_utc TEXT NOT NULL CONSTRAINT created_form CHECK (created_utc GLOB '{_UTC}'),
    layout INTEGER NOT NULL,
    hash TEXT NOT NULL
        CONSTRAINT meta_hash_form CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
) STRICT""",
    f"""CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY CONSTRAINT sequence_form CHECK (sequence >= 1),
    id TEXT NOT NULL UNIQUE
        CONSTRAINT id_form CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    kind TEXT NOT NULL
        CONSTRAINT kind_form CHECK (kind GLOB '[a-z]*' AND kind NOT GLOB '*[^a-z-]*'),
    recorded_utc TEXT NOT NULL CONSTRAINT recorded_form CHECK (recorded_utc GLOB '{_UTC}'),
    local_offset TEXT NOT NULL
        CONSTRAINT offset_form CHECK (local_offset GLOB '[+-][0-9][0-9]:[0-9][0-9]'),
    zone TEXT NOT NULL CONSTRAINT zone_form CHECK (length(zone) > 0),
    actor TEXT NOT NULL CONSTRAINT actor_form CHECK (length(actor) > 0),
    subject TEXT CONSTRAINT subject_form CHECK (subject IS NULL OR length(subject) > 0),
    cycle TEXT CONSTRAINT cycle_form CHECK (cycle IS NULL OR length(cycle) > 0),
    dose_number INTEGER
        CONSTRAINT dose_number_form CHECK (dose_number IS NULL OR dose_number >= 1),
    amends TEXT REFERENCES entry (id),
    reason TEXT NOT NULL,
    form_token TEXT UNIQUE
        CONSTRAINT form_token_form CHECK (form_token IS NULL OR length(form_token) > 0),
    program_version TEXT NOT NULL CONSTRAINT version_form CHECK (length(program_version) > 0),
    protocol_fingerprint TEXT,
    body TEXT NOT NULL
        CONSTRAINT body_form CHECK (body GLOB '{{*}}'),
    previous_hash TEXT NOT NULL
        CONSTRAINT previous_hash_form CHECK (length(previous_hash) = 64),
    hash TEXT NOT NULL
        CONSTRAINT hash_form CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    CONSTRAINT amendment_has_reason CHECK (amends IS NULL OR length(reason) > 0)
) STRICT""",
)

INDEXES = (
    "CREATE INDEX entry_by_kind ON entry (kind, sequence)",
    "CREATE INDEX entry_by_subject ON entry (subject, kind, sequence)",
    "CREATE INDEX entry_by_cycle ON entry (cycle, kind, dose_number, sequence)",
    "CREATE INDEX entry_by_amends ON entry (amends) WHERE amends IS NOT NULL",
)

GUARDS = (
    """CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
    SELECT RAISE(ABORT, 'an entry is never changed');
END""",
    """CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
    SELECT RAISE(ABORT, 'an entry is never deleted');
END""",
    """CREATE TRIGGER entry_comes_next BEFORE INSERT ON entry
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
BEGIN
    SELECT RAISE(ABORT, 'an entry takes the next sequence number');
END""",
    """CREATE TRIGGER entry_joins_the_chain BEFORE INSERT ON entry
WHEN NEW.previous_hash IS NOT coalesce(
    (SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1), (SELECT hash FROM journal_meta))
BEGIN
    SELECT RAISE(ABORT, 'an entry names the hash of the one before');
END""",
    # REPLACE deletes the old row without firing the delete guard when recursive triggers are off.
    """CREATE TRIGGER entry_replaces_nothing BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id OR form_token = NEW.form_token)
BEGIN
    SELECT RAISE(ABORT, 'an entry replaces nothing');
END""",
    """CREATE TRIGGER journal_meta_never_changes BEFORE UPDATE ON journal_meta BEGIN
    SELECT RAISE(ABORT, 'what the journal is never changes');
END""",
    """CREATE TRIGGER journal_meta_never_goes BEFORE DELETE ON journal_meta BEGIN
    SELECT RAISE(ABORT, 'what the journal is never goes');
END""",
    """CREATE TRIGGER journal_meta_is_written_once BEFORE INSERT ON journal_meta
WHEN EXISTS (SELECT 1 FROM journal_meta)
BEGIN
    SELECT RAISE(ABORT, 'what the journal is was written once');
END""",
)


def statements_of(minor: int) -> tuple[str, ...]:
    """Everything a journal of a minor layout is made of, in order; of a later one what is known."""
    later = (made for at in sorted(LATER) if at <= minor for made in LATER[at])
    return (*TABLES, *INDEXES, *GUARDS, *VIEWS, *later)


STATEMENTS = statements_of(MINOR)
"""Everything a new journal is made of, in order."""
