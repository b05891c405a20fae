"""Looks for a journal and opens it to be read, without leaving a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.records.connection import connect, translated
from il2desk.records.faults import JournalMissing, JournalUnfinished, NotAJournal
from il2desk.records.header import check_header, keeps_side_files
from il2desk.records.reading import JournalReader

if TYPE_CHECKING:
    from pathlib import Path


def open_read_only(path: Path) -> JournalReader:
    """Open the journal at `path` to read it, even while another program writes it.

    Leaves no trace, takes no lock and checks nothing but what the file is: `check` does the rest.
    Raises JournalMissing, NotAJournal, JournalTooNew, JournalUnfinished or JournalDamaged.
    """
    path = path.absolute()
    must_be_there(path, create=False)
    if keeps_side_files(path):
        raise JournalUnfinished(path)
    with translated(path):
        database = connect(path, writable=False)
        try:
            return JournalReader(path, database)
        except BaseException:
            database.close()
            raise


def must_be_there(path: Path, *, create: bool) -> None:
    """Return when `path` is a journal of this layout, or may be made where nothing is.

    Raises JournalMissing, NotAJournal, JournalTooNew or StorageFailed.
    """
    if path.is_dir():
        raise NotAJournal(path)
    if path.exists():
        check_header(path)
    elif not create or not path.parent.is_dir():
        raise JournalMissing(path)
