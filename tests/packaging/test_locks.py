"""What is installed is locked, with hashes, from nowhere in particular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements-run.txt", "requirements-test.txt")


def pins(lock: Path) -> dict[str, str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", "\n".join(lines), flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_is_pinned_with_a_hash(root: Path, name: str):
    text = (root / "packaging" / name).read_text(encoding="utf-8")
    entries = [e for e in re.split(r"\n(?=[a-z0-9])", text) if not e.startswith("#")]
    assert len(entries) > 15
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_where_packages_come_from(root: Path, name: str):
    text = (root / "packaging" / name).read_text(encoding="utf-8")
    assert re.findall(
        r"://|--index|--find-links|--extra|file:|/tmp|/home", text.split("\n\n")[0]
    ) in (
        [],
        ["--extra"],  # the header's command takes the test group
    )
    assert "://" not in text


def test_the_test_set_holds_the_run_set(root: Path):
    run = pins(root / "packaging" / LOCKS[0])
    test = pins(root / "packaging" / LOCKS[1])
    assert run.items() <= test.items()
    assert "pytest" in test
    assert "pytest" not in run


def test_every_dependency_is_locked(root: Path):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = re.compile(r"^[A-Za-z0-9-]+")
    wanted = {name.match(each)[0].lower() for each in project["dependencies"]}
    tools = {name.match(each)[0].lower() for each in project["optional-dependencies"]["test"]}
    assert wanted <= set(pins(root / "packaging" / LOCKS[0]))
    assert wanted | tools <= set(pins(root / "packaging" / LOCKS[1]))


def test_qt_is_the_one_that_does_not_abort(root: Path):
    assert pins(root / "packaging" / LOCKS[0])["pyside6-essentials"] == "6.11.3"
