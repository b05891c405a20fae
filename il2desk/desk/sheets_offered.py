"""Which sheets can be made now: of a patient's cycle, and of the site."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.desk.chart import CycleChart, chart_of, outcome_of, subjects
from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.sheet_request import SheetRequest
from il2desk.dosing import Refusal, tell


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """A sheet that can be asked for: the request, its title, and what it is of in words."""

    request: SheetRequest
    title: str
    what: str


def sheets_of_cycle(desk: Desk, subject: str, cycle_id: str) -> tuple[OfferedSheet, ...] | Refusal:
    """The sheets of one cycle: those of the whole cycle, then those of its doses.

    The dose in work comes first among the doses, then the others in order.
    """
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(cycle_id)
    if cycle is None:
        return ()
    found = [
        OfferedSheet(SheetRequest(kind.kind, subject, cycle_id), kind.title, "")
        for kind in SHEETS.values()
        if kind.needs_cycle and not kind.needs_dose and kind.fits(desk, cycle)
    ]
    for dose in _in_order(cycle):
        found.extend(
            OfferedSheet(
                SheetRequest(kind.kind, subject, cycle_id, dose.number),
                kind.title,
                tell("dose {number}", number=dose.number),
            )
            for kind in SHEETS.values()
            if kind.needs_dose and kind.of_dose(dose)
        )
    return tuple(found)


def _in_order(cycle: CycleChart) -> list[DoseRecords]:
    doses = list(cycle.doses.values())
    in_work = next((dose for dose in doses if outcome_of(dose) is None), None)
    return doses if in_work is None else [in_work, *(one for one in doses if one is not in_work)]


def sheets_of_site(desk: Desk) -> tuple[OfferedSheet, ...]:
    """The sheets that are of no single patient's cycle."""
    found: list[OfferedSheet] = []
    for kind in SHEETS.values():
        if kind.needs_cycle:
            continue
        found.extend(
            OfferedSheet(SheetRequest(kind.kind, of=of), kind.title, what)
            for of, what in kind.of_site(desk)
        )
    return tuple(found)


def cycle_sheets_of(desk: Desk, protocol: str) -> tuple[SheetRequest, ...]:
    """The cycle sheet of every cycle of every patient of a protocol, in the order of registration."""
    return tuple(
        SheetRequest("cycle", subject.id, entry.cycle)
        for subject in subjects(desk)
        if subject.protocol == protocol
        for entry in desk.journal.entries(kind="cycle-planned", subject=subject.id)
    )


def protocols_with_cycles(desk: Desk) -> tuple[str, ...]:
    """The protocols (ids) that a patient has a planned cycle of."""
    planned = {entry.subject for entry in desk.journal.entries(kind="cycle-planned")}
    return tuple(sorted({one.protocol for one in subjects(desk) if one.id in planned}))
