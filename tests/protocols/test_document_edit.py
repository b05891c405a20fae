"""A site's changes to a copy, each from text to text: what was answered stands there, nothing else moves."""

from __future__ import annotations

import pytest

from il2desk.paths import resource_dir
from il2desk.protocols.document import data_of, stated, unusable, written
from il2desk.protocols.document_edit import (
    SiteSource,
    answered,
    begun,
    part_begun,
    site_sources,
    with_part,
    without_gap,
)
from il2desk.protocols.document_rows import Row, field_of, named_parts, references, rows_of
from il2desk.protocols.document_text import comments_of, text_of

SOP = SiteSource("Pharmacy procedure 12", "section 4")
PROTOCOLS = sorted(path.stem for path in (resource_dir() / "protocols").glob("*.toml"))
SMALL = """\
format = 1
kind = "protocol"
id = "small"
title = "Small"
version = "1"
status = "draft"
product = "proleukin-us"
site_copy_of = "npc-bolus"
notes = ["one", "two"]
caps = "none"

[regimen]
dose = { value = "72000", unit = "international units per kg", source = "paper" }
doses_per_cycle = { value = 15, source = "paper" }
days = { value = [1, 2, 3], source = "paper" }
calm = { value = true, source = "paper" }
rule_set = { value = "jitc-2014", source = "paper" }

[[regimen.levels]]
first = 1
last = 2
source = "paper"

[[regimen.levels]]
first = 3
last = 4
source = "paper"

[regimen.dilution]
method = "undiluted"
source = "paper"

[site]
open = ["flush_ml", "syringes"]

[[gaps]]
field = "regimen.levels.3.dose"
name = "The dose of level 3"
fill_from = "the full paper"
filled_by = "the site"
blocks = ["dose"]

[[gaps]]
field = "rest_days"
name = "The rest"
fill_from = "the full paper"
filled_by = "the site"
blocks = ["activation"]

[sources.paper]
document = "the paper"
place = "page 1"
evidence = "paper"

# end of file
"""


@pytest.fixture
def specimen(resources):
    def text(name: str) -> str:
        return (resources / f"{name}.toml").read_text(encoding="utf-8")

    return text


def row_of(text: str, field: str, **more) -> Row:
    rows = rows_of(data_of(text), **more)
    return next(row for row in rows if row.field == field)


def after(text: str, field: str, way: int = 0, *, source=SOP, rows=None, **typed):
    """The data after a row was answered, written in one of the ways that are offered."""
    row = row_of(text, field, **(rows or {}))
    return data_of(answered(text, row, typed, source)[way])


def test_a_copy_begins_as_a_draft_without_id_and_version(specimen):
    data = data_of(begun(specimen("protocols/npc-bolus"), "npc-bolus"))
    assert (data["id"], data["version"], data["status"]) == ("", "", "draft")
    assert data["site_copy_of"] == "npc-bolus"
    again = begun(
        SMALL.replace('status = "draft"', 'status = "active"\neffective = "2026-03-01"'), "x"
    )
    data = data_of(again)
    assert (data["id"], data["version"], data["site_copy_of"]) == ("small", "", "npc-bolus")
    assert "effective" not in data


def test_a_part_begins_under_its_own_id(specimen):
    data = data_of(part_begun(specimen("rulesets/jitc-2014"), "own-rules"))
    assert (data["id"], data["status"]) == ("own-rules", "site")
    product = data_of(part_begun(specimen("products/proleukin-us"), "own-vial"))
    assert product["id"] == "own-vial"
    assert "status" not in product


def test_another_part_is_named_wherever_the_first_was():
    confirmed = SMALL.replace(
        "[site]\n",
        '[site]\nparts_confirmed = { value = ["rulesets/jitc-2014"], source = "paper" }\n',
    )
    data = data_of(with_part(confirmed, "rulesets/jitc-2014", "own-rules"))
    assert data["regimen"]["rule_set"]["value"] == "own-rules"
    assert data["site"]["parts_confirmed"]["value"] == ["rulesets/own-rules"]
    assert data_of(with_part(SMALL, "products/proleukin-us", "own"))["product"] == "own"


