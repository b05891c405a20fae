"""Which dose and which days, as the second engine reads a plan from the protocol."""

from __future__ import annotations

from fractions import Fraction

from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.regimen import DosePlan
from il2desk.dosing.second_numbers import UnansweredError, at_least_count, positive, require


def planned_on(plan: DosePlan, day: int) -> bool:
    """Whether a dose can fall on the day; a cycle that starts late in the day ends a day later."""
    if plan.days is not None:
        return day in plan.days.value
    if plan.interval_h is None or plan.doses_per_cycle is None:
        return True
    hours = positive(plan.interval_h.value)
    # Dose n, n intervals after a start at any hour of day 1, falls on one of these two days.
    spans = (hours * number / 24 for number in range(plan.doses_per_cycle.value))
    return any(day in (span // 1 + 1, at_least_count(span) + 1) for span in spans)


def per_unit(request: DoseRequest, plan: DosePlan) -> Fraction:
    """The dose per kg, per m2, or flat, from the one dose or the one fitting level.

    Raises UnansweredError where there is none, or more than one, or it leaves its stated range.
    """
    if not plan.levels:
        return positive(plan.dose.value if plan.dose else None)
    week = None if request.day is None else (request.day + 6) // 7
    counts = {"week": week, "day": request.day, "month": request.month, "cycle": request.cycle}
    count = None if plan.level_by is None else counts.get(plan.level_by)
    if count is None or plan.dose is not None:
        raise UnansweredError
    fitting = [
        level
        for level in plan.levels
        if (count in level.days if level.days else count in range(level.first, level.last + 1))
    ]
    require(answerable=len(fitting) == 1)
    dose = positive(fitting[0].dose.value if fitting[0].dose else None)
    if fitting[0].between is not None:
        least, most = (positive(end) for end in fitting[0].between.value)
        require(answerable=least <= dose <= most)
    return dose
