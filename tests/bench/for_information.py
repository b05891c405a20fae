"""Without a target: one derivation with its working, by each engine; opening Today; opening the journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

import trial
from pairs import Row, timed

from il2desk.desk import chart_of, derive_for, today
from il2desk.desk.prepare_dose import request_for
from il2desk.dosing import Refusal, derive_dose, second_answer

RUNS = 201
_FEW = 15


def measure(journal: Path) -> list[Row]:
    """Return the rows."""
    desk = trial.opened(journal)
    chart = chart_of(desk, trial.subject(desk, trial.DUE))
    if isinstance(chart, Refusal) or chart.cycle is None:
        message = "the practice trial has no due dose"
        raise TypeError(message)
    fingerprint = chart.cycle.fingerprint
    request = request_for(desk, chart, fingerprint, cycle=chart.cycle, day=1)
    if isinstance(request, Refusal):
        raise TypeError(request.text)
    rows = [
        _row("derivation with its working, first engine", lambda: derive_dose(request), RUNS),
        _row("the same numbers, second engine", lambda: second_answer(request), RUNS),
        _row(
            "both engines compared, asked by the desk",
            lambda: derive_for(desk, chart, fingerprint, cycle=chart.cycle, day=1),
            RUNS,
        ),
        _row(
            "one patient's chart from the journal", lambda: chart_of(desk, chart.subject.id), _FEW
        ),
        _row("Today's rows from the journal", lambda: today(desk), _FEW),
    ]
    entries = len(desk.journal.entries())
    desk.close()
    opened = _row(
        f"journal of {entries} entries opened, checked", lambda: trial.opened(journal).close(), _FEW
    )
    return [*rows, opened]


def _row(name: str, act: Callable[[], object], runs: int) -> Row:
    measured = timed(act)
    measured()
    seconds = median(measured() for _ in range(runs))
    return Row(name, "us", seconds * 1_000_000, None, None, runs)
