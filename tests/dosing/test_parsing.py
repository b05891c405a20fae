"""The one grammar of numbers, dates and times, row by row, and what holds for any text."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing.findings import Refusal
from il2desk.dosing.parsing import (
    AGE_YEARS,
    COUNT,
    DOSE_UNITS,
    HEIGHT_CM,
    MEASURE_STEP_ML,
    SURFACE_M2,
    VOLUME_ML,
    WEIGHT_KG,
    normalised,
    parse_clock,
    parse_date,
    parse_local,
    parse_number,
)
from il2desk.dosing.writing import plain, write_clock, write_date

FIELDS = (
    WEIGHT_KG,
    HEIGHT_CM,
    AGE_YEARS,
    SURFACE_M2,
    MEASURE_STEP_ML,
    VOLUME_ML,
    DOSE_UNITS,
    COUNT,
)
# What fingers, wedges and input methods produce; plain random text would rarely look like a number.
TYPED = st.text(
    "0123456789.,-+eE '’kg０５．，٣\u00a0\u202f\u2212_ \t\nNaInfx", max_size=15
) | st.text(max_size=15)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("70.5", "70.5"),
        ("70,5", "70.5"),
        ("７０．５", "70.5"),
        ("７０，５", "70.5"),
        ("70", "70"),
        ("70.05", "70.05"),
        ("70.50", "70.5"),
        ("2", "2"),
        ("2.00", "2"),
        ("300", "300"),
    ],
)
def test_numbers_that_are_understood(typed, value):
    assert parse_number(typed, WEIGHT_KG) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("705", "range", "705\u00a0kg is outside 2 to 300\u00a0kg"),
        ("1.99", "range", "outside 2 to 300\u00a0kg"),
        ("300.01", "range", "outside 2 to 300\u00a0kg"),
        ("0", "range", "outside 2 to 300\u00a0kg"),
        ("1,250", "separator", "1250 or 1.250"),
        ("1.250", "separator", "1250 or 1.250"),
        ("70.555", "separator", "fewer than three decimals"),
        ("70 5", "space", "without spaces"),
        (" 70", "space", "without spaces"),
        ("70'5", "space", "apostrophes"),
        ("1.234,5", "two-marks", "one decimal mark"),
        ("70..5", "two-marks", "one decimal mark"),
        ("1,250,000", "two-marks", "no thousands separator"),
        ("0,037", "decimals", "at most 2 decimal places"),
        ("70.5555", "decimals", "at most 2 decimal places"),
        (".5", "zero-first", "Type a zero first"),
        (",5", "zero-first", "Type a zero first"),
        ("070.5", "leading-zero", "Remove the leading zero"),
        ("070", "leading-zero", "Remove the leading zero"),
        ("00", "leading-zero", "Remove the leading zero"),
        ("70.", "incomplete", "Type the decimals"),
        ("70,", "incomplete", "Type the decimals"),
        ("7e1", "exponent", "without an exponent"),
        ("7E+1", "exponent", "without an exponent"),
        ("70.5kg", "unit", "the unit belongs to the field"),
        ("70 kg", "unit", "the unit belongs to the field"),
        ("-70.5", "sign", "without a sign"),
        ("+70.5", "sign", "without a sign"),
        ("\u221270.5", "characters", "Type the digits 0 to 9"),
        ("NaN", "characters", "not a number"),
        ("Infinity", "characters", "not a number"),
        ("1_0", "space", "without spaces"),
        ("٧٠", "characters", "Type the digits 0 to 9"),
        ("७०", "characters", "Type the digits 0 to 9"),
        ("70\u2019005", "characters", "Type the digits 0 to 9"),
        ("0000000000070", "too-long", "over 12 characters"),
        ("70.0000000000", "too-long", "over 12 characters"),
        ("", "empty", "Enter the dosing weight in kg."),
        ("   ", "empty", "Enter the dosing weight in kg."),
        (".", "characters", "not a number"),
        ("-", "sign", "without a sign"),
    ],
)
def test_numbers_that_are_refused(typed, code, says):
    refusal = parse_number(typed, WEIGHT_KG)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, says in refusal.text) == (code, True), refusal.text


@pytest.mark.parametrize(
    ("field", "inside", "outside"),
    [
        (WEIGHT_KG, ("2", "2.01", "299.99", "300"), ("1.99", "300.01")),
        (HEIGHT_CM, ("40", "40.1", "229.9", "230"), ("39.9", "230.1")),
        (AGE_YEARS, ("0", "1", "119", "120"), ("121",)),
        (MEASURE_STEP_ML, ("0.001", "0.002", "0.01", "1"), ("0", "1.01")),
    ],
)
def test_ranges_end_where_the_page_says(field, inside, outside):
    assert all(parse_number(text, field) == Decimal(text) for text in inside)
    for text in outside:
        assert parse_number(text, field).code == "range"


@pytest.mark.parametrize(
    ("field", "typed"), [(HEIGHT_CM, "180.55"), (AGE_YEARS, "50.5"), (DOSE_UNITS, "5.04")]
)
def test_decimals_of_each_field(field, typed):
    assert parse_number(typed, field).code == "decimals"


def test_three_digit_tail_is_fine_after_a_single_zero():
    assert parse_number("0,037", MEASURE_STEP_ML) == Decimal("0.037")
    assert parse_number("0.125", VOLUME_ML) == Decimal("0.125")
    assert parse_number("1.125", VOLUME_ML).code == "separator"


@given(TYPED, st.sampled_from(FIELDS))
def test_no_text_raises_and_what_is_accepted_is_the_number_typed(typed, field):
    answer = parse_number(typed, field)
    if isinstance(answer, Refusal):
        assert answer.reasons
        assert answer.text.endswith(".")
        return
    ascii_typed = normalised(typed)
    assert re.fullmatch(r"(0|[1-9][0-9]*)([.,][0-9]+)?", ascii_typed, re.ASCII)
    assert answer == Decimal(ascii_typed.replace(",", "."))
    assert field.minimum <= answer <= field.maximum


@given(st.data(), st.sampled_from([f for f in FIELDS if f is not VOLUME_ML]))
def test_reading_what_was_written_gives_the_same_number(data, field):
    scale = 10**field.decimals
    marks = st.integers(int(field.minimum * scale), int(field.maximum * scale))
    value = Decimal(data.draw(marks)) / scale
    assert parse_number(plain(value), field) == value
    assert parse_number(plain(value).replace(".", ","), field) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0830", time(8, 30)),
        ("8:30", time(8, 30)),
        ("08:30", time(8, 30)),
        ("0000", time(0, 0)),
        ("2359", time(23, 59)),
        ("０８３０", time(8, 30)),
        ("０８：３０", time(8, 30)),
    ],
)
def test_times_that_are_understood(typed, value):
    assert parse_clock(typed) == value


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("830", "Type four digits, for example 0830"),
        ("2400", "Midnight is 00:00. Check the date as well."),
        ("24:00", "Midnight is 00:00. Check the date as well."),
        ("2460", "24-hour clock"),
        ("2401", "24-hour clock"),
        ("1260", "24-hour clock"),
        ("8", "four digits"),
        ("8:3", "four digits"),
        ("08.30", "four digits"),
        ("8:30pm", "four digits"),
        ("٠٨٣٠", "four digits"),
        ("", "Enter the time"),
    ],
)
def test_times_that_are_refused(typed, says):
    refusal = parse_clock(typed)
    assert isinstance(refusal, Refusal)
    assert says in refusal.text


@given(st.times())
def test_a_written_time_reads_as_itself(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert parse_clock(write_clock(minute)) == minute
    assert parse_clock(write_clock(minute).replace(":", "")) == minute


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12-Mar-2026", date(2026, 3, 12)),
        ("12-mar-2026", date(2026, 3, 12)),
        ("2-MAR-2026", date(2026, 3, 2)),
        ("2026-03-12", date(2026, 3, 12)),
        ("29-Feb-2028", date(2028, 2, 29)),
    ],
)
def test_dates_that_are_understood(typed, value):
    assert parse_date(typed) == value


@pytest.mark.parametrize(
    "typed",
    ["", "12/03/2026", "12.03.2026", "12-Mär-2026", "12-Mar-26", "29-Feb-2026", "31-Apr-2026",
     "2026-02-30", "0000-01-01", "12-Foo-2026", "٢٠٢٦-٠٣-١٢"],
)  # fmt: skip
def test_dates_that_are_refused(typed):
    refusal = parse_date(typed)
    assert isinstance(refusal, Refusal)
    assert refusal.text.endswith(".")


@given(st.dates())
def test_a_written_date_reads_as_itself(day):
    assert parse_date(write_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(TYPED | st.from_regex(r"\A[0-9]{1,4}[-:T][0-9A-Za-z]{1,3}[-:T]?[0-9]{0,4}\Z"))
def test_no_text_raises_as_a_time_or_date(typed):
    for parse in (parse_clock, parse_date, parse_local):
        answer = parse(typed)
        assert not isinstance(answer, Refusal) or answer.text.endswith(".")


def test_local_times_of_the_command_line():
    assert parse_local("2026-03-02T08:00") == datetime(2026, 3, 2, 8, 0)
    wrong = ("2026-03-02 08:00", "2026-03-02T24:00", "2026-02-30T08:00", "2026-03-02T08:00Z",
             "2026-03-02T08:00+01:00", "2026-03-02", "")  # fmt: skip
    assert all(isinstance(parse_local(text), Refusal) for text in wrong)