def test_parts_are_found_in_lists_rows_and_companions():
    data = {
        "product": "proleukin-us",
        "toxicity_definitions": {"value": ["who-1981", 3, "npc-2001"], "source": "s"},
        "arms": [{"rule_set": {"value": "til-2024"}}],
        "companions": {"interferon": {"product": {"value": "interferon-alfa-2b"}}},
        "premedication": 3,
    }
    assert named_parts(data) == (
        "products/proleukin-us", "definitions/who-1981", "definitions/npc-2001",
        "rulesets/til-2024", "companions/interferon-alfa-2b",
    )  # fmt: skip
    for one in references(data):
        one.name("mine")
    assert data["toxicity_definitions"]["value"] == ["mine", 3, "mine"]
    assert data["companions"]["interferon"]["product"]["value"] == "mine"


def test_another_value_keeps_its_kind_and_names_the_sites_document():
    data = after(SMALL, "regimen.dose", value="60000", unit="international units per kg")
    assert data["regimen"]["dose"] == {
        "value": "60000", "unit": "international units per kg", "source": "site-1"}  # fmt: skip
    assert data["sources"]["site-1"] == {
        "document": SOP.document, "place": SOP.place, "evidence": "site"}  # fmt: skip
    assert (
        after(SMALL, "regimen.doses_per_cycle", value="14")["regimen"]["doses_per_cycle"]["value"]
        == 14
    )
    assert (
        after(SMALL, "regimen.doses_per_cycle", value="x")["regimen"]["doses_per_cycle"]["value"]
        == "x"
    )
    assert after(SMALL, "regimen.days", value="1, 2; 4")["regimen"]["days"]["value"] == [1, 2, 4]
    assert after(SMALL, "regimen.days", value="a;b")["regimen"]["days"]["value"] == ["a", "b"]
    assert after(SMALL, "notes", value="three; four", source=None)["notes"] == ["three", "four"]
    for typed, stands in (("no", False), ("YES", True), ("perhaps", "perhaps")):
        assert after(SMALL, "regimen.calm", value=typed)["regimen"]["calm"]["value"] == stands


def test_an_empty_answer_confirms_what_stands():
    data = after(SMALL, "regimen.dose", value="", unit="")
    assert data["regimen"]["dose"]["value"] == "72000"
    assert data["regimen"]["dose"]["source"] == "site-1"


def test_a_source_is_named_once():
    text = answered(SMALL, row_of(SMALL, "regimen.dose"), {"value": "60000"}, SOP)[0]
    twice = answered(text, row_of(text, "regimen.days"), {"value": "1"}, SOP)[0]
    other = SiteSource("Another procedure", "section 1")
    thrice = answered(twice, row_of(twice, "regimen.calm"), {"value": "no"}, other)[0]
    assert site_sources(twice) == (SOP,)
    assert site_sources(thrice) == (SOP, other)
    assert data_of(thrice)["regimen"]["calm"]["source"] == "site-2"


def test_the_head_of_a_file_has_no_source():
    data = after(SMALL, "version", value="2", source=None)
    assert data["version"] == "2"
    assert after(SMALL, "effective", value="2026-03-01", source=None)["effective"] == "2026-03-01"


def test_a_gap_is_closed_by_its_answer_in_each_way_it_can_be_written():
    row = row_of(SMALL, "rest_days")
    ways = [
        data_of(text)["rest_days"]["value"] for text in answered(SMALL, row, {"value": "9"}, SOP)
    ]
    assert ways == ["9", 9, [9]]
    data = after(SMALL, "rest_days", value="9 days")
    assert [gap["field"] for gap in data["gaps"]] == ["regimen.levels.3.dose"]
    level = after(SMALL, "regimen.levels.3.dose", value="9", unit="international units")
    assert level["regimen"]["levels"][1]["dose"] == {
        "value": "9", "unit": "international units", "source": "site-1"}  # fmt: skip
    both = answered(SMALL, row, {"value": "9"}, SOP)[1]
    assert "gaps" not in data_of(without_gap(both, "regimen.levels.3.dose"))


