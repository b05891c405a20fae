"""Correcting: the old stays to be seen, nothing changes what kind of fact a record is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from il2desk.desk import (
    AMEND_FIRST,
    AMENDMENT_REASONS,
    AmendmentForm,
    Lot,
    TwoSignatures,
    amend_administration,
    cosign,
    may_prepare,
    new_id,
    new_token,
    review_amendment,
)


@pytest.fixture
def given(ward):
    ward.given()
    return ward


def test_an_amended_time_keeps_the_old_one(given):
    new = given.at(minutes=17)
    given.at(minutes=40)
    entry = given.made(given.amend(given_at=new))
    record = given.dose().administration
    assert record.given_at == new
    (change,) = record.changes
    assert (change.old, change.new) == ("02-Mar-2026 12:02", "02-Mar-2026 12:17")
    assert (change.by, change.checked_by, change.reason) == ("K. Brandt", "A. Ruiz", "typing error")
    assert entry.amends == record.entry
    # What was recorded first stands unchanged in the journal.
    first = given.desk.journal.entry(record.entry)
    assert first.body["given_at"] == "2026-03-02T11:02:00Z"


def test_an_amended_volume_changes_the_given_dose_with_it(given):
    given.made(given.amend(volume_ml=Decimal("0.15")))
    record = given.dose().administration
    assert (record.volume_ml, record.given_dose_iu) == (Decimal("0.15"), Decimal(2700000))
    assert record.outcome == "part given"  # less than what was prepared
    assert [change.field for change in record.changes] == ["volume_ml", "given_dose_iu", "outcome"]
    assert given.located().cycle.given_iu == Decimal(2700000)


def test_amendments_are_numbered_on(given):
    given.made(given.amend(note="left arm"))
    given.made(given.amend(note="right arm", volume_ml=Decimal("0.2")))
    changes = given.dose().administration.changes
    assert [change.number for change in changes] == [1, 2, 3, 4, 5]
    assert (changes[0].old, changes[0].new) == ("none", "left arm")
    assert changes[-1].old == "left arm"


def test_a_second_press_amends_once(given):
    form, signed, token = AmendmentForm("other", note="x"), given.two(), new_token()
    given.made(amend_administration(given.desk, given.place(), form, signed, token))
    count = given.count
    given.made(amend_administration(given.desk, given.place(), form, signed, token))
    assert given.count == count


def test_a_correction_needs_two_people(given):
    same = TwoSignatures(given.signed("pharmacist"), given.signed("pharmacist"))
    form = AmendmentForm("other", note="x")
    given.refused(
        "same-person", amend_administration, given.desk, given.place(), form, same, new_token()
    )
    given.desk.person = None
    given.refused("not-signed-in", given.amend, note="x")


def test_what_a_correction_must_have(given):
    given.refused("reason", given.amend, reason=" ", note="x")
    given.refused("unchanged", given.amend)
    record = given.dose().administration
    given.refused("unchanged", given.amend, given_at=record.given_at, volume_ml=record.volume_ml)
    given.refused("nothing", given.amend, 2, note="x")
    given.refused("future", given.amend, given_at=given.desk.clock.now() + timedelta(minutes=1))
    given.refused("unknown-dose", given.amend, 16, note="x")
    assert "typing error" in AMENDMENT_REASONS


@pytest.mark.parametrize("volume", ["0", "-0.1", "NaN", "Infinity", "2001"])
def test_a_volume_that_cannot_have_gone_in(given, volume):
    given.refused("volume", given.amend, volume_ml=Decimal(volume))


@pytest.mark.parametrize("outcome", ["held", "omitted", "not known", "swallowed", ""])
def test_given_never_becomes_not_given_by_amendment(given, outcome):
    given.refused("outcome", given.amend, outcome=outcome)


def test_given_becomes_part_given_only_with_the_volume(given):
    given.refused("volume", given.amend, outcome="part given")
    given.made(given.amend(outcome="part given", volume_ml=Decimal("0.15")))
    record = given.dose().administration
    assert (record.outcome, record.given_dose_iu) == ("part given", Decimal(2700000))


@pytest.fixture
def held(ward):
    ward.at(minutes=5)
    ward.made(ward.record(1, "held", reason="fever", decided_by="M. Sato"))
    return ward


def test_a_held_dose_gets_no_time_volume_or_outcome_of_giving(held):
    now = held.desk.clock.now()
    held.refused("outcome", held.amend, given_at=now)
    held.refused("volume", held.amend, volume_ml=Decimal("0.28"))
    held.refused("outcome", held.amend, outcome="given", volume_ml=Decimal("0.28"))
    held.refused("outcome", held.amend, outcome="swallowed")
    held.made(held.amend(outcome="omitted"))
    assert held.dose().administration.outcome == "omitted"
    assert held.located().cycle.given_iu == 0


def test_entered_in_error_and_recorded_anew(given):
    first = given.dose().administration.entry
    given.made(given.amend(reason="wrong dose slot", in_error=True))
    dose = given.dose()
    assert dose.administration is None
    assert [record.entry for record in dose.errors] == [first]
    assert dose.errors[0].changes[0].new == "entered in error"
    assert given.located().cycle.given_iu == 0
    # A struck record is not signed or amended; the slot is free for what really happened.
    given.refused("nothing", cosign, given.desk, given.place(), given.signed("nurse"), new_token())
    given.refused("nothing", given.amend, note="x")
    given.made(given.record(1, "omitted", reason="patient refused", decided_by="M. Sato"))
    dose = given.dose()
    assert dose.administration.outcome == "omitted"
    assert dose.administration.cosigned_by is None
    assert len(dose.errors) == 1


def test_a_struck_record_ignores_the_other_fields(given):
    """One box strikes the whole record, even where a typed value beside it is wrong."""
    given.made(given.amend(in_error=True, volume_ml=Decimal(-1), given_at=given.at(hours=99)))
    assert given.dose().administration is None


def test_a_review_stores_nothing(given):
    before = given.count
    changes = review_amendment(given.desk, given.place(), AmendmentForm("other", note="x"))
    assert changes == [
        {"field": "note", "old": "", "new": "x", "old_text": "none", "new_text": "x"}
    ]
    assert given.count == before
    assert (
        review_amendment(given.desk, given.place(2), AmendmentForm("x", note="y")).code == "nothing"
    )


def test_the_second_signature_of_the_record_outlives_an_amendment(given):
    given.made(given.amend(note="x"))
    assert given.dose().administration.cosigned_by == "A. Ruiz"


def test_the_same_time_in_the_hour_that_comes_twice_is_no_change(active):
    """Times of two zones are never equal in that hour; compared in UTC they are."""
    active.clock.moment = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan(datetime.fromisoformat("2026-10-25T02:30"), fold=1))
    planned = active.dose().planned
    assert planned == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    active.clock.moment = planned - timedelta(minutes=10)
    active.prepared()
    active.clock.moment = planned
    active.made(active.record())
    local = planned.astimezone(ZoneInfo("Europe/Berlin"))
    active.refused("unchanged", active.amend, given_at=local)
    # The first of the two 02:30 is another moment, an hour before.
    first = local.replace(fold=0)
    active.made(active.amend(given_at=first))
    assert active.dose().administration.given_at == planned - timedelta(hours=1)


def test_the_first_signature_is_of_whoever_is_signed_in(given):
    signed = TwoSignatures(given.signed("prescriber", AMEND_FIRST), given.signed("nurse"))
    form = AmendmentForm("other", note="x")
    given.refused(
        "other-signature",
        amend_administration,
        given.desk,
        given.place(),
        form,
        signed,
        new_token(),
    )


def test_a_protocol_that_cannot_be_read_keeps_nobody_from_the_truth(ward):
    """A version that is not in the journal: nothing is prepared, but everything can be told."""
    planned = ward.desk.journal.entries(kind="cycle-planned")[0]
    body = {**planned.body, "cycle": new_id(), "fingerprint": "sha256:gone"}
    ward.desk.append("cycle-planned", body, subject=ward.subject, cycle=body["cycle"])
    ward.cycle = body["cycle"]
    assert (
        may_prepare(ward.desk, ward.located().chart, ward.located().cycle, 1).code
        == "unknown-version"
    )
    lots = (Lot("PR1234AB", "2026-12-31"),)
    entry = ward.made(
        ward.record(volume_ml=Decimal("0.28"), lots=lots, reason="r", decided_by="M. Sato")
    )
    assert entry.body["given_dose_iu"] is None  # the strength is not known, and not guessed
    ward.made(ward.amend(note="left arm"))
    ward.refused("unknown-version", ward.amend, volume_ml=Decimal("0.15"))
    ward.made(ward.amend(in_error=True))


def test_a_start_is_not_corrected_to_after_the_stop(ward):
    ward.prepared()
    start = ward.at(minutes=2)
    stop = ward.at(minutes=10)
    ward.made(ward.record(1, "part given", given_at=start, stopped_at=stop,
                          volume_ml=Decimal("0.1"), reason="line failed"))  # fmt: skip
    ward.at(minutes=30)
    refusal = ward.refused("time", ward.amend, given_at=stop + timedelta(minutes=1))
    assert "stopped at 02-Mar-2026 12:10, before that" in refusal.text
    ward.made(ward.amend(given_at=stop))
