"""What HOLD means by protocol, and a check that outlives none of its values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import delay_dose, new_token, record_check

SKIPS = 'hold_means = { value = "skip the slot", source = "practice" }'
DELAYS = (
    'hold_means = { value = "delay", source = "practice" }\n'
    'hold_delay_max_h = { value = "3", source = "practice" }'
)
LATER = datetime.fromisoformat("2026-03-02T14:30")


@pytest.fixture
def on(
    staffed: Any, site_file: Callable[..., Path], activate_file: Callable[[Any, Path], str]
) -> Callable[..., Any]:
    def make(*changes: tuple[str, str]) -> Any:
        activate_file(staffed, site_file(*changes))
        staffed.register()
        staffed.made(staffed.weight("70"))
        staffed.made(staffed.order())
        staffed.cycle = staffed.made(staffed.plan())
        staffed.at(minutes=-30)
        return staffed

    return make


def delay(ward: Any, when: datetime) -> Any:
    return delay_dose(ward.desk, ward.place(), when, "creatinine", new_token())


def test_where_hold_skips_a_held_dose_is_not_delayed(on: Callable[..., Any]) -> None:
    ward = on()
    ward.check(creatinine="2.7")
    answer = ward.refused("hold-skips", delay, ward, LATER)
    assert "Record it as Held" in answer.text
    ward.made(ward.record(1, "held", reason="creatinine", decided_by="M. Sato"))


def test_where_hold_skips_a_dose_without_hold_may_still_be_late(on: Callable[..., Any]) -> None:
    ward = on()
    ward.check()
    ward.made(delay(ward, LATER))


def test_where_hold_delays_it_delays_by_the_stated_hours_at_most(on: Callable[..., Any]) -> None:
    ward = on((SKIPS, DELAYS))
    ward.check(creatinine="2.7")
    answer = ward.refused("hold-delay", delay, ward, datetime.fromisoformat("2026-03-02T15:01"))
    assert "02-Mar-2026 15:00" in answer.text
    ward.made(delay(ward, datetime.fromisoformat("2026-03-02T15:00")))


def checked(ward: Any, code: str, hours: float, others: int = 10) -> Any:
    """A check with all values normal and ten minutes old, one of them older."""
    now = ward.desk.clock.now()
    measured = dict.fromkeys(ward.normal, now - timedelta(minutes=others))
    measured[code] = now - timedelta(hours=hours)
    return ward.made(record_check(ward.desk, ward.place(), ward.normal, measured, new_token()))


def test_a_check_ends_when_its_first_required_value_is_too_old(on: Callable[..., Any]) -> None:
    """The practice rules keep a rhythm for so many hours; the check itself is valid for two."""
    ward = on()
    age = float(dict(_ages(ward))["rhythm"])
    entry = checked(ward, "rhythm", age - 1)
    assert entry.body["valid_by"] == "rhythm"
    end = ward.desk.clock.now() + timedelta(hours=1)
    assert ward.dose().check.valid_until == end.replace(second=0, microsecond=0)
    ward.premedicate()
    ward.clock.moment = end + timedelta(minutes=1)
    answer = ward.refused("check-too-old", ward.release)
    assert "heart rhythm" in answer.text


def test_a_check_of_fresh_values_is_valid_as_long_as_the_site_says(on: Callable[..., Any]) -> None:
    ward = on()
    entry = checked(ward, "rhythm", 0, others=0)
    assert entry.body["valid_by"] == ""
    assert ward.dose().check.valid_until == ward.desk.clock.now() + timedelta(hours=2)


def _ages(ward: Any) -> Any:
    from il2desk.desk import bundle_of  # noqa: PLC0415 - the rules of the version in use

    return ward.made(bundle_of(ward.desk, ward.located().cycle.fingerprint)).protocol.site.max_age_h
