"""A start on the day of a full check takes what was checked as it is, and checks the rest."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import (
    Draft,
    Entry,
    Journal,
    JournalAltered,
    JournalDamaged,
    open_journal,
    open_read_only,
)
from il2desk.records.side_note import SideNote, read_note, write_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]
    Sql = Callable[..., list[tuple[Any, ...]]]

MORNING = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=12)
TOMORROW = MORNING + timedelta(days=1)
YESTERDAY = MORNING - timedelta(days=1)


def started(path: Path, at: datetime) -> Journal:
    return open_journal(path, clock=lambda: at)


def change(path: Path, sequence: int) -> None:
    """Spoil the last figure of a body with a tool that leaves size, time and counter as they are."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT body FROM entry WHERE sequence = ?", [sequence]).fetchall()
    left, data, body = path.stat(), path.read_bytes(), rows[0][0].encode()
    assert data.count(body) == 1
    figure = re.search(rb"[0-9](?=[^0-9]*$)", body)
    assert figure is not None
    spoilt = body[: figure.start()] + b"x" + body[figure.end() :]
    path.write_bytes(data.replace(body, spoilt))
    os.utime(path, ns=(left.st_atime_ns, left.st_mtime_ns))


def open_change(path: Path) -> None:
    """The same to entry 5 with any tool that speaks SQL."""
    with closing(sqlite3.connect(path)) as file:
        name = "entry_never_changes"
        (guard,) = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
        file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE entry SET body = replace(body, '\"7', '\"9') WHERE sequence = 5")
        file.execute(guard)
        file.commit()


@pytest.fixture
def checked(filled: Path) -> Path:
    """Nine entries, all of them checked this morning."""
    started(filled, MORNING).close()
    return filled


def note(path: Path) -> Path:
    return path.with_name("journal.sqlite.checked")


def test_the_first_start_of_a_day_notes_how_far_it_checked(checked: Path) -> None:
    found = read_note(checked, "checked")
    assert found is not None
    with open_read_only(checked) as journal:
        assert (found.journal_id, found.head) == (journal.journal_id, journal.head())
    size = checked.stat().st_size
    assert found.lines[0] == "checked in full 2026-03-12"
    assert found.lines[1].startswith(f"left with {size} bytes at ")


def test_a_file_that_is_not_as_it_was_left_is_checked_in_full(checked: Path) -> None:
    open_change(checked)
    with pytest.raises(JournalAltered, match="entry 5 is not as it was written"):
        started(checked, EVENING)


@pytest.mark.parametrize("how", [bytes, open_change])
def test_nothing_is_noted_of_a_file_that_another_wrote_or_that_lies_elsewhere(
    checked: Path, how: Callable[[Path], object]
) -> None:
    before = note(checked).read_bytes()
    journal = started(checked, EVENING)
    if how is open_change:
        open_change(checked)
    else:
        data = checked.read_bytes()
        checked.rename(checked.with_name("aside.sqlite"))
        checked.write_bytes(data)
    journal.close()
    assert note(checked).read_bytes() == before


def test_what_was_checked_today_is_not_checked_again_at_a_start(checked: Path) -> None:
    """The limit of it: only the check, the day's first start and a reading find such a change."""
    change(checked, 5)
    with started(checked, EVENING) as journal:
        assert journal.head().sequence == 9
        assert journal.check().problems == ("entry 5 is not as it was written",)
    for moment in (TOMORROW, YESTERDAY):
        with pytest.raises(JournalAltered, match="entry 5 is not as it was written"):
            started(checked, moment)


def test_an_entry_changed_after_its_check_is_never_read_as_true(checked: Path) -> None:
    ways: tuple[Callable[[Journal], Any], ...] = (
        lambda journal: journal.entries(),
        lambda journal: journal.entries(kind="weight-recorded"),
        lambda journal: journal.entries(subject="s1"),
        lambda journal: journal.by_form_token("form-4"),
    )
    change(checked, 5)
    with started(checked, EVENING) as journal:
        for way in ways:
            with pytest.raises(JournalAltered, match="entry 5 is not as it was written"):
                way(journal)
        found = journal.by_form_token("form-3")
        assert isinstance(found, Entry)


