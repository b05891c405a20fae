"""What can go wrong around a journal file, each with what happened, what is safe and what to do.

These are faults of the environment or of the file, never of the clinical answer. Every class has
a fixed `code`; `what`, `safe` and `do` are one sentence each; `str()` joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path

    from il2desk.records.lock import OwnerNote

_STORED_IS_SAFE = "Everything that was stored before is still in the file."
_SHOWN = 3
_UNTOUCHED = "The file was not changed."


class JournalFault(Exception):  # noqa: N818 - the house calls what the surroundings do a fault
    """A journal cannot be opened, read or written; the base of every fault of this room."""

    code: ClassVar[str] = "journal-fault"

    def __init__(self, what: str, safe: str, do: str) -> None:
        """Keep the three sentences; each ends with a full stop."""
        super().__init__(what, safe, do)
        self.what = what
        self.safe = safe
        self.do = do

    def __str__(self) -> str:
        """Return the three sentences as one text."""
        return f"{self.what} {self.safe} {self.do}"


class JournalMissing(JournalFault):
    """There is no file, or no folder, where the journal should be."""

    code = "journal-missing"

    def __init__(self, path: Path) -> None:
        """Name the path that was looked for."""
        super().__init__(
            f"There is no journal at {path}.",
            "Nothing was created.",
            "Check the folder and the drive; where the file is lost, restore its last backup. Create a new "
            "journal there only on purpose.",
        )


class NotAJournal(JournalFault):
    """The file is something else, or its first page is destroyed."""

    code = "not-a-journal"

    def __init__(self, path: Path) -> None:
        """Name the file that was looked at."""
        super().__init__(
            f"{path} is not an IL2Desk journal.",
            _UNTOUCHED,
            "Choose the right file; if this should be the journal, restore the last backup.",
        )


class JournalEncrypted(JournalFault):
    """The file may be an encrypted journal, and no passphrase was given."""

    code = "journal-encrypted"
    refused = True
    """For who asks by exit codes: what was typed was not enough, nothing failed."""

    def __init__(self, path: Path) -> None:
        """Name the file; only its passphrase can tell what it is."""
        super().__init__(
            f"{path} is encrypted, or is no journal.",
            _UNTOUCHED,
            "Enter its passphrase.",
        )


class WrongPassphrase(JournalFault):
    """The passphrase does not open the file. Nothing says that the file is damaged."""

    code = "wrong-passphrase"
    refused = True
    """As above."""

    def __init__(self, path: Path) -> None:
        """Name the file; the passphrase is not repeated."""
        super().__init__(
            f"This passphrase does not open {path}.",
            _UNTOUCHED,
            "Type it again; look at the keyboard's language and at Caps Lock. Where it is certain to be "
            "right, this is not the file, or its first page is destroyed: try the last backup.",
        )


class EncryptionMissing(JournalFault):
    """The installation has no SQLCipher, so it cannot make or open an encrypted journal."""

    code = "encryption-missing"

    def __init__(self, path: Path) -> None:
        """Name the file that would need it."""
        super().__init__(
            f"{path} cannot be encrypted or opened encrypted: this installation has no SQLCipher.",
            _UNTOUCHED,
            "Install the program again with all its parts (the package sqlcipher3).",
        )


class ChangedAndClosed(JournalFault):
    """The encryption was changed and stored, but the new file could not be opened at once."""

    code = "changed-and-closed"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"The encryption of {path} IS changed, but the file could not be opened again at once.",
            "Everything is stored, the change with it.",
            "Keep the new passphrase: only that opens the journal now. Close the program and start it again.",
        )


class JournalTooNew(JournalFault):
    """The file was written by a later program whose layout this one does not know."""

    code = "journal-too-new"

    def __init__(self, path: Path, major: int, known: int) -> None:
        """Name both layouts: `major` is the file's, `known` is the program's."""
        super().__init__(
            f"{path} has journal layout {major}; this program knows layout {known}.",
            _UNTOUCHED,
            "Open it with the newer program that wrote it.",
        )


class JournalDamaged(JournalFault):
    """The file is a journal, but its pages cannot be read."""

    code = "journal-damaged"

    def __init__(self, path: Path, detail: str) -> None:
        """Keep SQLite's own words in `detail`."""
        super().__init__(
            f"{path} is damaged ({detail}).",
            "No entry was added.",
            "Keep this file, restore the last verified backup and use the downtime sheet.",
        )


class JournalAltered(JournalFault):
    """The file can be read, but its chain, guards or entries are not as they were written."""

    code = "journal-altered"

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        """Keep every problem; the sentence names the first three."""
        shown = "; ".join(problems[:_SHOWN])
        rest = len(problems) - _SHOWN
        more = f"; and {rest} more" if rest > 0 else ""
        super().__init__(
            f"{path} was changed outside the program: {shown}{more}.",
            "No entry was added, and the file can still be read.",
            "Keep this file, tell the sponsor's monitor, and restore the last verified backup.",
        )
        self.problems = problems


class JournalReplaced(JournalFault):
    """The file was moved, deleted or replaced while it was open."""

    code = "journal-replaced"

    def __init__(self, path: Path) -> None:
        """Name the path that no longer leads to the open file."""
        super().__init__(
            f"{path} was moved or replaced while it was open.",
            "The new entry was not stored.",
            "Put the file back, close the program, and open the journal again.",
        )


