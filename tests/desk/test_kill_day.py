"""A day's work killed at random moments: what was acknowledged is stored, and nothing is half there."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from il2desk.desk import SetClock, chart_of, open_desk, subjects
from il2desk.dosing import Refusal
from il2desk.records import backups_in, kept_heads, open_read_only

DAY = Path(__file__).with_name("day_of_work.py")
TO_A_JOURNAL = 5
"""How often one journal is killed before another one is begun."""
OPENING = 0.1  # seconds
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children of one process are POSIX")


@dataclass(frozen=True)
class Told:
    """An act that has returned, with the head of the journal then, and when (seconds)."""

    act: str
    sequence: int
    hash: str
    at: float


class Ward:
    """The process whose children work; a child is killed or left to finish."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdin is not None
        assert process.stdout is not None
        self.to, self.of = process.stdin, process.stdout

    def day(self, journal: Path, code: str, kill: tuple[int, float] | None) -> list[Told]:
        """Let a child work and say what it told.

        `kill` says how many acts it may tell before it is killed, and how many seconds after.
        """
        self.say(f"{journal}\t{code}")
        word, pid = self.of.readline().split()
        assert word == "PID"
        told: list[Told] = []
        if kill is not None:
            told = [self.hear() for _ in range(kill[0])]
            time.sleep(kill[1])
            os.kill(int(pid), signal.SIGKILL)
        self.say("reap")
        while (one := self.hear()).act != "END":
            told.append(one)
        return told

    def say(self, line: str) -> None:
        self.to.write(f"{line}\n")
        self.to.flush()

    def hear(self) -> Told:
        line = self.of.readline().rstrip("\n")
        assert line, "the process that starts the children has ended"
        assert not line.startswith("ERROR"), line
        act, sequence, found = line.split() if line != "END" else ("END", "0", "")
        return Told(act, int(sequence), found, time.monotonic())


@pytest.fixture(scope="module")
def ward(root: Path) -> Iterator[Ward]:
    with subprocess.Popen(
        [sys.executable, DAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(root)},
    ) as process:  # fmt: skip
        yield Ward(process)
        process.kill()


@pytest.fixture(scope="module")
def whole_day(ward: Ward, stages, tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """What a day that nobody kills tells."""
    path = copied(stages["active"], tmp_path_factory.mktemp("whole") / "ward")
    ward.day(path, "NPC-001", None)
    return ward.day(path, "NPC-002", None)


def copied(stage: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(stage, folder / "journal.sqlite"))


@pytest.mark.timeout(300)
def test_25_kills_of_a_days_work_lose_nothing(ward, whole_day, stages, tmp_path) -> None:
    killed_days(ward, whole_day, stages["active"], tmp_path, 25)


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_500_kills_of_a_days_work_lose_nothing(ward, whole_day, stages, tmp_path) -> None:
    killed_days(ward, whole_day, stages["active"], tmp_path, 500)


def killed_days(ward: Ward, whole: list[Told], stage: Path, folder: Path, kills: int) -> None:
    """Kill every act in its turn, at a random moment of the time that it takes."""
    chance = Random(20260302)  # noqa: S311 - a repeatable choice of moments
    acts = [one.act for one in whole]
    pairs = list(pairwise(whole))
    takes = [OPENING, *(new.at - old.at for old, new in pairs)]
    grows = [0, *(new.sequence - old.sequence for old, new in pairs), 0]
    cut_short: set[str] = set()
    held: list[Told] = []
    path, there = folder / "none", 0
    for number in range(kills):
        if number % TO_A_JOURNAL == 0:
            path, held = copied(stage, folder / f"ward-{number}"), []
            there = whole[0].sequence - sum(grows)  # a whole day was worked before that one
        steps = number % len(takes)
        delay = chance.uniform(0, takes[steps])
        told = ward.day(path, f"NPC-{number + 10:03}", (steps, delay))
        held += told
        done = len(told)
        assert [one.act for one in told] == acts[:done]
        if done < len(acts):
            cut_short.add(acts[done])
        last = told[-1].sequence if told else there
        there = nothing_is_lost(path, held, last, grows[done])
    # The moments fell on acts of all sorts.
    assert len(cut_short) >= len(takes) // 2, cut_short


def nothing_is_lost(path: Path, held: list[Told], last: int, growth: int) -> int:
    """The journal, its indexes and its backups after a kill.

    `last` is the sequence told last, `growth` the number of entries of the act that was cut short.
    Returns how many entries there are.
    """
    whole_as_it_lies(path)
    desk = open_desk(path, clock=SetClock(NOON), create=False, owner="after")
    try:
        assert desk.journal.check().ok
        stored = {entry.sequence: entry.hash for entry in desk.journal.entries()}
        assert all(stored[one.sequence] == one.hash for one in held)
        assert len(stored) in (last, last + growth)  # all of the act that ran, or nothing of it
        charts = [chart_of(desk, subject.id) for subject in subjects(desk)]
        assert not any(isinstance(chart, Refusal) for chart in charts)
        whole_backups(path, desk.journal.journal_id, held)
    finally:
        desk.close()
    assert views_of(path) == views_of(rebuilt(path))
    return len(stored)


def whole_as_it_lies(path: Path) -> None:
    """Chain, pages and the tables of how things stand now, before the program mends anything.

    Any program that uses SQLite takes a write that was cut off back, as this one does here.
    """
    with closing(sqlite3.connect(path)) as file:
        file.execute("SELECT count(*) FROM entry").fetchone()
    with open_read_only(path) as journal:
        assert journal.check().problems == ()


def whole_backups(path: Path, journal_id: str, held: list[Told]) -> None:
    """Every backup that bears the name of one is whole, and the ones acknowledged are there."""
    folder = path.parent / "backups"
    found = backups_in(folder, journal_id)
    heads, problems = kept_heads(folder, journal_id)
    assert problems == ()
    assert len(found) >= min(1, sum(one.act == "back_up" for one in held))
    names = {backup.path.name for backup in found}
    assert {kept.file for kept in heads} <= names
    for backup in found:
        with open_read_only(backup.path) as copy:
            assert copy.check().ok


def rebuilt(path: Path) -> Path:
    """A copy whose indexes are made anew from the entries."""
    copy = Path(shutil.copy(path, path.with_name("rebuilt.sqlite")))
    with closing(sqlite3.connect(copy)) as file:
        file.execute("REINDEX")
        file.commit()
    return copy


def views_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What every view says."""
    with closing(sqlite3.connect(path)) as file:
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        assert names
        return {name: file.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
