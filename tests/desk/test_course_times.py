"""When the next cycle and course may come: intervals of the protocol against planned cycles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import times_to_come

NEXT_CYCLE = """
[intervals.next-cycle]
label = "Next cycle"
leads_to = "next cycle"
counted_from = "cycle start"
least_days = 14
source = "practice"

[intervals.evaluation]
label = "Evaluation"
leads_to = "evaluation"
counted_from = "course end"
least_days = 35
most_days = 42
source = "practice"

[intervals.next-course]
label = "Next course"
leads_to = "next course"
counted_from = "discharge"
least_days = 49
source = "practice"

[facts.course]"""


@pytest.fixture
def ward(
    staffed: Any, site_file: Callable[..., Path], activate_file: Callable[[Any, Path], str]
) -> Any:
    """A patient with one planned cycle from 2 March 2026 on a protocol that states its times."""
    activate_file(staffed, site_file(("[facts.course]", NEXT_CYCLE)))
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    return staffed


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_next_cycle_counts_from_the_start_of_the_last(ward: Any) -> None:
    answer = ward.refused("rest", ward.plan, at("2026-03-15T12:00"))
    assert "16-Mar-2026" in answer.text
    ward.made(ward.plan(at("2026-03-16T08:00")))


def test_a_reason_lets_an_early_cycle_be_planned_and_stays_in_the_journal(ward: Any) -> None:
    ward.made(ward.plan(at("2026-03-15T12:00"), early_reason="transfer"))
    assert ward.desk.journal.entries(kind="cycle-planned")[-1].reason == "transfer"


def test_after_a_stop_no_reason_shortens_the_time(ward: Any) -> None:
    ward.check(bleeding="frank")
    ward.refused("rest-after-stop", ward.plan, at("2026-03-15T12:00"), early_reason="transfer")
    ward.made(ward.plan(at("2026-03-16T12:00")))


def test_a_next_course_asks_for_the_day_of_discharge(ward: Any) -> None:
    """H33: discharge on 21 March 2026, the next course not before 9 May 2026."""
    later = {"course": 2, "discharged": date(2026, 3, 21)}
    ward.refused("discharge", ward.plan, at("2026-05-09T12:00"), course=2)
    ward.refused("rest", ward.plan, at("2026-05-08T12:00"), **later)
    ward.made(ward.plan(at("2026-05-09T08:00"), **later))
    entry = ward.desk.journal.entries(kind="cycle-planned")[-1]
    assert entry.body["discharged"] == "2026-03-21"


@pytest.mark.parametrize("day", [date(2026, 3, 6), date(2026, 5, 10)])
def test_a_discharge_before_the_last_dose_or_after_the_start_is_refused(
    ward: Any, day: date
) -> None:
    """The last dose is planned for 7 March 2026, the next course for 9 May."""
    answer = ward.refused(
        "discharge", ward.plan, at("2026-05-09T12:00"), course=2, discharged=day, early_reason="x"
    )
    assert "the last dose was planned for 07-Mar-2026" in answer.text


def test_what_comes_after_a_cycle_in_words(ward: Any) -> None:
    (first,) = times_to_come(ward.desk, ward.subject)
    assert first.startswith("Next cycle: ")
    assert "not before 16-Mar-2026" in first
    ward.made(ward.plan(at("2026-03-16T12:00")))
    evaluation, course = times_to_come(ward.desk, ward.subject)
    # Fifteen doses every 8 hours from noon on 16 March end at 04:00 on 21 March.
    assert "25-Apr-2026 to 02-May-2026" in evaluation
    assert "which has no date yet" in course


def test_nothing_is_said_without_a_cycle(active: Any) -> None:
    assert times_to_come(active.desk, active.register()) == ()
    assert times_to_come(active.desk, "0" * 32) == ()
