"""How a cycle, a dose, and the version of a file are named at the head of a sheet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from il2desk.desk.chart import CycleChart
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import planned_words
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import tell

if TYPE_CHECKING:
    from il2desk.desk.print_sheet import PreparedSheet

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")


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


def sheet_file_name(sheet: PreparedSheet, on: date, trial_code: str = "") -> str:
    """A name for the file of a sheet: kind, day, trial number, sheet id, so that a folder sorts itself.

    It holds no name of a patient. Anything in the trial number but letters, digits and hyphens becomes a hyphen.
    """
    code = _NOT_IN_NAMES.sub("-", trial_code).strip("-")
    parts = (sheet.request.kind, on.isoformat(), code, sheet.sheet_id)
    return "_".join(part for part in parts if part) + ".pdf"
