"""Reading and checking the whole catalogue, as a share of the start of the window.

Ours: a fresh process in which every shipped file is read and checked before the window is made,
up to the typed key. Bare: the same process without that. The program itself reads the catalogue
beside the open window, so that no key waits for it; here it is in the way on purpose.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import processes
from pairs import Row, timed

from il2desk.desk import open_catalogue

LARGEST = 1.15
_RUNS = 15


def measure(journal: Path) -> list[Row]:
    """Return the row of the target, and for information what one whole reading costs when warm."""
    compiled = journal.parent / "compiled"
    pairs = [
        (
            processes.run("probe_catalogue.py", compiled, str(journal), "without"),
            processes.run("probe_catalogue.py", compiled, str(journal), "with"),
        )
        for _ in range(processes.RUNS + 1)
    ][1:]
    without = median(pair[0]["key"].seconds for pair in pairs) * 1000
    with_it = median(pair[1]["key"].seconds for pair in pairs) * 1000
    name = "start to keys, the whole catalogue read first"
    files = len(list(open_catalogue().load()))
    reading = timed(lambda: list(open_catalogue().load()))
    warm = median(reading() for _ in range(_RUNS)) * 1000
    return [
        Row(name, "ms", with_it, without, LARGEST, len(pairs)),
        Row(f"  {files} files read again, parts remembered", "ms", warm, None, None, _RUNS),
    ]
