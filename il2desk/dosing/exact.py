"""Exact decimal arithmetic: nothing is rounded unless a function of this module is asked to."""

from __future__ import annotations

from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from fractions import Fraction

# The trap on Inexact turns any silent rounding into a defect instead of a wrong dose.
_EXACT = Context(
    prec=90,
    traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Clamped],
    Emax=999,
    Emin=-999,
)
ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


def product_of(*factors: Decimal) -> Decimal:
    """The exact product of the factors."""
    result = ONE
    for factor in factors:
        result = _EXACT.multiply(result, factor)
    return result


def sum_of(*terms: Decimal) -> Decimal:
    """The exact sum of the terms."""
    result = ZERO
    for term in terms:
        result = _EXACT.add(result, term)
    return result


def ratio(numerator: Decimal, denominator: Decimal) -> Fraction:
    """The quotient as an exact fraction; the denominator is not zero."""
    return Fraction(numerator) / Fraction(denominator)


def half_up(numerator: Decimal, denominator: Decimal, step: Decimal) -> Decimal:
    """The quotient rounded half up to a multiple of `step`, away from zero on a tie.

    The denominator and the step are above zero (dose arithmetic, section 0).
    """
    doubled = sum_of(product_of(Decimal(2), _EXACT.abs(numerator)), product_of(denominator, step))
    units = _EXACT.divide_int(doubled, product_of(Decimal(2), denominator, step))
    size = product_of(units, step)
    return _EXACT.minus(size) if numerator < 0 else size


def rounded(value: Fraction | Decimal, places: int) -> Decimal:
    """The value rounded half up to `places` decimals."""
    whole = Fraction(value)
    return half_up(Decimal(whole.numerator), Decimal(whole.denominator), ONE.scaleb(-places))


def ceil_of(value: Fraction) -> int:
    """The least whole number that is not below the value."""
    return -((-value.numerator) // value.denominator)


def shifted(value: Decimal, places: int) -> Decimal:
    """The value x 10 to the power of `places`, exactly."""
    return _EXACT.scaleb(value, Decimal(places))


def rounded_up(value: Fraction, places: int) -> Decimal:
    """The least number of `places` decimals that is not below a positive value."""
    scale = 10**places
    units = -((-value.numerator * scale) // value.denominator)
    return shifted(Decimal(units), -places)


def rounded_down(value: Fraction, places: int) -> Decimal:
    """The greatest number of `places` decimals that is not above a positive value."""
    units = (value.numerator * 10**places) // value.denominator
    return shifted(Decimal(units), -places)


def whole_parts(amount: Decimal, part: Decimal) -> int:
    """How many parts hold the amount, rounded up; both above zero."""
    quotient = _EXACT.divide_int(amount, part)
    used = product_of(quotient, part)
    return int(quotient) + (0 if used == amount else 1)


def finite(value: Fraction | Decimal) -> Decimal | None:
    """The value as a finite decimal, or None where it has none."""
    if isinstance(value, Decimal):
        return value
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    if denominator != 1:
        return None
    places = max(twos, fives)
    return shifted(Decimal(value.numerator * 10**places // value.denominator), -places)
