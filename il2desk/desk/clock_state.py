"""Whether this computer's clock can be right: looked at against the last entry and the time zone.

Nothing is blocked by it, and no time is corrected: an entry carries the time this computer says.
"""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk.clock import machine_zone
from il2desk.desk.desk import Desk
from il2desk.dosing import tell, write_moment

_ADJUSTED = timedelta(minutes=1)
"""What a time server may take back without a word."""


def clock_warnings(desk: Desk) -> tuple[str, ...]:
    """A sentence for everything that speaks against the clock. Raises a JournalFault."""
    found: list[str] = []
    last = desk.journal.last()
    now = desk.clock.now()
    if last is not None and last.at > now + _ADJUSTED:
        found.append(
            tell(
                "This computer's clock was moved back: it says {time}, and the last entry was stored at {time_2}. Stored entries keep their times. Set the clock right before the next dose; what you record now carries the time this computer says.",
                time=write_moment(desk.local(now)),
                time_2=write_moment(desk.local(last.at)),
            )
        )
    if machine_zone() != desk.machine_zone:
        found.append(
            tell(
                "The time zone of this computer was changed while the program was open. All times here stay those of {key}. Look whether the clock is right before the next dose, then start the program again.",
                key=desk.zone.key,
            )
        )
    return tuple(found)
