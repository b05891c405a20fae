"""Checking a PIN, and slowing wrong ones in a way that a new start of the program does not forget."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import timedelta

from il2desk.desk.desk import SYSTEM, Desk, Person
from il2desk.desk.pin_tries import FREE_TRIES, Tries
from il2desk.desk.staff import Member, everybody
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import JournalFault, note_wrong_pins, noted_wrong_pins, pin_matches

_MINUTE = timedelta(minutes=1)
# A right PIN, or another PIN, ends the slowing of the one before.
_ENDS = ("pin-resumed", "pin-changed", "pin-set")


def check_pin(desk: Desk, name: str, pin: str) -> Person | Refusal:
    """The person whose name and PIN these are; after three wrong tries it waits, longer each time."""
    member = checked(desk, name, pin)
    return member if isinstance(member, Refusal) else member.person


def checked(desk: Desk, name: str, pin: str) -> Member | Refusal:
    """As `check_pin`, with everything known about the person."""
    wanted = " ".join(name.split()).casefold()
    member = next((one for one in everybody(desk) if one.person.name.casefold() == wanted), None)
    if member is not None and member.left_on:
        return refuse(
            "left", tell("{name} has left and cannot sign any more.", name=member.person.name)
        )
    tries = _tries(desk, wanted, member)
    now = desk.clock.now()
    if (rest := tries.rest(now)) is not None:
        return refuse(
            "too-many-tries",
            tell("Three wrong PINs in a row. Wait {span}, then try again.", span=_span(rest)),
        )
    if member is not None and pin_matches(member.pin_hash, pin):
        if tries.pauses:
            _tell(desk, "pin-resumed", {"staff": member.person.id, "pauses": tries.pauses})
        forget_tries(desk, member.person)
        return member
    begun = tries.add(now)
    if member is not None:
        _note(desk, member.person.id, tries.wrong)
    if begun:
        if member is not None:
            seconds = int(tries.pause.total_seconds())
            body: dict[str, str | int] = {
                "staff": member.person.id,
                "wrong": FREE_TRIES,
                "pause_seconds": seconds,
            }
            _tell(desk, "pin-paused", body)
        return refuse(
            "pin", tell("Name and PIN do not match. Wait {span}.", span=_span(tries.pause))
        )
    left = FREE_TRIES - tries.wrong
    more = "1 try left" if left == 1 else tell("{left} tries left", left=left)
    return refuse("pin", tell("Name and PIN do not match. {more}.", more=more))


def forget_tries(desk: Desk, person: Person) -> None:
    """Begin to count anew: the right PIN was typed, or another one holds."""
    desk.failed_tries.pop(person.name.casefold(), None)
    _note(desk, person.id, 0)


def _tries(desk: Desk, wanted: str, member: Member | None) -> Tries:
    """The tries of this start of the program, begun with what the journal holds."""
    known = desk.failed_tries.get(wanted)
    if known is None:
        known = Tries() if member is None else _before(desk, member.person.id)
        desk.failed_tries[wanted] = known
    return known


def _before(desk: Desk, who: str) -> Tries:
    """What earlier starts counted: the pauses in the journal, and the slips noted beside it."""
    found = tries_in_journal(desk, who)
    found.wrong = min(noted_wrong_pins(desk.journal).get(who, 0), FREE_TRIES - 1)
    return found


def _note(desk: Desk, who: str, wrong: int) -> None:
    if not desk.read_only:
        note_wrong_pins(desk.journal, who, wrong)


def tries_in_journal(desk: Desk, who: str) -> Tries:
    """The pauses for a person that the journal holds since the last right PIN."""
    ends = [
        entry.sequence
        for kind in _ENDS
        for entry in desk.journal.entries(kind=kind)
        if entry.body["staff"] == who
    ]
    since = max(ends, default=0)
    paused = [
        entry
        for entry in desk.journal.entries(kind="pin-paused")
        if entry.body["staff"] == who and entry.sequence > since
    ]
    return Tries(0, len(paused), paused[-1].at) if paused else Tries()


def _tell(desk: Desk, kind: str, body: Mapping[str, str | int]) -> None:
    """Put it into the journal where it can be written; the pause itself holds in any case.

    It is nobody's act: whoever is signed in need not be the one who typed.
    """
    if desk.read_only:
        return
    with contextlib.suppress(JournalFault):
        desk.append(kind, body, actor=SYSTEM)


def _span(rest: timedelta) -> str:
    """A pause in words, never shorter than it is: "30 seconds", "2 minutes"."""
    if rest <= _MINUTE:
        seconds = -(-rest // timedelta(seconds=1))
        return "1 second" if seconds == 1 else tell("{seconds} seconds", seconds=seconds)
    minutes = -(-rest // _MINUTE)
    return tell("{minutes} minutes", minutes=minutes)
