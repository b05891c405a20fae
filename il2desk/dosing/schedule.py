"""When the doses of a cycle are planned, in elapsed hours or by the clock (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import pairwise

from il2desk.dosing.findings import Refusal, refuse
from il2desk.dosing.levels import regimen_of
from il2desk.dosing.protocol import Protocol
from il2desk.dosing.regimen import Regimen
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_clock, write_date, write_offset

POLICIES = ("elapsed", "clock")
_DAY_H = Decimal(24)


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """A dose number with its planned time, local (with offset) and UTC.

    `day` is the day of the cycle for which it is planned; where days are listed, the listed one.
    """

    number: int
    day: int
    local: datetime
    utc: datetime


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The day on which local clocks change inside the cycle, and what that does, in words."""

    local_date: date
    text: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """All planned doses of one cycle, the policy used, and a clock change, if any."""

    doses: tuple[PlannedDose, ...]
    policy: str
    clock_change: ClockChange | None


def local_moment(naive: datetime, zone: tzinfo, fold: int | None = None) -> datetime | Refusal:
    """The moment of a local time, in its zone.

    Refused where it does not exist (code gap) or, without `fold` (0 first, 1 second), exists twice
    (code fold).
    """
    first = naive.replace(tzinfo=zone, fold=0)
    second = naive.replace(tzinfo=zone, fold=1)
    when = tell("{clock} on {date}", clock=write_clock(naive), date=write_date(naive.date()))
    if _round_trip(first, zone) != naive:
        # In a gap the two readings lie on either side of it.
        before = min(_round_trip(first, zone), _round_trip(second, zone))
        after = max(_round_trip(first, zone), _round_trip(second, zone))
        same_day = before.date() == after.date() == naive.date()
        choices = [
            write_clock(choice)
            if same_day
            else tell(
                "{clock} on {date}", clock=write_clock(choice), date=write_date(choice.date())
            )
            for choice in (before, after)
        ]
        return refuse(
            "gap",
            tell(
                "{when} did not exist (clocks went forward). Choose {first} or {second}.",
                when=when,
                first=choices[0],
                second=choices[1],
            ),
        )
    if first.utcoffset() != second.utcoffset():
        if fold is None:
            return refuse(
                "fold",
                tell(
                    "{when} happened twice (clocks went back). Say which: the first (offset "
                    "{offset}) or the second (offset {other}).",
                    when=when,
                    offset=write_offset(first),
                    other=write_offset(second),
                ),
            )
        return second if fold else first
    return first


def _round_trip(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)


def plan_doses(
    protocol: Protocol,
    arm: str | None,
    start: datetime,
    zone: tzinfo,
    policy: str = "elapsed",
    fold: int | None = None,
) -> Schedule | Refusal:
    """The planned times of one cycle from a naive local start in `zone`."""
    regimen = regimen_of(protocol, arm)
    if isinstance(regimen, Refusal):
        return regimen
    if policy not in POLICIES:
        return refuse(
            "policy",
            tell("{policy} is no schedule policy. Choose elapsed or clock.", policy=policy),
        )
    begin = local_moment(start, zone, fold)
    if isinstance(begin, Refusal):
        return begin
    times = _times(protocol, regimen)
    if isinstance(times, Refusal):
        return times
    doses: list[PlannedDose] = []
    for number, (after, listed) in enumerate(times, start=1):
        span = timedelta(seconds=int(after * 3600))
        if policy == "clock":
            local = local_moment(start + span, zone, fold if after == 0 else None)
            if isinstance(local, Refusal):
                return refuse(
                    "planned-time",
                    tell(
                        "Dose {number}: {text} Or choose the elapsed policy.",
                        number=number,
                        text=local.text,
                    ),
                )
        else:
            local = (begin.astimezone(UTC) + span).astimezone(zone)
        # The planned day, not the calendar's: neither a clock change nor the second dose of a listed
        # day that falls after midnight moves the level.
        day = listed or ((start + span).date() - start.date()).days + 1
        doses.append(PlannedDose(number, day, local, local.astimezone(UTC)))
    return Schedule(tuple(doses), policy, _clock_change(begin, doses, zone, policy))


