"""Levels as a file writes them: by ranges or by listed days, one of both, whole and in one unit."""

from __future__ import annotations

import pytest

M2 = "international units per m2"


def level(says, dose="1000000", unit=M2):
    written = f"dose = {{ value = '{dose}', unit = '{unit}', source = 'paper' }}\n" if dose else ""
    return f"[[regimen.levels]]\n{says}\n{written}"


def between(low="12000000", high="15000000", unit=M2, source="paper"):
    return f"between = {{ from = '{low}', to = '{high}', unit = '{unit}', source = '{source}' }}\n"


DAYS = "[regimen.days]\nvalue = [1, 2, 3]\nsource = 'paper'\n"
BY_DAY = 'level_by = "day"\n'
ONE = BY_DAY + level("days = [1, 2]")


def test_levels_by_listed_days_are_the_days_of_the_plan(small, loaded):
    plan = loaded(small(ONE + level("days = [8, 9]\ntimes_a_day = 1", "2000000")))
    assert [(one.first, one.last, one.days, one.times_a_day) for one in plan.levels] == [
        (1, 2, (1, 2), None), (8, 9, (8, 9), 1)]  # fmt: skip
    assert plan.days.value == (1, 2, 8, 9)
    assert plan.days.source.document == "A document"


def test_a_range_left_to_the_site_is_a_gap_until_a_dose_is_chosen(small, loaded, refused):
    open_ = ONE + level("days = [3]", "") + between()
    gap = ("regimen.levels.3.dose", ("dose", "activation"))
    plan = loaded(small(open_, gaps=[gap]))
    assert (plan.levels[1].dose, plan.levels[1].between.value) == (None, (12_000_000, 15_000_000))
    refused(small(open_), "regimen.levels.1.dose", "[[regimen.levels]]", "neither filled in nor")
    for chosen in ("12000000", "15000000"):
        plan = loaded(small(ONE + level("days = [3]", chosen) + between()))
        assert plan.levels[1].dose.value == int(chosen)
    for chosen in ("11999999", "15000001"):
        text = refused(
            small(ONE + level("days = [3]", chosen) + between()),
            "regimen.levels.1.dose", "dose =", "lies outside the stated range",
        )  # fmt: skip
        assert text == f"{chosen} lies outside the stated range 12000000 to 15000000."


REVERSED = ONE + level("days = [3]", "15000000") + between("15000000", "12000000")
RECALLED = ONE + level("days = [3]", "13000000") + between(source="recall")
# name -> regimen, key, text of the line, what is said
BROKEN = {
    "a day in two levels": (
        ONE + level("days = [2, 3]"),
        "regimen.levels.1.days", "days = [2, 3]", "day 2 stands in two levels"),
    "a day twice in one level": (
        BY_DAY + level("days = [1, 1]"), "regimen.levels.0.days", "days = [1, 1]", "twice"),
    "days that go back": (
        BY_DAY + level("days = [2, 1]"), "regimen.levels.0.days", "days = [2, 1]", "ascending"),
    "day 0": (BY_DAY + level("days = [0, 1]"), "regimen.levels.0.days", "days = [0", "counted from 1"),
    "a list of days that is empty": (
        BY_DAY + level("days = []") + DAYS, "regimen.levels.0.days", "days = []", "ascending"),
    "days of a month": (
        'level_by = "month"\n' + level("days = [1]"),
        "regimen.levels.0.days", "days = [1]", 'only levels with level_by = "day"'),
    "a list after a range": (
        BY_DAY + level("first = 1\nlast = 1") + level("days = [2]"),
        "regimen.levels.1.days", "days = [2]", "some levels do not list their days"),
    "a range after a list": (
        ONE + level("first = 3\nlast = 3"),
        "regimen.levels.1.first", "first = 3", "some levels list their days"),
    "a level left out": (
        BY_DAY + level("first = 1\nlast = 1") + level("first = 3\nlast = 3") + DAYS,
        "regimen.levels.1.first", "first = 3", "2 is next"),
    "a range of counts the wrong way round": (
        BY_DAY + level("first = 1\nlast = 2") + level("first = 3\nlast = 2") + DAYS,
        "regimen.levels.1.last", "last = 2", "before its start 3"),
    "a range of doses the wrong way round": (
        REVERSED, "regimen.levels.1.between.to", "between =", "not above its start 15000000"),
    "a range that nobody compared": (
        RECALLED, "regimen.levels.1.between.source", "between =", "marked unconfirmed"),
    "a range in another unit": (
        ONE + level("days = [3]", "13") + between("12", "15", "international units per kg"),
        "regimen.levels", "[[regimen.levels]]", "different units"),
    "levels in two units": (
        ONE + level("days = [3]", "5", "international units"),
        "regimen.levels", "[[regimen.levels]]", "different units"),
    "a dose and levels": (
        f"dose = {{ value = '1', unit = '{M2}', source = 'paper' }}\n" + ONE,
        "regimen.levels", "[[regimen.levels]]", "not both"),
    "levels of nothing": (
        level("first = 1\nlast = 1") + DAYS,
        "regimen.level_by", "[regimen]", "Say what the levels count"),
    "levels of a year": (
        "level_by = 'year'\n" + level("first = 1\nlast = 1") + DAYS,
        "regimen.level_by", "level_by =", "not known here"),
    "times a day by week": (
        "level_by = 'week'\n" + level("first = 1\nlast = 1\ntimes_a_day = 2") + DAYS,
        "regimen.levels.0.times_a_day", "times_a_day = 2", 'only levels with level_by = "day"'),
    "a dose in milligrams": (
        BY_DAY + level("days = [1]", "5", "mg per m2"),
        "regimen.levels.0.dose.unit", "dose =", "no unit of a dose"),
}  # fmt: skip
WITH_MORE = ("a range of doses the wrong way round", "a dose in milligrams", "times a day by week")


@pytest.mark.parametrize("name", BROKEN)
def test_levels_that_contradict_themselves(small, refused, name):
    regimen, key, on_line, said = BROKEN[name]
    refused(small(regimen), key, on_line, said, others=name in WITH_MORE)


def test_a_level_that_nobody_compared_is_a_gap_of_its_own(small, loaded):
    text = ONE + level("days = [3]").replace("'paper'", "'recall'")
    plan = loaded(small(text))
    assert plan.levels[1].dose is None
    assert plan.levels[0].dose.value == 1_000_000


def test_one_dose_that_nobody_compared_is_a_gap(small, catalogue):
    text = f"dose = {{ value = '5', unit = '{M2}', source = 'recall' }}\n{DAYS}"
    protocol = catalogue.bundle_for(small(text)).protocol
    assert protocol.regimens[0].dose is None
    (gap,) = protocol.gap_blocking("dose")
    assert gap.field == "regimen.dose"


def test_neither_a_dose_nor_levels_is_refused(small, refused):
    refused(small(DAYS), "regimen.dose", "[regimen]", "neither filled in", others=True)
    text = 'level_by = "month"\n' + DAYS
    refused(small(text), "regimen.levels", "[regimen]", "neither filled in", others=True)
