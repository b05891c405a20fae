"""The page of a protocol in a downtime kit: criteria to hold and stop, rules of the site, recipe."""

from __future__ import annotations

from il2desk.sheets.cycle_facts import CriterionRow, RecipeRow
from il2desk.sheets.downtime_kit_facts import KitRules
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
from il2desk.words import say


def rule_sections(rules: KitRules, sources: SourceList) -> tuple[Section, ...]:
    """Return the pages of one protocol, its name on each of them."""
    name = say("Protocol: {title}, fingerprint {print}", title=rules.title, print=rules.fingerprint)
    bar: tuple[Block, ...] = (heading(name),)
    first = (*bar, *(labelled(label, value) for label, value in rules.rules))
    return (
        Section(parts=(first,), new_page=True),
        Section(parts=((*_criteria(rules, sources), *_recipe(rules, sources)),), carried=bar),
    )


def _criteria(rules: KitRules, sources: SourceList) -> tuple[Block, ...]:
    name = say("Hold and stop criteria: {name}", name=words_of(rules.rule_set))
    if not rules.criteria:
        return (heading(name), prose(say("No criterion is recorded: nothing here can say GO.")))
    titles = (
        (say("Criterion"), 58.0),
        (say("Limit"), 130.0),
        (say("Verdict"), 40.0),
        (say("Source"), 12.0),
    )
    rows = tuple(_row(row, sources) for row in rules.criteria)
    judged = tuple(
        say("Not compared with its document, a person judges: {row}", row=row)
        for row in rules.unconfirmed
    )
    return (heading(name), table(titles, rows), prose(*judged, field=say("criteria")))


def _row(row: CriterionRow, sources: SourceList) -> tuple[Cell, ...]:
    field = say("criterion, {name}", name=row.criterion)
    until = say("until {until}", until=row.until) if row.until else ""
    return (
        cell(row.criterion, field),
        (*cell(row.limit, field), *cell(until, field, Role.FINE)),
        cell(row.verdict, field, Role.STRONG),
        cell(sources.mark(row.source), field, Role.FINE),
    )


def _recipe(rules: KitRules, sources: SourceList) -> tuple[Block, ...]:
    titles = ((say("Preparation"), 36.0), ("", 192.0), (say("Source"), 12.0))
    rows = tuple(_recipe_row(row, sources) for row in rules.recipe)
    return (heading(say("Preparation recipe")), table(titles, rows)) if rows else ()


def _recipe_row(row: RecipeRow, sources: SourceList) -> tuple[Cell, ...]:
    field = say("recipe, {label}", label=row.label)
    return (
        cell(row.label, field),
        cell(row.text, field, Role.STRONG),
        cell(sources.mark(row.source), field, Role.FINE),
    )
