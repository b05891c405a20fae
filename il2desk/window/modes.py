"""What is unusual about the open journal, as strips over the window."""

from __future__ import annotations

from il2desk.desk import Desk, JournalFault, after_restore, clock_warnings
from il2desk.dosing import write_moment
from il2desk.words import say

Mode = tuple[str, str, str]
"""The word of a strip, its sentence, and the words of a button; the last may be empty."""


def modes_of(desk: Desk, no_backup: str, clock: tuple[str, ...]) -> list[Mode]:
    """A strip for everything that is unusual.

    `no_backup` says what is wrong with the backups, `clock` what is with the computer's clock.
    """
    modes: list[Mode] = []
    if desk.unsound:
        words = say(
            "Prepare and print nothing; use the paper procedure. Help, Is this installation "
            "sound?, names what is wrong."
        )
        modes.append(("NOT SOUND", words, ""))
    if desk.altered:
        words = say(
            "This journal was changed outside the program: {what}. Trust no entry in it; read the last "
            "backup.",
            what=desk.altered[0],
        )
        modes.append(("NOT AS WRITTEN", words, ""))
    if desk.practice:
        modes.append(("PRACTICE", say("Not real patients. Nothing here may be used."), ""))
    if desk.read_only:
        modes.append(("READ ONLY", _reading(desk), ""))
    elif no_backup:
        modes.append(("NO BACKUP", no_backup, ""))
    if after_restore.waiting_since_restore(desk):
        words = say(
            "The journal was restored from a backup. Nothing is prepared for a patient until two "
            "people found the records complete: see Restored."
        )
        modes.append(("RESTORED", words, ""))
    modes += [("CLOCK", warning, "") for warning in clock]
    return modes


def clock_said(desk: Desk) -> tuple[str, ...]:
    """What is wrong with the computer's clock, as the journal shows it."""
    try:
        return clock_warnings(desk)
    except JournalFault:
        return ()  # whoever reads the entry for its own sake is told


def _reading(desk: Desk) -> str:
    taken = desk.backup_taken
    if taken is None:
        return say("You can read and print; nothing is recorded.")
    return say(
        "This is the backup of {moment}; what was stored later is not here. Nothing is recorded.",
        moment=write_moment(desk.local(taken)),
    )
