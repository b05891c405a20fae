"""Choosing another PIN, and a PIN that somebody else set."""

from __future__ import annotations

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    RECORD_SECOND,
    Person,
    access,
    check_pin,
    everybody,
    new_token,
    sign,
    sign_in,
    sign_out,
    sign_second,
)


@pytest.fixture
def nurse(staffed):
    return staffed.team["nurse"].id


def give_pin(ward, who, pin="7777", reason="she asked me in person"):
    signed = ward.signed("pharmacist")
    return access.set_pin(ward.desk, who, pin, reason, signed, new_token())


def test_the_new_pin_counts_and_the_old_one_no_more(staffed):
    staffed.once(lambda token: access.change_pin(staffed.desk, "1111", "5555", token))
    assert check_pin(staffed.desk, "K. Brandt", "1111").code == "pin"
    assert isinstance(check_pin(staffed.desk, "K. Brandt", "5555"), Person)
    (entry,) = staffed.desk.journal.entries(kind="pin-changed")
    assert entry.body["pin_hash"].startswith("$argon2id$")
    assert "5555" not in str(dict(entry.body))
    assert entry.actor == entry.body["staff"] == staffed.team["pharmacist"].id


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("9999", "5555", "old-pin"), ("1111", "1111", "pin"), ("1111", "555", "pin")],
)
def test_what_is_no_change_of_pin(staffed, old, new, code):
    staffed.refused(code, access.change_pin, staffed.desk, old, new, new_token())


def test_a_monitor_changes_their_own_pin(staffed):
    sign_in(staffed.desk, "L. Weiss", "4444")
    staffed.made(access.change_pin(staffed.desk, "4444", "5555", new_token()))
    sign_out(staffed.desk)
    staffed.refused("not-signed-in", access.change_pin, staffed.desk, "5555", "6666", new_token())


def test_trying_old_pins_is_slowed_as_signing_in_is(staffed):
    for _ in range(3):
        access.change_pin(staffed.desk, "9999", "5555", new_token())
    answer = access.change_pin(staffed.desk, "1111", "5555", new_token())
    assert answer.code == "too-many-tries"


def test_a_pin_that_was_set_signs_nothing_until_the_person_chose_their_own(staffed, nurse):
    staffed.made(give_pin(staffed, nurse))
    assert check_pin(staffed.desk, "A. Ruiz", "2222").code == "pin"
    pharmacist = staffed.team["pharmacist"].id
    second = sign_second(staffed.desk, "A. Ruiz", "7777", RECORD_SECOND, pharmacist)
    assert second.code == "choose-pin"
    assert second.text.startswith("K. Brandt set this PIN.")
    assert isinstance(sign_in(staffed.desk, "A. Ruiz", "7777"), Person)
    assert sign(staffed.desk, "7777", RECORD_FIRST).code == "choose-pin"
    staffed.refused("choose-pin", staffed.weight, "70")
    staffed.made(access.change_pin(staffed.desk, "7777", "8888", new_token()))
    staffed.made(sign(staffed.desk, "8888", RECORD_FIRST))
    assert {member.set_by for member in everybody(staffed.desk)} == {""}


def test_a_new_start_still_asks_for_an_own_pin(staffed, nurse):
    staffed.made(give_pin(staffed, nurse))
    sign_out(staffed.desk)
    assert staffed.desk.own_pin_due == ""
    sign_in(staffed.desk, "A. Ruiz", "7777")
    assert staffed.desk.own_pin_due == "K. Brandt"
    sign_in(staffed.desk, "K. Brandt", "1111")
    assert staffed.desk.own_pin_due == ""


def test_a_pin_is_set_by_those_who_may_with_reason_and_signature(staffed, nurse):
    assert give_pin(staffed, nurse, reason=" ").code == "reason"
    assert give_pin(staffed, nurse, pin="77").code == "pin"
    assert give_pin(staffed, "nobody").code == "person"
    assert give_pin(staffed, staffed.team["pharmacist"].id).code == "own"
    staffed.sign_in("nurse")
    assert give_pin(staffed, nurse).code == "role"
    staffed.sign_in("pharmacist")
    other = staffed.signed("prescriber")
    staffed.refused(
        "other-signature", access.set_pin, staffed.desk, nurse, "7777", "asked", other, new_token()
    )
    signed = staffed.signed("pharmacist")
    staffed.once(lambda token: access.set_pin(staffed.desk, nurse, "7777", "asked", signed, token))
    (entry,) = staffed.desk.journal.entries(kind="pin-set")
    assert entry.reason == "asked"
    assert entry.body["signatures"][0]["name"] == "K. Brandt"
