"""What is unusual about the open journal, as strips over the window."""

from __future__ import annotations

from il2desk.desk import Desk
from il2desk.dosing import write_moment
from il2desk.words import say

Mode = tuple[str, str, str]
"""The word of a strip, its sentence, and the words of a button; the last may be empty."""


def modes_of(desk: Desk, no_backup: str) -> list[Mode]:
    """A strip for everything that is unusual; `no_backup` says what is wrong with the backups."""
    modes: list[Mode] = []
    if desk.unsound:
        words = say(
            "Prepare and print nothing; use the paper procedure. Help, Is this installation "
            "sound?, names what is wrong."
        )
        modes.append(("NOT SOUND", words, ""))
    if desk.practice:
        modes.append(("PRACTICE", say("Not real patients. Nothing here may be used."), ""))
    if desk.read_only:
        modes.append(("READ ONLY", _reading(desk), ""))
    elif no_backup:
        modes.append(("NO BACKUP", no_backup, ""))
    return modes


def _reading(desk: Desk) -> str:
    taken = desk.backup_taken
    if taken is None:
        return say("You can read and print; nothing is recorded.")
    return say(
        "This is the backup of {moment}; what was stored later is not here. Nothing is recorded.",
        moment=write_moment(desk.local(taken)),
    )
