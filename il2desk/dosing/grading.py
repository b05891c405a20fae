"""Grading a value by toxicity definitions: the grade with its version and working, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.exact import half_up
from il2desk.dosing.findings import Refusal, Source, refuse
from il2desk.dosing.rule_set import Bounds
from il2desk.dosing.sentence import tell, told
from il2desk.dosing.toxicity import (
    BASELINE,
    LOWER,
    UPPER,
    VALUE,
    GradeRow,
    ToxicityDefinitions,
    ToxicityTerm,
)
from il2desk.dosing.writing import write_number, write_quantity

_CHANGE = "percent"  # only a change can lie below zero
_DIGITS = 12
"""No instrument shows more digits before its decimal point, or after it."""
_LARGEST = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """A value to grade with its unit, and the references that limits may go by.

    References in the same unit: the laboratory's limits of normal, the patient's baseline.
    `hours` is how long the finding has lasted. None where unknown.
    """

    value: Decimal | Fraction
    unit: str
    upper: Decimal | None = None
    lower: Decimal | None = None
    baseline: Decimal | None = None
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (0: not met, or below grade 1) with the definitions and version it was given by."""

    definitions: str
    version: str
    term: str
    grade: int
    working: str
    source: Source


def grade(definitions: ToxicityDefinitions, term: str, measured: Measured) -> Grade | Refusal:
    """The grade of a value. Refused for a term that a person grades, a gap, a missing reference.

    Refused too for a value that nobody can have measured: no number, without end, or with over 12 digits.
    The highest grade counts of which one condition is met; a condition that cannot be judged for
    want of a reference refuses, unless a grade as high is met without it.
    """
    gaps = [gap for gap in definitions.gaps if gap.field.startswith(f"terms.{term}.")]
    if gaps:
        return Refusal("grade-gap", tuple(gap.sentence() for gap in gaps))
    found = definitions.term(term)
    if found is None:
        return _unknown(definitions, term)
    if not found.rows:
        return refuse(
            "graded-by-a-person",
            tell(
                "{name} is graded by words in {title}. A person chooses the grade.",
                name=found.name,
                title=definitions.title,
            ),
        )
    if found.unit and measured.unit != found.unit:
        return refuse(
            "unit",
            tell(
                "{name} is graded in {unit}, and the value is in {given_in}. Give it in {unit}.",
                name=found.name,
                unit=found.unit,
                given_in=measured.unit or tell("no unit"),
            ),
        )
    if not _measurable(measured.value) or (measured.value < 0 and found.unit != _CHANGE):
        return refuse(
            "value",
            tell("{name}: the value is no measured number. Enter it again.", name=found.name),
        )
    if found.normal_baseline:
        refusal = _baseline_refusal(found, measured)
        if refusal is not None:
            return refusal
    return _highest(definitions, found, measured)


def _unknown(definitions: ToxicityDefinitions, term: str) -> Refusal:
    gap = next((gap for gap in definitions.gaps if gap.field == f"terms.{term}"), None)
    if gap is not None:
        return Refusal("grade-gap", (gap.sentence(),))
    known = ", ".join(one.id for one in definitions.terms)
    return refuse(
        "unknown-term",
        tell(
            "{id} has no term {term}. It has: {known}.", id=definitions.id, term=term, known=known
        ),
    )


def _baseline_refusal(term: ToxicityTerm, measured: Measured) -> Refusal | None:
    baseline, upper = _reference(BASELINE, measured), _reference(UPPER, measured)
    if baseline is None or upper is None:
        return refuse(
            "no-reference",
            tell(
                "{name}: enter the baseline and the upper limit of normal. The grades hold "
                "only where the baseline was normal.",
                name=term.name,
            ),
        )
    if baseline > upper:
        return refuse(
            "abnormal-baseline",
            tell(
                "{name}: the baseline was above the upper limit of normal. A person grades it "
                "by the scale's rule for an abnormal baseline.",
                name=term.name,
            ),
        )
    return None


def _highest(
    definitions: ToxicityDefinitions, term: ToxicityTerm, measured: Measured
) -> Grade | Refusal:
    for number in sorted({row.grade for row in term.rows}, reverse=True):
        rows = [row for row in term.rows if row.grade == number]
        answers = [_met(row, measured) for row in rows]
        if any(answer is True for answer in answers):
            met = rows[answers.index(True)]
            return _made(definitions, term, number, _working(term, met, measured))
        lacking = next((answer for answer in answers if isinstance(answer, str)), None)
        if lacking is not None:
            return refuse(
                "no-reference",
                tell(
                    "{name} cannot be graded without the {lacking}. Enter it.",
                    name=term.name,
                    lacking=lacking,
                ),
            )
    return _made(
        definitions,
        term,
        0,
        tell("{shown}: no grade of the scale is reached", shown=_shown(term, measured)),
    )


def _met(row: GradeRow, measured: Measured) -> bool | str:
    """True or false; the name of what is missing where it cannot be judged."""
    reference = _reference(row.of, measured)
    if reference is None:
        return told(row.of)
    value = Fraction(measured.value) / reference
    if row.step is not None:
        parts = Decimal(value.numerator), Decimal(value.denominator)
        value = Fraction(half_up(*parts, row.step))
    if not _inside(row.bounds, value):
        return False
    if row.hours is None:
        return True
    if measured.hours is None or not _measurable(measured.hours):
        return tell("hours it has lasted")
    return _inside(row.hours, Fraction(measured.hours))


def _reference(of: str, measured: Measured) -> Fraction | None:
    known = {
        VALUE: Decimal(1),
        UPPER: measured.upper,
        LOWER: measured.lower,
        BASELINE: measured.baseline,
    }
    found = known[of]
    return None if found is None or not _measurable(found) or found <= 0 else Fraction(found)


def _measurable(number: Decimal | Fraction) -> bool:
    """A finite number of few digits, or a ratio of two such; only these are compared exactly."""
    if isinstance(number, Fraction):
        return abs(number.numerator) <= _LARGEST**2 and number.denominator <= _LARGEST**2
    exponent = number.as_tuple().exponent  # a letter where it is no number, or without end
    return isinstance(exponent, int) and -_DIGITS <= exponent <= _DIGITS and abs(number) <= _LARGEST


def _inside(bounds: Bounds, value: Fraction) -> bool:
    return not (
        (bounds.below is not None and value >= bounds.below)
        or (bounds.to is not None and value > bounds.to)
        or (bounds.from_ is not None and value < bounds.from_)
        or (bounds.above is not None and value <= bounds.above)
    )


def _working(term: ToxicityTerm, row: GradeRow, measured: Measured) -> str:
    """The value, and what of it was compared."""
    value = _shown(term, measured)
    reference = _reference(row.of, measured)
    if row.of == VALUE or reference is None:
        return value
    ratio = Fraction(measured.value) / reference
    return tell(
        "{value} is {ratio} times the {of} {reference}",
        value=value,
        ratio=write_number(ratio),
        of=row.of,
        reference=write_number(reference),
    )


def _shown(term: ToxicityTerm, measured: Measured) -> str:
    number = write_number(measured.value)
    return write_quantity(number, term.unit) if term.unit else number


def _made(definitions: ToxicityDefinitions, term: ToxicityTerm, number: int, working: str) -> Grade:
    return Grade(definitions.id, definitions.version, term.id, number, working, term.source)
