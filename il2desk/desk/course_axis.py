"""The time that a picture covers: whole days of the site, each change of its clocks named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from il2desk.desk.desk import Desk
from il2desk.dosing import tell, write_clock, write_date, write_moment, write_offset
from il2desk.sheets import CourseAxis

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From one midnight of the site to another, both in UTC."""

    begin: datetime
    end: datetime
    zone: ZoneInfo

    def local(self, moment: datetime) -> datetime:
        """A moment in the site's zone."""
        return moment.astimezone(self.zone)

    def told(self, moment: datetime) -> str:
        """A moment as it is written."""
        return write_moment(self.local(moment))

    def minutes(self, moment: datetime) -> int | None:
        """Where a moment stands, in minutes from the left edge; None outside."""
        if not self.begin <= moment <= self.end:
            return None
        return (moment - self.begin) // _MINUTE


def span_of(desk: Desk, first: datetime, last: datetime) -> Span:
    """The whole days that hold both moments."""
    zone = desk.zone  # asked once: it is read from the journal
    begin, after = first.astimezone(zone).date(), last.astimezone(zone).date() + _DAY
    return Span(_midnight(begin, zone), _midnight(after, zone), zone)


def axis_of(span: Span) -> CourseAxis:
    """The axis of a span: dd-MMM-yyyy at each midnight, and the changes of the clocks within it."""
    days = []
    day, end = span.local(span.begin).date(), span.local(span.end).date()
    while day < end:
        at = span.minutes(_midnight(day, span.zone)) or 0
        days.append((at, write_date(day)))
        day += _DAY
    return CourseAxis((span.end - span.begin) // _MINUTE, tuple(days), _turns(span))


def _turns(span: Span) -> tuple[tuple[int, str], ...]:
    """Each moment at which the clocks change, to the minute, with what they show before and after."""
    found = []
    at = span.begin
    while at < span.end:
        after = min(at + timedelta(hours=6), span.end)
        if span.local(at).utcoffset() != span.local(after).utcoffset():
            turn = _change(span, at, after)
            before, now = span.local(turn - _MINUTE), span.local(turn)
            words = tell(
                "Clocks change: {before} {old} is followed by {now} {new}",
                before=write_clock(before), old=write_offset(before),
                now=write_clock(now), new=write_offset(now),
            )  # fmt: skip
            found.append((span.minutes(turn) or 0, words))
        at = after
    return tuple(found)


def _change(span: Span, low: datetime, high: datetime) -> datetime:
    """The first minute with the later offset, between two moments with different ones."""
    old = span.local(low).utcoffset()
    while high - low > _MINUTE:
        middle = low + (high - low) // _MINUTE // 2 * _MINUTE
        if span.local(middle).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
