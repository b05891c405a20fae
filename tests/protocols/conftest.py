"""The shipped catalogue, the practice copy, and a way to change one line of a shipped file."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue


@pytest.fixture(scope="session")
def resources():
    return resource_dir()


@pytest.fixture(scope="session")
def catalogue(resources):
    return load_catalogue(resources)


@pytest.fixture(scope="session")
def practice_file(resources):
    return resources / "practice" / "npc-bolus-practice.toml"


@pytest.fixture
def site_copy(resources, tmp_path):
    """Copy a shipped file into a folder of its own, with texts replaced; each must be there."""

    def copy(name: str, *changes: tuple[str, str], saved_as: str | None = None) -> Path:
        source = resources / name
        text = source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)
        path = tmp_path / (saved_as or source.name)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return copy
