"""The delegation log: which duties the investigator gave to whom, from when to when (ICH E6).

A site that enters nothing keeps its log elsewhere, and is asked for nothing here. Where it is kept,
a preparation is released only by people with the duty on that day: that is doing. What was given is
recorded in any case; a signature without the duty carries a note.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import TwoSignatures, first_refusal
from il2desk.desk.roles import DELEGATE, READING_ROLE
from il2desk.desk.staff import everybody, member_of
from il2desk.dosing import Refusal, refuse, tell, write_date
from il2desk.records import Entry

ENTERED = tell("I entered this delegation from the log that the investigator signed")
ENDED = tell("I entered the end of this delegation from the log")
PREPARE, VERIFY, GIVE = "prepare", "verify", "give"
DUTIES = {
    "consent": tell("consent and eligibility"),
    "order": tell("ordering doses"),
    "assess": tell("the check before a dose"),
    PREPARE: tell("preparing and releasing doses"),
    VERIFY: tell("checking preparations as second person"),
    GIVE: tell("giving and recording doses"),
    "account": tell("stock and accountability"),
    "protocol": tell("keeping protocol versions"),
}
"""Duties that can be delegated, in words that end a sentence."""

_WAY_ON = tell("Enter the delegation under People, or let somebody who has it sign.")


@dataclass(frozen=True, slots=True)
class DelegationForm:
    """What is entered from the signed log: staff id, duties, by which investigator, from and to.

    Both days belong to the delegation; `ends` is None where no end is set.
    """

    who: str
    duties: tuple[str, ...]
    investigator: str
    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """One line of the log. `entered_by` is who signed the entry; `ended_because` why it ended early."""

    entry: str
    who: str
    name: str
    role: str
    duties: tuple[str, ...]
    investigator: str
    begins: date
    ends: date | None
    entered_by: str
    ended_because: str = ""

    def covers(self, duty: str, day: date) -> bool:
        """Whether it holds for a duty on a day."""
        return (
            duty in self.duties and self.begins <= day and (self.ends is None or day <= self.ends)
        )


def delegations(desk: Desk) -> tuple[Delegation, ...]:
    """Every line of the log, in the order of entry."""
    people = {member.person.id: member.person for member in everybody(desk)}
    found: dict[str, Delegation] = {}
    for entry in desk.journal.entries(kind="duty-delegated"):
        body, person = entry.body, people[entry.body["staff"]]
        found[entry.id] = Delegation(
            entry.id, person.id, person.name, person.role, tuple(body["duties"]),
            body["investigator"], date.fromisoformat(body["begins"]), _day(body["ends"]),
            body["signatures"][0]["name"],
        )  # fmt: skip
    for entry in desk.journal.entries(kind="duty-ended"):
        which = entry.body["delegation"]
        found[which] = replace(
            found[which], ends=_day(entry.body["ended_on"]), ended_because=entry.reason
        )
    return tuple(found.values())


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def delegate_duties(
    desk: Desk, form: DelegationForm, signature: Signature, token: str
) -> Entry | Refusal:
    """Store one line of the log."""
    if (refusal := desk.not_allowed(DELEGATE)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "duty-delegated")) is not None:
        return stored
    member = member_of(desk, form.who)
    if isinstance(member, Refusal):
        return member
    if member.person.role == READING_ROLE:
        return refuse("person", "A monitor reads only and is given no duty.")
    if not form.duties or not set(form.duties) <= set(DUTIES):
        return refuse("duties", "Choose at least one duty.")
    if not form.investigator.strip():
        return refuse("investigator", "Enter the name of the investigator who delegated it.")
    if form.ends is not None and form.ends < form.begins:
        return refuse("ends", "The last day is before the first. Enter both days again.")
    if (refusal := first_refusal(desk, signature)) is not None:
        return refusal
    body = {
        "staff": form.who,
        "duties": [duty for duty in DUTIES if duty in form.duties],
        "investigator": " ".join(form.investigator.split()),
        "begins": form.begins.isoformat(),
        "ends": None if form.ends is None else form.ends.isoformat(),
        "signatures": [signature.body()],
    }
    return desk.append("duty-delegated", body, form_token=token)


def end_delegation(
    desk: Desk, entry: str, last: date, reason: str, signature: Signature, token: str
) -> Entry | Refusal:
    """Store that a delegation ended, with its last day and the reason."""
    if (refusal := desk.not_allowed(DELEGATE)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "duty-ended")) is not None:
        return stored
    line = next((one for one in delegations(desk) if one.entry == entry), None)
    if line is None:
        return refuse("delegation", "This delegation is not in the log. Choose a line of it.")
    if line.ended_because:
        return refuse("delegation", "This delegation was ended already.")
    if last < line.begins:
        return refuse(
            "last",
            tell("It began on {date}. Enter a later last day.", date=write_date(line.begins)),
        )
    if line.ends is not None and last > line.ends:
        return refuse(
            "last",
            tell(
                "An end does not prolong it: the last day is {date} at the latest.",
                date=write_date(line.ends),
            ),
        )
    if not reason.strip():
        return refuse("reason", "Enter why the delegation ends.")
    if (refusal := first_refusal(desk, signature)) is not None:
        return refusal
    body = {
        "delegation": entry, "staff": line.who, "ended_on": last.isoformat(),
        "signatures": [signature.body()],
    }  # fmt: skip
    return desk.append("duty-ended", body, reason=reason.strip(), form_token=token)


def not_delegated(desk: Desk, who: str, name: str, duty: str) -> str:
    """That somebody has no such duty today, in a sentence; empty where they have, or no log is kept."""
    log, today = delegations(desk), desk.now().date()
    if not log or any(line.who == who and line.covers(duty, today) for line in log):
        return ""
    return tell(
        "{name} has no delegation for {duties} on {date} in the delegation log.",
        name=name,
        duties=DUTIES[duty],
        date=write_date(today),
    )


def giving_not_delegated(desk: Desk) -> tuple[str, ...]:
    """That the person signed in has no duty to give and record doses, before they sign; mostly empty."""
    person = desk.person
    said = "" if person is None else not_delegated(desk, person.id, person.name, GIVE)
    return (said,) if said else ()


def preparing_not_delegated(desk: Desk) -> Refusal | None:
    """Why the person signed in may not prepare and release by the delegation log, or None."""
    person = desk.person
    said = "" if person is None else not_delegated(desk, person.id, person.name, PREPARE)
    return refuse("not-delegated", f"{said} {_WAY_ON}") if said else None


def noted(desk: Desk, signature: Signature, duty: str) -> Signature:
    """The signature with a note where the delegation log does not hold the duty."""
    return replace(signature, note=not_delegated(desk, signature.staff, signature.name, duty))


def release_not_delegated(desk: Desk, signed: TwoSignatures) -> Refusal | None:
    """Why these two may not release by the delegation log, each by name, or None."""
    reasons = [
        f"{said} {_WAY_ON}"
        for signature, duty in ((signed.first, PREPARE), (signed.second, VERIFY))
        if (said := not_delegated(desk, signature.staff, signature.name, duty))
    ]
    return Refusal("not-delegated", tuple(reasons)) if reasons else None
