"""The checkout holds what the house names, and each file one idea."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

TOP = {"pyproject.toml", "README.md", "il2desk", "resources", "tests", "packaging"}
WORDLESS = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}
LONGEST, LONGEST_DOOR = 400, 700  # a door only names what lies behind it


def top_level(root: Path) -> set[str]:
    """What is kept in git, or, where git or its folder is missing, what lies there."""
    git = shutil.which("git")
    if git and (root / ".git").exists():
        words = [git, "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(words, capture_output=True, text=True, check=False)
        if listed.returncode == 0:
            return {line.split("/")[0].strip('"') for line in listed.stdout.splitlines()}
    return {path.name for path in root.iterdir()}


def test_the_top_level_holds_nothing_else(root: Path):
    names = {name for name in top_level(root) if not name.startswith(".")}
    assert names == TOP


def test_a_file_of_the_program_is_at_most_400_lines(root: Path):
    counts = {
        path.relative_to(root).as_posix(): path.read_bytes().count(b"\n")
        for path in [*(root / "il2desk").rglob("*.py"), *(root / "packaging").rglob("*.py")]
    }
    assert counts
    long = {path for path, lines in counts.items() if lines > LONGEST}
    assert {path: counts[path] for path in long if not path.endswith("/__init__.py")} == {}
    assert {path: counts[path] for path in long if counts[path] > LONGEST_DOOR} == {}


def test_no_file_is_named_after_nothing(root: Path):
    wrong = [
        path.relative_to(root).as_posix()
        for folder in ("il2desk", "tests", "packaging", "resources")
        for path in (root / folder).rglob("*")
        if WORDLESS & set(path.stem.lower().split("_"))
    ]
    assert wrong == []


def test_no_number_of_the_program_is_said_twice(root: Path):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "il2desk/__init__.py"
