"""A journal in a folder of its own, drafts for it, and a plain sqlite3 that knows nothing of us."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import Draft, Journal, open_journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with open_journal(path, create=True, owner="K. Brandt") as opened:
        yield opened


@pytest.fixture
def draft() -> Callable[..., Draft]:
    def make(kind: str = "weight-recorded", **changes: Any) -> Draft:
        usual: dict[str, Any] = {
            "body": {"weight": "w1", "purpose": "dosing", "weight_kg": "70"},
            "actor": "kb",
            "at": datetime(2026, 3, 12, 13, 2, tzinfo=UTC),
            "zone": "Europe/Berlin",
            "local_offset": "+01:00",
        }
        return Draft(kind=kind, **(usual | changes))

    return make


@pytest.fixture
def filled(path: Path, draft: Callable[..., Draft]) -> Path:
    """A closed journal with nine entries, the last of which amends the fifth."""
    with open_journal(path, create=True) as journal:
        entries = [
            journal.append(
                draft(
                    body={"weight_kg": f"7{number}", "purpose": "dosing"},
                    subject="s1",
                    cycle="c1",
                    dose_number=number + 1,
                    form_token=f"form-{number}",
                    protocol_fingerprint="sha256:aa",
                )
            )
            for number in range(8)
        ]
        journal.append(
            draft("order-amended", body={"order": "o1"}, amends=entries[4].id, reason="misread")
        )
    return path


@pytest.fixture
def sql() -> Callable[..., list[tuple[Any, ...]]]:
    """Run statements on a file as any SQLite tool would, commit, and return the last one's rows."""

    def run(path: Path, *statements: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
            connection.commit()
        return rows

    return run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; only an administrator of a Linux machine can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", os.fspath(place)],  # noqa: S607
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", os.fspath(place)], check=True)  # noqa: S607
