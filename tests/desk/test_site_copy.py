"""A site's copy as a draft: kept in the journal, judged by the reader, brought in by the one way."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from il2desk.desk import (
    SiteSource,
    answer_row,
    bring_in_copy,
    bundle_of,
    close_copy,
    copy_part,
    new_token,
    open_copies,
    open_copy,
    remove_gap,
    take_text,
    versions,
    view_copy,
)
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue
from il2desk.protocols.document import data_of, unusable
from il2desk.protocols.document_text import text_of

SOP = SiteSource("Pharmacy procedure 12, version 3", "section 4")
NONE = SiteSource("", "")


def row_of(desk, draft, field, part=""):
    file = next(one for one in view_copy(desk, draft).files if one.part == part)
    return next(row for row in file.rows if row.field == field)


def answered(ward, draft, field, *, part="", source=SOP, **typed):
    row = row_of(ward.desk, draft, field, part)
    return answer_row(ward.desk, draft, part, row, typed, source)


def filled(ward, draft, *fields, **more):
    for field, value in fields:
        draft = ward.made(answered(ward, draft, field, value=value, **more))
    return draft


@pytest.fixture
def begun(staffed):
    draft = staffed.made(open_copy(staffed.desk, "npc-bolus"))
    return filled(staffed, draft, ("id", "npc-bolus-here"), ("version", "1"))


def test_a_copy_begins_with_everything_open_and_nothing_chosen(staffed):
    draft = staffed.made(open_copy(staffed.desk, "npc-bolus"))
    data = tomllib.loads(draft.text)
    assert (data["id"], data["version"], data["status"]) == ("", "", "draft")
    assert data["site_copy_of"] == "npc-bolus"
    specimen = tomllib.loads(staffed.desk.catalogue.bundle_for("npc-bolus").text)
    same = set(specimen) - {"id", "version", "status"}
    assert {key: data[key] for key in same} == {key: specimen[key] for key in same}
    assert open_copies(staffed.desk) == ()


@pytest.mark.parametrize("origin", load_catalogue(resource_dir()).ids())
def test_every_gap_and_open_rule_of_a_specimen_has_its_row(staffed, origin):
    draft = staffed.made(open_copy(staffed.desk, origin))
    bundle = staffed.desk.catalogue.bundle_for(origin)
    rows = view_copy(staffed.desk, draft).files[0].rows
    gaps = {row.field: row for row in rows if row.is_open}
    for gap in bundle.protocol.gaps:
        # A value that nobody has confirmed is a gap too, and asks to be confirmed.
        if gap.field != "site.max_age_h" and gaps[gap.field].kind != "to confirm":
            assert (gaps[gap.field].name, gaps[gap.field].filled_by) == (gap.name, gap.filled_by)
    assert any(field.startswith("site.max_age_h") for field in gaps)
    unconfirmed = {field for field, _ in bundle.protocol.unconfirmed}
    marked = {".".join(row.path) for row in rows if row.kind in ("to confirm", "gap")}
    assert all(any(one.startswith(field) for one in marked) for field in unconfirmed)


def test_an_answer_is_kept_as_a_new_entry_and_an_earlier_one_stays(staffed, begun):
    later = filled(
        staffed, begun, ("regimen.infusion_minutes", "5"), ("regimen.infusion_minutes", "15")
    )
    assert (later.id, later.saved_by) == (begun.id, "K. Brandt")
    assert open_copies(staffed.desk) == (later,)
    states = [one.body["text"] for one in staffed.desk.journal.entries(kind="protocol-draft-saved")]
    assert ['value = "5"' in text for text in states[2:]] == [True, False]
    assert 'infusion_minutes = { value = "15", source = "site-1" }' in states[-1]
    assert tomllib.loads(states[-1])["sources"]["site-1"] == {
        "document": SOP.document, "place": SOP.place, "evidence": "site",
    }  # fmt: skip


def test_confirming_keeps_the_value_and_names_the_site(staffed, begun):
    draft = staffed.made(answered(staffed, begun, "regimen.dilution"))
    data = tomllib.loads(draft.text)["regimen"]["dilution"]
    assert (data["method"], data["source"]) == ("window-volume", "site-1")
    assert "regimen.dilution" not in [gap["field"] for gap in tomllib.loads(draft.text)["gaps"]]


@pytest.mark.parametrize(
    ("field", "typed", "written"),
    [
        ("regimen.infusion_minutes", {"value": "5"}, "5"),
        ("site.due_before_min", {"value": "60"}, 60),
        ("regimen.doses_per_cycle", {"value": "14"}, 14),
        ("course_cycles", {"value": "1"}, 1),
        ("site.flush_ml", {"value": "20"}, "20"),
    ],
)
def test_a_value_is_written_as_the_reader_wants_it(staffed, begun, field, typed, written):
    draft = staffed.made(answered(staffed, begun, field, **typed))
    node = tomllib.loads(draft.text)
    for step in field.split("."):
        node = node[step]
    assert node == {"value": written, "source": "site-1"}


def test_hold_that_delays_asks_by_how_many_hours(staffed, begun):
    """The hours are asked for only there, and stay open until they are filled in."""
    field = "site.hold_delay_max_h"

    def fields(draft):
        return [row.field for row in view_copy(staffed.desk, draft).files[0].rows if row.is_open]

    assert field not in fields(begun)
    skips = staffed.made(answered(staffed, begun, "site.hold_means", value="skip the slot"))
    assert field not in fields(skips)
    delays = staffed.made(answered(staffed, skips, "site.hold_means", value="delay"))
    assert field in fields(delays)
    assert any(
        "The hours by which a dose on HOLD may be delayed at most is not filled in" in sentence
        for sentence in view_copy(staffed.desk, delays).open_points
    )
    done = staffed.made(answered(staffed, delays, field, value="3"))
    assert field not in fields(done)
    assert tomllib.loads(done.text)["site"]["hold_delay_max_h"]["value"] == "3"


def test_a_list_of_days_and_a_dose_with_its_unit(staffed):
    draft = staffed.made(open_copy(staffed.desk, "sct-maintenance"))
    draft = staffed.made(answered(staffed, draft, "regimens.high-dose.days", value="1, 3, 5"))
    arm = tomllib.loads(draft.text)["regimens"]["high-dose"]
    assert arm["days"] == {"value": [1, 3, 5], "source": "site-1"}
    refused = answered(staffed, draft, "regimens.high-dose.dose", value="3000000", unit="MU per m2")
    assert "Cetus units or Roche units" in refused.text
    unit = "international units per m2"
    draft = staffed.made(
        answered(staffed, draft, "regimens.high-dose.dose", value="3000000", unit=unit)
    )
    arm = tomllib.loads(draft.text)["regimens"]["high-dose"]
    assert arm["dose"] == {"value": "3000000", "unit": unit, "source": "site-1"}
    # The dose says its basis: that gap is taken off the list by a person, and the reader agrees.
    basis = "regimens.high-dose.basis"
    assert any(
        f'"{basis}" is filled in' in text for text in view_copy(staffed.desk, draft).problems
    )
    draft = staffed.made(remove_gap(staffed.desk, draft, "", basis))
    assert not any(basis in text for text in view_copy(staffed.desk, draft).problems)


def test_a_rest_that_there_is_not_is_answered_with_none(staffed):
    draft = staffed.made(open_copy(staffed.desk, "sct-maintenance"))
    assert '"none" where there is no rest' in answered(staffed, draft, "rest_days", value="0").text
    draft = staffed.made(answered(staffed, draft, "rest_days", value="none"))
    assert tomllib.loads(draft.text)["rest_days"] == {"value": "none", "source": "site-1"}
    assert not any("rest_days" in text for text in view_copy(staffed.desk, draft).problems)


def test_a_gap_taken_off_the_list_without_a_value_is_a_problem(staffed, begun):
    draft = staffed.made(remove_gap(staffed.desk, begun, "", "regimen.infusion_minutes"))
    (problem,) = view_copy(staffed.desk, draft).problems
    assert '"regimen.infusion_minutes" is neither filled in nor listed' in problem
    staffed.refused("protocol-file", bring_in_copy, staffed.desk, draft, new_token())


@pytest.mark.parametrize(
    ("field", "typed", "source", "code"),
    [
        ("regimen.infusion_minutes", {"value": "15"}, NONE, "source"),
        ("regimen.infusion_minutes", {"value": ""}, SOP, "value"),
        ("regimen.infusion_minutes", {"value": "15 min"}, SOP, "value"),
        ("regimen.infusion_minutes", {"value": "15"}, SiteSource("tbd", "page 3"), "value"),
        ("regimen.infusion_minutes", {"value": "1\n5"}, SOP, "characters"),
        ("id", {"value": "npc-bolus"}, NONE, "value"),
        ("id", {"value": "NPC Bolus"}, NONE, "value"),
        ("effective", {"value": "1 March"}, NONE, "value"),
        ("regimen.route", {"value": "oral"}, SOP, "value"),
        ("tolerance_percent", {"value": "10"}, NONE, "value"),
        ("site.syringes", {"syringe": "1 mL", "up_to_ml": "1", "step_ml": "2"}, SOP, "value"),
        ("site.syringes", {"syringe": "1 mL", "up_to_ml": "", "step_ml": "2"}, SOP, "up_to_ml"),
    ],
)  # fmt: skip
def test_what_the_reader_would_refuse_is_not_taken(staffed, begun, field, typed, source, code):
    row = row_of(staffed.desk, begun, field)
    staffed.refused(code, answer_row, staffed.desk, begun, "", row, typed, source)


def test_levels_are_written_by_hand(staffed):
    draft = staffed.made(open_copy(staffed.desk, "sct-maintenance"))
    field = "regimens.escalating.levels"
    row = row_of(staffed.desk, draft, field)
    assert row.by_hand
    staffed.refused("by-hand", answer_row, staffed.desk, draft, "", row, {}, SOP)


def test_the_dose_of_a_level_by_listed_days_is_chosen_inside_its_range(staffed):
    draft = staffed.made(open_copy(staffed.desk, "calgb-19808"))
    field, unit = "regimen.levels.15.dose", "international units per m2"
    outside = staffed.made(answered(staffed, draft, field, value="16000000", unit=unit))
    said = "16000000 lies outside the stated range 12000000 to 15000000."
    assert any(said in text for text in view_copy(staffed.desk, outside).problems)
    staffed.refused("protocol-file", bring_in_copy, staffed.desk, outside, new_token())
    draft = staffed.made(answered(staffed, draft, field, value="12000000", unit=unit))
    pulse = tomllib.loads(draft.text)["regimen"]["levels"][1]
    assert pulse["dose"] == {"value": "12000000", "unit": unit, "source": "site-1"}
    assert not any("levels" in text for text in view_copy(staffed.desk, draft).problems)


def test_the_volume_of_an_infusion_names_the_site(staffed):
    draft = staffed.made(open_copy(staffed.desk, "proleukin-eu-civ"))
    draft = staffed.made(answered(staffed, draft, "regimen.dilution.bag_ml", value="500"))
    dilution = tomllib.loads(draft.text)["regimen"]["dilution"]
    assert dilution["bag_ml"] == {"value": "500", "source": "site-1"}
    assert dilution["source"] == "smpc-infusion"
    assert not any("bag_ml" in text for text in view_copy(staffed.desk, draft).problems)


def test_a_part_is_copied_edited_and_named(staffed, begun):
    part = "premedication/npc-2001"
    staffed.refused("part", answer_row, staffed.desk, begun, part,
                    row_of(staffed.desk, begun, "items.antibiotic.dose", part), {"value": "5"}, SOP)  # fmt: skip
    staffed.refused("id", copy_part, staffed.desk, begun, part, "subcutaneous")
    staffed.refused("id", copy_part, staffed.desk, begun, part, "Our set")
    draft = staffed.made(copy_part(staffed.desk, begun, part, "npc-2001-here"))
    assert tomllib.loads(draft.text)["regimen"]["premedication"]["value"] == "npc-2001-here"
    own = "premedication/npc-2001-here"
    assert (tomllib.loads(draft.parts[own])["id"], tomllib.loads(draft.parts[own])["status"]) == (
        "npc-2001-here", "site")  # fmt: skip
    draft = staffed.made(
        answered(staffed, draft, "items.antibiotic.dose", part=own, value="500", unit="mg")
    )
    version = staffed.made(bring_in_copy(staffed.desk, draft, new_token()))
    bundle = staffed.made(bundle_of(staffed.desk, version.fingerprint))
    items = {item.id: item for item in bundle.premedication[None].items}
    assert (items["antibiotic"].dose, items["antibiotic"].unit) == (500, "mg")
    assert items["antibiotic"].source.document == SOP.document


def test_products_and_rule_sets_are_copied_alike(staffed, begun):
    draft = staffed.made(copy_part(staffed.desk, begun, "products/proleukin-us", "proleukin-here"))
    assert tomllib.loads(draft.text)["product"] == "proleukin-here"
    draft = staffed.made(answered(staffed, draft, "regimen.rule_set", value="til-2024"))
    draft = staffed.made(copy_part(staffed.desk, draft, "rulesets/til-2024", "rules-here"))
    field = "criteria.creatinine-hold.when (code creatinine).from"
    draft = staffed.made(answered(staffed, draft, field, part="rulesets/rules-here", value="2.4"))
    version = staffed.made(bring_in_copy(staffed.desk, draft, new_token()))
    bundle = staffed.made(bundle_of(staffed.desk, version.fingerprint))
    rules = bundle.rule_sets[None]
    assert rules.id == "rules-here"
    hold = next(row for row in rules.criteria if row.id == "creatinine-hold")
    assert str(hold.conditions[0].bounds.from_) == "2.4"
    assert hold.source.document == SOP.document
    assert bundle.product.id == "proleukin-here"


def test_text_written_by_hand_must_be_readable_as_values(staffed, begun):
    for text in ("[half", "dose = 7.5", "day = 2026-03-01", "gaps = 3", "site = 3", "sources = 3"):
        staffed.refused("text", take_text, staffed.desk, begun, "", text)
    draft = staffed.made(
        take_text(staffed.desk, begun, "", begun.text.replace("aldesleukin", "x", 1))
    )
    assert 'drug = "x"' in draft.text


OTHERS = (3, "x", [], {}, [{"a": 1}], {"a": {"b": 1}}, [[1]])


def everywhere(node, path=()):
    """Every place of a parsed file."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in pairs:
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from everywhere(child, (*path, key))


