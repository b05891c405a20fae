"""Whether a condition of a rule set is met by a value, and how its limit reads in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.assessment_values import FoundValue
from il2desk.dosing.exact import finite
from il2desk.dosing.finding_codes import FINDING_CODES, in_words
from il2desk.dosing.rule_set import Bounds, Condition
from il2desk.dosing.sentence import joined, tell
from il2desk.dosing.writing import write_number, write_quantity, write_rounded


def is_met(condition: Condition, value: FoundValue, weight_kg: Decimal | None) -> bool | None:
    """True or false; None where the limit is per kg and no weight is known. Limits compare exactly."""
    if condition.bounds is not None:
        return _in_bounds(condition.bounds, value, weight_kg)
    if condition.is_true:
        return value is True
    if isinstance(value, tuple):
        return bool(value) if condition.any_word else any(word in condition.words for word in value)
    return value in condition.words


def _in_bounds(bounds: Bounds, value: FoundValue, weight_kg: Decimal | None) -> bool | None:
    if isinstance(value, bool) or not isinstance(value, (Decimal, Fraction)):
        return False
    if bounds.per_kg and weight_kg is None:
        return None
    factor = Fraction(weight_kg) if bounds.per_kg and weight_kg is not None else Fraction(1)
    number = Fraction(value)
    outside = (
        (bounds.below is not None and number >= Fraction(bounds.below) * factor)
        or (bounds.to is not None and number > Fraction(bounds.to) * factor)
        or (bounds.from_ is not None and number < Fraction(bounds.from_) * factor)
        or (bounds.above is not None and number <= Fraction(bounds.above) * factor)
    )
    return not outside


def limit_in_words(condition: Condition, weight_kg: Decimal | None) -> str:
    """The limit as a person reads it, with the arithmetic of a limit per kg."""
    name = FINDING_CODES[condition.code]
    if condition.bounds is not None:
        unit = name.number.unit if name.number is not None else ""
        return _bounds_in_words(condition.bounds, unit, weight_kg)
    if condition.is_true:
        return tell("yes")
    if condition.any_word:
        return tell("any sign listed")
    return joined(", ", (in_words(word) for word in condition.words))


def _bounds_in_words(bounds: Bounds, unit: str, weight_kg: Decimal | None) -> str:
    per = f"{unit} per kg" if bounds.per_kg else unit
    text = range_in_words(bounds, per)
    if bounds.per_kg and weight_kg is not None:
        limits = [limit for limit in (bounds.below, bounds.to, bounds.from_, bounds.above) if limit]
        absolute = write_quantity(limits[0] * weight_kg, unit)
        return tell(
            "{limit} ({absolute} at {weight})",
            limit=text,
            absolute=absolute,
            weight=write_quantity(weight_kg, "kg"),
        )
    return text


def range_in_words(bounds: Bounds, unit: str) -> str:
    """The range as people say it: "2.5 or more and below 3 mg/dL", "18 mmol/L or less"."""
    low, high = bounds.from_, bounds.to
    above, below = bounds.above, bounds.below
    if low is not None and high is not None:
        return tell("{low} to {limit}", low=write_number(low), limit=_with_unit(high, unit))
    if low is not None and below is not None:
        return tell(
            "{low} or more and below {limit}",
            low=write_number(low),
            limit=_with_unit(below, unit),
        )
    if above is not None and high is not None:
        return tell(
            "above {above} and up to {limit}",
            above=write_number(above),
            limit=_with_unit(high, unit),
        )
    if low is not None:
        return tell("{limit} or more", limit=_with_unit(low, unit))
    if high is not None:
        return tell("{limit} or less", limit=_with_unit(high, unit))
    if above is not None and below is not None:
        return tell(
            "above {above} and below {limit}",
            above=write_number(above),
            limit=_with_unit(below, unit),
        )
    if above is not None:
        return tell("above {limit}", limit=_with_unit(above, unit))
    return "" if below is None else tell("below {limit}", limit=_with_unit(below, unit))


def _with_unit(limit: Decimal, unit: str) -> str:
    return write_quantity(limit, unit) if unit else write_number(limit)


def value_in_words(code: str, value: FoundValue) -> str:
    """A found value with its unit, in words."""
    if isinstance(value, bool):
        return tell("yes") if value else tell("no")
    if isinstance(value, tuple):
        return joined(", ", (in_words(word) for word in value)) or tell("none")
    if isinstance(value, str):
        return in_words(value)
    number = FINDING_CODES[code].number
    return _value_with_unit(value, number.unit if number is not None else "")


def _value_with_unit(value: Decimal | Fraction, unit: str) -> str:
    """A found value; one that the program computed is shown to 2 decimals, limits compare it whole."""
    exact = finite(value)
    text = write_rounded(value, 2) if exact is None else write_number(exact)
    return write_quantity(text, unit) if unit else text
