"""When the doses of a cycle are planned (dose arithmetic, section 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing.findings import Evidence, Gap, Refusal, Source, Sourced
from il2desk.dosing.regimen import Level
from il2desk.dosing.schedule import Schedule, local_moment, plan_doses

HERE = Source("a test", "", Evidence.HAND)
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def planned(*args, **kwargs) -> Schedule:
    schedule = plan_doses(*args, **kwargs)
    assert isinstance(schedule, Schedule), schedule
    return schedule


def refused(answer, code: str, *says: str) -> None:
    assert isinstance(answer, Refusal), answer
    assert answer.code == code
    for words in says:
        assert words in answer.text, answer.text


def locals_of(schedule: Schedule) -> list[str]:
    return [dose.local.isoformat(timespec="minutes") for dose in schedule.doses]


def test_reference_cases_to_the_letter(schedule_cases, protocols):
    assert schedule_cases
    for case in schedule_cases:
        schedule = planned(
            protocols[case["protocol"]],
            case.get("arm"),
            at(case["start"]),
            ZoneInfo(case["zone"]),
            case["policy"],
        )
        assert locals_of(schedule) == case["local"], case["start"]
        assert schedule.policy == case["policy"]
        assert [dose.number for dose in schedule.doses] == list(range(1, len(case["local"]) + 1))
        assert all(dose.utc == dose.local and dose.utc.tzinfo is UTC for dose in schedule.doses)


def test_dose_15_falls_on_calendar_day_6(protocols):
    """Clinical facts H32."""
    schedule = planned(
        protocols["npc-bolus"], None, at("2026-03-02T08:00"), ZoneInfo("Asia/Taipei")
    )
    assert schedule.doses[13].local.isoformat(timespec="minutes") == "2026-03-06T16:00+08:00"
    assert schedule.doses[14].local.isoformat(timespec="minutes") == "2026-03-07T00:00+08:00"
    assert (schedule.doses[13].day, schedule.doses[14].day) == (5, 6)
    assert schedule.clock_change is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Taipei", "Africa/Casablanca"]))  # fmt: skip
def test_elapsed_hours_are_eight_whatever_the_clocks_do(protocols, start, zone):
    minute = start.replace(second=0, microsecond=0)
    schedule = plan_doses(protocols["npc-bolus"], None, minute, ZoneInfo(zone))
    if isinstance(schedule, Refusal):
        assert schedule.code in ("gap", "fold")
        return
    times = [dose.utc for dose in schedule.doses]
    assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(hours=8)}
    assert schedule.doses[0].local.replace(tzinfo=None) == minute
    offsets = {dose.local.utcoffset() for dose in schedule.doses}
    assert (schedule.clock_change is not None) is (len(offsets) > 1)


def test_clock_change_inside_a_cycle_is_said_in_words(protocols):
    schedule = planned(protocols["proleukin-us"], None, at("2026-03-27T08:00"), BERLIN)
    assert schedule.clock_change.local_date == date(2026, 3, 29)
    assert "Clocks go forward on 29-Mar-2026" in schedule.clock_change.text
    assert "8 hours apart" in schedule.clock_change.text
    autumn = planned(protocols["proleukin-us"], None, at("2026-10-23T08:00"), BERLIN, "clock")
    assert autumn.clock_change.local_date == date(2026, 10, 25)
    assert "Clocks go back on 25-Oct-2026" in autumn.clock_change.text
    assert "keep their clock times" in autumn.clock_change.text


def test_a_change_before_or_after_the_cycle_is_not_said(protocols):
    before = planned(protocols["proleukin-us"], None, at("2026-03-29T03:00"), BERLIN)
    assert before.clock_change is None
    after = planned(protocols["proleukin-us"], None, at("2026-03-23T08:00"), BERLIN)
    assert after.clock_change is None


def test_a_start_that_does_not_exist_is_refused_with_both_neighbours(protocols):
    for policy in ("elapsed", "clock"):
        answer = plan_doses(protocols["npc-bolus"], None, at("2026-03-29T02:30"), BERLIN, policy)
        refused(answer, "gap", "02:30 on 29-Mar-2026 did not exist", "Choose 01:30 or 03:30")


def test_a_gap_of_a_whole_day_names_the_dates_too():
    """30-Dec-2011 was left out in Samoa: the neighbours are the day before and the day after."""
    answer = local_moment(at("2011-12-30T08:00"), ZoneInfo("Pacific/Apia"))
    refused(answer, "gap", "29-Dec-2011", "31-Dec-2011")


def test_a_start_that_exists_twice_is_asked_about(protocols):
    npc, start = protocols["npc-bolus"], at("2026-10-25T02:30")
    refused(plan_doses(npc, None, start, BERLIN), "fold", "happened twice", "+02:00", "+01:00")
    first, second = (planned(npc, None, start, BERLIN, fold=fold) for fold in (0, 1))
    assert first.doses[0].local.utcoffset() == timedelta(hours=2)
    assert second.doses[0].utc - first.doses[0].utc == timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "day"), [("2026-03-26T02:30", "29-Mar-2026"), ("2026-10-22T02:30", "25-Oct-2026")]
)
def test_clock_policy_refuses_a_planned_time_that_is_not_one_time(protocols, start, day):
    npc = protocols["npc-bolus"]
    refused(
        plan_doses(npc, None, at(start), BERLIN, "clock"), "planned-time", "02:30", day, "Dose 10"
    )
    planned(npc, None, at(start), BERLIN, "elapsed")


def test_unknown_policy_and_arm_are_refused(protocols):
    start = at("2026-03-02T08:00")
    refused(
        plan_doses(protocols["npc-bolus"], None, start, BERLIN, "solar"),
        "policy",
        "elapsed or clock",
    )
    refused(plan_doses(protocols["yang-2003"], None, start, BERLIN), "arm", "subcutaneous")


def test_gap_that_blocks_the_schedule_is_named(make_protocol, make_regimen):
    gap = Gap("interval_h", "The interval", "the paper", "the site", ("schedule",))
    one = make_protocol("p", make_regimen("72000", interval_h=None), gaps=(gap,))
    refused(
        plan_doses(one, None, at("2026-03-02T08:00"), BERLIN),
        "schedule-gap",
        "The interval",
        "the site",
    )
    bare = replace(one, gaps=())
    refused(plan_doses(bare, None, at("2026-03-02T08:00"), BERLIN), "schedule-gap", "fill")


def test_an_open_gap_blocks_the_schedule_even_beside_an_interval(protocols):
    gap = Gap("doses", "Doses a cycle", "the paper", "the site", ("schedule",))
    one = replace(protocols["npc-bolus"], gaps=(gap,))
    refused(plan_doses(one, None, at("2026-03-02T08:00"), BERLIN), "schedule-gap", "Doses a cycle")


def test_listed_days_keep_their_numbers(protocols):
    schedule = planned(protocols["yang-2003"], "subcutaneous", at("2026-03-02T08:00"), BERLIN)
    listed = [7 * week + day for week in range(6) for day in range(1, 6)]
    assert [dose.day for dose in schedule.doses] == listed
    assert [dose.number for dose in schedule.doses] == list(range(1, 31))


@pytest.mark.parametrize("policy", ["elapsed", "clock"])
@pytest.mark.parametrize("start", ["2026-10-19T00:30", "2026-03-23T23:30"])
def test_listed_days_keep_their_numbers_over_a_clock_change(protocols, start, policy):
    """A dose an hour before or after midnight by the clock still is the dose of its listed day.

    The level goes by the day: a day miscounted is a dose refused, or one of the wrong week.
    """
    schedule = planned(protocols["yang-2003"], "subcutaneous", at(start), BERLIN, policy)
    listed = [7 * week + day for week in range(6) for day in range(1, 6)]
    assert [dose.day for dose in schedule.doses] == listed


def test_interval_and_listed_days_together_are_not_read_as_one_dose_a_day(
    make_protocol, make_regimen
):
    """14 doses every 8 hours on days 1 to 5 are not 5 doses; where it is unclear it is refused."""
    regimen = make_regimen(
        "600000", days=Sourced((1, 2, 3, 4, 5), HERE), doses_per_cycle=Sourced(14, HERE)
    )
    answer = plan_doses(make_protocol("p", regimen), None, at("2026-03-02T08:00"), BERLIN)
    assert isinstance(answer, Refusal) or len(answer.doses) == 14


@pytest.mark.timeout(10)  # an endless search for the change would hold up the whole run
@pytest.mark.parametrize("start", ["2026-03-27T08:00", "2026-03-28T18:00"])
def test_an_interval_that_is_no_whole_number_of_minutes_ends(make_protocol, make_regimen, start):
    """18:00 and 8 hours and 18 seconds later: the second dose is 18 seconds after the change."""
    regimen = make_regimen("72000", interval_h=Sourced(Decimal("8.005"), HERE))
    schedule = planned(make_protocol("p", regimen), None, at(start), BERLIN)
    assert schedule.clock_change.local_date == date(2026, 3, 29)
    assert schedule.doses[1].utc - schedule.doses[0].utc == timedelta(seconds=28818)


def samoa() -> ZoneInfo:
    return ZoneInfo("Pacific/Apia")


def test_sentences_of_a_clock_change_to_the_letter(protocols):
    npc = protocols["npc-bolus"]

    def text(start: str, policy: str = "elapsed") -> str:
        return planned(npc, None, at(start), BERLIN, policy).clock_change.text

    assert text("2026-03-27T08:00") == (
        "Clocks go forward on 29-Mar-2026. Doses stay 8 hours apart: dose 7 is at 09:00 (offset "
        "+02:00)."
    )
    assert text("2026-10-23T08:00", "clock") == (
        "Clocks go back on 25-Oct-2026. Doses keep their clock times, so one interval is longer or "
        "shorter: dose 7 is at 08:00 (offset +01:00)."
    )


@pytest.mark.parametrize(("policy", "said"), [
    ("elapsed", "Doses keep their elapsed hours: dose 1 is at 09:00 (offset +02:00)."),
    ("clock", "Doses keep their clock times, so one interval is longer or shorter: dose 1 is at 08:00 (offset +02:00).")])  # fmt: skip
def test_a_change_between_the_start_and_the_first_dose_is_said(
    make_protocol, make_regimen, policy, said
):
    """Day 1 has no dose of aldesleukin, and the clocks change in the night after it."""
    regimen = make_regimen("72000", interval_h=None, days=Sourced((3, 4, 8), HERE))
    start = at("2026-03-28T08:00")
    schedule = planned(make_protocol("p", regimen), None, start, BERLIN, policy)
    assert schedule.clock_change.local_date == date(2026, 3, 29)
    assert schedule.clock_change.text == f"Clocks go forward on 29-Mar-2026. {said}"


def test_doses_that_are_unevenly_apart_keep_their_elapsed_hours(protocols):
    arm = planned(protocols["yang-2003"], "subcutaneous", at("2026-03-23T08:00"), BERLIN)
    assert arm.clock_change.text == (
        "Clocks go forward on 29-Mar-2026. Doses keep their elapsed hours: dose 6 is at 09:00 "
        "(offset +02:00)."
    )


@pytest.mark.parametrize(
    ("zone", "start", "day"),
    [
        # Each change is found to the minute: the day of the change is told, midnight is no tie.
        ("America/Asuncion", "2024-10-05T08:00", date(2024, 10, 6)),
        ("Asia/Beirut", "2025-03-29T08:00", date(2025, 3, 30)),
        ("America/Havana", "2025-11-01T10:00", date(2025, 11, 2)),
        ("Australia/Lord_Howe", "2025-10-04T10:00", date(2025, 10, 5)),
        ("Pacific/Apia", "2011-12-28T08:00", date(2011, 12, 31)),
        ("Africa/Monrovia", "1972-01-06T12:00", date(1972, 1, 7)),
        ("Africa/Cairo", "2025-04-24T02:00", date(2025, 4, 25)),
    ],
)
def test_the_day_of_a_change_is_the_day_of_its_first_minute(protocols, zone, start, day):
    schedule = planned(protocols["npc-bolus"], None, at(start), ZoneInfo(zone))
    assert schedule.clock_change.local_date == day


def test_a_moment_in_its_zone(protocols):
    summer = local_moment(at("2026-07-01T08:00"), BERLIN)
    assert summer.isoformat() == "2026-07-01T08:00:00+02:00"
    early = local_moment(at("2026-10-25T02:30"), BERLIN, fold=0)
    late = local_moment(at("2026-10-25T02:30"), BERLIN, fold=1)
    assert (early.isoformat(), early.fold) == ("2026-10-25T02:30:00+02:00", 0)
    assert (late.isoformat(), late.fold) == ("2026-10-25T02:30:00+01:00", 1)
    folded = at("2026-10-25T02:30").replace(fold=1)
    assert local_moment(folded, BERLIN).code == "fold"
    assert local_moment(folded, BERLIN, fold=0).fold == 0
    gap = local_moment(at("2026-03-29T02:30"), BERLIN)
    assert gap == Refusal(
        "gap",
        ("02:30 on 29-Mar-2026 did not exist (clocks went forward). Choose 01:30 or 03:30.",),
    )
    assert local_moment(at("2011-12-30T08:00"), samoa()).text == (
        "08:00 on 30-Dec-2011 did not exist (clocks went forward). Choose 08:00 on 29-Dec-2011 or "
        "08:00 on 31-Dec-2011."
    )
    assert local_moment(at("2026-10-25T02:30"), BERLIN).text == (
        "02:30 on 25-Oct-2026 happened twice (clocks went back). Say which: the first (offset "
        "+02:00) or the second (offset +01:00)."
    )


def test_gaps_in_other_places(protocols):
    """At the edge of a day only one neighbour lies on it: both are named with their dates."""
    answer = local_moment(at("2025-03-30T00:30"), ZoneInfo("Asia/Beirut"))
    assert answer.text == (
        "00:30 on 30-Mar-2025 did not exist (clocks went forward). Choose 23:30 on 29-Mar-2025 or "
        "01:30 on 30-Mar-2025."
    )


def test_only_the_start_of_a_cycle_by_the_clock_may_be_the_second_of_two(protocols, make_regimen):
    """02:30 on 25-Oct-2026 exists twice: as the start it is chosen, as a later dose it is refused."""
    npc, start = protocols["npc-bolus"], at("2026-10-25T02:30")
    for fold in (0, 1):
        schedule = planned(npc, None, start, BERLIN, "clock", fold)
        assert schedule.doses[0].local.fold == fold
    later = plan_doses(npc, None, at("2026-10-24T02:30"), BERLIN, "clock", 1)
    refused(later, "planned-time", "Dose 4: 02:30 on 25-Oct-2026 happened twice")
    hourly = replace(npc.regimens[0], interval_h=Sourced(Decimal(1), HERE))
    near = plan_doses(
        replace(npc, regimens=(hourly,)), None, at("2026-10-25T01:30"), BERLIN, "clock", 1
    )
    refused(near, "planned-time", "Dose 2: ")
    assert near.text.endswith("Or choose the elapsed policy.")


def test_gaps_of_the_schedule_go_by_their_arm(protocols):
    yang, start = protocols["yang-2003"], at("2026-03-02T08:00")
    gap = Gap("regimens.high.interval_h", "The interval", "the paper", "the site", ("schedule",))
    one = replace(yang, gaps=(gap,))
    refused(plan_doses(one, "high", start, BERLIN), "schedule-gap", "The interval")
    planned(one, "low", start, BERLIN)


def test_an_unclear_plan_is_refused_to_the_letter(make_protocol, make_regimen, protocols):
    start = at("2026-03-02T08:00")
    both = make_regimen("600000", days=Sourced((1, 2), HERE))
    assert plan_doses(make_protocol("p", both), None, start, BERLIN) == Refusal(
        "two-plans", ("p states both an interval and listed days. Correct the file.",)
    )
    for lacking in ({"interval_h": None}, {"doses_per_cycle": None}):
        bare = make_protocol("p", make_regimen("600000", **lacking))
        assert plan_doses(bare, None, start, BERLIN) == Refusal(
            "schedule-gap",
            ("p states no interval and number of doses. The site must fill them in.",),
        )
    assert plan_doses(protocols["npc-bolus"], None, start, BERLIN, "solar") == Refusal(
        "policy", ("solar is no schedule policy. Choose elapsed or clock.",)
    )


def test_several_doses_on_a_listed_day(make_protocol, make_regimen):
    plain = make_regimen(
        "600000", interval_h=None, doses_per_cycle=None, days=Sourced((1, 3), HERE)
    )
    start = at("2026-03-02T08:00")
    twice = replace(plain, times_a_day=Sourced(2, HERE))
    assert plan_doses(make_protocol("p", twice), None, start, BERLIN) == Refusal(
        "schedule-gap",
        ("p gives 2 doses on day 1 and not how many hours apart. The site must fill it in.",),
    )
    apart = replace(twice, hours_apart=Sourced(Decimal(10), HERE))
    schedule = planned(make_protocol("p", apart), None, start, BERLIN)
    assert locals_of(schedule) == [
        "2026-03-02T08:00+01:00", "2026-03-02T18:00+01:00",
        "2026-03-04T08:00+01:00", "2026-03-04T18:00+01:00",
    ]  # fmt: skip
    assert [dose.day for dose in schedule.doses] == [1, 1, 3, 3]


@pytest.mark.parametrize("minute", range(0, 60, 7))
@pytest.mark.parametrize(
    ("start", "way", "day"),
    [
        ("2026-03-28T17", "forward", date(2026, 3, 29)),
        ("2026-10-24T16", "back", date(2026, 10, 25)),
    ],
)
def test_forward_or_back_whatever_the_minute_of_the_start(protocols, minute, start, way, day):
    schedule = planned(protocols["npc-bolus"], None, at(f"{start}:{minute:02d}"), BERLIN)
    assert schedule.clock_change.local_date == day
    assert schedule.clock_change.text.startswith(f"Clocks go {way} on ")


def test_a_gap_west_of_greenwich_names_its_own_neighbours():
    answer = local_moment(at("2026-03-08T02:30"), ZoneInfo("America/New_York"))
    assert answer.text.endswith("Choose 01:30 or 03:30.")


def test_a_level_by_day_says_how_often_a_day(make_protocol, make_regimen):
    levels = (
        Level(1, 1, Sourced(Decimal(1_000_000), HERE)),
        Level(2, 2, Sourced(Decimal(2_000_000), HERE), times_a_day=2),
    )
    plan = make_regimen(
        level_by="day", levels=levels, interval_h=None, doses_per_cycle=None,
        days=Sourced((1, 2), HERE), hours_apart=Sourced(Decimal(12), HERE),
    )  # fmt: skip
    schedule = planned(make_protocol("p", plan), None, at("2026-03-02T08:00"), BERLIN)
    assert [dose.day for dose in schedule.doses] == [1, 2, 2]


@pytest.fixture
def twice(make_protocol, make_regimen):
    """Days 3 and 4 twice a day by their level, day 8 as the plan says."""

    def made(apart="12", every=None):
        levels = (
            Level(3, 4, Sourced(Decimal(10), HERE), (3, 4), times_a_day=2),
            Level(8, 8, Sourced(Decimal(5), HERE), (8,)),
        )
        regimen = make_regimen(
            level_by="day", levels=levels, interval_h=None, doses_per_cycle=None,
            days=Sourced((3, 4, 8), HERE),
            times_a_day=None if every is None else Sourced(every, HERE),
            hours_apart=None if apart is None else Sourced(Decimal(apart), HERE),
        )  # fmt: skip
        return make_protocol("listed", regimen)

    return made


def test_several_doses_a_day_so_many_hours_apart(twice):
    schedule = planned(twice(), None, at("2026-03-02T08:00"), BERLIN)
    assert [(dose.day, dose.local.strftime("%d %H:%M")) for dose in schedule.doses] == [
        (3, "04 08:00"), (3, "04 20:00"), (4, "05 08:00"), (4, "05 20:00"), (8, "09 08:00")]  # fmt: skip
    assert [dose.number for dose in schedule.doses] == [1, 2, 3, 4, 5]


def test_the_number_a_day_of_the_plan_where_the_level_says_none(twice):
    schedule = planned(twice("6", 3), None, at("2026-03-02T08:00"), BERLIN)
    assert [dose.local.strftime("%d %H:%M") for dose in schedule.doses] == [
        "04 08:00", "04 14:00", "05 08:00", "05 14:00", "09 08:00", "09 14:00", "09 20:00"]  # fmt: skip


def test_several_a_day_without_the_hours_between_are_refused(twice):
    refused(
        plan_doses(twice(None), None, at("2026-03-02T08:00"), BERLIN),
        "schedule-gap", "listed gives 2 doses on day 3 and not how many hours apart",
    )  # fmt: skip


def test_the_second_dose_of_a_day_keeps_its_day_after_midnight_and_a_clock_change(twice):
    """From Thursday 26 March 2026: days 3 and 4 are the weekend on which clocks go forward."""
    schedule = planned(twice(), None, at("2026-03-26T20:00"), BERLIN)
    assert [dose.local.isoformat(timespec="minutes") for dose in schedule.doses[:4]] == [
        "2026-03-28T20:00+01:00", "2026-03-29T09:00+02:00",
        "2026-03-29T21:00+02:00", "2026-03-30T09:00+02:00"]  # fmt: skip
    assert [dose.day for dose in schedule.doses] == [3, 3, 4, 4, 8]
    assert schedule.clock_change.local_date == date(2026, 3, 29)
