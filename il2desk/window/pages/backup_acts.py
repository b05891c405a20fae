"""What Backups and Settings both do with backups: make one now, and look whether they could be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import backup_problems
from il2desk.window.pages.notice import Notice
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


def why_not(office: Office) -> str:
    """Return why this journal is not backed up from here, or empty text."""
    if office.backups.applies:
        return ""
    if office.desk.practice:
        return say("The practice trial is not backed up.")
    return say("This journal was opened to be read; it is backed up where it is written.")


def back_up_now(office: Office) -> bool:
    """Make a backup and return whether every folder got its copy; a fault is shown."""
    return bool(office.guarded(office.backups.make))


def say_backed_up(office: Office) -> None:
    """Say that the backup was made and read back."""
    office.say(say("Backed up and read back."))


def look_at_backups(office: Office, trouble: Notice, found: Notice) -> None:
    """Say whether the backups could be restored, or what is wrong with them."""
    looked = office.guarded(lambda: backup_problems(office.desk.journal))
    if looked is None:
        return
    told, problems = looked
    trouble.set_sentences(problems)
    good = say(
        "Every kept hash is in the journal, and the newest backup is whole: {told}.", told=told
    )
    found.set_sentences(() if problems else (good,))
