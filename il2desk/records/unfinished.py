"""Takes away what a stop in the middle of a restore or of a change of encryption left beside a journal.

The journal itself was not touched by either; what is left is of no use, and may be in the clear.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

PLAIN, ENCRYPTED = "NOT-ENCRYPTED", "before-passphrase"
"""What the name of a file says that a change of encryption kept."""
_KEPT = rf"-(?:{PLAIN}|{ENCRYPTED})-\d{{8}}T\d{{6}}Z"
_SIDES = ("", ".lock", ".owner", ".checked", "-journal")
_STAMP = "%Y%m%dT%H%M%SZ"


def part_of(path: Path) -> Path:
    """Return where a copy is written that is to take the journal's place."""
    return path.with_name(path.name + ".part")


def name_of_kept(path: Path, what: str, at: datetime) -> Path:
    """Return where a change of encryption at a moment (UTC) keeps the file that was at `path`."""
    return path.with_name(f"{path.stem}-{what}-{at:{_STAMP}}{path.suffix}")


def is_of_a_change(file: Path) -> bool:
    """Whether a file is, by its name, one that a change of encryption kept."""
    return re.fullmatch(rf".*{_KEPT}(?:\.[^.]*)?", file.name) is not None


def remove_part(path: Path) -> None:
    """Remove the copy beside `path` and what lies beside that; raises OSError."""
    part = part_of(path)
    for side in _SIDES:
        part.with_name(part.name + side).unlink(missing_ok=True)


def clear_unfinished(path: Path) -> None:
    """Remove what was left half beside the journal at `path`, whose lock the caller holds.

    A second name of the journal itself goes too: it says that the file is an old one, and whoever
    overwrote it would overwrite the journal. What cannot be removed stops no start.
    """
    with contextlib.suppress(OSError):
        remove_part(path)
    kept = re.compile(rf"{re.escape(path.stem)}{_KEPT}{re.escape(path.suffix)}(?P<half>\.part)?")
    with contextlib.suppress(OSError):
        for file in path.parent.iterdir():
            name = kept.fullmatch(file.name)
            if name is not None and (name["half"] or _is_second_name(file, path)):
                file.unlink()


def _is_second_name(file: Path, path: Path) -> bool:
    """Asked twice: a disk that knows no second names may number all its files alike."""
    return file.stat().st_nlink > 1 and file.samefile(path)
