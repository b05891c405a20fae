"""Two versions side by side: every kind of difference in a sentence, and nothing where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.protocols import what_changed

PRACTICE = "practice/npc-bolus-practice.toml"
INVENTED = "(source: Practice trial, fictional, no place (invented for practice))"
CHI = "Chi KH et al., Oncology 2001;60:110-115, abstract, page 110 (published paper)"
YANG = "protocols/yang-2003.toml"

# name -> file, old text, new text, kind, path, sentence
CASES = {
    "another dose": (
        PRACTICE, '"72000"', '"70000"', "changed", "regimen.dose",
        f"regimen.dose changed from 72,000 to 70,000 international units per kg (source: {CHI})."),
    "another unit": (
        PRACTICE, 'unit = "international units per kg"', 'unit = "international units per m2"', "changed", "regimen.dose",
        ("regimen.dose changed from 72,000 international units per kg to 72,000 international units per "
        f"m2 (source: {CHI}).")),
    "another count": (
        PRACTICE, "value = 15", "value = 14", "changed", "regimen.doses_per_cycle",
        f"regimen.doses_per_cycle changed from 15 to 14 (source: {CHI})."),
    "other words": (
        PRACTICE, '"glucose 5 %"', '"sodium chloride 0.9 %"', "changed", "regimen.dilution.diluent",
        'regimen.dilution.diluent changed from "glucose 5 %" to "sodium chloride 0.9 %" ' + INVENTED + "."),
    "the head has no source": (
        PRACTICE, 'version = "1"', 'version = "2"', "changed", "version", "version changed from 1 to 2."),
    "value and source": (
        PRACTICE, 'interval_h = { value = "8", source = "chi-2001" }',
        'interval_h = { value = "12", source = "practice" }', "changed", "regimen.interval_h",
        ("regimen.interval_h changed from 8 to 12 (source: Practice trial, fictional, no place (invented "
        f"for practice); before: {CHI}).")),
    "another mark": (
        PRACTICE, 'interval_h = { value = "8", source = "chi-2001" }',
        'interval_h = { value = "8", source = "practice" }', "source", "regimen.interval_h",
        ("regimen.interval_h is 8 as before; its mark changed from published paper to invented for practice "
        f"(source: Practice trial, fictional, no place (invented for practice); before: {CHI}).")),
    "a value added": (
        PRACTICE, "[regimen.dilution]", ('[facts.weighing]\nlabel = "Weighing"\nvalue = "daily"\n'
        'source = "practice"\n\n[regimen.dilution]'), "added", "facts.weighing",
        f'facts.weighing was added: "daily" {INVENTED}.'),
    "a value removed": (
        PRACTICE, 'creatinine = "24"\n', "", "removed", "site.max_age_h.creatinine",
        f"site.max_age_h.creatinine was removed; it was 24 {INVENTED}."),
    "entries of a list": (
        PRACTICE, '"15", "20", "25", ', '"15", "25", "30", ', "changed", "regimen.dilution.listed_ml",
        f"regimen.dilution.listed_ml changed: now also 30, no longer 20 {INVENTED}."),
    "a list in another order": (
        PRACTICE, '["30", "250"]', '["250", "30"]', "reordered", "weight_range_kg",
        "weight_range_kg has the same entries in another order: 250, 30."),
    "days of a cycle": (
        YANG, "36, 37, 38, 39, 40,", "36, 37, 38, 39, 41,", "changed", "regimens.subcutaneous.days",
        ("regimens.subcutaneous.days changed: now also 41, no longer 40 (source: Yang JC et al., Cancer J "
        "Sci Am 1997;3 Suppl 1:S79, abstract, page S79: 5 of 7 days, read as days 1 to 5 of each week (a "
        "reading of the source, to be confirmed by the site)).")),
    "a level by its first week": (
        YANG, '"125000"', '"120000"', "changed", "regimens.subcutaneous.levels (first 2).dose",
        ("regimens.subcutaneous.levels (first 2).dose changed from 125,000 to 120,000 international units "
        "per kg (source: Yang JC et al., Cancer J Sci Am 1997;3 Suppl 1:S79, abstract, page S79 (published "
        "paper)).")),
    "a gap opened": (
        YANG, 'field = "rest_days"', 'field = "caps"', "gap opened", "caps",
        "The gap caps (The rest between cycles) was opened."),
    "a gap taken away without a value": (
        YANG, 'field = "rest_days"', 'field = "caps"', "gap removed", "rest_days",
        "The gap rest_days (The rest between cycles) was removed."),
    "an open rule filled": (
        "protocols/npc-bolus.toml", 'open = [\n  "syringes",\n  "vial_rule",',
        'vial_rule = { value = "content", source = "chi-2001" }\nopen = [\n  "syringes",', "gap filled",
        "site.vial_rule", f'The gap site.vial_rule was filled: "content" (source: {CHI}).'),
}  # fmt: skip

SYRINGES = """[[site.syringes]]
syringe = "1 mL syringe"
up_to_ml = "1"
step_ml = "0.01"
source = "practice"

