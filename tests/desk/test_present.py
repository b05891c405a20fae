"""What the tables of how things stand now say of a dose is what the chart says: two ways to read one record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import chart_of, delay_dose, new_token
from il2desk.desk.clock import moment_of


@pytest.fixture
def day(ward):
    """Dose 1 given and amended, 2 part given, 3 recorded in error, 4 delayed, 5 released only."""
    ward.given(1)
    ward.made(ward.amend(1, given_at=ward.dose(1).planned + timedelta(minutes=1)))
    ward.given(2, outcome="part given", volume_ml=Decimal("0.1"), reason="line",
               stopped_at=ward.dose(2).planned + timedelta(minutes=2))  # fmt: skip
    ward.given(3)
    ward.made(ward.amend(3, in_error=True))
    new = datetime.fromisoformat("2026-03-03T12:45")
    ward.made(delay_dose(ward.desk, ward.place(4), new, "scan", new_token()))
    ward.clock.moment = ward.dose(5).planned - timedelta(minutes=20)
    ward.made(ward.weight("70.2", purpose="daily"))
    return ward


def rows(ward):
    with closing(sqlite3.connect(ward.desk.journal.path)) as plain:
        plain.row_factory = sqlite3.Row
        return {row["dose_number"]: row for row in plain.execute("SELECT * FROM dose_now")}


def test_both_say_the_same_of_every_dose(day):
    chart = day.made(chart_of(day.desk, day.subject))
    present = rows(day)
    (cycle,) = chart.cycles.values()
    assert present.keys() == cycle.doses.keys()
    for number, dose in cycle.doses.items():
        row, record, release = present[number], dose.administration, dose.release
        assert moment_of(row["planned_utc"]) == dose.planned
        assert moment_of(row["due_utc"]) == dose.due
        assert row["released_utc"] == (
            None if release is None else release.at.isoformat().replace("+00:00", "Z")
        )
        assert row["checked_by"] == (None if release is None else release.checked_by)
        assert row["outcome"] == (None if record is None else record.outcome)
        assert row["recorded_by"] == (None if record is None else record.by)
        assert row["cosigned_by"] == (None if record is None else record.cosigned_by)
        assert row["entered_in_error"] == len(dose.errors)
        if record is not None:
            assert moment_of(row["given_at"]) == record.given_at
            assert Decimal(row["given_dose_iu"]) == record.given_dose_iu
            assert row["given_lots"] == ", ".join(lot.lot for lot in record.lots)
            assert row["amendments"] == (1 if record.changes else 0)
    assert [number for number, row in present.items() if row["outcome"]] == [1, 2]
    assert day.desk.journal.check().ok
