"""After a restore: a dose that was due before it may have been given, though nothing here says so."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import write_moment


def last_losing_restore(desk: Desk) -> datetime | None:
    """When entries were last taken out of the journal by a restore, or may have been; None: never."""
    for entry in reversed(desk.journal.entries(kind="journal-restored")):
        known = entry.body["journal_sequence"] is not None
        if entry.body["lost"] or not known:
            return entry.at
    return None


def not_known_since_restore(desk: Desk, dose: DoseRecords) -> tuple[str, ...]:
    """Why a dose must not be prepared: it was due before a restore, and nothing was recorded since.

    The journal that was replaced may hold that it was given. A new time that was set after the
    restore says that somebody looked.
    """
    restored = last_losing_restore(desk)
    if restored is None or dose.administration is not None or dose.due > restored:
        return ()
    if dose.delayed_at is not None and dose.delayed_at > restored:
        return ()
    due, when = write_moment(desk.local(dose.due)), write_moment(desk.local(restored))
    return (
        (
            f"Dose {dose.number} was due at {due}, and the journal was restored from an older backup at "
            f"{when}: it may have been given. Look at the paper, the patient's chart and the kept "
            "file. If it was given, record it; if not, use Delay to set its new time."
        ),
    )
