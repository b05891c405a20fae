"""What a person typed into a form and did not record: kept, given back to them alone, let go.

A draft is keyed by the person who is signed in and by the place of the form: its kind with the patient,
cycle and dose. It holds typed texts only. It is never the record, and nothing reads it but its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from il2desk import __version__
from il2desk.desk.desk import Desk
from il2desk.records import Journal, KeptDraft

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Which form of which patient, cycle and dose; empty text and 0 where it belongs to none."""

    form: str
    subject: str = ""
    cycle: str = ""
    number: int = 0

    @property
    def key(self) -> str:
        """The place as one text."""
        return _BETWEEN.join((self.form, self.subject, self.cycle, str(self.number)))


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft as it comes back: when it was kept (site's zone), and its texts by field.

    `older` is True where another version of the program kept it: its texts are then not given back.
    """

    at: datetime
    typed: Mapping[str, str]
    older: bool = False


def keep_draft(desk: Desk, place: DraftPlace, typed: Mapping[str, str]) -> datetime | None:
    """Keep the typed texts, and return when; None where nobody is signed in or nothing can be kept.

    Empty texts take the draft away. Raises a JournalFault where the file cannot be written.
    """
    journal, person = desk.journal, desk.person
    if person is None or not isinstance(journal, Journal):
        return None
    filled = {name: text for name, text in typed.items() if text.strip()}
    if not filled:
        journal.remove_draft(person.id, place.key)
        return None
    at = desk.clock.now()
    journal.keep_draft(KeptDraft(person.id, place.key, at, __version__, filled))
    return desk.local(at)


def draft_at(desk: Desk, place: DraftPlace) -> FoundDraft | None:
    """The draft that the signed-in person has at a place, or None. Nobody is given another's."""
    if desk.person is None:
        return None
    for draft in desk.journal.kept_drafts(desk.person.id):
        if draft.place == place.key:
            older = draft.program_version != __version__
            return FoundDraft(desk.local(draft.at), {} if older else draft.typed, older)
    return None


def drop_draft(desk: Desk, place: DraftPlace) -> None:
    """Take the signed-in person's draft away: it was recorded, or they discard it."""
    if desk.person is not None and isinstance(desk.journal, Journal):
        desk.journal.remove_draft(desk.person.id, place.key)


def drafts_waiting(desk: Desk) -> int:
    """How many drafts are kept, of whomever; the count tells no patient and no name."""
    return len(desk.journal.kept_drafts())
