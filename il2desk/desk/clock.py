"""Where the time comes from: passed in, never asked of the computer inside an act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol as Shape


class Clock(Shape):
    """Gives the present moment in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one clock


class SetClock:
    """A clock that stands where it is put (practice seed, specimen sheets, tests)."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to, in UTC."""
        return self.moment.astimezone(UTC)


def machine_zone() -> tuple[timedelta | None, timedelta | None]:
    """What tells this computer's time zone from others: its offsets in a winter and in a summer."""
    winter, summer = datetime(2026, 1, 1), datetime(2026, 7, 1)  # noqa: DTZ001 - the computer's own
    return winter.astimezone().utcoffset(), summer.astimezone().utcoffset()


def utc_text(moment: datetime) -> str:
    """The moment as stored: UTC with Z, to the second or finer."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment of a stored UTC text."""
    return datetime.fromisoformat(text)
