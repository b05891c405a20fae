"""Who acts: signing in, signatures, and the second person, who is always someone else."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk, Person
from il2desk.desk.pins import checked
from il2desk.desk.roles import READING_ROLE
from il2desk.desk.staff import Member
from il2desk.dosing import Refusal, refuse, tell

RELEASE_FIRST = tell("I checked weight, premedication, pre-dose check and preparation as written")
RELEASE_SECOND = tell(
    "I read weight, volume, lot, trial number, diluent and total volume from the sources myself"
)
RECORD_FIRST = tell("I gave or saw this dose given, as written here")
RECORD_SECOND = tell("I saw this dose given, as written here")
# An outcome that is no giving has sentences of its own: nobody signs what they did not see.
_FIRST_OF = {
    "held": tell("I know that this dose was held and not given, as written here"),
    "omitted": tell("I know that this dose was omitted and not given, as written here"),
    "not known": tell(
        "I looked for what became of this dose, and it is not known, as written here"
    ),
}
_SECOND_OF = {
    "held": tell("I confirm that this dose was held and not given, as written here"),
    "omitted": tell("I confirm that this dose was omitted and not given, as written here"),
    "not known": tell("I confirm that it is not known what became of this dose, as written here"),
}
RECORD_DISPUTE = tell("I do not agree with this record, for the reason written here")
AMEND_FIRST = tell("I correct this record as written here")
AMEND_SECOND = tell("I checked this correction against its source")
ACTIVATE_FIRST = tell("I checked every value of this protocol version against its document")
ACTIVATE_SECOND = tell(
    "I checked every value of this protocol version against its document, independently"
)
WITHDRAW_FIRST = tell("I withdraw this protocol version for the reason written here")
WITHDRAW_SECOND = tell(
    "I agree that this protocol version is withdrawn for the reason written here"
)
KEEP_FIRST = tell("I recorded the prescriber's order to keep the dosing weight")
KEEP_SECOND = tell("I heard or read the prescriber's order to keep the dosing weight")
NO_SECOND_FOLDER = tell("From now on no second folder holds backups of this journal")
OVERRIDE_FIRST = tell("I recorded the prescriber's order to give this dose despite the verdict")
OVERRIDE_SECOND = tell(
    "I heard or read the prescriber's order to give this dose despite the verdict"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature at the act: who, in what role, meaning what, when (UTC text).

    `note` is what must be read with it, such as a missing delegation; mostly empty.
    """

    staff: str
    name: str
    role: str
    meaning: str
    at: str
    note: str = ""

    def body(self) -> dict[str, str]:
        """The signature as an entry holds it."""
        told = {
            "staff": self.staff, "name": self.name, "role": self.role,
            "meaning": self.meaning, "at": self.at,
        }  # fmt: skip
        return told | {"note": self.note} if self.note else told


def record_meaning(outcome: str) -> str:
    """What who records this outcome of a dose signs."""
    return _FIRST_OF.get(outcome, RECORD_FIRST)


def record_second_meaning(outcome: str) -> str:
    """What the second person under a record with this outcome signs."""
    return _SECOND_OF.get(outcome, RECORD_SECOND)


def signed_alone(signature: Signature | None) -> dict[str, list[dict[str, str]]]:
    """What an act that one person signs adds to its entry; nothing where no signature was asked."""
    return {} if signature is None else {"signatures": [signature.body()]}


def sign_in(desk: Desk, name: str, pin: str) -> Person | Refusal:
    """Sign the person in; acts are recorded as theirs from now on.

    Whose PIN was set by somebody else chooses their own before anything is recorded.
    """
    member = checked(desk, name, pin)
    if isinstance(member, Refusal):
        return member
    desk.person, desk.own_pin_due = member.person, member.set_by
    return member.person


def sign_out(desk: Desk) -> None:
    """Nobody is signed in afterwards."""
    desk.person, desk.own_pin_due = None, ""


def signature_of(desk: Desk, person: Person, meaning: str) -> Signature:
    """The signature of a person whose PIN was checked just now."""
    return Signature(person.id, person.name, person.role, meaning, utc_text(desk.clock.now()))


def sign(desk: Desk, pin: str, meaning: str) -> Signature | Refusal:
    """The signed-in person's signature, by their PIN."""
    if desk.person is None:
        return refuse("not-signed-in", "Nobody is signed in. Sign in, then try again.")
    return sign_as(desk, desk.person.name, pin, meaning)


def sign_as(desk: Desk, name: str, pin: str, meaning: str) -> Signature | Refusal:
    """The signature of the person whose name and PIN these are, whoever is signed in."""
    member = checked(desk, name, pin)
    if isinstance(member, Refusal):
        return member
    return _not_own(member) or signature_of(desk, member.person, meaning)


def sign_second(desk: Desk, name: str, pin: str, meaning: str, first: str) -> Signature | Refusal:
    """The second person's signature; `first` is the staff id of the first person."""
    member = checked(desk, name, pin)
    if isinstance(member, Refusal):
        return member
    if member.person.id == first:
        return refuse("same-person", "The second person must be someone else.")
    if member.person.role == READING_ROLE:
        return refuse("role", "A monitor reads only and cannot sign as second person.")
    return _not_own(member) or signature_of(desk, member.person, meaning)


def _not_own(member: Member) -> Refusal | None:
    """A PIN that somebody else set signs nothing: two would know it."""
    if not member.set_by:
        return None
    return refuse(
        "choose-pin",
        tell(
            "{set_by} set this PIN. {name} signs in with it and chooses their own.",
            set_by=member.set_by,
            name=member.person.name,
        ),
    )
