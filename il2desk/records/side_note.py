"""Small text files beside a journal that say what was so when the journal ended at some entry.

They save work and are never the record: whoever can change the journal can change them too. A file
that is absent, garbled, of another journal, or of an entry that the journal does not hold any more
says nothing, and the work is done in full.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from il2desk.records.entries import Head

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = re.compile(r"journal ([0-9a-f]{32})")
_SECOND = re.compile(r"entry (0|[1-9]\d{0,17}) ([0-9a-f]{64})")
_LAST = re.compile(r"sha256 ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class SideNote:
    """What was noted: of which journal, when it ended where, and the lines of the note."""

    journal_id: str
    head: Head
    lines: tuple[str, ...]


def note_path(journal: Path, name: str) -> Path:
    """Return where the note of that name lies."""
    return journal.with_name(f"{journal.name}.{name}")


def read_note(journal: Path, name: str) -> SideNote | None:
    """Return the note of that name beside the journal, or None when there is none to be relied on."""
    try:
        text = note_path(journal, name).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    *lines, last = text.split("\n")[:-1] or [""]
    sealed = _LAST.fullmatch(last)
    if len(lines) < 2 or sealed is None or sealed[1] != _seal(lines):  # noqa: PLR2004
        return None
    first, second = _FIRST.fullmatch(lines[0]), _SECOND.fullmatch(lines[1])
    if first is None or second is None:
        return None
    return SideNote(first[1], Head(int(second[1]), second[2]), tuple(lines[2:]))


def write_note(journal: Path, name: str, note: SideNote) -> None:
    """Write the note whole or not at all; one that cannot be written is left out, and nothing lost."""
    lines = [
        f"journal {note.journal_id}",
        f"entry {note.head.sequence} {note.head.hash}",
        *note.lines,
    ]
    text = "\n".join([*lines, f"sha256 {_seal(lines)}", ""])
    path = note_path(journal, name)
    half = path.with_name(path.name + "-new")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _seal(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