_Time = tuple[Decimal, int | None]  # hours from the start, and the listed day


def _times(protocol: Protocol, regimen: Regimen) -> tuple[_Time, ...] | Refusal:
    """Hours from the start to each dose, with its day where days are listed."""
    gaps = protocol.gap_blocking("schedule", regimen.arm)
    if gaps:
        return Refusal("schedule-gap", tuple(gap.sentence() for gap in gaps))
    if regimen.days is not None:
        if regimen.interval_h is not None:
            return refuse(
                "two-plans",
                tell(
                    "{id} states both an interval and listed days. Correct the file.",
                    id=protocol.id,
                ),
            )
        return _on_listed_days(protocol, regimen, regimen.days.value)
    if regimen.interval_h is not None and regimen.doses_per_cycle is not None:
        step = regimen.interval_h.value
        return tuple((number * step, None) for number in range(regimen.doses_per_cycle.value))
    return refuse(
        "schedule-gap",
        tell(
            "{id} states no interval and number of doses. The site must fill them in.",
            id=protocol.id,
        ),
    )


def _on_listed_days(
    protocol: Protocol, regimen: Regimen, days: tuple[int, ...]
) -> tuple[_Time, ...] | Refusal:
    """Each listed day at the time of the start; further doses of a day so many hours later."""
    found: list[_Time] = []
    for day in days:
        times = regimen.times_on(day)
        apart = regimen.hours_apart
        if times > 1 and apart is None:
            return refuse(
                "schedule-gap",
                tell(
                    "{id} gives {times} doses on day {day} and not how many hours apart. The site "
                    "must fill it in.",
                    id=protocol.id,
                    times=times,
                    day=day,
                ),
            )
        step = _DAY_H if apart is None else apart.value
        found.extend(((day - 1) * _DAY_H + number * step, day) for number in range(times))
    return tuple(found)


def _clock_change(
    begin: datetime, doses: list[PlannedDose], zone: tzinfo, policy: str
) -> ClockChange | None:
    """The first change of the local offset from the start, which may have no dose, to the last dose."""
    last = begin.astimezone(UTC)
    for later in doses:
        if last.astimezone(zone).utcoffset() != later.local.utcoffset():
            change = _moment_of_change(last, later.utc, zone)
            return ClockChange(change.date(), _change_text(change, later, doses, policy, zone))
        last = later.utc
    return None


def _moment_of_change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first minute with the new offset, in local time, found by halving the span."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        half = max(1, ((after - before) // timedelta(minutes=1)) // 2)
        middle = before + timedelta(minutes=half)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.astimezone(zone)


def _change_text(
    change: datetime, later: PlannedDose, doses: list[PlannedDose], policy: str, zone: tzinfo
) -> str:
    just_before = (change.astimezone(UTC) - timedelta(minutes=1)).astimezone(zone)
    forward = (change.utcoffset() or timedelta()) > (just_before.utcoffset() or timedelta())
    if policy == "clock":
        kept = tell("Doses keep their clock times, so one interval is longer or shorter")
    else:
        gaps = {after.utc - before.utc for before, after in pairwise(doses)}
        kept = (
            tell("Doses stay {hours} hours apart", hours=gaps.pop() // timedelta(hours=1))
            if len(gaps) == 1
            else tell("Doses keep their elapsed hours")
        )
    on = write_date(change.date())
    return tell(
        "{change}. {kept}: dose {number} is at {clock} (offset {offset}).",
        change=tell("Clocks go forward on {date}", date=on)
        if forward
        else tell("Clocks go back on {date}", date=on),
        kept=kept,
        number=later.number,
        clock=write_clock(later.local),
        offset=write_offset(later.local),
    )
