"""The arrows between the rooms hold, and the contracts that say so can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds(root: Path):
    done = lint(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.fixture
def bare_house(root: Path, tmp_path: Path) -> Path:
    """A house of empty rooms under the real contracts."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    package = tmp_path / "il2desk"
    for room in ("", "dosing", "protocols", "records", "sheets", "exchange", "desk", "window"):
        (package / room).mkdir()
        (package / room / "__init__.py").touch()
    for module in ("__main__.py", "cli.py", "paths.py", "words.py"):
        (package / module).touch()
    return tmp_path


def test_a_house_in_order_is_left_in_peace(bare_house: Path):
    done = lint(bare_house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("dosing", "import time"),
        ("dosing", "from il2desk.words import say"),
        ("desk", "import sqlite3"),
        ("desk", "from PySide6.QtCore import QObject"),
        ("protocols", "import reportlab"),
        ("records", "import il2desk.sheets"),
        ("window", "import il2desk.records"),
        ("paths.py", "import il2desk.dosing"),
        ("cli.py", "import PySide6.QtWidgets"),
    ],
)
def test_a_wrong_arrow_is_found(bare_house: Path, room: str, line: str):
    place = bare_house / "il2desk" / room
    stray = place if place.is_file() else place / "stray.py"
    stray.write_text(f"{line}\n", encoding="utf-8")
    done = lint(bare_house)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_a_room_without_a_place_is_found(bare_house: Path):
    room = bare_house / "il2desk" / "annexe"
    room.mkdir()
    (room / "__init__.py").write_text('"""A room nobody placed."""\n', encoding="utf-8")
    done = lint(bare_house)
    assert done.returncode == 1
    assert "annexe" in done.stdout
