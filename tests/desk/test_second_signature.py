"""The second signature under a record: by somebody else, once; or why they do not agree."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    RECORD_DISPUTE,
    cosign,
    cosign_companion,
    dispute,
    dispute_companion,
    new_token,
    today,
)
from il2desk.desk.sheet_rows import reason_of, unsigned_doses


def test_the_second_person_is_somebody_else(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    same = ward.signed("pharmacist")
    ward.refused("same-person", cosign, ward.desk, ward.place(), same, new_token())
    ward.refused("role", cosign, ward.desk, ward.place(), ward.signed("monitor"), new_token())
    ward.cosigned()
    record = ward.dose().administration
    assert (record.by, record.cosigned_by) == ("K. Brandt", "A. Ruiz")
    again = ward.signed("prescriber")
    answer = ward.refused("signed", cosign, ward.desk, ward.place(), again, new_token())
    assert "A. Ruiz already" in answer.text


def test_a_second_press_cosigns_once(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    ward.once(lambda token: cosign(ward.desk, ward.place(), ward.signed("nurse"), token))


def test_nothing_to_cosign(ward):
    ward.refused("nothing", cosign, ward.desk, ward.place(), ward.signed("nurse"), new_token())
    ward.desk.person = None
    ward.refused(
        "not-signed-in", cosign, ward.desk, ward.place(), ward.signed("nurse"), new_token()
    )


# Not agreeing


def disputed(ward, reason="I saw 11:50", role="nurse", token=""):
    second = ward.signed(role, RECORD_DISPUTE)
    return dispute(ward.desk, ward.place(), reason, second, token or new_token())


@pytest.fixture
def recorded(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    return ward


def test_a_record_that_somebody_does_not_agree_with_stays_and_waits_for_a_correction(recorded):
    before = recorded.dose().administration
    entry = recorded.once(lambda token: disputed(recorded, token=token))
    record = recorded.dose().administration
    assert (entry.kind, entry.reason) == ("administration-disputed", "I saw 11:50")
    assert entry.body["signatures"][0]["meaning"] == RECORD_DISPUTE
    assert (record.given_at, record.volume_ml) == (before.given_at, before.volume_ml)
    assert (record.waits, record.disputed.by) == ("disputed", "A. Ruiz")
    again = recorded.signed("prescriber")
    args = cosign, recorded.desk, recorded.place(), again, new_token()
    answer = recorded.refused("disputed", *args)
    assert answer.text == (
        "A. Ruiz does not agree: I saw 11:50. Correct the record first, then sign it."
    )
    assert disputed(recorded, role="prescriber").code == "disputed"


def test_the_state_is_disputed_on_today_on_the_sheet_and_in_the_records(recorded):
    disputed(recorded)
    row = today(recorded.desk)[0]
    assert (row.slot.state, row.slot.word) == ("disputed", "Disputed")
    at = recorded.located()
    assert "disputed by A. Ruiz: I saw 11:50" in reason_of(at.dose.administration)
    assert unsigned_doses(at.cycle) == (1,)  # the sheet says NOT VERIFIED


def test_the_correction_settles_it_and_a_second_person_signs(recorded):
    disputed(recorded)
    early = recorded.desk.clock.now() - timedelta(minutes=10)
    recorded.at(minutes=20)
    recorded.made(recorded.amend(given_at=early, reason="time corrected"))
    record = recorded.dose().administration
    assert (record.given_at, record.waits, record.disputed) == (early, "needs second person", None)
    assert record.disputes[0].settled
    assert "disputed by A. Ruiz: I saw 11:50, amended since" in reason_of(record)
    recorded.cosigned()
    assert recorded.dose().administration.waits == ""
    assert disputed(recorded).code == "signed"


def test_who_cannot_disagree_and_what_is_asked(recorded):
    assert disputed(recorded, role="pharmacist").code == "same-person"
    assert disputed(recorded, role="monitor").code == "role"
    assert disputed(recorded, reason="  ").code == "reason"
    recorded.desk.person = None
    assert disputed(recorded).code == "not-signed-in"


def test_nothing_to_disagree_with(ward):
    assert disputed(ward).code == "nothing"


def test_a_companion_dose_is_disputed_corrected_and_signed(beside):
    ward, place = beside, beside.companion_place()
    second = ward.signed("nurse", RECORD_DISPUTE)
    args = ward.desk, place, "the pen was empty", second
    assert dispute_companion(*args, new_token()).code == "nothing"
    ward.made(ward.record_companion())
    entry = ward.once(lambda token: dispute_companion(*args, token))
    assert entry.kind == "companion-disputed"
    record = ward.companion().record
    assert (record.waits, record.disputed.reason) == ("disputed", "the pen was empty")
    assert today(ward.desk)[0].note.startswith("interferon alfa-2b, day 1: disputed.")
    signed = ward.signed("prescriber")
    ward.refused("disputed", cosign_companion, ward.desk, place, signed, new_token())
    ward.refused("disputed", dispute_companion, *args, new_token())
    ward.made(ward.amend_companion(amount=Decimal(2_000_000)))
    assert ward.companion().record.waits == "needs second person"
    ward.made(cosign_companion(ward.desk, place, ward.signed("nurse"), new_token()))
    record = ward.companion().record
    assert (record.waits, record.disputes[0].settled) == ("", True)
    ward.refused("signed", dispute_companion, *args, new_token())
