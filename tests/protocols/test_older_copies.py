"""Texts that were stored before a field existed stay readable: what they lack is an open gap."""

from __future__ import annotations

from il2desk.protocols import check_file

PRACTICE = "practice/npc-bolus-practice.toml"
COUNTS = 'reweigh_counts_from = { value = "at the limit", source = "practice" }\n'
AGE = 'dosing_weight_max_age_h = { value = "168", source = "practice" }\n'
SHIPPED_SET = (
    'premedication = { value = "npc-2001-practice"',
    'premedication = { value = "npc-2001"',
)


def test_a_copy_without_the_two_later_weight_rules_leaves_both_open(site_copy, catalogue):
    path = site_copy(PRACTICE, (COUNTS, ""), (AGE, ""), SHIPPED_SET)
    bundle = catalogue.bundle_for(path)
    assert bundle.protocol.site.reweigh_counts_from is None
    assert bundle.protocol.site.dosing_weight_max_age_h is None
    gaps = {gap.field: gap.blocks for gap in bundle.protocol.gaps}
    assert gaps["site.reweigh_counts_from"] == ("activation",)
    assert gaps["site.dosing_weight_max_age_h"] == ("activation",)


def test_a_rule_that_was_there_from_the_start_is_still_asked_for(site_copy, catalogue):
    vials = 'vial_rule = { value = "withdrawable", source = "practice" }\n'
    path = site_copy(PRACTICE, (vials, ""), SHIPPED_SET)
    assert "neither filled in nor listed" in str(check_file(path, catalogue))
