"""From the start of the process to a window on screen whose line takes a typed key.

Both sides: a fresh Python process, one window of 1280 x 720, the same watcher. Ours is the whole
program as its command starts it, on the practice trial. The journal is opened after that moment.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import processes
from pairs import Row


def measure(journal: Path) -> list[Row]:
    """Return the row of the target, and when the journal is open and Today is painted."""
    bare, ours = processes.both(journal)
    base = median(told["key"].seconds for told in bare) * 1000

    def reached(what: str) -> float:
        return median(told[what].seconds for told in ours) * 1000

    runs = len(ours)
    return [
        Row("start to a window that takes keys", "ms", reached("key"), base, 1.5, runs),
        Row(
            "  start to the journal open (checked whole)",
            "ms",
            reached("journal"),
            base,
            None,
            runs,
        ),
        Row("  start to Today painted after signing in", "ms", reached("today"), base, None, runs),
    ]