def test_an_entry_changed_while_the_journal_is_open_is_not_read(checked: Path) -> None:
    with started(checked, EVENING) as journal:
        assert len(journal.entries(subject="s1")) == 8
        open_change(checked)
        with pytest.raises(JournalAltered):
            journal.entries(subject="s1")


@pytest.mark.parametrize("sequence", [9, 10, 11])
def test_the_noted_entry_and_all_after_it_are_checked(
    checked: Path, draft: Make, sequence: int
) -> None:
    before = read_note(checked, "checked")
    with started(checked, EVENING) as journal:
        drafts = [draft(body={"weight_kg": weight}) for weight in ("81", "82")]
        journal.append_all(drafts)
    after = read_note(checked, "checked")
    assert before is not None
    assert after is not None
    write_note(checked, "checked", SideNote(before.journal_id, before.head, after.lines))
    change(checked, sequence)
    with pytest.raises(JournalAltered, match=f"entry {sequence} is not as it was written"):
        started(checked, EVENING)


def test_guards_and_the_founding_row_are_looked_at_at_every_start(checked: Path, sql: Sql) -> None:
    sql(checked, "DROP TRIGGER entry_never_goes")
    with pytest.raises(JournalAltered, match="entry_never_goes is missing"):
        started(checked, EVENING)


def forget(path: Path) -> None:
    note(path).unlink()


def garble(path: Path) -> None:
    note(path).write_bytes(b"\xff\xfe" + note(path).read_bytes())


def cut(path: Path) -> None:
    note(path).write_bytes(note(path).read_bytes()[:-9])


def edit(path: Path) -> None:
    text = note(path).read_text(encoding="utf-8")
    note(path).write_text(text.replace("entry 9", "entry 8"), encoding="utf-8")


def of_another(path: Path) -> None:
    found = read_note(path, "checked")
    assert found is not None
    write_note(path, "checked", SideNote("a" * 32, found.head, found.lines))


def of_a_lost_entry(path: Path) -> None:
    found = read_note(path, "checked")
    assert found is not None
    gone = type(found.head)(12, found.head.hash)
    write_note(path, "checked", SideNote(found.journal_id, gone, found.lines))


def of_another_chain(path: Path) -> None:
    found = read_note(path, "checked")
    assert found is not None
    other = type(found.head)(9, "c" * 64)
    write_note(path, "checked", SideNote(found.journal_id, other, found.lines))


@pytest.mark.parametrize(
    "spoil", [forget, garble, cut, edit, of_another, of_a_lost_entry, of_another_chain]
)
def test_without_a_note_that_fits_everything_is_checked(
    checked: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(checked)
    started(checked, EVENING).close()
    found = read_note(checked, "checked")
    assert found is not None  # noted anew, after a full check
    assert found.head.sequence == 9
    change(checked, 5)
    spoil(checked)
    with pytest.raises(JournalAltered, match="entry 5"):
        started(checked, EVENING)


def test_a_full_check_at_a_start_looks_at_the_indexes_too(checked: Path, sql: Sql) -> None:
    (made,) = sql(checked, "SELECT sql FROM sqlite_master WHERE name = 'entry_by_kind'")[0]
    sql(
        checked,
        "DROP INDEX entry_by_kind",
        f"{made} WHERE sequence != 5",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = '{made}' WHERE name = 'entry_by_kind'",
    )
    with pytest.raises(JournalDamaged, match="missing from index entry_by_kind"):
        started(checked, TOMORROW)


def test_what_this_program_wrote_itself_is_noted_at_the_close(checked: Path, draft: Make) -> None:
    with started(checked, MORNING) as journal:
        journal.append_all([draft()] * 3)
        head = journal.head()
    found = read_note(checked, "checked")
    assert found is not None
    assert found.head == head
    started(checked, EVENING).close()


def test_a_note_that_cannot_be_written_is_left_out(checked: Path) -> None:
    note(checked).unlink()
    note(checked).mkdir()
    with started(checked, EVENING) as journal:
        assert journal.check().ok
    assert sorted(item.name for item in checked.parent.iterdir()) == [
        "journal.sqlite", "journal.sqlite.checked", "journal.sqlite.lock",
    ]  # fmt: skip
