"""The last pages of a cycle sheet: premedication, criteria, schedule, amendments, signatures."""

from __future__ import annotations

from il2desk.sheets.cycle_facts import CompanionRow, CycleFacts
from il2desk.sheets.entries import (
    Cell,
    SourceList,
    cell,
    heading,
    labelled,
    prose,
    table,
    words_of,
)
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Section
from il2desk.sheets.shared_facts import SheetGap
from il2desk.sheets.shared_tables import criteria_table, premedication_table
from il2desk.sheets.signing_lines import amendments, signatures
from il2desk.words import say


def before_the_doses(facts: CycleFacts, sources: SourceList) -> tuple[Section, ...]:
    """Return what is read before a dose: companion drugs, premedication, the plan in time."""
    return (
        *_companions(facts, sources),
        Section(parts=(_premedication(facts, sources),)),
        Section(parts=(_schedule(facts),), columns=2),
    )


def back(facts: CycleFacts, sources: SourceList) -> tuple[Section, ...]:
    """Return the last pages; the signature block stays in one piece, and the sources come last.

    So no page holds nothing but signatures where the sources have room below them.
    """
    middle = (
        *amendments(facts.footnotes),
        *_notes(facts),
        *_gaps(facts),
        *_criteria(facts, sources),
    )
    return (
        Section(parts=(middle,), columns=2),
        Section(parts=(signatures(facts.signatures),), together=True),
        Section(parts=(sources.blocks(),), columns=2),
    )


def _premedication(facts: CycleFacts, sources: SourceList) -> tuple[Block, ...]:
    name = say("Premedication: {name}", name=words_of(facts.premedication_set))
    if not facts.premedication:
        return (heading(name), prose(say("No premedication item is recorded for this protocol.")))
    return (heading(name), premedication_table(facts.premedication, sources))


def _companions(facts: CycleFacts, sources: SourceList) -> tuple[Section, ...]:
    """The companion drugs, each dose in a row of its own."""
    if not facts.companions:
        return ()
    titles = (
        (say("Companion drug"), 44.0),
        (say("Dose"), 56.0),
        (say("Prepare"), 66.0),
        (say("Route"), 28.0),
        (say("When"), 60.0),
        (say("Source"), 11.0),
    )
    rows = tuple(_companion(row, sources) for row in facts.companions)
    name = say("Companion drugs")
    if facts.schedule.day_one:
        name = say("Companion drugs; day 1 is {date}", date=facts.schedule.day_one)
    return (Section(parts=((heading(name), table(titles, rows)),)),)


def _companion(row: CompanionRow, sources: SourceList) -> tuple[Cell, ...]:
    field = say("companion drug, {drug}", drug=row.drug)
    return (
        cell(row.drug, field, Role.STRONG),
        (*cell(row.amount, field, Role.STRONG), *cell(row.change, field, Role.FINE)),
        cell(row.volume, field),
        cell(row.route, field),
        cell(row.when, field),
        cell(sources.mark(row.source), field, Role.FINE),
    )


def _criteria(facts: CycleFacts, sources: SourceList) -> tuple[Block, ...]:
    name = say("Hold and stop criteria: {name}", name=words_of(facts.rule_set))
    if not facts.criteria:
        return (heading(name), prose(say("No criterion is recorded: nothing here can say GO.")))
    return (heading(name), criteria_table(facts.criteria, sources))


def _schedule(facts: CycleFacts) -> tuple[Block, ...]:
    schedule = facts.schedule
    return (
        heading(say("Schedule")),
        labelled(say("Doses planned"), schedule.doses),
        labelled(say("Day 1"), schedule.day_one, absent=say("None planned")),
        labelled(say("First dose"), schedule.start),
        labelled(say("Time zone"), schedule.zone),
        labelled(say("Spacing"), schedule.policy),
        labelled(say("Minimum interval"), schedule.minimum_interval),
        labelled(say("Clock change"), schedule.clock_change, absent=say("None in this cycle")),
    )


def _notes(facts: CycleFacts) -> tuple[Block, ...]:
    if not facts.notes:
        return ()
    return (heading(say("Notes")), prose(*facts.notes, field=say("notes")))


def _gaps(facts: CycleFacts) -> tuple[Block, ...]:
    if not facts.gaps:
        return ()
    lines = (_gap(gap) for gap in facts.gaps)
    title = say("Gaps: what no source gives and the site fills in")
    return (heading(title), prose(*lines, role=Role.FINE, field=say("gaps")))


def _gap(gap: SheetGap) -> str:
    """The sentence of a gap; its name first where the sentence does not begin with it."""
    return gap.sentence if gap.sentence.startswith(gap.name) else f"{gap.name}. {gap.sentence}"
