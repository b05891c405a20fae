"""The people of a site, folded from the journal: added, PIN chosen or set, left."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from il2desk.desk.desk import SYSTEM, Desk, Person, new_id
from il2desk.desk.roles import PEOPLE, ROLES, in_words
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import Entry, hash_pin

if TYPE_CHECKING:
    from il2desk.desk.people import Signature

_FREELY_ADDED = 2
_SHORTEST_PIN = 4


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the site, with the PIN that counts now, as a hash.

    `set_by` names who set that PIN; it is empty where the person chose it. `left_on` is YYYY-MM-DD
    for somebody who has left and cannot sign any more, else empty.
    """

    person: Person
    pin_hash: str
    added_at: datetime
    set_by: str = ""
    left_on: str = ""
    left_reason: str = ""


def everybody(desk: Desk) -> tuple[Member, ...]:
    """Everybody who ever could sign, in the order they were added, those who left among them."""
    found = {
        entry.body["staff"]: Member(_person(entry), entry.body["pin_hash"], entry.at)
        for entry in desk.journal.entries(kind="staff-added")
    }
    names = {who: member.person.name for who, member in found.items()}
    pins = [*desk.journal.entries(kind="pin-changed"), *desk.journal.entries(kind="pin-set")]
    for entry in sorted(pins, key=lambda entry: entry.sequence):
        who = entry.body["staff"]
        by = names.get(entry.actor, entry.actor) if entry.kind == "pin-set" else ""
        found[who] = replace(found[who], pin_hash=entry.body["pin_hash"], set_by=by)
    for entry in desk.journal.entries(kind="staff-left"):
        who = entry.body["staff"]
        found[who] = replace(found[who], left_on=entry.body["left_on"], left_reason=entry.reason)
    return tuple(found.values())


def _person(entry: Entry) -> Person:
    return Person(entry.body["staff"], entry.body["name"], entry.body["role"])


def staff(desk: Desk) -> tuple[Person, ...]:
    """Everybody who may sign in now, in the order they were added."""
    return tuple(member.person for member in everybody(desk) if not member.left_on)


def names_of(desk: Desk) -> dict[str, str]:
    """The printed name by staff id, of those who left too; "system" for the program itself."""
    added = desk.journal.entries(kind="staff-added")
    return {entry.body["staff"]: entry.body["name"] for entry in added} | {SYSTEM: SYSTEM}


def enough_people(desk: Desk) -> bool:
    """Whether the first two people were added, so that everything else is somebody's act."""
    return len(desk.journal.entries(kind="staff-added")) >= _FREELY_ADDED


def member_of(desk: Desk, who: str) -> Member | Refusal:
    """The member with a staff id who has not left, or why there is none."""
    for member in everybody(desk):
        if member.person.id == who and member.left_on:
            return refuse("left", tell("{name} has left already.", name=member.person.name))
        if member.person.id == who:
            return member
    return refuse("person", "This person is not in the journal. Choose somebody from the list.")


def same_name(one: str, other: str) -> bool:
    """Whether two names read as the same: case, spaces, dots and forms of one letter make no other person."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _odd_letter(name: str) -> bool:
    """Whether a name holds signs that are not seen, or letters of more than one alphabet."""
    if any(unicodedata.category(letter) in ("Cf", "Cc", "Co", "Cn") for letter in name):
        return True
    scripts = {
        unicodedata.name(letter, "?").partition(" ")[0] for letter in name if letter.isalpha()
    }
    return len(scripts) > 1


def _name_refusal(name: str) -> Refusal | None:
    """Why a text cannot be a name, or None."""
    if not _letters(name):
        return refuse("name", "Enter the name as it is printed beside a signature.")
    if _odd_letter(name):
        return refuse(
            "name", "The name holds signs that are not seen, or two alphabets. Type it again."
        )
    return None


def pin_refusal(pin: str) -> Refusal | None:
    """Why a text cannot be a PIN, or None."""
    if len(pin) < _SHORTEST_PIN or not pin.isascii():
        return refuse(
            "pin",
            tell(
                "A PIN has at least {shortest_pin} digits or letters. Choose another.",
                shortest_pin=_SHORTEST_PIN,
            ),
        )
    return None


def add_staff(
    desk: Desk, name: str, role: str, pin: str, token: str, signed: Signature | None = None
) -> Person | Refusal:
    """Add a person with a PIN; free for the first two of a new journal, else by who is signed in."""
    name = " ".join(name.split())
    if (stored := desk.stored_before(token, "staff-added")) is not None:
        return _person(stored)
    if (refusal := add_refusal(desk, name, role, pin)) is not None:
        return refusal
    if signed is not None and (desk.person is None or desk.person.id != signed.staff):
        return refuse("other-signature", "Somebody else is signed in now. Sign in and sign again.")
    person = Person(new_id(), name, role)
    body: dict[str, Any] = {
        "staff": person.id,
        "name": name,
        "role": role,
        "pin_hash": hash_pin(pin),
    }
    if signed is not None:
        body["signatures"] = [signed.body()]
    desk.append("staff-added", body, form_token=token)
    return person


def add_refusal(desk: Desk, name: str, role: str, pin: str) -> Refusal | None:
    """Why this person cannot be added as entered, asked before anybody signs; None where they can."""
    name = " ".join(name.split())
    if enough_people(desk) and (refusal := desk.not_allowed(PEOPLE)) is not None:
        return refusal
    if (refusal := _name_refusal(name) or _taken_refusal(desk, name)) is not None:
        return refusal
    if role not in ROLES:
        return refuse("role", tell("Choose one of the roles: {roles}.", roles=", ".join(ROLES)))
    if not enough_people(desk) and staff(desk) and not _one_may_add(desk, role):
        return refuse(
            "role",
            tell(
                "One of the first two people is a {in_words}: only they can add the others.",
                in_words=in_words(PEOPLE.first),
            ),
        )
    return pin_refusal(pin)


def _taken_refusal(desk: Desk, name: str) -> Refusal | None:
    """A name that stands under signatures already, of somebody here or gone."""
    for member in everybody(desk):
        if not same_name(member.person.name, name):
            continue
        if member.left_on:
            return refuse(
                "name", tell("{name} has left, and the name stands under old signatures. Enter a name that nobody else has had.", name=name),
            )  # fmt: skip
        return refuse(
            "name", tell("{name} is there already. Enter a name that nobody else has.", name=name)
        )
    return None


def _one_may_add(desk: Desk, role: str) -> bool:
    return any(one in PEOPLE.first for one in (role, *(person.role for person in staff(desk))))
