"""The practice trial that is measured on: made once for a run, in a folder that goes afterwards."""

from __future__ import annotations

from pathlib import Path

from il2desk.desk import Desk, open_desk, open_practice, staff, subjects

FULL_CYCLE = "PRA-004"
DUE = "PRA-001"
NAME, PIN = "K. Brandt", "1111"


def make(folder: Path) -> Path:
    """Make the practice trial in `folder` and return its journal, closed."""
    journal = folder / "journal.sqlite"
    open_practice(journal).close()
    return journal


def opened(journal: Path) -> Desk:
    """Open the trial with its pharmacist signed in."""
    desk = open_desk(journal, create=False)
    desk.person = next(person for person in staff(desk) if person.name == NAME)
    return desk


def subject(desk: Desk, code: str) -> str:
    """Return the id of the patient with that trial number."""
    return next(found.id for found in subjects(desk) if found.trial_code == code)
