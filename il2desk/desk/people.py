"""Who acts: staff, signing in, signatures, and the second person, who is always someone else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk, Person, new_id
from il2desk.dosing import Refusal, refuse
from il2desk.records import hash_pin, pin_matches

ROLES = ("pharmacist", "technician", "nurse", "prescriber", "monitor", "administrator")
RELEASE_FIRST = "I checked weight, premedication, pre-dose check and preparation as written"
RELEASE_SECOND = (
    "I read weight, volume, lot, trial number, diluent and total volume from the sources myself"
)
RECORD_FIRST = "I gave or saw this dose given, or saw that it was not given, as written here"
RECORD_SECOND = "I saw this dose given, or saw that it was not given, as written here"
AMEND_FIRST = "I correct this record as written here"
AMEND_SECOND = "I checked this correction against its source"
ACTIVATE_FIRST = "I checked every value of this protocol version against its document"
ACTIVATE_SECOND = (
    "I checked every value of this protocol version against its document, independently"
)
WITHDRAW_FIRST = "I withdraw this protocol version for the reason written here"
WITHDRAW_SECOND = "I agree that this protocol version is withdrawn for the reason written here"
KEEP_FIRST = "I recorded the prescriber's order to keep the dosing weight"
KEEP_SECOND = "I heard or read the prescriber's order to keep the dosing weight"
OVERRIDE_FIRST = "I recorded the prescriber's order to give this dose despite the verdict"
OVERRIDE_SECOND = "I heard or read the prescriber's order to give this dose despite the verdict"
ADDING_ROLES = ("pharmacist", "administrator")
_SHORTEST_PIN = 4
_TRIES = 3
_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature at the act: who, in what role, meaning what, when (UTC text)."""

    staff: str
    name: str
    role: str
    meaning: str
    at: str

    def body(self) -> dict[str, str]:
        """The signature as an entry holds it."""
        return {
            "staff": self.staff, "name": self.name, "role": self.role,
            "meaning": self.meaning, "at": self.at,
        }  # fmt: skip


def staff(desk: Desk) -> tuple[Person, ...]:
    """Everybody who may sign in, in the order they were added."""
    return tuple(
        Person(entry.body["staff"], entry.body["name"], entry.body["role"])
        for entry in desk.journal.entries(kind="staff-added")
    )


def add_staff(desk: Desk, name: str, role: str, pin: str, token: str) -> Person | Refusal:
    """Add a person with a PIN; free for the first two of a new journal, else by who is signed in."""
    present = staff(desk)
    name = " ".join(name.split())
    if (stored := desk.stored_before(token, "staff-added")) is not None:
        return Person(stored.body["staff"], stored.body["name"], stored.body["role"])
    if len(present) >= 2 and (refusal := desk.not_allowed()) is not None:  # noqa: PLR2004
        return refusal
    if len(present) >= 2 and desk.person is not None and desk.person.role not in ADDING_ROLES:  # noqa: PLR2004
        named = " or ".join(ADDING_ROLES)
        return refuse("role", f"People are added by a {named}. Ask one of them.")
    if not name:
        return refuse("name", "Enter the name as it is printed beside a signature.")
    if any(person.name.casefold() == name.casefold() for person in present):
        return refuse("name", f"{name} is there already. Enter a name that nobody else has.")
    if role not in ROLES:
        return refuse("role", f"Choose one of the roles: {', '.join(ROLES)}.")
    if len(pin) < _SHORTEST_PIN or not pin.isascii():
        return refuse(
            "pin", f"A PIN has at least {_SHORTEST_PIN} digits or letters. Choose another."
        )
    person = Person(new_id(), name, role)
    body = {"staff": person.id, "name": name, "role": role, "pin_hash": hash_pin(pin)}
    desk.append("staff-added", body, form_token=token)
    return person


def check_pin(desk: Desk, name: str, pin: str) -> Person | Refusal:
    """The person whose name and PIN these are; after three wrong tries it waits half a minute."""
    wanted = " ".join(name.split()).casefold()
    tries, since = desk.failed_tries.get(wanted, (0, desk.clock.now()))
    if tries >= _TRIES:
        if timedelta(0) <= desk.clock.now() - since < _PAUSE:
            return refuse("too-many-tries", "Three wrong PINs. Wait half a minute, then try again.")
        tries = 0
    for entry in desk.journal.entries(kind="staff-added"):
        if entry.body["name"].casefold() == wanted and pin_matches(entry.body["pin_hash"], pin):
            desk.failed_tries.pop(wanted, None)
            return Person(entry.body["staff"], entry.body["name"], entry.body["role"])
    desk.failed_tries[wanted] = (tries + 1, desk.clock.now())
    left = _TRIES - tries - 1
    more = "1 try left" if left == 1 else f"{left} tries left"
    return refuse("pin", f"Name and PIN do not match. {more}.")


def sign_in(desk: Desk, name: str, pin: str) -> Person | Refusal:
    """Sign the person in; acts are recorded as theirs from now on."""
    person = check_pin(desk, name, pin)
    if isinstance(person, Person):
        desk.person = person
    return person


def sign_out(desk: Desk) -> None:
    """Nobody is signed in afterwards."""
    desk.person = None


def signature_of(desk: Desk, person: Person, meaning: str) -> Signature:
    """The signature of a person whose PIN was checked just now."""
    return Signature(person.id, person.name, person.role, meaning, utc_text(desk.clock.now()))


def sign(desk: Desk, pin: str, meaning: str) -> Signature | Refusal:
    """The signed-in person's signature, by their PIN."""
    if desk.person is None:
        return refuse("not-signed-in", "Nobody is signed in. Sign in, then try again.")
    person = check_pin(desk, desk.person.name, pin)
    if isinstance(person, Refusal):
        return person
    return signature_of(desk, person, meaning)


def sign_second(desk: Desk, name: str, pin: str, meaning: str, first: str) -> Signature | Refusal:
    """The second person's signature; `first` is the staff id of the first person."""
    person = check_pin(desk, name, pin)
    if isinstance(person, Refusal):
        return person
    if person.id == first:
        return refuse("same-person", "The second person must be someone else.")
    if person.role == "monitor":
        return refuse("role", "A monitor reads only and cannot sign as second person.")
    return signature_of(desk, person, meaning)
