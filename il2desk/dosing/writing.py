"""The one formatter of numbers, doses, dates and times (dose arithmetic, section 6)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.exact import finite, rounded, shifted
from il2desk.dosing.sentence import joined, tell

NO_BREAK = "\u00a0"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MILLION = Decimal(1_000_000)
# A space between a number and its unit, and inside the units that have more than one word.
_UNIT = re.compile(
    r"(?<=[0-9]) (?=(?:million|thousand|international|units?|mL|dL|L|kg|g|mg|mcg|ng|mol|mmol|micromol"
    r"|mEq|cm|mm3|mm|mmHg|m2|hr|h|hours?|min|minutes?|s|seconds?|days?|weeks?|months?|years?|percent"
    r"|vials?|bags?|syringes?|ampoules?|tablets?|degrees|doses?|cycles?|courses?|times|beats|breaths"
    r"|cells|x)\b|[%°])"
    r"|(?<=million) (?=international)|(?<=international) (?=units)|(?<=\bper) (?=[A-Za-z0-9])"
    r"|(?<=degrees) (?=[CF]\b)"
)
# "30 to 70" is one number; dates and codes with hyphens are not numbers.
_SPAN = re.compile(r"(?<![\w.,:-])([0-9][0-9.,]*(?: ?%)?) to ([0-9][0-9.,]*)(?![\w-])")


def plain(value: Decimal | Fraction | int, places: int = 6) -> str:
    """Plain notation without grouping; a value with no finite decimal gets `places`, half up."""
    if isinstance(value, int):
        return str(value)
    exact = value if isinstance(value, Decimal) else finite(value)
    return _trimmed(f"{rounded(value, places) if exact is None else exact:f}")


def _trimmed(digits: str) -> str:
    """The digits without the zeros at their end that say nothing, and zero without a sign."""
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def plain_rounded(value: Decimal | Fraction, places: int) -> str:
    """Plain notation of the value rounded half up to `places` decimals."""
    return plain(rounded(value, places))


def write_number(value: Decimal | Fraction | int) -> str:
    """All digits, grouped; a value with no finite decimal gives 4 decimals and "..."."""
    if isinstance(value, Decimal):
        return _trimmed(f"{value:,f}")
    if isinstance(value, int):
        return f"{value:,}"
    exact = finite(value)
    if exact is None:
        return write_rounded(value, 4) + "..."
    return _trimmed(f"{exact:,f}")


def write_rounded(value: Decimal | Fraction, places: int) -> str:
    """Grouped, rounded half up to `places` decimals, without trailing zeros."""
    return _trimmed(f"{rounded(value, places):,f}")


def write_quantity(value: Decimal | Fraction | int | str, unit: str) -> str:
    """Number and unit that never part over a line."""
    number = value if isinstance(value, str) else write_number(value)
    return f"{number}{NO_BREAK}{unit.replace(' ', NO_BREAK)}"


def kept_together(text: str) -> str:
    """The text with no line break possible between a number and its unit, or inside "N to N"."""
    spans = _SPAN.sub(rf"\1{NO_BREAK}to{NO_BREAK}\2", text)
    return _UNIT.sub(NO_BREAK, spans)


def write_dose(international_units: Decimal) -> str:
    """A dose with all its digits, in millions from one million up, the unit in words."""
    if abs(international_units) >= _MILLION:
        return write_quantity(shifted(international_units, -6), "million international units")
    return write_quantity(international_units, "international units")


def write_units(international_units: Decimal) -> str:
    """The dose with its full digits, for the working only."""
    return write_quantity(international_units, "international units")


def write_date(day: date) -> str:
    """12-Mar-2026, whatever the computer's locale."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def write_weekday(day: date) -> str:
    """Thu 12-Mar-2026."""
    return f"{WEEKDAYS[day.weekday()]}{NO_BREAK}{write_date(day)}"


def write_days(days: tuple[int, ...]) -> str:
    """Days of a cycle with runs of three or more together: "1 to 5, 8, 10", in ascending order."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = [
        tell("{first} to {last}", first=run[0], last=run[-1])
        if len(run) > 2  # noqa: PLR2004 - a run
        else ", ".join(map(str, run))
        for run in runs
    ]
    return joined(", ", words)


def write_clock(moment: time | datetime) -> str:
    """14:02 on the 24-hour clock."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def write_moment(moment: datetime) -> str:
    """12-Mar-2026 14:02 in the moment's own zone."""
    return f"{write_date(moment.date())} {write_clock(moment)}"


def write_offset(moment: datetime) -> str:
    """The local offset, +01:00; the moment must carry a zone."""
    offset = moment.utcoffset()
    if offset is None:
        msg = "a moment without a zone has no offset"
        raise ValueError(msg)
    minutes = offset // timedelta(minutes=1)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def write_span(span: timedelta) -> str:
    """2 hours 10 min, in whole minutes."""
    minutes = abs(span) // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest}{NO_BREAK}min"
    word = "hour" if hours == 1 else "hours"
    return f"{hours}{NO_BREAK}{word}" + (f" {rest}{NO_BREAK}min" if rest else "")
