"""T2: "Today's weight of Ruth Weiss is 70,5 kg, bed scale, now", then 705, 1,250, 155, 70.555.

Her last dosing weight here is 70.2 kg; 72,000 international units per kg.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QLabel, QWidget

DOSE = re.compile(r"DOSE[ \u00a0]([0-9.,]+[ \u00a0]million)")
WEIGHTS = "SELECT * FROM weights WHERE trial_code = 'NPC-009' ORDER BY rowid"
# 72,000 international units per kg times 70.2, 70.5 and 155 kg.
STANDING, NEW, JUMPED = "5.0544 million", "5.076 million", "11.16 million"


class PaintedDoses(QObject):
    """Every dose that is painted, in the order of the frames."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() != QEvent.Type.Paint or not isinstance(watched, QWidget):
            return False
        texts = watched.texts() if hasattr(watched, "texts") else ()
        if isinstance(watched, QLabel):
            texts = (watched.text(),)
        for dose in DOSE.findall("\n".join(texts)):
            self.seen.append(dose.replace("\u00a0", " "))
        return False


@pytest.fixture
def painted(person: Any) -> Iterator[PaintedDoses]:
    """The doses painted since she was opened for a new weight."""
    person.on_row("NPC-009")
    doses = PaintedDoses()
    QCoreApplication.instance().installEventFilter(doses)
    yield doses
    QCoreApplication.instance().removeEventFilter(doses)


def test_a_comma_is_a_decimal_sign(
    person: Any, painted: PaintedDoses, rows: Callable[..., Any]
) -> None:
    with person.budget("T2", 12):
        person.keys("{Enter}")
        with person.budget("B7", 10):
            person.keys("{Alt+1}w")
            person.apart("70,5")
            person.keys("{Enter}n{Tab}{Tab}2{Tab}1{Ctrl+Enter}")
    stored = rows(person, WEIGHTS)[-1]
    assert (stored["weight_kg"], stored["method"]) == ("70.5", "bed scale")
    assert set(painted.seen) <= {STANDING, NEW}
    assert NEW in painted.seen


@pytest.mark.parametrize("typed", ["70.5", "70,5"])
def test_both_decimal_signs_are_the_same(person: Any, painted: PaintedDoses, typed: str) -> None:
    person.keys("{Enter}{Alt+1}w")
    person.apart(f"{typed}")
    person.keys("{Enter}")
    assert person.step.entry().weight.echo() == "= 70.5\u00a0kg"
    assert person.step.headline().replace("\u00a0", " ").startswith(f"DOSE {NEW}")


@pytest.mark.parametrize("typed", ["705", "1,250", "70.555"])
def test_what_cannot_be_a_weight_stays_visible_and_is_not_stored(
    person: Any, painted: PaintedDoses, rows: Callable[..., Any], typed: str
) -> None:
    person.keys(f"{{Enter}}{{Alt+1}}w{typed}{{Enter}}{{Tab}}n{{Tab}}{{Tab}}2{{Tab}}1{{Ctrl+Enter}}")
    weight = person.step.entry().weight
    assert weight.typed() == typed
    assert weight.error_text()
    assert len(rows(person, WEIGHTS)) == 1
    assert set(painted.seen) <= {STANDING}


def test_a_jump_is_asked_about_before_any_dose_is_shown(
    person: Any, painted: PaintedDoses, rows: Callable[..., Any]
) -> None:
    person.keys("{Enter}{Alt+1}w")
    painted.seen.clear()
    person.keys("155{Enter}")
    question = "\n".join(f.text for f, _ in person.step.entry().questions())
    question = question.replace("\u00a0", " ")
    assert "155 kg is 84.8 kg more (120.8 percent) than the last recorded 70.2 kg." in question
    assert "Were pounds entered as kilograms?" in question
    person.keys("{Ctrl+Enter}")
    assert len(rows(person, WEIGHTS)) == 1
    assert STANDING not in painted.seen[1:], painted.seen
    assert JUMPED not in painted.seen
    answer(person, painted)
    assert JUMPED in plain(person.step.headline())  # on a small screen it is below the questions
    person.keys("n{Tab}{Tab}2{Tab}1{Ctrl+Enter}")
    answer(person)
    person.keys("{Ctrl+Enter}")
    assert rows(person, WEIGHTS)[-1]["weight_kg"] == "155"


def answer(person: Any, before: PaintedDoses | None = None) -> None:
    """Say "it is right" to every open question, the last of which alone may bring a dose."""
    for _, choice in person.step.entry().questions():
        if choice.value() is None:
            if before is not None:
                assert JUMPED not in before.seen
                assert JUMPED not in plain(person.step.headline())
            person.tab_into(choice)
            person.keys("1")


def plain(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\u00a0", " ")
