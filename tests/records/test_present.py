"""How things stand now: kept with every commit, made anew from the entries, compared by a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import Journal, open_journal, open_read_only
from il2desk.records.schema import GUARDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Any]
    Sql = Callable[..., list[tuple[Any, ...]]]

ONE = {"subject": "s1", "cycle": "c1"}
SEVEN = ONE | {"dose_number": 7}
DOSES = [{"number": 7, "utc": "2026-03-12T07:00Z"}, {"number": 8, "utc": "2026-03-12T15:00Z"}]
LOTS = [{"lot": "A123"}, {"lot": "B456"}]


def signed(*names: str) -> list[dict[str, str]]:
    return [{"staff": name[:2], "name": name} for name in names]


@pytest.fixture
def ledger(journal: Journal, draft: Make) -> Callable[..., Any]:
    def store(kind: str, body: dict[str, Any], **where: Any) -> Any:
        return journal.append(draft(kind, body=body, **where))

    store("staff-added", {"staff": "kb", "name": "K. Brandt", "role": "pharmacist"})
    store(
        "subject-registered",
        {"trial_code": "NPC-014", "initials": "AB", "protocol": "p", "arm": None},
        subject="s1",
    )
    store("cycle-planned", {"doses": DOSES}, **ONE)
    return store


def dose(path: Path, sql: Sql, *columns: str, number: int = 7) -> tuple[Any, ...]:
    (row,) = sql(path, f"SELECT {', '.join(columns)} FROM dose_now WHERE dose_number = {number}")
    return row


def test_a_planned_dose_is_due_when_it_is_planned(ledger, path: Path, sql: Sql) -> None:
    assert dose(path, sql, "planned_utc", "due_utc", "outcome", "amendments") == (
        "2026-03-12T07:00Z", "2026-03-12T07:00Z", None, 0,
    )  # fmt: skip
    ledger("dose-delayed", {"new_utc": "2026-03-12T09:00Z"}, reason="line", **SEVEN)
    assert dose(path, sql, "planned_utc", "due_utc") == ("2026-03-12T07:00Z", "2026-03-12T09:00Z")
    assert dose(path, sql, "due_utc", number=8) == ("2026-03-12T15:00Z",)


def test_a_dose_from_release_to_amendment(ledger, path: Path, sql: Sql) -> None:
    ledger(
        "release-recorded", {"lots": LOTS, "signatures": signed("K. Brandt", "A. Ruiz")}, **SEVEN
    )
    assert dose(path, sql, "released_utc", "prepared_by", "checked_by", "released_lots") == (
        "2026-03-12T13:02:00Z", "K. Brandt", "A. Ruiz", "A123, B456",
    )  # fmt: skip
    body = {
        "outcome": "given",
        "given_at": "2026-03-12T07:05Z",
        "given_dose_iu": "5040000",
        "volume_ml": "0.28",
        "lots": LOTS[:1],
        "signatures": signed("K. Brandt"),
    }
    record = ledger("administration-recorded", body, **SEVEN)
    ledger(
        "administration-cosigned",
        {"administration": record.id, "signatures": signed("A. Ruiz")},
        **SEVEN,
    )
    shown = (
        "outcome",
        "given_at",
        "given_dose_iu",
        "volume_ml",
        "given_lots",
        "recorded_by",
        "cosigned_by",
        "amendments",
    )
    assert dose(path, sql, *shown) == (
        "given", "2026-03-12T07:05Z", "5040000", "0.28", "A123", "K. Brandt", "A. Ruiz", 0,
    )  # fmt: skip
    changes = [{"field": "given_at", "new": "2026-03-12T07:15Z"}, {"field": "lots", "new": LOTS}]
    ledger(
        "administration-amended", {"changes": changes}, amends=record.id, reason="misread", **SEVEN
    )
    assert dose(path, sql, "given_at", "given_lots", "amendments") == (
        "2026-03-12T07:15Z",
        "A123, B456",
        1,
    )
    ledger(
        "administration-amended",
        {"changes": [{"field": "in_error"}]},
        amends=record.id,
        reason="wrong patient",
        **SEVEN,
    )
    assert dose(path, sql, *shown, "entered_in_error") == (*[None] * 7, 2, 1)
    assert dose(path, sql, "released_lots") == ("A123, B456",)


def test_a_patient_and_a_person(ledger, path: Path, sql: Sql) -> None:
    ledger("weight-recorded", {"weight_kg": "70"}, **ONE)
    assert sql(
        path, "SELECT trial_code, initials, arm, cycles, entries, sequence FROM subject_now"
    ) == [("NPC-014", "AB", None, 1, 3, 4)]
    assert sql(path, "SELECT staff, name, role FROM person_now") == [
        ("kb", "K. Brandt", "pharmacist")
    ]


@pytest.mark.parametrize(
    "body",
    [
        {}, {"lots": "A"}, {"lots": [1]}, {"signatures": None}, {"doses": [{"number": "x"}]},
        {"outcome": 5, "given_at": [], "changes": [{"field": []}]}, {"changes": "in_error"},
    ],
)  # fmt: skip
def test_a_body_of_an_unknown_form_is_stored_all_the_same(
    journal: Journal, ledger, draft: Make, body
) -> None:
    for kind in ("cycle-planned", "release-recorded", "administration-recorded", "administration-amended",
                 "administration-cosigned", "dose-delayed", "subject-registered", "staff-added"):  # fmt: skip
        journal.append(draft(kind, body=body, **SEVEN))
    assert journal.check().ok


def test_what_a_commit_kept_is_what_the_entries_make(journal: Journal, ledger) -> None:
    ledger("dose-delayed", {"new_utc": "2026-03-12T09:00Z"}, reason="line", **SEVEN)
    assert list(journal.present_problems()) == []
    assert journal.check().ok


def test_a_commit_that_fails_changes_no_row(
    journal: Journal, draft: Make, ledger, path: Path, sql: Sql
) -> None:
    before = [
        sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "subject_now", "present_as_of")
    ]
    good = draft("dose-delayed", body={"new_utc": "x"}, **SEVEN)
    wrong = draft("weight-recorded", amends="0" * 32, reason="no such entry")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        journal.append_all((good, wrong))
    assert [
        sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "subject_now", "present_as_of")
    ] == before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE dose_now SET given_dose_iu = '1' WHERE dose_number = 7",
         "the row c1 7 of dose_now is not what the entries say"),
        ("DELETE FROM dose_now WHERE dose_number = 8", "the row c1 8 of dose_now is missing"),
        ("INSERT INTO person_now VALUES ('xx', 'X', 'nurse', NULL, 1)", "the row xx of person_now is not what the entries say"),
        ("UPDATE present_as_of SET sequence = 2",
         "the tables of how things stand now go to entry 2, the journal to entry 3"),
        ("DELETE FROM present_as_of",
         "the tables of how things stand now go to no entry, the journal to entry 3"),
    ],
)  # fmt: skip
def test_a_row_that_was_changed_is_named_and_made_anew(
    journal: Journal, ledger, path: Path, sql: Sql, change: str, problem: str
) -> None:
    right = [sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "person_now")]
    journal.close()
    sql(path, change)
    with open_read_only(path) as reader:
        assert reader.check().problems == (problem,)
    for note in path.parent.glob("*.checked"):
        note.unlink()  # the first start of a day
    with open_journal(path) as opened:
        assert opened.check().ok
    assert [sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "person_now")] == right


def test_entries_of_a_program_that_knows_no_such_tables_are_caught_up(
    journal: Journal, ledger, path: Path, sql: Sql
) -> None:
    before = [sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "subject_now")]
    ledger("dose-delayed", {"new_utc": "2026-03-12T09:00Z"}, reason="line", **SEVEN)
    after = [sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "subject_now")]
    journal.close()
    sql(
        path,
        "DELETE FROM dose_now",
        "DELETE FROM subject_now",
        "UPDATE present_as_of SET sequence = 3",
    )
    open_journal(path).close()
    assert (
        [sql(path, f"SELECT * FROM {name}") for name in ("dose_now", "subject_now")]
        == after
        != before
    )


def test_the_tables_are_no_record_and_have_no_guard(path: Path, filled: Path, sql: Sql) -> None:
    del path
    assert not any("_now" in guard for guard in GUARDS)
    types = {
        row[2]
        for name in ("dose_now", "subject_now", "person_now")
        for row in sql(filled, f"PRAGMA table_info({name})")
    }
    assert types == {"TEXT", "INTEGER"}


def test_a_dispute_stands_until_the_record_is_amended(ledger, path: Path, sql: Sql) -> None:
    body = {"outcome": "given", "signatures": signed("K. Brandt")}
    record = ledger("administration-recorded", body, **SEVEN)
    told = {"administration": record.id, "signatures": signed("A. Ruiz")}
    ledger("administration-disputed", told, reason="saw 08:10", **SEVEN)
    assert dose(path, sql, "disputed_by", "cosigned_by") == ("A. Ruiz", None)
    changes = {"changes": [{"field": "note", "new": "checked"}], "signatures": signed("K. Brandt")}
    ledger("administration-amended", changes, amends=record.id, reason="pump log", **SEVEN)
    assert dose(path, sql, "disputed_by", "amendments") == (None, 1)


def test_who_left_has_the_day(ledger, path: Path, sql: Sql) -> None:
    ledger("staff-left", {"staff": "kb", "left_on": "2026-03-12"}, reason="retired")
    assert sql(path, "SELECT name, left_on FROM person_now") == [("K. Brandt", "2026-03-12")]
