"""Writing a file that was not there before: whole or not at all, never over another."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from il2desk.dosing import Refusal, refuse, tell


def write_new_file(path: Path, content: bytes) -> Path | Refusal:
    """Write the content under a name that is free. Raises OSError where the disk or rights fail."""
    if path.exists():
        return refuse(
            "exists",
            tell("{path} exists already and is never replaced. Choose another name.", path=path),
        )
    if not path.parent.is_dir():
        return refuse(
            "folder",
            tell("{parent} is not a folder. Choose a folder that exists.", parent=path.parent),
        )
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        try:
            # A hard link fails where the name was taken meanwhile; a rename would replace it.
            os.link(part, path)
        except FileExistsError:
            return refuse(
                "exists",
                tell(
                    "{path} exists already and is never replaced. Choose another name.", path=path
                ),
            )
        except (OSError, NotImplementedError):
            return _copied(path, content)
    finally:
        part.unlink(missing_ok=True)
    return path


def _copied(path: Path, content: bytes) -> Path | Refusal:
    """The same on a disk without hard links, such as a USB stick; a half file is taken away."""
    try:
        out = path.open("xb")
    except FileExistsError:
        return refuse(
            "exists",
            tell("{path} exists already and is never replaced. Choose another name.", path=path),
        )
    try:
        with out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
