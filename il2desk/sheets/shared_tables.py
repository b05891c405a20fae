"""Tables that more than one sheet prints: working, recipe, premedication, hold and stop criteria."""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.cycle_facts import CriterionRow, PremedicationRow, RecipeRow, WorkingRow
from il2desk.sheets.entries import Cell, SourceList, cell, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Table
from il2desk.words import say

_TOGETHER = 10  # rows of premedication that stay on one page


def working_table(rows: tuple[WorkingRow, ...], sources: SourceList) -> Table:
    """Return lines A to M with formula, numbers, result and source."""
    titles = (
        ("", 5.0),
        (say("Working"), 34.0),
        (say("Formula, numbers, result"), 101.0),
        (say("Source"), 12.0),
    )
    cells = tuple(
        (
            cell(row.letter, say("working"), Role.STRONG),
            cell(row.label, say("working, line {letter}", letter=row.letter)),
            cell(row.text, say("working, line {letter}", letter=row.letter)),
            cell(sources.mark(row.source), say("source"), Role.FINE),
        )
        for row in rows
    )
    return table(titles, cells)


def recipe_table(rows: tuple[RecipeRow, ...], sources: SourceList) -> Table:
    """Return the preparation, step by step, with sources."""
    titles = ((say("Preparation"), 36.0), ("", 101.0), (say("Source"), 12.0))
    cells = tuple(
        (
            cell(row.label, say("recipe")),
            cell(row.text, say("recipe, {label}", label=row.label), Role.STRONG),
            cell(sources.mark(row.source), say("source"), Role.FINE),
        )
        for row in rows
    )
    return table(titles, cells)


def premedication_table(rows: tuple[PremedicationRow, ...], sources: SourceList) -> Table:
    """Return the items with amounts, intervals, daily maxima and what blocks them."""
    titles = (
        (say("Item"), 42.0),
        (say("Amount"), 34.0),
        (say("Route"), 24.0),
        (say("When"), 46.0),
        (say("Interval"), 28.0),
        (say("Daily maximum"), 30.0),
        (say("Given if, blocked"), 55.0),
        (say("Source"), 11.0),
    )
    cells = tuple(_premedication_row(row, sources) for row in rows)
    return table(titles, cells, whole=len(cells) <= _TOGETHER)


def _premedication_row(row: PremedicationRow, sources: SourceList) -> tuple[Cell, ...]:
    field = say("premedication, {item}", item=row.item)
    duty = say("mandatory") if row.mandatory else say("optional")
    blocked = say("BLOCKED: {why}", why=row.blocked) if row.blocked else ""
    amount = cell(row.amount, field, Role.STRONG)
    if row.blocked:
        # The amount stays readable, for whoever lifts the block, and stands for nobody to give.
        said = cell(say("BLOCKED"), field, Role.STRONG)
        amount = (*said, *(replace(one, role=Role.FINE, struck=True) for one in amount))
    return (
        (*cell(row.item, field, Role.STRONG), *cell(duty, field, Role.FINE)),
        amount,
        cell(row.route, field),
        cell(row.timing, field),
        cell(row.interval, field),
        cell(row.daily_maximum, field),
        (*cell(blocked, field, Role.STRONG), *cell(row.condition, field)),
        cell(sources.mark(row.source), field, Role.FINE),
    )


def criteria_table(rows: tuple[CriterionRow, ...], sources: SourceList) -> Table:
    """Return hold and stop criteria with limit, verdict and source."""
    titles = (
        (say("Criterion"), 38.0),
        (say("Limit"), 50.0),
        (say("Verdict"), 33.0),
        (say("Source"), 12.0),
    )
    return table(titles, tuple(_criterion(row, sources) for row in rows))


def _criterion(row: CriterionRow, sources: SourceList) -> tuple[Cell, ...]:
    field = say("criterion, {name}", name=row.criterion)
    until = say("until {until}", until=row.until) if row.until else ""
    return (
        cell(row.criterion, field),
        (*cell(row.limit, field), *cell(until, field, Role.FINE)),
        cell(row.verdict, field, Role.STRONG),
        cell(sources.mark(row.source), field, Role.FINE),
    )
