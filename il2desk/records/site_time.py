"""Moments as they are told: in the zone of the journal's site, or as universal time where none is known."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from il2desk.dosing import write_moment, write_offset
from il2desk.records.faults import JournalFault

if TYPE_CHECKING:
    from datetime import datetime

    from il2desk.records.reading import JournalReader


def site_zone(journal: JournalReader) -> ZoneInfo | None:
    """Return the zone of the site as last set up, None before that or where it cannot be read."""
    try:
        entries = journal.entries(kind="site-set-up")
        return ZoneInfo(entries[-1].body["zone"]) if entries else None
    except (JournalFault, KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
        return None  # it must not stop the look at the rest


def told_moment(moment: datetime, zone: ZoneInfo | None) -> str:
    """Return 12-Mar-2026 14:02 (+01:00) in the zone; without one 12-Mar-2026 13:02 universal time."""
    if zone is None:
        return f"{write_moment(moment.astimezone(UTC))} universal time"
    local = moment.astimezone(zone)
    return f"{write_moment(local)} ({write_offset(local)})"
