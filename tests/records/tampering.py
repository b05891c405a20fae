"""One random change to a journal file, of every kind that a person or a failing disk can make.

Not a test: `test_tampering.py` makes thousands of them. Whoever changes the file here knows SQLite:
guards are dropped before a change and put back after it, and constraints are not looked at.
"""

from __future__ import annotations

import sqlite3
import string
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from il2desk.records.canonical import row_hash
from il2desk.records.schema import COLUMNS

META = ("only_row", "journal_id", "practice", "created_utc", "layout", "hash")
MAY_BE_EMPTY = {
    "subject", "cycle", "dose_number", "amends", "form_token", "protocol_fingerprint",
}  # fmt: skip
INDEXES = {
    "sqlite_autoindex_entry_1": ("id", ""),
    "sqlite_autoindex_entry_2": ("form_token", ""),
    "entry_by_kind": ("kind, sequence", ""),
    "entry_by_subject": ("subject, kind, sequence", ""),
    "entry_by_cycle": ("cycle, kind, dose_number, sequence", ""),
    "entry_by_amends": ("amends", "WHERE amends IS NOT NULL"),
}
PRESENT_TABLES = ("dose_now", "subject_now", "person_now", "present_as_of")
_LETTERS = string.ascii_letters + string.digits + ' -.,:"{}éµ'


def values(path: Path) -> tuple[Any, ...]:
    """Every value that any tool can read from the file: rows, indexes, schema and version.

    Raises sqlite3.Error where they cannot be read to the end.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        file.text_factory = bytes
        asked = [
            "PRAGMA application_id",
            "PRAGMA user_version",
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
            "SELECT rowid, * FROM journal_meta NOT INDEXED ORDER BY rowid",
            "SELECT rowid, * FROM entry NOT INDEXED ORDER BY rowid",
        ]
        asked += [
            f"SELECT {columns} FROM entry INDEXED BY {name} {where} ORDER BY {columns}"
            for name, (columns, where) in INDEXES.items()
        ]
        asked += [f"SELECT * FROM {name} ORDER BY 1, 2" for name in PRESENT_TABLES]
        return tuple(tuple(file.execute(sql).fetchall()) for sql in asked)


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """The file with its guards away, and put back at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in (
            "synchronous = OFF",
            "journal_mode = MEMORY",
            "ignore_check_constraints = ON",
        ):
            file.execute(f"PRAGMA {pragma}").fetchall()
        guards = file.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        file.execute("BEGIN")
        for name, _ in guards:
            file.execute(f"DROP TRIGGER {name}")
        yield file
        for _, sql in guards:
            file.execute(sql)
        file.execute("COMMIT")


def row_of(file: sqlite3.Connection, sequence: int) -> list[Any]:
    return list(file.execute("SELECT * FROM entry WHERE sequence = ?", [sequence]).fetchone())


def last_of(file: sqlite3.Connection) -> int:
    return int(file.execute("SELECT max(sequence) FROM entry").fetchone()[0])


def another(old: Any, chance: Random) -> Any:
    """A value near the old one: a digit more, a letter less, two letters the other way round."""
    if isinstance(old, int):
        return old + chance.choice([-1, 1, 10, 1000])
    text = str(old or "")
    at = chance.randrange(len(text) + 1)
    letter = chance.choice(_LETTERS)
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    made = [
        text[:at] + letter + text[at:], text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1 :], swapped, text.swapcase(), text + " ", text * 2, "",
    ]  # fmt: skip
    return chance.choice(made)


# Kinds of change. Each answers in a few words what it did; what changed nothing is tried again.


def set_a_value(path: Path, chance: Random) -> str:
    """One column of one entry."""
    with unguarded(path) as file:
        sequence, column = chance.randint(1, last_of(file)), chance.choice(COLUMNS)
        old = row_of(file, sequence)[COLUMNS.index(column)]
        new = another(old, chance)
        if column in MAY_BE_EMPTY and chance.random() < 0.3:
            new = None
        file.execute(
            f"UPDATE OR REPLACE entry SET {column} = ? WHERE sequence = ?", [new, sequence]
        )
    return f"{column} of entry {sequence}: {old!r:.60} -> {new!r:.60}"


def take_a_value_of_another(path: Path, chance: Random) -> str:
    """The value that stands in the same column of another entry: valid in its form."""
    with unguarded(path) as file:
        column = chance.choice(COLUMNS[1:])
        one, other = chance.sample(range(1, last_of(file) + 1), 2)
        value = row_of(file, other)[COLUMNS.index(column)]
        file.execute(f"UPDATE OR REPLACE entry SET {column} = ? WHERE sequence = ?", [value, one])
    return f"{column} of entry {one} taken from entry {other}"


