"""Every change made behind the program's back is found and named."""

from __future__ import annotations

import ast
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import (
    JournalAltered,
    JournalDamaged,
    JournalTooNew,
    canonical,
    open_journal,
    open_read_only,
)
from il2desk.records.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Sql = Callable[..., list[tuple[Any, ...]]]


def tamper(path: Path, *statements: str) -> None:
    """Change a journal as somebody would who knows SQLite: guards off, change, guards on."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        guards = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = guards.fetchall()
        for name, _ in guards:
            other.execute(f"DROP TRIGGER {name}")
        other.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            other.execute(statement)
        for _, text in guards:
            other.execute(text)


def problems(path: Path) -> str:
    with open_read_only(path) as journal:
        report = journal.check()
    assert report.ok == (not report.problems)
    return "; ".join(report.problems)


def refused(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(JournalAltered):
        open_journal(path)
    assert path.read_bytes() == before


def test_a_whole_journal_has_no_problem(filled: Path) -> None:
    with open_read_only(filled) as journal:
        report = journal.check()
    assert (report.ok, report.entries, report.problems) == (True, 9, ())


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "sequence"])
def test_a_change_in_any_column_is_found(filled: Path, column: str) -> None:
    value = "dose_number + 1" if column == "dose_number" else "'2026-03-12T13:02:00.000001Z'"
    tamper(filled, f"UPDATE entry SET {column} = {value} WHERE sequence = 5")
    assert "entry 5 is not as it was written" in problems(filled)
    refused(filled)


@pytest.mark.parametrize("column", ["form_token", "protocol_fingerprint", "subject", "amends"])
def test_taking_a_value_away_is_found(filled: Path, column: str) -> None:
    row = 9 if column == "amends" else 5
    tamper(filled, f"UPDATE entry SET {column} = NULL WHERE sequence = {row}")
    assert f"entry {row} is not as it was written" in problems(filled)


def test_a_row_cut_from_the_middle_is_found(filled: Path) -> None:
    tamper(filled, "DELETE FROM entry WHERE sequence = 3")
    assert "entry 3 has sequence 4 after 2" in problems(filled)
    refused(filled)


def test_a_row_cut_and_the_rest_moved_up_is_found(filled: Path) -> None:
    moves = [f"UPDATE entry SET sequence = {n - 1} WHERE sequence = {n}" for n in range(4, 10)]
    tamper(filled, "DELETE FROM entry WHERE sequence = 3", *moves)
    assert "entry 3 does not continue the chain" in problems(filled)
    refused(filled)


def test_swapped_rows_are_found(filled: Path) -> None:
    steps = [(3, 90), (4, 3), (90, 4)]
    tamper(filled, *(f"UPDATE entry SET sequence = {b} WHERE sequence = {a}" for a, b in steps))
    assert "entry 3" in problems(filled)
    refused(filled)


@pytest.mark.parametrize("place", [-(2**63), -5, 0, 10, 2**63 - 1])
def test_a_forged_row_is_found(filled: Path, place: int) -> None:
    tamper(
        filled,
        "CREATE TEMP TABLE copy AS SELECT * FROM entry WHERE sequence = 9",
        f"UPDATE copy SET sequence = {place}, id = '{'a' * 32}', hash = '{'b' * 64}'",
        "INSERT INTO entry SELECT * FROM copy",
    )
    assert f"entry {place} is not as it was written" in problems(filled)
    refused(filled)


def test_a_changed_byte_in_the_file_is_found(filled: Path) -> None:
    data = filled.read_bytes()
    assert data.count(b'"weight_kg":"74"') == 1
    filled.write_bytes(data.replace(b'"weight_kg":"74"', b'"weight_kg":"94"'))
    assert problems(filled) == "entry 5 is not as it was written"
    refused(filled)


def test_bytes_that_are_no_text_are_found(filled: Path) -> None:
    data = filled.read_bytes()
    filled.write_bytes(data.replace(b'"weight_kg":"74"', b'"weight_kg":"\xff\xfe"'))
    assert "entry 5 is not as it was written" in problems(filled)
    refused(filled)


@pytest.mark.parametrize("column", ["practice", "created_utc", "journal_id", "layout"])
def test_a_real_journal_cannot_be_made_a_practice_one(filled: Path, column: str) -> None:
    tamper(filled, f"UPDATE journal_meta SET {column} = 1")
    assert "the row that says what the journal is was changed" in problems(filled)
    refused(filled)


def test_a_moved_meta_row_is_found(filled: Path) -> None:
    tamper(filled, "UPDATE journal_meta SET only_row = 7")
    assert "the row that says what the journal is was changed" in problems(filled)
    refused(filled)


def test_a_lost_meta_row_is_found(filled: Path) -> None:
    tamper(filled, "DELETE FROM journal_meta")
    refused(filled)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DROP TRIGGER entry_never_changes", "the trigger entry_never_changes is missing"),
        ("DROP TRIGGER journal_meta_is_written_once", "journal_meta_is_written_once is missing"),
        ("DROP INDEX entry_by_cycle", "the index entry_by_cycle is missing"),
        ("DROP VIEW administrations", "the view administrations is missing"),
        (
            "CREATE TRIGGER helper AFTER INSERT ON entry BEGIN SELECT 1; END",
            "helper was added",
        ),
        ("CREATE TABLE notes (text TEXT)", "notes was added"),
    ],
)
def test_a_missing_or_foreign_guard_is_found(filled: Path, sql: Sql, statement: str, says: str):
    sql(filled, statement)
    assert says in problems(filled)
    refused(filled)


def test_a_weakened_guard_is_found(filled: Path, sql: Sql) -> None:
    sql(
        filled,
        "DROP TRIGGER entry_never_goes",
        "CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT 1; END",
    )
    assert problems(filled) == "the trigger entry_never_goes was changed"
    refused(filled)


def test_a_later_minor_layout_is_read_and_never_written(filled: Path, sql: Sql) -> None:
    """What a later program recorded, such as that a dose was not given, this one would pass over."""
    sql(filled, "PRAGMA user_version = 1999", "CREATE VIEW later AS SELECT 1 AS one")
    assert problems(filled) == ""
    before = filled.read_bytes()
    with pytest.raises(JournalTooNew, match="layout 1999"):
        open_journal(filled)
    assert filled.read_bytes() == before


def test_a_later_layout_that_holds_nothing_of_one_is_found(filled: Path, sql: Sql) -> None:
    sql(filled, "PRAGMA user_version = 1999")
    assert "holds nothing of a later one" in problems(filled)
    refused(filled)


def test_a_trigger_under_a_name_of_sqlites_own_is_found(filled: Path, sql: Sql) -> None:
    made = "CREATE TRIGGER sqlite_helper AFTER INSERT ON entry BEGIN SELECT 1; END"
    sql(
        filled,
        "PRAGMA writable_schema = ON",
        f"INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_helper', 'entry', 0, '{made}')",
    )
    assert problems(filled) == "sqlite_helper was added"
    refused(filled)


def test_statistics_that_another_tool_left_are_no_problem(filled: Path, sql: Sql) -> None:
    sql(filled, "ANALYZE")
    assert problems(filled) == ""
    open_journal(filled).close()


def test_an_entry_hidden_from_an_index_is_found(filled: Path, sql: Sql) -> None:
    """It stands in the table, and whoever asks by its kind does not get it."""
    (made,) = sql(filled, "SELECT sql FROM sqlite_master WHERE name = 'entry_by_kind'")[0]
    sql(
        filled,
        "DROP INDEX entry_by_kind",
        f"{made} WHERE sequence != 5",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = '{made}' WHERE name = 'entry_by_kind'",
    )
    with open_read_only(filled) as journal:
        assert len(journal.entries(kind="weight-recorded")) == 7
    assert "missing from index entry_by_kind" in problems(filled)


def test_a_value_that_is_no_text_is_found(filled: Path) -> None:
    data = filled.read_bytes()
    text = b"sha256:aa"
    at = data.index(text)  # the last but three of a row: its type stands in the row's own head
    with closing(sqlite3.connect(filled)) as other:
        where = f"SELECT sequence FROM entry WHERE protocol_fingerprint = '{text.decode()}'"
        assert len(other.execute(where).fetchall()) == 8
    body = data.index(b"sha256:aa", at)
    row = bytearray(data)
    head = row.rindex(bytes([13 + 2 * len(text)]), 0, body)
    row[head] -= 1  # 31 says nine letters of text, 30 nine bytes
    filled.write_bytes(bytes(row))
    assert "is not as it was written" in problems(filled)
    refused(filled)


def test_spoiled_text_in_the_schema_is_damage_and_no_crash(filled: Path) -> None:
    data = filled.read_bytes()
    filled.write_bytes(data.replace(b"FROM entry AS e\nWHERE e", b"FROM entry AS e\nWHER\xaf e", 1))
    with pytest.raises(JournalDamaged, match="no text where text should be"):
        open_journal(filled)
    with pytest.raises(JournalDamaged):
        open_read_only(filled)


def test_text_that_is_no_text_is_damage_to_a_reader(filled: Path) -> None:
    data = filled.read_bytes()
    filled.write_bytes(data.replace(b"Europe/Berlin", b"Europe/Berli\xff"))
    with open_read_only(filled) as journal, pytest.raises(JournalDamaged):
        journal.entries()


@pytest.mark.parametrize("body", ["'{\"a\":'", "'{'", "'[]'", "7"])
def test_a_body_that_is_none_is_told_as_a_change(filled: Path, body: str) -> None:
    tamper(filled, f"UPDATE OR REPLACE entry SET kind = 'x', body = {body} WHERE sequence = 5")
    assert "entry 5 is not as it was written" in problems(filled)
    with open_read_only(filled) as journal, pytest.raises((JournalAltered, JournalDamaged)):
        journal.entries()


def test_a_broken_reference_is_found(filled: Path, sql: Sql) -> None:
    tamper(filled, "DELETE FROM entry WHERE sequence = 5")
    assert "refers to a row of entry that is not there" in problems(filled)


def test_a_damaged_page_is_told_from_tampering(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    for start in range(page, len(data), page):
        data[start : start + 64] = b"\xff" * 64
    filled.write_bytes(bytes(data))
    with pytest.raises(JournalDamaged, match="restore the last verified backup"):
        open_journal(filled)
    with pytest.raises(JournalDamaged):
        open_read_only(filled)


def test_a_cut_file_is_never_opened_for_writing(filled: Path) -> None:
    data = filled.read_bytes()
    filled.write_bytes(data[: len(data) // 2])
    with pytest.raises((JournalDamaged, JournalAltered)):
        open_journal(filled)


def test_the_recipe_for_auditors_works_and_can_fail(filled: Path) -> None:
    """The few lines printed in the module are run as they stand, on a whole and a changed file."""
    assert canonical.__doc__ is not None
    recipe = canonical.__doc__.split("standard library:\n\n")[1].split("\n\nThe first")[0]
    code = "\n".join(line[4:] for line in recipe.splitlines())
    assert len(ast.parse(code).body) == 3

    def run() -> None:
        connections: list[sqlite3.Connection] = []

        class Plain:
            @staticmethod
            def connect(name: str) -> sqlite3.Connection:
                connections.append(sqlite3.connect(name))
                return connections[-1]

        try:
            exec(  # noqa: S102 - our own recipe
                code.replace("import hashlib, json, sqlite3", "import hashlib, json"),
                {"FILE": str(filled), "sqlite3": Plain},
            )
        finally:
            for connection in connections:
                connection.close()

    run()
    tamper(filled, "UPDATE entry SET reason = 'x' WHERE sequence = 4")
    with pytest.raises(AssertionError):
        run()
