"""Brings a journal of an older minor layout to this one: adds its views and tables, in one transaction.

Tables, guards and entries are never touched, and the founding row keeps the layout of its making.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from il2desk.records import cipher
from il2desk.records.schema import MINOR, USER_VERSION, statements_of

if TYPE_CHECKING:
    from sqlite_utils import Database


def is_older(database: Database) -> bool:
    """Whether the journal lacks views of this minor layout. Raises sqlite3.Error."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return bool(version % 1000 < MINOR)


def upgrade(database: Database) -> None:
    """Add the views of the minor layouts since the journal's own; a later layout is left alone.

    The caller holds the lock, has checked the journal and backed it up. All or nothing; raises sqlite3.Error.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    minor = version % 1000
    if minor >= MINOR:
        return
    there = set(statements_of(minor))
    database.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements_of(MINOR):
            if statement not in there:
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {USER_VERSION}")
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(*cipher.ERRORS):
            database.rollback()
        raise
