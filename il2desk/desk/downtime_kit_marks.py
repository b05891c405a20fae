"""The marks of a downtime kit: STOP, HOLD or OVERDUE beside a dose, and what they ask of its reader."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.companion_plan import CompanionSlot
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import SlotState
from il2desk.desk.hold_rule import held_by
from il2desk.desk.patient_diary_holds import hold_stands
from il2desk.desk.records_of_a_dose import CheckRecord
from il2desk.dosing import tell, write_clock, write_moment

ASK_WHETHER_GIVEN = tell("OVERDUE: ask whether it was given")
"""Of a dose without a record after its time: given once more, it would be a double dose."""


def withheld_mark(desk: Desk, chart: PatientChart, cycle: CycleChart, number: int) -> str:
    """STOP or HOLD with the time of its check; empty where nothing withholds the dose."""
    stop = chart.stop_by(cycle)
    if stop is not None:
        return f"STOP {_when(desk, stop)}"
    check = held_by(cycle.doses[number])
    return "" if check is None else f"HOLD {_when(desk, check)}"


def late_mark(desk: Desk, slot: SlotState) -> str:
    """That a dose is overdue, or its day went by where the site states no such limit; or empty."""
    gone = desk.local(slot.due).date() < desk.now().date()
    return ASK_WHETHER_GIVEN if slot.state == "overdue" or gone else ""


def companion_mark(cycle: CycleChart, slot: CompanionSlot, drug: str) -> str:
    """What is to be asked before a dose of a companion drug: whether it was given, or goes on.

    No rule of a protocol says what becomes of a companion drug while `drug` is on HOLD.
    """
    if slot.state == "overdue":
        return ASK_WHETHER_GIVEN
    if hold_stands(cycle):
        return tell("{drug} is on HOLD: ask the prescriber whether this goes on", drug=drug)
    return ""


def premedication_withheld(
    desk: Desk, chart: PatientChart, cycle: CycleChart, slots: Iterable[SlotState]
) -> Iterable[str]:
    """A sentence for each dose on HOLD or STOP: its premedication is not given as if it came."""
    for slot in slots:
        mark = withheld_mark(desk, chart, cycle, slot.number)
        if mark:
            yield tell(
                "Dose {number}: {mark}. No premedication for this dose without a new decision.",
                number=slot.number,
                mark=mark,
            )


def _when(desk: Desk, check: CheckRecord) -> str:
    """The time of a check, the date too on another day."""
    at = desk.local(check.assessed_at)
    return write_clock(at) if at.date() == desk.now().date() else write_moment(at)
