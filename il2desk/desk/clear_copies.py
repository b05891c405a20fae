"""Names the copies of an encrypted journal that are not encrypted, so that the site destroys them."""

from __future__ import annotations

from pathlib import Path

from il2desk.desk.backup_folders import backup_folders, earlier_backup_folders, is_folder
from il2desk.dosing import tell
from il2desk.records import JournalFault, JournalReader, backup_folder, left_in_the_clear


def clear_copies(journal: JournalReader) -> tuple[str, ...]:
    """A sentence for what is not encrypted of an encrypted journal, folder by folder.

    Looked at are the journal's own folder and every one that was ever named for backups; a folder in
    use that cannot be reached is told too. Raises a JournalFault where the journal cannot be read.
    """
    if journal.passphrase is None:
        return ()
    folders = (journal.path.parent, *backup_folders(journal), *earlier_backup_folders(journal))
    return tuple(line for folder in dict.fromkeys(folders) for line in _told(journal, folder))


def _told(journal: JournalReader, folder: Path) -> tuple[str, ...]:
    if not is_folder(folder):
        away = folder in backup_folders(journal) and folder != backup_folder(journal.path)
        return (_unknown(folder),) if away else ()
    try:
        names = [file.name for file in left_in_the_clear(journal, folder)]
    except JournalFault:
        return (_unknown(folder),)
    if not names:
        return ()
    if len(names) == 1:
        return (tell("{names} in {folder} is NOT encrypted", names=names[0], folder=folder),)
    return (
        tell(
            "{count} files in {folder} are NOT encrypted: {names} to {names_2}",
            count=len(names),
            folder=folder,
            names=names[0],
            names_2=names[-1],
        ),
    )


def _unknown(folder: Path) -> str:
    return tell(
        "{folder} cannot be read: whether the copies there are encrypted is not known",
        folder=folder,
    )
