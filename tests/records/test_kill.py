"""Killing the program at any moment loses nothing that was acknowledged."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from il2desk.records import open_journal

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20

_DAY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from il2desk.records import Draft, open_journal

draft = Draft(kind="weight-recorded", body={"note": "x" * 900}, actor="kb", zone="UTC",
              at=datetime(2026, 3, 12, tzinfo=UTC), local_offset="+00:00")
with open_journal(Path(sys.argv[1]), owner="day") as journal:
    while True:
        print(*(entry.id for entry in journal.append_all([draft, draft, draft])), flush=True)
"""


@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost_by_a_kill(path: Path) -> None:
    open_journal(path, create=True).close()
    chance = random.Random(20260312)  # noqa: S311 - a repeatable choice of moments
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += _killed_day(path, chance)
        with open_journal(path) as journal:
            stored = {entry.id for entry in journal.entries()}
            assert journal.check().ok
            assert stored >= set(acknowledged)
            assert len(stored) % 3 == 0  # no batch is half there
    assert len(acknowledged) >= KILLS * 3


def _killed_day(path: Path, chance: random.Random) -> list[str]:
    """Let a process store entries, kill it at a random moment, and return what it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", _DAY, os.fspath(path)], stdout=subprocess.PIPE, text=True
    ) as day:
        assert day.stdout is not None
        lines = [day.stdout.readline() for _ in range(chance.randint(1, 8))]
        time.sleep(chance.random() / 100)
        day.kill()
        lines += day.stdout.readlines()
    whole = [line for line in lines if line.endswith("\n")]
    assert whole, "the process stored nothing before it was killed"
    return [one for line in whole for one in line.split()]
