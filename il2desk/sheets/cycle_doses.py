"""The dose table of a cycle sheet: a row a dose, whole, writable, with counts below."""

from __future__ import annotations

from il2desk.sheets.cycle_facts import CycleFacts, DoseRow
from il2desk.sheets.entries import Cell, cell, heading, prose, words_of
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Column, Pair, Prose, Section, Table, write
from il2desk.sheets.sheet_frame import NOT_VERIFIED, pair
from il2desk.words import say

_LONG_REASON = 110  # characters; a longer one would make a row of more than five lines
_MARK = "\u00a0\u2020"
# Shares of the width in mm on A4; the widest quantity of a column decides where it needs more.
_SHARES = (9.0, 25.0, 33.0, 23.0, 24.0, 51.0, 21.0, 22.0, 22.0, 43.0)


def dose_table(facts: CycleFacts) -> Section:
    """Return the doses on a new page: a row a dose, counts, cumulative dose, long reasons."""
    titles = (
        say("Dose"),
        say("Planned"),
        say("Check"),
        say("Decision"),
        say("Given at"),
        say("Drug volume before any dilution, dose given"),
        say("Lot"),
        say("Given or recorded by"),
        say("Second person"),
        say("Reason, remarks"),
    )
    columns = tuple(
        Column(write(title, Role.LABEL, title), share)
        for title, share in zip(titles, _SHARES, strict=True)
    )
    rows = tuple(_row(dose) for dose in facts.doses)
    table = Table(columns, rows, least_row=PEN_ROW, grid=True)
    below = (*_counts(facts), *_long_reasons(facts))
    blocks: tuple[Block, ...] = (*_clock_change(facts), table, prose(), *below)
    return Section(parts=(blocks,), new_page=True)


def _row(dose: DoseRow) -> tuple[Cell, ...]:
    amended = dict(dose.amended)

    def shown(field: str, value: str, role: Role = Role.BODY) -> Cell:
        mark = amended.get(field)
        words = f"{value or say('none')}{_MARK}{mark}" if mark else value
        return cell(
            words, say("dose {number}, {field}", number=dose.number, field=_name(field)), role
        )

    return (
        cell(str(dose.number), say("dose number"), Role.STRONG),
        (
            *shown("planned_day", dose.planned_day),
            *shown("planned_time", _whole(dose.planned_time)),
        ),
        (
            *shown("check", _spaced(dose.check, dose.check_time), Role.STRONG),
            *shown("check_counts", dose.check_counts, Role.FINE),
        ),
        shown("decision", dose.decision, Role.STRONG),
        (*shown("given_day", dose.given_day), *shown("given_time", dose.given_time, Role.STRONG)),
        (
            *shown("planned_dose", _planned(dose), Role.FINE),
            *shown("volume", dose.volume, Role.STRONG),
            *shown("dose", dose.dose),
        ),
        shown("lots", ", ".join(dose.lots)),
        shown("given_by", dose.given_by),
        shown("checked_by", dose.checked_by, _second_role(dose.checked_by)),
        shown("reason", _in_cell(dose)),
    )


def _second_role(checked_by: str) -> Role:
    """A record that nobody has signed yet is seen in a column of names."""
    return Role.STRONG if checked_by == say(NOT_VERIFIED) else Role.BODY


def _clock_change(facts: CycleFacts) -> tuple[Block, ...]:
    change = facts.schedule.clock_change
    return (prose(change, role=Role.STRONG, field=say("clock change")),) if change else ()


def _in_cell(dose: DoseRow) -> str:
    if len(dose.reason) <= _LONG_REASON:
        return dose.reason
    return say("See the remark on dose {number} below the table", number=dose.number)


def _long_reasons(facts: CycleFacts) -> tuple[Block, ...]:
    long = [dose for dose in facts.doses if len(dose.reason) > _LONG_REASON]
    if not long:
        return ()
    lines = (
        say("Dose {number}: {reason}", number=dose.number, reason=dose.reason) for dose in long
    )
    return (heading(say("Remarks on doses")), prose(*lines, field=say("reason")))


def _planned(dose: DoseRow) -> str:
    return say("plan {dose}", dose=dose.planned_dose) if dose.planned_dose else ""


def _spaced(verdict: str, time: str) -> str:
    return f"{verdict} {time}".strip()


def _whole(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _name(field: str) -> str:
    return field.replace("_", " ")


def _counts(facts: CycleFacts) -> tuple[Prose, ...]:
    counts = facts.counts
    numbers = (
        (say("Given"), counts.given),
        (say("Part given"), counts.part_given),
        (say("Held"), counts.held),
        (say("Omitted"), counts.omitted),
        (say("Not known"), counts.not_known),
        *(((say("Cancelled"), counts.cancelled),) if counts.cancelled else ()),
        (say("Left at most"), counts.left),
    )
    line = " \u00b7 ".join(f"{label}\u00a0{number}" for label, number in numbers)
    of = say("{line} \u00b7 of\u00a0{planned} planned", line=line, planned=len(facts.doses))
    cumulative = facts.counts.cumulative_dose or say("Not recorded")
    total = say("Cumulative dose given in this cycle {dose}", dose=cumulative)
    # One text of two lines: no page ends between the counts and their sum.
    return (Prose((write(f"{of}\n{total}", Role.STRONG, say("counts"), lines=True),)),)


def cycle_lines(facts: CycleFacts) -> tuple[tuple[Pair, ...], ...]:
    """Return the identity lines that only a cycle sheet has: weight, drug, protocol."""
    protocol = facts.protocol
    shown = say("{title}, version {version}", title=protocol.title, version=protocol.version)
    dose = write(words_of(facts.medicine.exact_dose), Role.DOSE, say("exact dose"))
    return (
        (
            pair(say("Drug"), facts.medicine.drug),
            Pair(write("DOSE", Role.HEADING, "DOSE"), dose),
            pair(say("Dosing weight"), facts.weight.dosing_weight),
        ),
        (
            pair(say("Protocol"), shown),
            pair(say("Arm"), protocol.arm or say("None")),
            pair(say("Status"), protocol.status),
        ),
    )
