"""Killing the program between any two steps loses nothing that the window had called stored."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from il2desk.records import open_journal

WALKER = Path(__file__).parent / "walk_and_tell.py"
# What the line adds to a journal with an active protocol, an announcement each.
LINE = (
    "subject-registered", "order-written", "cycle-planned", "weight-recorded",
    "premedication-recorded", "assessment-recorded", "release-recorded", "administration-recorded",
    "administration-cosigned", "administration-amended", "sheet-printed",
)  # fmt: skip


def killed_walk(root: Path, words: list[Path], steps: int, delay: float) -> list[tuple[int, str]]:
    """Start the program, kill it `delay` s after some announcements; returns what it announced."""
    with subprocess.Popen(
        [sys.executable, WALKER, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(root)},
    ) as walk:  # fmt: skip
        assert walk.stdout is not None
        assert walk.stderr is not None
        lines = [walk.stdout.readline() for _ in range(steps)]
        time.sleep(delay)
        walk.kill()
        lines += walk.stdout.readlines()
        errors = walk.stderr.read()
    assert "Traceback" not in errors, errors
    whole = [line.split() for line in lines if line.startswith("STORED") and line.endswith("\n")]
    return [(int(sequence), found) for _, sequence, found in whole]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("at_most", [3, pytest.param(1, marks=pytest.mark.prove)])
def test_a_kill_between_steps_loses_nothing(
    root: Path, activated: Path, tmp_path: Path, at_most: int
) -> None:
    """Killed after one or a few steps, again and again, until the line is through."""
    sheet, announced, kills = tmp_path / "sheet.pdf", [], 0
    kinds: list[str] = []
    while "sheet-printed" not in kinds:
        steps = min(at_most, 3 - kills % 3)
        told = killed_walk(root, [activated, sheet], steps, delay=kills % 4 * 0.04)
        assert told, "the program called nothing stored before it was killed"
        announced += told
        kills += 1
        with open_journal(activated) as journal:
            assert journal.check().ok
            stored = {entry.sequence: entry.hash for entry in journal.entries()}
            kinds = [entry.kind for entry in journal.entries()]
        assert all(stored[sequence] == found for sequence, found in announced)
    assert kills >= 6 // at_most + 1
    assert [kind for kind in kinds if kind in LINE] == list(LINE)
    with open_journal(activated) as journal:
        printed = journal.entries(kind="sheet-printed")[-1].body
    assert hashlib.sha256(sheet.read_bytes()).hexdigest() == printed["stamped_sha256"]
