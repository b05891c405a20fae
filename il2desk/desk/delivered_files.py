"""The files that came with the program, held against the list that the installer kept of them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from il2desk import paths
from il2desk.desk.replay_all import Check
from il2desk.dosing import tell

UNREADABLE, MISSING = tell("cannot be read"), "missing"
_PROGRAM = "il2desk"
_INSIDE = PurePosixPath("il2desk/_resources")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class FileState:
    """A file by its path under the resources, its SHA-256 in hex or UNREADABLE or MISSING.

    `delivered`: whether it is as it was delivered; None where no list of delivered files is at hand.
    """

    name: str
    sha256: str
    delivered: bool | None

    @property
    def ok(self) -> bool:
        """Whether it was read and is not known to be another than was delivered."""
        return self.sha256 not in (UNREADABLE, MISSING) and self.delivered is not False


def files_here() -> tuple[FileState, ...]:
    """Every file that is here or should be, in order of the paths."""
    root = paths.resource_dir()
    found = {
        path.relative_to(root).as_posix(): _hash(path) for path in root.rglob("*") if path.is_file()
    }
    delivered = delivered_hashes()
    return tuple(
        FileState(
            name,
            found.get(name, MISSING),
            None if not delivered else delivered.get(name) == found.get(name),
        )
        for name in sorted(found.keys() | delivered.keys())
    )


def delivered_hashes() -> dict[str, str]:
    """SHA-256 in hex by path, as the installer's own list has them; empty where there is no such list.

    A wheel brings a list; a checkout, or a build of another kind, does not.
    """
    try:
        listed = distribution(_PROGRAM).files or ()
    except PackageNotFoundError:
        return {}
    return {
        path.relative_to(_INSIDE).as_posix(): _hex(path.hash.value)
        for path in listed
        if path.is_relative_to(_INSIDE) and path.hash is not None and path.hash.mode == "sha256"
    }


def files_check(files: tuple[FileState, ...]) -> Check:
    """Whether all of them were read and none is known to be another than was delivered."""
    if not files:
        return Check("files", ok=False, detail=tell("No file of the program was found."))
    wrong = [one.name for one in files if not one.ok]
    if wrong:
        named = ", ".join(wrong[:_MOST_NAMED])
        more = len(wrong) - _MOST_NAMED
        if more > 0:
            named = tell("{names} and {count} more", names=named, count=more)
        detail = tell(
            "{wrong} of {all} files are missing, cannot be read or are not as delivered: {names}",
            wrong=len(wrong), all=len(files), names=named,
        )  # fmt: skip
        return Check("files", ok=False, detail=detail)
    if any(one.delivered is None for one in files):
        words = tell(
            "{count} files read; no list of the delivered files is here to compare them with",
            count=len(files),
        )
        return Check("files", ok=True, detail=words)
    words = tell("{count} of {count} files are as delivered", count=len(files))
    return Check("files", ok=True, detail=words)


def _hex(kept: str) -> str:
    """The hash of an installer's list, which is base64 for addresses without padding, in hex."""
    return base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).hex()


def _hash(path: Path) -> str:
    """The SHA-256 of a file, or that it cannot be read: the record is made all the same."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return UNREADABLE
