"""The board's words for each slot, and Today."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from il2desk.desk import (
    acting_slot,
    delay_dose,
    first_open_step,
    new_token,
    slot_states,
    steps_of,
    today,
)


def slot(ward, number=1):
    return slot_states(ward.desk, ward.located().cycle)[number - 1]


def test_next_due_and_overdue(ward):
    ward.at(minutes=-61)
    assert (slot(ward).state, slot(ward).word) == ("next", "Next 12:00")
    assert slot(ward, 2).state == "scheduled"
    ward.at(minutes=-60)
    assert (slot(ward).state, slot(ward).word) == ("due", "DUE 12:00")
    assert slot(ward, 2).word == "Next 20:00"
    ward.at(minutes=60)
    assert slot(ward).state == "due"
    ward.at(minutes=61)
    assert (slot(ward).state, slot(ward).word) == ("overdue", "OVERDUE since 13:00")


def test_a_time_on_another_day_has_its_date(ward):
    ward.at(minutes=-24 * 60)
    assert slot(ward).word == "Next 02-Mar-2026 12:00"
    ward.at(minutes=12 * 60 + 1)
    assert slot(ward).word == "OVERDUE since 02-Mar-2026 13:00"
    ward.at(minutes=0)
    assert slot(ward).word == "DUE 12:00"


def test_what_waits_for_a_second_person_since_yesterday_has_its_date(ward):
    ward.prepared()
    ward.at(minutes=3)
    ward.made(ward.record())
    ward.at(minutes=24 * 60)
    assert slot(ward).detail == "Given 02-Mar-2026 12:03"
    ward.cosigned()
    assert slot(ward).word == "Given 12:03"


def test_prepared_waiting_and_given(ward):
    ward.prepared()
    assert (slot(ward).state, slot(ward).word) == ("prepared", "Prepared 11:30")
    ward.at(minutes=3)
    ward.made(ward.record())
    assert (slot(ward).state, slot(ward).detail) == ("needs second person", "Given 12:03")
    ward.cosigned()
    assert (slot(ward).state, slot(ward).word) == ("given", "Given 12:03")
    assert slot(ward).detail.startswith("+")
    ward.made(ward.amend(note="x"))
    assert slot(ward).word == "Given 12:03, amended"
    assert slot(ward).amended


def test_part_given_approximately(ward):
    ward.prepared()
    ward.at(minutes=-10)
    ward.made(
        ward.record(1, "part given", volume_ml=Decimal("0.1"), reason="line lost", approximate=True)
    )
    ward.cosigned()
    assert slot(ward).word == "Part given Approx 11:50"
    assert slot(ward).detail.startswith("-")
    assert slot(ward).detail.endswith(", line lost")


def test_delayed_and_moved(ward):
    delay_dose(
        ward.desk, ward.place(), datetime.fromisoformat("2026-03-02T14:00"), "fever", new_token()
    )
    assert (slot(ward).state, slot(ward).word) == ("delayed", "Delayed to 14:00")
    assert slot(ward).moved.startswith("moved to 14:00 (+2")


def test_a_verdict_shows_beside_the_slot(ward):
    ward.check(creatinine="2.7")
    assert (slot(ward).detail, slot(ward).hold) == ("HOLD", "to be skipped")
    ward.check(platelets=None)
    # A check that could not assess does not end the HOLD.
    assert (slot(ward).detail, slot(ward).hold) == ("CANNOT ASSESS", "to be skipped")


def test_a_stop_cancels_what_follows(ward):
    ward.given(1)
    ward.at(hours=7, minutes=30)
    ward.check(2, bleeding="frank")
    states = slot_states(ward.desk, ward.located().cycle)
    assert states[0].state == "given"
    assert states[1].state == "due"
    assert {one.state for one in states[2:]} == {"cancelled"}
    assert states[2].detail == "stopped 02-Mar-2026"
    (row,) = today(ward.desk)
    assert row.note == "STOPPED this cycle"


def test_a_check_that_is_no_longer_valid_never_reads_ok(ward):
    ward.premedicate()
    ward.check()
    (row,) = today(ward.desk)
    assert row.steps.check == "ok"
    valid_until = ward.dose().check.valid_until
    ward.clock.moment = valid_until
    assert today(ward.desk)[0].steps.check == "ok"
    ward.clock.moment = valid_until + timedelta(seconds=1)
    (row,) = today(ward.desk)
    assert row.steps.check == "too old"
    assert first_open_step(row.steps) == 3


def test_a_check_of_a_released_dose_is_settled(ward):
    ward.prepared()
    ward.clock.moment = ward.dose().check.valid_until + timedelta(hours=1)
    assert today(ward.desk)[0].steps.check == "ok"


def test_today_leads_to_the_dose_and_its_step(ward):
    (row,) = today(ward.desk)
    assert (row.place.number, row.doses, row.slot.state) == (1, 15, "due")
    assert row.steps.weight == "ok"
    assert row.steps.premedication == "0/2"
    assert first_open_step(row.steps) == 2
    ward.premedicate()
    ward.check(creatinine="2.7")
    (row,) = today(ward.desk)
    assert (row.steps.premedication, row.steps.check) == ("ok", "HOLD")
    assert first_open_step(row.steps) == 3
    ward.check()
    ward.made(ward.release())
    assert first_open_step(today(ward.desk)[0].steps) == 5
    ward.at(minutes=1)
    ward.made(ward.record())
    at = ward.located()
    assert first_open_step(steps_of(ward.desk, at.chart, at.cycle, 1)) == 5
    assert today(ward.desk)[0].slot.state == "needs second person"


def test_a_patient_without_a_cycle(active):
    active.register()
    (row,) = today(active.desk)
    assert (row.slot, row.note) == (None, "No cycle planned")


def test_a_record_without_a_second_person_is_not_left_behind(ward):
    """Planning the next cycle must not hide what still waits in the one before."""
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    ward.cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    ward.clock.moment += timedelta(days=18)
    (row,) = today(ward.desk)
    assert "Cycle 1 of course 1, dose 1: needs second person." in row.note


def test_a_finished_cycle(ward):
    for number in range(1, 16):
        ward.clock.moment = ward.dose(number).planned
        ward.made(ward.record(number, "omitted", reason="r", decided_by="d"))
        ward.cosigned(number)
    (row,) = today(ward.desk)
    assert (row.slot, row.note) == (None, "Cycle finished")
    assert acting_slot(slot_states(ward.desk, ward.located().cycle)) is None


def test_who_needs_somebody_stands_first(practice):
    rows = today(practice)
    assert [row.subject.trial_code for row in rows[:2]] == ["PRA-002", "PRA-001"]
    assert {row.note for row in rows[2:]} == {"Cycle finished", "STOPPED this cycle"}
    assert rows[0].slot.state == "overdue"
    assert all(row.similar for row in rows)


def test_doses_without_an_outcome_are_named_when_the_next_cycle_comes(ward):
    """A dose that was prepared, and perhaps given, does not leave Today with its cycle."""
    ward.prepared()
    start = datetime.fromisoformat("2026-03-16T12:00")
    ward.made(ward.plan(start, early_reason="told by the prescriber"))
    ward.at(hours=24 * 14 - 1)
    (row,) = today(ward.desk)
    assert row.place.cycle != ward.cycle
    assert "Cycle 1 of course 1: 15 doses have no outcome, of which 1 prepared." in row.note


def test_an_unsigned_dose_hides_no_due_one(ward):
    ward.prepared(1)
    ward.at(minutes=3)
    ward.made(ward.record(1))
    assert today(ward.desk)[0].slot.number == 1
    ward.at(hours=8)
    acting = today(ward.desk)[0].slot
    assert (acting.number, acting.state) == (2, "due")
