"""A ward of many patients on treatment at the same time: those of the practice trial, again and again.

Every entry goes through the transaction of `Journal`, as in `years`; the days stay as they are.
"""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import years

from il2desk.records import Entry, Journal, canonical_json, open_journal, open_read_only

_CODE = "PRA-001", "PRA-002", "PRA-003", "PRA-004"
_TOKEN = re.compile(rf"(\b[0-9a-f]{{32}}\b|{'|'.join(_CODE)})")


def make(today: Path, path: Path, patients: int) -> int:
    """Make the journal at `path` with so many patients; return how many entries it has."""
    with open_read_only(today) as made:
        present = made.entries()
        stories = [
            made.entries(subject=one.subject) for one in made.entries(kind="subject-registered")
        ]
    with open_journal(path, create=True, practice=True) as journal:
        years._stored(journal, present, {})
        for number in range(len(stories), patients):
            _patient(journal, stories[number % len(stories)], number)
        return journal.count()


def _patient(journal: Journal, story: tuple[Entry, ...], number: int) -> None:
    """The same story for another patient: ids and trial number of its own."""
    names = {own: uuid.uuid4().hex for own in years._ids_of(story)}
    names |= dict.fromkeys(_CODE, f"RUN-{number:03}")
    for entry in story:
        parts = _TOKEN.split(canonical_json(entry.body))
        text = "".join(names.get(part, part) for part in parts)
        names[entry.id] = journal._store(((years._draft(entry, names), text),))[0].id
