"""Whole numbers and exact fractions for the second engine, taken from the digits of decimals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


class UnansweredError(Exception):
    """The request cannot be answered; it never leaves the second engine."""


def require(*, answerable: bool) -> None:
    """Give up where the request cannot be answered; raises UnansweredError."""
    if not answerable:
        raise UnansweredError


def exact(value: Decimal | None) -> Fraction:
    """The number from its digits; a missing, infinite or undefined one cannot be answered."""
    if value is None:
        raise UnansweredError
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise UnansweredError
    whole = 0
    for digit in digits:
        whole = whole * 10 + digit
    whole = -whole if sign else whole
    return whole * Fraction(10) ** exponent


def positive(value: Decimal | None) -> Fraction:
    """The number, which must be above zero; raises UnansweredError."""
    number = exact(value)
    require(answerable=number > 0)
    return number


def counted(value: Decimal | None, per_unit: int, limits: tuple[int, int]) -> int:
    """A reading as a whole number of its smallest marks, inside its limits, ends included."""
    marks = exact(value) * per_unit
    require(answerable=marks.denominator == 1 and limits[0] <= marks <= limits[1])
    return marks.numerator


def nearest_count(quotient: Fraction) -> int:
    """The nearest whole number of a positive quotient, a tie away from zero."""
    return (2 * quotient.numerator + quotient.denominator) // (2 * quotient.denominator)


def at_least_count(quotient: Fraction) -> int:
    """The least whole number that is not below the quotient."""
    return -(-quotient.numerator // quotient.denominator)
