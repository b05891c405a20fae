"""The tables of how things stand now: one row a dose, a patient, a person, kept with every commit.

They are for readers with any SQLite tool. The program itself never reads them: entries are the
record, and these tables can be made from them again at any time. `verify` compares the two.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

Row = dict[str, str | int | None]


class Table(NamedTuple):
    """A table: its name, the columns of its key, and all its columns with their types."""

    name: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]

    @property
    def statement(self) -> str:
        """The statement that makes it."""
        columns = ",\n    ".join(f"{name} {kind}" for name, kind in self.columns)
        return (
            f"CREATE TABLE {self.name} (\n    {columns},\n    PRIMARY KEY ({', '.join(self.key)})\n"
            ") STRICT, WITHOUT ROWID"
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(name for name, _ in self.columns)

    def empty(self, **known: str | int | None) -> Row:
        """A row in which only `known` is said; counts begin at 0."""
        started: Row = {name: 0 if kind == _COUNT else None for name, kind in self.columns}
        return started | known


_TEXT, _COUNT = "TEXT", "INTEGER NOT NULL"
_NAMED = "TEXT NOT NULL"

DOSE_NOW = Table(
    "dose_now",
    ("cycle", "dose_number"),
    (
        ("cycle", _NAMED), ("dose_number", _COUNT), ("subject", _TEXT), ("planned_utc", _TEXT),
        ("due_utc", _TEXT), ("released_utc", _TEXT), ("prepared_by", _TEXT), ("checked_by", _TEXT),
        ("released_lots", _TEXT), ("outcome", _TEXT), ("given_at", _TEXT), ("given_dose_iu", _TEXT),
        ("volume_ml", _TEXT), ("given_lots", _TEXT), ("recorded_by", _TEXT), ("cosigned_by", _TEXT),
        ("disputed_by", _TEXT), ("amendments", _COUNT), ("entered_in_error", _COUNT), ("sequence", _COUNT),
    ),
)  # fmt: skip
SUBJECT_NOW = Table(
    "subject_now",
    ("subject",),
    (
        ("subject", _NAMED), ("trial_code", _TEXT), ("initials", _TEXT), ("protocol", _TEXT),
        ("arm", _TEXT), ("cycles", _COUNT), ("entries", _COUNT), ("sequence", _COUNT),
    ),
)  # fmt: skip
PERSON_NOW = Table(
    "person_now",
    ("staff",),
    (("staff", _NAMED), ("name", _TEXT), ("role", _TEXT), ("left_on", _TEXT), ("sequence", _COUNT)),
)
PRESENT = (DOSE_NOW, SUBJECT_NOW, PERSON_NOW)
AS_OF = """CREATE TABLE present_as_of (
    only_row INTEGER PRIMARY KEY CONSTRAINT one_present CHECK (only_row = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT"""
"""Up to which entry the tables were brought."""
PRESENT_STATEMENTS = (*(table.statement for table in PRESENT), AS_OF)


class Rows(Protocol):
    """Where the rows are: in memory, or in the file."""

    def get(self, table: Table, *key: str | int) -> Row | None:
        """Return a copy of the row with that key, or None."""

    def put(self, table: Table, row: Row) -> None:
        """Put a row in the place of the one with its key."""


class Shelf:
    """Rows by table and key, in memory."""

    def __init__(self) -> None:
        """Begin without a row."""
        self.rows: dict[str, dict[tuple[Any, ...], Row]] = {table.name: {} for table in PRESENT}

    def get(self, table: Table, *key: str | int) -> Row | None:
        """Return a copy of the row with that key, or None."""
        row = self.rows[table.name].get(key)
        return None if row is None else dict(row)

    def put(self, table: Table, row: Row) -> None:
        """Put a row in the place of the one with its key."""
        self.rows[table.name][tuple(row[name] for name in table.key)] = row