@pytest.mark.parametrize("other", OTHERS, ids=[str(one) for one in OTHERS])
def test_whatever_is_written_by_hand_is_shown_or_refused(staffed, begun, other):
    """Anything in any place: never a defect, and never brought in with a problem."""
    places = {path[-1] if isinstance(path[-1], str) else path: path
              for path in everywhere(data_of(begun.text))}  # fmt: skip
    shown = 0
    for path in places.values():
        data = data_of(begun.text)
        node = data
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = other
        if not unusable(text_of(data)):
            assert view_copy(staffed.desk, replace(begun, text=text_of(data))).files
            shown += 1
    assert shown > 20


def test_a_draft_with_a_problem_is_not_brought_in_and_stays_open(staffed):
    draft = staffed.made(open_copy(staffed.desk, "npc-bolus"))
    draft = filled(staffed, draft, ("id", "npc-bolus-here"))
    answer = staffed.refused("protocol-file", bring_in_copy, staffed.desk, draft, new_token())
    assert answer.text.startswith("npc-bolus-here.toml, line 5, version:")
    assert open_copies(staffed.desk) == (draft,)


def test_brought_in_once_and_closed(staffed, begun):
    version = staffed.once(lambda token: bring_in_copy(staffed.desk, begun, token))
    assert version.status == "draft"
    assert versions(staffed.desk) == (version,)
    assert open_copies(staffed.desk) == ()
    (closed,) = staffed.desk.journal.entries(kind="protocol-draft-closed")
    assert closed.body["fingerprint"] == version.fingerprint


