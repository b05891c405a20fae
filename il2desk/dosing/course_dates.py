"""The times between cycles, to the evaluation and to the next course, as earliest and latest dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from il2desk.dosing.findings import Source
from il2desk.dosing.sentence import tell, told
from il2desk.dosing.writing import NO_BREAK, write_date

EVENTS = (tell("cycle start"), tell("last dose"), tell("course end"), "discharge")
"""What a stated time can be counted from: day 1 of the cycle, the final dose of the cycle, the
final dose of the course, the day of leaving hospital."""

LEADS_TO = (tell("next cycle"), "evaluation", tell("next course"), "maintenance")


@dataclass(frozen=True, slots=True)
class Interval:
    """A time that a source states between two events, in days.

    `counted_from` is one of EVENTS, or None while no source says which. `most_days` is the far end
    of a stated range, or None. A date is met from `least_days` days after the event, that day
    included. `after_cycles` names the first and the last cycle that it follows, None for all.
    """

    id: str
    label: str
    leads_to: str
    counted_from: str | None
    least_days: int
    most_days: int | None
    source: Source
    after_cycles: tuple[int, int] | None = None

    def follows(self, cycle: int) -> bool:
        """Whether it applies after the cycle of this number in its course."""
        if self.after_cycles is None:
            return True
        return self.after_cycles[0] <= cycle <= self.after_cycles[1]


@dataclass(frozen=True, slots=True)
class Milestone:
    """An interval at work: `earliest` and `latest` are dates, None while nothing fixes them."""

    interval: Interval
    earliest: date | None
    latest: date | None
    sentence: str


def milestones(
    intervals: tuple[Interval, ...], events: Mapping[str, date]
) -> tuple[Milestone, ...]:
    """What follows from the events known so far, in the order of the protocol file.

    `events` holds the date of each event of EVENTS that has happened or is planned. An interval
    whose event is a gap, or has no date, gives no date and says why.
    """
    return tuple(_milestone(interval, events) for interval in intervals)


def _milestone(interval: Interval, events: Mapping[str, date]) -> Milestone:
    if interval.counted_from is None:
        why = tell("No source says from which event this is counted; the site fills it in")
        return Milestone(
            interval,
            None,
            None,
            tell("{label}: {span}. {why}.", label=interval.label, span=_span(interval), why=why),
        )
    begin = events.get(interval.counted_from)
    stated = tell(
        "{label}: {span} after the {counted_from}",
        label=interval.label,
        span=_span(interval),
        counted_from=told(interval.counted_from),
    )
    if begin is None:
        return Milestone(
            interval, None, None, tell("{stated}, which has no date yet.", stated=stated)
        )
    earliest = begin + timedelta(days=interval.least_days)
    latest = None if interval.most_days is None else begin + timedelta(days=interval.most_days)
    when = tell("not before {date}", date=write_date(earliest))
    if latest is not None:
        when = tell("{first} to {last}", first=write_date(earliest), last=write_date(latest))
    sentence = tell(
        "{stated} ({begin}), {when}.", stated=stated, begin=write_date(begin), when=when
    )
    return Milestone(interval, earliest, latest, sentence)


def _span(interval: Interval) -> str:
    """The stated time: in weeks where it is whole weeks, else in days."""
    ends = [interval.least_days] + ([] if interval.most_days is None else [interval.most_days])
    weeks = all(days % 7 == 0 and days >= 21 for days in ends)  # noqa: PLR2004 - days and weeks
    numbers = [str(days // 7 if weeks else days) for days in ends]
    unit = "weeks" if weeks else ("day" if numbers == ["1"] else "days")
    if interval.most_days is None:
        return tell("at least {span}", span=f"{numbers[0]}{NO_BREAK}{unit}")
    return tell("{least} to {most}", least=numbers[0], most=f"{numbers[-1]}{NO_BREAK}{unit}")
