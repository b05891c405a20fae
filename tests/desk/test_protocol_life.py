"""A site's protocol: brought in, activated by two, frozen by its fingerprint."""

from __future__ import annotations

from datetime import datetime

import pytest

from il2desk import paths
from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    TwoSignatures,
    activate,
    active_version,
    blockers,
    bring_in,
    bundle_of,
    new_token,
    submit_for_review,
    versions,
)

SECOND = ('version = "1"', 'version = "2"')
OTHER = ('value = "20", source = "practice"', 'value = "30", source = "practice"')


def two(ward):
    return ward.two(ACTIVATE_FIRST, ACTIVATE_SECOND)


def reviewed(ward, path):
    version = ward.made(bring_in(ward.desk, path, new_token()))
    return ward.made(submit_for_review(ward.desk, version.fingerprint, new_token()))


def test_a_site_copy_becomes_active_by_two_people(staffed, site_file):
    version = staffed.made(bring_in(staffed.desk, site_file(), new_token()))
    assert version.status == "draft"
    assert version.fingerprint.startswith("sha256:")
    assert blockers(staffed.desk, version.fingerprint) == ()
    staffed.refused(
        "not-under-review", activate, staffed.desk, version.fingerprint, two(staffed), new_token()
    )
    version = staffed.made(submit_for_review(staffed.desk, version.fingerprint, new_token()))
    assert version.status == "under review"
    made = staffed.made(activate(staffed.desk, version.fingerprint, two(staffed), new_token()))
    assert made.status == "active"
    assert staffed.made(active_version(staffed.desk, "npc-bolus-site")) == made


def test_one_person_is_not_two(staffed, site_file):
    version = reviewed(staffed, site_file())
    one = staffed.signed("pharmacist")
    same = TwoSignatures(one, one)
    staffed.refused("same-person", activate, staffed.desk, version.fingerprint, same, new_token())
    staffed.sign_in("monitor")
    staffed.refused(
        "reading-only", activate, staffed.desk, version.fingerprint, two(staffed), new_token()
    )
    staffed.refused("reading-only", bring_in, staffed.desk, site_file(), new_token())


def test_a_second_press_of_either_stores_once(staffed, site_file):
    path, signed = site_file(), two(staffed)
    version = staffed.once(lambda token: bring_in(staffed.desk, path, token))
    staffed.once(lambda token: submit_for_review(staffed.desk, version.fingerprint, token))
    staffed.once(lambda token: activate(staffed.desk, version.fingerprint, signed, token))


def test_practice_values_never_enter_a_real_journal(staffed):
    path = paths.resource("practice", "npc-bolus-practice.toml")
    version = staffed.made(bring_in(staffed.desk, path, new_token()))
    answer = staffed.refused(
        "activation-blocked", submit_for_review, staffed.desk, version.fingerprint, new_token()
    )
    assert any("is invented for practice" in reason for reason in answer.reasons)
    assert any("status practice" in reason for reason in answer.reasons)


def test_one_practice_value_is_enough_to_block(staffed, site_file):
    path = site_file(('[sources.practice]\ndocument = "Site manual"\nplace = "chapter 2"\nevidence = "site"',
                      '[sources.practice]\ndocument = "Site manual"\nplace = "chapter 2"\nevidence = "practice"'))  # fmt: skip
    version = staffed.made(bring_in(staffed.desk, path, new_token()))
    assert blockers(staffed.desk, version.fingerprint)


def test_a_specimen_is_planned_from_by_nobody(staffed):
    answer = active_version(staffed.desk, "npc-bolus")
    assert answer.code == "specimen"
    assert "is a specimen" in answer.reasons[0]
    assert answer.reasons[1].startswith("Missing in it: ")
    assert answer.reasons[2].startswith("Make the site's copy")
    assert active_version(staffed.desk, "no-such").code == "unknown-protocol"


