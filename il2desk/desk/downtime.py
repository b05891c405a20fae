"""The downtime sheet: a blank form that needs neither journal nor catalogue."""

from __future__ import annotations

from datetime import UTC

from il2desk import __version__
from il2desk.desk.clock import Clock
from il2desk.dosing import write_moment, write_offset
from il2desk.sheets import DowntimeIssue, compose_downtime_sheet, render
from il2desk.words import ENGLISH, speaking


def downtime_sheet(paper: str, clock: Clock) -> bytes:
    """The blank form as PDF on "A4" or "Letter", with the time of printing in this computer's zone."""
    now = clock.now()
    here = now.astimezone()
    printed = f"{write_moment(here)} ({write_offset(here)})"
    written = now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    with speaking(ENGLISH):  # it is of no site
        return render(compose_downtime_sheet(DowntimeIssue(__version__, printed, written)), paper)
