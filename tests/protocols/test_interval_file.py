"""Times between cycles and courses in a protocol file, and those of the shipped protocols."""

from __future__ import annotations

from datetime import date

import pytest

from il2desk.dosing import milestones

PLAN = (
    "dose = { value = '1', unit = 'international units', source = 'paper' }\n"
    "[regimen.days]\nvalue = [1]\nsource = 'paper'\n"
)
ONE = """[intervals.next]
label = "Next cycle"
leads_to = "next cycle"
counted_from = "cycle start"
least_days = 14
source = "paper"
"""


def test_an_interval_in_full(small, catalogue):
    text = ONE.replace("= 14", "= 14\nmost_days = 21\nafter_cycles = [1, 3]")
    (found,) = catalogue.bundle_for(small(PLAN, text)).protocol.intervals
    assert (found.id, found.label, found.leads_to) == ("next", "Next cycle", "next cycle")
    assert (found.counted_from, found.least_days, found.most_days) == ("cycle start", 14, 21)
    assert (found.after_cycles, found.source.document) == ((1, 3), "A document")


def test_one_cycle_alone(small, catalogue):
    text = ONE.replace("= 14", "= 14\nafter_cycles = [2]")
    (found,) = catalogue.bundle_for(small(PLAN, text)).protocol.intervals
    assert [found.follows(cycle) for cycle in (1, 2, 3)] == [False, True, False]


def test_a_time_to_the_next_cycle_says_the_rest(small, catalogue, refused):
    assert catalogue.bundle_for(small(PLAN, ONE, head="")).protocol.rest_days is None
    other = ONE.replace('leads_to = "next cycle"', 'leads_to = "next course"')
    refused(small(PLAN, other, head=""), "rest_days", "", "neither filled in nor listed")


def test_the_event_may_be_a_gap(small, catalogue, refused):
    text = ONE.replace('counted_from = "cycle start"\n', "")
    name = "intervals.next.counted_from"
    refused(small(PLAN, text), name, "[intervals.next]", "neither filled in nor listed")
    protocol = catalogue.bundle_for(small(PLAN, text, gaps=[(name, ("activation",))])).protocol
    assert protocol.intervals[0].counted_from is None
    assert name in {gap.field for gap in protocol.gap_blocking("activation")}


