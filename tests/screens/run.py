"""Pictures of every screen and state, with what the checks of the widget tree find beside each.

    python3 packaging/start.py screens [FOLDER] [--only WORD] [--every] [--help-pictures]

FOLDER is made (default: build/screens); index.html in it shows everything. `--only` takes stations
whose name holds WORD, `--every` leaves the pairs out, `--help-pictures` also puts the pictures of the
newcomer's walk where help shows them. A process for each variant, one after another.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

import index  # noqa: E402 - after the path
from stations import PAIRED, STATIONS  # noqa: E402
from variants import EVERY, SIZES, Variant, paired  # noqa: E402

# One name for every run of this account, because journals' paths stand on some pictures.
HOME = Path(gettempdir()) / f"il2desk-screens-{getattr(os, 'getuid', int)()}"
HELP = ROOT / "resources" / "help" / "pictures"
_HELD: list[object] = []  # an open file keeps its lock


def main() -> int:
    """Take the pictures, write the index; 1 where a station was not reached or a check found something."""
    wanted = arguments()
    if not alone():
        print(
            "Another run is taking pictures now. Start this again when it is done.", file=sys.stderr
        )
        return 2
    folder = wanted.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plan: dict[Variant, list[str]] = {EVERY: [s.name for s in STATIONS if wanted.only in s.name]}
    if not wanted.every:
        for name, variant in paired(PAIRED):
            if wanted.only in name:
                plan.setdefault(variant, []).append(name)
    taken = [
        each for variant, names in plan.items() for each in one_variant(folder, variant, names)
    ]
    index.write(folder, taken)
    if wanted.help_pictures:
        HELP.mkdir(exist_ok=True)
        for picture in sorted((folder / "help").glob("*.png")):
            shutil.copy(picture, HELP / picture.name)
    wrong = [each for each in taken if each["faults"]]
    for each in wrong:
        for check, told in each["faults"].items():
            print(f"{each['name']} ({each['variant']}): {check}: {'; '.join(told)}")
    print(f"{len(taken)} pictures, {len(wrong)} with findings: {folder / 'index.html'}")
    return 1 if wrong else 0


def alone() -> bool:
    """Hold a lock until this process ends; False where another run of this account holds it."""
    try:
        import fcntl  # noqa: PLC0415 - POSIX only; elsewhere nobody is asked
    except ImportError:
        return True
    held = HOME.with_suffix(".lock").open("w")
    _HELD.append(held)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def one_variant(folder: Path, variant: Variant, names: list[str]) -> list[dict[str, object]]:
    """Take the pictures of one variant in a process of its own, whose scale and language it is."""
    if not names:
        return []
    home = HOME
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    told = home / "told.json"
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(SIZES[variant.size][2]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]),
    }
    words = [
        sys.executable,
        str(HERE / "take.py"),
        str(folder),
        str(home),
        *variant.factors(),
        *names,
    ]
    subprocess.run(words, env=surroundings, check=True)
    found = json.loads(told.read_text(encoding="utf-8"))
    shutil.rmtree(home, ignore_errors=True)
    return found


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    asked = argparse.ArgumentParser(prog="start.py screens", description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "screens")
    asked.add_argument("--only", default="")
    asked.add_argument("--every", action="store_true")
    asked.add_argument("--help-pictures", action="store_true")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
