"""What a task finds done when it begins: through the acts of the desk that is open."""

from __future__ import annotations

from typing import Any

from il2desk.desk import DosePlace, chart_of, subjects
from il2desk.desk.practice_dose import check, settled


def place_of(person: Any, trial: str, number: int) -> DosePlace:
    """A dose of a patient, by trial number."""
    desk = person.session.desk
    subject = next(one.id for one in subjects(desk) if one.trial_code == trial)
    return DosePlace(subject, settled(chart_of(desk, subject)).cycle.id, number)


def checked(person: Any, trial: str, number: int, **found: Any) -> DosePlace:
    """A check before the dose with normal findings, and these in their place."""
    place = place_of(person, trial, number)
    check(person.session.desk, place, found)
    return place


def to_dose(person: Any, trial: str, number: int) -> None:
    """From Today to a dose, at its first open step."""
    person.find(trial)
    person.open_dose(number)
