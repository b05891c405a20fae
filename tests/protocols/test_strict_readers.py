"""What a file contradicts itself in: each contradiction is a problem with its key and its remedy."""

from __future__ import annotations

import gc
import shutil
from dataclasses import replace

import pytest

from il2desk.dosing import Evidence, Protocol, Refusal
from il2desk.protocols import (
    CatalogueFault,
    Problems,
    activation_blockers,
    check_file,
    load_catalogue,
    load_protocol_file,
    load_protocol_text,
)
from il2desk.protocols.file_kinds import parse_premedication, parse_product
from il2desk.protocols.loading import problems_of_text

NPC, YANG = "protocols/npc-bolus.toml", "protocols/yang-2003.toml"
SC, CIV = "protocols/proleukin-eu-sc.toml", "protocols/proleukin-eu-civ.toml"
TWICE, SCT = "protocols/atzpodien.toml", "protocols/sct-maintenance.toml"
PRACTICE = "practice/npc-bolus-practice.toml"
INTERFERON, US = "companions/interferon-alfa-2b.toml", "products/proleukin-us.toml"
CONSENSUS, LABEL = "premedication/high-dose-consensus.toml", "rulesets/us-label-2023.toml"
CTCAE = "definitions/ctcae-5.toml"
ROUTES = '["subcutaneous", "intramuscular"], source = "us-label-copies"'
SPO2 = (
    'until = [{ code = "spo2", above = "90" }]\nuntil_text = "oxygen saturation above 90 percent"\n'
)
OPEN = 'level_by = "month"\n'
MONTH = 'dose = { value = "9", unit = "international units", source = "abstract" }\n'
RANGE = (
    'between = {{ from = "{}", to = "{}", unit = "international units", source = "abstract" }}\n'
)
LEVEL = "[[regimens.escalating.levels]]\nfirst = {}\nlast = {}\n"
DILUTION = "[regimens.escalating.dilution]\n"
CAP = '[[caps]]\nname = "limit"\nlimit_iu = "9000000"\nsource = "chi-2001"\n\n'
DOUBT = '[sources.doubt]\ndocument = "a note"\nplace = "page 1"\nevidence = "unconfirmed"\n\n'

