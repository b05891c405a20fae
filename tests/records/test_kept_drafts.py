"""Drafts lie beside the entries: they change no hash, and are as secret as the journal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from il2desk.records import (
    JournalClosed,
    KeptDraft,
    Passphrase,
    encryption_available,
    open_journal,
    open_read_only,
)

AT = datetime(2026, 3, 12, 13, 1, tzinfo=UTC)
KEY = Passphrase("x'" + "5e" * 32 + "'")


def kept(who: str = "kb", place: str = "record", **typed: str) -> KeptDraft:
    return KeptDraft(who, place, AT, "1", typed or {"Start time": "1352"})


def test_a_draft_is_kept_replaced_and_taken_away(filled: Path) -> None:
    with open_journal(filled) as journal:
        head = journal.head()
        journal.keep_draft(kept())
        journal.keep_draft(kept("ar", note="mine"))
        journal.keep_draft(kept(note="later"))
    with open_journal(filled) as journal:
        assert journal.kept_drafts("kb") == (kept(note="later"),)
        assert len(journal.kept_drafts()) == 2
        journal.remove_draft("kb", "record")
        journal.remove_draft("kb", "record")
        assert journal.kept_drafts() == (kept("ar", note="mine"),)
        assert journal.head() == head
        assert journal.check().ok


def test_whoever_only_reads_keeps_none(filled: Path) -> None:
    open_journal(filled).close()
    with open_read_only(filled) as journal:
        assert journal.kept_drafts() == ()
        assert not hasattr(journal, "keep_draft")


def test_a_garbled_row_is_nobodys_draft(filled: Path, sql) -> None:
    open_journal(filled).close()
    row = "INSERT INTO kept_draft VALUES ('kb', '{}', '{}', '1', '{}')"
    sql(filled, row.format("a", "no time", "{}"), row.format("b", AT.isoformat(), "no json"),
        row.format("c", AT.isoformat(), "[1]"), row.format("d", "2026-03-12T13:01", "{}"))  # fmt: skip
    with open_journal(filled) as journal:
        assert journal.kept_drafts("kb") == ()


def test_a_backup_holds_it_and_a_closed_journal_keeps_none(filled: Path, tmp_path: Path) -> None:
    journal = open_journal(filled)
    journal.keep_draft(kept())
    journal.backup_to(tmp_path / "copy.sqlite")
    journal.close()
    with pytest.raises(JournalClosed):
        journal.keep_draft(kept())
    with open_read_only(tmp_path / "copy.sqlite") as copy:
        assert copy.kept_drafts("kb") == (kept(),)


@pytest.mark.skipif(not encryption_available(), reason="no SQLCipher here")
def test_an_encrypted_journal_keeps_its_drafts_encrypted(path: Path) -> None:
    with open_journal(path, create=True, passphrase=KEY) as journal:
        journal.keep_draft(kept(note="Quetzal"))
    assert b"Quetzal" not in path.read_bytes()
    with open_journal(path, passphrase=KEY) as journal:
        assert journal.kept_drafts("kb") == (kept(note="Quetzal"),)
