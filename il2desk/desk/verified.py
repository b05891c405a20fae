"""The verification that was run last in this window, kept for its record: nothing of it is journalled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from il2desk.desk.desk import Desk
from il2desk.desk.sheet_request import SheetRequest, newest_of_journal
from il2desk.desk.verify_installation import Verification
from il2desk.dosing import tell
from il2desk.records import Entry

QUALIFICATION = "qualification"


@dataclass(frozen=True, slots=True)
class KeptVerification:
    """A verification with the moment (UTC, to the second), who ran it, and the newest fact of then.

    `entries` is how many entries the journal had. `signer` is the person who was signed in; empty
    for nobody, who signs nothing.
    """

    found: Verification
    at: datetime
    by: str
    newest: Entry | None
    entries: int
    signer: str = ""

    @property
    def moment(self) -> str:
        """The moment as a request names it."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")


def keep_verification(desk: Desk, found: Verification) -> KeptVerification:
    """Keep what was found, for as long as the journal is open."""
    signer = "" if desk.person is None else desk.person.name
    kept = KeptVerification(
        found, desk.clock.now().replace(microsecond=0), signer or tell("nobody signed in"),
        newest_of_journal(desk, SheetRequest(QUALIFICATION)), desk.journal.count(), signer,
    )  # fmt: skip
    desk.verified = kept
    return kept


def newest_when_verified(desk: Desk, _: SheetRequest) -> Entry | None:
    """The newest fact at the moment of the verification, so that its record stays the same sheet."""
    return newest_of_journal(desk, _) if desk.verified is None else desk.verified.newest
