"""Starts a window in a process of its own and notes when it says what, and how much it holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import trial

HERE = Path(__file__).resolve().parent
RUNS = 11
_LONGEST_S = 120


@dataclass(frozen=True, slots=True)
class Told:
    """A process said that something was reached: seconds since it was started, peak in MiB."""

    seconds: float
    peak_mib: float


def run(script: str, compiled: Path, *arguments: str, needs: str = "key") -> dict[str, Told]:
    """Start the script as a fresh process and return what it told, by name.

    `compiled` is the folder where Python keeps compiled modules for both sides; `needs` names what
    it must tell in the end.
    """
    words = [sys.executable, str(HERE / script), *arguments]
    place = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
    # As at every start but the first: both find their modules compiled.
    place.pop("PYTHONDONTWRITEBYTECODE", None)
    place["PYTHONPYCACHEPREFIX"] = str(compiled)
    begin = time.perf_counter()
    told: dict[str, Told] = {}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=place, text=True
    ) as process:
        for line in process.stdout or ():
            now = time.perf_counter()
            said = json.loads(line)
            told[said["what"]] = Told(now - begin, said["peak_kb"] / 1024)
        process.wait(_LONGEST_S)
    if process.returncode != 0 or needs not in told:
        message = f"{script} ended with {process.returncode} after {sorted(told)}"
        raise RuntimeError(message)
    return told


@cache
def both(journal: Path) -> tuple[tuple[dict[str, Told], ...], tuple[dict[str, Told], ...]]:
    """Return what the bare window and ours told, started in turn; the first pair does not count."""
    compiled = journal.parent / "compiled"
    ours = ("probe_desk.py", compiled, str(journal), trial.NAME, trial.PIN)
    pairs = [(run("probe_bare.py", compiled), run(*ours)) for _ in range(RUNS + 1)][1:]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
