"""Makes a file, or the names in a folder, survive a power cut."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def settle_file(path: Path) -> None:
    """Return when the bytes of the file are on the disk; raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Return when new names in the folder are on the disk; raises OSError.

    Windows keeps names in its own log and cannot open a folder, so nothing is done there.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
