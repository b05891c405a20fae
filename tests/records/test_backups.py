"""Backups in a folder: found by name, thinned out to days and months, never the newest lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from il2desk.records import (
    BackupFailed,
    Draft,
    Journal,
    backups_in,
    kept_heads,
    make_backup,
    open_read_only,
)

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
    for day in range(800):
        for hour in (0, 12):
            taken = first + timedelta(days=day, hours=hour)
            (folder / f"il2desk-{short}-{taken:%Y%m%dT%H%M%SZ}.sqlite").touch()
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
