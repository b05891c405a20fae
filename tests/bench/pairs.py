"""What every measure shares: ours and the bare baseline in turn, medians, and a row of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ours` and `bare` in `unit`; `target` is the largest ratio allowed.

    Without a target the line is for information. `reason` says why a target is missed.
    """

    name: str
    unit: str
    ours: float
    bare: float | None = None
    target: float | None = None
    runs: int = 0
    reason: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the baseline's, or None where there is no baseline."""
        return None if not self.bare else self.ours / self.bare

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.target is None or self.ratio is None else self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of two things measured in turn, in seconds, and how often."""

    ours: float
    bare: float
    runs: int


def in_turn(ours: Callable[[], float], bare: Callable[[], float], runs: int) -> Pair:
    """Call both in turn, bare first, `runs` times after one call of each that does not count."""
    bare(), ours()
    pairs = [(bare(), ours()) for _ in range(runs)]
    return Pair(
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] for pair in pairs),
        runs,
    )


def timed(act: Callable[[], object]) -> Callable[[], float]:
    """Return a function that does the act and answers how many seconds it took."""

    def call() -> float:
        begin = time.perf_counter()
        act()
        return time.perf_counter() - begin

    return call