def test_a_fact_is_filled_with_its_name():
    text = SMALL.replace('field = "rest_days"', 'field = "facts.rest"')
    data = after(text, "facts.rest", label="Rest", value="9 days")
    assert data["facts"]["rest"] == {"label": "Rest", "value": "9 days", "source": "site-1"}


def test_open_rules_of_the_site():
    syringe = {"syringe": "1 mL syringe", "up_to_ml": "1", "step_ml": "0.01"}
    data = after(SMALL, "site.syringes", **syringe)
    assert data["site"]["syringes"] == [{**syringe, "source": "site-1"}]
    assert data["site"]["open"] == ["flush_ml"]
    flush = after(text_of(data), "site.flush_ml", value="20")
    assert flush["site"]["flush_ml"] == {"value": "20", "source": "site-1"}
    assert "open" not in flush["site"]
    more = after(text_of(flush), "site.syringes", **syringe)
    assert len(more["site"]["syringes"]) == 2


def test_ages_are_asked_for_one_by_one():
    text = SMALL.replace('"flush_ml"', '"max_age_h"')
    rows = {"ages": ("heart_rate", "colour")}
    data = after(text, "site.max_age_h.heart_rate", value="2", rows=rows)
    assert data["site"]["max_age_h"] == {"source": "site-1", "heart_rate": "2"}
    assert data["site"]["open"] == ["syringes"]
    left = rows_of(data, ("heart_rate", "colour"))
    row = next(one for one in left if one.field == "site.max_age_h.colour")
    assert row.together == ("site.max_age_h.heart_rate",)
    assert row.name == "Age that colour may have at the check, hours"
    assert row_of(text, "site.max_age_h").by_hand


def test_a_part_is_confirmed_as_it_stands():
    rows = {"parts": ("rulesets/jitc-2014",)}
    field = "site.parts_confirmed rulesets/jitc-2014"
    data = after(SMALL, field, rows=rows)
    assert data["site"]["parts_confirmed"] == {"value": ["rulesets/jitc-2014"], "source": "site-1"}
    assert field not in {row.field for row in rows_of(data, (), rows["parts"])}


def test_a_limit_of_use_is_a_row_of_its_product(specimen):
    text = specimen("products/proleukin-us")
    data = after(
        text,
        "beyond_use.reconstituted",
        hours="48",
        counted_from="reconstitution",
        storage="2 to 8 °C",
    )
    assert data["beyond_use"][-1] == {
        "state": "reconstituted", "counted_from": "reconstitution", "hours": "48",
        "storage": "2 to 8 °C", "source": "site-1"}  # fmt: skip


def test_a_recipe_that_stands_in_a_gap_is_shown_and_confirmed_with_its_source(specimen):
    text = specimen("protocols/npc-bolus")
    row = row_of(text, "regimen.dilution")
    assert 'method "window-volume"' in row.value
    assert (row.kind, row.asks) == ("gap", ())
    data = after(text, "regimen.dilution")
    assert data["regimen"]["dilution"]["source"] == "site-1"
    assert data["regimen"]["dilution"]["method"] == "window-volume"


def test_a_hold_that_delays_asks_for_its_longest_delay():
    text = SMALL.replace("[site]\n", '[site]\nhold_means = { value = "delay", source = "paper" }\n')
    data = after(text, "site.hold_delay_max_h", value="8")
    assert data["site"]["hold_delay_max_h"]["value"] == "8"


