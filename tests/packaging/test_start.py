"""The front door says what is missing, in a sentence, before it changes anything."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def start(checkout: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    return subprocess.run(
        [sys.executable, str(checkout / "packaging" / "start.py"), *words],
        env={**kept, **variables},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A checkout of its own, so that nothing real is set up or removed."""
    place = tmp_path / "a checkout"
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "packaging", place / "packaging", ignore=unwanted)
    shutil.copytree(root / "il2desk", place / "il2desk", ignore=unwanted)
    return place


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
@pytest.mark.parametrize("words", [(), ("--practice",), ("--journal", "a.sqlite")])
def test_without_a_display_the_command_line_is_offered(checkout: Path, words: tuple[str, ...]):
    done = start(checkout, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr
    assert "start.py dose npc-bolus --weight 70" in done.stderr
    assert not (checkout / ".environment").exists()


def test_an_empty_folder_of_wheels_is_told_and_nothing_counts_as_set_up(scripts, checkout: Path):
    wheels = checkout / "wheels"
    wheels.mkdir()
    half_made = scripts["environment"].folder(checkout)
    (half_made / "bin").mkdir(parents=True)
    (half_made / "bin" / "python").write_text("cut short", encoding="ascii")
    done = start(checkout, "dose", "--wheels", str(wheels))
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "does not hold every locked wheel" in done.stderr
    assert list((checkout / ".environment").rglob("*.stamp")) == []


@pytest.mark.parametrize("words", [("--wheels",), ("--wheels", "/no/such/folder"), ("--wheels=",)])
def test_wheels_must_be_a_folder(checkout: Path, words: tuple[str, ...]):
    done = start(checkout, "test", *words)
    assert done.returncode == 3
    assert "--wheels needs a folder" in done.stderr
    assert not (checkout / ".environment").exists()


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 1), (3, 10, 13)])
def test_an_old_python_is_told_what_is_needed(scripts, version: tuple[int, int, int]):
    sentence = scripts["start"].too_old(version)
    assert f"this is Python {version[0]}.{version[1]}." in sentence
    assert "3.11 or newer" in sentence


def test_a_new_python_is_taken(scripts):
    assert scripts["start"].too_old((3, 11, 0)) == ""
    assert scripts["start"].too_old((4, 0, 0)) == ""


def test_an_old_python_can_read_the_front_door(root: Path):
    tree = ast.parse((root / "packaging" / "start.py").read_text(encoding="utf-8"))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert all(each.annotation is None for each in node.args.args)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--practice"], True),
        (["--journal", "x.sqlite", "--practice"], True),
        (["--journal=x.sqlite"], True),
        (["--journal", "x.sqlite", "verify"], False),
        (["--journal"], False),
        (["dose", "npc-bolus", "--weight", "70"], False),
        (["--help"], False),
        (["tset"], False),
    ],
)
def test_only_the_window_needs_a_display(scripts, words: list[str], window: bool):
    assert scripts["front_door"].opens_window(words) is window


def test_wheels_are_taken_out_wherever_they_stand(scripts, tmp_path: Path):
    split = scripts["front_door"].split_wheels
    assert split(["test", "-k", "dose"]) == (["test", "-k", "dose"], None)
    assert split(["--wheels", str(tmp_path), "test", "-x"]) == (["test", "-x"], tmp_path)
    assert split(["test", f"--wheels={tmp_path}"]) == (["test"], tmp_path)


def test_a_file_of_tests_stays_in_one_process_beside_the_runner(scripts, tmp_path: Path):
    tells = (
        "import os, pathlib\n"
        "def test_a(): pathlib.Path(__file__ + '.a').write_text(str(os.getpid()))\n"
        "def test_b(): pathlib.Path(__file__ + '.b').write_text(str(os.getpid()))\n"
    )
    names = [tmp_path / f"test_{name}.py" for name in ("one", "two")]
    for name in names:
        name.write_text(tells, encoding="ascii")
    words = [sys.executable, *scripts["front_door"].SUITE, "-q", "--rootdir", str(tmp_path)]
    words += ["--basetemp", str(tmp_path / "own")]  # the folder of the tests around is left alone
    with subprocess.Popen([*words, str(tmp_path)], stdout=subprocess.PIPE, cwd=tmp_path) as runner:
        told = runner.communicate()[0]
    assert runner.returncode == 0, told
    for name in names:
        inside = {Path(f"{name}.{which}").read_text(encoding="ascii") for which in "ab"}
        assert len(inside) == 1
        assert str(runner.pid) not in inside


def test_each_proof_is_there_and_another_name_is_refused(scripts, root: Path, capsys):
    door = scripts["front_door"]
    assert list(door.PROOFS) == ["properties", "faults", "coverage", "screens", "mutation"]
    named = [word for calls in door.PROOFS.values() for call in calls for word in call]
    files = [word for word in named if word.endswith(".py")]
    assert files
    assert all((root / file).is_file() for file in files)
    assert door._prove(Path(sys.executable), ["luck"]) == 2
    assert "properties, faults, coverage, screens, mutation" in capsys.readouterr().err
