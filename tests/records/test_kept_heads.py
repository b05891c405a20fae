"""What only a kept head can show: entries cut off, a chain recomputed by somebody who knows how."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from il2desk.records import Draft, Journal, head_problems, make_backup, open_journal, open_read_only
from il2desk.records.canonical import row_hash
from il2desk.records.kept_heads import heads_file
from il2desk.records.schema import COLUMNS, GUARDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
# Another first digit, whichever the hash of this run has.
OTHER_HASH = """UPDATE entry SET hash =
  CASE substr(hash, 1, 1) WHEN 'f' THEN 'e' ELSE 'f' END || substr(hash, 2) WHERE sequence = 3"""


@pytest.fixture
def folder(tmp_path: Path, path: Path, draft: Make) -> Path:
    """Backups at entries 0, 3 and 6 of a journal that now holds 8."""
    place = tmp_path / "backups"
    with open_journal(path, create=True) as journal:
        for count in range(3):
            make_backup(journal, place, NOON + timedelta(days=count))
            for _ in range(3 if count < 2 else 2):
                journal.append(draft())
    return place


def started_since(path: Path) -> None:
    """The program was started: what it makes from the entries is made from those there are now."""
    open_journal(path, against_backups=False).close()


def found(path: Path, folder: Path) -> tuple[str, ...]:
    with open_read_only(path) as journal:
        return head_problems(journal, folder)


def without_guards(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard.split()[2]}")
        for statement in statements:
            connection.execute(statement)
        for guard in GUARDS:
            connection.execute(guard)


def recompute(path: Path) -> None:
    """Change the reason of entry 5 and make every hash fit again, as somebody could who knows how."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard.split()[2]}")
        connection.execute("UPDATE entry SET reason = 'another' WHERE sequence = 5")
        (previous,) = connection.execute("SELECT hash FROM journal_meta").fetchone()
        rows = connection.execute(
            f"SELECT {', '.join(COLUMNS)} FROM entry ORDER BY sequence"
        ).fetchall()
        for row in rows:
            values = [*row[:-2], previous]
            previous = row_hash(values)
            connection.execute(
                "UPDATE entry SET previous_hash = ?, hash = ? WHERE sequence = ?",
                (values[-1], previous, row[0]),
            )
        for guard in GUARDS:
            connection.execute(guard)


def test_a_journal_that_only_grew_holds_every_kept_head(path: Path, folder: Path) -> None:
    assert found(path, folder) == ()


def test_a_cut_tail_is_found_though_the_chain_is_whole(path: Path, folder: Path) -> None:
    without_guards(path, "DELETE FROM entry WHERE sequence > 5")
    started_since(path)
    with open_read_only(path) as journal:
        assert journal.check().ok
    (problem,) = found(path, folder)
    assert problem == (
        "the journal ends at entry 5, and the backup of 14-Mar-2026 12:00 universal time at entry 6: entries "
        "were cut off"
    )


def test_a_recomputed_chain_is_found_though_every_hash_fits(path: Path, folder: Path) -> None:
    recompute(path)
    started_since(path)
    with open_read_only(path) as journal:
        assert journal.check().ok
    (problem,) = found(path, folder)
    assert problem == (
        "entry 6 is not the one of the backup of 14-Mar-2026 12:00 universal time: the chain was recomputed"
    )


def test_a_journal_put_in_the_place_of_another_has_no_heads_here(
    path: Path, folder: Path, draft: Make
) -> None:
    path.unlink()
    with open_journal(path, create=True) as journal:
        journal.append(draft())
        assert head_problems(journal, folder) == ()


def test_a_head_that_was_changed_is_named_by_its_line(path: Path, folder: Path) -> None:
    with open_read_only(path) as journal:
        file = heads_file(folder, journal.journal_id)
    file.write_text(file.read_text().replace("Z 3 ", "Z three "))
    assert found(path, folder) == (f"line 2 of {file.name} is not as it was written",)


def test_a_backup_of_the_whole_file_put_back_is_found(
    path: Path, folder: Path, journal_copy: Path
) -> None:
    shutil.copyfile(journal_copy, path)
    assert "entries were cut off" in found(path, folder)[0]


@pytest.fixture
def journal_copy(path: Path, folder: Path) -> Path:
    """The oldest backup."""
    del path
    return min(folder.glob("*.sqlite"))


def test_the_same_sentence_is_said_once(path: Path, folder: Path) -> None:
    with open_journal(path) as journal:
        assert isinstance(journal, Journal)
        make_backup(journal, folder, NOON + timedelta(days=9))
    without_guards(path, "DELETE FROM entry")
    problems = found(path, folder)
    assert len(problems) == len(set(problems)) == 3


def restored(path: Path, draft: Make, *, to: int, at: datetime) -> None:
    """Cut the journal to an entry and write the restore down, as the act does."""
    without_guards(path, f"DELETE FROM entry WHERE sequence > {to}")
    with open_journal(path, against_backups=False) as journal:
        body = {
            "backup_sequence": to, "backup_hash": journal.hash_at(to), "journal_sequence": 8,
            "signatures": [{"name": "K. Brandt"}, {"name": "A. Ruiz"}],
            "at": at.isoformat(timespec="microseconds")[:-6] + "Z",
        }  # fmt: skip
        journal.append(draft("journal-restored", body=body, reason="disk failed"))


def test_what_a_recorded_restore_took_away_was_not_cut_off(
    path: Path, folder: Path, draft: Make
) -> None:
    restored(path, draft, to=3, at=NOON + timedelta(days=3))
    assert found(path, folder) == ()


def test_a_head_kept_after_the_restore_or_before_its_backup_still_counts(
    path: Path, folder: Path, draft: Make
) -> None:
    restored(path, draft, to=3, at=NOON + timedelta(days=1, hours=1))
    (problem,) = found(path, folder)
    assert "the backup of 14-Mar-2026 12:00 universal time at entry 6" in problem
    without_guards(path, OTHER_HASH)
    assert (
        "entry 3 is not the one of the backup of 13-Mar-2026 12:00 universal time: the chain was"
        in (" ".join(found(path, folder)))
    )


@pytest.mark.parametrize("change", [
    {"signatures": []}, {"backup_hash": "f" * 64}, {"journal_sequence": 5}, {"at": None},
    {"backup_sequence": "3"}, {"backup_sequence": None}, {"journal_sequence": "8"},
])  # fmt: skip
def test_a_restore_that_nobody_signed_or_that_does_not_fit_excuses_nothing(
    path: Path, folder: Path, draft: Make, change: dict[str, object]
) -> None:
    without_guards(path, "DELETE FROM entry WHERE sequence > 3")
    with open_journal(path, against_backups=False) as journal:
        body = {
            "backup_sequence": 3, "backup_hash": journal.hash_at(3), "journal_sequence": 8,
            "signatures": [{"name": "K. Brandt"}, {"name": "A. Ruiz"}], "at": "2026-03-20T12:00:00Z",
        }  # fmt: skip
        journal.append(draft("journal-restored", body=body | change, reason="hand-made"))
    assert any(
        "backup of 14-Mar-2026 12:00 universal time at entry 6" in one
        for one in found(path, folder)
    )
