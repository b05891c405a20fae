"""Each room is entered through its door, and each door says what lies behind it."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = ("dosing", "protocols", "records", "sheets", "exchange", "desk", "window")
LATER = (
    "sqlite_utils",
    "sqlcipher3",
    "reportlab",
    "pypdfium2",
    "argon2",
    "zxingcpp",
    "il2desk.desk",
)


def imported(tree: ast.Module) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            names.append(node.module or "")
            # `from il2desk.room import module` reaches past the door as well
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_imported_past_the_door(trees: dict[str, ast.Module], room: str):
    inside = f"il2desk/{room}/"
    modules = {path[:-3].replace("/", ".") for path in trees if path.startswith(inside)}
    modules |= {str(Path(path).parent).replace("/", ".") for path in trees if "/" in path}
    door = importlib.import_module(f"il2desk.{room}")
    # an act may bear its module's name (`plan_cycle`): then the door hands out the act
    opened = {f"il2desk.{room}.{name}" for name in door.__all__}
    behind = {name for name in modules if name.startswith(f"il2desk.{room}.")} - opened
    wrong = [
        f"{path} imports {name}"
        for path, tree in trees.items()
        if not path.startswith(inside)
        for name in imported(tree)
        if name in behind
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_door_names_what_it_opens_to(room: str):
    door = importlib.import_module(f"il2desk.{room}")
    assert len(set(door.__all__)) == len(door.__all__)  # ruff keeps them sorted
    assert [name for name in door.__all__ if not hasattr(door, name)] == []


@pytest.mark.parametrize("module", ["il2desk.cli", "il2desk.window", "il2desk.records"])
def test_what_the_first_paint_does_not_need_comes_later(root: Path, module: str):
    ask = f"import sys, {module}; print([n for n in {LATER!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ask],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
