"""The second person signs the record of a companion dose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import (
    RECORD_SECOND,
    CompanionPlace,
    cosign_companion,
    locate_companion,
    new_token,
    sign_second,
)
from il2desk.dosing import Refusal
from il2desk.window.pages.companion_words import companion_record_lines
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


def ask_cosign_companion(office: Office, place: CompanionPlace) -> bool:
    """Open the panel for the second person's signature; say why where none is waited for.

    Esc leaves the record as "Needs second person". Returns whether the panel is open.
    """
    at = locate_companion(office.desk, place)
    if isinstance(at, Refusal):
        office.say(at.text)
        return False
    record = at.record
    if record is None:
        drug = at.companion.drug
        office.say(say("This dose of {drug} has no record to sign yet.", drug=drug))
        return False
    if record.cosigned_by is not None:
        office.say(say("This record was signed by {who} already.", who=record.cosigned_by))
        return False
    token, first = new_token(), record.by_id

    def second(name: str, pin: str) -> str | None:
        signature = sign_second(office.desk, name, pin, RECORD_SECOND, first)
        if isinstance(signature, Refusal):
            return signature.text
        stored = cosign_companion(office.desk, place, signature, token)
        if isinstance(stored, Refusal):
            return stored.text
        office.window.close_panel()
        office.stored()
        return None

    later = say("Esc: later. The record stays as Needs second person.")
    office.ask_sign(
        SignRequest(
            say("Second person"),
            (*companion_record_lines(office.desk, at, record), later),
            RECORD_SECOND,
            None,
            (record.against,) if record.against else (),
        ),
        second,
    )
    return True
