"""The note of wrong PINs beside a journal: of this journal, whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.records import Journal, note_wrong_pins, noted_wrong_pins, open_journal

ONE, TWO = "a" * 32, "b" * 32


def note_of(journal: Journal) -> Path:
    return journal.path.with_name(f"{journal.path.name}.wrong-pins")


def test_what_is_noted_is_read_and_0_takes_it_away(journal: Journal) -> None:
    assert noted_wrong_pins(journal) == {}
    note_wrong_pins(journal, ONE, 0)
    assert not note_of(journal).exists()
    note_wrong_pins(journal, TWO, 1)
    note_wrong_pins(journal, ONE, 2)
    assert noted_wrong_pins(journal) == {ONE: 2, TWO: 1}
    note_wrong_pins(journal, TWO, 0)
    assert noted_wrong_pins(journal) == {ONE: 2}


def test_the_note_of_another_journal_says_nothing(journal: Journal, tmp_path: Path) -> None:
    note_wrong_pins(journal, ONE, 2)
    with open_journal(tmp_path / "other.sqlite", create=True) as other:
        note_of(other).write_bytes(note_of(journal).read_bytes())
        assert noted_wrong_pins(other) == {}


@pytest.mark.parametrize(
    ("old", "new"), [(" 2", " 1"), (ONE, TWO), ("journal", "journey"), ("sha256", "sha")]
)
def test_a_note_that_was_changed_says_nothing(journal: Journal, old: str, new: str) -> None:
    note_wrong_pins(journal, ONE, 2)
    text = note_of(journal).read_text(encoding="utf-8")
    assert old in text
    note_of(journal).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert noted_wrong_pins(journal) == {}


def test_a_note_that_cannot_be_written_is_left_out(journal: Journal) -> None:
    note_of(journal).mkdir()
    note_wrong_pins(journal, ONE, 2)
    assert noted_wrong_pins(journal) == {}
