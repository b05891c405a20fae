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
_HALF = Decimal("0.5")
HUNDRED = Decimal(100)

times = _EXACT.multiply
"""The exact product of two numbers."""
minus = _EXACT.subtract
"""The first number less the second, exactly."""


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


def fraction_of(value: Decimal) -> Fraction:
    """The value as an exact fraction."""
    return Fraction(*value.as_integer_ratio())


def ratio(numerator: Decimal, denominator: Decimal) -> Fraction:
    """The quotient as an exact fraction; the denominator is not zero."""
    (a, b), (c, d) = numerator.as_integer_ratio(), denominator.as_integer_ratio()
    return Fraction(a * d, b * c)


def half_up(numerator: Decimal, denominator: Decimal, step: Decimal) -> Decimal:
    """The quotient rounded half up to a multiple of `step`, away from zero on a tie.

    The denominator and the step are above zero (dose arithmetic, section 0).
    """
    part = _EXACT.multiply(denominator, step)
    raised = _EXACT.add(_EXACT.abs(numerator), _EXACT.multiply(part, _HALF))
    units = _EXACT.divide_int(raised, part)
    size = _EXACT.multiply(units, step)
    return _EXACT.minus(size) if numerator < 0 else size


def rounded(value: Fraction | Decimal, places: int) -> Decimal:
    """The value rounded half up to `places` decimals."""
    above, below = value.as_integer_ratio()
    units = (2 * abs(above) * 10**places + below) // (2 * below)
    return _EXACT.scaleb(Decimal(-units if above < 0 else units), -places)


def ceil_of(value: Fraction) -> int:
    """The least whole number that is not below the value."""
    return -((-value.numerator) // value.denominator)


def shifted(value: Decimal, places: int) -> Decimal:
    """The value x 10 to the power of `places`, exactly."""
    return _EXACT.scaleb(value, places)


def rounded_up(value: Fraction, places: int) -> Decimal:
    """The least number of `places` decimals that is not below a positive value."""
    above, below = value.as_integer_ratio()
    units = -((-above * 10**places) // below)
    return _EXACT.scaleb(Decimal(units), -places)


def rounded_down(value: Fraction, places: int) -> Decimal:
    """The greatest number of `places` decimals that is not above a positive value."""
    above, below = value.as_integer_ratio()
    units = (above * 10**places) // below
    return _EXACT.scaleb(Decimal(units), -places)


def whole_parts(amount: Decimal, part: Decimal) -> int:
    """How many parts hold the amount, rounded up; both above zero."""
    quotient = _EXACT.divide_int(amount, part)
    used = times(quotient, part)
    return int(quotient) + (0 if used == amount else 1)


def finite(value: Fraction | Decimal) -> Decimal | None:
    """The value as a finite decimal, or None where it has none."""
    if isinstance(value, Decimal):
        return value
    above, below = value.as_integer_ratio()
    try:
        return _EXACT.divide(Decimal(above), Decimal(below))
    except Inexact:
        return None
