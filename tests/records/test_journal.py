"""Storing and reading entries."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from il2desk import __version__
from il2desk.records import (
    KINDS,
    Draft,
    EntryRefused,
    Head,
    Journal,
    JournalAltered,
    JournalBusy,
    JournalClosed,
    open_journal,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]


def test_a_stored_entry_is_the_draft_and_its_place(journal: Journal, draft: Make) -> None:
    sent = draft(
        body={"weight_kg": "70.5", "answers": [{"asked": "154?", "answer": "yes"}], "late": False},
        subject="s1",
        cycle="c1",
        dose_number=7,
        reason="scale replaced",
        form_token="form-1",
        protocol_fingerprint="sha256:aa",
    )
    entry = journal.append(sent)

    assert (entry.sequence, entry.kind, entry.actor) == (1, "weight-recorded", "kb")
    assert entry.at == sent.at
    assert (entry.zone, entry.local_offset) == ("Europe/Berlin", "+01:00")
    assert (entry.subject, entry.cycle, entry.dose_number) == ("s1", "c1", 7)
    assert (entry.reason, entry.form_token) == ("scale replaced", "form-1")
    assert (entry.program_version, entry.protocol_fingerprint) == (__version__, "sha256:aa")
    assert entry.body["weight_kg"] == "70.5"
    assert entry.body["answers"][0]["answer"] == "yes"
    assert entry.body["late"] is False
    assert journal.entry(entry.id) == entry
    assert journal.entries() == (entry,)
    assert journal.head() == Head(1, entry.hash)
    assert journal.count() == 1


def test_a_stored_body_cannot_be_changed(journal: Journal, draft: Make) -> None:
    entry = journal.append(draft(body={"lots": [{"lot": "A1"}]}))
    with pytest.raises(TypeError):
        entry.body["lots"] = ()  # type: ignore[index]
    with pytest.raises(TypeError):
        entry.body["lots"][0]["lot"] = "B2"


def test_entries_come_in_order_and_by_what_is_asked(journal: Journal, draft: Make) -> None:
    first = journal.append(draft(subject="s1", cycle="c1"))
    second = journal.append(draft("assessment-recorded", subject="s1", cycle="c2"))
    third = journal.append(draft(subject="s2"))

    assert journal.entries() == (first, second, third)
    assert journal.entries(kind="weight-recorded") == (first, third)
    assert journal.entries(subject="s1") == (first, second)
    assert journal.entries(subject="s1", kind="assessment-recorded", cycle="c2") == (second,)
    assert journal.entries(cycle="none") == ()
    assert journal.entry("0" * 32) is None


def test_everything_is_there_after_closing(path: Path, draft: Make) -> None:
    with open_journal(path, create=True) as journal:
        entry = journal.append(draft(form_token="form-1"))
        identity = journal.journal_id
    with open_journal(path) as journal:
        assert journal.entries() == (entry,)
        assert journal.journal_id == identity
        assert journal.by_form_token("form-1") == entry


def test_a_second_press_stores_once(journal: Journal, draft: Make) -> None:
    first = journal.append(draft(form_token="form-1"))
    later = datetime(2026, 3, 12, 13, 3, tzinfo=UTC)
    assert journal.append(draft(form_token="form-1", at=later)) == first
    assert journal.count() == 1


def test_a_second_press_of_a_batch_returns_the_batch(journal: Journal, draft: Make) -> None:
    batch = (draft(form_token="form-1"), draft("release-recorded"), draft("staff-added"))
    journal.append(draft())
    stored = journal.append_all(batch)
    journal.append(draft())
    assert [entry.sequence for entry in stored] == [2, 3, 4]
    assert journal.append_all(batch) == stored
    assert journal.count() == 5


@pytest.mark.parametrize(
    "changes", [{"kind": "staff-added"}, {"subject": "s2"}, {"cycle": "c2"}, {"dose_number": 8}]
)
def test_one_form_is_never_two_things(
    journal: Journal, draft: Make, changes: dict[str, Any]
) -> None:
    journal.append(draft(form_token="form-1", subject="s1", cycle="c1", dose_number=7))
    again = {"form_token": "form-1", "subject": "s1", "cycle": "c1", "dose_number": 7}
    with pytest.raises(EntryRefused, match="already stored as something else"):
        journal.append(draft(**(again | changes)))
    assert journal.count() == 1


def test_a_batch_is_stored_whole_or_not_at_all(journal: Journal, draft: Make) -> None:
    journal.append(draft(form_token="form-1"))
    before = journal.head()
    with pytest.raises(EntryRefused):
        journal.append_all([draft(), draft(), draft(form_token="form-1")])
    assert journal.head() == before
    assert journal.append(draft()).sequence == 2
    assert journal.append_all([]) == ()
    assert journal.check().ok


@pytest.mark.parametrize(
    "value",
    [0.28, float("nan"), Decimal("0.28"), [1, {"dose": 0.5}], {1, 2}, b"70", datetime(2026, 3, 1)],
)
def test_an_amount_is_text_or_refused(journal: Journal, draft: Make, value: object) -> None:
    with pytest.raises(TypeError, match="dose"):
        journal.append(draft(body={"dose": value}))
    assert journal.count() == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "weight-recorded "}, "not a kind"),
        ({"at": datetime(2026, 3, 12, 14, 2)}, "UTC"),
        ({"at": datetime(2026, 3, 12, 14, 2, tzinfo=timezone(timedelta(hours=1)))}, "UTC"),
        ({"local_offset": "1h"}, "offset_form"),
        ({"zone": ""}, "zone_form"),
        ({"actor": ""}, "actor_form"),
        ({"dose_number": 0}, "dose_number_form"),
        ({"reason": "a\0b"}, "character"),
        ({"body": {"note": "\ud800"}}, "character"),
        ({"body": {"count": 2**53}}, "too large"),
        ({"amends": "the last one", "reason": "misread"}, "entry id"),
        ({"amends": "0" * 32, "reason": "misread"}, "FOREIGN KEY"),
    ],
)
def test_a_malformed_draft_is_refused_with_a_sentence(
    journal: Journal, draft: Make, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(EntryRefused, match=says):
        journal.append(draft(**changes))
    assert journal.count() == 0
    assert journal.append(draft()).sequence == 1


def test_an_amendment_needs_a_reason(journal: Journal, draft: Make) -> None:
    entry = journal.append(draft())
    with pytest.raises(EntryRefused, match="amendment_has_reason"):
        journal.append(draft("order-amended", amends=entry.id))
    assert journal.append(draft("order-amended", amends=entry.id, reason="misread")).sequence == 2


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_stored(journal: Journal, draft: Make, kind: str) -> None:
    assert journal.append(draft(kind)).kind == kind


def test_names_of_the_world_come_back_as_they_were(journal: Journal, draft: Make) -> None:
    name = "Łucja Žižková 王小明 ⁶ \n\t\"'\\ \u2028"
    entry = journal.append(draft("staff-added", body={"name": name}, reason=name))
    stored = journal.entry(entry.id)
    assert stored is not None
    assert (stored.body["name"], stored.reason) == (name, name)


def test_a_closed_journal_says_so(path: Path, draft: Make) -> None:
    journal = open_journal(path, create=True)
    journal.close()
    journal.close()
    with pytest.raises(JournalClosed):
        journal.append(draft())
    with pytest.raises(JournalClosed):
        journal.head()


def test_another_writer_is_noticed(journal: Journal, draft: Make) -> None:
    journal.append(draft())
    with closing(sqlite3.connect(journal.path)) as other:
        row = list(other.execute("SELECT * FROM entry").fetchone())
        row[0], row[1], row[-2], row[-1] = 2, "b" * 32, row[-1], "c" * 64
        other.execute(f"INSERT INTO entry VALUES ({','.join('?' * len(row))})", row)
        other.commit()
    with pytest.raises(JournalAltered, match="another program wrote"):
        journal.append(draft())
    assert journal.count() == 2


def test_a_file_kept_busy_by_another_program_stores_nothing(journal: Journal, draft: Make) -> None:
    journal.append(draft())
    journal._database.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalBusy, match="Another program"):
            journal.append(draft())
        other.execute("ROLLBACK")
    assert journal.count() == 1
    assert journal.append(draft()).sequence == 2


def test_entries_after_a_sequence_are_the_later_ones(path: Path, draft: Callable[..., Any]) -> None:
    with open_journal(path, create=True) as journal:
        stored = journal.append_all([draft(), draft("cycle-planned"), draft()])
        assert journal.entries(after=1) == stored[1:]
        assert journal.entries(kind="weight-recorded", after=1) == stored[2:]
        assert journal.entries(after=3) == ()
