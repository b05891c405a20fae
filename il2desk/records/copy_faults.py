"""What can go wrong with copies of a journal: backups, a change of encryption, kept files.

As in `faults`: what happened, what is safe, what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.dosing import tell
from il2desk.records.faults import UNTOUCHED, JournalFault

if TYPE_CHECKING:
    from pathlib import Path


class BackupFailed(JournalFault):
    """A backup could not be made or did not pass its own check."""

    code = "backup-failed"

    def __init__(self, path: Path, detail: str) -> None:
        """Name the backup file and what is wrong, without a full stop."""
        super().__init__(
            tell("No backup was made at {path}: {detail}.", path=path, detail=detail),
            tell("The journal and earlier backups were not changed."),
            tell("Choose another folder, or repair the cause, and back up again."),
        )


class EncryptionFailed(JournalFault):
    """The encryption of the journal could not be changed, or the copy did not pass its check."""

    code = "encryption-failed"

    def __init__(self, path: Path, detail: str) -> None:
        """Name the journal and what is wrong, without a full stop."""
        super().__init__(
            tell("The encryption of {path} was not changed: {detail}.", path=path, detail=detail),
            tell("The journal is as it was."),
            tell("Repair the cause and try again."),
        )


class NoBackup(JournalFault):
    """There is no backup that could be read in the place of the journal."""

    code = "no-backup"

    def __init__(self, folder: Path) -> None:
        """Name the folder that was looked into."""
        super().__init__(
            tell("No whole backup lies in {folder}.", folder=folder),
            tell("Nothing was changed."),
            tell(
                "Look into the site's second folder for backups, and use the downtime sheet until then."
            ),
        )


class JournalBehindBackup(JournalFault):
    """The file lacks entries that a backup beside it holds: an older copy lies in its place."""

    code = "journal-behind-backup"

    def __init__(self, path: Path, problem: str) -> None:
        """Name the file and what is lacking, without a full stop."""
        super().__init__(
            tell("{path} is not the newest journal: {problem}.", path=path, problem=problem),
            tell("Nothing was changed, and the backup that holds them is still there."),
            tell(
                "Restore that backup. Until then prepare nothing: doses that were given may be missing here."
            ),
        )


class KeptCopy(JournalFault):
    """A backup, or a file that a restore kept, is to be written: it is only read."""

    code = "kept-copy"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            tell("{name} is a kept copy of a journal; nothing is recorded in it.", name=path.name),
            UNTOUCHED,
            tell("Open it to read only, or open the journal itself."),
        )
