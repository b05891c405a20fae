"""How a cycle, a dose, and the version of a file are named at the head of a sheet."""

from __future__ import annotations

from il2desk.desk.chart import CycleChart
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import planned_words
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import tell


def cycle_name(cycle: CycleChart) -> str:
    """Course and cycle, such as "course 1, cycle 2"."""
    return tell("course {course}, cycle {number}", course=cycle.course, number=cycle.number)


def dose_name(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> str:
    """The dose with how many there are and when it is planned, and due where that differs."""
    return tell(
        "dose {number} of {doses}, {planned}",
        number=dose.number,
        doses=len(cycle.doses),
        planned=planned_words(desk, cycle, dose),
    )


def version_name(title: str, version: str) -> str:
    """The title of a protocol, rule set or premedication set with its version."""
    return tell("{title}, version {version}", title=title, version=version)
