"""Makes a new journal file, whole or not at all."""

from __future__ import annotations

import uuid
from contextlib import closing
from typing import TYPE_CHECKING

from il2desk.records.chain import meta_hash
from il2desk.records.connection import new_file
from il2desk.records.durable import settle_file, settle_folder
from il2desk.records.entries import utc_text
from il2desk.records.schema import APPLICATION_ID, STATEMENTS, USER_VERSION

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from il2desk.records.passphrase import Passphrase


def create_journal(
    path: Path, *, practice: bool, at: datetime, passphrase: Passphrase | None = None
) -> None:
    """Make an empty journal at `path`, where no file is; `at` is the aware time of its making.

    With a passphrase it is encrypted from its first byte on.

    It is built beside `path` and renamed when it is whole, so a power cut leaves no half journal.
    The caller holds the lock. Raises one of `cipher.ERRORS`, EncryptionMissing or OSError.
    """
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    try:
        with closing(new_file(half, passphrase)) as connection:
            _fill(connection, practice=practice, at=at)
        settle_file(half)
        half.rename(path)
        settle_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, *, practice: bool, at: datetime) -> None:
    facts = (uuid.uuid4().hex, int(practice), utc_text(at), USER_VERSION)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(
        "INSERT INTO journal_meta (only_row, journal_id, practice, created_utc, layout, hash)"
        " VALUES (1, ?, ?, ?, ?, ?)",
        (*facts, meta_hash(*facts)),
    )
    connection.execute("COMMIT")