# File, text, its replacement, key of the problem, words of it.
CASES = {
    "a cap in doubt": (NPC, "[site]\n", CAP.replace("chi-2001", "doubt") + DOUBT + "[site]\n", "caps.0.source", "Confirm it"),
    "a subcutaneous time": (YANG, 'premedication = { value = "subcutaneous"', 'infusion_minutes = { value = "15", source = "yang-1997" }\npremedication = { value = "subcutaneous"', "regimens.subcutaneous.infusion_minutes", "subcutaneous"),
    "volumes unsorted": (NPC, '"5", "10", "15"', '"10", "5", "15"', "regimen.dilution.listed_ml", "ascending"),
    "a bag for volumes": (NPC, 'method = "window-volume"\n', 'method = "window-volume"\nbag_ml = "50"\n', "regimen.dilution.bag_ml", "bag_ml"),
    "levels that are not counted": (YANG, 'level_by = "week"\n', "", "regimens.subcutaneous.level_by", "is missing"),
    "a level that ends too early": (YANG, "first = 2\nlast = 6", "first = 2\nlast = 1", "regimens.subcutaneous.levels.1.last", "before its start"),
    "listed days of a week": (YANG, "first = 2\nlast = 6\n", "days = [2, 3]\n", "regimens.subcutaneous.levels.1.days", 'level_by = "day"'),
    "some levels list their days": (YANG, "first = 2\nlast = 6\n", "days = [2, 3]\n", "regimens.subcutaneous.levels.1.days", "List them all"),
    "some levels list no days": (SC, "days = [\n  10, 11, 12,\n  17, 18, 19,\n  24, 25, 26,\n]\n", "first = 24\nlast = 26\n", "regimen.levels.1.first", "List them all"),
    "days of a level unsorted": (SC, "  10, 11, 12,\n", "  11, 10, 12,\n", "regimen.levels.1.days", "ascending"),
    "a day in two levels": (SC, "  10, 11, 12,\n", "  9, 10, 11, 12,\n", "regimen.levels.1.days", "stands in two levels"),
    "days listed twice over": (SC, 'level_by = "day"\n', 'level_by = "day"\ndays = { value = [1, 2], source = "smpc" }\n', "regimen.days.value", "already"),
    "a dose and levels": (YANG, 'level_by = "week"\n', 'level_by = "week"\ndose = { value = "250000", unit = "international units per kg", source = "yang-1997" }\n', "regimens.subcutaneous.levels", "Keep one"),
    "a dose outside its range": (SCT, DILUTION, LEVEL.format(1, 1) + MONTH + RANGE.format(3, 6) + "\n" + DILUTION, "regimens.escalating.levels.0.dose", "outside"),
    "a range upside down": (SCT, DILUTION, LEVEL.format(1, 1) + RANGE.format(6, 3) + "\n" + DILUTION, "regimens.escalating.levels.0.between.to", "not above its start"),
    "an interval and days": (NPC, "doses_per_cycle = { value = 15", 'days = { value = [1, 2], source = "chi-2001" }\ndoses_per_cycle = { value = 15', "regimen.days", "not both"),
    "an interval so many times a day": (NPC, "doses_per_cycle = { value = 15", 'times_a_day = { value = 2, source = "chi-2001" }\ndoses_per_cycle = { value = 15', "regimen.times_a_day", "by an interval"),
    "doses a day apart": (TWICE, 'hours_apart = { value = "12"', 'hours_apart = { value = "24"', "regimen.hours_apart", "less than 24"),
    "a count that does not fit": (TWICE, 'hours_apart = { value = "12"', 'doses_per_cycle = { value = 17, source = "abstract" }\nhours_apart = { value = "12"', "regimen.doses_per_cycle", "17 doses do not fit 18"),
    "a total that is not reached": (SC, 'printed = "63"', 'printed = "64"', "regimen.totals.1.printed", "63"),
    "a total in another unit": (SC, 'unit = "million international units"\ndays = [1', 'unit = "million international units per kg"\ndays = [1', "regimen.totals.0.unit", "unit of the doses"),
    "a total in words": (SC, 'printed = "90"', 'printed = "ninety"', "regimen.totals.0.printed", "digits and one point"),
    "a total on a day off": (SC, "days = [1, 2, 3, 4, 5]", "days = [1, 2, 3, 4, 6]", "regimen.totals.0.printed", "Fill them in first"),
    "a time that ends too early": (NPC, "most_days = 42", "most_days = 34", "intervals.evaluation.most_days", "before its start"),
    "cycles that are none": (CIV, "after_cycles = [1]", "after_cycles = [3, 1]", "intervals.second-period.after_cycles", "first and the last"),
    "a companion by no route": (SCT, '[regimens.high-dose.companions.interferon-alfa-2b]\ndrug = "interferon alfa-2b"\nroute = { value = "subcutaneous"', '[regimens.high-dose.companions.interferon-alfa-2b]\ndrug = "interferon alfa-2b"\nroute = { value = "by air"', "regimens.high-dose.companions.interferon-alfa-2b.route", "no route"),
    "a companion of no product": (SCT, 'product = { value = "interferon-alfa-2b"', 'product = { value = "interferon-alfa-9"', "", "no companion product"),
    "a companion of another drug": (SCT, '[regimens.high-dose.companions.interferon-alfa-2b]\ndrug = "interferon alfa-2b"', '[regimens.high-dose.companions.interferon-alfa-2b]\ndrug = "interferon alfa-2a"', "regimens.high-dose.companions.interferon-alfa-2b", "Correct one"),
    "a companion in another unit": ("protocols/ceplene-il2.toml", 'unit = "mg"', 'unit = "international units"', "regimen.companions.histamine-dihydrochloride", "Correct one"),
    "a companion not on the shelf": ("protocols/ceplene-il2.toml", 'presentation = { value = "vial"', 'presentation = { value = "pen"', "regimen.companions.histamine-dihydrochloride", "has no presentation pen"),
    "a companion product of nothing": (INTERFERON, None, None, "presentations", "the product has none"),
    "a companion product in doubt": (INTERFERON, 'evidence = "label"', 'evidence = "unconfirmed"', "presentations.powder-10.strength_per_ml", "marked unconfirmed"),
    "doses of a vial": (INTERFERON, 'kind = "vial"\n', 'kind = "vial"\npen_doses = ["1"]\n', "presentations.powder-10.pen_doses", "only a pen"),
    "no routes": (INTERFERON, "routes = { value = " + ROUTES + " }\n", "", "presentations.powder-10.routes", "is missing"),
    "a route that is none": (INTERFERON, ROUTES, ROUTES.replace("intramuscular", "by air"), "presentations.powder-10.routes.value", "no route"),
    "a window upside down": (US, 'from = "30"', 'from = "71"', "window_mcg_per_ml.to", "71"),
    "a band after the last": (US, "[[beyond_use]]\n", '[[bag_bands]]\nup_to_iu = "90000000"\nbag_ml = "100"\nsource = "label-dilution"\n\n[[beyond_use]]\n', "bag_bands.3", "open"),
    "no last band": (US, '[[bag_bands]]\nbag_ml = "100"\nsource = "label-dilution"\n\n', "", "bag_bands.1.up_to_iu", "last"),
    "a premedication set of nothing": (CONSENSUS, None, None, "items", "no item"),
    "an item with two doses": (CONSENSUS, 'dose = { value = "650", unit = "mg", source = "til-table-2" }\n', 'dose = { value = "650", unit = "mg", source = "til-table-2" }\ndose_per_kg = { value = "9", unit = "mg", source = "til-table-2" }\n', "items.acetaminophen.dose_per_kg", "Keep one"),
    "hours upside down": (CONSENSUS, 'from = "6", to = "8"', 'from = "8", to = "6"', "items.indomethacin.interval_h.to", "8"),
    "no condition": (LABEL, 'when = [{ code = "spo2", below = "90" }]', "when = []", "criteria.spo2-low.when", "at least one"),
    "a condition that says nothing": (LABEL, '{ code = "spo2", below = "90" }', '{ code = "spo2" }', "criteria.spo2-low.when.0", "one"),
    "per kg of no limit": (LABEL, '{ code = "spo2", below = "90" }', '{ code = "spo2", per_kg = true }', "criteria.spo2-low.when.0.per_kg", "without a limit"),
    "two limits of one side": (LABEL, '{ code = "spo2", below = "90" }', '{ code = "spo2", below = "90", to = "90" }', "criteria.spo2-low.when.0", ""),
    "limits of a word": (LABEL, '{ code = "tamponade", is_true = true }', '{ code = "tamponade", below = "3" }', "criteria.tamponade.when.0.code", "no number"),
    "yes of a number": (LABEL, '{ code = "spo2", below = "90" }', '{ code = "spo2", is_true = true }', "criteria.spo2-low.when.0.is_true", "yes or no"),
    "a scope of a row that holds": (LABEL, SPO2, SPO2 + 'scope = "for good"\n', "criteria.spo2-low.scope", "Leave it out"),
    "an end of a stop": (LABEL, 'when = [{ code = "tamponade", is_true = true }]\n', 'when = [{ code = "tamponade", is_true = true }]\nuntil = [{ code = "spo2", above = "90" }]\nuntil_text = "x"\n', "criteria.tamponade.until", "no end"),
    "an end without words": (LABEL, 'until_text = "oxygen saturation above 90 percent"\n', "", "criteria.spo2-low.until_text", "is missing"),
    "a step beyond its syringe": (PRACTICE, 'up_to_ml = "1"\nstep_ml = "0.01"', 'up_to_ml = "1"\nstep_ml = "1.5"', "site.syringes.0.step_ml", "larger than the syringe"),
    "syringes unsorted": (PRACTICE, 'up_to_ml = "3"', 'up_to_ml = "1"', "site.syringes.1.up_to_ml", "smallest"),
    "another vial rule": (PRACTICE, 'vial_rule = { value = "withdrawable"', 'vial_rule = { value = "by eye"', "site.vial_rule", "not known"),
    "a code left to the team": (PRACTICE, "parts_confirmed = ", 'left_to_team = { value = ["mood"], source = "practice" }\nparts_confirmed = ', "site.left_to_team", "no finding code"),
    "an end without a delay": (PRACTICE, "hold_means = ", 'hold_delay_max_h = { value = "4", source = "practice" }\nhold_means = ', "site.hold_delay_max_h", "Leave it out"),
    "no words of a drug": ("interactions/aldesleukin.toml", 'names = ["steroid", "corticosteroid", "dexamethasone", "prednisone", "prednisolone", "hydrocortisone"]', "names = []", "drugs.systemic-steroid.names", "the list is empty"),
    "an unknown source of a drug": ("interactions/aldesleukin.toml", 'sources = ["swiss-text"]', 'sources = ["swiss-texts"]', "drugs.systemic-steroid.sources", "not among"),
    "a maximum in another unit": (CONSENSUS, 'timing = "every 6 to 8 hours"', 'single_max = { value = "1", unit = "g", source = "jitc-table-2" }\ntiming = "every 6 to 8 hours"', "items.indomethacin.single_max", "unit of the dose"),
    "a conflict of one side": (CONSENSUS, '  { text = "3 g a day by mouth", source = "rcc-trial" },\n', "", "conflicts.acetaminophen.says", "two sides"),
    "a count of none": (NPC, "doses_per_cycle = { value = 15", "doses_per_cycle = { value = 0", "regimen.doses_per_cycle.value", "is not a count"),
    "a row that is no table": (NPC, "[regimen]\n", 'caps = ["3"]\n\n[regimen]\n', "caps", "row 1 is not"),
    "a number among texts": (NPC, 'weight_range_kg = ["30", "250"]', 'weight_range_kg = ["30", 250]', "weight_range_kg", "quotes"),
    "no term": (CTCAE, None, None, "terms", "no term"),
    "a term of nothing": (CTCAE, 'grades = [\n  { grade = 1, above = "1", to = "1.5", of = "upper limit of normal" },\n  { grade = 2, above = "1.5", to = "3", of = "baseline" },\n  { grade = 2, above = "1.5", to = "3", of = "upper limit of normal" },\n  { grade = 3, above = "3", of = "baseline" },\n  { grade = 3, above = "3", to = "6", of = "upper limit of normal" },\n  { grade = 4, above = "6", of = "upper limit of normal" },\n]\n', "", "terms.creatinine-increased.grades", "grades or words"),
    "a grade without limits": (CTCAE, '{ grade = 2, above = "1.5", to = "3", of = "baseline" }', '{ grade = 2, of = "baseline" }', "terms.creatinine-increased.grades.1", "has limits"),
    "a grade of six": (CTCAE, '{ grade = 2, above = "1.5", to = "3", of = "baseline" }', '{ grade = 6, above = "1.5", to = "3", of = "baseline" }', "terms.creatinine-increased.grades.1.grade", "no grade"),
}  # fmt: skip


