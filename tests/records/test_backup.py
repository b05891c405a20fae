"""A backup counts only when it was read back and found whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import BackupFailed, Draft, Journal, JournalFault, open_journal, open_read_only

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]
    Sql = Callable[..., list[tuple[Any, ...]]]


def test_a_backup_holds_everything_and_opens_as_a_journal(
    journal: Journal, draft: Make, tmp_path: Path
) -> None:
    entries = [journal.append(draft()) for _ in range(20)]
    copy = tmp_path / "backup.sqlite"
    assert journal.backup_to(copy) == journal.head()
    with open_read_only(copy) as reader:
        assert reader.entries() == tuple(entries)
        assert reader.journal_id == journal.journal_id
        assert reader.check().ok
    with open_journal(copy) as restored:
        assert restored.append(draft()).sequence == 21
    assert {item.name for item in tmp_path.iterdir()} == {
        "backup.sqlite", "backup.sqlite.lock", "backup.sqlite.checked", "journal.sqlite",
        "journal.sqlite.lock", "journal.sqlite.owner",
    }  # fmt: skip


def test_a_newer_backup_takes_the_place_of_an_older_one(
    journal: Journal, draft: Make, tmp_path: Path
) -> None:
    copy = tmp_path / "backup.sqlite"
    journal.backup_to(copy)
    journal.append(draft())
    journal.backup_to(copy)
    with open_read_only(copy) as reader:
        assert reader.count() == 1


def test_a_bad_copy_never_replaces_a_good_one(
    journal: Journal, draft: Make, tmp_path: Path, sql: Sql
) -> None:
    journal.append(draft())
    copy = tmp_path / "backup.sqlite"
    journal.backup_to(copy)
    good = copy.read_bytes()
    sql(
        journal.path,
        "DROP TRIGGER entry_never_changes",
        "UPDATE entry SET reason = 'x' WHERE sequence = 1",
    )
    with pytest.raises(BackupFailed, match="the copy is not whole"):
        journal.backup_to(copy)
    assert copy.read_bytes() == good
    assert not (tmp_path / "backup.sqlite.part").exists()


@pytest.mark.parametrize("there", ["journal", "text", "other", "longer"])
def test_a_backup_overwrites_nothing_else(
    journal: Journal, draft: Make, tmp_path: Path, there: str
) -> None:
    place = tmp_path / "there.sqlite"
    if there == "journal":
        place = journal.path
    elif there == "text":
        place.write_text("a letter", encoding="utf-8")
    elif there == "other":
        open_journal(place, create=True).close()
    else:
        journal.backup_to(place)
        with open_journal(place) as longer:
            longer.append(draft())
    before = place.read_bytes()
    with pytest.raises(BackupFailed, match="No backup was made"):
        journal.backup_to(place)
    assert place.read_bytes() == before
    assert journal.append(draft()).sequence == 1


def test_a_missing_folder_is_told(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(JournalFault):
        journal.backup_to(tmp_path / "nowhere" / "backup.sqlite")
    assert journal.check().ok
