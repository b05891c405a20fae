"""What forbids an injection in a patient diary: a hold that stands, a check that could not assess."""

from __future__ import annotations

from il2desk.desk.chart import CycleChart
from il2desk.desk.desk import Desk
from il2desk.desk.gates import overridden, skipped_after_hold
from il2desk.desk.hold_rule import is_held
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import tell


def forbidden_because(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> str:
    """Why an open dose is not to be injected, in the words of the diary; empty where nothing does."""
    if is_held(dose):
        return tell("ON HOLD: nothing until you are told")
    if _not_assessed(dose):
        return tell("NOT ASSESSED: nothing until you are told")
    if skipped_after_hold(desk, cycle, dose):
        return tell("HELD: do not inject this one")
    return ""


def goes_on_later(cycle: CycleChart) -> bool:
    """Whether the open doses wait until somebody says to go on.

    After a HOLD on any dose, until a later check says GO or an override lets it go: a patient at
    home who was told to hold has no other sign that it is over, and a dose recorded as held is no
    such sign. A check of an open dose that could not assess has them wait too.
    """
    return hold_stands(cycle) or any(_not_assessed(dose) for dose in cycle.doses.values())


def hold_stands(cycle: CycleChart) -> bool:
    """Whether the last word of any check is HOLD: no later GO, and no override let the dose go."""
    told = [(check, dose) for dose in cycle.doses.values() for check in dose.checks]
    told.sort(key=lambda pair: (pair[0].assessed_at, pair[0].sequence))
    for check, dose in reversed(told):
        if check.verdict == "GO" or overridden(dose, check):
            return False
        if check.verdict == "HOLD":
            return True
    return False


def _not_assessed(dose: DoseRecords) -> bool:
    check = dose.check
    if check is None or dose.administration is not None or check.verdict != "CANNOT ASSESS":
        return False
    return not overridden(dose, check)
