"""Looks for a journal and opens it to be read, without leaving a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.records.connection import connect, translated
from il2desk.records.encrypted_header import check_open, prove
from il2desk.records.faults import (
    JournalEncrypted,
    JournalMissing,
    JournalUnfinished,
    NotAJournal,
)
from il2desk.records.header import check_header, keeps_side_files, looks_encrypted
from il2desk.records.reading import JournalReader

if TYPE_CHECKING:
    from pathlib import Path

    from il2desk.records.passphrase import Passphrase


def open_read_only(path: Path, passphrase: Passphrase | None = None) -> JournalReader:
    """Open the journal at `path` to read it, even while another program writes it.

    An encrypted one needs its passphrase; for another one it is left aside. Leaves no trace, takes no lock and checks nothing but what the file is: `check` does the rest.
    Raises JournalMissing, NotAJournal, JournalTooNew, JournalUnfinished, JournalDamaged,
    JournalEncrypted or WrongPassphrase.
    """
    path = path.absolute()
    must_be_there(path, create=False)
    key = key_for(path, passphrase)
    if key is None and keeps_side_files(path):
        raise JournalUnfinished(path)
    with translated(path):
        database = connect(path, writable=False, passphrase=key)
        try:
            if key is not None:
                check_open(path, database)
            return JournalReader(path, database, key)
        except BaseException:
            database.close()
            raise


def key_for(path: Path, passphrase: Passphrase | None) -> Passphrase | None:
    """Return what opens the file: its passphrase where it is encrypted, else None.

    Raises JournalEncrypted where one is needed and none was given.
    """
    if not looks_encrypted(path):
        return None
    if passphrase is None:
        raise JournalEncrypted(path)
    return passphrase


def must_open(path: Path, passphrase: Passphrase | None) -> None:
    """Return when the file, which is there, is a journal that this passphrase opens; nothing is changed.

    Raises NotAJournal, JournalTooNew, JournalEncrypted, WrongPassphrase or StorageFailed.
    """
    key = key_for(path, passphrase)
    if key is None:
        check_header(path)
    else:
        prove(path, key)


def must_be_there(path: Path, *, create: bool) -> None:
    """Return when `path` may be a journal of this layout, or may be made where nothing is.

    Raises JournalMissing, NotAJournal, JournalTooNew or StorageFailed.
    """
    if path.is_dir():
        raise NotAJournal(path)
    if path.exists():
        if not looks_encrypted(path):
            check_header(path)
    elif not create or not path.parent.is_dir():
        raise JournalMissing(path)
