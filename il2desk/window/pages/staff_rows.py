"""The rows of People: who may sign, and the delegation log."""

from __future__ import annotations

from datetime import date

from il2desk.desk import Desk, Member, access, delegation
from il2desk.dosing import write_date, write_moment
from il2desk.window.pages.people_panels import days
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say


def people_columns() -> tuple[Column, ...]:
    """The columns of the people."""
    return Column(say("Name"), stretch=2), Column(say("Role")), Column(say("State"), stretch=4)


def people_rows(desk: Desk, members: tuple[Member, ...]) -> list[Row]:
    """Everybody, those who left struck at the end."""
    ordered = sorted(members, key=lambda member: bool(member.left_on))
    return [_person(desk, member) for member in ordered]


def _person(desk: Desk, member: Member) -> Row:
    gone, state = bool(member.left_on), _state(desk, member)
    cells = (
        Cell(member.person.name, struck=gone), Cell(say(member.person.role), struck=gone), Cell(state),
    )  # fmt: skip
    said = say("{name}, {role}, {state}", name=member.person.name, role=say(member.person.role),
               state=state)  # fmt: skip
    return Row(member.person.id, cells, said)


def _state(desk: Desk, member: Member) -> str:
    if member.left_on:
        day = write_date(date.fromisoformat(member.left_on))
        return say("left {day}: {why}", day=day, why=member.left_reason)
    lines = [say("may sign")]
    if member.set_by:
        lines = [say("PIN set by {who}; chooses their own at the next sign-in", who=member.set_by)]
    wrong = access.wrong_pins_of(desk, member.person.id)
    if wrong is not None:
        when = write_moment(desk.local(wrong.last))
        lines.append(say("{count} wrong PINs, last {when}", count=wrong.count, when=when))
    return spoken_all(lines, "\n")


def log_columns() -> tuple[Column, ...]:
    """The columns of the delegation log."""
    return (
        Column(say("Name"), stretch=2), Column(say("Duties"), stretch=4),
        Column(say("Investigator"), stretch=2), Column(say("From, to"), stretch=3),
        Column(say("Entered by"), stretch=2),
    )  # fmt: skip


def log_rows(lines: tuple[delegation.Delegation, ...]) -> list[Row]:
    """The delegation log, line by line."""
    rows: list[Row] = []
    for line in lines:
        duties = spoken_all((say(delegation.DUTIES[duty]) for duty in line.duties), "\n")
        when = days(line.begins, line.ends)
        if line.ended_because:
            when = say("{when}\nended: {why}", when=when, why=line.ended_because)
        cells = (
            f"{line.name}\n{say(line.role)}", duties, line.investigator, when, line.entered_by,
        )  # fmt: skip
        said = say("{name}: {duties}", name=line.name, duties=duties.replace("\n", ", "))
        rows.append(Row(line.entry, cells, said))
    return rows
