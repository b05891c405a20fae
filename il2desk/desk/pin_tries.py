"""How wrong PINs are slowed: three in a row begin a pause, and every further three a longer one.

A pause is never without end, so that nobody is locked out of a ward. The clock set back begins the
pause that runs anew, once; it neither ends it nor makes it longer than it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 3
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(slots=True)
class Tries:
    """Wrong PINs for one name: since the last pause, and the pauses since the last right PIN."""

    wrong: int = 0
    pauses: int = 0
    since: datetime | None = None

    @property
    def pause(self) -> timedelta:
        """How long the last pause is: half a minute, doubled each time, at most 15 minutes."""
        doubled = FIRST_PAUSE
        for _ in range(self.pauses - 1):
            if doubled >= LONGEST_PAUSE:
                break
            doubled *= 2
        return min(doubled, LONGEST_PAUSE)

    def rest(self, now: datetime) -> timedelta | None:
        """What is left of the pause at a moment, or None where none runs."""
        if self.since is None:
            return None
        self.since = min(self.since, now)
        rest = self.since + self.pause - now
        return rest if rest > timedelta(0) else None

    def add(self, now: datetime) -> bool:
        """Count a wrong PIN; return whether it begins a pause."""
        self.wrong += 1
        if self.wrong < FREE_TRIES:
            return False
        self.wrong, self.pauses, self.since = 0, self.pauses + 1, now
        return True