def set_what_it_is(path: Path, chance: Random) -> str:
    """One column of the row that says what the journal is."""
    with unguarded(path) as file:
        column = chance.choice(META)
        old = file.execute(f"SELECT {column} FROM journal_meta").fetchone()[0]
        new = another(old, chance)
        file.execute(f"UPDATE journal_meta SET {column} = ?", [new])
    return f"{column} of journal_meta: {old!r:.60} -> {new!r:.60}"


def replace_an_entry(path: Path, chance: Random) -> str:
    """INSERT OR REPLACE of an entry with one value changed."""
    with unguarded(path) as file:
        sequence, at = chance.randint(1, last_of(file)), chance.randrange(len(COLUMNS))
        row = row_of(file, sequence)
        row[at] = another(row[at], chance)
        marks = ", ".join("?" * len(row))
        file.execute(f"INSERT OR REPLACE INTO entry VALUES ({marks})", row)
    return f"entry {sequence} replaced, {COLUMNS[at]} {row[at]!r:.60}"


def swap_entries(path: Path, chance: Random) -> str:
    """Two entries change places, or only their bodies, or all but the hashes."""
    with unguarded(path) as file:
        one, other = chance.sample(range(1, last_of(file) + 1), 2)
        first, second = row_of(file, one), row_of(file, other)
        what = chance.choice([COLUMNS[1:], ("body",), COLUMNS[1:-2]])
        names = ", ".join(f"{name} = ?" for name in what)
        for name in ("id", "form_token"):  # both stand for a moment, and are unique
            file.execute(f"UPDATE entry SET {name} = hex(randomblob(16)) WHERE sequence = ?", [one])
        for sequence, row in ((other, first), (one, second)):
            taken = [row[COLUMNS.index(name)] for name in what]
            file.execute(f"UPDATE entry SET {names} WHERE sequence = ?", [*taken, sequence])
    return f"entries {one} and {other} swapped ({len(what)} columns)"


def cut_an_entry(path: Path, chance: Random) -> str:
    """An entry out of the middle, and sometimes the rest moved up."""
    with unguarded(path) as file:
        last = last_of(file)
        sequence = chance.randint(1, last - 1)
        file.execute("DELETE FROM entry WHERE sequence = ?", [sequence])
        up = chance.random() < 0.5
        for later in range(sequence + 1, last + 1) if up else ():
            file.execute("UPDATE entry SET sequence = ? WHERE sequence = ?", [later - 1, later])
    return f"entry {sequence} of {last} deleted{', the rest moved up' if up else ''}"


def cut_the_tail(path: Path, chance: Random) -> str:
    """The newest entries; what is left is a whole chain."""
    with unguarded(path) as file:
        last = last_of(file)
        left = chance.choice([last - 1, chance.randrange(last)])
        file.execute("DELETE FROM entry WHERE sequence > ?", [left])
    return f"{last - left} newest of {last} entries deleted"


def rewrite_the_chain(path: Path, chance: Random) -> str:
    """A body is changed, and every hash from there on is made anew: a whole chain again."""
    with unguarded(path) as file:
        last = last_of(file)
        sequence, body = chance.randint(1, last), COLUMNS.index("body")
        previous = ""
        for later in range(sequence, last + 1):
            row = row_of(file, later)
            if later == sequence:
                row[body] = row[body].replace("{", '{"note":"x",', 1)
            else:
                row[-2] = previous
            previous = row[-1] = row_hash(row[:-1])
            names = ", ".join(f"{name} = ?" for name in COLUMNS)
            file.execute(f"UPDATE entry SET {names} WHERE sequence = ?", [*row, later])
    return f"body of entry {sequence} changed and {last - sequence + 1} hashes made anew"


def forge_an_entry(path: Path, chance: Random) -> str:
    """An entry that nobody recorded, before, between or behind the others."""
    with unguarded(path) as file:
        last = last_of(file)
        row = row_of(file, chance.randint(1, last))
        place = chance.choice([last + 1, last + 7, 0, -chance.randint(1, 9), -(2**63), 2**63 - 1])
        row[0], row[1], row[12] = place, f"{chance.getrandbits(128):032x}", None
        row[-1] = chance.choice([row[-1], f"{chance.getrandbits(256):064x}"])
        file.execute(f"INSERT INTO entry VALUES ({', '.join('?' * len(row))})", row)
    return f"an entry forged at {place}"


