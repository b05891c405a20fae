"""The surroundings fail while a dose is being recorded: told, kept as typed, not stored, then stored."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from il2desk.records import open_journal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="faults as POSIX makes them")

# Another program that holds the file in the middle of a write of its own.
HOLDER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def to_the_moment_of_recording(hands: Any) -> int:
    """Everything typed, reviewed, and the PIN asked; returns how many entries there are."""
    hands.sign_in()
    hands.find("NPC-001")
    hands.open_dose(1)
    hands.keys("{Alt+5}gn{Tab}y{Ctrl+Enter}")
    return int(hands.session.desk.journal.count())


def told_and_kept(hands: Any, before: int, *parts: str) -> None:
    """The card with its three sentences; behind it all that was typed, and nothing more stored."""
    assert hands.panel is not None
    for sentence, part in zip(hands.panel.sentences, parts, strict=True):
        assert part in sentence
    assert hands.window.status.message() == hands.panel.sentences[0]
    assert hands.session.desk.journal.count() == before
    hands.keys("{Esc}")
    entries = hands.step.entries
    assert (entries.outcome.value(), entries.start.time.typed()) == ("given", "14:00")


def record_after_all(hands: Any, before: int, journal: Path) -> None:
    """The same form is stored once when the cause is gone, and the journal is whole."""
    hands.keys("{Ctrl+Enter}")
    hands.sign()
    hands.sign_second()
    assert hands.session.desk.journal.count() == before + 2
    hands.window.close()
    with open_journal(journal) as reopened:
        assert reopened.check().ok
        assert reopened.count() == before + 2


@pytest.mark.parametrize("replaced", [True, False])
def test_a_file_that_is_moved_or_replaced(
    start: Callable[..., Any], released: Path, *, replaced: bool
) -> None:
    hands = start(released)
    before = to_the_moment_of_recording(hands)
    aside = released.with_name("aside.sqlite")
    data = released.read_bytes()
    released.rename(aside)
    if replaced:
        released.write_bytes(data)
    hands.sign()
    told_and_kept(
        hands, before, "was moved or replaced", "new entry was not stored", "Put the file back"
    )
    assert aside.read_bytes() == data
    aside.replace(released)
    record_after_all(hands, before, released)


def test_a_file_that_another_program_holds(start: Callable[..., Any], released: Path) -> None:
    hands = start(released)
    before = to_the_moment_of_recording(hands)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, released],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        hands.sign()
        told_and_kept(hands, before, "is already in use", "Nothing was changed", "Close it there")
        other.stdin.write("on\n")
        other.stdin.close()
        other.wait(20)
    record_after_all(hands, before, released)


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


def test_a_folder_that_may_not_be_written_any_more(
    start: Callable[..., Any], released: Path
) -> None:
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        place = Path(made) / "ward"
        place.mkdir()
        journal = Path(copy(released, place / "journal.sqlite"))
        hands = start(journal)
        before = to_the_moment_of_recording(hands)
        place.chmod(0o555)
        with without_rights():
            hands.sign()
            told_and_kept(
                hands, before, "is read-only", "stored before is still in the file",
                "Ask for write permission to the folder",
            )  # fmt: skip
        place.chmod(0o755)
        record_after_all(hands, before, journal)


def test_pages_that_spoil_while_the_journal_is_open(
    start: Callable[..., Any], released: Path
) -> None:
    hands = start(released)
    before = to_the_moment_of_recording(hands)
    whole = released.read_bytes()
    spoilt = bytearray(whole[:4096] + b"\xff" * (len(whole) - 4096))
    spoilt[27] ^= 1  # as whoever writes counts his writes; else what was read once stays trusted
    released.write_bytes(spoilt)
    hands.sign()
    what, safe, do = hands.panel.sentences
    assert "is damaged" in what
    assert "No entry was added" in safe
    assert "restore the last verified backup" in do
    assert released.read_bytes() == spoilt
    released.write_bytes(whole)  # before the clock ticks again and says so anew
    hands.keys("{Esc}")
    assert hands.step.entries.outcome.value() == "given"
    record_after_all(hands, before, released)


@pytest.mark.parametrize("spoilt", ["pages", "tail"])
def test_a_spoilt_file_is_said_at_the_start_and_left_as_it_is(
    start: Callable[..., Any], released: Path, spoilt: str
) -> None:
    data = bytearray(released.read_bytes())
    if spoilt == "pages":
        for page in random.Random(12).sample(range(1, len(data) // 4096), 20):  # noqa: S311
            data[page * 4096 : page * 4096 + 900] = bytes(900)
    else:
        del data[-9000:]
    released.write_bytes(data)
    hands = start(released)
    what, safe, do = hands.session.sign_in_page().fault_sentences()
    assert "is damaged" in what or "was changed outside the program" in what
    assert "No entry was added" in safe
    assert "Keep this file" in do
    assert released.read_bytes() == data


def test_a_clock_moved_back_is_said_until_it_is_right_again(
    start: Callable[..., Any], released: Path, clock: Any
) -> None:
    clock.moment += timedelta(minutes=4)
    hands = start(released)
    to_the_moment_of_recording(hands)
    hands.sign()
    hands.sign_second()
    assert not any("CLOCK" in said for said in strips(hands))
    count = hands.session.desk.journal.count()
    clock.moment -= timedelta(hours=2)
    hands.until(lambda: any("CLOCK" in said for said in strips(hands)), "a strip")
    (said,) = (one for one in strips(hands) if "CLOCK" in one)
    assert "clock was moved back: it says 12-Mar-2026 12:04" in said
    assert "stored at 12-Mar-2026 14:04" in said
    assert hands.session.desk.journal.count() == count
    hands.unlock()  # the clock can no longer say how long nobody was here
    clock.moment += timedelta(hours=2)  # somebody sets it right, and two hours have gone by
    hands.unlock()
    hands.until(lambda: not any("CLOCK" in said for said in strips(hands)), "no strip")
    hands.find("NPC-001")
    hands.amend_time("1359")
    entry = hands.session.desk.journal.last()
    assert (entry.kind, entry.at) == ("administration-amended", clock.moment)


def strips(hands: Any) -> tuple[str, ...]:
    return tuple(hands.window.strips.sentences())


def test_a_time_zone_changed_at_work_is_said(
    start: Callable[..., Any], released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = start(released)
    hands.sign_in()
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    time.tzset()
    try:
        hands.until(lambda: any("CLOCK" in said for said in strips(hands)), "a strip")
        (said,) = (one for one in strips(hands) if "CLOCK" in one)
        assert "time zone of this computer was changed" in said
        assert hands.window.status.fact("clock").startswith("14:00 CET")
    finally:
        monkeypatch.undo()
        time.tzset()
