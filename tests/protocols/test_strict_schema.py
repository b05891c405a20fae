"""Each way of being wrong is a problem that names file, line and key, in one sentence."""

from __future__ import annotations

import pytest

from il2desk.protocols import Problems, check_file, load_protocol_file, load_protocol_text

NPC = "protocols/npc-bolus.toml"
DOSE = '{ value = "72000", unit = "international units per kg", source = "chi-2001" }'


def line_with(path, text):
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


CASES = {
    "unknown key": (
        NPC, 'drug = "aldesleukin"', 'drug = "aldesleukin"\nmaximum = "3"', "maximum", "maximum", "unknown"),
    "unknown key inside a value": (
        NPC, DOSE, DOSE.replace(" }", ', per = "day" }'), "regimen.dose.per", "dose =", "unknown"),
    "missing key": (NPC, 'drug = "aldesleukin"\n', "", "drug", None, "missing"),
    "wrong type": (NPC, "value = 15", 'value = "15"', "regimen.doses_per_cycle.value", "doses_per_cycle", "whole number"),
    "true is no number": (NPC, "value = 15", "value = true", "regimen.doses_per_cycle.value", "doses_per_cycle", "whole number"),
    "binary fraction": (NPC, '"72000"', "72000.5", "regimen.dose.value", "dose =", "binary fraction"),
    "number without quotes": (NPC, '"72000"', "72000", "regimen.dose.value", "dose =", "quotes"),
    "thousands mark": (NPC, '"72000"', '"72,000"', "regimen.dose.value", "dose =", "not a number"),
    "exponent": (NPC, '"72000"', '"7.2e4"', "regimen.dose.value", "dose =", "not a number"),
    "other digits": (NPC, '"72000"', '"٧٢٠٠٠"', "regimen.dose.value", "dose =", "not a number"),
    "negative": (NPC, '"72000"', '"-72000"', "regimen.dose.value", "dose =", "not a number"),
    "zero": (NPC, '"72000"', '"0"', "regimen.dose.value", "dose =", "above 0"),
    "unknown unit": (NPC, '"international units per kg"', '"million per kg"', "regimen.dose.unit", "dose =", "no unit"),
    "missing unit": (NPC, 'unit = "international units per kg", ', "", "regimen.dose.unit", "dose =", "missing"),
    "unknown evidence": (NPC, 'evidence = "paper"', 'evidence = "recall"', "sources.chi-2001.evidence", 'evidence = "recall"', "no evidence mark"),
    "missing place": (NPC, 'place = "abstract, page 110"\n', "", "sources.chi-2001.place", "[sources.chi-2001]", "missing"),
    "unknown source": (NPC, DOSE, DOSE.replace("chi-2001", "chi-2002"), "regimen.dose.source", "dose =", "not among"),
    "missing source": (NPC, DOSE, DOSE.replace(', source = "chi-2001"', ""), "regimen.dose.source", "dose =", "missing"),
    "duplicate gap": (NPC, "regimen.infusion_minutes", "facts.rest-anchor", "gaps.4.field", None, "listed twice"),
    "gap of no field": (NPC, "regimen.infusion_minutes", "regimen.colour", "gaps.0.field", "regimen.colour", "no field"),
    "unknown block": (NPC, '["activation"]', '["everything"]', "gaps.0.blocks", "everything", "cannot be blocked"),
    "filled and listed": (NPC, "[regimen.dilution]", '[regimen.infusion_minutes]\nvalue = "15"\nsource = "chi-2001"\n\n[regimen.dilution]', "gaps.0.field", 'field = "regimen.infusion_minutes"', "still listed"),
    "site rule in neither": (NPC, '  "flush_ml",\n', "", "site.open", "open = [", "neither"),
    "site rule in both": (NPC, "[site]\n", '[site]\nflush_ml = { value = "20", source = "chi-2001" }\n', "site.flush_ml", "flush_ml = {", "still listed"),
    "unknown site rule": (NPC, '  "flush_ml",\n', '  "flush_ml",\n  "colour",\n', "site.open", "open = [", "no site rule"),
    "site value in a specimen": (NPC, 'evidence = "paper"', 'evidence = "site"', "regimen.dose", "dose =", "site's copy"),
    "tolerance wider than the rule": (NPC, 'tolerance_percent = "5"', 'tolerance_percent = "10"', "tolerance_percent", "tolerance_percent", "wider"),
    "weights the wrong way round": (NPC, '["30", "250"]', '["250", "30"]', "weight_range_kg", "weight_range_kg", "smaller first"),
    "unknown route": (NPC, '"intravenous"', '"intramuscular"', "regimen.route", "route =", "no route"),
    "unknown method": (NPC, '"window-volume"', '"bucket"', "regimen.dilution.method", "method =", "not known"),
    "unknown status": (NPC, '"specimen"', '"released"', "status", "status =", "not known"),
    "unknown kind": (NPC, 'kind = "protocol"', 'kind = "recipe"', "kind", "kind =", "not known"),
    "other format": (NPC, "format = 1", "format = 2", "format", "format", "format 2"),
    "bad id": (NPC, 'id = "npc-bolus"', 'id = "NPC bolus"', "id", "id =", "no id"),
    "unknown product": (NPC, '"proleukin-us"', '"proleukin-xx"', "", None, "no product"),
    "unknown premedication set": (NPC, 'premedication = { value = "npc-2001"', 'premedication = { value = "npc-2002"', "", None, "no premedication set"),
    "level missing from the sequence": ("protocols/yang-2003.toml", "first = 2", "first = 3", "regimens.subcutaneous.levels.1.first", "first = 3", "2 is next"),
    "levels overlap": ("protocols/yang-2003.toml", "first = 2", "first = 1", "regimens.subcutaneous.levels.1.first", None, "2 is next"),
    "day twice": ("protocols/yang-2003.toml", "  8, 9,", "  5, 9,", "regimens.subcutaneous.days.value", "value = [", "twice"),
    "days not ascending": ("protocols/yang-2003.toml", "1, 2, 3,", "2, 1, 3,", "regimens.subcutaneous.days.value", "value = [", "ascending"),
    "gap of the dose does not block it": ("protocols/sct-maintenance.toml", '"dose", "activation"', '"activation"', "gaps.2.blocks", None, "must block dose"),
    "limit on nothing": ("rulesets/jitc-2014.toml", 'from = "100", to = "130"', 'from = "131", to = "130"', "criteria.heart-rate-relative.when.0", "when =", "nothing lies"),
    "unknown finding code": ("rulesets/jitc-2014.toml", '"heart_rate", from', '"pulse", from', "criteria.heart-rate-relative.when.0.code", "when =", "no finding code"),
    "unknown word": ("rulesets/jitc-2014.toml", '"moist_desquamation"', '"moist"', "criteria.skin.when.0.words", 'words = ["moist"]', "no word of skin"),
    "stop without scope": ("rulesets/jitc-2014.toml", 'scope = "this cycle"\n', "", "criteria.heart-rate-absolute.scope", "[criteria.heart-rate-absolute]", "missing"),
    "required code unknown": ("rulesets/jitc-2014.toml", '  "skin",', '  "complexion",', "required", "required = [", "no finding code"),
    "rule in another unit": ("rulesets/til-2024.toml", '{ code = "creatinine", from = "3" }', '{ code = "creatinine_umol", from = "265" }', "criteria.creatinine-stop.when.0.code", "creatinine_umol", "unit of creatinine"),
    "bag table not ascending": ("products/proleukin-us.toml", '"60000000"', '"20000000"', "bag_bands.1.up_to_iu", '"20000000"', "not above"),
    "unconfirmed product value": ("products/proleukin-us.toml", 'evidence = "hand"', 'evidence = "unconfirmed"', "withdrawable_ml", "withdrawable_ml", "unconfirmed"),
    "unlisted missing limit of use": ("products/proleukin-us.toml", 'state = "diluted"', 'state = "reconstituted"', "beyond_use", None, "neither"),
    "unknown unit of a drug": ("premedication/subcutaneous.toml", 'unit = "g"', 'unit = "IU"', "items.acetaminophen.daily_max.unit", "daily_max", "not known"),
    "unlisted missing amount": ("premedication/npc-2001.toml", '"items.antibiotic.dose"', '"items.antibiotics.dose"', "items.antibiotic.dose", "[items.antibiotic]", "neither"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_problem_names_file_line_and_key(catalogue, site_copy, name):
    file, old, new, key, on_line, said = CASES[name]
    path = site_copy(file, (old, new))
    problems = check_file(path, catalogue).problems
    assert problems
    found = [problem for problem in problems if said in problem.text and key in (problem.key, "")]
    assert found, [problem.sentence for problem in problems]
    assert found[0].sentence.startswith(found[0].file)
    if on_line is not None:
        assert found[0].file == path.name
        assert found[0].line == line_with(path, on_line)


def test_a_product_is_no_protocol(catalogue, resources):
    problems = load_protocol_file(resources / "products" / "proleukin-us.toml", catalogue)
    assert isinstance(problems, Problems)
    assert any(problem.key == "kind" for problem in problems.problems)


def test_all_problems_of_a_file_are_returned(catalogue, site_copy):
    changes = (
        ("72000", "72,000"),
        ('"intravenous"', '"oral"'),
        ('drug = "aldesleukin"', 'drugs = "aldesleukin"'),
    )
    problems = load_protocol_file(site_copy(NPC, *changes), catalogue)
    assert isinstance(problems, Problems)
    assert {problem.key for problem in problems.problems} >= {
        "drug",
        "drugs",
        "regimen.dose.value",
        "regimen.route",
    }
    assert len(problems.sentences) == len(set(problems.sentences))


def test_a_key_written_twice_names_its_line(catalogue, site_copy):
    path = site_copy(NPC, ('drug = "aldesleukin"', 'drug = "aldesleukin"\ndrug = "aldesleukin"'))
    (problem,) = check_file(path, catalogue).problems
    assert problem.line == line_with(path, "drug") + 1


def test_a_broken_part_is_named_by_its_own_file(catalogue, resources, site_copy, practice_file):
    site_copy("practice/npc-2001-practice.toml", ('value = "650"', 'value = "6 50"'))
    path = site_copy("practice/npc-bolus-practice.toml")
    problems = load_protocol_file(path, catalogue)
    assert isinstance(problems, Problems)
    assert [problem.file for problem in problems.problems] == ["npc-2001-practice.toml"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[" * 5000, b"a = 1\r b = 2", b"x" * 1_000_001, b"\xef\xbb\xbf"],
)
def test_no_protocol_at_all(catalogue, tmp_path, content):
    path = tmp_path / "file.toml"
    path.write_bytes(content)
    assert isinstance(load_protocol_file(path, catalogue), Problems)


def test_a_missing_file_and_a_folder(catalogue, tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        problems = load_protocol_file(path, catalogue)
        assert isinstance(problems, Problems)
        assert "cannot be read" in problems.problems[0].text


def test_cut_anywhere_nothing_loads_half(catalogue, resources):
    whole = (resources / NPC).read_bytes()
    parts = catalogue.bundle_for("npc-bolus").parts
    for length in range(0, len(whole) - len("# end of file\n"), 10):
        text = whole[:length].decode("utf-8", errors="replace")
        cut = load_protocol_text(text, parts)
        assert isinstance(cut, Problems), f"{length} bytes loaded"
        assert cut.problems[0].text


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(catalogue, resources, tmp_path):
    text = (resources / NPC).read_text(encoding="utf-8")
    path = tmp_path / "npc-bolus.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    loaded = load_protocol_file(path, catalogue)
    assert loaded == catalogue.protocol("npc-bolus")
