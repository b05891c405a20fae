"""The second person under a record: who signs it, or says why they do not agree."""

from __future__ import annotations

from il2desk.desk.companion_form import CompanionPlace
from il2desk.desk.companion_place import locate_companion_to_act
from il2desk.desk.companion_records import CompanionRecord
from il2desk.desk.delegation import GIVE, noted
from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import DosePlace, locate_to_act
from il2desk.desk.records_of_a_dose import AdministrationRecord
from il2desk.desk.roles import RECORD
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import Entry

_Record = AdministrationRecord | CompanionRecord


def cosign(desk: Desk, place: DosePlace, second: Signature, token: str) -> Entry | Refusal:
    """The second person's signature under a recorded administration; never the first person's."""
    at = locate_to_act(desk, place, RECORD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "administration-cosigned", **place.where())
    if stored is not None:
        return stored
    record = at.dose.administration
    if record is None:
        return refuse(
            "nothing", tell("Dose {number} has no record to sign yet.", number=place.number)
        )
    refusal = _awaited(record, second, tell("Dose {number}", number=place.number)) or _disputed(
        record
    )
    if refusal is not None:
        return refusal
    body = {
        "administration": record.entry, "signatures": [noted(desk, second, GIVE).body()],
    }  # fmt: skip
    return desk.append("administration-cosigned", body, form_token=token, **place.where())


def dispute(
    desk: Desk, place: DosePlace, reason: str, second: Signature, token: str
) -> Entry | Refusal:
    """Store that the person asked to sign does not agree, and why. The record stays as it is.

    It is not signed until it was corrected by an amendment.
    """
    at = locate_to_act(desk, place, RECORD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "administration-disputed", **place.where())
    if stored is not None:
        return stored
    record = at.dose.administration
    if record is None:
        return refuse(
            "nothing", tell("Dose {number} has no record to sign yet.", number=place.number)
        )
    refusal = _awaited(record, second, tell("Dose {number}", number=place.number)) or _unsaid(
        record, reason
    )
    if refusal is not None:
        return refusal
    body = {"administration": record.entry, "signatures": [second.body()]}
    return desk.append(
        "administration-disputed", body, reason=reason.strip(), form_token=token, **place.where()
    )


def cosign_companion(
    desk: Desk, place: CompanionPlace, second: Signature, token: str
) -> Entry | Refusal:
    """The second person's signature under the record of a companion dose."""
    at = locate_companion_to_act(desk, place, RECORD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "companion-cosigned", **place.where())
    if stored is not None:
        return stored
    record = at.record
    if record is None:
        return refuse(
            "nothing",
            tell("This dose of {drug} has no record to sign yet.", drug=at.companion.drug),
        )
    refusal = _awaited(record, second, tell("This record")) or _disputed(record)
    if refusal is not None:
        return refusal
    body = {"record": record.entry, "signatures": [noted(desk, second, GIVE).body()]}
    return desk.append("companion-cosigned", body, form_token=token, **place.where())


def dispute_companion(
    desk: Desk, place: CompanionPlace, reason: str, second: Signature, token: str
) -> Entry | Refusal:
    """As `dispute`, for a companion dose."""
    at = locate_companion_to_act(desk, place, RECORD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "companion-disputed", **place.where())
    if stored is not None:
        return stored
    record = at.record
    if record is None:
        return refuse(
            "nothing",
            tell("This dose of {drug} has no record to sign yet.", drug=at.companion.drug),
        )
    refusal = _awaited(record, second, tell("This record")) or _unsaid(record, reason)
    if refusal is not None:
        return refusal
    body = {"record": record.entry, "signatures": [second.body()]}
    return desk.append(
        "companion-disputed", body, reason=reason.strip(), form_token=token, **place.where()
    )


def _awaited(record: _Record, second: Signature, named: str) -> Refusal | None:
    if record.cosigned_by is not None:
        return refuse(
            "signed",
            tell(
                "{named} was signed by {cosigned_by} already.",
                named=named,
                cosigned_by=record.cosigned_by,
            ),
        )
    if second.staff == record.by_id:
        return refuse("same-person", "The second person must be someone else.")
    return RECORD.second_refusal(second.role)


def _disputed(record: _Record) -> Refusal | None:
    found = record.disputed
    if found is None:
        return None
    return refuse(
        "disputed",
        tell(
            "{by} does not agree: {reason}. Correct the record first, then sign it.",
            by=found.by,
            reason=found.reason,
        ),
    )


def _unsaid(record: _Record, reason: str) -> Refusal | None:
    if record.disputed is not None:
        return _disputed(record)
    if not reason.strip():
        return refuse("reason", "Enter why you do not agree, and what you saw.")
    return None
