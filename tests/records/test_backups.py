"""Backups in a folder: found by name, thinned out to days and months, never the newest lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from il2desk.records import (
    BackupFailed,
    Draft,
    Journal,
    JournalBehindBackup,
    KeptCopy,
    backup_folder,
    backups_in,
    kept_heads,
    make_backup,
    open_journal,
    open_read_only,
)
from il2desk.records.kept_heads import heads_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]

NOON = datetime(2026, 3, 12, 12, 0, 7, 999, tzinfo=UTC)


def names(folder: Path, journal: Journal) -> list[str]:
    return [one.path.name for one in backups_in(folder, journal.journal_id)]


def test_a_backup_is_whole_and_its_head_is_kept(
    journal: Journal, draft: Make, tmp_path: Path
) -> None:
    journal.append(draft())
    folder = tmp_path / "backups"
    made, head = make_backup(journal, folder, NOON)
    short = journal.journal_id[:8]
    assert made.path.name == f"il2desk-{short}-20260312T120007Z.sqlite"
    assert backups_in(folder, journal.journal_id) == (made,)
    assert made.taken == NOON.replace(microsecond=0)
    with open_read_only(made.path) as copy:
        assert copy.head() == head == journal.head()
    heads, problems = kept_heads(folder, journal.journal_id)
    assert problems == ()
    assert [(kept.taken, kept.head, kept.file) for kept in heads] == [
        ("2026-03-12T12:00:07Z", head, made.path.name)
    ]


def test_where_there_is_no_folder_there_is_no_backup(journal: Journal, tmp_path: Path) -> None:
    assert backups_in(tmp_path / "none", journal.journal_id) == ()
    assert kept_heads(tmp_path / "none", journal.journal_id) == ((), ())


def test_other_files_are_no_backups(journal: Journal, tmp_path: Path) -> None:
    short = journal.journal_id[:8]
    for name in (
        f"il2desk-{short}-20261312T120007Z.sqlite",
        f"il2desk-{short}-20260312T120007Z.sqlite.part",
        "il2desk-00000000-20260312T120007Z.sqlite",
        "journal.sqlite",
    ):
        (tmp_path / name).touch()
    assert names(tmp_path, journal) == []


def test_the_newest_of_30_days_and_24_months_stay_with_all_heads(
    journal: Journal, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    short = journal.journal_id[:8]
    first = datetime(2024, 1, 1, 6, tzinfo=UTC)
    head, lines = journal.head(), []
    for day in range(800):
        for hour in (0, 12):
            taken = first + timedelta(days=day, hours=hour)
            name = f"il2desk-{short}-{taken:%Y%m%dT%H%M%SZ}.sqlite"
            (folder / name).touch()
            lines.append(f"{taken:%Y-%m-%dT%H:%M:%SZ} {head.sequence} {head.hash} {name}\n")
    heads_file(folder, journal.journal_id).write_text("".join(lines), encoding="ascii")
    make_backup(journal, folder, first + timedelta(days=800))
    left = backups_in(folder, journal.journal_id)
    days = {one.taken.date() for one in left[:30]}
    assert len(days) == 30
    assert left[0].taken == first + timedelta(days=800)
    assert all(one.taken.hour == 18 for one in left[1:])
    months = {(one.taken.year, one.taken.month) for one in left}
    assert len(months) == 24
    # Two of the 24 months hold daily backups too, the newest of each among them.
    assert len(left) == 30 + 24 - len({(day.year, day.month) for day in days})


def test_what_the_journal_does_not_hold_is_never_thinned_out(
    journal: Journal, draft: Make, tmp_path: Path
) -> None:
    """An older copy of the file lies in the journal's place; the fuller backup of that day stays."""
    folder = tmp_path / "backups"
    older = tmp_path / "older.sqlite"
    journal.backup_to(older)
    journal.append(draft())
    fuller, _ = make_backup(journal, backup_folder(journal.path), NOON)
    journal.close()
    older.replace(journal.path)
    with pytest.raises(JournalBehindBackup, match="entries were cut off"):
        open_journal(journal.path)
    with open_journal(journal.path, against_backups=False) as opened:
        make_backup(opened, folder, NOON + timedelta(hours=1))
    assert fuller.path.exists()


def test_half_a_line_of_heads_swallows_no_other(journal: Journal, tmp_path: Path) -> None:
    folder = backup_folder(journal.path)
    make_backup(journal, folder, NOON)
    file = heads_file(folder, journal.journal_id)
    file.write_text(file.read_text() + "2026-03-12T12:0", encoding="ascii")
    make_backup(journal, folder, NOON + timedelta(days=1))
    heads, problems = kept_heads(folder, journal.journal_id)
    assert [one.taken for one in heads] == ["2026-03-12T12:00:07Z", "2026-03-13T12:00:07Z"]
    assert problems == (f"line 2 of {file.name} is not as it was written",)


def test_a_kept_copy_is_not_worked_in(journal: Journal, tmp_path: Path) -> None:
    made, _ = make_backup(journal, backup_folder(journal.path), NOON)
    kept = tmp_path / "journal-before-restore-20260312T120007Z.sqlite"
    kept.write_bytes(made.path.read_bytes())
    for path in (made.path, kept):
        with pytest.raises(KeptCopy):
            open_journal(path)
        open_read_only(path).close()


def test_a_backup_is_as_closed_to_others_as_the_journal(journal: Journal) -> None:
    journal.path.chmod(0o600)
    made, _ = make_backup(journal, backup_folder(journal.path), NOON)
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_a_failed_backup_keeps_no_head_and_removes_nothing(
    journal: Journal, draft: Make, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    make_backup(journal, folder, NOON)
    journal.append(draft())
    later = NOON + timedelta(days=1)
    blocked = folder / f"il2desk-{journal.journal_id[:8]}-{later:%Y%m%dT%H%M%SZ}.sqlite"
    blocked.write_text("a note of somebody")
    with pytest.raises(BackupFailed):
        make_backup(journal, folder, later)
    assert len(kept_heads(folder, journal.journal_id)[0]) == 1
    assert blocked.read_text() == "a note of somebody"
