"""A correction after a cycle was closed: possible, and marked wherever it is shown."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    AdministrationForm,
    cosign,
    cosign_companion,
    new_token,
    record_administration,
)
from il2desk.desk.sheet_rows import footnotes_of


def omit(ward, number, *, signed=True):
    form = AdministrationForm("omitted", reason="patient refused", decided_by="M. Sato")
    first = ward.signed("pharmacist", RECORD_FIRST)
    ward.made(record_administration(ward.desk, ward.place(number), form, first, new_token()))
    if signed:
        second = ward.signed("nurse")
        ward.made(cosign(ward.desk, ward.place(number), second, new_token()))


@pytest.fixture
def closing(ward):
    """Dose 1 was given, all others but the last were omitted and signed."""
    ward.given(1)
    ward.clock.moment = ward.dose(15).planned + timedelta(hours=1)
    for number in range(2, 15):
        omit(ward, number)
    return ward


def change(ward):
    return ward.dose(1).administration.changes[-1]


def amend(ward, minutes):
    at = ward.dose(1).planned + timedelta(minutes=minutes)
    return ward.made(ward.amend(1, given_at=at, reason="new information"))


def test_before_everything_is_recorded_and_signed_there_is_no_closure(closing):
    assert not closing.located().cycle.closed
    entry = amend(closing, 3)
    assert "after_closure" not in entry.body
    omit(closing, 15, signed=False)
    assert not closing.located().cycle.closed  # the last one waits for a second person
    amend(closing, 4)
    assert [one.after_closure for one in closing.dose(1).administration.changes] == [False] * 2


def test_afterwards_it_is_corrected_and_marked_on_screen_and_sheet(closing):
    omit(closing, 15)
    assert closing.located().cycle.closed
    entry = amend(closing, 3)
    assert entry.body["after_closure"] is True
    assert change(closing).why == "new information (amended after closure)"
    assert closing.located().cycle.closed  # a correction does not open it again
    (note,) = footnotes_of(closing.desk, closing.located().cycle)
    assert note.why == "new information (amended after closure)"


def test_an_entry_in_error_opens_the_cycle_again(closing):
    omit(closing, 15)
    entry = closing.made(closing.amend(15, reason="wrong dose slot", in_error=True))
    assert entry.body["after_closure"] is True
    assert not closing.located().cycle.closed


def test_a_stopped_cycle_is_closed_with_its_last_record(ward):
    ward.given(1)
    ward.clock.moment = ward.dose(2).planned
    ward.check(2, bleeding="frank")
    assert not ward.located().cycle.closed  # dose 2 itself has no outcome yet
    omit(ward, 2)
    assert ward.located().cycle.closed


def test_a_companion_dose_that_waits_keeps_it_open_and_is_marked_too(beside):
    ward = beside
    ward.check(1, bleeding="frank")
    ward.clock.moment += timedelta(minutes=30)
    omit(ward, 1)
    ward.made(ward.record_companion(reason="given before it was known", decided_by="M. Sato"))
    assert not ward.located().cycle.closed
    place, second = ward.companion_place(), ward.signed("nurse")
    ward.made(cosign_companion(ward.desk, place, second, new_token()))
    assert ward.located().cycle.closed
    ward.made(ward.amend_companion(amount=Decimal(2_000_000), reason="typing error"))
    record = ward.companion().record
    assert record.changes[0].why == "typing error (amended after closure)"
