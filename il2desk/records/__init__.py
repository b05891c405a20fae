"""The record: an append-only, hash-chained journal in one SQLite file. This is the room's door.

`open_journal` opens it for the one writer, `open_read_only` for everybody else. Everything that
can go wrong with a file is a `JournalFault` that says what happened, what is safe, what to do.
"""

from __future__ import annotations

from il2desk.records.backups import Backup, backup_folder, backups_in, make_backup
from il2desk.records.canonical import canonical_json, plain
from il2desk.records.checked_head import noted_journal_id
from il2desk.records.cipher import encryption_available
from il2desk.records.clear_copies import left_in_the_clear
from il2desk.records.connection import database_version
from il2desk.records.copy_faults import (
    BackupFailed,
    EncryptionFailed,
    JournalBehindBackup,
    KeptCopy,
    NoBackup,
)
from il2desk.records.encrypting import change_encryption, planned_change
from il2desk.records.entries import KINDS, ChainReport, Draft, Entry, Head
from il2desk.records.faults import (
    DiskFull,
    EncryptionMissing,
    EntryRefused,
    JournalAltered,
    JournalBusy,
    JournalClosed,
    JournalDamaged,
    JournalEncrypted,
    JournalFault,
    JournalFolderReadOnly,
    JournalMissing,
    JournalReadOnly,
    JournalReplaced,
    JournalTooNew,
    JournalUnfinished,
    NotAJournal,
    NotThePracticeJournal,
    StorageFailed,
    WrongPassphrase,
)
from il2desk.records.folders import sync_or_network_folder
from il2desk.records.header import looks_encrypted
from il2desk.records.journal import Journal
from il2desk.records.kept_drafts import KeptDraft
from il2desk.records.kept_heads import KeptHead, head_problems, kept_heads
from il2desk.records.lock import OwnerNote
from il2desk.records.looking import open_read_only
from il2desk.records.opening import open_journal
from il2desk.records.passphrase import Passphrase
from il2desk.records.pins import hash_pin, pin_matches
from il2desk.records.reading import JournalReader
from il2desk.records.restoring import kept_name, put_back
from il2desk.records.site_time import site_zone, told_moment
from il2desk.records.unfinished import is_of_a_change
from il2desk.records.wrong_pins import note_wrong_pins, noted_wrong_pins

__all__ = [
    "KINDS",
    "Backup",
    "BackupFailed",
    "ChainReport",
    "DiskFull",
    "Draft",
    "EncryptionFailed",
    "EncryptionMissing",
    "Entry",
    "EntryRefused",
    "Head",
    "Journal",
    "JournalAltered",
    "JournalBehindBackup",
    "JournalBusy",
    "JournalClosed",
    "JournalDamaged",
    "JournalEncrypted",
    "JournalFault",
    "JournalFolderReadOnly",
    "JournalMissing",
    "JournalReadOnly",
    "JournalReader",
    "JournalReplaced",
    "JournalTooNew",
    "JournalUnfinished",
    "KeptCopy",
    "KeptDraft",
    "KeptHead",
    "NoBackup",
    "NotAJournal",
    "NotThePracticeJournal",
    "OwnerNote",
    "Passphrase",
    "StorageFailed",
    "WrongPassphrase",
    "backup_folder",
    "backups_in",
    "canonical_json",
    "change_encryption",
    "database_version",
    "encryption_available",
    "hash_pin",
    "head_problems",
    "is_of_a_change",
    "kept_heads",
    "kept_name",
    "left_in_the_clear",
    "looks_encrypted",
    "make_backup",
    "note_wrong_pins",
    "noted_journal_id",
    "noted_wrong_pins",
    "open_journal",
    "open_read_only",
    "pin_matches",
    "plain",
    "planned_change",
    "put_back",
    "site_zone",
    "sync_or_network_folder",
    "told_moment",
]
