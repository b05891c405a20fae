"""The times between cycles as dates, each with its sentence."""

from __future__ import annotations

from datetime import date

import pytest

from il2desk.dosing.course_dates import Interval, milestones
from il2desk.dosing.findings import Evidence, Source

HERE = Source("the label", "section 2", Evidence.LABEL)
BEGIN = {"course end": date(2026, 3, 21), "cycle start": date(2026, 3, 2)}


def interval(
    least: int, most: int | None = None, counted_from: str | None = "course end", after=None
):
    return Interval("rest", "Rest", "next course", counted_from, least, most, HERE, after)


@pytest.mark.parametrize(
    ("one", "earliest", "latest", "sentence"),
    [
        # Clinical facts H33: 7 weeks after 21-Mar-2026 are 9-May-2026.
        (interval(49), date(2026, 5, 9), None,
         "Rest: at least 7 weeks after the course end (21-Mar-2026), not before 09-May-2026."),
        (interval(21, 42), date(2026, 4, 11), date(2026, 5, 2),
         "Rest: 3 to 6 weeks after the course end (21-Mar-2026), 11-Apr-2026 to 02-May-2026."),
        (interval(14), date(2026, 4, 4), None,
         "Rest: at least 14 days after the course end (21-Mar-2026), not before 04-Apr-2026."),
        (interval(22), date(2026, 4, 12), None,
         "Rest: at least 22 days after the course end (21-Mar-2026), not before 12-Apr-2026."),
        (interval(21, 25), date(2026, 4, 11), date(2026, 4, 15),
         "Rest: 21 to 25 days after the course end (21-Mar-2026), 11-Apr-2026 to 15-Apr-2026."),
        (interval(14, 28), date(2026, 4, 4), date(2026, 4, 18),
         "Rest: 14 to 28 days after the course end (21-Mar-2026), 04-Apr-2026 to 18-Apr-2026."),
        (interval(1), date(2026, 3, 22), None,
         "Rest: at least 1 day after the course end (21-Mar-2026), not before 22-Mar-2026."),
        (interval(7, counted_from="discharge"), None, None,
         "Rest: at least 7 days after the discharge, which has no date yet."),
        (interval(7, 9, counted_from=None), None, None,
         "Rest: 7 to 9 days. No source says from which event this is counted; the site fills it in."),
    ],
)  # fmt: skip
def test_each_interval_gives_its_dates_or_says_why_not(one, earliest, latest, sentence):
    (found,) = milestones((one,), BEGIN)
    assert (found.interval, found.earliest, found.latest) == (one, earliest, latest)
    assert found.sentence.replace("\u00a0", " ") == sentence


def test_intervals_keep_their_order():
    both = (interval(21), interval(14, counted_from="cycle start"))
    found = milestones(both, BEGIN)
    assert [one.interval for one in found] == list(both)
    assert [one.earliest for one in found] == [date(2026, 4, 11), date(2026, 3, 16)]


@pytest.mark.parametrize(
    ("after", "cycles"), [(None, {1, 2, 3, 4}), ((2, 3), {2, 3}), ((1, 1), {1})]
)
def test_an_interval_follows_the_cycles_that_it_names(after, cycles):
    assert {cycle for cycle in range(1, 5) if interval(7, after=after).follows(cycle)} == cycles