def emptied(text: str) -> str:
    """The head and the sources of a file, without the tables between them."""
    head = text.split("\n[", 1)[0]
    return head + "\n\n[sources" + text.split("\n[sources", 1)[1]


@pytest.mark.parametrize("name", CASES)
def test_a_contradiction_is_named_with_its_remedy(catalogue, site_copy, name):
    file, old, new, key, said = CASES[name]
    if old is None:
        path = site_copy(file)
        path.write_text(emptied(path.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        path = site_copy(file, (old, new))
    problems = check_file(path, catalogue).problems
    found = [problem for problem in problems if problem.key == key and said in problem.text]
    assert found, [problem.sentence for problem in problems]


IN_DOUBT = {
    "the infusion time": (
        NPC, "[regimen.dilution]\n",
        'infusion_minutes = { value = "15", source = "doubt" }\n\n' + DOUBT + "[regimen.dilution]\n",
        "regimen.infusion_minutes"),
    "the shelf of a companion": (
        SCT, 'product = { value = "interferon-alfa-2b", source = "product-proposal" }\n\n[regimens.escalating]',
        'product = { value = "interferon-alfa-2b", source = "doubt" }\n\n' + DOUBT + "[regimens.escalating]",
        "regimens.high-dose.companions.interferon-alfa-2b.product"),
}  # fmt: skip


def without_gap(text: str, field: str) -> str:
    """The file without the gap of the field: what is in doubt lists itself."""
    blocks = text.split("[[gaps]]\n")
    return "[[gaps]]\n".join(one for one in blocks if f'field = "{field}"' not in one)


@pytest.mark.parametrize("name", IN_DOUBT)
def test_a_value_in_doubt_is_a_gap_and_never_computed_with(catalogue, site_copy, name):
    file, old, new, field = IN_DOUBT[name]
    path = site_copy(file, (old, new))
    path.write_text(without_gap(path.read_text(encoding="utf-8"), field), encoding="utf-8")
    loaded = load_protocol_file(path, catalogue)
    assert isinstance(loaded, Protocol), loaded
    assert field in {gap.field for gap in loaded.gaps}
    assert loaded.regimens[0].infusion_minutes is None
    assert all(one.product is None for one in loaded.regimens[0].companions)


def test_an_amount_in_doubt_is_a_gap(resources):
    text = (resources / CONSENSUS).read_text(encoding="utf-8")
    amount = 'dose = {{ value = "25", unit = "mg", source = "{}" }}\ntiming = "every 6 to 8 hours"'
    assert amount.format("jitc-table-2") in text
    doubtful = text.replace(amount.format("jitc-table-2"), amount.format("doubt"))
    parsed = parse_premedication("set.toml", doubtful.replace("[sources.", DOUBT + "[sources.", 1))
    assert parsed.problems == ()
    item = next(one for one in parsed.value.items if one.id == "indomethacin")
    assert (item.dose, item.unit) == (None, None)
    assert "items.indomethacin.dose" in {gap.field for gap in parsed.value.gaps}


def test_a_total_of_a_dose_that_is_open_cannot_be_held(catalogue, resources, site_copy):
    """Levels by month have no days, and an open dose no amount."""
    total = (
        '[[regimens.escalating.totals]]\nlabel = "x"\nprinted = "9"\n'
        'unit = "million international units"\nsource = "abstract"\n'
    )
    for level in ("", LEVEL.format(1, 1) + MONTH + "\n"):
        path = site_copy(SCT, (DILUTION, level + total + "\n" + DILUTION))
        texts = [one.text for one in check_file(path, catalogue).problems]
        assert any("a total needs a dose" in text for text in texts), texts


def test_an_open_level_has_no_total(catalogue, site_copy):
    text = '[[regimen.totals]]\nlabel = "x"\nprinted = "9"\nunit = "million international units"\ndays = [1]\nsource = "smpc"\n\n'
    dose = 'dose = { value = "18000000", unit = "international units", source = "day-list" }\n'
    path = site_copy(SC, (dose, ""), ("[regimen.dilution]\n", text + "[regimen.dilution]\n"))
    texts = [one.text for one in check_file(path, catalogue).problems]
    assert any("a total needs a dose" in one for one in texts), texts


def test_texts_of_parts_are_looked_at_alone(resources):
    for part, file in (("", NPC), ("rulesets/us-label-2023", LABEL)):
        text = (resources / file).read_text(encoding="utf-8")
        assert problems_of_text(part, text) == ()
        assert problems_of_text(part, text.replace("format = 1", "format = 2"))


def test_a_file_that_is_not_there(catalogue, tmp_path):
    check = check_file(tmp_path / "none.toml", catalogue)
    assert "cannot be read" in check.problems[0].text


def test_a_part_of_another_name_is_refused(resources):
    text = (resources / US).read_text(encoding="utf-8")
    parsed = parse_product("proleukin-eu.toml", text, "proleukin-eu")
    assert any(one.key == "id" for one in parsed.problems)


def test_unheard_definitions_are_refused(catalogue):
    refusal = catalogue.definitions("who-1999")
    assert isinstance(refusal, Refusal)
    assert "who-1981" in refusal.text


def test_a_rule_set_that_is_not_there_is_named(catalogue, site_copy):
    path = site_copy(
        YANG, ('rule_set = { value = "us-label-2023"', 'rule_set = { value = "us-label-1999"')
    )
    problems = load_protocol_file(path, catalogue)
    assert isinstance(problems, Problems)
    assert any(
        "no rule set us-label-1999" in one.text or "us-label-1999" in one.text
        for one in problems.problems
    )


def test_a_part_beside_the_file_that_cannot_be_read(catalogue, site_copy):
    path = site_copy(NPC, ('product = "proleukin-us"', 'product = "own-product"'))
    path.with_name("own-product.toml").write_bytes(b"\xff\xfe\x00")
    problems = load_protocol_file(path, catalogue)
    assert isinstance(problems, Problems)
    assert problems.problems[0].file == "own-product.toml"


def test_a_shipped_part_that_cannot_be_read_is_a_fault(resources, tmp_path):
    for folder in ("products", "protocols"):
        shutil.copytree(resources / folder, tmp_path / folder)
    (tmp_path / "products" / "proleukin-us.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogueFault, match="not UTF-8"):
        load_catalogue(tmp_path).product("proleukin-us")


def test_a_part_in_doubt_blocks_activation(catalogue, resources):
    bundle = catalogue.bundle_for("nci-720k")
    part = next(iter(bundle.parts))
    doubtful = replace(
        bundle, marks=((part, "items.x.dose", Evidence.UNCONFIRMED),), confirmed=(part,)
    )
    said = [one for one in activation_blockers(doubtful) if "is unconfirmed" in one]
    assert said == [
        f"items.x.dose in {part} is unconfirmed. Confirm it in the site's own copy of that file."
    ]


def test_what_is_to_be_confirmed_says_how(catalogue):
    """There is no mark to set: a value is confirmed by a source of the site, where it stands."""
    bundle = catalogue.bundle_for("npc-bolus")
    part = next(iter(bundle.parts))
    marks = (
        ("", "facts.x", Evidence.UNCONFIRMED),
        (part, "a", Evidence.READING),
        (part, "b", Evidence.UNCONFIRMED),
    )
    said = [one for one in activation_blockers(replace(bundle, marks=marks)) if "Compare it" in one]
    own = f'name a source of the site (evidence "site") for it in the site\'s own copy of {part}.'
    assert [one.partition("document, then ")[2] for one in said] == [
        'name a source of the site (evidence "site") for it in the copy of the protocol.',
        f"list {part} under site.parts_confirmed, or {own}",
        own,
    ]


@pytest.mark.parametrize(("protocol", "field", "file"), [
    ("calgb-19808", "items.acetaminophen.dose", "premedication set"),
    ("proleukin-us", "criteria.renal", "rule set"),
    ("calgb-19808", "regimen.rule_set", "protocol"),
    ("calgb-19808", "site.flush_ml", "protocol")])  # fmt: skip
def test_a_gap_says_in_the_copy_of_which_file_it_is_filled(catalogue, protocol, field, file):
    blockers = activation_blockers(catalogue.bundle_for(protocol))
    (said,) = (one for one in blockers if f"({field})" in one)
    assert said.endswith(f"fills it in the site's copy of the {file}.")


def test_the_gap_of_a_product_is_filled_in_its_copy(catalogue):
    (gap,) = catalogue.product("proleukin-us").gaps
    assert gap.sentence().endswith("fills it in the site's copy of the product.")


def test_a_damaged_shipped_file_is_a_fault_by_name(resources, tmp_path):
    """Looked at whole: a part with a problem, and a file whose sources cannot be read."""
    shutil.copytree(
        resources, tmp_path / "resources", ignore=shutil.ignore_patterns("fonts", "help")
    )
    part = tmp_path / "resources" / "rulesets" / "us-label-older.toml"
    text = part.read_text(encoding="utf-8")
    part.write_text(text.replace("format = 1", "format = 2"), encoding="utf-8")
    with pytest.raises(CatalogueFault, match=r"us-label-older\.toml"):
        list(load_catalogue(tmp_path / "resources").load())
    part.write_text("[sources", encoding="utf-8")
    with pytest.raises(CatalogueFault, match=r"us-label-older\.toml"):
        list(load_catalogue(tmp_path / "resources").sources())


def test_a_stored_version_without_the_interactions_is_still_read(catalogue):
    """A version keeps no copy of them; what they forbid is found when it is brought in."""
    bundle = catalogue.bundle_for("ceplene-il2")
    text = bundle.text.replace('value = "ceplene"', 'value = "high-dose-consensus"', 1)
    part = "premedication/high-dose-consensus"
    parts = {**bundle.parts, part: catalogue.bundle_for("nci-720k").parts[part]}
    loaded = load_protocol_text(text, parts)
    assert not isinstance(loaded, Problems), loaded


def test_definitions_that_are_not_there_are_named(catalogue, site_copy):
    path = site_copy(NPC, ('value = ["npc-2001"]', 'value = ["npc-1999"]'))
    problems = load_protocol_file(path, catalogue)
    assert isinstance(problems, Problems)
    assert any("npc-1999" in one.text for one in problems.problems)


def test_a_sound_cap_and_a_code_left_to_the_team_load(catalogue, site_copy):
    path = site_copy(NPC, ("[site]\n", CAP + "[site]\n"))
    loaded = load_protocol_file(path, catalogue)
    assert isinstance(loaded, Protocol)
    assert [(cap.name, cap.limit_iu) for cap in loaded.caps] == [("limit", 9_000_000)]
    left = 'left_to_team = { value = ["skin"], source = "practice" }\nparts_confirmed = '
    site_copy("practice/npc-2001-practice.toml")
    path = site_copy(PRACTICE, ("parts_confirmed = ", left))
    loaded = load_protocol_file(path, catalogue)
    assert isinstance(loaded, Protocol)
    assert loaded.site.left_to_team == ("skin",)
    path = site_copy(PRACTICE, ('{ value = "skip the slot"', '{ value = "delay"'))
    loaded = load_protocol_file(path, catalogue)
    assert isinstance(loaded, Protocol)
    assert "site.hold_delay_max_h" in {gap.field for gap in loaded.gaps}


def test_a_part_that_was_read_is_kept(catalogue):
    for one in (catalogue.premedication_set, catalogue.product, catalogue.rule_set):
        id_ = {"premedication_set": "npc-2001", "product": "proleukin-us"}.get(
            one.__name__, "jitc-2014"
        )
        assert one(id_) is one(id_)


def test_files_are_read_alike_while_no_garbage_is_collected(resources):
    text = (resources / US).read_text(encoding="utf-8")
    gc.disable()
    try:
        parsed = parse_product("proleukin-us.toml", text, "proleukin-us")
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert parsed == parse_product("proleukin-us.toml", text, "proleukin-us")
    assert gc.isenabled()


def test_a_named_row_that_is_no_table(resources):
    text = emptied((resources / LABEL).read_text(encoding="utf-8"))
    made = text.replace("\n\n[sources", "\ncriteria = { spo2 = 3 }\n\n[sources", 1)
    found = problems_of_text("rulesets/us-label-2023", made)
    assert any(
        (one.key, one.text) == ("criteria.spo2", "this must be a table.") for one in found
    ), found


def test_a_filled_maximum_of_an_amount_per_kg_is_no_gap(resources):
    text = (resources / CONSENSUS).read_text(encoding="utf-8")
    maximum = 'single_max = { value = "8", unit = "mg", source = "jitc-table-2" }\n'
    filled = text.replace("dose_per_kg = ", maximum + "dose_per_kg = ", 1)
    parsed = parse_premedication("set.toml", without_gap(filled, "items.ondansetron.single_max"))
    assert parsed.problems == ()
    item = next(one for one in parsed.value.items if one.id == "ondansetron")
    assert item.single_max == 8
    assert "items.ondansetron.single_max" not in {gap.field for gap in parsed.value.gaps}


def test_a_plausible_number_per_litre_is_no_doubt(catalogue, site_copy):
    for number, doubts in (("50", 0), ("50,000", 1)):
        path = site_copy(NPC, ("Only the abstract was read.", f"Platelets of {number} x 10^9/L."))
        assert len(check_file(path, catalogue).doubts) == doubts


CEPLENE = "premedication/ceplene.toml"
CONFIRMED = "confirmation = true"


def test_a_confirmation_has_no_amount_and_no_gap(catalogue):
    found = catalogue.premedication_set("ceplene")
    (item,) = found.items
    assert (item.confirmation, item.dose, item.mandatory) == (True, None, True)
    assert found.gaps == ()


@pytest.mark.parametrize("more", [
    'dose = { value = "1", unit = "mg", source = "smpc" }',
    'dose_per_kg = { value = "1", unit = "mg", source = "smpc" }',
    'daily_max = { value = "1", unit = "g", source = "smpc" }',
    'interval_h = { from = "4", to = "6", source = "smpc" }'])  # fmt: skip
def test_a_confirmation_is_no_drug(site_copy, more):
    text = site_copy(CEPLENE, (CONFIRMED, f"{CONFIRMED}\n{more}")).read_text(encoding="utf-8")
    said = [one.text for one in parse_premedication("set.toml", text).problems]
    assert "a confirmation is no drug: it has no dose, interval or daily maximum." in said


def test_a_confirmation_that_lists_its_dose_as_a_gap_is_refused(site_copy):
    gap = (
        '[[gaps]]\nfield = "items.contra-indicated.dose"\nname = "x"\nfill_from = "y"\n'
        'filled_by = "z"\nblocks = []\n\n'
    )
    changed = ("[sources.", f"{gap}[sources.")
    text = site_copy(CEPLENE, changed).read_text(encoding="utf-8")
    (problem,) = parse_premedication("set.toml", text).problems
    assert "Remove the gap" in problem.text
    # A set that was stored before confirmations were written has the gap and stays readable.
    older = text.replace(f"{CONFIRMED}\n", "")
    assert parse_premedication("set.toml", older).problems == ()
