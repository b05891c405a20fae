"""Delaying a dose, and the interval that no dose comes before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from il2desk.desk import delay_dose, earliest, new_token, site_rules


def delay(ward, when, reason="fever", number=1, **more):
    return delay_dose(ward.desk, ward.place(number), when, reason, new_token(), **more)


def test_a_delayed_dose_keeps_its_number_and_its_plan(ward):
    ward.made(delay(ward, datetime.fromisoformat("2026-03-02T14:30")))
    dose = ward.dose()
    assert dose.planned == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    assert dose.due == datetime(2026, 3, 2, 13, 30, tzinfo=UTC)
    ward.made(delay(ward, datetime.fromisoformat("2026-03-02T15:00")))
    assert ward.dose().due == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert ward.dose(2).due == ward.dose(2).planned


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (datetime.fromisoformat("2026-03-02T12:00"), "delay"),
        (datetime.fromisoformat("2026-03-02T11:00"), "delay"),
        (datetime.fromisoformat("2026-03-29T02:30"), "gap"),
        (datetime.fromisoformat("2026-10-25T02:30"), "fold"),
    ],
)
def test_a_time_that_is_no_delay(ward, when, code):
    ward.refused(code, delay, ward, when)


def test_why_by_whom_and_only_what_is_open(ward):
    when = datetime.fromisoformat("2026-03-02T14:30")
    ward.refused("reason", delay, ward, when, " ")
    ward.refused("unknown-dose", delay, ward, when, number=16)
    ward.at(minutes=1)
    ward.made(ward.record(1, "held", reason="fever", decided_by="M. Sato"))
    ward.refused("recorded", delay, ward, when)
    ward.sign_in("monitor")
    ward.refused("reading-only", delay, ward, when, number=2)


def test_a_second_press_delays_once(ward):
    when = datetime.fromisoformat("2026-10-25T02:30")
    entry = ward.once(
        lambda token: delay_dose(ward.desk, ward.place(), when, "fever", token, fold=1)
    )
    assert entry.body["new_utc"] == "2026-10-25T01:30:00Z"


def test_the_next_dose_keeps_its_interval(ward):
    """Dose 1 given three hours late: dose 2 comes six hours after it, not five."""
    ward.made(delay(ward, datetime.fromisoformat("2026-03-02T15:00")))
    ward.at(hours=2, minutes=30)
    ward.prepared()
    given = ward.at(hours=3)
    ward.made(ward.record())
    cycle = ward.located().cycle
    rules = site_rules(ward.desk, cycle)
    assert earliest(cycle, cycle.doses[2], rules) == given + timedelta(hours=6)
    assert earliest(cycle, cycle.doses[3], rules) == cycle.doses[3].planned
    assert earliest(cycle, cycle.doses[1], rules) == cycle.doses[1].due
