"""The surroundings fail under the desk: an act says which, stores nothing, and works when it is mended."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from il2desk.desk import JournalFault, SetClock, open_desk, open_desk_to_read
from il2desk.records import open_read_only

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="faults as POSIX makes them")

MONDAY = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
TOLD = {
    "journal-replaced": ("was moved or replaced", "was not stored", "Put the file back"),
    "journal-busy": ("is already in use", "Nothing was changed", "Close it there"),
    "journal-damaged": ("is damaged", "No entry was added", "restore the last verified backup"),
    "journal-folder-read-only": (
        "is read-only",
        "is still in the file",
        "Ask for write permission",
    ),
    "storage-failed": ("could not be read or written", "was not stored", "press again"),
}


def replaced(path: Path) -> Callable[[], None]:
    """The file goes aside, and another of the same name comes."""
    aside = path.with_name("aside.sqlite")
    path.rename(aside)
    shutil.copy(aside, path)
    return lambda: aside.replace(path) and None


def moved(path: Path) -> Callable[[], None]:
    """The file goes aside."""
    aside = path.with_name("aside.sqlite")
    path.rename(aside)
    return lambda: aside.replace(path) and None


def held(path: Path) -> Callable[[], None]:
    """Another program is in the middle of a write."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def spoilt(path: Path) -> Callable[[], None]:
    """Pages go while the file is open, and whoever spoils them counts it as a write."""
    whole = path.read_bytes()
    data = bytearray(whole[:4096] + b"\xff" * (len(whole) - 4096))
    data[27] ^= 1
    path.write_bytes(data)

    def mended() -> None:
        assert path.read_bytes() == data  # nothing was written over it
        path.write_bytes(whole)

    return mended


def cut(path: Path) -> Callable[[], None]:
    """The disk loses the end of the file while it is open."""
    whole = path.read_bytes()
    data = bytearray(whole[: len(whole) // 2])
    data[27] ^= 1
    path.write_bytes(data)
    return lambda: path.write_bytes(whole) and None


def no_room(path: Path) -> Callable[[], None]:
    """The system takes no byte more."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (replaced, "journal-replaced"), (moved, "journal-replaced"), (held, "journal-busy"),
        (spoilt, "journal-damaged"), (cut, "journal-damaged"), (no_room, "storage-failed"),
    ],
)  # fmt: skip
def test_an_act_says_what_failed_and_is_stored_when_it_is_mended(ward, fault, code: str) -> None:
    before, path = ward.desk.journal.head(), ward.desk.journal.path
    mended = fault(path)
    try:
        with pytest.raises(JournalFault) as caught:
            ward.premedicate()
    finally:
        mended()
    told = caught.value
    assert told.code == code
    for sentence, part in zip((told.what, told.safe, told.do), TOLD[code], strict=True):
        assert part in sentence
    assert ward.desk.journal.head() == before
    ward.premedicate()
    assert ward.desk.journal.head().sequence == before.sequence + 1
    assert ward.desk.journal.check().ok


@contextmanager
def without_rights() -> Iterator[None]:
    """An ordinary account; root may write everywhere, so it steps down for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def entered_by_all(stages) -> Iterator[Path]:
    """A journal where everybody may enter; the folders of tests are closed."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        place = Path(made) / "ward"
        place.mkdir()
        yield Path(shutil.copy(stages["planned"], place / "journal.sqlite"))
        place.chmod(0o755)


def test_rights_that_are_lost_at_work_are_told_and_nothing_is_half_there(entered_by_all) -> None:
    path = entered_by_all
    desk = open_desk(path, create=False, owner="tests")
    try:
        before = desk.journal.head()
        path.parent.chmod(0o555)
        with without_rights(), pytest.raises(JournalFault) as caught:
            desk.append("backup-folder-named", {"folder": ""})
        assert caught.value.code == "journal-folder-read-only"
        assert desk.journal.head() == before
        path.parent.chmod(0o755)
        assert desk.append("backup-folder-named", {"folder": ""}).sequence == before.sequence + 1
    finally:
        path.parent.chmod(0o755)
        desk.close()


@pytest.mark.parametrize("mode", [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_without_rights_nothing_is_opened_for_work_but_it_can_be_read(
    entered_by_all, mode: tuple[int, int]
) -> None:
    path = entered_by_all
    file, folder = mode
    path.chmod(file)
    path.parent.chmod(folder)
    before = path.read_bytes()
    with without_rights():
        with pytest.raises(JournalFault, match="read-only"):
            open_desk(path, create=False, owner="tests")
        with closing(open_desk_to_read(path)) as desk:
            assert desk.journal.check().ok
    assert path.read_bytes() == before


def random_spoiling(data: bytes, chance: Random) -> bytes:
    """A page overwritten somewhere, or the end cut off."""
    spoiling = bytearray(data)
    if chance.random() < 0.3:
        return bytes(spoiling[: chance.randrange(1, len(data))])
    at, length = chance.randrange(len(data) - 600), chance.randint(40, 600)
    spoiling[at : at + length] = chance.randbytes(length)
    return bytes(spoiling)


@pytest.mark.parametrize("part", range(2))
def test_a_file_spoilt_anywhere_is_told_and_left_as_it_is(
    stages, tmp_path: Path, part: int
) -> None:
    """By random bytes on a page, or by a lost end: the start never crashes and writes nothing."""
    data = stages["planned"].read_bytes()
    whole = _all_rows(stages["planned"])
    path = tmp_path / "journal.sqlite"
    chance = Random(f"spoil {part}")  # noqa: S311 - the same places at every run
    told = 0
    for _ in range(25):
        spoiling = random_spoiling(data, chance)
        path.write_bytes(spoiling)
        fault = _opening_fault(path)
        if fault is None:  # it fell where no value lies
            assert _all_rows(path) == whole
            continue
        told += 1
        assert all(part.endswith(".") for part in (fault.what, fault.safe, fault.do))
        assert path.read_bytes() == spoiling
    assert told >= 10


def _opening_fault(path: Path) -> JournalFault | None:
    try:
        open_desk(path, clock=SetClock(MONDAY), create=False, owner="tests").close()
    except JournalFault as fault:
        return fault
    return None


def _all_rows(path: Path) -> list[Any]:
    with open_read_only(path) as journal:
        assert journal.check().ok
        return list(journal.entries())
