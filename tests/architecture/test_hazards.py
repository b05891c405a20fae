"""The hazard log names its controls, and each control's tests exist."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

FIELDS = {"id", "hazard", "cause", "harm", "control", "tests"}


@pytest.fixture(scope="module")
def hazards(root: Path) -> list[dict]:
    text = (root / "resources" / "safety" / "hazards.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["hazard"]


def exists(root: Path, test: str) -> bool:
    """Tell whether `tests/room/test_x.py::test_y` names a test function that is there."""
    file, _, names = test.partition("::")
    path = root / file
    if not (names and path.is_file()):
        return False
    body: list[ast.stmt] = ast.parse(path.read_text(encoding="utf-8")).body
    for name in names.partition("[")[0].split("::"):
        found = [n for n in body if getattr(n, "name", None) == name]
        if not found:
            return False
        body = getattr(found[0], "body", [])
    return name.startswith("test")


def test_each_hazard_is_told_in_full(hazards: list[dict]):
    assert len(hazards) >= 6
    for hazard in hazards:
        assert set(hazard) == FIELDS
        assert all(hazard[field] for field in FIELDS), hazard["id"]
    ids = [hazard["id"] for hazard in hazards]
    assert len(set(ids)) == len(ids)


def test_each_control_is_tested(root: Path, hazards: list[dict]):
    gone = [
        f"{hazard['id']}: {test}"
        for hazard in hazards
        for test in hazard["tests"]
        if not exists(root, test)
    ]
    assert gone == []


def test_a_test_that_is_gone_would_be_seen(root: Path):
    here = "tests/architecture/test_hazards.py"
    assert exists(root, f"{here}::test_a_test_that_is_gone_would_be_seen")
    assert not exists(root, f"{here}::test_of_nothing")
    assert not exists(root, "tests/nowhere.py::test_of_nothing")
    assert not exists(root, here)
