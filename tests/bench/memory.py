"""Peak memory (VmHWM) of the same processes: at the first key, with the journal open, on Today."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import processes
from pairs import Row


def measure(journal: Path) -> list[Row]:
    """Return the rows; none where the system does not tell a process's peak."""
    bare, ours = processes.both(journal)
    base = median(told["key"].peak_mib for told in bare)
    if not base:
        return []

    def peak(what: str) -> float:
        return median(told[what].peak_mib for told in ours)

    runs = len(ours)
    return [
        Row("peak memory, window that takes keys", "MiB", peak("key"), base, 1.5, runs),
        Row("peak memory, journal open", "MiB", peak("journal"), base, 1.5, runs),
        Row("  peak memory, signed in (argon2id), Today", "MiB", peak("today"), base, None, runs),
    ]
