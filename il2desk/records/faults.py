"""What can go wrong around a journal file, each with what happened, what is safe and what to do.

These are faults of the environment or of the file, never of the clinical answer. Every class has
a fixed `code`; `what`, `safe` and `do` are one sentence each; `str()` joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from il2desk.dosing import joined, tell

if TYPE_CHECKING:
    from pathlib import Path

    from il2desk.records.lock import OwnerNote

_STORED_IS_SAFE = tell("Everything that was stored before is still in the file.")
_SHOWN = 3
UNTOUCHED = tell("The file was not changed.")


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
        return joined(" ", (self.what, self.safe, self.do))


class JournalMissing(JournalFault):
    """There is no file, or no folder, where the journal should be."""

    code = "journal-missing"

    def __init__(self, path: Path) -> None:
        """Name the path that was looked for."""
        super().__init__(
            tell("There is no journal at {path}.", path=path),
            tell("Nothing was created."),
            tell(
                "Check the folder and the drive; where the file is lost, restore its last backup. Create a new "
                "journal there only on purpose."
            ),
        )


class NotAJournal(JournalFault):
    """The file is something else, or its first page is destroyed."""

    code = "not-a-journal"

    def __init__(self, path: Path) -> None:
        """Name the file that was looked at."""
        super().__init__(
            tell("{path} is not an IL2Desk journal.", path=path),
            UNTOUCHED,
            tell("Choose the right file; if this should be the journal, restore the last backup."),
        )


class JournalEncrypted(JournalFault):
    """The file may be an encrypted journal, and no passphrase was given."""

    code = "journal-encrypted"
    refused = True
    """For who asks by exit codes: what was typed was not enough, nothing failed."""

    def __init__(self, path: Path) -> None:
        """Name the file; only its passphrase can tell what it is."""
        super().__init__(
            tell("{path} is encrypted, or is no journal.", path=path),
            UNTOUCHED,
            tell("Enter its passphrase."),
        )


class WrongPassphrase(JournalFault):
    """The passphrase does not open the file. Nothing says that the file is damaged."""

    code = "wrong-passphrase"
    refused = True
    """As above."""

    def __init__(self, path: Path) -> None:
        """Name the file; the passphrase is not repeated."""
        super().__init__(
            tell("This passphrase does not open {path}.", path=path),
            UNTOUCHED,
            tell(
                "Type it again; look at the keyboard's language and at Caps Lock. Where it is certain to be "
                "right, this is not the file, or its first page is destroyed: try the last backup."
            ),
        )


class EncryptionMissing(JournalFault):
    """The installation has no SQLCipher, so it cannot make or open an encrypted journal."""

    code = "encryption-missing"

    def __init__(self, path: Path) -> None:
        """Name the file that would need it."""
        super().__init__(
            tell(
                "{path} cannot be encrypted or opened encrypted: this installation has no SQLCipher.",
                path=path,
            ),
            UNTOUCHED,
            tell("Install the program again with all its parts (the package sqlcipher3)."),
        )


class ChangedAndClosed(JournalFault):
    """The encryption was changed and stored, but the new file could not be opened at once."""

    code = "changed-and-closed"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            tell(
                "The encryption of {path} IS changed, but the file could not be opened again at once.",
                path=path,
            ),
            tell("Everything is stored, the change with it."),
            tell(
                "Keep the new passphrase: only that opens the journal now. Close the program and start it again."
            ),
        )


class JournalTooNew(JournalFault):
    """The file was written by a later program whose layout this one does not know."""

    code = "journal-too-new"

    def __init__(self, path: Path, major: int, known: int) -> None:
        """Name both layouts: `major` is the file's, `known` is the program's."""
        super().__init__(
            tell(
                "{path} has journal layout {major}; this program knows layout {known}.",
                path=path,
                major=major,
                known=known,
            ),
            UNTOUCHED,
            tell("Open it with the newer program that wrote it."),
        )


class JournalDamaged(JournalFault):
    """The file is a journal, but its pages cannot be read."""

    code = "journal-damaged"

    def __init__(self, path: Path, detail: str) -> None:
        """Keep SQLite's own words in `detail`."""
        super().__init__(
            tell("{path} is damaged ({detail}).", path=path, detail=detail),
            tell("No entry was added."),
            tell("Keep this file, restore the last verified backup and use the downtime sheet."),
        )


