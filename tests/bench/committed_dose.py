"""A recorded administration of the practice trial, committed, against a raw durable insert.

Ours: `Journal.append` of an entry with the same body. Bare: `sqlite3`, one transaction, one row of
the same bytes into a table of the same columns with nothing else on it. Both in the same folder,
journal mode DELETE, synchronous EXTRA.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import trial
from pairs import Row, in_turn, timed

from il2desk.desk import new_token
from il2desk.records import Draft, Entry, canonical_json, open_journal

RUNS = 61
_KIND = "administration-recorded"
_COLUMNS = 18


def measure(journal: Path) -> list[Row]:
    """Return the row of the target."""
    desk = trial.opened(journal)
    entry = desk.journal.entries(kind=_KIND)[0]
    desk.close()
    folder = journal.parent / "commit"
    folder.mkdir()
    # The entry amends nothing and follows nothing: any journal takes it.
    with open_journal(folder / "ours.sqlite", create=True, practice=True) as ours:
        draft = _draft(entry)
        raw = _raw(folder / "bare.sqlite")
        row = _bytes_of(ours.append(draft))

        def append() -> None:
            ours.append(replace(draft, form_token=new_token()))

        def insert() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(f"INSERT INTO entry VALUES ({', '.join('?' * _COLUMNS)})", row)
            raw.execute("COMMIT")

        pair = in_turn(timed(append), timed(insert), RUNS)
        raw.close()
    size = sum(len(str(value).encode()) for value in row)
    name = f"a committed dose, {size} bytes"
    return [Row(name, "ms", pair.ours * 1000, pair.bare * 1000, 2, pair.runs)]


def _draft(entry: Entry) -> Draft:
    return Draft(
        kind=entry.kind, body=entry.body, actor=entry.actor, at=entry.at, zone=entry.zone,
        local_offset=entry.local_offset, subject=entry.subject, cycle=entry.cycle,
        dose_number=entry.dose_number, reason=entry.reason, form_token=entry.form_token,
        protocol_fingerprint=entry.protocol_fingerprint,
    )  # fmt: skip


def _bytes_of(entry: Entry) -> tuple[object, ...]:
    """Return the row as it is stored."""
    values = [getattr(entry, name) for name in entry.__slots__]
    body = entry.__slots__.index("body")
    values[body] = canonical_json(entry.body)
    values[entry.__slots__.index("at")] = entry.at.isoformat()
    return tuple(values)


def _raw(file: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA"):
        raw.execute(f"PRAGMA {pragma}")
    types = ["INTEGER"] + ["TEXT"] * 8 + ["INTEGER"] + ["TEXT"] * 8
    columns = ", ".join(f"c{at} {kind}" for at, kind in enumerate(types))
    raw.execute(f"CREATE TABLE entry ({columns}) STRICT")
    return raw
