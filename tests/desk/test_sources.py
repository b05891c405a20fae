"""Sources of the catalogue and of a journal's own versions, with what rests on them in words."""

from __future__ import annotations

import re

import pytest

from il2desk.desk import catalogue_sources, version_sources, versions
from il2desk.desk.field_words import field_in_words
from il2desk.dosing import Refusal


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("", "the file as a whole"),
        ("regimen.dose", "dose"),
        ("regimens.high.interval_h", "arm high, interval, hours"),
        ("regimen.levels.0.dose", "dose levels, row 1, dose"),
        ("site.flush_ml", "site rule, flush volume of the line, mL"),
        ("site.max_age_h.platelets", "site rule, oldest finding, hours, for platelets"),
        ("regimen.companions.interferon-alfa.days", "companion drug interferon alfa, days with a dose"),
        ("bag_bands.2", "bag table, row 3"),
        ("criteria.heart-rate-relative", "row heart rate relative"),
        ("items.indomethacin.blocked_if.1", "item indomethacin, what blocks it, row 2"),
        ("window_mcg_per_ml", "concentration window, mcg per mL"),
        ("presentations.pen-15.strength_per_ml", "presentation pen 15, strength per mL"),
    ],
)  # fmt: skip
def test_a_field_in_words(field: str, words: str):
    assert field_in_words(field) == words


def test_no_field_of_a_shipped_file_is_left_as_a_key(staffed):
    fields = {
        field
        for group in catalogue_sources(staffed.desk)
        for entry in group.entries
        for field in entry.fields
    }
    assert len(fields) > 100
    assert [field for field in fields if re.search(r"[_\[\]]|\b\w+\.\w", field)] == []


def test_a_version_of_the_journal_shows_its_own_sources(active):
    version = versions(active.desk)[0]
    groups = version_sources(active.desk, version.fingerprint)
    assert not isinstance(groups, Refusal)
    assert (groups[0].kind, groups[0].id) == ("protocol", version.protocol)
    words = [field for group in groups for entry in group.entries for field in entry.fields]
    assert any(field.startswith("site rule, ") for field in words)
    short = re.compile(r"_|\b(ml|iu|h|m2)\b|\b(before|after) min\b")
    assert [field for field in words if short.search(field)] == []
    assert "confirmed by the site" in {entry.mark for entry in groups[0].entries}
    assert {"product", "rule set", "premedication set"} <= {group.kind for group in groups}
    assert version.protocol not in {group.id for group in catalogue_sources(active.desk)}


def test_an_unknown_version_is_refused(staffed):
    assert isinstance(version_sources(staffed.desk, "sha256:0"), Refusal)
