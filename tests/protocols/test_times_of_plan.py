"""When doses are given, as a file writes it: by an interval or on listed days, several a day."""

from __future__ import annotations

from decimal import Decimal

import pytest

DOSE = "dose = { value = '1000000', unit = 'international units per m2', source = 'paper' }\n"
DAYS = "[regimen.days]\nvalue = [1, 2, 4]\nsource = 'paper'\n"
EVERY = "interval_h = { value = '12', source = 'paper' }\n"
COUNT = "doses_per_cycle = { value = 6, source = 'paper' }\n"
TWICE = "times_a_day = { value = 2, source = 'paper' }\n"
APART = "hours_apart = { value = '12', source = 'paper' }\n"
LEVEL = "[[regimen.levels]]\ndays = [1, 2]\ntimes_a_day = 2\n" + DOSE
ONCE = "[[regimen.levels]]\ndays = [4]\n" + DOSE
BY_DAY = 'level_by = "day"\n'


def test_an_interval_and_a_number(small, loaded):
    plan = loaded(small(DOSE + EVERY + COUNT))
    assert (plan.interval_h.value, plan.doses_per_cycle.value, plan.days) == (12, 6, None)
    assert (plan.times_a_day, plan.hours_apart) == (None, None)


def test_listed_days_several_times_a_day(small, loaded):
    plan = loaded(small(DOSE + COUNT + TWICE + APART + DAYS))
    assert (plan.days.value, plan.times_a_day.value) == ((1, 2, 4), 2)
    assert plan.hours_apart.value == Decimal(12)
    assert [plan.times_on(day) for day in (1, 4)] == [2, 2]


def test_several_times_a_day_by_level_and_the_count_that_fits(small, loaded, refused):
    """Two days twice and one day once are 5 doses."""
    five = COUNT.replace("6", "5")
    plan = loaded(small(BY_DAY + five + APART + LEVEL + ONCE))
    assert [plan.times_on(day) for day in (1, 2, 4)] == [2, 2, 1]
    refused(
        small(BY_DAY + COUNT + APART + LEVEL + ONCE),
        "regimen.doses_per_cycle", "doses_per_cycle =", "6 doses do not fit 5 on the listed days",
    )  # fmt: skip


def test_a_level_that_says_once_where_the_plan_says_twice(small, loaded):
    once = ONCE.replace("days = [4]\n", "days = [4]\ntimes_a_day = 1\n")
    plain = LEVEL.replace("times_a_day = 2\n", "")
    plan = loaded(small(BY_DAY + COUNT.replace("6", "5") + TWICE + APART + plain + once))
    assert [plan.times_on(day) for day in (1, 2, 4)] == [2, 2, 1]


def test_ranges_of_days_count_like_lists(small, loaded, refused):
    levels = LEVEL.replace("days = [1, 2]", "first = 1\nlast = 2") + ONCE.replace(
        "days = [4]", "first = 3\nlast = 4"
    )
    plan = loaded(small(BY_DAY + COUNT.replace("6", "5") + APART + levels + DAYS))
    assert [plan.times_on(day) for day in (1, 2, 4)] == [2, 2, 1]


# name -> regimen, key, text of the line, what is said
BROKEN = {
    "an interval and days": (
        DOSE + EVERY + COUNT.replace("6", "3") + DAYS, "regimen.days", "[regimen.days]", "not both"),
    "an interval without a number": (
        DOSE + EVERY, "regimen.doses_per_cycle", "[regimen]", "neither filled in nor listed"),
    "neither interval nor days": (DOSE, "regimen.days", "[regimen]", "neither filled in nor listed"),
    "several a day without the hours between": (
        DOSE + TWICE + DAYS, "regimen.hours_apart", "[regimen]", "neither filled in nor listed"),
    "several a day by level without the hours": (
        BY_DAY + LEVEL, "regimen.hours_apart", "[regimen]", "neither filled in nor listed"),
    "several a day by an interval": (
        DOSE + EVERY + COUNT + APART, "regimen.times_a_day", "[regimen]", "by an interval"),
    "hours of more than a day": (
        DOSE + TWICE + APART.replace("12", "24") + DAYS,
        "regimen.hours_apart", "hours_apart =", "less than 24 hours after the first"),
    "three a day that reach the next day": (
        DOSE + TWICE.replace("2", "3") + APART + DAYS,
        "regimen.hours_apart", "hours_apart =", "less than 24 hours after the first"),
    "days that go back": (
        DOSE + DAYS.replace("[1, 2, 4]", "[2, 1]"), "regimen.days.value", "value = [", "ascending"),
    "no day at all": (
        DOSE + DAYS.replace("[1, 2, 4]", "[]"), "regimen.days.value", "value = [", "ascending"),
    "days listed twice over": (
        BY_DAY + ONCE + DAYS, "regimen.days.value", "value = [", "the levels list the days already"),
    "a number that does not fit": (
        DOSE + COUNT + DAYS, "regimen.doses_per_cycle", "doses_per_cycle =", "do not fit 3"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_times_that_contradict_themselves(small, refused, name):
    regimen, key, on_line, said = BROKEN[name]
    refused(small(regimen), key, on_line, said)


def test_three_a_day_inside_the_day(small, loaded):
    plan = loaded(small(DOSE + TWICE.replace("2", "3") + APART.replace("12", "8") + DAYS))
    assert (plan.times_a_day.value, plan.hours_apart.value) == (3, 8)


@pytest.mark.parametrize(("regimen", "field"), [
    (DOSE + EVERY + COUNT, "interval_h"), (DOSE + EVERY + COUNT, "doses_per_cycle"),
    (DOSE + TWICE + APART + DAYS, "times_a_day"), (DOSE + TWICE + APART + DAYS, "hours_apart"),
    (DOSE + DAYS, "days"),
])  # fmt: skip
def test_times_that_nobody_compared_block_the_schedule(small, catalogue, regimen, field):
    lines = [
        line.replace("'paper'", "'recall'") if line.startswith(field) else line
        for line in regimen.splitlines()
    ]
    text = "\n".join(lines)
    if field == "days":
        text = regimen.replace("4]\nsource = 'paper'", "4]\nsource = 'recall'")
    protocol = catalogue.bundle_for(small(text)).protocol
    (gap,) = protocol.gap_blocking("schedule")
    assert gap.field == f"regimen.{field}"
    assert getattr(protocol.regimens[0], field) is None


SCHEDULE = ("schedule", "activation")
OPEN = [("regimen.interval_h", SCHEDULE)]


def test_the_interval_may_be_the_gap_in_the_place_of_days(small, catalogue):
    """A source with a number of doses and no days leaves the interval open, and says so by its name."""
    protocol = catalogue.bundle_for(small(DOSE + COUNT, gaps=OPEN)).protocol
    assert (protocol.regimens[0].interval_h, protocol.regimens[0].days) == (None, None)
    (gap,) = protocol.gap_blocking("schedule")
    assert gap.field == "regimen.interval_h"


@pytest.mark.parametrize("filled", [EVERY + COUNT, COUNT.replace("6", "3") + DAYS])
def test_the_gap_of_an_interval_goes_once_the_times_are_there(small, refused, filled):
    path = small(DOSE + filled, gaps=OPEN)
    refused(path, "gaps.0.field", 'field = "regimen.interval_h"', "Remove the gap")


def test_the_gap_of_an_interval_blocks_the_schedule(small, refused):
    path = small(DOSE + COUNT, gaps=[("regimen.interval_h", ("activation",))])
    refused(path, "gaps.0.blocks", "blocks = [", "must block schedule")
