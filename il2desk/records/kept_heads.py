"""The heads that were kept with each backup: what shows a cut tail or a recomputed chain.

A chain alone cannot show that its newest entries were cut off, or that somebody recomputed all of
it. A head kept outside the file can: the journal must still hold that entry with that hash.
One line a backup is appended to a text file beside the backups: UTC time, sequence, hash, file.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from il2desk.dosing import tell
from il2desk.records.connection import translated
from il2desk.records.durable import settle_folder
from il2desk.records.entries import Entry, Head
from il2desk.records.site_time import site_zone, told_moment

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from il2desk.records.reading import JournalReader

_LINE = re.compile(
    r"(?P<taken>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z) (?P<sequence>0|[1-9]\d{0,17})"
    r" (?P<hash>[0-9a-f]{64}) (?P<file>\S+)"
)
_SHORT = 8
_BOTH = 2
_SECONDS = len("2026-03-12T12:00:07")


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The head of a backup: when it was taken (UTC text), what it ends in, and its file's name."""

    taken: str
    head: Head
    file: str


def heads_file(folder: Path, journal_id: str) -> Path:
    """Return the file of the heads of one journal in a folder of backups."""
    return folder / f"il2desk-{journal_id[:_SHORT]}-heads.txt"


def keep_head(folder: Path, journal_id: str, kept: KeptHead) -> None:
    """Append the head of a backup durably; raises a JournalFault when the disk fails."""
    path = heads_file(folder, journal_id)
    line = f"{kept.taken} {kept.head.sequence} {kept.head.hash} {kept.file}\n"
    with translated(path):
        new = not path.exists()
        with path.open("ab+") as file:
            if not new and file.seek(0, os.SEEK_END) and not _ends_a_line(file):
                file.write(b"\n")  # a stop left half a line: it must not swallow this one
            file.write(line.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        if new:
            settle_folder(folder)


def kept_heads(folder: Path, journal_id: str) -> tuple[tuple[KeptHead, ...], tuple[str, ...]]:
    """Return the heads kept in a folder, oldest first, and a sentence for each unreadable line.

    Raises a JournalFault when the file is there and cannot be read.
    """
    path = heads_file(folder, journal_id)
    heads: list[KeptHead] = []
    problems: list[str] = []
    with translated(path):
        text = path.read_bytes().decode("ascii", "replace") if path.exists() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            problems.append(
                tell(
                    "line {number} of {name} is not as it was written",
                    number=number,
                    name=path.name,
                )
            )
            continue
        head = Head(int(found["sequence"]), found["hash"])
        heads.append(KeptHead(found["taken"], head, found["file"]))
    return tuple(heads), tuple(problems)


def head_problems(journal: JournalReader, folder: Path) -> tuple[str, ...]:
    """A sentence for every head kept in the folder that the journal does not hold any more.

    A head of entries that a recorded restore took away is no problem: the restore names them.
    Raises a JournalFault when journal or heads cannot be read.
    """
    heads, problems = kept_heads(folder, journal.journal_id)
    restores = tuple(
        _Restore(
            one.body["backup_sequence"],
            str(one.body["at"])[:_SECONDS],
            one.body.get("journal_sequence"),
        )
        for one in journal.entries(kind="journal-restored")
        if _is_whole(one, journal)
    )
    last, zone = journal.head().sequence, site_zone(journal)
    found = list(problems)
    for kept in heads:
        sequence = kept.head.sequence
        if any(one.took_away(kept) for one in restores):
            continue
        taken = _told(kept.taken, zone)
        if sequence > last:
            found.append(
                tell(
                    "the journal ends at entry {last}, and the backup of {taken} at entry {sequence}: entries were cut off",
                    last=last,
                    taken=taken,
                    sequence=sequence,
                )
            )
        elif journal.hash_at(sequence) != kept.head.hash:
            found.append(
                tell(
                    "entry {sequence} is not the one of the backup of {taken}: the chain was recomputed",
                    sequence=sequence,
                    taken=taken,
                )
            )
    return tuple(dict.fromkeys(found))


def _told(taken: str, zone: ZoneInfo | None) -> str:
    """When a backup was taken, as people write it; a time that is none is told as it stands."""
    try:
        return told_moment(datetime.fromisoformat(taken), zone)
    except ValueError:
        return taken


def _is_whole(restored: Entry, journal: JournalReader) -> bool:
    """Whether an entry is what a restore writes; a hand-made one excuses nothing, and stops nothing."""
    body = restored.body
    sequence, ended = body.get("backup_sequence"), body.get("journal_sequence")
    if not isinstance(sequence, int) or not isinstance(ended, int | None) or not body.get("at"):
        return False
    signed = len(body.get("signatures", ())) == _BOTH
    return signed and journal.hash_at(sequence) == body.get("backup_hash")


@dataclass(frozen=True, slots=True)
class _Restore:
    """A restore that stands in the journal: the entry it went back to, and its UTC time.

    `replaced` is where the journal that it replaced ended; None where that could not be read.
    """

    sequence: int
    at: str
    replaced: int | None

    def took_away(self, kept: KeptHead) -> bool:
        """Whether the head was kept before this restore and lies beyond what it went back to."""
        if self.replaced is not None and kept.head.sequence > self.replaced:
            return False
        return kept.head.sequence > self.sequence and kept.taken[:_SECONDS] <= self.at


def _ends_a_line(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
