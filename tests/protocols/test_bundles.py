"""A version with all its parts: self-contained, fingerprinted, and what keeps it from patients."""

from __future__ import annotations

import pytest

from il2desk.dosing import Evidence, Refusal
from il2desk.protocols import (
    Bundle,
    Problems,
    activation_blockers,
    check_file,
    load_protocol_file,
    load_protocol_text,
)

SITE_DECISION = """[sources.site]
document = "Site procedure 12"
place = "section 3"
evidence = "site"

# end of file"""


def as_site(text):
    """The practice copy as a site would hold it: its inventions replaced by its own decisions."""
    return text.replace('evidence = "practice"', 'evidence = "site"').replace(
        'status = "practice"', 'status = "site"'
    )


@pytest.mark.parametrize(
    "id_", ["nci-720k", "npc-bolus", "proleukin-us", "sct-maintenance", "yang-2003"]
)
def test_a_stored_version_is_the_same_again_without_the_catalogue(catalogue, id_):
    bundle = catalogue.bundle_for(id_)
    assert isinstance(bundle, Bundle)
    again = load_protocol_text(bundle.text, bundle.parts)
    assert again == bundle
    assert again.protocol.fingerprint == catalogue.protocol(id_).fingerprint


def test_a_stored_version_without_a_part_is_refused(catalogue):
    bundle = catalogue.bundle_for("npc-bolus")
    parts = {
        name: text for name, text in bundle.parts.items() if not name.startswith("premedication")
    }
    problems = load_protocol_text(bundle.text, parts)
    assert isinstance(problems, Problems)
    assert "premedication/npc-2001" in problems.sentences[0]
    assert isinstance(load_protocol_text(bundle.text, parts, catalogue), Bundle)


def test_parts_by_arm(catalogue):
    bundle = catalogue.bundle_for("yang-2003")
    assert {arm: rules and rules.id for arm, rules in bundle.rule_sets.items()} == {
        "high": "us-label-2023", "low": "us-label-2023", "subcutaneous": None}  # fmt: skip
    assert {arm: items and items.id for arm, items in bundle.premedication.items()} == {
        "high": "high-dose-consensus", "low": None, "subcutaneous": "subcutaneous"}  # fmt: skip
    assert bundle.product.id == "proleukin-us"


def test_the_fingerprint_changes_with_the_text_and_with_every_part(catalogue):
    bundle = catalogue.bundle_for("proleukin-us")
    seen = {bundle.protocol.fingerprint}
    changed = load_protocol_text("# a remark\n" + bundle.text, bundle.parts)
    seen.add(changed.protocol.fingerprint)
    assert len(bundle.parts) == 3
    for name in bundle.parts:
        parts = {**bundle.parts, name: "# a remark\n" + bundle.parts[name]}
        seen.add(load_protocol_text(bundle.text, parts).protocol.fingerprint)
    assert len(seen) == 5
    assert all(fingerprint.startswith("sha256:") and len(fingerprint) == 71 for fingerprint in seen)


def test_the_practice_copy_may_be_activated_in_practice_only(catalogue, practice_file):
    bundle = catalogue.bundle_for(practice_file)
    assert isinstance(bundle, Bundle)
    assert bundle.practice
    assert bundle.copy_of == "npc-bolus"
    assert bundle.protocol.gaps == ()
    assert activation_blockers(bundle, practice=True) == ()
    assert any("invented for practice" in sentence for sentence in activation_blockers(bundle))
    assert "PRACTICE" in bundle.protocol.title
    assert bundle.rule_sets[None].id == "jitc-2014"
    assert bundle.premedication[None].id == "npc-2001-practice"


