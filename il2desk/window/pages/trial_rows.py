"""The trial overview as rows: glyphs for doses, words for readers, lists of what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from il2desk.desk import Desk, SlotState
from il2desk.desk.trial import CriterionRow, OverrideLine, SecondDelay, TrialRow, TrialSums
from il2desk.dosing import NO_BREAK, write_moment, write_span
from il2desk.window.pages.board_facts import slot_sentence
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say

IDENTITY = 2
"""How many columns stand before the first dose."""
_WEEK = 7


def most_doses(rows: Sequence[TrialRow]) -> int:
    """How many doses the longest cycle has."""
    return max((len(row.slots) for row in rows), default=0)


def dose_columns(rows: Sequence[TrialRow]) -> tuple[Column, ...]:
    """Patient and cycle, a column a dose, and what needs somebody."""
    return (
        Column(say("Patient"), stretch=0),
        Column(say("Cycle"), stretch=0),
        *(
            Column(_name(rows, number), stretch=0, tight=True)
            for number in range(1, most_doses(rows) + 1)
        ),
        Column(say("State"), stretch=1),
    )


def _name(rows: Sequence[TrialRow], number: int) -> str:
    """The number of the dose; with its week where cycles are of weeks and all plan it alike."""
    cycles = [row.cycle for row in rows if row.cycle is not None]
    days = {cycle.doses[number].day for cycle in cycles if number in cycle.doses}
    last = max((dose.day for cycle in cycles for dose in cycle.doses.values()), default=0)
    if last <= _WEEK or len(days) != 1:
        return str(number)
    (day,) = days
    return f"{number}\n{say('week {week}', week=(day - 1) // _WEEK + 1)}"


def dose_rows(desk: Desk, rows: Sequence[TrialRow]) -> list[Row]:
    """A row for every cycle; a dose that the cycle does not have is an empty cell, said in words."""
    many = most_doses(rows)
    return [
        Row(
            row.id,
            (
                Cell(who(row), bold=True),
                _cycle(row),
                *(_cell(desk, row, at) for at in range(many)),
                row.word,
            ),
            sentence=row_words(row),
        )
        for row in rows
    ]


def who(row: TrialRow) -> str:
    """The trial number and the initials, on one line."""
    subject = row.patient.chart.subject
    return f"{subject.trial_code} {subject.initials}".strip().replace(" ", NO_BREAK)


def row_words(row: TrialRow) -> str:
    """Who, which cycle, and what it needs."""
    if row.cycle is None:
        return f"{who(row)}. {row.word}"
    cycle = say("course {course}, cycle {cycle}", course=row.cycle.course, cycle=row.cycle.number)
    return f"{who(row)}, {cycle}. {row.word}".replace("\n", ", ")


def _cycle(row: TrialRow) -> str:
    if row.cycle is None:
        return say("none")
    return say("{course}, {number}", course=row.cycle.course, number=row.cycle.number)


def _cell(desk: Desk, row: TrialRow, at: int) -> Cell:
    if row.cycle is None or at >= len(row.slots):
        words = say("{who}, no dose {number} planned", who=who(row), number=at + 1)
        return Cell("", sentence=words)
    slot = row.slots[at]
    return Cell("", slot.state, amended=slot.amended, sentence=partial(cell_words, desk, row, slot))


def cell_words(desk: Desk, row: TrialRow, slot: SlotState) -> str:
    """Who, which cycle, and the dose as the board says it."""
    if row.cycle is None:
        return who(row)
    planned = desk.local(row.cycle.doses[slot.number].planned)
    cycle = say("course {course}, cycle {cycle}", course=row.cycle.course, cycle=row.cycle.number)
    return f"{who(row)}, {cycle}. {slot_sentence(row.cycle, slot, planned)}"


def sums_words(sums: TrialSums) -> str:
    """The counters in one line: what was given of what is planned comes first."""
    one = sums.patients == 1
    parts = [
        say("1 patient") if one else say("{count} patients", count=sums.patients),
        say("doses given {given} of {planned} planned", given=sums.given, planned=sums.planned),
        *(
            f"{words} {count}"
            for words, count in (
                (say("part given"), sums.part_given),
                (say("held"), sums.held),
                (say("omitted"), sums.omitted),
                (say("not known"), sums.not_known),
                (say("overrides"), sums.overrides),
                (say("needs second person"), sums.needs_second),
                (say("disputed"), sums.disputed),
            )
            if count or words in (say("held"), say("omitted"), say("overrides"))
        ),
    ]
    return "   ".join(part.replace(" ", NO_BREAK) for part in parts)


def criterion_columns() -> tuple[Column, ...]:
    """What was met, how often, and what was done about it."""
    return (
        Column(say("Criterion"), stretch=3),
        Column(say("Limit"), stretch=4),
        Column(say("Checks that met it"), stretch=2),
        Column(say("Held"), numeric=True, stretch=0),
        Column(say("Omitted"), numeric=True, stretch=0),
        Column(say("Overrides"), numeric=True, stretch=0),
    )


def rows_of_criteria(found: Sequence[CriterionRow]) -> list[Row]:
    """A row a criterion."""
    return [
        Row(
            f"{at}",
            (
                Cell(one.name, bold=True),
                one.limit or say("none"),
                one.checks or say("none"),
                str(one.held),
                str(one.omitted),
                str(one.overrides),
            ),
        )
        for at, one in enumerate(found)
    ]


def override_columns() -> tuple[Column, ...]:
    """Whose dose, what was overridden, when, why and by whom."""
    return (
        Column(say("Patient"), stretch=0),
        Column(say("Dose"), stretch=2),
        Column(say("Overrode"), stretch=3),
        Column(say("When"), stretch=1),
        Column(say("Why, ordered by whom"), stretch=4),
        Column(say("Signed by"), stretch=2),
    )


def rows_of_overrides(found: Sequence[OverrideLine]) -> list[Row]:
    """A row an override; its id begins with the patient's."""
    return [
        Row(
            f"{one.subject} {at}",
            (
                Cell(one.event.trial_code, bold=True), one.event.where,
                f"{one.event.what}: {one.criteria}", one.event.when, one.event.detail, one.event.who,
            ),
        )
        for at, one in enumerate(found)
    ]  # fmt: skip


