"""What a person reads who typed what is not understood, to the letter."""

from __future__ import annotations

from dataclasses import astuple
from decimal import Decimal

import pytest

from il2desk.dosing import parsing
from il2desk.dosing.findings import Refusal
from il2desk.dosing.parsing import (
    COUNT,
    DOSE_UNITS,
    WEIGHT_KG,
    NumberField,
    parse_clock,
    parse_date,
    parse_local,
    parse_number,
)

GAIN = NumberField("weight gain", "percent", Decimal(-50), Decimal(100), 2, signed=True)
SAID = [
    (WEIGHT_KG, "", "empty", "Enter the dosing weight in kg."),
    (COUNT, " ", "empty", "Enter the number."),
    (WEIGHT_KG, "70.0000000000", "too-long",
     "That is over 12 characters. Type the dosing weight as a number only."),
    (WEIGHT_KG, "1,250", "separator",
     ("1,250 could mean 1250 or 1.250. Type it without a thousands separator, with fewer than "
     "three decimals.")),
    (WEIGHT_KG, "１,250", "separator",
     ("１,250 could mean 1250 or 1.250. Type it without a thousands separator, with fewer than "
     "three decimals.")),
    (GAIN, "-1,250", "separator",
     ("-1,250 could mean 1250 or 1.250. Type it without a thousands separator, with fewer than "
     "three decimals.")),
    (WEIGHT_KG, "70.5555", "decimals",
     ("70.5555 has more decimals than the field. Type the dosing weight with at most 2 decimal "
     "places.")),
    (DOSE_UNITS, "5.04", "decimals",
     "5.04 has more decimals than the field. Type the dose with no decimals."),
    (WEIGHT_KG, "1,9", "range", "1,9 kg is outside 2 to 300 kg. Type the dosing weight again."),
    (DOSE_UNITS, "0", "range",
     "0 international units is outside 1 to 999,999,999 international units. Type the dose again."),
    (COUNT, "1000", "range", "1000 is outside 1 to 999. Type the number again."),
    (WEIGHT_KG, "７０kg", "unit",
     "７０kg is not understood. Type the number only; the unit belongs to the field."),
    (WEIGHT_KG, "７０ｋｇ", "characters",
     "７０ｋｇ is not understood. Type the digits 0 to 9 of this keyboard."),
    (WEIGHT_KG, "-70", "sign", "-70 is not understood. Type it without a sign."),
    (WEIGHT_KG, "+70", "sign", "+70 is not understood. Type it without a sign."),
    (WEIGHT_KG, "X70", "characters",
     "X70 is not a number. Type digits with at most one decimal mark."),
    (WEIGHT_KG, "7e1", "exponent", "7e1 is not understood. Type all digits, without an exponent."),
    (WEIGHT_KG, "70kg", "unit",
     "70kg is not understood. Type the number only; the unit belongs to the field."),
    (WEIGHT_KG, "70 5", "space", "70 5 is not understood. Type it without spaces or apostrophes."),
    (WEIGHT_KG, "1.234,5", "two-marks",
     "1.234,5 is not understood. Only one decimal mark is allowed, and no thousands separator."),
    (WEIGHT_KG, ".5", "zero-first", ".5 is not understood. Type a zero first, as in 0.5."),
    (WEIGHT_KG, "70.", "incomplete",
     "70. is not understood. Type the decimals, or remove the mark."),
    (WEIGHT_KG, "070", "leading-zero", "070 is not understood. Remove the leading zero."),
    (WEIGHT_KG, "NaN", "characters",
     "NaN is not a number. Type digits with at most one decimal mark."),
    (GAIN, "-.5", "zero-first", "-.5 is not understood. Type a zero first, as in 0.5."),
    (GAIN, "-5.", "incomplete", "-5. is not understood. Type the decimals, or remove the mark."),
    (GAIN, "-05", "leading-zero", "-05 is not understood. Remove the leading zero."),
    (GAIN, "+5", "characters", "+5 is not a number. Type digits with at most one decimal mark."),
    (GAIN, "5-", "characters", "5- is not a number. Type digits with at most one decimal mark."),
    (GAIN, ".5-", "characters", ".5- is not a number. Type digits with at most one decimal mark."),
    (WEIGHT_KG, "-.5", "sign", "-.5 is not understood. Type it without a sign."),
    (GAIN, "-51", "range",
     "-51 percent is outside -50 to 100 percent. Type the weight gain again."),
]  # fmt: skip
TIMES = [
    (parse_clock, "", "empty", "Enter the time, four digits, for example 0830."),
    (parse_clock, "830", "clock", "830 is not a time. Type four digits, for example 0830."),
    (parse_clock, "24:00", "midnight", "Midnight is 00:00. Check the date as well."),
    (parse_clock, "2460", "clock",
     "2460 is not a time of the 24-hour clock. Type 0000 to 2359."),
    (parse_date, " ", "empty", "Enter the date, for example 12-Mar-2026."),
    (parse_date, "29-Feb-2026", "date",
     "29-Feb-2026 does not exist in the calendar. Check day and month."),
    (parse_date, "12/03/2026", "date", "12/03/2026 is not a date. Type it as 12-Mar-2026."),
    (parse_local, "2026-03-02", "local-time",
     "2026-03-02 is not a local time. Type it as 2026-03-02T08:00."),
    (parse_local, "2026-02-30T08:00", "date",
     "2026-02-30 does not exist in the calendar. Check day and month."),
    (parse_local, "2026-03-02T24:00", "midnight", "Midnight is 00:00. Check the date as well."),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "code", "sentence"), SAID)
def test_a_number_that_is_not_understood(field, typed, code, sentence):
    answer = parse_number(typed, field)
    assert isinstance(answer, Refusal), answer
    assert (answer.code, answer.text.replace("\u00a0", " ")) == (code, sentence)


@pytest.mark.parametrize(("parse", "typed", "code", "sentence"), TIMES)
def test_a_time_or_date_that_is_not_understood(parse, typed, code, sentence):
    assert parse(typed) == Refusal(code, (sentence,))


def test_twelve_characters_are_not_too_long():
    assert parse_number("000000000070", WEIGHT_KG).code == "leading-zero"


def test_a_signed_field_takes_a_minus():
    assert parse_number("-5,25", GAIN) == Decimal("-5.25")
    assert parse_number("5.25", GAIN) == Decimal("5.25")


def test_fields_are_those_of_the_page(made_again):
    """Dose arithmetic, section 1: unit, range, decimals; none of them takes a sign."""
    page = {
        "WEIGHT_KG": ("dosing weight", "kg", "2", "300", 2),
        "HEIGHT_CM": ("height", "cm", "40", "230", 1),
        "AGE_YEARS": ("age", "years", "0", "120", 0),
        "SURFACE_M2": ("body surface area", "m2", "0.15", "4.38", 2),
        "MEASURE_STEP_ML": ("measure step", "mL", "0.001", "1", 3),
        "VOLUME_ML": ("volume", "mL", "0", "2000", 3),
        "DOSE_UNITS": ("dose", "international units", "1", "999999999", 0),
        "COUNT": ("number", "", "1", "999", 0),
    }
    fresh = made_again(parsing)
    for name, (said, unit, least, most, decimals) in page.items():
        expected = (said, unit, Decimal(least), Decimal(most), decimals, False)
        assert astuple(getattr(fresh, name)) == expected
