"""The tables of a trial summary that the journal fills."""

from __future__ import annotations

from dataclasses import replace

from il2desk.dosing import write_number
from il2desk.sheets.entries import Cell, cell, heading, prose, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Table
from il2desk.sheets.trial_facts import (
    ExposureRow,
    TrialEvent,
    TrialFacts,
    VerdictCount,
)
from il2desk.sheets.trial_sums import COUNTS, ExposureSum, exposure_sums
from il2desk.words import say

_ARM = 46.0
_ABREAST = 3  # arms whose cumulative doses fit beside each other on Letter


def totals(facts: TrialFacts) -> tuple[Block, ...]:
    """Return the totals: a line a measure, a column an arm, so many arms a table as fit abreast."""
    begins = range(0, len(facts.arms), _ABREAST)
    tables = tuple(_totals(facts, slice(at, at + _ABREAST)) for at in begins)
    return (heading(say("Totals")), *tables)


def _totals(facts: TrialFacts, arms: slice) -> Table:
    titles = (
        (say("Measure"), 62.0),
        (say("Of"), 44.0),
        *((arm, _ARM) for arm in facts.arms[arms]),
    )
    rows = tuple(
        (
            cell(one.label, one.label, Role.STRONG if one.strong else Role.BODY),
            cell(one.of or say("count"), one.label, Role.FINE),
            *(
                cell(value, one.label, Role.STRONG if one.strong else Role.BODY)
                for value in one.values[arms]
            ),
        )
        for one in facts.totals
    )
    return table(titles, rows)


def exposure(facts: TrialFacts) -> tuple[Block, ...]:
    """Return a row for every cycle of every patient, then the sum of each arm and of all."""
    titles = (
        (say("Trial No."), 24.0),
        *_arm_title(facts),
        (say("Course, cycle"), 20.0),
        (say("First dose planned"), 26.0),
        (say("Planned"), 15.0),
        (say("Given"), 13.0),
        (say("Part given"), 13.0),
        (say("Held"), 12.0),
        (say("Omitted"), 15.0),
        (say("Not known"), 14.0),
        (say("No record"), 14.0),
        (say("Cumulative dose given"), 55.0),
        (say("State"), 42.0),
    )
    name = say("Exposure: doses of each patient and cycle")
    rows = tuple(_exposure(row, facts) for row in facts.exposure)
    if not rows:
        return (heading(name), prose(say("No cycle is planned.")))
    sums = exposure_sums(facts)
    summed = (_total(one, facts, is_all=one is sums[-1]) for one in sums)
    return (heading(name), table(titles, (*rows, *summed)))


def _arm_title(facts: TrialFacts) -> tuple[tuple[str, float], ...]:
    """The column of the arms; none in a trial without arms."""
    return ((say("Arm"), 16.0),) if facts.arm_names else ()


def _arm(words: str, facts: TrialFacts, field: str) -> tuple[Cell, ...]:
    return (cell(words, field),) if facts.arm_names else ()


def _total(one: ExposureSum, facts: TrialFacts, *, is_all: bool) -> tuple[Cell, ...]:
    """The row of a sum: of the cycles of one arm, or of all."""
    field = say("exposure, total")
    name = say("Total, all") if is_all else say("Total, {arm}", arm=one.arm)
    cycles = say("1 cycle") if one.cycles == 1 else say("{count} cycles", count=one.cycles)
    rest = tuple(
        cell(words, field, Role.STRONG)
        for words in (cycles, "", *map(write_number, one.counts), one.dose, "")
    )
    return (cell(name, field, Role.STRONG), *_arm("", facts, field), *rest)


def _exposure(row: ExposureRow, facts: TrialFacts) -> tuple[Cell, ...]:
    field = say("exposure, {code}", code=row.trial_code)
    counts: tuple[str, ...] = tuple(getattr(row, name) for name in COUNTS)
    return (
        cell(row.trial_code, field, Role.STRONG),
        *_arm(row.arm, facts, field),
        cell(row.cycle, field),
        cell(row.begins, field),
        *(cell(count, field) for count in counts),
        cell(row.cumulative, field, Role.STRONG),
        cell(row.state, field),
    )


def verdict_counts(facts: TrialFacts) -> tuple[Block, ...]:
    """Return verdicts of the checks, then every criterion that was met."""
    counts = (
        (say("Checks, of all checks recorded"), 62.0),
        (say("Patients, of all with a check"), 62.0),
    )
    titles = ((say("Verdict"), 149.0), *counts)
    met = ((say("Criterion met"), 78.0), (say("Limit"), 71.0), *counts)
    name = say("Checks before a dose: holds and stops")
    if not facts.verdicts:
        return (heading(name), prose(say("No check is recorded.")))
    blocks: list[Block] = [
        heading(name),
        table(titles, tuple((row[0], *row[2:]) for row in map(_count, facts.verdicts))),
    ]  # fmt: skip
    if facts.criteria:
        more = say("One check may meet several criteria: their counts do not add up to the checks.")
        blocks.extend(
            (
                replace(prose(more), leads=True),
                table(met, tuple(_count(row) for row in facts.criteria)),
            )
        )
    return tuple(blocks)


def _count(row: VerdictCount) -> tuple[Cell, ...]:
    field = say("checks, {name}", name=row.name)
    return (
        cell(row.name, field, Role.STRONG),
        cell(row.detail, field),
        cell(row.checks, field),
        cell(row.patients, field),
    )


def companion_counts(facts: TrialFacts) -> tuple[Block, ...]:
    """Return the doses of companion drugs; nothing where the protocol has none."""
    if not facts.companions:
        return ()
    titles = (
        (say("Companion drug"), 34.0),
        *_arm_title(facts),
        (say("Planned"), 16.0),
        *(
            (title, 25.0)
            for title in (
                say("Given"), say("Part given"), say("Held"), say("Omitted"), say("Not known"),
                say("No record"),
            )
        ),
        (say("Beyond the plan"), 17.0),
        (say("Amount that went in"), 42.0),
    )  # fmt: skip
    rows = tuple(
        (
            cell(one.drug, one.drug, Role.STRONG),
            *_arm(one.arm, facts, one.drug),
            cell(one.planned, one.drug),
            *(cell(count, one.drug) for count in one.outcomes),
            cell(one.beyond, one.drug),
            cell(one.amount, one.drug, Role.STRONG),
        )
        for one in facts.companions
    )
    return (
        heading(say("Companion drugs: doses, each count of the doses planned")),
        table(titles, rows),
    )


def events(name: str, rows: tuple[TrialEvent, ...], none: str) -> tuple[Block, ...]:
    """Return a list of what must be read, or the sentence that there is nothing."""
    if not rows:
        return (heading(name), prose(none))
    titles = (
        (say("Trial No."), 24.0),
        (say("Where"), 46.0),
        (say("What"), 44.0),
        (say("When"), 35.0),
        (say("Reason, detail"), 84.0),
        (say("Who"), 40.0),
    )
    title = say("{name}: {count}", name=name, count=len(rows))
    return (heading(title), table(titles, tuple(_event(row) for row in rows)))


def _event(row: TrialEvent) -> tuple[Cell, ...]:
    field = say("event, {code}, {where}", code=row.trial_code, where=row.where)
    return (
        cell(row.trial_code, field, Role.STRONG),
        cell(row.where, field),
        cell(row.what, field, Role.STRONG),
        cell(row.when, field),
        cell(row.detail, field),
        cell(row.who, field),
    )