def weaken_the_schema(path: Path, chance: Random) -> str:
    """A guard, an index or a view dropped, changed, renamed or added."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA synchronous = OFF")
        found = file.execute("SELECT type, name FROM sqlite_master WHERE sql NOT NULL").fetchall()
        made = chance.choice([row for row in found if row[0] != "table"])
        how = chance.choice(["drop", "edit", "rename", "add", "hide", "version"])
        if how == "drop":
            file.execute(f"DROP {made[0]} {made[1]}")
        elif how == "version":
            file.execute(f"PRAGMA user_version = {chance.choice([1000, 1900, 1999, 2000, 0])}")
        elif how == "add":
            file.execute("CREATE TRIGGER more AFTER INSERT ON entry BEGIN SELECT 1; END")
        else:
            file.execute("PRAGMA writable_schema = ON")
            where = {
                "edit": "sql = replace(sql, 'entry', 'Entry')",
                "rename": "name = name || '_'",
                "hide": "name = 'sqlite_' || name",
            }[how]
            file.execute(f"UPDATE sqlite_master SET {where} WHERE name = ?", [made[1]])
    return f"{made[0]} {made[1]}: {how}"


def change_how_things_stand(path: Path, chance: Random) -> str:
    """A row of the tables of how things stand now set, deleted or added."""
    with unguarded(path) as file:
        table = chance.choice(PRESENT_TABLES)
        columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})").fetchall()]
        rows = file.execute(f"SELECT * FROM {table}").fetchall()
        row, at = chance.choice(rows), chance.randrange(len(columns))
        how = chance.choice(["set", "delete", "add"])
        where = " AND ".join(f"{name} IS ?" for name in columns)
        new = another(row[at], chance)
        if how == "set":
            file.execute(
                f"UPDATE OR REPLACE {table} SET {columns[at]} = ? WHERE {where}", [new, *row]
            )
        elif how == "delete":
            file.execute(f"DELETE FROM {table} WHERE {where}", row)
        else:
            fresh = [new if place == at else value for place, value in enumerate(row)]
            marks = ", ".join("?" * len(fresh))
            file.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", fresh)
    return f"{how} a row of {table}, {columns[at]}"


def hide_from_an_index(path: Path, chance: Random) -> str:
    """An entry that stays in the table but is not found by one of its columns any more."""
    with unguarded(path) as file:
        name, (columns, _) = chance.choice(list(INDEXES.items()))
        sequence = chance.randint(1, last_of(file))
        column = columns.split(",")[0]
        value = row_of(file, sequence)[COLUMNS.index(column)]
        file.execute("PRAGMA writable_schema = ON")
        # A partial index that leaves the entry out takes the place of the one that is there.
        sql = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
        if sql is None or value is None or "WHERE" in sql:
            return ""
        file.execute(f"DROP INDEX {name}")
        file.execute(f"{sql} WHERE sequence != {sequence}")
        file.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", [sql, name])
    return f"entry {sequence} left out of {name}"


def flip_a_bit(path: Path, chance: Random) -> str:
    """One bit of the file."""
    data = bytearray(path.read_bytes())
    at, bit = chance.randrange(len(data)), chance.randrange(8)
    data[at] ^= 1 << bit
    path.write_bytes(data)
    return f"bit {bit} of byte {at} flipped"


def change_a_byte(path: Path, chance: Random) -> str:
    """One byte of the file; often in a page's own head, where it says what follows."""
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    near = chance.randrange(len(data) // page) * page + chance.randrange(200)
    at = chance.choice([near, chance.randrange(len(data)), chance.randrange(100)])
    data[at] = chance.randrange(256)
    path.write_bytes(data)
    return f"byte {at} set to {data[at]}"


def spoil_a_page(path: Path, chance: Random) -> str:
    """A page emptied, or two pages in each other's place."""
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    one, other = (at * page for at in chance.sample(range(len(data) // page), 2))
    first = bytes(data[one : one + page])
    data[one : one + page] = data[other : other + page]
    empty = chance.random() < 0.5
    data[other : other + page] = bytes(page) if empty else first
    path.write_bytes(data)
    return f"pages at {one} and {other} {'emptied' if empty else 'swapped'}"


def cut_the_file(path: Path, chance: Random) -> str:
    """The end of the file, as a disk leaves it that lost its last blocks."""
    data = path.read_bytes()
    left = chance.choice([chance.randrange(len(data)), chance.randrange(len(data) // 4096) * 4096])
    path.write_bytes(data[:left])
    return f"file cut to {left} of {len(data)} bytes"


Make = Callable[[Path, Random], str]
KINDS: tuple[Make, ...] = (
    set_a_value, flip_a_bit, take_a_value_of_another, set_what_it_is, change_a_byte,
    replace_an_entry, swap_entries, cut_an_entry, flip_a_bit, cut_the_tail, rewrite_the_chain,
    forge_an_entry, weaken_the_schema, change_a_byte, spoil_a_page, cut_the_file, set_a_value,
    hide_from_an_index, change_how_things_stand,
)  # fmt: skip