class JournalReadOnly(JournalFault):
    """The file itself may not be written."""

    code = "journal-read-only"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path} is read-only.",
            _STORED_IS_SAFE,
            "Ask for write permission to the file, or open the journal to read only.",
        )


class JournalFolderReadOnly(JournalFault):
    """The folder may not be written, so a commit could not be made durable."""

    code = "journal-folder-read-only"

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"The folder {folder} is read-only.",
            _STORED_IS_SAFE,
            "Ask for write permission to the folder, or open the journal to read only.",
        )


class DiskFull(JournalFault):
    """There is no room left on the disk."""

    code = "disk-full"

    def __init__(self, path: Path) -> None:
        """Name the file that could not grow."""
        super().__init__(
            f"The disk is full; {path} could not be written.",
            f"{_STORED_IS_SAFE} The new entry was not stored.",
            "Free some space and press again, or use the downtime sheet.",
        )


class StorageFailed(JournalFault):
    """The disk or the operating system refused to read or write."""

    code = "storage-failed"

    def __init__(self, path: Path, detail: str, *, certain: bool = True) -> None:
        """Keep the system's words; `certain` is False when the last commit may or may not stand."""
        super().__init__(
            f"{path} could not be read or written ({detail}).",
            f"{_STORED_IS_SAFE} The new entry was not stored."
            if certain
            else f"{_STORED_IS_SAFE} It is not known whether the new entry was stored.",
            "Check the disk or the connection and press again; the same form is stored only once."
            if certain
            else "Close the program, open the journal again and look before recording it again.",
        )
        self.certain = certain


class JournalBusy(JournalFault):
    """Somebody else has the journal open for writing."""

    code = "journal-busy"

    def __init__(self, path: Path, owner: OwnerNote | None) -> None:
        """Name the owner when the owner left a note; `owner` is None for an unknown program."""
        holder = owner.sentence() if owner is not None else "Another program is using it."
        super().__init__(
            f"{path} is already in use. {holder}",
            "Nothing was changed.",
            "Close it there first, or open the journal to read only.",
        )
        self.owner = owner


class JournalUnfinished(JournalFault):
    """A write was cut off; only an opening for writing may put the file right."""

    code = "journal-unfinished"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path} was left in the middle of a write.",
            "Everything that was stored is safe, and the file was not changed.",
            "Open the journal normally once; the unfinished write is then taken back.",
        )


class JournalClosed(JournalFault):
    """The journal was closed and is used afterwards: a defect of the program."""

    code = "journal-closed"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"{path} is closed.", "Nothing was changed.", "Open the journal again.")


class NotThePracticeJournal(JournalFault):
    """Practice was asked for, but the file holds real records."""

    code = "not-the-practice-journal"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path} holds real records and cannot be used for practice.",
            _UNTOUCHED,
            "Choose another file for practice.",
        )


class EntryRefused(JournalFault):
    """An entry has a form that the journal does not accept: a defect of the caller."""

    code = "entry-refused"

    def __init__(self, detail: str) -> None:
        """Say what is wrong with the entry, without a full stop."""
        super().__init__(
            f"The entry was refused: {detail}.",
            "Nothing was stored.",
            "Note the sentence, use the downtime sheet, and report it as a defect.",
        )


class BackupFailed(JournalFault):
    """A backup could not be made or did not pass its own check."""

    code = "backup-failed"

    def __init__(self, path: Path, detail: str) -> None:
        """Name the backup file and what is wrong, without a full stop."""
        super().__init__(
            f"No backup was made at {path}: {detail}.",
            "The journal and earlier backups were not changed.",
            "Choose another folder, or repair the cause, and back up again.",
        )


class EncryptionFailed(JournalFault):
    """The encryption of the journal could not be changed, or the copy did not pass its check."""

    code = "encryption-failed"

    def __init__(self, path: Path, detail: str) -> None:
        """Name the journal and what is wrong, without a full stop."""
        super().__init__(
            f"The encryption of {path} was not changed: {detail}.",
            "The journal is as it was.",
            "Repair the cause and try again.",
        )


class NoBackup(JournalFault):
    """There is no backup that could be read in the place of the journal."""

    code = "no-backup"

    def __init__(self, folder: Path) -> None:
        """Name the folder that was looked into."""
        super().__init__(
            f"No whole backup lies in {folder}.",
            "Nothing was changed.",
            "Look into the site's second folder for backups, and use the downtime sheet until then.",
        )


class JournalBehindBackup(JournalFault):
    """The file lacks entries that a backup beside it holds: an older copy lies in its place."""

    code = "journal-behind-backup"

    def __init__(self, path: Path, problem: str) -> None:
        """Name the file and what is lacking, without a full stop."""
        super().__init__(
            f"{path} is not the newest journal: {problem}.",
            "Nothing was changed, and the backup that holds them is still there.",
            "Restore that backup. Until then prepare nothing: doses that were given may be missing here.",
        )


class KeptCopy(JournalFault):
    """A backup, or a file that a restore kept, is to be written: it is only read."""

    code = "kept-copy"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path.name} is a kept copy of a journal; nothing is recorded in it.",
            _UNTOUCHED,
            "Open it to read only, or open the journal itself.",
        )
