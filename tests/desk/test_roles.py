"""Who may do what: the table itself, and the acts that ask it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    RECORD_SECOND,
    AdministrationForm,
    TwoSignatures,
    activate,
    add_staff,
    bring_in,
    check_release_form,
    cosign,
    new_token,
    record_administration,
    record_release,
    signature_of,
    submit_for_review,
)
from il2desk.desk.roles import (
    ACTIVATE,
    ACTS,
    CORRECT,
    PREMEDICATE,
    READING_ROLE,
    RECORD,
    RELEASE,
    ROLES,
    in_words,
)
from il2desk.desk.site_settings import change_site

NOT_READING = [role for role in ROLES if role != READING_ROLE]


@pytest.fixture
def team(ward):
    """The ward with a technician and an administrator added."""
    for name, role in (("T. Okoro", "technician"), ("G. Host", "administrator")):
        ward.team[role] = ward.made(add_staff(ward.desk, name, role, "9999", new_token()))
    return ward


def release(ward, first, second):
    ward.sign_in(first)
    signed = TwoSignatures(ward.signed(first), ward.signed(second))
    return record_release(
        ward.desk, ward.place(), ward.release_form(), ward.reading(), signed, new_token()
    )


def test_a_monitor_does_nothing_of_the_table():
    for act in ACTS:
        assert act.refusal(READING_ROLE).code == "reading-only"
        assert act.second_refusal(READING_ROLE).code == "role"
        assert READING_ROLE not in (*act.first, *act.second, *act.among)


def test_everything_in_the_table_is_a_role():
    for act in ACTS:
        assert act.first
        assert {*act.first, *act.second, *act.among} <= set(ROLES)


@pytest.mark.parametrize("act", [RECORD, CORRECT, PREMEDICATE])
def test_telling_what_happened_is_barred_to_nobody_but_a_monitor(act):
    assert [role for role in ROLES if act.refusal(role) is None] == NOT_READING


@pytest.mark.parametrize("role", NOT_READING)
def test_everybody_but_a_monitor_records_and_signs_what_was_given(team, role):
    team.prepared()
    team.at(minutes=2)
    team.sign_in(role)
    form = AdministrationForm("given", given_at=team.desk.clock.now())
    signed = signature_of(team.desk, team.team[role], RECORD_FIRST)
    team.made(record_administration(team.desk, team.place(), form, signed, new_token()))
    other = "nurse" if role != "nurse" else "technician"
    second = signature_of(team.desk, team.team[other], RECORD_SECOND)
    team.made(cosign(team.desk, team.place(), second, new_token()))


@pytest.mark.parametrize(
    ("first", "second"),
    [("pharmacist", "nurse"), ("pharmacist", "technician"), ("technician", "pharmacist")],
)
def test_who_releases_a_preparation(team, first, second):
    team.premedicate()
    team.check()
    team.made(release(team, first, second))
    assert [signed["role"] for signed in team.desk.journal.entries()[-1].body["signatures"]] == [
        first, second,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("nurse", "pharmacist", "Releasing a preparation is for a pharmacist or technician."),
        ("administrator", "pharmacist", "is for a pharmacist or technician."),
        ("technician", "nurse", "one of the two is a pharmacist."),
        ("pharmacist", "administrator", "the second person is a pharmacist, technician, nurse or"),
    ],
)
def test_who_does_not_release_a_preparation(team, first, second, said):
    team.premedicate()
    team.check()
    answer = team.refused("role", release, team, first, second)
    assert said in answer.text


def test_a_nurse_is_told_before_anything_is_signed(team):
    team.premedicate()
    team.check()
    team.sign_in("nurse")
    at = team.located()
    form = team.release_form()
    team.refused("role", check_release_form, team.desk, at.chart, at.cycle, 1, form)


def test_a_nurse_brings_in_no_protocol_and_sets_up_no_site(staffed, site_file):
    staffed.sign_in("nurse")
    staffed.refused("role", bring_in, staffed.desk, site_file(), new_token())
    wished = replace(staffed.desk.site, name="X")
    staffed.refused("role", change_site, staffed.desk, wished, staffed.two(), new_token())


def test_two_administrators_activate_no_protocol(staffed, site_file):
    desk = staffed.desk
    two = [
        staffed.made(add_staff(desk, name, "administrator", "9999", new_token()))
        for name in ("G. Host", "H. Host")
    ]
    version = staffed.made(bring_in(desk, site_file(), new_token()))
    staffed.made(submit_for_review(desk, version.fingerprint, new_token()))
    desk.person = two[0]
    signed = TwoSignatures(*(signature_of(desk, one, "checked") for one in two))
    answer = staffed.refused("role", activate, desk, version.fingerprint, signed, new_token())
    assert "one of the two is a pharmacist or prescriber" in answer.text
    nurse = replace(signed, second=staffed.signed("nurse"))
    assert "one of the two" in activate(desk, version.fingerprint, nurse, new_token()).text
    pharmacist = replace(signed, second=staffed.signed("pharmacist"))
    staffed.made(activate(desk, version.fingerprint, pharmacist, new_token()))


def test_roles_as_a_choice():
    assert in_words(("pharmacist",)) == "pharmacist"
    assert in_words(RELEASE.first) == "pharmacist or technician"
    assert in_words(ACTIVATE.first) == "pharmacist, prescriber or administrator"


def test_the_help_page_prints_this_very_table(root: Path):
    text = (root / "resources" / "help" / "people.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z][^|]+?) \| ([^|]+?) \| ([^|]*?) \|$", text, re.MULTILINE)
    assert rows[0] == ("What", "Who", "Second person")
    told = []
    for act in ACTS:
        second = in_words(act.second) if act.second else "-"
        if act.among:
            second += f"; one of the two a {in_words(act.among)}"
        told.append((act.words, in_words(act.first), second))
    assert rows[1:] == told
