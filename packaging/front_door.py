"""What start.py does with its arguments, once the Python that runs it is known to be new enough."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import environment
import system

REFUSED = 2
FAULT = 3
SOURCES = ("il2desk", "tests", "packaging")
CHECKS = {
    "ruff check": ["-m", "ruff", "check", *SOURCES],
    "ruff format": ["-m", "ruff", "format", "--check", *SOURCES],
    "mypy": ["-m", "mypy"],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
}
# A process for each processor; a file of tests stays in one process, with what its tests share. Files
# come in the order of their names: by size, the few long tests would come last and run alone.
# Words after `test` come behind and win: `-n 0` runs everything in one process.
SUITE = ["-m", "pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
PROPERTIES = [
    str(Path("tests", "dosing", f"test_{name}.py")) for name in ("properties", "engines_agree")
]
FAULTS = ("records", "desk", "journeys")
# The longer proofs by name, each a list of calls; words after the name go to the last of them.
PROOFS = {
    "properties": [
        ["-m", "pytest", "-m", "prove", "-v", str(Path("tests", "dosing"))],
        ["-m", "pytest", "-q", "--hypothesis-profile=long", "--timeout=1200", *PROPERTIES],
    ],
    "faults": [
        ["-m", "pytest", "-m", "prove", "-v", *(str(Path("tests", name)) for name in FAULTS)],
    ],
    "coverage": [
        ["-m", "coverage", "run", "-m", "pytest", "-q", "tests/dosing", "tests/protocols"],
        ["-m", "coverage", "report"],
    ],
    "screens": [
        ["-m", "pytest", "-m", "prove", "-v", str(Path("tests", "window", "test_answers.py"))],
        [str(Path("tests", "screens", "run.py"))],
    ],
    "mutation": [[str(Path("tests", "mutation", "run.py"))]],
}


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit code (command-line page; 3: set-up failed)."""
    try:
        words, wheels = split_wheels(arguments)
        command = _COMMANDS.get(words[0] if words else "")
        if command is not None:
            return command(_prepare("test", wheels), words[1:])
        return _open(words, wheels)
    except environment.SetupError as fault:
        environment.tell(str(fault))
    except KeyboardInterrupt:
        environment.tell("Stopped. What was half made is made again at the next start.")
    return FAULT


def split_wheels(arguments: Sequence[str]) -> tuple[list[str], Path | None]:
    """Take `--wheels FOLDER` out of the arguments; raises SetupError where it is no folder."""
    words = list(arguments)
    for at, word in enumerate(words):
        if word == "--wheels" or word.startswith("--wheels="):
            takes = 1 if "=" in word else 2
            name = word.partition("=")[2] if takes == 1 else "".join(words[at + 1 : at + 2])
            wheels = Path(name)
            if not name or not wheels.is_dir():
                sentence = f"--wheels needs a folder of wheels; {name or 'nothing'!r} is none."
                raise environment.SetupError(sentence)
            return words[:at] + words[at + takes :], wheels.resolve()
    return words, None


