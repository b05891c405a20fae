"""The cycle sheets of a trial of 200 patients in one go: does memory grow, does a sheet get slower?

Ours: the 200 sheets, as `SheetBatch` draws, stamps, writes and journals them. Bare: the first 20 of
them, in the same process: the peak then, and the time of one.
"""

from __future__ import annotations

from pathlib import Path

import processes
import years
from pairs import Row

PATIENTS, FEW = 200, 20
_ENTRIES_OF_ONE = 80  # of the story that every patient has, at most


def measure(journal: Path) -> list[Row]:
    """Return peak memory and time a sheet, 200 against 20."""
    folder = journal.parent / "trial"
    folder.mkdir()
    path = folder / "journal.sqlite"
    years.make(journal, path, PATIENTS * _ENTRIES_OF_ONE)
    told = processes.run(
        "probe_batch.py", folder / "compiled", str(path), str(PATIENTS), str(FEW), needs="all"
    )
    few, every, start = told["few"], told["all"], told["begun"]
    of_few = (few.seconds - start.seconds) / FEW * 1000
    of_every = (every.seconds - start.seconds) / PATIENTS * 1000
    rows = [Row(f"a cycle sheet of {PATIENTS}, and of {FEW}", "ms", of_every, of_few, 1.2, 1)]
    if few.peak_mib:
        name = f"peak memory after {PATIENTS} cycle sheets, and {FEW}"
        rows.append(Row(name, "MiB", every.peak_mib, few.peak_mib, 1.1, 1))
    return rows
