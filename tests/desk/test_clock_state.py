"""A clock that was moved back, or a time zone that was changed, is said; times stay what they are."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from il2desk.desk import clock_warnings


def test_a_clock_that_goes_on_says_nothing(ward, fresh):
    assert clock_warnings(ward.desk) == ()
    assert clock_warnings(fresh) == ()


def test_a_clock_that_was_moved_back_is_said_and_entries_carry_its_time(ward):
    ward.premedicate()
    ward.clock.moment -= timedelta(hours=3)
    (said,) = clock_warnings(ward.desk)
    assert "clock was moved back: it says 02-Mar-2026 08:30" in said
    assert "stored at 02-Mar-2026 11:30" in said
    assert "Set the clock right before the next dose" in said
    entry = ward.made(ward.weight("70", purpose="daily"))
    stored = ward.desk.journal.entry(entry if isinstance(entry, str) else entry.id)
    assert stored.at == ward.clock.moment
    assert clock_warnings(ward.desk) == ()
    assert ward.desk.journal.check().ok


@pytest.mark.parametrize(("seconds", "said"), [(60, 0), (61, 1)])
def test_what_a_time_server_takes_back_is_not_said(ward, seconds: int, said: int):
    ward.premedicate()
    ward.clock.moment -= timedelta(seconds=seconds)
    assert len(clock_warnings(ward.desk)) == said


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time zone of this computer as somebody changes it; it is put back."""
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows reads its zone at a start only")
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_changed_time_zone_is_said(ward, monkeypatch, elsewhere, zone: str):
    before = ward.desk.now()
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    (said,) = clock_warnings(ward.desk)
    assert "time zone of this computer was changed" in said
    assert "All times here stay those of Europe/Berlin" in said
    assert (ward.desk.now(), ward.desk.now().utcoffset()) == (before, before.utcoffset())
    ward.premedicate()
    assert ward.desk.journal.last().local_offset == "+01:00"
