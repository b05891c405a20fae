"""Dates between cycles and courses: from which event, how many days, and why there is none."""

from __future__ import annotations

from datetime import date

import pytest

from il2desk.dosing.course_dates import EVENTS, Interval, milestones
from il2desk.dosing.findings import Evidence, Source

LABEL = Source("the label", "section 2.1", Evidence.LABEL)
DAY = date(2026, 3, 2)


def interval(least, most=None, counted_from="cycle start", **more):
    return Interval("one", "Next", "next cycle", counted_from, least, most, LABEL, **more)


def only(one, events):
    (found,) = milestones((one,), events)
    return found.earliest, found.latest, found.sentence.replace("\u00a0", " ")


def test_the_second_cycle_of_the_label_is_on_day_15():
    """H33: cycle 1 from 2 March 2026, cycle 2 from 16 March."""
    assert only(interval(14), {"cycle start": DAY}) == (
        date(2026, 3, 16), None,
        "Next: at least 14 days after the cycle start (02-Mar-2026), not before 16-Mar-2026.",
    )  # fmt: skip


def test_the_next_course_is_seven_weeks_from_discharge():
    """H33: discharge on 21 March 2026, next course not before 9 May."""
    assert only(interval(49, counted_from="discharge"), {"discharge": date(2026, 3, 21)}) == (
        date(2026, 5, 9), None,
        "Next: at least 7 weeks after the discharge (21-Mar-2026), not before 09-May-2026.",
    )  # fmt: skip


def test_a_range_has_both_ends():
    events = {"course end": DAY}
    assert only(interval(35, 42, "course end"), events) == (
        date(2026, 4, 6), date(2026, 4, 13),
        "Next: 5 to 6 weeks after the course end (02-Mar-2026), 06-Apr-2026 to 13-Apr-2026.",
    )  # fmt: skip


def test_an_event_that_no_source_names_gives_no_date():
    earliest, latest, sentence = only(interval(7, counted_from=None), {"cycle start": DAY})
    assert (earliest, latest) == (None, None)
    assert sentence == (
        "Next: at least 7 days. No source says from which event this is counted; the site fills it in."
    )


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_without_a_date_gives_none(event):
    others = {one: DAY for one in EVENTS if one != event}
    earliest, latest, sentence = only(interval(7, counted_from=event), others)
    assert (earliest, latest) == (None, None)
    assert sentence == f"Next: at least 7 days after the {event}, which has no date yet."


@pytest.mark.parametrize(("least", "most", "words"), [
    (1, None, "at least 1 day"),
    (1, 2, "1 to 2 days"),
    (14, None, "at least 14 days"),
    (20, None, "at least 20 days"),
    (21, None, "at least 3 weeks"),
    (22, None, "at least 22 days"),
    (28, 35, "4 to 5 weeks"),
    (28, 36, "28 to 36 days"),
    (14, 21, "14 to 21 days"),
])  # fmt: skip
def test_days_or_weeks_in_words(least, most, words):
    sentence = only(interval(least, most), {})[2]
    assert sentence.startswith(f"Next: {words} after the cycle start, which")


def test_which_cycles_it_follows():
    assert [interval(14).follows(cycle) for cycle in (1, 9)] == [True, True]
    early = interval(42, after_cycles=(2, 3))
    assert [early.follows(cycle) for cycle in (1, 2, 3, 4)] == [False, True, True, False]


def test_every_interval_in_the_order_of_the_file():
    found = milestones((interval(14), interval(49, counted_from="discharge")), {"cycle start": DAY})
    assert [one.earliest for one in found] == [date(2026, 3, 16), None]
    assert milestones((), {"cycle start": DAY}) == ()
