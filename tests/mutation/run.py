"""Plants faults in the dosing core, one at a time, and asks the dosing tests whether they see them.

    python3 packaging/start.py prove mutation                    every module that is held
    python3 packaging/start.py prove mutation --module exact     one module
    ... --survivors                                              only what survived the last time

A fault that no test sees must stand in survivors.toml with the reason why it changes nothing; one
that stands there and is seen must be taken out. A run that was stopped goes on where it was, as
long as neither code nor tests have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / ".mutation"
LIST = Path(__file__).with_name("survivors.toml")
PARTS = ("il2desk", "tests/dosing", "tests/conftest.py", "resources", "pyproject.toml")
# What an answer rests on: where none of it has changed, results stand.
JUDGED = ("il2desk/dosing", "tests/dosing", "tests/conftest.py")
SURVIVED, NO_TEST = 0, 33  # mutmut's own numbers; any other is a test that failed, or a loop ended


@dataclass(frozen=True)
class Fault:
    """A planted fault: where, the lines as they are, and as they became."""

    module: str
    function: str
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.module}.{self.function}:\n  - {self.was}\n  + {self.becomes}"


def main(words: Sequence[str]) -> int:
    """Run the proof and return its exit code: 0 where every survivor is accounted for."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    asked = argparse.ArgumentParser(prog="prove mutation")
    asked.add_argument("--module", choices=listed["modules"], action="append")
    asked.add_argument("--survivors", action="store_true")
    chosen = asked.parse_args(words)
    if os.name == "nt":
        print("Faults are planted on Linux and macOS only; this proof was left out.")
        return 0
    modules = chosen.module or listed["modules"]
    copy_work(keep=chosen.survivors)
    names = to_run(modules, again=chosen.survivors)
    if names and mutmut("run", "--max-children", "1", *names) != 0:
        print("The faults could not be planted: the tests must pass without any, see above.")
        return 1
    return told(modules, listed["survivor"])


def copy_work(*, keep: bool) -> None:
    """Copy code and tests to a folder of their own; results of other code or tests are dropped."""
    digest = hashlib.sha256()
    for part in JUDGED:
        for path in sorted(files_of(ROOT / part)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    stamp = WORK / "of.sha256"
    same = stamp.is_file() and stamp.read_text(encoding="ascii") == digest.hexdigest()
    if not (same or keep):
        shutil.rmtree(WORK / "mutants", ignore_errors=True)
    for part in PARTS:
        place = WORK / part
        if place.is_dir():
            shutil.rmtree(place)
        for path in files_of(ROOT / part):
            copy = WORK / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    stamp.write_text(digest.hexdigest(), encoding="ascii")


def files_of(path: Path) -> Iterable[Path]:
    """Return the file, or the files of the folder, without what Python keeps beside them."""
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc"]


def mutmut(*words: str, quiet: bool = False) -> int | str:
    """Run the library in the work folder; its answer where `quiet`, else its exit code."""
    call = [sys.executable, "-m", "mutmut", *words]
    place = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    kept = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    place["PYTHONPATH"] = os.pathsep.join([str(WORK), *kept])
    place["QT_QPA_PLATFORM"] = "offscreen"
    if quiet:
        done = subprocess.run(
            call, cwd=WORK, env=place, capture_output=True, text=True, check=False
        )
        return done.stdout
    os.nice(10)
    return subprocess.run(call, cwd=WORK, env=place, check=False).returncode


def results_of(module: str) -> dict[str, int | None]:
    """Return the exit code of the tests for each fault of a module; None where it has not run."""
    path = WORK / "mutants" / "il2desk" / "dosing" / f"{module}.py.meta"
    if not path.is_file():
        return {}
    codes: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def to_run(modules: Sequence[str], *, again: bool) -> list[str]:
    """Return the names of faults to plant, or a pattern for a module that was never looked at."""
    names: list[str] = []
    wanted = (None, SURVIVED, NO_TEST) if again else (None,)
    for module in modules:
        found = results_of(module)
        if found:
            names += [name for name, code in found.items() if code in wanted]
        else:
            names.append(f"il2desk.dosing.{module}.*")
    return names


def shown(name: str) -> str:
    """Return the named fault as a difference, as the library tells it."""
    return str(mutmut("show", name, quiet=True))


def fault_of(module: str, name: str, difference: str) -> Fault:
    """Return what the named fault changes, as the lines before and after."""
    lines = [
        line
        for line in difference.splitlines()
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    function = name.rpartition(".")[2].rpartition("__mutmut_")[0].removeprefix("x_")
    was, becomes = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return Fault(module, function, was, becomes)


def told(
    modules: Sequence[str],
    survivors: Sequence[dict[str, str]],
    show: Callable[[str], str] = shown,
) -> int:
    """Print the score and what is not accounted for; 1 where anything is."""
    planted = seen = 0
    alive: set[Fault] = set()
    for module in modules:
        codes = results_of(module)
        left = [name for name, code in codes.items() if code in (SURVIVED, NO_TEST)]
        open_ = [name for name, code in codes.items() if code is None]
        if open_:
            print(f"{module}: {len(open_)} faults were not planted. Start again to go on.")
            return 1
        planted, seen = planted + len(codes), seen + len(codes) - len(left)
        print(f"{module}: {len(codes) - len(left)} of {len(codes)} faults were seen")
        alive |= {fault_of(module, name, show(name)) for name in left}
    known = {
        Fault(one["module"], one["function"], one["was"], one["becomes"])
        for one in survivors
        if one["module"] in modules
    }
    for fault in sorted(alive - known, key=str):
        print(f"NOT SEEN by any test, and not in {LIST.name}: {fault}")
    for fault in sorted(known - alive, key=str):
        print(f"Seen, or gone, but still in {LIST.name}; take it out: {fault}")
    print(f"{seen} of {planted} planted faults were seen; {len(alive & known)} change nothing.")
    return 0 if alive == known else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