def test_the_same_copy_confirmed_by_a_site_has_no_blockers(catalogue, resources, tmp_path):
    for name in ("npc-bolus-practice.toml", "npc-2001-practice.toml"):
        text = (resources / "practice" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(as_site(text), encoding="utf-8")
    bundle = catalogue.bundle_for(tmp_path / "npc-bolus-practice.toml")
    assert isinstance(bundle, Bundle)
    assert not bundle.practice
    assert activation_blockers(bundle) == ()


def test_readings_of_a_part_block_until_the_site_confirms_that_part(catalogue, resources, tmp_path):
    for name in ("npc-bolus-practice.toml", "npc-2001-practice.toml"):
        text = as_site((resources / "practice" / name).read_text(encoding="utf-8"))
        lines = [line for line in text.splitlines() if not line.startswith("parts_confirmed")]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    bundle = catalogue.bundle_for(tmp_path / "npc-bolus-practice.toml")
    blockers = activation_blockers(bundle)
    assert blockers
    assert all("rulesets/jitc-2014" in sentence for sentence in blockers)


def test_a_missing_age_and_a_misspelt_part_are_named(catalogue, site_copy):
    site_copy("practice/npc-2001-practice.toml")
    path = site_copy("practice/npc-bolus-practice.toml", ('creatinine = "24"\n', ""))
    (blocker,) = activation_blockers(catalogue.bundle_for(path), practice=True)
    assert "creatinine" in blocker
    path = site_copy(
        "practice/npc-bolus-practice.toml", ('["rulesets/jitc-2014"]', '["rulesets/jitc"]')
    )
    problems = catalogue.bundle_for(path)
    assert isinstance(problems, Problems)
    assert "rulesets/jitc" in problems.sentences[0]


@pytest.mark.parametrize(
    "id_", ["nci-720k", "npc-bolus", "proleukin-us", "sct-maintenance", "yang-2003"]
)
def test_a_specimen_names_everything_that_keeps_it_from_patients(catalogue, id_):
    bundle = catalogue.bundle_for(id_)
    blockers = activation_blockers(bundle, practice=True)
    assert "specimen" in blockers[0]
    for gap in bundle.protocol.gaps:
        assert gap.sentence() in blockers
    for field, _ in bundle.protocol.unconfirmed:
        assert any(sentence.startswith(f"{field} is ") for sentence in blockers)


def test_the_gaps_of_npc_bolus(catalogue):
    gaps = {gap.field: gap for gap in catalogue.protocol("npc-bolus").gaps}
    assert {field for field in gaps if not field.startswith("site.")} == {
        "regimen.infusion_minutes",
        "regimen.dilution",
        "regimen.dilution.diluent",
        "regimen.rule_set",
        "facts.rest-anchor",
        "facts.sample-times",
    }
    assert len([field for field in gaps if field.startswith("site.")]) == 14
    assert all("activation" in gap.blocks for gap in gaps.values())
    assert all("dose" not in gap.blocks for gap in gaps.values())
    for rules in ("jitc-2014", "springerplus-2015", "til-2024", "us-label-2023"):
        assert rules in gaps["regimen.rule_set"].fill_from


def test_the_gaps_of_sct_maintenance(catalogue):
    protocol = catalogue.protocol("sct-maintenance")
    assert protocol.arms == ("high-dose", "escalating")
    for regimen in protocol.regimens:
        assert regimen.dose is None
        assert regimen.levels == ()
        assert regimen.days is None
        (companion,) = regimen.companions
        assert (companion.drug, companion.dose) == ("interferon alfa-2b", None)
        assert (companion.product.value, companion.presentation) == ("interferon-alfa-2b", None)
    assert protocol.regimens[1].level_by == "month"
    blocking = {gap.field for gap in protocol.gap_blocking("dose", "escalating")}
    assert blocking == {
        "regimens.escalating.levels",
        "regimens.escalating.basis",
        "regimens.escalating.companions.interferon-alfa-2b.dose",
        "regimens.escalating.companions.interferon-alfa-2b.basis",
    }
    assert "regimens.high-dose.days" in {
        gap.field for gap in protocol.gap_blocking("schedule", "high-dose")
    }
    assert ("facts.identity", Evidence.UNCONFIRMED) in protocol.unconfirmed


def test_an_unconfirmed_dose_is_shown_as_a_gap_and_never_computed_with(catalogue, site_copy):
    path = site_copy(
        "protocols/nci-720k.toml",
        ('{ value = "720000", unit = "international units per kg", source = "kammula" }',
         '{ value = "720000", unit = "international units per kg", source = "heard" }'),
        ("[sources.kammula]", '[sources.heard]\ndocument = "Talk"\nplace = "slide 3"\nevidence = "unconfirmed"\n\n[sources.kammula]'),
    )  # fmt: skip
    protocol = load_protocol_file(path, catalogue)
    assert protocol.regimens[0].dose is None
    assert [gap.field for gap in protocol.gap_blocking("dose")] == ["regimen.dose"]
    assert ("regimen.dose", Evidence.UNCONFIRMED) in protocol.unconfirmed


@pytest.mark.parametrize(
    ("written", "doubted"), [("9999", True), ("10000", False), ("800000", False), ("800001", True)]
)
def test_implausible_doses_are_doubted_and_not_changed(catalogue, site_copy, written, doubted):
    path = site_copy("protocols/npc-bolus.toml", ('"72000"', f'"{written}"'))
    check = check_file(path, catalogue)
    assert check.problems == ()
    # The title still says 72,000, which is doubted by itself.
    assert {doubt.key for doubt in check.doubts} == {"regimen.title"} | (
        {"regimen.dose"} if doubted else set()
    )
    assert str(load_protocol_file(path, catalogue).regimens[0].dose.value) == written


@pytest.mark.parametrize(
    ("unit", "written", "doubted"),
    [("international units per m2", "30000001", True), ("international units per m2", "30000000", False),
     ("international units", "120000001", True), ("international units", "120000000", False)],
)  # fmt: skip
def test_implausible_surface_and_flat_doses(catalogue, site_copy, unit, written, doubted):
    path = site_copy(
        "protocols/npc-bolus.toml",
        ('"72000"', f'"{written}"'),
        ('international units per kg"', f'{unit}"'),
    )
    doubts = {doubt.key for doubt in check_file(path, catalogue).doubts}
    assert ("regimen.dose" in doubts) is doubted


def test_filling_a_gap_means_giving_the_value_and_removing_the_line(catalogue, site_copy):
    """The way of the help page: copy, rename, fill one gap, remove its line."""
    gap = """[[gaps]]
field = "regimen.infusion_minutes"
name = "The infusion time of the bolus"
fill_from = "the full paper (Oncology 2001;60:110-115), or the site's own decision"
filled_by = "the principal investigator"
blocks = ["activation"]
"""
    path = site_copy(
        "protocols/npc-bolus.toml",
        ('id = "npc-bolus"', 'id = "npc-bolus-here"'),
        ('status = "specimen"', 'status = "draft"\nsite_copy_of = "npc-bolus"'),
        (
            "[regimen.dilution]",
            '[regimen.infusion_minutes]\nvalue = "5"\nsource = "site"\n\n[regimen.dilution]',
        ),
        (gap, ""),
        ("# end of file", SITE_DECISION),
        saved_as="npc-bolus-here.toml",
    )
    protocol = load_protocol_file(path, catalogue)
    assert not isinstance(protocol, Problems | Refusal), protocol.sentences
    assert protocol.regimens[0].infusion_minutes.value == 5
    assert "regimen.infusion_minutes" not in {gap.field for gap in protocol.gaps}


def test_only_the_site_confirms_parts_and_no_file_calls_itself_active(catalogue, site_copy):
    site_copy("practice/npc-2001-practice.toml")
    change = (
        '["rulesets/jitc-2014"], source = "practice"',
        '["rulesets/jitc-2014"], source = "chi-2001"',
    )
    path = site_copy("practice/npc-bolus-practice.toml", change, ('"draft"', '"active"'))
    problems = load_protocol_file(path, catalogue)
    assert isinstance(problems, Problems)
    assert {problem.key for problem in problems.problems} == {"status", "site.parts_confirmed"}


@pytest.mark.parametrize(
    ("change", "said"),
    [(('status = "specimen"', 'status = "draft"'), "site_copy_of"),
     (('status = "specimen"', 'status = "draft"\nsite_copy_of = "npc-bolus"'), "own id"),
     (('status = "specimen"', 'status = "specimen"\nsite_copy_of = "npc-bolus"'), "not a specimen")],
)  # fmt: skip
def test_a_copy_declares_itself(catalogue, site_copy, change, said):
    problems = load_protocol_file(site_copy("protocols/npc-bolus.toml", change), catalogue)
    assert isinstance(problems, Problems)
    assert any(said in sentence for sentence in problems.sentences)


def test_a_part_beside_the_file_comes_before_the_shipped_one(catalogue, site_copy):
    site_copy("rulesets/jitc-2014.toml", ('title = "', 'title = "Our own: '))
    site_copy("practice/npc-2001-practice.toml")
    bundle = catalogue.bundle_for(site_copy("practice/npc-bolus-practice.toml"))
    assert bundle.rule_sets[None].title.startswith("Our own: ")


def test_a_protocol_beside_the_file_is_not_taken_for_a_product(catalogue, site_copy):
    site_copy("protocols/proleukin-us.toml")
    bundle = catalogue.bundle_for(site_copy("protocols/npc-bolus.toml"))
    assert isinstance(bundle, Bundle)
    assert bundle.product.id == "proleukin-us"
