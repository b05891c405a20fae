"""Ten thousand random changes to a journal of real work: each one is found by the check."""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from il2desk.desk import SetClock, open_practice
from il2desk.records import (
    JournalFault,
    head_problems,
    make_backup,
    open_journal,
    open_read_only,
)

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
MOST_TRIES = 200
OF_THE_WHOLE = ("cut_the_tail", "rewrite_the_chain")
"""What only a head kept elsewhere shows: what is left is a whole chain."""
BELOW = (
    "hide_from_an_index",
    "flip_a_bit",
    "change_a_byte",
    "spoil_a_page",
    "cut_the_file",
    "change_how_things_stand",
)
"""What may lie where opening does not look: in an index, or in a page that holds no entry."""


def _load() -> ModuleType:
    """The file beside this one; the test run knows no packages of tests."""
    file = Path(__file__).with_name("tampering.py")
    spec = importlib.util.spec_from_file_location("records_tampering", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tampering = _load()


@dataclass(frozen=True)
class Original:
    """A journal of some weeks' work as bytes and as values, and the folder of its kept heads."""

    data: bytes
    values: tuple[Any, ...]
    heads: Path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    folder = tmp_path_factory.mktemp("original")
    path = folder / "journal.sqlite"
    desk = open_practice(path, clock=SetClock(NOON))
    make_backup(desk.journal, folder / "backups", NOON)
    desk.close()
    assert not found(path, folder / "backups")
    return Original(path.read_bytes(), tampering.values(path), folder / "backups")


def found(path: Path, heads: Path | None) -> tuple[str, ...]:
    """What the check says of the file; a crash of the check is a failure of the test."""
    try:
        with open_read_only(path) as journal:
            report = journal.check()
            kept = () if heads is None else head_problems(journal, heads)
            assert report.ok == (not report.problems)
            return (*report.problems, *kept)
    except JournalFault as fault:
        return (fault.what,)


def changed(path: Path, original: Original, number: int) -> tuple[str, str]:
    """Make the change with that number, one that changes a value; its kind and what it did."""
    chance = Random(f"change {number}")  # noqa: S311 - the same change at every run
    kind = tampering.KINDS[number % len(tampering.KINDS)]
    for _ in range(MOST_TRIES):
        path.write_bytes(original.data)
        try:
            told = kind(path, chance)
            if told and tampering.values(path) != original.values:
                return kind.__name__, told
        except sqlite3.IntegrityError:
            continue  # the new value cannot stand in that column at all
        except (sqlite3.Error, UnicodeDecodeError) as error:
            return kind.__name__, str(error)
    raise AssertionError(f"{kind.__name__} never changed anything")


def find_them_all(original: Original, folder: Path, numbers: range) -> None:
    missed: list[str] = []
    path = folder / "journal.sqlite"
    for number in numbers:
        kind, told = changed(path, original, number)
        heads = original.heads if kind in OF_THE_WHOLE else None
        if not found(path, heads):
            missed.append(f"{number} {kind}: {told}")
        if number % 10 == 0 and kind not in OF_THE_WHOLE + BELOW:
            before = path.read_bytes()
            with pytest.raises(JournalFault):
                open_journal(path).close()
            assert path.read_bytes() == before
    assert missed == []


@pytest.mark.timeout(300)
def test_200_random_changes_are_all_found(original: Original, tmp_path: Path) -> None:
    find_them_all(original, tmp_path, range(200))


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_10_000_random_changes_are_all_found(original: Original, tmp_path: Path) -> None:
    find_them_all(original, tmp_path, range(200, 10_200))


def test_what_only_a_kept_head_shows_is_a_whole_chain_without_it(
    original: Original, tmp_path: Path
) -> None:
    path = tmp_path / "journal.sqlite"
    for kind in OF_THE_WHOLE:
        number = [one.__name__ for one in tampering.KINDS].index(kind)
        changed(path, original, number)
        open_journal(path).close()  # what is made from the entries is made from those there are now
        assert found(path, None) == ()
        assert any("cut off" in one or "recomputed" in one for one in found(path, original.heads))
