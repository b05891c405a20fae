"""Real broken files, one a case: each is refused whole, by file, line and key, saying what is wrong.

What only looks doubtful loads, and is said to the two who activate.
"""

from __future__ import annotations

import pytest

from il2desk.protocols import Bundle, Problems, check_file, load_protocol_file

NPC = "practice/npc-bolus-practice.toml"
YANG = "protocols/yang-2003.toml"
RULES = "rulesets/springerplus-2015.toml"
TIL = "rulesets/til-2024.toml"
DOSE = 'unit = "international units per kg"'
DRUG = 'drug = "aldesleukin"'
CHI = 'document = "Chi KH et al., Oncology 2001;60:110-115"\nplace = "abstract, page 110"'
SYSTEMS = "Cetus units or Roche units"


def unit(written):
    return (NPC, DOSE, f'unit = "{written}"', "regimen.dose.unit", SYSTEMS)


def limit(code, written):
    new = f'{{ code = "{code}", {written} }}'
    return (TIL, '{ code = "creatinine", from = "3" }', new)


# name -> file, old text, new text, key, what is said
BROKEN = {
    "a dose in MU": unit("MU"),
    "a dose in MU per m2": unit("MU per m2"),
    "a dose in IU/m2": unit("IU/m2"),
    "a dose in IU per kg": unit("IU per kg"),
    "a dose in MIU": unit("MIU"),
    "a dose in units": unit("units"),
    "a dose in units per kg": unit("units per kg"),
    "a dose in million units": unit("million units per m2"),
    "a dose in millions of nothing": unit("million per kg"),
    "a dose in Cetus units": unit("Cetus units"),
    "a dose in Cetus units per m2": unit("Cetus units per m2"),
    "a dose in Roche units": unit("Roche units per m2"),
    "a dose in Roche U": unit("Roche U/m2"),
    "a dose in 10^6 IU": unit("10^6 IU/m2"),
    "a dose in Mio. I.E.": unit("Mio. I.E."),
    "a dose in a unit of mass": (NPC, DOSE, 'unit = "mg per kg"', "regimen.dose.unit", "no unit of a dose"),
    "a dose without a unit": (NPC, f"{DOSE}, ", "", "regimen.dose.unit", "missing"),
    "a level in other units": (
        YANG, '"125000", unit = "international units per kg"', '"125000", unit = "Cetus units per kg"',
        "regimens.subcutaneous.levels.1.dose.unit", SYSTEMS),
    "a source that is not there": (NPC, 'source = "chi-2001" }\ninterval_h', 'source = "chi" }\ninterval_h',
                                   "regimen.dose.source", "not among"),
    "a value without a source": (NPC, 'value = "8", source = "chi-2001"', 'value = "8"',
                                 "regimen.interval_h.source", "missing"),
    "a source without its page": (NPC, 'place = "abstract, page 110"\n', "", "sources.chi-2001.place", "missing"),
    "a source with an empty page": (NPC, '"abstract, page 110"', '" "', "sources.chi-2001.place", "empty"),
    "a page that says nothing": (NPC, '"abstract, page 110"', '"n/a"', "sources.chi-2001.place", "names no place"),
    "a page still to be looked up": (NPC, '"abstract, page 110"', '"TBD"', "sources.chi-2001.place", "names no place"),
    "a document that says nothing": (NPC, '"Chi KH et al., Oncology 2001;60:110-115"', '"?"',
                                     "sources.chi-2001.document", "names no document"),
    "in force before its document": (
        NPC, f"{DRUG}", f'{DRUG}\neffective = "2001-01-31"', "effective", "before its source"),
    "in force on no day": (NPC, DRUG, f'{DRUG}\neffective = "2026-02-30"', "effective", "no day"),
    "in force on a day of another form": (NPC, DRUG, f'{DRUG}\neffective = "1 March 2026"', "effective", "no day"),
    "in force on a bare date": (NPC, DRUG, f"{DRUG}\neffective = 2026-03-01", "effective", "text in quotes"),
    "a document of no day": (NPC, CHI, f'{CHI}\ndate = "2001"', "sources.chi-2001.date", "no day"),
    "a level missing": (YANG, "first = 2", "first = 3", "regimens.subcutaneous.levels.1.first",
                        "2 is next. Levels leave nothing out."),
    "levels that overlap": (YANG, "first = 2", "first = 1", "regimens.subcutaneous.levels.1.first",
                            "2 is next. It overlaps the level before."),
    "a day twice in the list": (YANG, "  8, 9,", "  5, 9,", "regimens.subcutaneous.days.value", "twice"),
    "days that go back": (YANG, "1, 2, 3,", "2, 1, 3,", "regimens.subcutaneous.days.value", "ascending"),
    "fever in Fahrenheit": (*limit("temperature", 'above = "100.5"'), "criteria.creatinine-stop.when.0.above",
                            "degrees Fahrenheit"),
    "a temperature of 45": (*limit("temperature", 'from = "45"'), "criteria.creatinine-stop.when.0.from",
                            "no limit for temperature, which is 30 to 44 °C"),
    "platelets per litre": (*limit("platelets", 'below = "50000000000"'), "criteria.creatinine-stop.when.0.below",
                            "per litre"),
    "platelets in thousands": (*limit("platelets", 'below = "50"'), "criteria.creatinine-stop.when.0.below",
                               "Write platelets per mm3"),
    "saturation over 100 percent": (*limit("spo2", 'below = "900"'), "criteria.creatinine-stop.when.0.below",
                                    "Write a percentage"),
    "creatinine in micromol": (*limit("creatinine", 'from = "265"'), "criteria.creatinine-stop.when.0.from",
                               "0.2 to 20 mg/dL"),
    "weight gain over 100 percent": (*limit("weight_gain_percent", 'above = "150"'),
                                     "criteria.creatinine-stop.when.0.above", "-50 to 100 percent"),
    "a count that nobody reaches": (*limit("doses_held", 'from = "90"'), "criteria.creatinine-stop.when.0.from",
                                    "0 to 30"),
    "urine per kg that nobody makes": (*limit("urine_8h", 'below = "6000", per_kg = true'),
                                       "criteria.creatinine-stop.when.0.below", "per kg is no limit"),
    "the end of a hold in Fahrenheit": (
        "rulesets/us-label-2023.toml", 'until = [{ code = "spo2", above = "90" }]',
        'until = [{ code = "temperature", below = "100.4" }]', "criteria.spo2-low.until.0.below", "Fahrenheit"),
    "premedication blocked in Fahrenheit": (
        "premedication/high-dose-consensus.toml", '{ code = "creatinine", above = "2" }',
        '{ code = "temperature", above = "101" }', "items.indomethacin.blocked_if.0.finding.above", "Fahrenheit"),
    "reweighing at over 100 percent": (
        NPC, 'reweigh_percent = { value = "10"', 'reweigh_percent = { value = "110"',
        "site.reweigh_percent.value", "more than all of it"),
    "another drug than the product's": (NPC, DRUG, 'drug = "interferon alfa-2b"', "drug", "aldesleukin"),
    "a minimum interval over the interval": (
        NPC, 'minimum_interval_h = { value = "6"', 'minimum_interval_h = { value = "8.5"',
        "site.minimum_interval_h", "longer than the 8 hours between two doses"),
    "a check that serves two doses": (
        NPC, 'verdict_valid_h = { value = "2"', 'verdict_valid_h = { value = "8.5"',
        "site.verdict_valid_h", "longer than the 8 hours between two doses"),
    "an infusion that outlasts its interval": (
        NPC, 'infusion_minutes = { value = "5"', 'infusion_minutes = { value = "481"',
        "regimen.infusion_minutes", "481 minutes is longer than the 8 hours between two doses"),
    "a tolerance over 100 percent": (NPC, 'tolerance_percent = "5"', 'tolerance_percent = "500"',
                                     "tolerance_percent", "more than all of it"),
}  # fmt: skip


