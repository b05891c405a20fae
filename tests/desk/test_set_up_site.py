"""The site: name, zone, paper."""

from __future__ import annotations

import pytest

from il2desk.desk import Site, known_zone, new_token, set_up_site, zone_of
from il2desk.dosing import Refusal


def test_a_site_is_set_up_once_and_stored_once(fresh):
    assert fresh.site is None
    assert fresh.zone.key == "UTC"
    token = new_token()
    for _ in range(2):
        site = set_up_site(fresh, "  Ward   7 ", "Europe/Berlin", "A4", token)
        assert site == Site("Ward 7", "Europe/Berlin", "A4", "en")
    assert fresh.journal.count() == 1
    assert fresh.zone.key == "Europe/Berlin"


def test_the_caution_of_the_site_is_kept_and_one_that_is_too_long_is_not_cut(fresh):
    args = ("Ward 7", "Europe/Berlin", "A4")
    refused = set_up_site(fresh, *args, new_token(), caution="x" * 141)
    assert refused.code == "caution"
    assert fresh.journal.count() == 0
    set_up_site(fresh, *args, new_token(), caution="  For this  site ")
    assert fresh.site.caution == "For this site"


@pytest.mark.parametrize(
    ("name", "zone", "paper", "code"),
    [
        (" ", "Europe/Berlin", "A4", "site"),
        ("Ward", "Berlin", "A4", "zone"),
        ("Ward", "", "A4", "zone"),
        ("Ward", "../etc/passwd", "A4", "zone"),
        ("Ward", "localtime", "A4", "zone"),  # this machine's, which may change
        ("Ward", "Europe/Berlin", "A5", "paper"),
    ],
)
def test_what_no_site_can_be(fresh, name, zone, paper, code):
    answer = set_up_site(fresh, name, zone, paper, new_token())
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert fresh.journal.count() == 0


def test_a_site_that_is_set_up_is_not_set_up_by_one_person(staffed):
    args = ("Ward 8", "Europe/Berlin", "Letter")
    staffed.refused("site-set-up", set_up_site, staffed.desk, *args, new_token())
    assert staffed.desk.site.paper == "A4"


def test_zones_by_name():
    assert known_zone("Asia/Taipei")
    assert zone_of("Asia/Taipei").key == "Asia/Taipei"
    assert zone_of("Mars/Olympus").code == "zone"
