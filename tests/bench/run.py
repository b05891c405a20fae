"""Measures speed and memory against bare baselines in one run and prints one table.

Run by `python3 packaging/start.py bench`; words after it choose measures by name. Every ratio is
of medians measured in turn on this machine, now. It ends with 0 whether targets are met or not:
the table says so, with the reason for a miss.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # offscreen's own remarks
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import catalogue  # noqa: E402 - after the path
import committed_dose  # noqa: E402
import cycle_sheet  # noqa: E402
import derivation  # noqa: E402
import for_information  # noqa: E402
import long_journal  # noqa: E402
import many_sheets  # noqa: E402
import memory  # noqa: E402
import start_up  # noqa: E402
import trial  # noqa: E402
import typed_dose  # noqa: E402
from pairs import Row  # noqa: E402

MEASURES: dict[str, Callable[[Path], list[Row]]] = {
    "start": start_up.measure,
    "catalogue": catalogue.measure,
    "memory": memory.measure,
    "typed": typed_dose.measure,
    "sheet": cycle_sheet.measure,
    "sheets": many_sheets.measure,
    "commit": committed_dose.measure,
    "derivation": derivation.measure,
    "information": for_information.measure,
    "long": long_journal.measure,
}
REASONS = {
    "start": "What the first paint does not need is loaded and opened behind it; until that is done "
    "a typed key waits.",
    "memory": "An open journal brings sqlite-utils (with click, dateutil, pluggy: 13 MiB), OpenSSL's "
    "hashes (4 MiB) and the rooms behind the window; none of it is there at the first paint.",
    "commit": "An entry is hashed, kept in six indexes and watched by three guards, each of which "
    "looks before it; the raw insert writes one row to a bare table.",
    "catalogue": "Every shipped file is parsed and every value of it checked by type, unit, range and "
    "source, each time anew.",
    "derivation": "Every check and limit, every finding in words, and some fifteen lines with formula, "
    "numbers and source: about twenty numbers that go by the weight are written out. The bare side "
    "makes eleven and writes none.",
    "typed": "One weight is derived twice, with its working; findings, action bar and some twenty "
    "lines are laid out and painted anew. The bare window paints one label.",
}
"""Why a target is missed, by the name of its measure; shown only where it is missed."""


def main(words: Sequence[str]) -> int:
    """Measure what the words name, or everything, and print the table."""
    unknown = [word for word in words if word not in MEASURES]
    if unknown:
        print(f"Not a measure: {', '.join(unknown)}. There are: {', '.join(MEASURES)}.")
        return 2
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors. Medians, measured in turn; bare is the baseline."
    )
    print(f"{'':<48}{'ours':>10}{'bare':>10}  {'':<4}{'ratio':>6}{'target':>8}  result")
    with tempfile.TemporaryDirectory(prefix="il2desk-bench-") as folder:
        _keep_away(Path(folder))
        journal = trial.make(Path(folder))
        for name in words or MEASURES:
            for row in MEASURES[name](journal):
                print(_line(row), flush=True)
                if row.met is False:
                    print(f"      why: {REASONS.get(name, 'not explained yet')}")
    return 0


def _keep_away(folder: Path) -> None:
    """Settings and crash files of the measured program stay in the folder that goes."""
    for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
    for kind in ("LOCAL_APPDATA", "APPDATA"):
        os.environ[f"WIN_PD_OVERRIDE_{kind}"] = str(folder / kind.lower())


def _line(row: Row) -> str:
    digits = 0 if row.ours >= 1000 else 1 if row.ours >= 10 else 3
    bare = "" if row.bare is None else f"{row.bare:.{digits}f}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    target = "" if row.target is None else f"{row.target:g}"
    result = {True: "met", False: "MISSED", None: ""}[row.met]
    return (
        f"{row.name:<48}{row.ours:>10.{digits}f}{bare:>10}  {row.unit:<4}{ratio:>6}{target:>8}"
        f"  {result} ({row.runs} runs)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
