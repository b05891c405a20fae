"""Another PIN: chosen by the person with the old one, or set for somebody who forgot it."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.pins import checked, forget_tries
from il2desk.desk.place import first_refusal
from il2desk.desk.roles import PEOPLE
from il2desk.desk.staff import member_of, pin_refusal
from il2desk.dosing import Refusal, refuse
from il2desk.records import Entry, hash_pin


def change_pin(desk: Desk, old: str, new: str, token: str) -> Entry | Refusal:
    """Store the signed-in person's new PIN; the old one must be typed, and counts no more."""
    if desk.person is None:
        return refuse("not-signed-in", "Nobody is signed in. Sign in, then try again.")
    if (stored := desk.stored_before(token, "pin-changed")) is not None:
        return stored
    member = checked(desk, desk.person.name, old)
    if isinstance(member, Refusal):
        return Refusal("old-pin", member.reasons) if member.code == "pin" else member
    if (refusal := pin_refusal(new)) is not None:
        return refusal
    if new == old:
        return refuse("pin", "That is the PIN you have. Choose another.")
    body = {"staff": member.person.id, "pin_hash": hash_pin(new)}
    stored = desk.append("pin-changed", body, form_token=token)
    forget_tries(desk, member.person)
    desk.own_pin_due = ""
    return stored


def set_pin(
    desk: Desk, who: str, pin: str, reason: str, signature: Signature, token: str
) -> Entry | Refusal:
    """Set a PIN for somebody who forgot theirs. With it they can only sign in and choose their own."""
    if (refusal := desk.not_allowed(PEOPLE)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "pin-set")) is not None:
        return stored
    member = member_of(desk, who)
    if isinstance(member, Refusal):
        return member
    if desk.person is not None and member.person.id == desk.person.id:
        return refuse("own", "Change your own PIN with the old one.")
    if (refusal := pin_refusal(pin)) is not None:
        return refusal
    if not reason.strip():
        return refuse("reason", "Enter why the PIN is set, and how you know who asked for it.")
    if (refusal := first_refusal(desk, signature)) is not None:
        return refusal
    body = {
        "staff": member.person.id, "pin_hash": hash_pin(pin), "signatures": [signature.body()],
    }  # fmt: skip
    stored = desk.append("pin-set", body, reason=reason.strip(), form_token=token)
    forget_tries(desk, member.person)
    return stored
