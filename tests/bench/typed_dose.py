"""From the first key of a typed weight to its dose painted, in the real window on the dose page.

Ours: the program on the practice trial, step 1 of a due dose, the form of a new weight open. The
keys of "71.4" and "69.2" in turn, then Tab; after every key the window handles all that waits. It
ends when both engines have agreed on the dose and the window has painted it with all the lines of
its working. Bare, in a process of its own: a window of the same size whose line edit echoes into a
label when it is left; the same keys; it ends when the echo is painted. The second row counts from
Tab only.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import trial
from pairs import Row
from processes import HERE
from PySide6.QtWidgets import QApplication
from typist import Painted, Typed, Typist, settle, until

from il2desk.desk import DosePlace, chart_of
from il2desk.dosing import Refusal
from il2desk.window import theme, wheel
from il2desk.window.application import build
from il2desk.window.pages.dose import DosePage
from il2desk.window.pages.dose_weight import WeightStep
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow

RUNS = 31


def measure(journal: Path) -> list[Row]:
    """Return the row of the target, and one that counts from Tab."""
    app = QApplication.instance() or QApplication([])
    theme.apply(app)
    guard = wheel.install(app)
    window, session, hook = build(journal, practice=False)
    window.resize(1280, 720)
    window.show()
    typist = _on_dose(window, session)
    words = [sys.executable, str(HERE / "probe_typed.py")]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as child:
        pairs = [(_asked(child), typist.type()) for _ in range(RUNS + 2)][2:]
        if child.stdin is not None:
            child.stdin.close()
    hook.uninstall()
    window.close()
    settle()
    del guard
    bare, ours = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [
        _row(
            "typed weight to painted dose",
            [one.whole for one in ours],
            [one.whole for one in bare],
            2,
        ),
        _row("  of it, from Tab", [one.last for one in ours], [one.last for one in bare]),
    ]


def _row(name: str, ours: list[float], bare: list[float], target: float | None = None) -> Row:
    return Row(name, "ms", median(ours) * 1000, median(bare) * 1000, target, len(ours))


def _asked(child: subprocess.Popen[str]) -> Typed:
    """Let the bare window type once."""
    if child.stdin is None or child.stdout is None:
        message = "the bare window cannot be spoken to"
        raise RuntimeError(message)
    child.stdin.write("type\n")
    return Typed(*json.loads(child.stdout.readline()))


def _on_dose(window: MainWindow, session: Session) -> Typist:
    """Sign in, open step 1 of the due dose with the form of a new weight, and return its typist."""
    until(lambda: session.office is not None)
    page, desk, office = session.sign_in_page(), session.desk, session.office
    if page is None or desk is None or office is None:
        message = "the journal is not open"
        raise RuntimeError(message)
    page.signing.emit(trial.NAME, trial.PIN)
    until(lambda: office.page() is not None)
    subject = trial.subject(desk, trial.DUE)
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal) or chart.cycle is None:
        message = "the practice trial has no due dose"
        raise TypeError(message)
    number = min(at for at, dose in chart.cycle.doses.items() if dose.administration is None)
    office.open("dose", place=DosePlace(subject, chart.cycle.id, number), step=1)
    dose_page = window.page()
    step = dose_page.step() if isinstance(dose_page, DosePage) else None
    if not isinstance(step, WeightStep):
        message = "step 1 is not open"
        raise TypeError(message)
    step.new_weight()
    settle()
    painted = Painted(step.working(), step.headline)
    line = step.entry().weight.line
    return Typist(line, painted, lambda seen, _: seen.startswith("DOSE "))
