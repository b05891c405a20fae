"""The criteria of a pre-dose check as a form: a row a finding, with both its limits and room to write."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.entries import Cell, SourceList, cell, heading, prose, table
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block
from il2desk.words import say

_BOX = "\u2610"
_LINE = "_" * 7
_NONE = "\u2013"  # a cell with nothing in it would ask for a pen


@dataclass(frozen=True, slots=True)
class CheckFormRow:
    """One finding of the rule set: its name, the limits that hold and that stop, and their sources.

    A limit is empty where the rule set has none of the kind. `required`: without it nothing is GO.
    `unit` is that of the value, printed where it is written; empty where the finding has none.
    """

    name: str
    hold: str
    stop: str
    required: bool
    sources: tuple[str, ...]
    unit: str = ""


def form_blocks(
    rule_set: str, rows: tuple[CheckFormRow, ...], stop_scope: str, sources: SourceList
) -> tuple[Block, ...]:
    """Heading, how to write, and the rows; nothing is judged here.

    `stop_scope` is what every stop of the form ends, said once in the head of their column.
    """
    titles = (
        (say("Finding"), 56.0),
        (say("HOLD if"), 52.0),
        (say("STOP {scope} if", scope=stop_scope) if stop_scope else say("STOP if"), 52.0),
        (say("Value"), 34.0),
        (say("Measured at"), 30.0),
        (say("Result"), 38.0),
        (say("Source"), 11.0),
    )
    how = say(
        "Write value and time of every finding, then tick one box a row. Without a finding that is "
        "required this dose cannot be assessed: it is not GO."
    )
    return (
        heading(say("Hold and stop criteria: {name}", name=rule_set)),
        prose(how, role=Role.FINE, field=say("how to write")),
        table(titles, tuple(_row(row, sources) for row in rows), least_row=PEN_ROW, grid=True),
    )


def _row(row: CheckFormRow, sources: SourceList) -> tuple[Cell, ...]:
    field = say("criterion, {name}", name=row.name)
    words = [say("within")]
    words += ["HOLD"] if row.hold else []
    words += ["STOP"] if row.stop else []
    boxes = "  ".join(f"{_BOX}\u00a0{word}" for word in words)
    if len(words) == 1:
        boxes = say("no limit: judge by the protocol")
    name = cell(row.name, field, Role.STRONG)
    if row.required:
        name = (*name, *cell(say("required"), field, Role.FINE))
    marks = " ".join(dict.fromkeys(sources.mark(one) for one in row.sources))
    return (
        name,
        cell(row.hold or _NONE, field),
        cell(row.stop or _NONE, field),
        _value(row, field),
        cell("", field),
        cell(boxes, field),
        cell(marks, field, Role.FINE),
    )


def _value(row: CheckFormRow, field: str) -> Cell:
    """A line for the pen with the unit behind it; the whole cell where the finding has no unit."""
    if not row.unit:
        return ()
    return cell(f"{_LINE}\u00a0{row.unit}".replace(" ", "\u00a0"), field)
