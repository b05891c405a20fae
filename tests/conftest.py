"""What every test shares: a headless Qt, a private home, steady properties."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Before Qt is imported. A platform that was named on purpose stays.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"

# The same examples at every run; a slow machine is no failure.
settings.register_profile("house", deadline=None, derandomize=True)
# `prove` looks much longer, and elsewhere at every run.
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test, and each program it starts, away from the real journals and settings."""
    home = tmp_path_factory.mktemp("home")
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("LOCAL_APPDATA", "APPDATA"):  # platformdirs' own names for them on Windows
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(home / name.lower()))
    return home
