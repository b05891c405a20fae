"""Who may sign in: another PIN, set for somebody who forgot it, and the end of somebody's access.

Everything that was signed stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.pin_tries import FREE_TRIES
from il2desk.desk.pins import checked, forget_tries, tries_in_journal
from il2desk.desk.place import first_refusal
from il2desk.desk.roles import PEOPLE, in_words
from il2desk.desk.staff import member_of, pin_refusal
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import Entry, hash_pin

ADD_PERSON = tell("I add this person, whom I know, in this role")
SET_PIN = tell("I set this PIN for somebody whom I know, who asked for it")
END_ACCESS = tell("I end the access of this person for the reason written here")


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


def end_access(
    desk: Desk, who: str, left_on: date, reason: str, signature: Signature, token: str
) -> Entry | Refusal:
    """Store that somebody left on a day, with the reason; it holds at once.

    Nobody ends their own access, so that somebody who may add people always stays.
    """
    if (refusal := desk.not_allowed(PEOPLE)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "staff-left")) is not None:
        return stored
    member = member_of(desk, who)
    if isinstance(member, Refusal):
        return member
    if desk.person is not None and member.person.id == desk.person.id:
        return refuse(
            "own",
            tell(
                "Your own access is ended by another {in_words}.", in_words=in_words(PEOPLE.first)
            ),
        )
    if left_on > desk.now().date():
        return refuse("left-on", "That day has not come yet. End the access on the last day.")
    if not reason.strip():
        return refuse("reason", "Enter why the access ends.")
    if (refusal := first_refusal(desk, signature)) is not None:
        return refusal
    body = {
        "staff": who, "left_on": left_on.isoformat(), "signatures": [signature.body()],
    }  # fmt: skip
    return desk.append("staff-left", body, reason=reason.strip(), form_token=token)


@dataclass(frozen=True, slots=True)
class WrongPins:
    """Wrong PINs in the journal since the last right one: how many, and when the last pause began."""

    count: int
    last: datetime


def wrong_pins_of(desk: Desk, who: str) -> WrongPins | None:
    """The wrong PINs for a person that the journal holds since the last right one, or None."""
    found = tries_in_journal(desk, who)
    return None if found.since is None else WrongPins(FREE_TRIES * found.pauses, found.since)