def second_columns() -> tuple[Column, ...]:
    """Whose record, what, when, and how long the second person took."""
    return (
        Column(say("Patient"), stretch=0),
        Column(say("Dose"), stretch=3),
        Column(say("Recorded as"), stretch=0),
        Column(say("Recorded"), stretch=3),
        Column(say("Second person"), stretch=2),
        Column(say("Took"), stretch=2),
    )


def rows_of_seconds(desk: Desk, delay: SecondDelay) -> list[Row]:
    """A row a record; what still waits comes first and says so."""
    rows = []
    for at, one in enumerate(delay.lines):
        waits = not one.signed_by
        took = write_span(one.took)
        signed = Cell(say("Needs second person"), bold=True) if waits else one.signed_by
        rows.append(
            Row(
                f"{one.subject} {at}",
                (
                    Cell(one.code, bold=True), one.where, one.outcome,
                    say("{when}, {by}", when=write_moment(desk.local(one.recorded_at)), by=one.by),
                    signed, say("waits {span}", span=took) if waits else took,
                ),
            )
        )  # fmt: skip
    return rows


def delay_words(delay: SecondDelay) -> str:
    """Median and longest, and how many wait."""
    waiting = sum(not one.signed_by for one in delay.lines)
    parts = []
    if delay.median is not None and delay.longest is not None:
        median, longest = write_span(delay.median), write_span(delay.longest)
        parts.append(
            say(
                "From the record to the second signature: median {median}, longest {longest}, of {count} signed.",
                median=median, longest=longest, count=len(delay.lines) - waiting,
            )
        )  # fmt: skip
    if waiting == 1:
        parts.append(say("1 record needs a second person."))
    elif waiting:
        parts.append(say("{count} records need a second person.", count=waiting))
    return " ".join(parts) or say("Nothing is recorded yet.")
