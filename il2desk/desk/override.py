"""Giving a dose despite HOLD or CANNOT ASSESS: by protocol, with reason, prescriber, two people."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.desk.desk import Desk
from il2desk.desk.gates import may_override
from il2desk.desk.place import DosePlace, TwoSignatures, locate_to_act
from il2desk.desk.roles import OVERRIDE
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import Entry


@dataclass(frozen=True, slots=True)
class OverrideForm:
    """Why, ordered by which prescriber, and how the order came (in person, by phone)."""

    reason: str
    prescriber: str
    way: str


def record_override(
    desk: Desk, place: DosePlace, form: OverrideForm, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store an override of the latest check of the dose."""
    at = locate_to_act(desk, place, OVERRIDE)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "override-recorded", **place.where())
    if stored is not None:
        return stored
    allowed = may_override(desk, at.cycle, at.dose)
    if isinstance(allowed, Refusal):
        return allowed
    for text, name in (
        (form.reason, "the reason"),
        (form.prescriber, "the prescriber's name"),
        (form.way, "how the order came"),
    ):
        if not text.strip():
            return refuse("override", tell("Enter {name} for the override.", name=name))
    if (refusal := signed.refusal(desk, OVERRIDE)) is not None:
        return refusal
    check = at.dose.check
    body = {
        "verdict": "" if check is None else check.verdict,
        "check": "" if check is None else check.entry,
        "reason": form.reason.strip(),
        "prescriber": form.prescriber.strip(),
        "way": form.way.strip(),
        "signatures": signed.body(),
    }
    return desk.append(
        "override-recorded", body, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip
