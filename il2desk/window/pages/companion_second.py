"""The second person signs the record of a companion dose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import CompanionPlace, cosign_companion, dispute_companion, locate_companion
from il2desk.dosing import Refusal
from il2desk.window.pages.companion_words import companion_record_lines
from il2desk.window.pages.cosigning import Waiting, ask_second
from il2desk.window.pages.disputes import disputed_words
from il2desk.window.pages.patient_banner import identity_line
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
    if record.disputed is not None:
        office.say(disputed_words(record.disputed))
        return False
    desk = office.desk
    where, *told = companion_record_lines(desk, at, record)
    ask_second(
        office,
        Waiting(
            record,
            (where, identity_line(at.chart.subject), *told),
            lambda signature, token: cosign_companion(desk, place, signature, token),
            lambda reason, signature, token: dispute_companion(
                desk, place, reason, signature, token
            ),
        ),
    )
    return True