[[site.syringes]]
syringe = "3 mL syringe"
up_to_ml = "3"
step_ml = "0.1"
source = "practice"
"""


def text_of(resources: Path, name: str) -> str:
    return (resources / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_difference_is_one_sentence(resources, name):
    file, old, new, kind, where, sentence = CASES[name]
    text = text_of(resources, file)
    assert old in text
    found = what_changed({"": text}, {"": text.replace(old, new, 1)})
    plain = {
        one.text.replace("\u00a0", " ") for one in found if (one.kind, one.where) == (kind, where)
    }
    assert plain == {sentence}, [one.text for one in found]
    assert all(one.part == "" for one in found)


@pytest.mark.parametrize("name", [PRACTICE, YANG])
def test_the_same_is_no_difference_however_it_is_laid_out(resources, name):
    text = text_of(resources, name)
    assert what_changed({"": text}, {"": text}) == ()
    moved = text.replace("\n\n[regimen", "\n# a remark\n\n\n[regimen").replace("\n", "\r\n")
    assert what_changed({"": text}, {"": moved}) == ()


def test_rows_that_moved_are_reordered_and_not_changed(resources):
    text = text_of(resources, PRACTICE)
    assert SYRINGES in text
    one, two = SYRINGES.strip().split("\n\n")
    (found,) = what_changed({"": text}, {"": text.replace(SYRINGES, f"{two}\n\n{one}\n")})
    assert (found.kind, found.where) == ("reordered", "site.syringes")
    assert found.text == (
        "The rows of site.syringes stand in another order: syringe 3 mL syringe, syringe 1 mL syringe."
    )


def test_a_part_is_compared_with_the_part_whose_place_it_took(catalogue, practice_file):
    old = catalogue.bundle_for("npc-bolus").texts
    new = catalogue.bundle_for(practice_file).texts
    found = what_changed(old, new)
    texts = [one.text for one in found]
    assert (
        "The part premedication/npc-2001 was replaced by premedication/npc-2001-practice." in texts
    )
    assert "The part rulesets/jitc-2014 was added." in texts
    doses = [one for one in found if one.where == "items.antipyretic.dose"]
    assert [(one.part, one.kind) for one in doses] == [
        ("premedication/npc-2001-practice", "gap filled")
    ]
    back = [one.text for one in what_changed(new, old)]
    assert "The part rulesets/jitc-2014 was removed." in back


def test_every_filled_gap_of_a_copy_is_named(catalogue, practice_file):
    specimen, copy = catalogue.bundle_for("npc-bolus"), catalogue.bundle_for(practice_file)
    filled = {
        one.where
        for one in what_changed(specimen.texts, copy.texts)
        if one.kind == "gap filled" and one.part == ""
    }
    assert filled == {gap.field for gap in specimen.protocol.gaps}


def test_any_single_change_of_a_value_is_seen(resources):
    """Each number of the practice copy, changed alone, is named."""
    text = text_of(resources, PRACTICE)
    lines = text.splitlines()
    seen = 0
    for at, line in enumerate(lines):
        if line.startswith(("format", "#", "kind")) or not any(sign.isdigit() for sign in line):
            continue
        digit = next(sign for sign in line.partition("=")[2] or line if sign.isdigit())
        head, mark, tail = line.partition("=") if "=" in line else ("", "", line)
        changed = head + mark + tail.replace(digit, str((int(digit) + 1) % 10 or 1), 1)
        new = "\n".join((*lines[:at], changed, *lines[at + 1 :]))
        try:
            found = what_changed({"": text}, {"": new})
        except ValueError:
            continue  # no TOML any more
        assert found, line
        seen += 1
    assert seen > 40
