"""How numbers, doses, dates and times are written (dose arithmetic, section 6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing.exact import rounded, rounded_down, rounded_up
from il2desk.dosing.writing import (
    kept_together,
    plain,
    plain_rounded,
    write_clock,
    write_date,
    write_days,
    write_dose,
    write_moment,
    write_number,
    write_offset,
    write_quantity,
    write_rounded,
    write_span,
    write_units,
    write_weekday,
)

AMOUNTS = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**12
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.5", "0.5"),
        ("0.50", "0.5"),
        ("2.00", "2"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("5.04E+6", "5040000"),
        ("0.000001", "0.000001"),
        ("-0.870", "-0.87"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0", "0"),
    ],
)
def test_plain_notation(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(11, 3), "3.666667"),
        (Fraction(7, 3), "2.333333"),
        (Fraction(-1, 7), "-0.142857"),
        (Fraction(28, 100), "0.28"),
        (Fraction(1, 10**8), "0.00000001"),
        (Fraction(12), "12"),
    ],
)
def test_plain_notation_of_fractions(value, text):
    assert plain(value) == text


@given(st.integers(-(10**40), 10**40), st.integers(0, 30), st.integers(0, 30))
def test_a_finite_value_keeps_all_its_digits(numerator, twos, fives):
    value = Fraction(numerator, 2**twos * 5**fives)
    assert Fraction(plain(value)) == value


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.124999", 2, "0.12"),
        ("0.135", 2, "0.14"),
        ("-0.004", 2, "0"),
        ("44.04", 1, "44"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
    ],
)
def test_half_up_away_from_zero(value, places, text):
    assert plain_rounded(Decimal(value), places) == text
    assert plain_rounded(Fraction(value), places) == text


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_rounding_is_the_nearest_and_a_tie_goes_away_from_zero(value, places):
    near = Fraction(rounded(value, places))
    half = Fraction(1, 2 * 10**places)
    assert abs(near - value) <= half
    assert abs(near - value) < half or abs(near) > abs(value)
    assert Fraction(rounded(-value, places)) == -near


@given(st.fractions(min_value=0, max_denominator=10**6), st.integers(0, 6))
def test_rounding_inward_never_leaves_the_window(value, places):
    mark = Fraction(1, 10**places)
    assert value <= Fraction(rounded_up(value, places)) < value + mark
    assert value - mark < Fraction(rounded_down(value, places)) <= value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("999.5"), "999.5"),
        (Decimal(1000), "1,000"),
        (Decimal("1234567.125"), "1,234,567.125"),
        (Decimal(-1000), "-1,000"),
        (Fraction(7, 3), "2.3333..."),
        (Fraction(20000, 3), "6,666.6667..."),
        (1000, "1,000"),
        (0, "0"),
    ],
)
def test_numbers_are_grouped_and_show_all_digits(value, text):
    assert write_number(value) == text


@given(AMOUNTS)
def test_written_numbers_lose_nothing_and_never_end_in_zero(value):
    text = write_number(value)
    assert Decimal(text.replace(",", "")) == value
    assert re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})*(\.[0-9]*[1-9])?", text)


@pytest.mark.parametrize(
    ("units", "text"),
    [
        ("4924800", "4.9248 million international units"),
        ("5040000", "5.04 million international units"),
        ("1000000", "1 million international units"),
        ("999999", "999,999 international units"),
        ("820000", "820,000 international units"),
        ("1000001", "1.000001 million international units"),
        ("1234567890", "1,234.56789 million international units"),
        ("10152.5", "10,152.5 international units"),
    ],
)
def test_doses_are_written_in_words_with_all_their_digits(units, text):
    assert write_dose(Decimal(units)) == text.replace(" ", "\u00a0")


def test_full_digits_for_the_working():
    assert write_units(Decimal(4924800)) == "4,924,800\u00a0international\u00a0units"


@given(AMOUNTS)
def test_a_dose_never_parts_from_its_unit(units):
    text = write_dose(units)
    assert " " not in text
    assert text.endswith("\u00a0international\u00a0units")
    assert "E" not in text


def test_number_and_unit_do_not_part():
    assert write_quantity(Decimal("0.28"), "mL") == "0.28\u00a0mL"
    assert write_quantity(Decimal(44), "mcg per mL") == "44\u00a0mcg\u00a0per\u00a0mL"
    assert write_quantity("about 3", "mL") == "about 3\u00a0mL"
    assert write_rounded(Decimal("1234.56"), 1) == "1,234.6"


def test_dates_and_times_by_our_own_months():
    moment = datetime(2026, 3, 12, 14, 2, tzinfo=UTC)
    assert write_date(moment.date()) == "12-Mar-2026"
    assert write_date(date(2026, 5, 1)) == "01-May-2026"
    assert write_clock(time(4, 5)) == "04:05"
    assert write_moment(moment) == "12-Mar-2026 14:02"
    assert write_weekday(moment.date()) == "Thu\u00a012-Mar-2026"


@pytest.mark.parametrize(
    ("hours", "text"), [("1", "+01:00"), ("-5", "-05:00"), ("5.75", "+05:45"), ("-3.5", "-03:30")]
)
def test_offsets(hours, text):
    zone = timezone(timedelta(minutes=int(Decimal(hours) * 60)))
    assert write_offset(datetime(2026, 3, 12, 14, 2, tzinfo=zone)) == text


def test_an_offset_needs_a_zone():
    with pytest.raises(ValueError, match="without a zone"):
        write_offset(datetime(2026, 3, 12, 14, 2))


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (130, "2 hours 10 min"),
        (120, "2 hours"),
        (61, "1 hour 1 min"),
        (59, "59 min"),
        (-5, "5 min"),
    ],
)
def test_spans(minutes, text):
    assert write_span(timedelta(minutes=minutes)).replace("\u00a0", " ") == text


def test_the_hour_of_greenwich_has_a_plus():
    assert write_offset(datetime(2026, 3, 12, 14, 2, tzinfo=UTC)) == "+00:00"
    minute = timezone(timedelta(minutes=1))
    assert write_offset(datetime(2026, 3, 12, 14, 2, tzinfo=minute)) == "+00:01"
    with pytest.raises(ValueError, match=r"^a moment without a zone has no offset$"):
        write_offset(datetime(2026, 3, 12, 14, 2))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((), ""),
        ((4,), "4"),
        ((1, 2), "1, 2"),
        ((1, 2, 3), "1 to 3"),
        ((1, 2, 3, 4, 5, 8, 10, 11, 13, 14, 15), "1 to 5, 8, 10, 11, 13 to 15"),
    ],
)
def test_days_in_runs(days, text):
    assert write_days(days) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("in 50 mL over 15 minutes", "in 50_mL over 15_minutes"),
        ("18 million international units per mL", "18_million_international_units per_mL"),
        ("2 vials of 22", "2_vials of 22"),
        ("37 °C or 99 degrees F", "37_°C or 99_degrees_F"),
        ("day 1 kilogram", "day 1 kilogram"),
        ("95 mmHg for 3 days or 2 weeks", "95_mmHg for 3_days or 2_weeks"),
        ("glucose 5 % at 2 to 8 °C", "glucose 5_% at 2_to_8_°C"),
        ("window 30 to 70 mcg per mL", "window 30_to_70_mcg per_mL"),
        ("4.4 to 10.26 mL, 3 times in 12 months", "4.4_to_10.26_mL, 3_times in 12_months"),
        ("12-Mar-2026 to 14-Mar-2026", "12-Mar-2026 to 14-Mar-2026"),
        ("from RCC-014 to 7B", "from RCC-014 to 7B"),
    ],
)
def test_numbers_and_units_inside_a_sentence_are_kept_together(text, kept):
    assert kept_together(text) == kept.replace("_", "\u00a0")


def test_plain_notation_of_whole_numbers():
    assert (plain(1000), plain(-3), plain(0)) == ("1000", "-3", "0")
