"""The folders in which backups of a journal lie: beside it, where the site named one, and where it did before."""

from __future__ import annotations

from pathlib import Path

from il2desk.records import JournalReader, backup_folder


def second_backup_folder(journal: JournalReader) -> Path | None:
    """The second folder as the site last named it, or None. Raises a JournalFault."""
    named = _named(journal)
    return named[-1] if named else None


def backup_folders(journal: JournalReader) -> tuple[Path, ...]:
    """The folder beside the journal, and the site's second one where it named one."""
    second = second_backup_folder(journal)
    return (backup_folder(journal.path), *([] if second is None else [second]))


def earlier_backup_folders(journal: JournalReader) -> tuple[Path, ...]:
    """Folders that the site named once and names no more. Raises a JournalFault."""
    now = backup_folders(journal)
    return tuple(one for one in dict.fromkeys(_named(journal)) if one and one not in now)


def is_folder(folder: Path) -> bool:
    """Whether a folder can be reached; a name too long, or a server that is gone, is none."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _named(journal: JournalReader) -> list[Path | None]:
    """Every second folder in the order in which they were named; None where the site wanted none."""
    entries = journal.entries(kind="backup-folder-named")
    return [Path(one.body["folder"]) if one.body["folder"] else None for one in entries]
