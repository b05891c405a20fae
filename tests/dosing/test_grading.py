"""Toxicity definitions at every boundary, written by hand from the clinical facts, C.7 to C.9."""

from __future__ import annotations

from decimal import Decimal

import pytest

from il2desk.dosing import Grade, Measured, Refusal, ToxicityDefinitions, grade
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue


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
