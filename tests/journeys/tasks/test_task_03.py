"""T3: the check of Maria Löwenstein: one value holds the dose, one is missing, one is too old.

The rule set of this protocol requires 13 values where the wireframe has nine: the budget of 16 keys
and the values is 1 + rows + measured time 5 + 1, so it is 20 here. Creatinine 2.7 mg per dL holds,
the urine is missing, and the heart rate was taken at 09:00 and may be two hours old.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from il2desk.window.strips import VerdictStrip


class PaintedVerdicts(QObject):
    """Every verdict that is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str | None] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, VerdictStrip):
            self.seen.append(watched.verdict())
        return False


@pytest.fixture
def verdicts(person: Any) -> Any:
    """What the strip showed, frame by frame."""
    person.on_row("NPC-014")
    painted = PaintedVerdicts()
    QCoreApplication.instance().installEventFilter(painted)
    yield painted
    QCoreApplication.instance().removeEventFilter(painted)


VALUES = {
    "heart_rate": "88", "rhythm": "1", "ecg_ischaemia": "n", "oxygen_l_min": "0", "neuro": "n",
    "creatinine": "2.7", "urine_8h": "", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "1", "infection": "1", "skin": "1",
}  # fmt: skip


def fill(person: Any) -> None:
    """Every row in its turn, with Enter from row to row; a unit belongs to its value."""
    for row in person.step.rows():
        if not row.facts.required:
            break
        code = row.facts.code.code
        person.apart(VALUES[code])
        person.keys("{Enter}")
        if row.unit is not None and VALUES[code]:
            person.apart("1{Enter}")


def test_hold_with_the_missing_count_and_never_go(person: Any, verdicts: Any) -> None:
    with person.budget("T3", 20), person.budget("B5", 20):
        person.keys("{Enter}n{Tab}{Tab}")
        fill(person)
        stale(person)
        judged(person, "HOLD", "2 of 14")
        person.keys("{Ctrl+Enter}")
    check = person.page.at.dose.check
    assert check.verdict == "HOLD"
    assert "By this protocol a dose on HOLD is skipped" in person.text().replace("\n", " ")
    assert "GO" not in verdicts.seen


def test_without_the_hold_value_it_cannot_assess(person: Any, verdicts: Any) -> None:
    person.keys("{Enter}n{Tab}{Tab}")
    fill(person)
    stale(person)
    creatinine = person.step.row("creatinine").value_entry
    person.tab_into(creatinine)
    person.keys("1.1{Tab}")  # Tab chose the old text
    judged(person, "CANNOT ASSESS", "2 of 14")
    assert "GO" not in verdicts.seen


def stale(person: Any) -> None:
    """The heart rate was taken at 09:00: its own time, a measured value like the others."""
    person.counter.apart = True
    person.tab_into(person.step.row("heart_rate").time)
    person.keys("0900{Tab}")
    person.counter.apart = False


def judged(person: Any, verdict: str, counted: str) -> None:
    """What the strip says now."""
    person.until(lambda: person.step.strip.verdict() == verdict, verdict)
    shown = person.text(person.step.strip).replace("\n", " ")
    assert f"{counted} values are missing or too old" in shown, shown
    assert "heart rate" in shown
    assert "urine" in shown
