"""The tables of a trial summary; where the journal holds nothing, rows to write in and a sentence."""

from __future__ import annotations

from il2desk.sheets.entries import Cell, SourceList, cell, heading, prose, table
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Table
from il2desk.sheets.trial_facts import (
    ExposureRow,
    ToxicityRow,
    ToxicityTable,
    TrialEvent,
    TrialFacts,
    VerdictCount,
)
from il2desk.words import say

_ARM = 46.0
_ABREAST = 3  # arms whose cumulative doses fit beside each other on Letter
NOT_RECORDED = "Graded toxicities and responses are not recorded in the program."
BY_HAND = "The rows below are filled in by hand, from source documents."


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
    """Return a row for every cycle of every patient."""
    titles = (
        (say("Trial No."), 24.0),
        (say("Arm"), 16.0),
        (say("Course, cycle"), 20.0),
        (say("First dose planned"), 26.0),
        (say("Planned"), 15.0),
        (say("Given"), 13.0),
        (say("Part given"), 13.0),
        (say("Held"), 12.0),
        (say("Omitted"), 15.0),
        (say("Not known"), 14.0),
        (say("No record"), 14.0),
        (say("Cumulative dose given"), 58.0),
        (say("State"), 33.0),
    )
    name = say("Exposure: doses of each patient and cycle")
    rows = tuple(_exposure(row) for row in facts.exposure)
    if not rows:
        return (heading(name), prose(say("No cycle is planned.")))
    return (heading(name), table(titles, rows))


def _exposure(row: ExposureRow) -> tuple[Cell, ...]:
    field = say("exposure, {code}", code=row.trial_code)
    counts = (
        row.planned, row.given, row.part_given, row.held, row.omitted, row.not_known,
        row.without_record,
    )  # fmt: skip
    return (
        cell(row.trial_code, field, Role.STRONG),
        cell(row.arm, field),
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
        blocks.extend((prose(more), table(met, tuple(_count(row) for row in facts.criteria))))
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
        (say("Arm"), 14.0),
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
            cell(one.arm, one.drug),
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
        (say("Course, cycle, dose"), 36.0),
        (say("What"), 46.0),
        (say("When"), 30.0),
        (say("Reason, detail"), 99.0),
        (say("Who"), 38.0),
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


def toxicity(facts: TrialFacts, sources: SourceList) -> tuple[tuple[Block, ...], ...]:
    """Return one table to write in for each set of definitions; a sentence where none is named."""
    said = tuple(
        say("{label}, by the protocol: {words}", label=label, words=words)
        for label, words in facts.sayings
    )
    if not facts.toxicity:
        none = say("The protocol names no definitions of toxicity.")
        return ((heading(say("Toxicity")), prose(say(NOT_RECORDED), none, *said)),)
    return tuple(
        _toxicity(one, facts, sources, said if at == 0 else ())
        for at, one in enumerate(facts.toxicity)
    )


def _toxicity(
    one: ToxicityTable, facts: TrialFacts, sources: SourceList, said: tuple[str, ...]
) -> tuple[Block, ...]:
    blank = 100.0 / max(len(one.grades), 1)
    titles = (
        (say("Term"), 56.0),
        (say("Limits"), 104.0),
        *((title, min(blank, 30.0)) for title in one.grades),
        (say("Source document, remarks"), 42.0),
        (say("Source"), 12.0),
    )
    rows = tuple(_term(row, len(one.grades), sources) for row in one.rows)
    counted = say(
        "Write the number of patients under each grade, of {count} with a dose.",
        count=facts.with_dose,
    )
    return (
        heading(say("Toxicity: {title}", title=one.title)),
        prose(say(NOT_RECORDED), say(BY_HAND), counted, *said, *one.notes, field=say("toxicity")),
        table(titles, rows, least_row=PEN_ROW, grid=True),
    )


def _term(row: ToxicityRow, blanks: int, sources: SourceList) -> tuple[Cell, ...]:
    field = say("toxicity, {term}", term=row.term)
    limits = tuple(text for line in row.limits for text in cell(line, field))
    empty: tuple[Cell, ...] = ((),) * (blanks + 1)
    return (
        cell(row.term, field, Role.STRONG),
        limits,
        *empty,
        cell(sources.mark(row.source), field, Role.FINE),
    )


def outcomes(facts: TrialFacts) -> tuple[Block, ...]:
    """Return a row to write in for every patient with a cycle."""
    titles = (
        (say("Trial No."), 28.0),
        (say("Best response"), 50.0),
        (say("By which criteria"), 46.0),
        (say("Date of the assessment"), 38.0),
        (say("Last seen; state"), 50.0),
        (say("Source document, remarks"), 61.0),
    )
    empty: tuple[Cell, ...] = ((),) * (len(titles) - 1)
    rows = tuple((cell(code, say("outcome"), Role.STRONG), *empty) for code in facts.patients)
    if not rows:
        return (heading(say("Outcome")), prose(say("No patient has a cycle.")))
    counted = say("Patients with a cycle: {count}.", count=len(rows))
    return (
        heading(say("Outcome")),
        prose(say(NOT_RECORDED), say(BY_HAND), counted, field=say("outcome")),
        table(titles, rows, least_row=PEN_ROW, grid=True),
    )
