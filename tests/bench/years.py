"""A journal of many years: the practice trial of today, and finished patients of the years before it.

Every entry goes through the transaction of `Journal`, so that hashes, guards and indexes are the real
ones; only the look at its body is spared, which is text of the program's own already.
"""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from pathlib import Path

import trial

from il2desk.records import Draft, Entry, Journal, canonical_json, open_journal, open_read_only

AT_ONCE = 500
"""Patients whose entries are stored together, the same step of each in one transaction."""
_LAST_WEEKS, _YEARS = 10, 10
_WEEKS = 52
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_MOVED = re.compile(rf"(\b[0-9a-f]{{32}}\b|\b{_DAY.pattern}|\b{trial.FULL_CYCLE}\b)")


def make(today: Path, path: Path, entries: int) -> int:
    """Make the journal at `path` with at least so many entries; return how many there are."""
    with open_read_only(today) as made:
        present = made.entries()
        subjects = made.entries(kind="subject-registered")
        done = next(one.subject for one in subjects if one.body["trial_code"] == trial.FULL_CYCLE)
        story = made.entries(subject=done)
    first = next(at for at, one in enumerate(present) if one.subject is not None)
    with open_journal(path, create=True, practice=True) as journal:
        known = _stored(journal, present[:first], {})
        wanted = max(0, entries - len(present))
        patients = -(-wanted // len(story))
        for start in range(0, patients, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, patients))
            _patients(journal, story, numbers, patients)
        _stored(journal, present[first:], known)
        return journal.count()


def _stored(journal: Journal, present: tuple[Entry, ...], names: dict[str, str]) -> dict[str, str]:
    """Store the entries as they are, under new ids; `names` has the new id of each old one."""
    for entry in present:
        text = "".join(names.get(part, part) for part in _parts(entry))
        names[entry.id] = journal._store(((_draft(entry, names), text),))[0].id
    return names


def _patients(journal: Journal, story: tuple[Entry, ...], numbers: range, patients: int) -> None:
    """Store the same story for many patients, each in weeks of its own."""
    days = {part for entry in story for part in _parts(entry)[1::2] if _DAY.fullmatch(part)}
    names: dict[int, dict[str, str]] = {}
    for one in numbers:
        weeks = timedelta(weeks=_weeks_ago(one, patients))
        names[one] = {own: uuid.uuid4().hex for own in _ids_of(story)}
        names[one] |= {day: str(date.fromisoformat(day) - weeks) for day in days}
        names[one][trial.FULL_CYCLE] = f"OLD-{one:05}"
    for entry in story:
        parts = _parts(entry)
        drafts = tuple(
            (
                _draft(entry, names[one], _weeks_ago(one, patients)),
                "".join(names[one].get(part, part) for part in parts),
            )
            for one in numbers
        )
        for one, stored in zip(numbers, journal._store(drafts), strict=True):
            names[one][entry.id] = stored.id


def _parts(entry: Entry) -> list[str]:
    """The text of the body, in turn what stays and what becomes another patient's."""
    return _MOVED.split(canonical_json(entry.body))


def _ids_of(story: tuple[Entry, ...]) -> set[str]:
    """The ids that belong to this patient: patient, cycles, orders, weights."""
    own = {one.subject for one in story} | {one.cycle for one in story}
    own |= {one.body.get("order") for one in story} | {one.body.get("weight") for one in story}
    return {one for one in own if one}


def _weeks_ago(number: int, patients: int) -> int:
    return _LAST_WEEKS + (patients - number) * _WEEKS * _YEARS // patients


def _draft(entry: Entry, names: dict[str, str], weeks: int = 0) -> Draft:
    """The draft of an entry so many weeks earlier; its body goes beside it as text."""
    return Draft(
        kind=entry.kind, body={}, actor=entry.actor, at=entry.at - timedelta(weeks=weeks),
        zone=entry.zone, local_offset=entry.local_offset, subject=_renamed(entry.subject, names),
        cycle=_renamed(entry.cycle, names), dose_number=entry.dose_number,
        amends=_renamed(entry.amends, names), reason=entry.reason,
        form_token=None if entry.form_token is None else uuid.uuid4().hex,
        protocol_fingerprint=entry.protocol_fingerprint,
    )  # fmt: skip


def _renamed(old: str | None, names: dict[str, str]) -> str | None:
    return None if old is None else names.get(old, old)