BROKEN = {
    "an event that is none": (
        '"cycle start"', '"birthday"', "counted_from", "counted_from", "cycle start, last dose"),
    "an end before the start": (
        "= 14", "= 14\nmost_days = 13", "most_days", "most_days", "ends at 13 days, before its start 14"),
    "no least time": ("least_days = 14\n", "", "least_days", "[intervals.next]", "missing"),
    "a word that leads nowhere": (
        '"next cycle"\n', '"home"\n', "leads_to", "leads_to", "not known here"),
    "cycles the wrong way round": (
        "= 14", "= 14\nafter_cycles = [3, 1]", "after_cycles", "after_cycles", "first and the last"),
    "cycle 0": ("= 14", "= 14\nafter_cycles = [0, 1]", "after_cycles", "after_cycles", "first and"),
    "three cycles": (
        "= 14", "= 14\nafter_cycles = [1, 2, 3]", "after_cycles", "after_cycles", "first and the last"),
    "an unknown key": ("= 14", "= 14\nhours = 3", "hours", "hours", "unknown"),
    "a time that nobody compared": ('"paper"', '"recall"', "source", "source", "gives no date"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_an_interval_that_is_written_wrongly(small, refused, name):
    old, new, key, on_line, said = BROKEN[name]
    assert old in ONE
    refused(small(PLAN, ONE.replace(old, new)), f"intervals.next.{key}", on_line, said)


@pytest.mark.parametrize(("id_", "interval", "events", "earliest", "latest"), [
    # P11 and H33: cycle 2 on day 15, the next course 7 weeks after discharge
    ("proleukin-us", "cycle-2", {"cycle start": (3, 2)}, (3, 16), None),
    ("proleukin-us", "next-course", {"discharge": (3, 21)}, (5, 9), None),
    ("proleukin-us", "evaluation", {"course end": (3, 20)}, (4, 17), None),
    # 5 to 6 weeks after the course
    ("npc-bolus", "evaluation", {"course end": (3, 2)}, (4, 6), (4, 13)),
    # days 1 to 5, 2 to 6 days off: from day 8 to day 12
    ("proleukin-eu-civ", "second-period", {"cycle start": (3, 2)}, (3, 9), (3, 13)),
    # the last day of infusion, 21 days off, then the next
    ("proleukin-eu-civ", "second-induction", {"last dose": (3, 13)}, (4, 4), None),
    ("proleukin-eu-sc", "next-cycle", {"cycle start": (3, 2)}, (4, 6), None),
    ("nagler-il2-ifn", "second-cycle", {"cycle start": (3, 2)}, (4, 27), None),
    ("cgvhd-low-dose", "next-cycle", {"cycle start": (3, 2)}, (6, 22), None),
    ("sle-low-dose", "next-cycle", {"cycle start": (3, 2)}, (3, 30), None),
    ("mirocals", "next-cycle", {"cycle start": (3, 2)}, (3, 30), None),
    ("ceplene-il2", "after-cycles-1-to-3", {"cycle start": (3, 2)}, (4, 13), None),
    ("ceplene-il2", "after-cycles-4-to-9", {"cycle start": (3, 2)}, (5, 4), None),
])  # fmt: skip
def test_the_shipped_times(catalogue, id_, interval, events, earliest, latest):
    protocol = catalogue.protocol(id_)
    dates = {event: date(2026, *when) for event, when in events.items()}
    found = {one.interval.id: one for one in milestones(protocol.intervals, dates)}[interval]
    assert found.earliest == date(2026, *earliest)
    assert found.latest == (None if latest is None else date(2026, *latest))


def test_ten_cycles_of_ceplene_take_75_weeks(catalogue):
    """H42: 10 cycles, 3 weeks off after the first three and 6 weeks after the others."""
    protocol = catalogue.protocol("ceplene-il2")
    start = date(2026, 3, 2)
    for cycle in range(1, protocol.course_cycles.value):
        (after,) = (one for one in protocol.intervals if one.follows(cycle))
        (found,) = milestones((after,), {"cycle start": start})
        start = found.earliest
    regimen = protocol.regimens[0]
    days = regimen.doses_per_cycle.value * regimen.interval_h.value / 24
    assert (start - date(2026, 3, 2)).days + days == 75 * 7
    assert regimen.doses_per_cycle.value * protocol.course_cycles.value == 420


REST = 'rest_days = { value = 7, source = "paper" }'
NO_REST = REST.replace("7", '"none"')


def test_no_rest_between_cycles_is_written_out(small, catalogue):
    """A gap that a document answers with nothing must be possible to fill: neither 0 nor left out."""
    found = catalogue.bundle_for(small(PLAN, head=NO_REST)).protocol.rest_days
    assert (found.value, found.source.document) == (0, "A document")


@pytest.mark.parametrize(("written", "said"), [
    ("0", '0 is not a count. Write a whole number from 1. Or "none", where there is no rest.'),
    ('"0"', 'write a whole number of days from 1, or "none" where there is no rest.'),
    ('"7"', 'write a whole number of days from 1, or "none" where there is no rest.')])  # fmt: skip
def test_a_rest_written_otherwise_says_how_to_write_none(small, refused, written, said):
    path = small(PLAN, head=REST.replace("7", written))
    assert refused(path, "rest_days.value", "rest_days", said) == said


def test_no_rest_that_nobody_compared_is_a_gap(small, catalogue):
    path = small(PLAN, head=NO_REST.replace('"paper"', '"recall"'))
    protocol = catalogue.bundle_for(path).protocol
    assert protocol.rest_days is None
    assert "rest_days" in {gap.field for gap in protocol.gap_blocking("activation")}
