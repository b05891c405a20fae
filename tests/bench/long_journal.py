"""A journal of 200,000 entries against one of some 200, and a full check against a bare SHA-256 pass.

Both are the practice trial as it stands now; the long one has some 2,500 finished patients of the
ten years before it. The start is the real program in a process of its own, up to the open journal.
Today and the board are read anew, with nothing kept from the reading before. The check reads every
entry, page and index; bare, one process reads the same bytes and hashes them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import processes
import trial
import years
from pairs import Row, in_turn

from il2desk.desk import Desk, chart_of, slot_states, today
from il2desk.dosing import Refusal
from il2desk.records import open_read_only
from il2desk.records.reading import entry_of

FEW, SOME, MANY = 200, 10_000, 200_000
STARTS, RUNS, CHECKS = 7, 21, 3


def measure(journal: Path) -> list[Row]:
    """Return the rows of the targets, and what the first start of a day takes."""
    short, middle, long = (
        _made(journal, name, entries)
        for name, entries in (("short", FEW), ("middle", SOME), ("long", MANY))
    )
    first = time.perf_counter()
    _settled(long)
    first = time.perf_counter() - first
    _settled(short)
    return [
        _start(short, long),
        _read("Today's rows", short, long, lambda desk, _: len(today(desk))),
        _read("a patient's board", short, long, _board),
        *_checks(middle, long),
        Row("  first start of a day on it, and Today for the first time", "s", first, runs=1),
    ]


def _made(journal: Path, name: str, entries: int) -> Path:
    folder = journal.parent / name
    folder.mkdir()
    years.make(journal, folder / "journal.sqlite", entries)
    return folder / "journal.sqlite"


def _settled(path: Path) -> None:
    """As on any day after its first start: checked in full, Today looked at."""
    path.with_name(f"{path.name}.checked").unlink()
    desk = trial.opened(path)
    today(desk)
    desk.close()


def _start(short: Path, long: Path) -> Row:
    compiled = short.parent / "compiled"

    def started(path: Path) -> float:
        told = processes.run("probe_desk.py", compiled, str(path), trial.NAME, trial.PIN)
        return told["journal"].seconds

    pair = in_turn(lambda: started(long), lambda: started(short), STARTS)
    name = f"start to the journal open, {_count(long):,} entries"
    return Row(name, "ms", pair.ours * 1000, pair.bare * 1000, 1.2, pair.runs)


def _read(name: str, short: Path, long: Path, read: Callable[[Desk, str], int]) -> Row:
    few, many = trial.opened(short), trial.opened(long)
    whose = {id(desk): trial.subject(desk, trial.FULL_CYCLE) for desk in (few, many)}

    def timed(desk: Desk) -> float:
        entry_of.cache_clear()
        begin = time.perf_counter()
        read(desk, whose[id(desk)])
        return time.perf_counter() - begin

    if read(few, whose[id(few)]) != read(many, whose[id(many)]):
        message = f"{name} shows more on the one journal than on the other"
        raise RuntimeError(message)
    pair = in_turn(lambda: timed(many), lambda: timed(few), RUNS)
    few.close(), many.close()
    return Row(f"{name}, on it", "ms", pair.ours * 1000, pair.bare * 1000, 1.2, pair.runs)


def _board(desk: Desk, subject: str) -> int:
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal) or chart.cycle is None:
        message = "the practice trial has no full cycle"
        raise TypeError(message)
    return len(slot_states(desk, chart.cycle))


def _checks(middle: Path, long: Path) -> list[Row]:
    """The long journal once, which takes long; a twentieth of it three times, and bare the same bytes."""
    few, many = _count(middle), _count(long)
    whole = _checked(long)
    part = median(_checked(middle) for _ in range(CHECKS))
    bare = median(_hashed(long) for _ in range(CHECKS))
    rate = f"full check of it ({many / whole:,.0f} entries a second)"
    return [
        Row("full check an entry, on it and on a twentieth", "us", whole / many * 1e6,
            part / few * 1e6, 1.2, 1),
        Row(rate, "s", whole, bare, None, 1),
    ]  # fmt: skip


def _checked(path: Path) -> float:
    with open_read_only(path) as journal:
        begin = time.perf_counter()
        report = journal.check()
        took = time.perf_counter() - begin
    if not report.ok:
        raise RuntimeError(report.problems[0])
    return took


def _hashed(path: Path) -> float:
    begin = time.perf_counter()
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    return time.perf_counter() - begin


def _count(path: Path) -> int:
    with open_read_only(path) as journal:
        return journal.count()
