"""The site is changed by two people, as a new entry; a time zone only where nothing rests on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from il2desk.desk import TwoSignatures, new_token
from il2desk.desk.site_settings import (
    CHANGE_SITE_FIRST,
    CHANGE_SITE_SECOND,
    SiteDifference,
    change_site,
    site_differences,
    site_set_up,
)


def test_the_first_run_is_nobodys_and_a_change_is_signed_by_two(staffed):
    first = site_set_up(staffed.desk)
    assert (first.by, first.at) == ((), staffed.desk.journal.entries(kind="site-set-up")[0].at)
    staffed.change_site(name="Ward 8", caution="  For this  study ")
    now = site_set_up(staffed.desk)
    assert now.site == replace(first.site, name="Ward 8", caution="For this study")
    assert now.by == (staffed.team["pharmacist"].name, staffed.team["nurse"].name)
    before, after = staffed.desk.journal.entries(kind="site-set-up")
    assert before.body["site"] == "Ward 7"
    assert after.body["changed"]["site"] == {"old": "Ward 7", "new": "Ward 8"}


def test_what_changes_is_said_old_and_new(staffed):
    site = staffed.desk.site
    found = site_differences(staffed.desk, replace(site, paper="Letter", caution="New"))
    assert found == (
        SiteDifference("paper", "A4", "Letter"), SiteDifference("caution", "", "New"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wished", "code"),
    [
        ({}, "unchanged"), ({"name": " "}, "site"), ({"zone": "Berlin"}, "zone"), ({"paper": "A5"}, "paper"),
        ({"caution": "x" * 141}, "caution"), ({"language": "xx"}, "language"),
    ],
)  # fmt: skip
def test_what_no_change_can_be(staffed, wished, code):
    wish = replace(staffed.desk.site, **wished)
    signed = staffed.two(CHANGE_SITE_FIRST, CHANGE_SITE_SECOND)
    staffed.refused(code, site_differences, staffed.desk, wish)
    staffed.refused(code, change_site, staffed.desk, wish, signed, new_token())


def test_a_zone_changes_while_no_patient_is_registered(staffed):
    staffed.change_site(zone="Europe/London")
    assert staffed.desk.zone.key == "Europe/London"


def test_a_zone_never_changes_once_a_patient_is_registered(ward):
    wish = replace(ward.desk.site, zone="Europe/London")
    said = ward.refused("zone", site_differences, ward.desk, wish).text
    assert said.startswith("1 patient is registered: what is planned")
    signed = ward.two(CHANGE_SITE_FIRST, CHANGE_SITE_SECOND)
    ward.refused("zone", change_site, ward.desk, wish, signed, new_token())
    ward.change_site(name="Ward 9")  # everything else can


def test_one_person_or_a_reader_changes_no_site(staffed):
    wish = replace(staffed.desk.site, name="Ward 8")
    alone = TwoSignatures(staffed.signed("pharmacist"), staffed.signed("pharmacist"))
    staffed.refused("same-person", change_site, staffed.desk, wish, alone, new_token())
    signed = staffed.two(CHANGE_SITE_FIRST, CHANGE_SITE_SECOND)
    staffed.desk.person = None
    staffed.refused("not-signed-in", change_site, staffed.desk, wish, signed, new_token())
    staffed.sign_in("monitor")
    staffed.refused("reading-only", change_site, staffed.desk, wish, signed, new_token())


def test_a_second_press_stores_nothing_twice(staffed):
    wish = replace(staffed.desk.site, name="Ward 8")
    signed, token = staffed.two(CHANGE_SITE_FIRST, CHANGE_SITE_SECOND), new_token()
    for _ in range(2):
        assert staffed.made(change_site(staffed.desk, wish, signed, token)).name == "Ward 8"
    assert len(staffed.desk.journal.entries(kind="site-set-up")) == 2