@pytest.mark.parametrize(
    "more",
    ['hold_delay_max_h = { value = "8", source = "paper" }\n', 'open = ["hold_delay_max_h"]\n', ""],
)
def test_the_longest_delay_goes_with_the_hold_that_delayed(more: str):
    hold = 'hold_means = { value = "delay", source = "paper" }\n'
    site = '[site]\nopen = ["flush_ml", "syringes"]\n'
    assert site in SMALL
    data = after(SMALL.replace(site, f"[site]\n{hold}{more}"), "site.hold_means",
                 value="skip the slot")  # fmt: skip
    assert set(data["site"]) == {"hold_means"}
    kept = after(SMALL.replace(site, f"[site]\n{hold}{more}"), "site.hold_means", value="delay")
    assert ("hold_delay_max_h" in kept["site"]) is more.startswith("hold_delay")


def test_what_has_no_source_and_no_field_is_written_by_hand():
    rows = {row.field: row for row in rows_of(data_of(SMALL))}
    assert rows["caps"].asks == ()
    assert rows["notes"].asks
    for gap, by_hand in (("regimen.basis", True), ("criteria.renal", True), ("rest_days", False)):
        text = SMALL.replace('field = "rest_days"', f'field = "{gap}"')
        assert row_of(text, gap).by_hand is by_hand


def test_rows_say_what_they_need():
    rows = {row.field: row for row in rows_of(data_of(SMALL))}
    assert rows["rest_days"].needs_source
    assert rows["rest_days"].is_open
    assert not rows["version"].needs_source
    assert not rows["version"].is_open
    assert "effective" not in {
        row.field for row in rows_of(data_of(SMALL.replace('"protocol"', '"product"')))
    }


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_value_of_a_protocol_has_a_field_and_can_be_confirmed(specimen, name):
    text = specimen(f"protocols/{name}")
    data = data_of(text)
    for one in stated(data):
        assert field_of(data, one.path)
    for row in rows_of(data):
        if row.asks or row.by_hand or row.kind != "to confirm":
            continue
        confirmed = data_of(answered(text, row, {}, SOP)[0])
        (value,) = [one for one in stated(confirmed) if one.path == row.path]
        assert value.source.document == SOP.document


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = ", "Line 1: this is not valid TOML"),
        ("a = 1.5", "without quotes"),
        ("a = [2026-03-01]", "without quotes"),
        ("a = { b = [1.5] }", "without quotes"),
        ("site = 3", "no table of the form"),
        ("sources = 3", "no table of the form"),
        ("sources = { a = 3 }", "no table of the form"),
        ("sources = { a = { document = 3 } }", "no table of the form"),
        ("[site]\nopen = 3", "no table of the form"),
        ("[site]\nopen = [3]", "no table of the form"),
        ("[site]\nmax_age_h = 3", "no table of the form"),
        ("[site]\nparts_confirmed = 3", "no table of the form"),
        ("[site]\nparts_confirmed = { value = 3 }", "no table of the form"),
        ("[site]\nsyringes = 3", "no table of the form"),
        ("required = 3", "no table of the form"),
        ("beyond_use = 3", "no table of the form"),
        ("gaps = 3", "no table of the form"),
        ("[[gaps]]\nname = 'x'", "no table of the form"),
        ("[[gaps]]\nfield = 'x'\nblocks = ['dose']", ""),
        ("a = 1", ""),
    ],
)
def test_a_text_that_cannot_be_shown_as_values_says_why(text, said):
    why = unusable(text)
    assert said in why if said else why == ""


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("72000", "international units per kg", "72,000 international units per kg"),
        ("72000", "", "72,000"),
        ("oral", "", '"oral"'),
        ("oral", "route", '"oral" route'),
        (True, "", "yes"),
        (False, "", "no"),
        ((), "", "nothing"),
        (("5", "10", "x"), "", '5, 10, "x"'),
    ],
)
def test_values_as_people_read_them(value, unit, text):
    assert written(value, unit).replace("\u00a0", " ") == text


def test_a_remark_above_a_table_that_holds_only_tables_stays():
    text = "a = 1\n\n# arms\n[site]\n\n[site.x]\nb = { value = 1 }\n\n# end of file\n"
    again = text_of(data_of(text), comments_of(text))
    assert "# arms" in again.splitlines()
    assert data_of(again) == data_of(text)
