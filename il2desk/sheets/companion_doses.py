"""The companion drugs' dose table of a cycle sheet: a row a planned dose, blank for a pen until told."""

from __future__ import annotations

from il2desk.sheets.cycle_facts import CompanionDoseRow, CycleFacts
from il2desk.sheets.entries import Cell, cell, heading
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Column, Section, Table, write
from il2desk.sheets.shared_facts import SheetGap
from il2desk.words import say

_MARK = " \u2020"


def companion_dose_table(facts: CycleFacts) -> tuple[Section, ...]:
    """Return every dose of the companion drugs with what was recorded; nothing where there is none."""
    if not facts.companion_doses:
        return ()
    titles = (
        (say("Companion drug"), 26.0),
        (say("Planned"), 26.0),
        (say("Decision"), 20.0),
        (say("Given at"), 22.0),
        (say("Dose planned, amount given"), 68.0),
        (say("Route, product, lot"), 33.0),
        (say("Given or recorded by"), 22.0),
        (say("Second person"), 22.0),
        (say("Reason, remarks"), 34.0),
    )
    columns = tuple(Column(write(title, Role.LABEL, title), share) for title, share in titles)
    rows = tuple(_row(row) for row in facts.companion_doses)
    table = Table(columns, rows, least_row=PEN_ROW, grid=True)
    return (Section(parts=((heading(say("Companion drugs: what was given")), table),)),)


def _row(row: CompanionDoseRow) -> tuple[Cell, ...]:
    amended = dict(row.amended)

    def shown(field: str, value: str, role: Role = Role.BODY) -> Cell:
        mark = amended.get(field)
        words = f"{value or say('none')}{_MARK}{mark}" if mark else value
        name = field.replace("_", " ")
        return cell(
            words, say("{drug}, {day}, {field}", drug=row.drug, day=row.day, field=name), role
        )

    return (
        shown("drug", row.drug, Role.STRONG),
        (*shown("day", row.day, Role.STRONG), *shown("date", row.date)),
        shown("decision", row.decision, Role.STRONG),
        (*shown("given_day", row.given_day), *shown("given_time", row.given_time, Role.STRONG)),
        (*_planned(row), *shown("amount", row.amount)),
        (*shown("route", row.route), *shown("product", row.product), *shown("lots", row.lots)),
        shown("given_by", row.given_by),
        shown("checked_by", row.checked_by),
        shown("reason", row.reason),
    )


def _planned(row: CompanionDoseRow) -> Cell:
    """What the plan gives, in fine print above what was given; a gap by its name."""
    named, planned = say("{drug}, planned dose", drug=row.drug), row.planned_dose
    if isinstance(planned, SheetGap):
        return cell(planned, named)
    return cell(say("plan {dose}", dose=planned), named, Role.FINE)
