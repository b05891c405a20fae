"""When the surroundings fail: said at once, in what happened, what is safe and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from il2desk.records import open_journal

resource = pytest.importorskip("resource", reason="limits and rights as POSIX has them")

OWNER = """
import sys, time
from pathlib import Path
from il2desk.records import open_journal
with open_journal(Path(sys.argv[1]), owner="Ward pharmacy desk") as journal:
    print("open", flush=True)
    time.sleep(60)
"""


def fault(hands: Any) -> tuple[str, str, str]:
    """The three sentences on the sign-in page."""
    what, safe, do = hands.session.sign_in_page().fault_sentences()
    return what, safe, do


@pytest.fixture
def owned(root: Path, ward: Path) -> Iterator[Path]:
    """The journal while another program has it open."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, ward], cwd=root, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield ward
        other.kill()


def test_a_second_start_says_who_has_the_journal(start: Callable[..., Any], owned: Path) -> None:
    before = owned.read_bytes()
    what, safe, do = fault(start(owned))
    assert "is already in use." in what
    assert "Ward pharmacy desk" in what
    assert safe == "Nothing was changed."
    assert do
    assert owned.read_bytes() == before


def test_a_journal_of_a_newer_version_is_refused_untouched(
    start: Callable[..., Any], ward: Path
) -> None:
    with closing(sqlite3.connect(ward)) as database:
        known = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute(f"PRAGMA user_version = {known + 1_000_000}")
    before, beside = ward.read_bytes(), sorted(p.name for p in ward.parent.iterdir())
    what, safe, do = fault(start(ward))
    assert "layout" in what
    assert safe == "The file was not changed."
    assert "newer program" in do
    assert ward.read_bytes() == before
    assert sorted(path.name for path in ward.parent.iterdir()) == beside


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Rights of an ordinary account; root may write everywhere, so it steps down for a while."""
    import_module("il2desk.window.opening")  # root's own Python may lie where nobody else can read
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def entered_by_all(ward: Path) -> Iterator[Path]:
    """The journal where everybody may enter; the folders of tests are closed, again at every run."""
    with TemporaryDirectory() as made:
        place = Path(made) / "ward"
        place.mkdir()
        Path(made).chmod(0o755)
        yield Path(shutil.copy(ward, place / "journal.sqlite"))


@pytest.mark.parametrize("what_is", ["folder", "file"])
def test_a_journal_that_cannot_be_written_is_said_and_can_be_read(
    start: Callable[..., Any], entered_by_all: Path, what_is: str, request: Any
) -> None:
    ward = entered_by_all
    ward.chmod(0o444 if what_is == "file" else 0o644)
    ward.parent.chmod(0o555)
    before = ward.read_bytes()
    request.getfixturevalue("unprivileged")
    hands = start(ward)
    what, safe, do = fault(hands)
    assert "read-only" in what
    assert safe
    assert "read only" in do
    buttons = hands.session.sign_in_page().findChildren(QAbstractButton)
    assert any(button.accessibleName() == "Open to read only" for button in buttons)
    assert ward.read_bytes() == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; only an administrator of a Linux machine can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", os.fspath(place)]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    yield place
    subprocess.run(["umount", "-l", os.fspath(place)], check=True)  # noqa: S607


def to_the_moment_of_recording(hands: Any) -> int:
    """Everything typed, reviewed, and the PIN asked; returns how many entries there are."""
    hands.sign_in()
    hands.find("NPC-001")
    hands.open_dose(1)
    hands.keys("{Alt+5}gn{Tab}y{Ctrl+Enter}")
    return int(hands.session.desk.journal.count())


def assert_said_and_kept(hands: Any, before: int, happened: str) -> None:
    """The card, the status bar, and everything that was typed behind it."""
    what, safe, do = hands.panel.sentences
    assert happened in what
    assert "The new entry was not stored." in safe
    assert "press again" in do
    assert hands.window.status.message() == what
    assert hands.session.desk.journal.count() == before
    hands.keys("{Esc}")
    entries = hands.step.entries
    assert (entries.outcome.value(), entries.start.time.typed()) == ("given", "14:00")


def record_after_all(hands: Any, before: int, journal: Path) -> None:
    """The same form is stored once there is room again, and the journal is whole."""
    hands.keys("{Ctrl+Enter}")
    hands.sign()
    hands.sign_second()
    assert hands.session.desk.journal.count() == before + 2
    hands.window.close()
    with open_journal(journal) as reopened:
        assert reopened.check().ok
        assert reopened.count() == before + 2


def test_a_full_disk_at_the_moment_of_recording(
    start: Callable[..., Any], released: Path, small_disk: Path
) -> None:
    journal, filler = small_disk / "journal.sqlite", small_disk / "filler"
    shutil.copy(released, journal)
    hands = start(journal)
    before = to_the_moment_of_recording(hands)
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 1000):
            pass
    hands.sign()
    assert_said_and_kept(hands, before, "The disk is full")
    filler.unlink()
    record_after_all(hands, before, journal)


def test_a_disk_that_takes_no_more_at_the_moment_of_recording(
    start: Callable[..., Any], released: Path
) -> None:
    hands = start(released)
    before = to_the_moment_of_recording(hands)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        hands.sign()
        assert_said_and_kept(hands, before, "could not be read or written")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    record_after_all(hands, before, released)
