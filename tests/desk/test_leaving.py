"""Somebody leaves: no signature any more, and nothing that was signed changes."""

from __future__ import annotations

from datetime import date

import pytest

from il2desk.desk import (
    RECORD_SECOND,
    access,
    add_staff,
    enough_people,
    everybody,
    new_token,
    sign,
    sign_in,
    sign_second,
    signature_of,
    staff,
)

LAST_DAY = date(2026, 3, 1)


def leave(ward, role, day=LAST_DAY, reason="changed wards"):
    signed = ward.signed("pharmacist")
    return access.end_access(ward.desk, ward.team[role].id, day, reason, signed, new_token())


def test_who_left_signs_no_more(staffed):
    staffed.made(leave(staffed, "nurse"))
    assert "A. Ruiz" not in [person.name for person in staff(staffed.desk)]
    assert sign_in(staffed.desk, "A. Ruiz", "2222").code == "left"
    pharmacist = staffed.team["pharmacist"].id
    answer = sign_second(staffed.desk, "A. Ruiz", "2222", RECORD_SECOND, pharmacist)
    assert answer.text == "A. Ruiz has left and cannot sign any more."
    left = next(one for one in everybody(staffed.desk) if one.person.name == "A. Ruiz")
    assert (left.left_on, left.left_reason) == ("2026-03-01", "changed wards")
    (entry,) = staffed.desk.journal.entries(kind="staff-left")
    assert entry.body["signatures"][0]["name"] == "K. Brandt"


def test_old_signatures_stand(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    ward.cosigned()
    ward.made(leave(ward, "nurse", date(2026, 3, 2)))
    assert ward.dose().administration.cosigned_by == "A. Ruiz"
    assert ward.dose().check.by == "K. Brandt"
    assert ward.dose().release.checked_by == "A. Ruiz"


@pytest.mark.parametrize(
    ("role", "day", "reason", "code"),
    [
        ("nurse", date(2026, 3, 2), "changed wards", "left-on"),
        ("nurse", LAST_DAY, " ", "reason"),
        ("pharmacist", LAST_DAY, "changed wards", "own"),
    ],
)
def test_what_ends_no_access(staffed, role, day, reason, code):
    assert leave(staffed, role, day, reason).code == code
    assert len(staff(staffed.desk)) == 4


def test_access_ends_once_by_those_who_may(staffed):
    staffed.sign_in("nurse")
    assert leave(staffed, "prescriber").code == "role"
    staffed.sign_in("pharmacist")
    nurse, signed = staffed.team["nurse"].id, staffed.signed("pharmacist")
    staffed.once(
        lambda token: access.end_access(staffed.desk, nurse, LAST_DAY, "moved", signed, token)
    )
    assert leave(staffed, "nurse").code == "left"


def leave_alone(desk, person):
    signed = signature_of(desk, person, access.END_ACCESS)
    return access.end_access(desk, person.id, LAST_DAY, "retired", signed, new_token())


def test_somebody_who_may_add_people_stays(staffed):
    desk = staffed.desk
    clerk = staffed.made(add_staff(desk, "G. Host", "administrator", "9999", new_token()))
    staffed.team["administrator"] = clerk
    staffed.made(leave(staffed, "administrator"))
    back = staffed.made(add_staff(desk, "H. Host", "administrator", "9999", new_token()))
    desk.person = staffed.team["administrator"] = back
    signed = staffed.signed("administrator")
    pharmacist = staffed.team["pharmacist"].id
    staffed.made(access.end_access(desk, pharmacist, LAST_DAY, "retired", signed, new_token()))
    assert leave_alone(desk, back).code == "own"
    assert {person.name for person in staff(desk)} == {"A. Ruiz", "M. Sato", "L. Weiss", "H. Host"}


def test_a_name_that_stands_under_signatures_is_not_given_again(staffed):
    staffed.made(leave(staffed, "nurse"))
    answer = staffed.refused("name", add_staff, staffed.desk, "a. ruiz", "nurse", "1", new_token())
    assert "stands under old signatures" in answer.text


def test_nobody_begins_anew_where_all_but_one_have_left(fresh):
    add_staff(fresh, "K. Brandt", "pharmacist", "1111", new_token())
    nurse = add_staff(fresh, "A. Ruiz", "nurse", "2222", new_token())
    pharmacist = sign_in(fresh, "K. Brandt", "1111")
    signed = sign(fresh, "1111", access.END_ACCESS)
    assert pharmacist.id == signed.staff
    access.end_access(fresh, nurse.id, date(2026, 3, 1), "left", signed, new_token())
    fresh.person = None
    assert len(staff(fresh)) == 1
    assert enough_people(fresh)  # the first run does not come back, where anybody may add people
    answer = add_staff(fresh, "N. New", "nurse", "3333", new_token())
    assert answer.code == "not-signed-in"