def opens_window(words: Sequence[str]) -> bool:
    """Tell whether the program will open its window: no command, only the window's options."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--journal" and rest:
            rest.pop(0)
        elif word != "--practice" and not word.startswith("--journal="):
            return False
    return True


def needed_libraries(purpose: str) -> dict[str, str]:
    """Return the shared libraries for 'window', 'test' or 'command line', with their packages."""
    return {
        "window": {**system.DRAWING, **system.SCREEN},
        "test": system.DRAWING,
        "command line": {},
    }[purpose]


def _prepare(purpose: str, wheels: Path | None) -> Path:
    kind = "test" if purpose == "test" else "run"
    place = environment.folder()
    needs = list(system.missing_packages(needed_libraries(purpose)))
    if not system.can_make_environments() and not environment.is_ready(place, kind):
        needs.insert(0, "python3-venv")
    if needs:
        _bring(needs)
    return environment.ensure(kind, wheels)


def _bring(needs: list[str]) -> None:
    if not system.may_install():
        raise environment.SetupError(
            "This machine lacks what IL2Desk needs from the system. Run this one line, then start "
            "again: " + system.apt_line(needs)
        )
    both = system.missing_packages({**system.DRAWING, **system.SCREEN})
    wanted = list(dict.fromkeys([*needs, *both]))
    environment.tell("Installing from Debian: " + " ".join(wanted))
    if not system.install_packages(wanted):
        raise environment.SetupError(
            "Debian's packages could not be installed; apt-get says why above. Connect this machine "
            "to the network, or run this line yourself: " + system.apt_line(wanted)
        )


def _clean_environment() -> dict[str, str]:
    unwanted = ("PYTHONPATH", "PYTHONHOME")  # another Python's packages must not come in
    return {key: value for key, value in os.environ.items() if key not in unwanted}


def _open(words: Sequence[str], wheels: Path | None) -> int:
    window = opens_window(words)
    if window and not system.has_display(os.environ):
        environment.tell(system.NO_DISPLAY)
        return REFUSED
    python = _prepare("window" if window else "command line", wheels)
    # -P: the folder one stands in must not stand in for a module.
    command = [str(python), "-P", "-m", "il2desk", *words]
    if os.name != "nt":
        os.execve(command[0], command, _clean_environment())  # noqa: S606 - becomes the program
    return subprocess.run(command, env=_clean_environment(), check=False).returncode


def _run(python: Path, words: Sequence[str]) -> int:
    headless = {"QT_QPA_PLATFORM": "offscreen", **_clean_environment()}
    command = [str(python), *words]
    return subprocess.run(
        command, cwd=environment.ROOT, env=headless, stdin=subprocess.DEVNULL, check=False
    ).returncode


def _bench(python: Path, words: Sequence[str]) -> int:
    return _run(python, [str(Path("tests", "bench", "run.py")), *words])


def _screens(python: Path, words: Sequence[str]) -> int:
    return _run(python, [str(Path("tests", "screens", "run.py")), *words])


def _tasks(python: Path, words: Sequence[str]) -> int:
    """The ten tasks of a user: verdicts, keys against their budget, the longest blocks."""
    return _run(python, [str(Path("tests", "journeys", "tasks", "run.py")), *words])


def _test(python: Path, words: Sequence[str]) -> int:
    failed = []
    for name, check in CHECKS.items():
        print(f"== {name}", flush=True)
        if _run(python, check) != 0:
            failed.append(name)
    if failed:
        print("FAILED before the tests: " + ", ".join(failed), flush=True)
    tests = _run(python, [*SUITE, *words])  # its summary is the last word
    return tests or (1 if failed else 0)


def _prove(python: Path, words: Sequence[str]) -> int:
    """Run the longer proofs, or the one that is named, and say which of them failed."""
    name, rest = (words[0], list(words[1:])) if words else ("", [])
    if name and name not in PROOFS:
        print(f"{name} is no proof. They are: {', '.join(PROOFS)}.", file=sys.stderr)
        return REFUSED
    failed = []
    for each in (name,) if name else PROOFS:
        print(f"== {each}", flush=True)
        *before, last = PROOFS[each]
        for step in (*before, [*last, *rest]):
            if _run(python, step) != 0:
                failed.append(each)
                break
    print("FAILED: " + ", ".join(failed) if failed else "Proved.", flush=True)
    return 1 if failed else 0


def _words(python: Path, words: Sequence[str]) -> int:
    """Write the catalogue's messages anew, and compile every language of it."""
    return _run(python, [str(Path("packaging", "catalogue.py")), *words])


_COMMANDS = {
    "test": _test, "bench": _bench, "screens": _screens, "prove": _prove, "tasks": _tasks,
    "words": _words,
}  # fmt: skip
