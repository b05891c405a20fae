"""Registering: who is who, and nobody twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from il2desk.desk import (
    Registration,
    find_subjects,
    new_token,
    register_subject,
    similar_names,
    subjects,
)

SECOND = {
    "trial_code": "NPC-018", "hospital_number": "4712", "family_name": "Brownlee", "given_name": "Eva",
    "born": "01-Jan-1950",
}  # fmt: skip
EMPTY = {
    "trial_code": "trial number", "initials": "initials", "sex": "sex", "allergies_state": "allergies",
}  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
def test_what_is_asked_for(active, name):
    answer = active.refused("registration", register, active, **{name: ""})
    assert EMPTY[name] in answer.text


def register(ward, token=None, same_person_answered=False, **changes):
    usual = {
        "trial_code": "NPC-017", "initials": "AB", "born": "04-Mar-1961", "sex": "female",
        "allergies_state": "no known allergies", "protocol": "npc-bolus-site",
    }  # fmt: skip
    form = Registration(**{**usual, **changes})
    return register_subject(
        ward.desk, form, token or new_token(), same_person_answered=same_person_answered
    )


def test_known_allergies_are_written_down(active):
    active.refused("registration", register, active, allergies_state="known allergies")


@pytest.mark.parametrize(
    ("born", "code"),
    [("02-Mar-2026", "born"), ("30-Feb-1961", "date"), ("", "empty"), ("03/04/1961", "date")],
)
def test_the_date_of_birth(active, born, code):
    active.refused(code, register, active, born=born)


def test_only_into_an_active_protocol(active):
    answer = active.refused("specimen", register, active, protocol="npc-bolus")
    assert "Missing in it" in answer.text
    active.refused("unknown-protocol", register, active, protocol="nothing")


def test_only_into_an_arm_there_is(active):
    """An arm that does not exist would never give a dose, and the patient would wait for it."""
    active.refused("arm", register, active, arm="escalating")


def test_nobody_is_registered_twice(ward):
    ward.refused("duplicate", register, ward, trial_code=" npc-017 ")
    ward.refused("duplicate", register, ward, trial_code="NPC-099", hospital_number="4711")
    names = {"family_name": "BROWN", "given_name": "ada", "trial_code": "NPC-099"}
    answer = ward.refused("same-name", register, ward, **names)
    assert "Is this another person?" in answer.text
    ward.made(register(ward, same_person_answered=True, **names))


def test_patients_without_names_are_told_apart_by_number(ward):
    first = ward.made(register(ward, trial_code="NPC-021"))
    second = ward.made(register(ward, trial_code="NPC-022"))
    assert first != second


def test_a_second_press_registers_once(active):
    token = new_token()
    first = active.made(register(active, token))
    count = active.count
    assert register(active, token) == first
    assert active.count == count


def test_who_may_register(active):
    active.sign_in("monitor")
    active.refused("reading-only", register, active)


def test_similar_names_are_marked(ward):
    ward.register(**SECOND)
    everybody = subjects(ward.desk)
    assert similar_names(everybody) == {one.id for one in everybody}
    third = replace(everybody[0], id="3", family_name="Green")
    nameless = replace(everybody[0], id="4", family_name="")
    assert similar_names((everybody[0], third, nameless)) == frozenset()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("br", 2), ("brownl", 1), ("ADA", 1), ("npc", 2), ("018", 1), ("4712", 1), ("b", 0), ("", 0),
        ("rown", 0),
    ],
)  # fmt: skip
def test_finding_a_patient(ward, typed, found):
    ward.register(**SECOND)
    assert len(find_subjects(ward.desk, typed)) == found