def test_a_specimen_file_is_not_activated(staffed):
    version = staffed.made(
        bring_in(staffed.desk, paths.resource("protocols", "npc-bolus.toml"), new_token())
    )
    answer = staffed.refused(
        "activation-blocked", submit_for_review, staffed.desk, version.fingerprint, new_token()
    )
    assert "is a specimen" in answer.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("flush_ml", "flush_mll"), "flush_mll"),
        (("[sources.chi-2001]", "[sources.chi-2002]"), "chi-2001"),
        (("# end of file", "[half"), ""),
    ],
)
def test_a_file_with_a_problem_is_not_stored(staffed, site_file, change, said):
    answer = staffed.refused(
        "protocol-file", bring_in, staffed.desk, site_file(change), new_token()
    )
    assert said in answer.text


def test_a_file_that_is_not_there(staffed, tmp_path):
    staffed.refused("protocol-file", bring_in, staffed.desk, tmp_path / "no.toml", new_token())


def test_a_version_is_frozen_by_its_fingerprint(active, site_file):
    active.refused("known", bring_in, active.desk, site_file(folder="again"), new_token())
    answer = active.refused(
        "version-frozen", bring_in, active.desk, site_file(OTHER, folder="changed"), new_token()
    )
    assert "Give the changed file a new version." in answer.text


def test_two_drafts_of_one_version_are_not_both_activated(staffed, site_file):
    """Version 1 must mean one text for ever, however many drafts of it lie there."""
    one = reviewed(staffed, site_file())
    other = reviewed(staffed, site_file(OTHER, folder="b"))
    assert one.fingerprint != other.fingerprint
    staffed.made(activate(staffed.desk, one.fingerprint, two(staffed), new_token()))
    staffed.refused(
        "version-frozen", activate, staffed.desk, other.fingerprint, two(staffed), new_token()
    )


def test_a_new_version_supersedes_and_cycles_stay_on_theirs(ward, site_file, activate_file):
    old = ward.located().cycle.fingerprint
    new = activate_file(ward, site_file(SECOND, OTHER, folder="b"))
    assert [(found.version, found.status) for found in versions(ward.desk)] == [
        ("1", "superseded"), ("2", "active"),
    ]  # fmt: skip
    assert ward.located().cycle.fingerprint == old != new
    ward.refused("not-under-review", activate, ward.desk, old, two(ward), new_token())
    # A cycle of the new version needs an order of the new version.
    ward.refused("no-order", ward.plan, datetime.fromisoformat("2026-03-20T08:00"))


def test_a_changed_part_changes_the_fingerprint(staffed, site_file):
    one = site_file()
    other = site_file(folder="b")
    part = other.parent / "npc-2001-site.toml"
    part.write_text(part.read_text(encoding="utf-8").replace('"650"', '"500"'), encoding="utf-8")
    first = staffed.made(bring_in(staffed.desk, one, new_token()))
    second = staffed.made(bring_in(staffed.desk, other, new_token()))
    assert first.fingerprint != second.fingerprint


def test_a_version_is_read_back_from_the_journal_alone(active, site_file):
    version = active.made(active_version(active.desk, "npc-bolus-site"))
    bundle = active.made(bundle_of(active.desk, version.fingerprint))
    assert bundle.protocol.fingerprint == version.fingerprint
    assert bundle_of(active.desk, version.fingerprint) is bundle
    assert bundle_of(active.desk, "sha256:gone").code == "unknown-version"
    active.refused(
        "unknown-version", activate, active.desk, "sha256:gone", two(active), new_token()
    )
    assert blockers(active.desk, "sha256:gone")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('"flush_ml"', '"flush_ml"'), None),
        (("72000", "72001"), "fingerprint"),
        (("[regimen]", "[regimen"), "protocol-unreadable"),
    ],
)
def test_a_text_that_is_not_what_was_frozen_computes_nothing(active, change, code):
    """Somebody rewrote the text and kept the fingerprint."""
    entry = active.desk.journal.entries(kind="protocol-brought-in")[0]
    text = entry.body["text"].replace(*change)
    active.desk.append(
        "protocol-brought-in", {**entry.body, "text": text, "fingerprint": "sha256:kept"}
    )
    answer = bundle_of(active.desk, "sha256:kept")
    assert answer.code == (code or "fingerprint")
