"""What is unusual about the open journal, as strips over the window."""

from __future__ import annotations

import contextlib

from il2desk.desk import Desk, JournalFault, after_restore, audit, clock_warnings
from il2desk.dosing import write_moment
from il2desk.words import say

Mode = tuple[str, str, str]
"""The word of a strip, its sentence, and the words of a button; the last may be empty."""


def modes_of(desk: Desk, no_backup: str, changing: tuple[Mode, ...]) -> list[Mode]:
    """A strip for everything that is unusual.

    `no_backup` says what is wrong with the backups, `changing` is what `changing_modes` found.
    """
    modes: list[Mode] = []
    if desk.unsound:
        words = say(
            "Prepare and print nothing; use the paper procedure. Help, Is this installation "
            "sound?, names what is wrong."
        )
        modes.append(("NOT SOUND", words, ""))
    if desk.broken_at is not None:
        modes.append(("CHAIN BROKEN", audit.broken_words(desk.broken_at), ""))
    elif desk.altered:
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
    return [*modes, *changing]


def changing_modes(desk: Desk) -> tuple[Mode, ...]:
    """What can go wrong while the journal is open: the computer's clock, and a file put in its place."""
    modes: list[Mode] = []
    if desk.read_only and desk.journal.moved:
        words = say(
            "The file that is read here was moved, or another was put in its place: a restore does that. "
            "Close the program and open it again."
        )
        modes.append(("NOT THE JOURNAL", words, ""))
    with contextlib.suppress(JournalFault):  # whoever reads the entry for its own sake is told
        modes += [("CLOCK", warning, "") for warning in clock_warnings(desk)]
    return tuple(modes)


def _reading(desk: Desk) -> str:
    taken = desk.backup_taken
    if taken is None:
        return say("You can read and print; nothing is recorded.")
    return say(
        "This is the backup of {moment}; what was stored later is not here. Nothing is recorded.",
        moment=write_moment(desk.local(taken)),
    )
