"""Discarding a released preparation: what was prepared is not given, and the dose may be prepared anew.

The vials stay taken. The release stays in the journal; from then on it is the release of no dose.
"""

from __future__ import annotations

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import DosePlace, Located, first_refusal, locate_to_act
from il2desk.desk.records_of_a_dose import ReleaseRecord
from il2desk.desk.roles import DISCARD
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import Entry

DISCARD_MEANING = tell("I discarded this preparation, and it was given to nobody")
_LONGEST_REASON = 500


def may_discard(at: Located) -> ReleaseRecord | Refusal:
    """The release whose preparation can be discarded, or why there is none."""
    release, number = at.dose.release, at.dose.number
    if release is None:
        return refuse(
            "no-release", tell("No preparation of dose {number} is released.", number=number)
        )
    if at.dose.administration is not None:
        return refuse(
            "recorded",
            tell(
                "Dose {number} has an outcome. Where it is wrong, correct the record first.",
                number=number,
            ),
        )
    return release


def discard_preparation(
    desk: Desk, place: DosePlace, release: str, reason: str, signature: Signature, token: str
) -> Entry | Refusal:
    """Record that the preparation of this release (its entry) was discarded, signed by one person.

    Refused where another release stands by now, where the dose has an outcome, or without a reason.
    """
    at = locate_to_act(desk, place, DISCARD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "preparation-discarded", **place.where())
    if stored is not None:
        return stored
    found = may_discard(at)
    if isinstance(found, Refusal):
        return found
    if found.entry != release:
        return refuse("changed", "Another preparation is released by now. Look at it again.")
    reason = reason.strip()
    if not reason:
        return refuse("reason", "Enter why the preparation is discarded.")
    if len(reason) > _LONGEST_REASON:
        return refuse(
            "reason",
            tell("Say it in at most {longest_reason} characters.", longest_reason=_LONGEST_REASON),
        )
    if (refusal := first_refusal(desk, signature)) is not None:
        return refusal
    body = {
        "release": release, "at": utc_text(desk.clock.now()), "signatures": [signature.body()],
    }  # fmt: skip
    return desk.append(
        "preparation-discarded", body, reason=reason, form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip
