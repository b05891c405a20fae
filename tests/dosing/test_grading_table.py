"""Every limit of the toxicity definitions, written by hand from the clinical facts, C.7 to C.9.

Each line is a value and its grade: the limit itself and a step beyond it. References are 1, so that
a value is also its multiple.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from il2desk.dosing import Grade, Measured, Refusal, ToxicityDefinitions, grade
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue

Lines = list[tuple[str, int]]

MULTIPLE_OF_1981: Lines = [
    ("1.25", 0), ("1.254", 0), ("1.255", 1), ("1.26", 1), ("2.5", 1), ("2.54", 1), ("2.55", 2),
    ("2.6", 2), ("5", 2), ("5.04", 2), ("5.05", 3), ("5.1", 3), ("10", 3), ("10.04", 3),
    ("10.05", 4), ("10.1", 4),
]  # fmt: skip
TRANSAMINASE_OF_5: Lines = [
    ("1", 0), ("1.01", 1), ("3", 1), ("3.01", 2), ("5", 2), ("5.01", 3), ("20", 3), ("20.01", 4),
]  # fmt: skip
PERCENT_OF_5: Lines = [
    ("4.99", 0), ("5", 1), ("9.99", 1), ("10", 2), ("10.01", 2), ("19.99", 2), ("20", 3),
]  # fmt: skip
TABLE: dict[tuple[str, str], Lines] = {
    ("npc-2001", "weight-gain"): [("4.99", 0), ("5", 0), ("5.01", 1)],
    ("npc-2001", "systolic-low"): [("79.99", 1), ("80", 0), ("80.01", 0)],
    ("npc-2001", "creatinine-high"): [("1.99", 0), ("2", 0), ("2.01", 1)],
    ("who-1981", "haemoglobin"): [
        ("11", 0), ("10.95", 0), ("10.94", 1), ("10.9", 1), ("9.5", 1), ("9.45", 1), ("9.44", 2),
        ("9.4", 2), ("8", 2), ("7.95", 2), ("7.94", 3), ("7.9", 3), ("6.5", 3), ("6.45", 3),
        ("6.44", 4), ("6.4", 4),
    ],
    ("who-1981", "white-cells"): [
        ("4", 0), ("3.95", 0), ("3.94", 1), ("3.9", 1), ("3", 1), ("2.95", 1), ("2.94", 2),
        ("2.9", 2), ("2", 2), ("1.95", 2), ("1.94", 3), ("1.9", 3), ("1", 3), ("0.95", 3),
        ("0.94", 4), ("0.9", 4),
    ],
    ("who-1981", "granulocytes"): [
        ("2", 0), ("1.95", 0), ("1.94", 1), ("1.9", 1), ("1.5", 1), ("1.45", 1), ("1.44", 2),
        ("1.4", 2), ("1", 2), ("0.95", 2), ("0.94", 3), ("0.9", 3), ("0.5", 3), ("0.45", 3),
        ("0.44", 4), ("0.4", 4),
    ],
    ("who-1981", "platelets"): [
        ("100", 0), ("99.5", 0), ("99.49", 1), ("99", 1), ("75", 1), ("74.5", 1), ("74.49", 2),
        ("74", 2), ("50", 2), ("49.5", 2), ("49.49", 3), ("49", 3), ("25", 3), ("24.5", 3),
        ("24.49", 4), ("24", 4),
    ],
    **{
        ("who-1981", term): MULTIPLE_OF_1981
        for term in (
            "bilirubin", "transaminases", "alkaline-phosphatase", "urea-nitrogen", "creatinine",
        )
    },
    ("ctcae-5", "creatinine-increased"): [
        ("1", 0), ("1.01", 1), ("1.5", 1), ("1.51", 2), ("3", 2), ("3.01", 3), ("6", 3),
        ("6.01", 4),
    ],
    ("ctcae-5", "ast-increased"): TRANSAMINASE_OF_5,
    ("ctcae-5", "alt-increased"): TRANSAMINASE_OF_5,
    ("ctcae-5", "bilirubin-increased"): [
        ("1", 0), ("1.01", 1), ("1.5", 1), ("1.51", 2), ("3", 2), ("3.01", 3), ("10", 3),
        ("10.01", 4),
    ],
    ("ctcae-5", "fever"): [
        ("37.99", 0), ("38", 1), ("39", 1), ("39.01", 2), ("40", 2), ("40.01", 3),
    ],
    ("ctcae-5", "weight-gain"): PERCENT_OF_5,
    ("ctcae-5", "weight-loss"): PERCENT_OF_5,
    # The lower limit of normal is 100 here, 10, 5 and 12 below.
    ("ctcae-5", "platelets-decreased"): [
        ("100", 0), ("99.99", 1), ("75", 1), ("74.99", 2), ("50", 2), ("49.99", 3), ("25", 3),
        ("24.99", 4),
    ],
    ("ctcae-5", "white-cells-decreased"): [
        ("10", 0), ("9.99", 1), ("3", 1), ("2.99", 2), ("2", 2), ("1.99", 3), ("1", 3),
        ("0.99", 4),
    ],
    ("ctcae-5", "neutrophils-decreased"): [
        ("5", 0), ("4.99", 1), ("1.5", 1), ("1.49", 2), ("1", 2), ("0.99", 3), ("0.5", 3),
        ("0.49", 4),
    ],
    ("ctcae-5", "anaemia"): [
        ("12", 0), ("11.99", 1), ("10", 1), ("9.99", 2), ("8", 2), ("7.99", 3),
    ],
    ("ctcae-5", "urine-8h"): [("80.01", 0), ("80", 0), ("79.99", 3)],
    ("ctcae-5", "urine-24h"): [("240.01", 0), ("240", 0), ("239.99", 4)],
    ("ctcae-5", "saturation-on-exertion"): [("88.01", 0), ("88", 0), ("87.99", 2)],
    ("ctcae-5", "saturation-at-rest"): [("88.01", 0), ("88", 0), ("87.99", 3)],
    ("ctcae-5", "arterial-oxygen"): [("55.01", 0), ("55", 3), ("54.99", 3)],
}  # fmt: skip
LOWER = {
    "platelets-decreased": "100", "white-cells-decreased": "10", "neutrophils-decreased": "5",
    "anaemia": "12",
}  # fmt: skip
LINES = [(*key, *line) for key, lines in TABLE.items() for line in lines]


@pytest.fixture(scope="module")
def shipped() -> dict[str, ToxicityDefinitions]:
    catalogue = load_catalogue(resource_dir())
    found = {name: catalogue.definitions(name) for name in catalogue.ids("definitions")}
    return {name: one for name, one in found.items() if not isinstance(one, Refusal)}


def measured(definitions: ToxicityDefinitions, term: str, value: str) -> Measured:
    found = definitions.term(term)
    assert found is not None
    one = Decimal(1)
    return Measured(
        Decimal(value), found.unit, one, Decimal(LOWER.get(term, "1")), one, hours=Decimal(24)
    )


@pytest.mark.parametrize(("scale", "term", "value", "expected"), LINES)
def test_a_value_at_and_beside_a_limit(shipped, scale, term, value, expected):
    answer = grade(shipped[scale], term, measured(shipped[scale], term, value))
    assert isinstance(answer, Grade), answer
    assert answer.grade == expected


def sides(definitions: ToxicityDefinitions) -> Iterator[tuple[str, Decimal, bool]]:
    """Every limit of every grade: its term, its value, and whether what lies beyond it is above."""
    for term in definitions.terms:
        for row in term.rows:
            scale = Decimal(LOWER[term.id]) if row.of == "lower limit of normal" else Decimal(1)
            bounds = row.bounds
            for limit, above in (
                (bounds.from_, False), (bounds.above, True), (bounds.to, True),
                (bounds.below, False),
            ):  # fmt: skip
                if limit is not None:
                    yield term.id, limit * scale, above


@pytest.mark.parametrize("scale", ["npc-2001", "who-1981", "ctcae-5"])
def test_no_limit_is_left_out_of_the_table(shipped, scale):
    """The threefold transaminases of the study are a gap: nothing of them is graded."""
    lacking = []
    for term, limit, above in sides(shipped[scale]):
        if (scale, term) == ("npc-2001", "transaminases"):
            continue
        values = [Decimal(value) for value, _ in TABLE[scale, term]]
        reach = Decimal(1) if limit > 20 else Decimal("0.1")
        beyond = [one for one in values if (one > limit) is above and 0 < abs(one - limit) <= reach]
        if limit not in values or not beyond:
            lacking.append((term, limit, above))
    assert lacking == []


def test_a_table_without_a_limit_would_be_seen(shipped):
    assert ("creatinine-increased", Decimal(6), True) in set(sides(shipped["ctcae-5"]))
    assert ("platelets-decreased", Decimal(100), False) in set(sides(shipped["ctcae-5"]))


@pytest.mark.parametrize(("value", "expected"), [("1.5", 0), ("1.51", 2), ("3", 2), ("3.01", 3)])
def test_version_5_creatinine_by_the_baseline_alone(shipped, value, expected):
    """Below an upper limit of 4 only the multiple of the baseline counts."""
    found = Measured(Decimal(value), "mg/dL", upper=Decimal(4), baseline=Decimal(1))
    answer = grade(shipped["ctcae-5"], "creatinine-increased", found)
    assert isinstance(answer, Grade)
    assert answer.grade == expected


@pytest.mark.parametrize(
    ("scale", "term", "value", "unit"),
    [
        ("npc-2001", "creatinine-high", "177", "micromol/L"),
        ("npc-2001", "creatinine-high", "2.1", ""),
        ("who-1981", "platelets", "74000", "per mm3"),
        ("ctcae-5", "anaemia", "80", "g/L"),
        ("ctcae-5", "fever", "101", "degrees F"),
    ],
)
def test_a_value_in_another_unit_is_refused_and_never_graded(shipped, scale, term, value, unit):
    answer = grade(shipped[scale], term, Measured(Decimal(value), unit))
    assert isinstance(answer, Refusal)
    assert answer.code == "unit"
    found = shipped[scale].term(term)
    assert found is not None
    assert f"Give it in {found.unit}" in answer.text
