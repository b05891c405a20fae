"""The audit trail: every entry, newest first, with who, what, old and new, why, and its place in the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from il2desk.desk.chart import subjects
from il2desk.desk.code_words import shown
from il2desk.desk.desk import SYSTEM, Desk
from il2desk.desk.entry_fields import changes_of_entry, signers_of
from il2desk.desk.entry_words import FAMILIES, family_of, what_of
from il2desk.desk.staff import everybody, same_name
from il2desk.dosing import Refusal, joined, refuse, tell, write_date, write_moment
from il2desk.records import Entry

PAGE = 500
"""So many lines are read at a time."""
_BLOCK = 60


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are shown; what is empty filters nothing. `family` is a key of FAMILIES."""

    code: str = ""
    subject: str = ""
    person: str = ""
    staff: str = ""
    family: str = ""
    day: date | None = None

    @property
    def words(self) -> str:
        """What is chosen, in words; empty where nothing is."""
        return joined(
            ", ",
            (
                *((tell("patient {code}", code=self.code),) if self.subject else ()),
                *((tell("by {person}", person=self.person),) if self.staff else ()),
                *((FAMILIES[self.family],) if self.family else ()),
                *((write_date(self.day),) if self.day is not None else ()),
            ),
        )

    def takes(self, desk: Desk, entry: Entry) -> bool:
        """Whether an entry is shown; a person counts as actor and as signer."""
        return (
            self.subject in ("", entry.subject)
            and (not self.staff or self.staff in _people(entry))
            and self.family in ("", family_of(entry.kind))
            and (self.day is None or desk.local(entry.at).date() == self.day)
        )


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry as the list shows it. `changes` are field, old and new.

    `who` are those who signed it with their roles, or who was signed in where nobody signed;
    `entered_by` is who was signed in while somebody else signed, else empty.
    """

    sequence: int
    entry: str
    time: str
    who: tuple[tuple[str, str], ...]
    entered_by: str
    what: str
    patient: str
    changes: tuple[tuple[str, str, str], ...]
    reason: str
    place: str

    @property
    def who_words(self) -> str:
        """Names with their roles, a line each."""
        said = [joined(", ", (name, shown(role))) if role else name for name, role in self.who]
        if self.entered_by:
            said.append(tell("entered by {name}", name=self.entered_by))
        return joined("\n", said)

    @property
    def change_words(self) -> str:
        """Old and new in one text; a line a field."""
        return joined(
            "\n",
            (
                tell("{field}: {old} \u2192 {new}", field=field, old=old, new=new)
                for field, old, new in self.changes
            ),
        )


@dataclass(frozen=True, slots=True)
class AuditPart:
    """How far the reading is, in entries; the last part is `whole` and has the lines.

    `older` is the sequence from which older lines go on, or None at the first entry of the journal.
    """

    done: int
    of: int
    whole: bool = False
    lines: tuple[AuditLine, ...] = ()
    older: int | None = None


def audit_filter(
    desk: Desk, code: str, person: str, family: str, day: date | None
) -> AuditFilter | Refusal:
    """A filter from what was typed; refused where nobody has that trial number or name."""
    subject, staff = "", ""
    if code.strip():
        wanted = code.strip().casefold()
        found = [one for one in subjects(desk) if one.trial_code.casefold() == wanted]
        if not found:
            return refuse("code", f"No patient has the trial number {code.strip()}. Type it again.")
        subject, code = found[0].id, found[0].trial_code
    if person.strip():
        people = [one.person for one in everybody(desk) if same_name(one.person.name, person)]
        if not people:
            return refuse("person", f"Nobody here is called {person.strip()}. Type the name again.")
        staff, person = people[0].id, people[0].name
    return AuditFilter(code, subject, person, staff, family, day)


def audit_in_parts(
    desk: Desk, chosen: AuditFilter, *, before: int | None = None, most: int | None = PAGE
) -> Iterator[AuditPart]:
    """The entries that are chosen, newest first, from the one before `before` on; at most so many."""
    people = {
        member.person.id: (member.person.name, member.person.role) for member in everybody(desk)
    }
    codes = {one.id: one.trial_code for one in subjects(desk)}
    head = desk.journal.head().sequence
    top = head if before is None else before - 1
    found: list[AuditLine] = []
    at = top
    while at > 0 and (most is None or len(found) < most):
        bottom = max(at - _BLOCK, 0)
        block = desk.journal.entries(subject=chosen.subject or None, after=bottom, through=at)
        for entry in reversed(block):
            at = entry.sequence - 1
            if chosen.takes(desk, entry):
                found.append(_line(desk, entry, people, codes))
                if most is not None and len(found) == most:
                    break
        else:
            at = bottom
        yield AuditPart(top - at, top)
    yield AuditPart(top, top, whole=True, lines=tuple(found), older=at + 1 if at > 0 else None)


def _people(entry: Entry) -> set[str]:
    return {entry.actor, *(str(one["staff"]) for one in signers_of(entry))}


def _line(
    desk: Desk, entry: Entry, people: Mapping[str, tuple[str, str]], codes: Mapping[str, str]
) -> AuditLine:
    actor = people.get(entry.actor, (entry.actor, ""))
    if entry.actor == SYSTEM:
        actor = (tell("the program"), "")
    signed = signers_of(entry)
    alone = not signed or entry.actor in {one["staff"] for one in signed}
    local = desk.local(entry.at)
    return AuditLine(
        sequence=entry.sequence,
        entry=entry.id,
        time=tell("{moment} {zone}", moment=write_moment(local), zone=local.tzname() or ""),
        who=tuple((str(one["name"]), str(one["role"])) for one in signed) or (actor,),
        entered_by="" if alone else actor[0],
        what=what_of(entry),
        patient="" if entry.subject is None else codes.get(entry.subject, entry.subject),
        changes=changes_of_entry(desk, entry),
        reason=entry.reason,
        place=tell("{sequence}, {hash}", sequence=entry.sequence, hash=entry.hash[:8]),
    )
