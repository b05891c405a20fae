"""Typed text into numbers, dates and times by one grammar (dose arithmetic, section 1).

Nothing is clamped, rounded or corrected: text is understood exactly or refused with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from il2desk.dosing.findings import Refusal, refuse
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import MONTHS, write_number, write_quantity

_LONGEST = 12
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    0xFF0E: ".",
    0xFF0C: ",",
    0xFF1A: ":",
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:[.,][0-9]+)?", re.ASCII)
_THREE_DIGIT_TAIL = re.compile(r"-?([1-9][0-9]*)[.,]([0-9]{3})", re.ASCII)
_UNIT = re.compile(r"-?[0-9][0-9.,]*\s*[^\W\d_]", re.ASCII)
_EXPONENT = re.compile(r"-?[0-9.,]+[eE][+-]?[0-9]*", re.ASCII)
_CLOCK = re.compile(r"(?:([0-9]{2})([0-9]{2})|([0-9]{1,2}):([0-9]{2}))", re.ASCII)
_DAY = re.compile(r"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4})", re.ASCII)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberField:
    """What a field takes: its name, unit, range (ends included) and number of decimals."""

    name: str
    unit: str
    minimum: Decimal
    maximum: Decimal
    decimals: int
    signed: bool = False

    def takes(self, value: Decimal) -> bool:
        """Whether the field can hold the number: finite, in range, with no more decimals."""
        if not value.is_finite() or not self.minimum <= value <= self.maximum:
            return False
        _, below = value.as_integer_ratio()
        return int(10**self.decimals) % below == 0


def _field(name: str, unit: str, least: str, most: str, decimals: int) -> NumberField:
    return NumberField(name, unit, Decimal(least), Decimal(most), decimals)


# Ranges and decimals: dose arithmetic, section 1.
WEIGHT_KG = _field(tell("dosing weight"), "kg", "2", "300", 2)
HEIGHT_CM = _field(tell("height"), "cm", "40", "230", 1)
AGE_YEARS = _field(tell("age"), "years", "0", "120", 0)
# Surface: what the ranges of weight and height allow by Mosteller, 0.15 to 4.38 m2.
SURFACE_M2 = _field(tell("body surface area"), "m2", "0.15", "4.38", 2)
MEASURE_STEP_ML = _field(tell("measure step"), "mL", "0.001", "1", 3)
VOLUME_ML = _field(tell("volume"), "mL", "0", "2000", 3)
# Doses are typed in full digits: no decimal mark, so no mark can be misread.
DOSE_UNITS = _field(tell("dose"), "international units", "1", "999999999", 0)
COUNT = _field(tell("number"), "", "1", "999", 0)


def normalised(text: str) -> str:
    """The text with full-width digits and marks mapped to ASCII; nothing else is touched."""
    return text.translate(_FULL_WIDTH)


def parse_number(text: str, field: NumberField) -> Decimal | Refusal:
    """The number typed, or a refusal that says how to type it.

    Codes: empty, incomplete, too-long, separator, space, sign, exponent, unit, leading-zero,
    zero-first, two-marks, decimals, characters, range.
    """
    typed = normalised(text)
    refusal = _shape_refusal(text, typed, field)
    if refusal is not None:
        return refusal
    value = Decimal(typed.replace(",", "."))
    _, _, tail = typed.replace(",", ".").partition(".")
    if len(tail) > field.decimals:
        allowed = (
            tell("no decimals")
            if field.decimals == 0
            else tell("at most {decimals} decimal places", decimals=field.decimals)
        )
        return refuse(
            "decimals",
            tell(
                "{text} has more decimals than the field. Type the {name} with {allowed}.",
                text=text,
                name=field.name,
                allowed=allowed,
            ),
        )
    if not field.minimum <= value <= field.maximum:
        lowest, highest = write_number(field.minimum), write_number(field.maximum)
        return refuse(
            "range",
            tell(
                "{value} is outside {lowest} to {highest}. Type the {name} again.",
                value=_with_unit(text, field),
                lowest=lowest,
                highest=_with_unit(highest, field),
                name=field.name,
            ),
        )
    return value


def _with_unit(number: str, field: NumberField) -> str:
    return write_quantity(number, field.unit) if field.unit else number


def _shape_refusal(text: str, typed: str, field: NumberField) -> Refusal | None:
    """Why the text is not one number, or None where it is."""
    name = field.name
    if typed.strip() == "":
        if not field.unit:
            return refuse("empty", tell("Enter the {name}.", name=name))
        return refuse("empty", tell("Enter the {name} in {unit}.", name=name, unit=field.unit))
    if len(typed) > _LONGEST:
        return refuse(
            "too-long",
            tell(
                "That is over {longest} characters. Type the {name} as a number only.",
                longest=_LONGEST,
                name=name,
            ),
        )
    tail = _THREE_DIGIT_TAIL.fullmatch(typed)
    if tail is not None:
        a, b = f"{tail[1]}{tail[2]}", f"{tail[1]}.{tail[2]}"
        return refuse(
            "separator",
            tell(
                "{text} could mean {a} or {b}. Type it without a thousands separator, with "
                "fewer than three decimals.",
                text=text,
                a=a,
                b=b,
            ),
        )
    if _NUMBER.fullmatch(typed) and (field.signed or not typed.startswith("-")):
        return None
    return _wrong_shape(text, typed, field)


def _wrong_shape(text: str, typed: str, field: NumberField) -> Refusal:
    """The sentence for text that is not a number by the grammar."""
    body = typed.removeprefix("-") if field.signed else typed
    marks = body.count(".") + body.count(",")
    checks: tuple[tuple[bool, str, str], ...] = (
        (not typed.isascii(), "characters", tell("Type the digits 0 to 9 of this keyboard.")),
        (typed[0] in "+-" and not field.signed, "sign", tell("Type it without a sign.")),
        (
            _EXPONENT.fullmatch(typed) is not None,
            "exponent",
            tell("Type all digits, without an exponent."),
        ),
        (
            _UNIT.match(typed) is not None,
            "unit",
            tell("Type the number only; the unit belongs to the field."),
        ),
        (
            bool(re.search(r"[\s'_]", typed)),
            "space",
            tell("Type it without spaces or apostrophes."),
        ),
        (
            marks > 1,
            "two-marks",
            tell("Only one decimal mark is allowed, and no thousands separator."),
        ),
        (
            bool(re.fullmatch(r"[.,][0-9]+", body)),
            "zero-first",
            tell("Type a zero first, as in 0.5."),
        ),
        (
            bool(re.fullmatch(r"[0-9]+[.,]", body)),
            "incomplete",
            tell("Type the decimals, or remove the mark."),
        ),
        (
            bool(re.fullmatch(r"0[0-9]+([.,][0-9]*)?", body)),
            "leading-zero",
            tell("Remove the leading zero."),
        ),
    )
    for wrong, code, sentence in checks:
        if wrong:
            return refuse(
                code, tell("{text} is not understood. {sentence}", text=text, sentence=sentence)
            )
    return refuse(
        "characters",
        tell("{text} is not a number. Type digits with at most one decimal mark.", text=text),
    )


def parse_clock(text: str) -> time | Refusal:
    """A time of day from four digits or H:MM on the 24-hour clock."""
    typed = normalised(text)
    if typed.strip() == "":
        return refuse("empty", "Enter the time, four digits, for example 0830.")
    match = _CLOCK.fullmatch(typed)
    if match is None:
        return refuse(
            "clock", tell("{text} is not a time. Type four digits, for example 0830.", text=text)
        )
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    if (hour, minute) == (24, 0):
        return refuse("midnight", "Midnight is 00:00. Check the date as well.")
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
        return refuse(
            "clock",
            tell("{text} is not a time of the 24-hour clock. Type 0000 to 2359.", text=text),
        )
    return time(hour, minute)


def parse_date(text: str) -> date | Refusal:
    """A date from 12-Mar-2026 (any case) or 2026-03-12."""
    typed = normalised(text)
    if typed.strip() == "":
        return refuse("empty", "Enter the date, for example 12-Mar-2026.")
    iso, own = _ISO_DAY.fullmatch(typed), _DAY.fullmatch(typed)
    try:
        if iso is not None:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if own is not None and own[2].capitalize() in MONTHS:
            return date(int(own[3]), MONTHS.index(own[2].capitalize()) + 1, int(own[1]))
    except ValueError:
        return refuse(
            "date", tell("{text} does not exist in the calendar. Check day and month.", text=text)
        )
    return refuse("date", tell("{text} is not a date. Type it as 12-Mar-2026.", text=text))


def parse_local(text: str) -> datetime | Refusal:
    """A local date and time without a zone, as 2026-03-02T08:00."""
    match = _LOCAL.fullmatch(text)
    if match is None:
        return refuse(
            "local-time",
            tell("{text} is not a local time. Type it as 2026-03-02T08:00.", text=text),
        )
    day, clock = parse_date(match[1]), parse_clock(f"{match[2]}{match[3]}")
    if isinstance(day, Refusal):
        return day
    if isinstance(clock, Refusal):
        return clock
    return datetime.combine(day, clock)
