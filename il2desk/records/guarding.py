"""Checks that a journal is made of the tables, guards, indexes and views it was made with."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from il2desk.dosing import tell
from il2desk.records.schema import MINOR, statements_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_ON = re.compile(r"\bON (\w+)")
# ANALYZE, which any tool may have run, leaves these tables behind; they change no answer.
_STATISTICS = re.compile(r"sqlite_stat[1-4]")

Made = tuple[str, str, str, str | None]
"""A row of the schema: type, name, the table it belongs to, statement."""


def guard_problems(database: Database) -> Iterator[str]:
    """Yield a sentence for every table, guard, index or view that is not as this program made it.

    A journal of an older minor layout is held to that one. Things a later one added are no problem.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    minor = version % 1000
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    found = Counter(tuple(row) for row in rows if not _STATISTICS.fullmatch(str(row[1])))
    wanted = Counter(made for statement in statements_of(minor) for made in _made_by(statement))
    names = {name for _, name, _, _ in found}
    lost = wanted - found
    for kind, name, _, _ in lost:
        yield tell(
            "the {kind} {name} {fact}",
            kind=kind,
            name=name,
            fact="was changed" if name in names else "is missing",
        )
    more = found - wanted
    if minor <= MINOR:
        known = {name for _, name, _, _ in lost}
        yield from sorted(
            tell("{row} was added", row=row[1]) for row in more if row[1] not in known
        )
    elif not more:
        yield tell(
            "it says that it is of layout {version}, and holds nothing of a later one than ours",
            version=version,
        )


def _made_by(statement: str) -> Iterator[Made]:
    """What SQLite notes in its schema for a statement; a unique column has an index of its own."""
    _, kind, name, *_ = statement.split()
    on = _ON.search(statement) if kind in ("INDEX", "TRIGGER") else None
    yield kind.lower(), name, name if on is None else on[1], statement
    if kind == "TABLE":
        for number in range(1, statement.count(" UNIQUE") + 1):
            yield "index", f"sqlite_autoindex_{name}_{number}", name, None