def test_given_up_is_closed_and_begun_anew(staffed, begun):
    assert close_copy(staffed.desk, begun) is None
    assert open_copies(staffed.desk) == ()
    fresh = staffed.made(open_copy(staffed.desk, "npc-bolus"))
    assert fresh.id != begun.id
    assert fresh.saved_at is None


def test_a_new_version_keeps_its_id_and_the_parts_it_was_stored_with(active):
    (one,) = versions(active.desk)
    draft = active.made(open_copy(active.desk, one.fingerprint))
    data = tomllib.loads(draft.text)
    assert (data["id"], data["version"], data["site_copy_of"]) == (
        "npc-bolus-site",
        "",
        "npc-bolus",
    )
    draft = filled(active, draft, ("version", "1"), ("regimen.interval_h", "12"))
    active.refused("version-frozen", bring_in_copy, active.desk, draft, new_token())
    draft = filled(active, draft, ("version", "2"))
    version = active.made(bring_in_copy(active.desk, draft, new_token()))
    old, new = (
        active.made(bundle_of(active.desk, print_))
        for print_ in (one.fingerprint, version.fingerprint)
    )
    assert new.parts == old.parts
    assert new.protocol.regimens[0].interval_h.value == 12


def test_who_only_reads_changes_nothing(staffed, begun):
    row = row_of(staffed.desk, begun, "regimen.infusion_minutes")
    staffed.sign_in("monitor")
    staffed.refused("reading-only", open_copy, staffed.desk, "npc-bolus")
    staffed.refused("reading-only", answer_row, staffed.desk, begun, "", row, {"value": "5"}, SOP)
    staffed.refused("reading-only", bring_in_copy, staffed.desk, begun, new_token())
    assert close_copy(staffed.desk, begun).code == "reading-only"


def test_an_unknown_origin_is_refused(staffed):
    staffed.refused("unknown-protocol", open_copy, staffed.desk, "no-such")
    staffed.refused("unknown-version", open_copy, staffed.desk, "sha256:gone")


def test_definitions_and_companions_are_found_where_they_are_named(staffed, begun):
    draft = staffed.made(copy_part(staffed.desk, begun, "definitions/npc-2001", "toxicity-here"))
    assert tomllib.loads(draft.text)["toxicity_definitions"]["value"] == ["toxicity-here"]
    assert view_copy(staffed.desk, draft).problems == ()
    draft = staffed.made(open_copy(staffed.desk, "sct-maintenance"))
    part = "companions/interferon-alfa-2b"
    draft = staffed.made(copy_part(staffed.desk, draft, part, "interferon-here"))
    arms = tomllib.loads(draft.text)["regimens"].values()
    named = [arm["companions"]["interferon-alfa-2b"]["product"]["value"] for arm in arms]
    assert named == ["interferon-here", "interferon-here"]
    assert tomllib.loads(draft.text)["product"] == "proleukin-us"
