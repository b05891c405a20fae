"""After a record of the wrong patient was marked as entered in error: the way to the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.window.carried_note import CarriedNote
from il2desk.window.pages.form_panel import FormPanel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.fields import TextEntry
    from il2desk.window.office import Office

WRONG_PATIENT = "wrong patient"


def offer_right_patient(office: Office, subject: str, note: str) -> None:
    """Offer to record it for the right patient: Find opens, and nothing is copied but the note."""

    def go() -> None:
        office.window.close_panel()
        office.carried = CarriedNote(note, subject) if note.strip() else None
        office.open("find")

    lines = (
        say("What happened, happened to somebody. Record it for the right patient now."),
        say("The note is copied: {note}", note=note) if note.strip() else say("Nothing is copied."),
        say("Everything else is read from its source and typed anew."),
    )
    panel = FormPanel(
        say("Record it for the right patient?"), lines, say("Find the right patient"), go
    )
    panel.back.connect(office.window.close_panel)
    office.window.open_panel(panel)


def take_note(office: Office, subject: str, entry: TextEntry) -> None:
    """Put a carried note into the empty note of another patient's record, and say so, once."""
    carried = office.carried
    note = "" if carried is None else carried.for_patient(subject)
    if not note or entry.typed():
        return
    office.carried = None
    entry.line.setText(note)
    office.say(
        say("The note of the record entered in error is here. Read it: it was of another patient.")
    )
