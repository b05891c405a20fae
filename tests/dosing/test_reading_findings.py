"""Raw findings into values: by kind, by unit, every refusal named."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing import finding_codes
from il2desk.dosing.assessment_values import Found
from il2desk.dosing.finding_codes import FINDING_CODES, FindingCode, in_words
from il2desk.dosing.findings import Refusal
from il2desk.dosing.parsing import NumberField
from il2desk.dosing.reading_findings import in_rule_unit, read_findings, read_one

WHEN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def refused(code: str, value) -> str:
    refusal = read_one(FINDING_CODES[code], value)
    assert isinstance(refusal, Refusal), refusal
    return refusal.text.replace("\u00a0", " ")


def test_values_by_kind():
    found = read_findings(
        {"heart_rate": "99,5", "doses_held": "0", "intubated": False, "rhythm": "sinus",
         "neuro": ("vivid_dreams",), "creatinine_umol": "221"},
        {"heart_rate": WHEN},
    )  # fmt: skip
    assert found == (
        Found("heart_rate", Decimal("99.5"), WHEN),
        Found("doses_held", Decimal(0)),
        Found("intubated", value=False),
        Found("rhythm", "sinus"),
        Found("neuro", ("vivid_dreams",)),
        Found("creatinine_umol", Decimal(221)),
    )


def test_a_number_is_text_and_nothing_else():
    for value, shown in ((True, "true"), (False, "false"), (("70",), "('70',)")):
        assert refused("heart_rate", value) == (
            f"{shown} is not a number. Type digits with at most one decimal mark."
        )
    assert read_one(FINDING_CODES["heart_rate"], True).code == "number"
    unlimited = FindingCode("x", "x", "number")
    assert read_one(unlimited, "70").code == "number"


def test_a_flag_is_true_or_false():
    assert read_one(FINDING_CODES["intubated"], True) is True
    assert refused("intubated", "yes") == ("yes is neither true nor false. Give true or false.")
    assert read_one(FINDING_CODES["intubated"], "yes").code == "flag"


def test_a_word_is_one_of_its_list():
    assert refused("bleeding", "some") == (
        "some is not one of the words. Choose from none, occult, frank."
    )
    assert refused("bleeding", True).startswith("true is not one of the words.")
    assert refused("bleeding", ("none",)).startswith("('none',) is not one of the words.")
    assert read_one(FINDING_CODES["bleeding"], "some").code == "words"


def test_a_list_holds_its_words_once():
    listed = ", ".join(FINDING_CODES["neuro"].words)
    assert read_one(FINDING_CODES["neuro"], ()) == ()
    assert refused("neuro", "vivid_dreams") == (
        f"vivid_dreams is not a list. Give a list of: {listed}; empty for none."
    )
    assert refused("neuro", ("vivid_dreams", "headache", "nausea")) == (
        f"headache, nausea: choose from {listed}."
    )
    assert (
        refused("neuro", ("vivid_dreams", "vivid_dreams")) == f"a word twice: choose from {listed}."
    )
    for wrong in ("vivid_dreams", ("headache",), ("vivid_dreams",) * 2):
        assert read_one(FINDING_CODES["neuro"], wrong).code == "words"


@pytest.mark.parametrize(
    ("code", "typed", "asked"),
    [
        ("creatinine", "221", "Is it 221 micromol/L?"),
        ("creatinine_umol", "2.5", "Is it 2.5 mg/dL?"),
        ("bilirubin", "119", "Is it 119 micromol/L?"),
        ("bilirubin_umol", "1.2", "Is it 1.2 mg/dL?"),
        ("platelets", "150", "Is it 150 x 10⁹ per L?"),
        ("platelets_10e9_l", "50000", "Is it 50000 per mm3?"),
    ],
)
def test_a_number_of_the_other_unit_is_asked_about_never_converted(code, typed, asked):
    refusal = read_one(FINDING_CODES[code], typed)
    assert refusal.code == "range"
    assert refusal.text.endswith(f" Type the {FINDING_CODES[code].name} again. {asked}")


def test_a_number_of_no_unit_is_only_out_of_range():
    assert refused("heart_rate", "301") == (
        "301 per min is outside 20 to 300 per min. Type the heart rate at dosing again."
    )
    assert not refused("creatinine", "9999").endswith("?")
    assert refused("creatinine", "2e2").endswith("Type all digits, without an exponent.")


def test_every_refusal_is_listed_with_its_code():
    refusal = read_findings({"heart_rate": "fast", "colour": "red", "intubated": "no"})
    assert isinstance(refusal, Refusal)
    assert refusal.code == "findings"
    assert refusal.reasons == (
        "heart_rate: fast is not a number. Type digits with at most one decimal mark.",
        "colour is not a finding code. Check its spelling.",
        "intubated: no is neither true nor false. Give true or false.",
    )


def test_one_value_in_two_units_is_refused():
    refusal = read_findings({"creatinine": "1", "creatinine_umol": "88"})
    assert refusal.reasons == ("creatinine and creatinine_umol are both given. Give one of them.",)
    assert not isinstance(read_findings({"creatinine_umol": "88"}), Refusal)
    assert not isinstance(read_findings({"creatinine": "1", "bilirubin_umol": "20"}), Refusal)


@pytest.mark.parametrize(
    ("code", "value", "counted", "number"),
    [
        # Clinical facts H37: 88.4 micromol per L are 1 mg per dL.
        ("creatinine_umol", "176.8", "creatinine", "2"),
        ("creatinine_umol", "221", "creatinine", "2.5"),
        ("creatinine_umol", "265.2", "creatinine", "3"),
        ("creatinine_umol", "353.6", "creatinine", "4"),
        ("creatinine_umol", "397.8", "creatinine", "4.5"),
        # H38: bilirubin 7 mg per dL is 119.7 micromol per L.
        ("bilirubin_umol", "119.7", "bilirubin", "7"),
        ("platelets_10e9_l", "50", "platelets", "50000"),
        ("creatinine", "2", "creatinine", "2"),
    ],
)
def test_units_of_rule_sets_are_reached_exactly(code, value, counted, number):
    assert in_rule_unit(Found(code, Decimal(value))) == (counted, Fraction(number))
    assert in_rule_unit(Found(code, Fraction(value))) == (counted, Fraction(number))


def test_what_is_no_number_is_not_converted():
    assert in_rule_unit(Found("creatinine_umol", "high")) == ("creatinine_umol", "high")
    assert in_rule_unit(Found("rhythm", "sinus")) == ("rhythm", "sinus")


# The table of the assessment page: name, unit, least, most.
NUMBERS = {
    "systolic_bp": ("systolic blood pressure", "mmHg", "30", "300"),
    "phenylephrine_max": (
        "phenylephrine, highest since the last dose",
        "mcg per kg per min",
        "0",
        "20",
    ),
    "phenylephrine_now": ("phenylephrine at assessment", "mcg per kg per min", "0", "20"),
    "heart_rate": ("heart rate at dosing", "per min", "20", "300"),
    "spo2": ("oxygen saturation", "percent", "40", "100"),
    "oxygen_l_min": ("oxygen by nasal cannula needed for 95 percent", "L per min", "0", "15"),
    "creatinine": ("creatinine", "mg/dL", "0.2", "20"),
    "creatinine_umol": ("creatinine", "micromol/L", "18", "1800"),
    "urine_8h": ("urine in the last 8 hours", "mL", "0", "10000"),
    "bicarbonate": ("bicarbonate", "mmol/L", "2", "60"),
    "bilirubin": ("bilirubin", "mg/dL", "0.1", "60"),
    "bilirubin_umol": ("bilirubin", "micromol/L", "2", "1000"),
    "platelets": ("platelets", "per mm3", "1000", "2000000"),
    "platelets_10e9_l": ("platelets", "x 10⁹ per L", "1", "2000"),
    "diarrhoea_ml_shift": ("diarrhoea in the last shift", "mL", "0", "20000"),
    "temperature": ("temperature", "°C", "30", "44"),
    "weight_gain_percent": ("weight gain against the cycle's baseline", "percent", "-50", "100"),
}
COUNTS = {
    "diarrhoea_shifts_over_limit": "consecutive shifts with 1,000 mL or more of diarrhoea",
    "doses_held": "doses held this cycle",
}
WORDS = {
    "rhythm": ("sinus", "atrial_fibrillation", "supraventricular_tachycardia", "bradycardia_treated",
               "ventricular_arrhythmia", "sustained_ventricular_tachycardia", "uncontrolled"),
    "rales": ("none", "below_third", "third_to_half", "half_or_more"),
    "bleeding": ("none", "occult", "frank"),
    "stool_occult_test": ("negative", "positive"),
    "skin": ("intact", "dry_desquamation", "moist_desquamation", "bullous"),
    "infection": ("none", "suspected", "documented"),
}  # fmt: skip
FLAGS = {
    "vasopressor_needed", "ecg_ischaemia", "cardiac_enzymes_raised", "tamponade", "oxygen_mask_40",
    "intubated", "intubated_over_72h", "dyspnoea_at_rest", "vomiting_refractory",
    "ileus_or_distension", "distension_affecting_breathing", "abdominal_pain_unrelenting",
    "bowel_ischaemia_or_perforation", "gi_bleed_surgery", "extreme_tightness",
    "extreme_paraesthesia", "dialysis_over_72h",
}  # fmt: skip
OTHER_UNITS = {
    "creatinine_umol": ("creatinine", Fraction(10, 884)),
    "bilirubin_umol": ("bilirubin", Fraction(10, 171)),
    "platelets_10e9_l": ("platelets", Fraction(1000)),
}


def test_codes_are_those_of_the_page(made_again):
    codes = made_again(finding_codes).FINDING_CODES
    assert set(codes) == {*NUMBERS, *COUNTS, *WORDS, *FLAGS, "neuro"}
    for code, (name, unit, least, most) in NUMBERS.items():
        signed = code == "weight_gain_percent"
        field = NumberField(name, unit, Decimal(least), Decimal(most), 2, signed)
        counts_as, factor = OTHER_UNITS.get(code, (None, Fraction(1)))
        found = (codes[code].code, codes[code].name, codes[code].kind, codes[code].number,
                 codes[code].counts_as, codes[code].factor)  # fmt: skip
        assert found == (code, name, "number", field, counts_as, factor)
    for code, name in COUNTS.items():
        field = NumberField(name, "", Decimal(0), Decimal(30), 0)
        assert (codes[code].code, codes[code].name, codes[code].kind) == (code, name, "count")
        assert codes[code].number == field
    for code, words in WORDS.items():
        assert (codes[code].code, codes[code].kind, codes[code].words) == (code, "word", words)
        assert codes[code].normal == words[:1]
        assert codes[code].name
    for code in FLAGS:
        assert (codes[code].code, codes[code].kind, codes[code].words) == (code, "flag", ())
        assert codes[code].name
    assert (codes["neuro"].kind, len(codes["neuro"].words)) == ("words", 10)


def test_words_as_people_read_them():
    assert in_words("moist_desquamation") == "moist desquamation"
    assert in_words("mental_change_over_2h") == "mental change for over 2 hours"


ODD = st.one_of(
    st.text(max_size=14),
    st.booleans(),
    st.lists(st.text(max_size=6) | st.sampled_from(FINDING_CODES["neuro"].words)).map(tuple),
    st.none(),
    st.integers(),
    st.decimals(),
)


@given(st.dictionaries(st.sampled_from([*FINDING_CODES, "colour", ""]), ODD, max_size=8))
def test_anything_given_as_a_finding_is_read_or_refused_in_sentences(raw):
    answer = read_findings(raw)
    if isinstance(answer, Refusal):
        assert answer.reasons
        assert all(reason.endswith((".", "?")) for reason in answer.reasons)
    else:
        assert [one.code for one in answer] == list(raw)