def dated(text):
    """The document of the practice copy with its day, so that a day before it can be told."""
    return text.replace(CHI, f'{CHI}\ndate = "2001-02-01"', 1)


@pytest.fixture
def broken(resources, tmp_path):
    """Write the file of a case, with the parts of the practice copy beside it."""

    def make(file, old, new):
        part = (resources / "practice" / "npc-2001-practice.toml").read_text(encoding="utf-8")
        (tmp_path / "npc-2001-practice.toml").write_text(part, encoding="utf-8")
        text = (resources / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        text = text.replace(old, new, 1)
        if file == NPC and "date =" not in text:
            text = dated(text)
        path = tmp_path / file.partition("/")[2]
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return make


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_by_file_line_and_key(catalogue, broken, name):
    file, old, new, key, said = BROKEN[name]
    path = broken(file, old, new)
    problems = check_file(path, catalogue).problems
    found = [one for one in problems if one.key == key and said in one.text.replace("\u00a0", " ")]
    assert found, [one.sentence for one in problems]
    (problem,) = found[:1]
    lines = path.read_text(encoding="utf-8").splitlines()
    steps = [step for step in key.split(".") if not step.isdigit()]
    assert any(step in lines[problem.line - 1] for step in steps[-3:]), lines[problem.line - 1]
    assert problem.sentence.startswith(f"{path.name}, line {problem.line}, {key}: ")
    if file == NPC or file.startswith("protocols/"):
        assert isinstance(load_protocol_file(path, catalogue), Problems)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (NPC, DRUG, f'{DRUG}\neffective = "2001-02-01"'),
        (NPC, DRUG, f'{DRUG}\neffective = "2026-03-01"'),
        (*limit("temperature", 'above = "44"'),),
        (*limit("platelets", 'below = "50000"'),),
        (*limit("urine_8h", 'below = "10", per_kg = true'),),
        (*limit("spo2", 'below = "100"'),),
        (NPC, 'reweigh_percent = { value = "10"', 'reweigh_percent = { value = "100"'),
    ],
)
def test_what_is_possible_is_not_refused(catalogue, broken, file, old, new):
    assert check_file(broken(file, old, new), catalogue).problems == ()


