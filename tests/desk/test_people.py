"""Staff, PINs and signatures."""

from __future__ import annotations

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    RECORD_SECOND,
    Person,
    TwoSignatures,
    add_staff,
    new_token,
    sign,
    sign_in,
    sign_out,
    sign_second,
    staff,
)
from il2desk.desk.roles import RECORD
from il2desk.dosing import Refusal


def test_the_first_two_are_added_freely_and_then_somebody_answers_for_it(fresh):
    for name in ("K. Brandt", "A. Ruiz"):
        assert isinstance(add_staff(fresh, name, "pharmacist", "1111", new_token()), Person)
    answer = add_staff(fresh, "M. Sato", "prescriber", "1111", new_token())
    assert isinstance(answer, Refusal)
    assert answer.code == "not-signed-in"
    sign_in(fresh, "K. Brandt", "1111")
    assert isinstance(add_staff(fresh, "M. Sato", "prescriber", "1111", new_token()), Person)
    assert [person.name for person in staff(fresh)] == ["K. Brandt", "A. Ruiz", "M. Sato"]


def test_one_of_the_first_two_can_add_the_others(fresh):
    assert isinstance(add_staff(fresh, "A. Ruiz", "nurse", "1111", new_token()), Person)
    answer = add_staff(fresh, "M. Sato", "prescriber", "2222", new_token())
    assert isinstance(answer, Refusal)
    assert answer.text.startswith("One of the first two people is a pharmacist or administrator")
    assert len(staff(fresh)) == 1
    assert isinstance(add_staff(fresh, "K. Brandt", "administrator", "2222", new_token()), Person)


@pytest.mark.parametrize(
    ("name", "role", "pin", "code"),
    [
        (" ", "nurse", "1111", "name"),
        ("k.  BRANDT", "nurse", "1111", "name"),
        ("B. New", "doctor", "1111", "role"),
        ("B. New", "nurse", "111", "pin"),
        ("B. New", "nurse", "١١١١", "pin"),
    ],
)
def test_who_cannot_be_added(staffed, name, role, pin, code):
    staffed.refused(code, add_staff, staffed.desk, name, role, pin, new_token())


def test_a_monitor_adds_nobody(staffed):
    staffed.sign_in("monitor")
    staffed.refused("reading-only", add_staff, staffed.desk, "B. New", "nurse", "1111", new_token())


def test_a_second_press_adds_once(staffed):
    staffed.once(lambda token: add_staff(staffed.desk, "B. New", "nurse", "1111", token))


def test_no_pin_stands_in_the_journal(staffed):
    for entry in staffed.desk.journal.entries(kind="staff-added"):
        assert entry.body["pin_hash"].startswith("$argon2id$")
        assert set(entry.body) == {"staff", "name", "role", "pin_hash"}


def test_signing_in_and_out(staffed):
    sign_out(staffed.desk)
    assert sign(staffed.desk, "1111", RECORD_FIRST).code == "not-signed-in"
    assert sign_in(staffed.desk, "nobody", "1111").code == "pin"
    assert staffed.desk.person is None
    person = staffed.made(sign_in(staffed.desk, "  k. brandt ", "1111"))
    assert staffed.desk.person == person
    signature = staffed.made(sign(staffed.desk, "1111", RECORD_FIRST))
    assert (signature.staff, signature.meaning) == (person.id, RECORD_FIRST)
    assert signature.at == "2026-03-01T15:00:00Z"
    assert sign(staffed.desk, "2222", RECORD_FIRST).code == "pin"


def test_the_second_person_is_never_the_first(staffed):
    desk, first = staffed.desk, staffed.team["pharmacist"].id
    assert sign_second(desk, "K. Brandt", "1111", RECORD_SECOND, first).code == "same-person"
    assert sign_second(desk, "L. Weiss", "4444", RECORD_SECOND, first).code == "role"
    assert sign_second(desk, "A. Ruiz", "1111", RECORD_SECOND, first).code == "pin"
    signature = staffed.made(sign_second(desk, "A. Ruiz", "2222", RECORD_SECOND, first))
    assert signature.name == "A. Ruiz"


def test_two_signatures_know_each_other(staffed):
    first, second = staffed.signed("pharmacist"), staffed.signed("nurse")
    assert TwoSignatures(first, second).refusal(staffed.desk, RECORD) is None
    assert TwoSignatures(first, first).refusal(staffed.desk, RECORD).code == "same-person"
    assert TwoSignatures(second, first).refusal(staffed.desk, RECORD).code == "other-signature"
    monitor = staffed.signed("monitor")
    assert TwoSignatures(first, monitor).refusal(staffed.desk, RECORD).code == "role"
    sign_out(staffed.desk)
    assert TwoSignatures(first, second).refusal(staffed.desk, RECORD).code == "other-signature"
