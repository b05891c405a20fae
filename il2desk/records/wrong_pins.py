"""Wrong PINs that began no pause yet, noted beside the journal: a new start goes on counting.

A pause is an entry of the journal; one or two slips of a finger are not worth one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from il2desk.records.side_note import SideNote, read_note, write_note

if TYPE_CHECKING:
    from il2desk.records.reading import JournalReader

NAME = "wrong-pins"
_LINE = re.compile(r"([0-9a-f]{32}) ([1-9]\d?)")


def noted_wrong_pins(journal: JournalReader) -> dict[str, int]:
    """Return how many wrong PINs are noted, by staff id; empty without a note of this journal."""
    note = read_note(journal.path, NAME)
    if note is None or note.journal_id != journal.journal_id:
        return {}
    found = (_LINE.fullmatch(line) for line in note.lines)
    return {match[1]: int(match[2]) for match in found if match is not None}


def note_wrong_pins(journal: JournalReader, who: str, count: int) -> None:
    """Note how many wrong PINs there are for a staff id now; 0 takes the line away.

    A note that cannot be written is left out: the program that is open counts in any case.
    """
    noted = noted_wrong_pins(journal)
    if noted.get(who, 0) == count:
        return
    noted[who] = count
    lines = tuple(f"{one} {wrong}" for one, wrong in sorted(noted.items()) if wrong)
    write_note(journal.path, NAME, SideNote(journal.journal_id, journal.head(), lines))
