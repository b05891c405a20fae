"""Where the time comes from: passed in, never asked of the computer inside an act."""

from __future__ import annotations

from datetime import UTC, datetime
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


def utc_text(moment: datetime) -> str:
    """The moment as stored: UTC with Z, to the second or finer."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment of a stored UTC text."""
    return datetime.fromisoformat(text)
