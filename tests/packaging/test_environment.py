"""The environment is trusted only with its stamp, and only while its Python works."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in Python is a shell script")


@pytest.fixture
def environment(scripts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    lock = tmp_path / "lock.txt"
    lock.write_text("one==1\n", encoding="utf-8")
    module = scripts["environment"]
    monkeypatch.setattr(module, "LOCKS", {"run": lock, "test": lock})
    return module


@pytest.fixture
def finished(environment: ModuleType, tmp_path: Path) -> Path:
    """A finished run set whose Python answers that all is there."""
    place = tmp_path / "place"
    (place / "bin").mkdir(parents=True)
    answers(place, 0)
    (place / "run.stamp").write_text(environment.stamp_text("run"), encoding="ascii")
    return place


def answers(place: Path, code: int) -> None:
    python = place / "bin" / "python"
    python.write_text(f"#!/bin/sh\nexit {code}\n", encoding="ascii")
    python.chmod(0o755)


def test_a_finished_set_is_taken_as_it_is(environment: ModuleType, finished: Path):
    assert environment.is_ready(finished, "run")


def test_the_test_set_is_another_set(environment: ModuleType, finished: Path):
    assert not environment.is_ready(finished, "test")


def test_a_changed_lock_asks_for_a_new_set(environment: ModuleType, finished: Path):
    environment.LOCKS["run"].write_text("one==2\n", encoding="utf-8")
    assert not environment.is_ready(finished, "run")


@pytest.mark.parametrize("text", ["", "0" * 64, "é"])
def test_a_wrong_stamp_is_no_stamp(environment: ModuleType, finished: Path, text: str):
    (finished / "run.stamp").write_text(text, encoding="utf-8")
    assert not environment.is_ready(finished, "run")


def test_a_python_that_misses_a_package_is_not_ready(environment: ModuleType, finished: Path):
    answers(finished, 1)
    assert not environment.is_ready(finished, "run")


def test_a_python_that_is_gone_is_not_ready(environment: ModuleType, finished: Path):
    (finished / "bin" / "python").unlink()
    assert not environment.is_ready(finished, "run")


def test_each_python_version_has_its_own_folder(environment: ModuleType, tmp_path: Path):
    place = environment.folder(tmp_path)
    assert place.parent == tmp_path / ".environment"
    assert place.name.startswith("cpython-3")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM ...", "differs from the locked one"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for one", "Connect this machine to the network"),
        ("", "Connect this machine to the network"),
    ],
)
def test_each_failure_of_the_installer_has_its_sentence(
    environment: ModuleType, said: str, sentence: str
):
    told = environment._why(said, "run", None)
    assert sentence in told
    assert "Nothing was installed." in told


def test_a_folder_that_lacks_a_wheel_is_told_how_to_fill_it(
    environment: ModuleType, tmp_path: Path
):
    told = environment._why("ERROR: No matching distribution found for one", "test", tmp_path)
    assert str(tmp_path) in told
    assert f"--require-hashes -r packaging/{environment.LOCKS['test'].name} -d FOLDER" in told
