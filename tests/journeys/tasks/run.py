"""Runs the ten tasks and prints what they need: verdict, keys against the budget, the longest blocks.

    python3 packaging/start.py tasks             the scripted tasks, headless
    python3 packaging/start.py tasks --real      and real input under Xvfb with xdotool

Ends with 0 where every task passes. Times are printed and never judged.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FRAME_MS = 1000 / 60
OUTCOME = re.compile(r"test_task_(\d\d)\.py::(\S+)\s+(PASSED|FAILED|ERROR|SKIPPED)")


def main(words: list[str]) -> int:
    """Run, print, and say whether all tasks passed."""
    real = "--real" in words
    files = [str(HERE / "test_budgets.py"), *(str(f) for f in sorted(HERE.glob("test_task_*.py")))]
    if real:
        files.append(str(HERE / "test_real_input.py"))
    with tempfile.TemporaryDirectory(prefix="il2desk-tasks-") as folder:
        report = Path(folder) / "report.jsonl"
        done = _pytest([*files, *(word for word in words if word != "--real")], report, real=real)
        lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
        _verdicts(done.stdout)
        _keys([json.loads(line) for line in lines])
        _blocks([json.loads(line) for line in lines])
    if done.returncode:
        print(done.stdout[-6000:])
    return done.returncode


def _pytest(words: list[str], report: Path, *, real: bool) -> subprocess.CompletedProcess[str]:
    marks = "prove or not prove" if real else "not prove"
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-m", marks, *words]
    environment = {**os.environ, "IL2DESK_TASK_REPORT": str(report)}
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


def _verdicts(out: str) -> None:
    """A line a task: how many of its tests passed."""
    tasks: dict[str, list[str]] = {}
    for number, _, verdict in OUTCOME.findall(out):
        tasks.setdefault(number, []).append(verdict)
    print("Task   verdict   tests")
    for number, verdicts in sorted(tasks.items()):
        bad = any(verdict in ("FAILED", "ERROR") for verdict in verdicts)
        print(f"T{int(number):<5} {'FAILED' if bad else 'passed':<9} {len(verdicts)}")


def _keys(told: list[dict[str, Any]]) -> None:
    """Keys of each row against its budget; credentials and values apart."""
    print("\nRow          keys  budget  typed apart")
    rows = {name: counted for one in told for name, counted in one["keys"].items()}
    for name, (used, most, apart) in sorted(rows.items()):
        over = "" if used <= most else "   OVER"
        print(f"{name:<12} {used:>4}  {most:>6}  {apart:>11}{over}")


def _blocks(told: list[dict[str, Any]]) -> None:
    """The longest turns of the event loop by page and act, and the longest of each task."""
    print("\nLongest turns of the event loop (key to painted answer)   ms  frames")
    found: dict[tuple[str, str], float] = {}
    for one in told:
        for took, page, act in one["worst"]:
            found[page, act] = max(took, found.get((page, act), 0))
    ranked = sorted(((took, *where) for where, took in found.items()), reverse=True)
    for took, page, act in ranked[:10]:
        print(f"  {page + ': ' + act:<52} {took:>7.0f} {took / FRAME_MS:>7.1f}")
    print("\nLongest turn of each task")
    for one in told:
        took, page, act = one["worst"][0] if one["worst"] else (0.0, "", "")
        print(f"  {one['task']:<66} {took:>5.0f} ms  {page}: {act}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