def test_the_day_it_is_in_force_from_is_known(catalogue, broken):
    path = broken(NPC, DRUG, f'{DRUG}\neffective = "2026-03-01"')
    bundle = catalogue.bundle_for(path)
    assert isinstance(bundle, Bundle)
    assert str(bundle.effective) == "2026-03-01"
    assert catalogue.bundle_for("npc-bolus").effective is None


# name -> old text, new text, key, what is said
DOUBTED = {
    "a fever in words": (
        "systolic pressure below 80 mmHg", "fever above 100.5 degC", "facts.toxicity.value", "no temperature"),
    "a fever with the sign": (
        "systolic pressure below 80 mmHg", "fever above 100.5 °C", "facts.toxicity.value", "no temperature"),
    "platelets in words": (
        "systolic pressure below 80 mmHg", "platelets < 50 000 ×10^9/L", "facts.toxicity.value", "per mm3"),
    "a short form in words": (
        "No source states a dose cap", "Total 75 MIU. No source states a dose cap", "notes.1", "can be misread"),
    "a title with another dose": (
        '"72000"', '"70000"', "regimen.title", "The title says 72,000"),
    "a title with another basis": (
        DOSE, 'unit = "international units per m2"', "regimen.title", "no dose under it is of that basis"),
    "a title with another interval": (
        'interval_h = { value = "8"', 'interval_h = { value = "9"', "regimen.title", "no interval under it"),
    "a title with another number of doses": (
        "doses_per_cycle = { value = 15", "doses_per_cycle = { value = 14", "regimen.title", "no number of doses"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTED)
def test_a_slip_in_words_is_doubted_and_not_changed(catalogue, broken, name):
    old, new, key, said = DOUBTED[name]
    path = broken(NPC, old, new)
    check = check_file(path, catalogue)
    assert check.problems == ()
    assert [doubt.key for doubt in check.doubts] == [key]
    assert said in check.doubts[0].text
    bundle = catalogue.bundle_for(path)
    assert isinstance(bundle, Bundle)
    assert bundle.doubts == check.doubts


def test_a_slip_in_a_part_is_doubted_by_its_name(catalogue, broken):
    path = broken(NPC, DRUG, DRUG)
    part = path.parent / "npc-2001-practice.toml"
    text = part.read_text(encoding="utf-8").replace("invented doses", "invented doses at 101 °C")
    part.write_text(text, encoding="utf-8")
    (doubt,) = check_file(path, catalogue).doubts
    assert doubt.key == "premedication/npc-2001-practice: title"
    assert check_file(part, catalogue).doubts[0].key == "title"
