"""A cycle planned ahead does not hide the doses of the one that is running."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from il2desk.desk import chart_of, today


def test_a_due_dose_stays_on_the_list_when_the_next_cycle_is_planned(ward: Any) -> None:
    """Cycle 1 runs from 2 March; cycle 2 is planned for 1 April and takes over the day before."""
    running = ward.cycle
    ahead = ward.made(ward.plan(datetime.fromisoformat("2026-04-01T12:00")))
    assert ahead != running
    (row,) = today(ward.desk)
    assert row.place is not None
    assert (row.place.cycle, row.place.number) == (running, 1)
    chart = chart_of(ward.desk, ward.subject)
    begins = chart.cycles[ahead].begins
    assert chart.cycle_at(begins - timedelta(days=1, minutes=1)).id == running
    assert chart.cycle_at(begins - timedelta(days=1)).id == ahead


def test_a_stopped_cycle_gives_way_to_the_next(ward: Any) -> None:
    ward.check(bleeding="frank")
    ahead = ward.made(ward.plan(datetime.fromisoformat("2026-04-01T12:00")))
    assert chart_of(ward.desk, ward.subject).cycle_at(ward.desk.clock.now()).id == ahead
