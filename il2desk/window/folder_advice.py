"""What is said about a folder that cannot be used for a journal."""

from __future__ import annotations

from pathlib import Path

from il2desk.words import say


def cannot_write(error: OSError) -> tuple[str, str, str]:
    """Return what happened, what is safe and what to do, for an error of the system."""
    place = error.filename or say("the folder")
    cause = (error.strerror or type(error).__name__).rstrip(".")
    return (
        say("{place} cannot be used: {cause}.", place=place, cause=cause),
        say("No journal was opened and none was changed."),
        say("Choose a folder that may be written, or ask for permission to it."),
    )


def not_encrypted(journal: Path) -> tuple[str, str, str]:
    """Return the same for a journal that is there already, where a passphrase was typed for a new one."""
    return (
        say("{journal} is there already and is not encrypted.", journal=journal),
        say("It was not changed."),
        say("Choose No and go on; encrypt it then on the page Backups. Or choose another folder."),
    )


def destroy_advice() -> str:
    """Return what to do with copies of an encrypted journal that are not encrypted."""
    return say("Destroy what is not encrypted when you are sure that journal and passphrase work.")