class JournalAltered(JournalFault):
    """The file can be read, but its chain, guards or entries are not as they were written."""

    code = "journal-altered"

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        """Keep every problem; the sentence names the first three."""
        shown = "; ".join(problems[:_SHOWN])
        rest = len(problems) - _SHOWN
        more = tell("; and {rest} more", rest=rest) if rest > 0 else ""
        super().__init__(
            tell(
                "{path} was changed outside the program: {shown}{more}.",
                path=path,
                shown=shown,
                more=more,
            ),
            tell("No entry was added, and the file can still be read."),
            tell(
                "Keep this file, tell the sponsor's monitor, and restore the last verified backup."
            ),
        )
        self.problems = problems


class JournalReplaced(JournalFault):
    """The file was moved, deleted or replaced while it was open."""

    code = "journal-replaced"

    def __init__(self, path: Path) -> None:
        """Name the path that no longer leads to the open file."""
        super().__init__(
            tell("{path} was moved or replaced while it was open.", path=path),
            tell("The new entry was not stored."),
            tell("Put the file back, close the program, and open the journal again."),
        )


class JournalReadOnly(JournalFault):
    """The file itself may not be written."""

    code = "journal-read-only"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            tell("{path} is read-only.", path=path),
            _STORED_IS_SAFE,
            tell("Ask for write permission to the file, or open the journal to read only."),
        )


class JournalFolderReadOnly(JournalFault):
    """The folder may not be written, so a commit could not be made durable."""

    code = "journal-folder-read-only"

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            tell("The folder {folder} is read-only.", folder=folder),
            _STORED_IS_SAFE,
            tell("Ask for write permission to the folder, or open the journal to read only."),
        )


class DiskFull(JournalFault):
    """There is no room left on the disk."""

    code = "disk-full"

    def __init__(self, path: Path) -> None:
        """Name the file that could not grow."""
        super().__init__(
            tell("The disk is full; {path} could not be written.", path=path),
            tell("{stored_is_safe} The new entry was not stored.", stored_is_safe=_STORED_IS_SAFE),
            tell("Free some space and press again, or use the downtime sheet."),
        )


class StorageFailed(JournalFault):
    """The disk or the operating system refused to read or write."""

    code = "storage-failed"

    def __init__(self, path: Path, detail: str, *, certain: bool = True) -> None:
        """Keep the system's words; `certain` is False when the last commit may or may not stand."""
        super().__init__(
            tell("{path} could not be read or written ({detail}).", path=path, detail=detail),
            tell("{stored_is_safe} The new entry was not stored.", stored_is_safe=_STORED_IS_SAFE)
            if certain
            else tell(
                "{stored_is_safe} It is not known whether the new entry was stored.",
                stored_is_safe=_STORED_IS_SAFE,
            ),
            tell(
                "Check the disk or the connection and press again; the same form is stored only once."
            )
            if certain
            else tell(
                "Close the program, open the journal again and look before recording it again."
            ),
        )
        self.certain = certain


class JournalBusy(JournalFault):
    """Somebody else has the journal open for writing."""

    code = "journal-busy"

    def __init__(self, path: Path, owner: OwnerNote | None) -> None:
        """Name the owner when the owner left a note; `owner` is None for an unknown program."""
        holder = owner.sentence() if owner is not None else tell("Another program is using it.")
        super().__init__(
            tell("{path} is already in use. {holder}", path=path, holder=holder),
            tell("Nothing was changed."),
            tell("Close it there first, or open the journal to read only."),
        )
        self.owner = owner


class JournalUnfinished(JournalFault):
    """A write was cut off; only an opening for writing may put the file right."""

    code = "journal-unfinished"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            tell("{path} was left in the middle of a write.", path=path),
            tell("Everything that was stored is safe, and the file was not changed."),
            tell("Open the journal normally once; the unfinished write is then taken back."),
        )


class JournalClosed(JournalFault):
    """The journal was closed and is used afterwards: a defect of the program."""

    code = "journal-closed"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            tell("{path} is closed.", path=path),
            tell("Nothing was changed."),
            tell("Open the journal again."),
        )


class NotThePracticeJournal(JournalFault):
    """Practice was asked for, but the file holds real records."""

    code = "not-the-practice-journal"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            tell("{path} holds real records and cannot be used for practice.", path=path),
            UNTOUCHED,
            tell("Choose another file for practice."),
        )


class EntryRefused(JournalFault):
    """An entry has a form that the journal does not accept: a defect of the caller."""

    code = "entry-refused"

    def __init__(self, detail: str) -> None:
        """Say what is wrong with the entry, without a full stop."""
        super().__init__(
            tell("The entry was refused: {detail}.", detail=detail),
            tell("Nothing was stored."),
            tell("Note the sentence, use the downtime sheet, and report it as a defect."),
        )
