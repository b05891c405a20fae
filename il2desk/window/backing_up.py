"""Backs the journal up by itself: daily while the window is open, and when it closes."""

from __future__ import annotations

from datetime import datetime, timedelta

from il2desk.desk import BackupState, Desk, JournalFault, back_up, backup_state
from il2desk.dosing import write_clock, write_date
from il2desk.window.spoken import spoken_all
from il2desk.words import say

_LOOK_AGAIN = timedelta(minutes=1)
_TRY_AGAIN = timedelta(hours=1)


class BackupWatch:
    """Looks every minute whether a backup is due, and makes it; `state` is None before the first look.

    `trouble` says why the last backup could not be made, wholly or in the second folder.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looked: datetime | None = None
        self._failed: datetime | None = None
        self.state: BackupState | None = None
        self.trouble = ""

    @property
    def applies(self) -> bool:
        """Whether this journal is backed up from here: not in practice, not where it is read only."""
        return not (self._desk.practice or self._desk.read_only)

    def look(self, *, now: bool = False) -> bool:
        """Back up where it is due, and return whether anything to be shown changed.

        `now` looks at once. A backup that failed is tried again after an hour.
        """
        moment = self._desk.clock.now()
        if not self.applies:
            return False
        fresh = self._looked is not None and timedelta(0) <= moment - self._looked < _LOOK_AGAIN
        if fresh and not now:
            return False
        self._looked = moment
        before = (self.state, self.trouble)
        try:
            self.state = backup_state(self._desk)
            if not self.state.overdue:
                # What was wrong is mended, or asked for no more.
                self.trouble, self._failed = "", None
            elif not self._waits(moment):
                self.make()
        except JournalFault as fault:
            self.trouble = str(fault)
        return (self.state, self.trouble) != before

    def make(self) -> bool:
        """Back up now; return whether every folder got its copy. Raises a JournalFault."""
        done = back_up(self._desk)
        self.trouble = spoken_all(str(fault) for fault in done.faults)
        self._failed = self._desk.clock.now() if done.faults else None
        self.state = backup_state(self._desk)
        return not done.faults

    def at_exit(self) -> None:
        """Back up what was stored since the last one; a failure is found by the next start."""
        if not self.applies:
            return
        try:
            if backup_state(self._desk).behind:
                done = back_up(self._desk)
                self.trouble = spoken_all(str(fault) for fault in done.faults)
        except JournalFault as fault:
            self.trouble = str(fault)

    def words(self) -> str:
        """How old the last backup is, for the status bar."""
        if not self.applies or self.state is None:
            return ""
        taken = self.state.taken
        if taken is None:
            return say("No backup yet")
        if taken.date() == self._desk.now().date():
            return say("Backup {time}", time=write_clock(taken))
        return say("Backup {date} {time}", date=write_date(taken.date()), time=write_clock(taken))

    def warning(self) -> str:
        """Why there is no good backup, for the strip; empty where there is one."""
        if not self.applies or self.state is None:
            return ""
        if self.trouble:
            return self.trouble
        if not self.state.overdue:
            return ""
        return say("What was stored is not backed up for more than a day. See Backups.")

    def _waits(self, moment: datetime) -> bool:
        failed = self._failed
        return failed is not None and timedelta(0) <= moment - failed < _TRY_AGAIN
