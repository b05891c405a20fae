"""No room left: said at once, nothing half there, and it goes on when there is room again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from il2desk.records import DiskFull, Draft, open_journal, open_read_only

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]

_LIMITED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from il2desk.records import Draft, JournalFault, open_journal

journal = open_journal(Path(sys.argv[1]), create=True)
room = journal.path.stat().st_size + 40_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
draft = Draft(kind="weight-recorded", body={"note": "x" * 500}, actor="kb", zone="UTC",
              at=datetime(2026, 3, 12, tzinfo=UTC), local_offset="+00:00")
stored = 0
try:
    while stored < 1000:
        journal.append_all([draft, draft])
        stored += 2
except JournalFault as fault:
    first = fault.code
try:
    journal.append_all([draft] * 100)
except JournalFault as fault:
    print(stored, first, fault.code, journal.count(), journal.check().ok)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(journal.append(draft).sequence)
"""


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 1000):
            pass
    with pytest.raises(OSError, match="No space left"):
        (folder / "more").write_bytes(b"x" * 5000)
    (folder / "more").unlink()
    return filler


def test_a_full_disk_keeps_what_was_stored_and_nothing_half(small_disk: Path, draft: Make) -> None:
    path = small_disk / "journal.sqlite"
    with open_journal(path, create=True) as journal:
        journal.append(draft())
        filler = fill(small_disk)
        before = journal.head()
        with pytest.raises(DiskFull) as caught:
            journal.append_all([draft(body={"note": "x" * 900})] * 100)
        assert "The disk is full" in caught.value.what
        assert "was not stored" in caught.value.safe
        assert journal.head() == before
        with open_read_only(path) as reader:
            assert reader.check().ok
            assert reader.head() == before
        filler.unlink()
        assert journal.append(draft()).sequence == before.sequence + 1
        assert journal.check().ok


def test_a_full_disk_makes_no_half_journal_or_backup(small_disk: Path, path: Path) -> None:
    with open_journal(path, create=True) as journal:
        fill(small_disk)
        with pytest.raises(DiskFull):
            journal.backup_to(small_disk / "backup.sqlite")
        with pytest.raises(DiskFull):
            open_journal(small_disk / "journal.sqlite", create=True)
    names = {item.name for item in small_disk.iterdir()}
    assert names <= {"filler", "journal.sqlite.lock"}


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_file_that_may_not_grow_keeps_every_acknowledged_entry(path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _LIMITED, os.fspath(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = run.stdout.splitlines()
    stored, fault, again, count, whole = first.split()
    assert 10 < int(stored) < 1000
    assert {fault, again} <= {"disk-full", "storage-failed"}
    assert (int(count), whole) == (int(stored), "True")
    assert int(second) == int(stored) + 1
    with open_journal(path) as journal:
        assert journal.count() == int(stored) + 1
