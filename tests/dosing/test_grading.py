"""Toxicity definitions at every boundary, written by hand from the clinical facts, C.7 to C.9."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ANY_DECIMAL, marks

from il2desk.dosing import Grade, Measured, Refusal, ToxicityDefinitions, grade
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue

REFERENCES_THAT_ARE_NONE = [
    "NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "1E-999999", "0", "-1"
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> dict[str, ToxicityDefinitions]:
    catalogue = load_catalogue(resource_dir())
    found = {name: catalogue.definitions(name) for name in ("npc-2001", "who-1981", "ctcae-5")}
    assert not any(isinstance(one, Refusal) for one in found.values())
    return found  # type: ignore[return-value]


def graded(definitions: ToxicityDefinitions, term: str, value: str, **more: str) -> int:
    references = {name: Decimal(text) for name, text in more.items()}
    found = definitions.term(term)
    unit = "" if found is None else found.unit
    answer = grade(definitions, term, Measured(Decimal(value), unit, **references))
    assert isinstance(answer, Grade), answer
    assert (answer.definitions, answer.version) == (definitions.id, definitions.version)
    assert answer.term == term
    assert answer.working
    return answer.grade


@pytest.mark.parametrize(
    ("term", "value", "met"),
    [
        ("weight-gain", "5", 0), ("weight-gain", "5.01", 1), ("weight-gain", "4.99", 0),
        ("systolic-low", "80", 0), ("systolic-low", "79.99", 1), ("systolic-low", "81", 0),
        ("creatinine-high", "2", 0), ("creatinine-high", "2.01", 1), ("creatinine-high", "1.99", 0),
    ],
)  # fmt: skip
def test_the_study_s_limits_are_strict(shipped, term: str, value: str, met: int):
    assert graded(shipped["npc-2001"], term, value) == met


def test_what_the_threefold_counts_from_is_a_gap(shipped):
    answer = grade(
        shipped["npc-2001"], "transaminases", Measured(Decimal(200), "", upper=Decimal(40))
    )
    assert isinstance(answer, Refusal)
    assert (answer.code, "upper limit of normal or baseline" in answer.text) == ("grade-gap", True)


@pytest.mark.parametrize(
    ("term", "steps"),
    [
        ("haemoglobin", ("11", "10.9", "9.5", "9.4", "8", "7.9", "6.5", "6.4")),
        ("white-cells", ("4", "3.9", "3", "2.9", "2", "1.9", "1", "0.9")),
        ("granulocytes", ("2", "1.9", "1.5", "1.4", "1", "0.9", "0.5", "0.4")),
        ("platelets", ("100", "99", "75", "74", "50", "49", "25", "24")),
    ],
)
def test_counts_of_1981_at_both_ends_of_every_grade(shipped, term: str, steps: tuple[str, ...]):
    who = shipped["who-1981"]
    assert [graded(who, term, value) for value in steps] == [0, 1, 1, 2, 2, 3, 3, 4]


@pytest.mark.parametrize(
    ("value", "expected"),
    # A value in a gap of the printed scale is rounded half up to the printed step first.
    [("74.5", 1), ("74.49", 2), ("99.5", 0), ("99.49", 1), ("24.5", 3), ("24.49", 4)],
)
def test_gaps_of_the_printed_scale_round_to_its_step(shipped, value: str, expected: int):
    assert graded(shipped["who-1981"], "platelets", value) == expected


@pytest.mark.parametrize("term", ["bilirubin", "transaminases", "alkaline-phosphatase",
                                  "urea-nitrogen", "creatinine"])  # fmt: skip
@pytest.mark.parametrize(
    ("times", "expected"),
    [("1.25", 0), ("1.254", 0), ("1.255", 1), ("1.26", 1), ("2.5", 1), ("2.54", 1), ("2.55", 2),
     ("5", 2), ("5.04", 2), ("5.05", 3), ("10", 3), ("10.04", 3), ("10.05", 4)],
)  # fmt: skip
def test_multiples_of_1981(shipped, term: str, times: str, expected: int):
    value = str(Decimal(times) * 40)
    assert graded(shipped["who-1981"], term, value, upper="40") == expected


def test_a_multiple_without_its_reference_is_refused(shipped):
    answer = grade(shipped["who-1981"], "creatinine", Measured(Decimal(3), "mg/dL"))
    assert isinstance(answer, Refusal)
    assert "upper limit of normal" in answer.text
    for nothing in ("0", "-1", "NaN"):
        again = grade(
            shipped["who-1981"], "creatinine", Measured(Decimal(3), "mg/dL", upper=Decimal(nothing))
        )
        assert isinstance(again, Refusal)


@pytest.mark.parametrize("term", ["fever-drug", "skin", "consciousness", "proteinuria", "allergic"])
def test_rows_by_recall_and_rows_not_found_are_refused_by_name(shipped, term: str):
    answer = grade(shipped["who-1981"], term, Measured(Decimal(39), "degrees C"))
    assert isinstance(answer, Refusal)
    assert answer.code == "grade-gap"
    assert f"terms.{term}" in answer.text


def test_words_are_graded_by_a_person(shipped):
    answer = grade(shipped["ctcae-5"], "hypotension", Measured(Decimal(70), "mmHg"))
    assert isinstance(answer, Refusal)
    assert answer.code == "graded-by-a-person"
    term = shipped["ctcae-5"].term("hypotension")
    assert term is not None
    assert [number for number, _ in term.words] == [1, 2, 3, 4]


def test_an_unknown_term_names_those_there_are(shipped):
    answer = grade(shipped["npc-2001"], "weight", Measured(Decimal(6), "percent"))
    assert isinstance(answer, Refusal)
    assert "weight-gain" in answer.text


@pytest.mark.parametrize(
    ("term", "values", "expected"),
    [
        ("weight-gain", ("4.99", "5", "9.99", "10", "19.99", "20"), [0, 1, 1, 2, 2, 3]),
        ("weight-loss", ("4.99", "5", "9.99", "10", "19.99", "20"), [0, 1, 1, 2, 2, 3]),
        ("urine-8h", ("80", "79"), [0, 3]),
        ("urine-24h", ("240", "239"), [0, 4]),
    ],
)
def test_version_5_plain_limits(shipped, term: str, values: tuple[str, ...], expected: list[int]):
    assert [graded(shipped["ctcae-5"], term, value) for value in values] == expected


def test_exactly_5_percent_is_grade_1_and_does_not_meet_the_study_s_definition(shipped):
    assert graded(shipped["ctcae-5"], "weight-gain", "5") == 1
    assert graded(shipped["npc-2001"], "weight-gain", "5") == 0
    assert shipped["ctcae-5"].version == "5.0"


@pytest.mark.parametrize(
    ("term", "lower", "values", "expected"),
    [
        ("platelets-decreased", "150", ("150", "149", "75", "74.9", "50", "49.9", "25", "24.9"),
         [0, 1, 1, 2, 2, 3, 3, 4]),
        ("white-cells-decreased", "4", ("4", "3.9", "3", "2.9", "2", "1.9", "1", "0.9"),
         [0, 1, 1, 2, 2, 3, 3, 4]),
        ("neutrophils-decreased", "2", ("2", "1.9", "1.5", "1.4", "1", "0.9", "0.5", "0.4"),
         [0, 1, 1, 2, 2, 3, 3, 4]),
        ("anaemia", "12", ("12", "11.9", "10", "9.9", "8", "7.9"), [0, 1, 1, 2, 2, 3]),
    ],
)  # fmt: skip
def test_version_5_counts(shipped, term, lower, values, expected):
    assert [graded(shipped["ctcae-5"], term, one, lower=lower) for one in values] == expected


def test_a_count_far_below_needs_no_lower_limit(shipped):
    assert graded(shipped["ctcae-5"], "platelets-decreased", "60") == 2
    answer = grade(shipped["ctcae-5"], "platelets-decreased", Measured(Decimal(120), "x 10⁹ per L"))
    assert isinstance(answer, Refusal)
    assert "lower limit of normal" in answer.text


@pytest.mark.parametrize(
    ("value", "expected"), [("1", 0), ("1.01", 1), ("1.5", 1), ("1.51", 2), ("3", 2), ("3.01", 3)]
)
def test_version_5_creatinine_by_the_upper_limit(shipped, value: str, expected: int):
    assert graded(shipped["ctcae-5"], "creatinine-increased", value, upper="1", baseline="1") == (
        expected
    )


def test_version_5_creatinine_takes_the_higher_of_limit_and_baseline(shipped):
    low = {"upper": "1.2", "baseline": "0.5"}
    assert graded(shipped["ctcae-5"], "creatinine-increased", "0.8", **low) == 2
    assert graded(shipped["ctcae-5"], "creatinine-increased", "1.6", **low) == 3
    assert graded(shipped["ctcae-5"], "creatinine-increased", "7.3", upper="1.2") == 4
    answer = grade(
        shipped["ctcae-5"],
        "creatinine-increased",
        Measured(Decimal("1.3"), "mg/dL", upper=Decimal("1.2")),
    )
    assert isinstance(answer, Refusal)
    assert "baseline" in answer.text


@pytest.mark.parametrize(
    ("times", "expected"),
    [("1", 0), ("1.01", 1), ("3", 1), ("3.01", 2), ("5", 2), ("5.01", 3), ("20", 3), ("20.01", 4)],
)
@pytest.mark.parametrize("term", ["ast-increased", "alt-increased"])
def test_version_5_transaminases(shipped, term: str, times: str, expected: int):
    value = str(Decimal(times) * 40)
    assert graded(shipped["ctcae-5"], term, value, upper="40", baseline="40") == expected


def test_an_abnormal_or_unknown_baseline_is_left_to_a_person(shipped):
    for more in ({}, {"baseline": Decimal(41)}):
        answer = grade(
            shipped["ctcae-5"],
            "ast-increased",
            Measured(Decimal(90), "", upper=Decimal(40), **more),
        )
        assert isinstance(answer, Refusal)
        assert "baseline" in answer.text


@pytest.mark.parametrize(
    ("value", "hours", "expected"),
    [("37.99", None, 0), ("38", None, 1), ("39", None, 1), ("39.01", None, 2), ("40", None, 2),
     ("40.01", "24", 3), ("40.01", "24.01", 4)],
)  # fmt: skip
def test_version_5_fever(shipped, value: str, hours: str | None, expected: int):
    more = {} if hours is None else {"hours": hours}
    assert graded(shipped["ctcae-5"], "fever", value, **more) == expected


def test_a_high_fever_without_its_duration_is_refused(shipped):
    answer = grade(shipped["ctcae-5"], "fever", Measured(Decimal("40.5"), "degrees C"))
    assert isinstance(answer, Refusal)
    assert "hours" in answer.text


def test_the_working_names_the_multiple(shipped):
    answer = grade(
        shipped["who-1981"], "creatinine", Measured(Decimal(3), "mg/dL", upper=Decimal("1.2"))
    )
    assert isinstance(answer, Grade)
    assert answer.working == "3 is 2.5 times the upper limit of normal 1.2"
    assert answer.source.document


@pytest.mark.parametrize("value", ["NaN", "sNaN", "-NaN", "Infinity", "-Infinity", "1E+999999",
                                   "1E-999999", "1E+13", "0.0000000000001"])  # fmt: skip
def test_what_nobody_can_have_measured_is_refused_and_never_graded(shipped, value: str):
    for scale, term in (("npc-2001", "systolic-low"), ("who-1981", "platelets"),
                        ("ctcae-5", "fever")):  # fmt: skip
        found = shipped[scale].term(term)
        assert grade(shipped[scale], term, Measured(Decimal(value), found.unit)) == Refusal(
            "value", (f"{found.name}: the value is no measured number. Enter it again.",)
        )


def test_only_a_change_in_percent_can_be_below_zero(shipped):
    for scale, term in (("who-1981", "platelets"), ("npc-2001", "systolic-low"),
                        ("ctcae-5", "urine-24h")):  # fmt: skip
        unit = shipped[scale].term(term).unit
        assert grade(shipped[scale], term, Measured(Decimal("-0.01"), unit)).code == "value"
        assert grade(shipped[scale], term, Measured(Decimal(0), unit)).grade > 0
    gain = grade(shipped["ctcae-5"], "weight-gain", Measured(Decimal(-6), "percent"))
    assert gain.grade == 0


@pytest.mark.parametrize("value", REFERENCES_THAT_ARE_NONE)
def test_a_reference_that_is_none_counts_as_missing(shipped, value: str):
    ctcae, bad = shipped["ctcae-5"], Decimal(value)
    unit = ctcae.term("ast-increased").unit
    for references in (
        {"upper": Decimal(40), "baseline": bad},
        {"upper": bad, "baseline": Decimal(40)},
    ):
        answer = grade(ctcae, "ast-increased", Measured(Decimal(90), unit, **references))
        assert isinstance(answer, Refusal)
        assert answer.code == "no-reference"
        assert answer.text == (
            "AST increased: enter the baseline and the upper limit of normal. The grades hold only "
            "where the baseline was normal."
        )


@pytest.mark.parametrize("hours", ["NaN", "Infinity", "1E+999999"])
def test_hours_that_are_none_count_as_missing(shipped, hours: str):
    answer = grade(
        shipped["ctcae-5"], "fever", Measured(Decimal(41), "degrees C", hours=Decimal(hours))
    )
    assert answer == Refusal(
        "no-reference", ("fever cannot be graded without the hours it has lasted. Enter it.",)
    )


def test_the_longest_numbers_that_are_graded(shipped):
    npc = shipped["npc-2001"]
    most = 10**24  # a ratio of two numbers of 12 digits on either side of the point
    for value in (Decimal(10) ** 12, Decimal("1E+12"), Decimal("80.000000000001"), Fraction(most),
                  Fraction(most - 1, 10**12)):  # fmt: skip
        assert grade(npc, "systolic-low", Measured(value, "mmHg")).grade == 0
    assert grade(npc, "systolic-low", Measured(Fraction(79 * 10**22, 10**22), "mmHg")).grade == 1
    assert grade(npc, "systolic-low", Measured(Fraction(1, most), "mmHg")).grade == 1
    for value in (Fraction(most + 1), Fraction(1, most + 1), Fraction(-most - 1)):
        assert grade(npc, "systolic-low", Measured(value, "mmHg")).code == "value"
    assert grade(npc, "weight-gain", Measured(Fraction(7, 3), "percent")).working == (
        "2.3333...\u00a0percent: no grade of the scale is reached"
    )


@pytest.mark.parametrize("scale", ["npc-2001", "who-1981", "ctcae-5"])
def test_no_number_in_any_place_of_any_term_is_a_fault(shipped, scale: str):
    """Without chance: each term, each number that is none, as the value and as each reference."""
    sane = {
        "upper": Decimal(40),
        "lower": Decimal(10),
        "baseline": Decimal(40),
        "hours": Decimal(1),
    }
    for term in shipped[scale].terms:
        for value in ("0.01", "41", "500"):
            for number in map(Decimal, (*REFERENCES_THAT_ARE_NONE, "1E+13")):
                for name in sane:
                    given_ = Measured(Decimal(value), term.unit, **{**sane, name: number})
                    assert isinstance(grade(shipped[scale], term.id, given_), (Grade, Refusal))


@given(
    st.sampled_from(["npc-2001", "who-1981", "ctcae-5"]),
    st.data(),
    st.one_of(ANY_DECIMAL, marks("-5", "400", 100), st.fractions()),
    st.fixed_dictionaries({}, optional={
        name: st.none() | ANY_DECIMAL | marks("0", "200", 10)
        for name in ("upper", "lower", "baseline", "hours")}),
)  # fmt: skip
def test_any_value_is_graded_or_refused_in_a_sentence(shipped, name, data, value, references):
    scale = shipped[name]
    term = data.draw(st.sampled_from([one.id for one in scale.terms]) | st.text(max_size=8))
    found = scale.term(term)
    unit = data.draw(st.just("" if found is None else found.unit) | st.text(max_size=4))
    answer = grade(scale, term, Measured(value, unit, **references))
    if isinstance(answer, Grade):
        assert 0 <= answer.grade <= 5
        assert answer.working
    else:
        assert answer.code
        assert answer.text.endswith((".", ")"))


# What is said, word for word.


SAID = {
    ("ctcae-5", "hypotension", "graded-by-a-person"): (
        Measured(Decimal(70), "mmHg"),
        ("hypotension is graded by words in Common Terminology Criteria for Adverse Events. A person "
        "chooses the grade.")),
    ("npc-2001", "systolic-low", "unit"): (
        Measured(Decimal(70), "kPa"),
        "systolic blood pressure is graded in mmHg, and the value is in kPa. Give it in mmHg."),
    ("who-1981", "platelets", "unit"): (
        Measured(Decimal(70), ""),
        "platelets is graded in x 10⁹ per L, and the value is in no unit. Give it in x 10⁹ per L."),
    ("npc-2001", "weight", "unknown-term"): (
        Measured(Decimal(6), "percent"),
        ("npc-2001 has no term weight. It has: weight-gain, systolic-low, creatinine-high, "
        "transaminases.")),
    ("ctcae-5", "alt-increased", "no-reference"): (
        Measured(Decimal(90), "", upper=Decimal(40)),
        ("ALT increased: enter the baseline and the upper limit of normal. The grades hold only where "
        "the baseline was normal.")),
    ("ctcae-5", "ast-increased", "abnormal-baseline"): (
        Measured(Decimal(90), "", upper=Decimal(40), baseline=Decimal("40.1")),
        ("AST increased: the baseline was above the upper limit of normal. A person grades it by the "
        "scale's rule for an abnormal baseline.")),
    ("who-1981", "creatinine", "no-reference"): (
        Measured(Decimal(3), "mg/dL"),
        "creatinine cannot be graded without the upper limit of normal. Enter it."),
    ("ctcae-5", "fever", "no-reference"): (
        Measured(Decimal("40.1"), "degrees C"),
        "fever cannot be graded without the hours it has lasted. Enter it."),
}  # fmt: skip


@pytest.mark.parametrize("which", SAID)
def test_each_refusal_says_what_to_do(shipped, which):
    scale, term, code = which
    measured, said = SAID[which]
    assert grade(shipped[scale], term, measured) == Refusal(code, (said,))


@pytest.mark.parametrize(
    ("scale", "term", "value", "more", "working"),
    [
        ("ctcae-5", "fever", "39.01", {}, "39.01\u00a0degrees\u00a0C"),
        ("npc-2001", "systolic-low", "79", {}, "79\u00a0mmHg"),
        ("npc-2001", "systolic-low", "80", {}, "80\u00a0mmHg: no grade of the scale is reached"),
        ("who-1981", "creatinine", "3", {"upper": "1.2"},
         "3 is 2.5 times the upper limit of normal 1.2"),
        ("ctcae-5", "creatinine-increased", "0.8", {"upper": "1.2", "baseline": "0.5"},
         "0.8 is 1.6 times the baseline 0.5"),
        ("ctcae-5", "anaemia", "11", {"lower": "12"},
         "11\u00a0g/dL is 0.9167... times the lower limit of normal 12"),
    ],
)  # fmt: skip
def test_the_working_shows_the_value_and_what_it_was_held_against(
    shipped, scale, term, value, more, working
):
    references = {name: Decimal(text) for name, text in more.items()}
    unit = shipped[scale].term(term).unit
    answer = grade(shipped[scale], term, Measured(Decimal(value), unit, **references))
    assert answer.working == working
