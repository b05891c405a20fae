"""Somebody has left: they sign nothing more, and everything they signed stands."""

from __future__ import annotations

from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import first_refusal
from il2desk.desk.roles import PEOPLE, in_words
from il2desk.desk.staff import member_of
from il2desk.dosing import Refusal, refuse
from il2desk.records import Entry


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
        return refuse("own", f"Your own access is ended by another {in_words(PEOPLE.first)}.")
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
