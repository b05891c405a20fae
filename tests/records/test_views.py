"""A monitor with nothing but SQLite finds who did what."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from il2desk.records import Draft, open_journal
from il2desk.records.schema import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]

BEGUN = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)


def signed(*names: str) -> list[dict[str, str]]:
    return [
        {"staff": name[:2].lower(), "name": name, "role": "pharmacist", "meaning": "prepared",
         "at": "2026-03-12T07:00Z"}
        for name in names
    ]  # fmt: skip


@pytest.fixture
def day(path: Path, draft: Make) -> Path:
    """One patient, one cycle, dose 7 prepared, checked, given, co-signed, and amended."""
    minute = iter(range(1000))

    def made(kind: str, body: dict[str, Any], **changes: Any) -> Draft:
        return draft(kind, body=body, at=BEGUN + timedelta(minutes=next(minute)), **changes)

    one = {"subject": "s1", "cycle": "c1"}
    seven = one | {"dose_number": 7}
    lots = [{"lot": "A123", "expiry": "2027-05"}, {"lot": "B456", "expiry": "2027-06"}]
    with open_journal(path, create=True) as journal:
        for entry in (
            made("site-set-up", {"site": "Ward 3", "zone": "Europe/Berlin", "paper": "A4", "language": "en"}),
            made("staff-added", {"staff": "kb", "name": "K. Brandt", "role": "pharmacist", "pin_hash": "$argon2id$x"}),
            made("protocol-brought-in", {"protocol": "npc-bolus", "title": "NPC", "version": "1", "fingerprint": "sha256:aa", "text": "", "parts": {}, "gaps": []}),
            made("protocol-activated", {"protocol": "npc-bolus", "version": "1", "fingerprint": "sha256:aa", "signatures": signed("K. Brandt", "L. Moreau")}),
            made("subject-registered", {"subject": "s1", "trial_code": "NPC-014", "initials": "AB"}, subject="s1"),
            made("order-written", {"order": "o1", "prescriber": "Dr Weiss", "ordered_dose_iu": "5040000"}, subject="s1"),
            made("cycle-planned", {"cycle": "c1", "course": 1, "number": 2, "order": "o1", "doses": [{"number": 7, "local": "2026-03-12T08:00", "utc": "2026-03-12T07:00Z"}]}, **one),
            made("weight-recorded", {"weight": "w1", "purpose": "dosing", "weight_kg": "70", "signatures": signed("K. Brandt")}, **one),
            made("premedication-recorded", {"outcomes": [{"item": "paracetamol", "name": "Paracetamol", "dose": "650", "unit": "mg", "outcome": "given"}, {"item": "ondansetron", "name": "Ondansetron", "outcome": "not given", "reason": "refused"}]}, **seven),
            made("assessment-recorded", {"rule_set": "us-label-2023", "verdict": "GO", "missing": []}, **seven),
            made("override-recorded", {"verdict": "HOLD", "prescriber": "Dr Weiss", "way": "phone", "signatures": signed("K. Brandt", "L. Moreau")}, **seven),
            made("second-check-differed", {"fields": ["weight"], "second": "lm"}, **seven),
            made("release-recorded", {"dose": {"exact_dose_iu": "5040000", "vials": 1, "dilution": {"final_concentration_mcg_per_ml": "30.8"}}, "weight_kg": "70", "lots": lots, "signatures": signed("K. Brandt", "L. Moreau")}, **seven),
            made("dose-delayed", {"new_local": "2026-03-12T09:00", "new_utc": "2026-03-12T08:00Z"}, reason="line", **seven),
        ):  # fmt: skip
            journal.append(entry)
        given = journal.append(
            made("administration-recorded", {"outcome": "given", "given_at": "2026-03-12T08:05Z", "given_dose_iu": "5040000", "volume_ml": "0.28", "lots": lots, "recorded_late": False, "signatures": signed("N. Okoro")}, **seven)
        )  # fmt: skip
        journal.append(
            made("administration-cosigned", {"administration": given.id, "signatures": signed("P. Rossi")}, **seven)
        )  # fmt: skip
        journal.append(
            made("administration-amended", {"administration": given.id, "changes": [{"field": "given_at", "old": "2026-03-12T08:05Z", "new": "2026-03-12T08:15Z"}, {"field": "volume_ml", "old": "0.28", "new": None}], "signatures": signed("N. Okoro", "P. Rossi")}, amends=given.id, reason="read wrongly", **seven)
        )  # fmt: skip
        beside = journal.append(
            made("companion-recorded", {"companion": "interferon-alfa-2b", "drug": "interferon alfa-2b", "day": 8, "day_date": "2026-03-19", "count": 1, "planned": True, "outcome": "given", "given_at": "2026-03-19T08:05Z", "amount": "2500000", "unit": "international units", "derived_amount": "3000000", "route": "subcutaneous", "injection_site": "left thigh", "product": "Intron A", "lots": [{"lot": "IF12", "expiry": "2027-05-31", "vials": 1}], "reason": "pen empty", "against": "not the derived", "signatures": signed("N. Okoro")}, reason="pen empty", **one)
        )  # fmt: skip
        journal.append(
            made("companion-cosigned", {"record": beside.id, "signatures": signed("P. Rossi")}, **one)
        )  # fmt: skip
        journal.append(
            made("companion-amended", {"record": beside.id, "changes": [{"field": "amount", "old": "2500000", "new": "2600000"}], "signatures": signed("N. Okoro", "P. Rossi")}, amends=beside.id, reason="read wrongly", **one)
        )  # fmt: skip
        journal.append(
            made("administration-disputed", {"administration": given.id, "signatures": signed("P. Rossi")}, reason="saw 08:10", **seven)
        )  # fmt: skip
        for entry in (
            made("pin-changed", {"staff": "kb", "pin_hash": "$argon2id$y"}),
            made("pin-set", {"staff": "kb", "pin_hash": "$argon2id$z", "signatures": signed("L. Moreau")}, reason="forgot"),
            made("pin-paused", {"staff": "kb", "wrong": 3, "pause_seconds": 30}),
            made("pin-resumed", {"staff": "kb", "pauses": 1}),
        ):  # fmt: skip
            journal.append(entry)
        line = journal.append(
            made("duty-delegated", {"staff": "kb", "duties": ["prepare", "give"], "investigator": "Dr Weiss", "begins": "2026-03-01", "ends": None, "signatures": signed("L. Moreau")})
        )  # fmt: skip
        journal.append(
            made("duty-ended", {"delegation": line.id, "staff": "kb", "ended_on": "2026-03-12", "signatures": signed("L. Moreau")}, reason="left the study")
        )  # fmt: skip
        journal.append(
            made("staff-left", {"staff": "kb", "left_on": "2026-03-12", "signatures": signed("L. Moreau")}, reason="retired")
        )  # fmt: skip
        journal.append(
            made("sheet-printed", {"sheet": "cycle", "sheet_id": "x1", "sha256": "ab", "copy": 1, "verified": True}, **one)
        )  # fmt: skip
        shelf = {"protocol": "npc-bolus", "product": "Proleukin", "lot": "A 123", "expiry": "2027-05-31", "vials": 10, "place": "control"}  # fmt: skip
        for entry in (
            made("weight-entered-in-error", {"weight": "w1", "signatures": signed("K. Brandt", "L. Moreau")}, reason="typed wrong", **one),
            made("dosing-weight-kept", {"dosing_weight": "w1", "last_weight": "w2", "prescriber": "Dr Weiss", "way": "phone", "signatures": signed("K. Brandt", "L. Moreau")}, reason="oedema", **one),
            made("backup-folder-named", {"folder": "/backups"}),
            made("encryption-changed", {"change": "encrypted", "kept_as": "j-NOT-ENCRYPTED.sqlite", "signatures": signed("K. Brandt", "L. Moreau")}),
            made("stock-received", {**shelf, "on": "2026-03-12", "reference": "SHIP-1", "signatures": signed("K. Brandt")}),
            made("stock-moved", {**shelf, "move": "wasted", "vials": 2, "on": "2026-03-12", "reference": "", "signatures": signed("K. Brandt")}, reason="broken"),
            made("preparation-discarded", {"release": "r1", "at": "2026-03-12T07:50Z", "signatures": signed("K. Brandt")}, reason="leaked", **seven),
            made("records-completed", {"restore": "r", "signatures": signed("K. Brandt", "L. Moreau")}, **one),
            made("journal-restored", {"backup": "b.sqlite", "backup_sequence": 3, "backup_hash": "ab", "journal_state": "whole", "journal_sequence": 5, "journal_hash": "cd", "lost": [{"kind": "weight-recorded", "entries": 2}], "kept_as": "j-before.sqlite", "signatures": signed("K. Brandt", "L. Moreau")}, reason="disk failed"),
        ):  # fmt: skip
            journal.append(entry)
    return path


def asked(path: Path, question: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(question).fetchall()]


@pytest.mark.parametrize("view", ["administrations", "doses_recorded"])
def test_who_gave_dose_7_from_which_lot_checked_by_whom_amended_when(day: Path, view: str) -> None:
    (row,) = asked(
        day,
        f"SELECT * FROM {view}"
        " WHERE trial_code = 'NPC-014' AND cycle_number = 2 AND dose_number = 7",
    )
    assert (row["outcome"], row["given_at"]) == ("given", "2026-03-12T08:05Z")
    assert (row["given_dose_iu"], row["volume_ml"]) == ("5040000", "0.28")
    assert (row["lots"], row["expiries"]) == ("A123, B456", "2027-05, 2027-06")
    assert (row["signed_by"], row["cosigned_by"]) == ("N. Okoro", "P. Rossi")
    assert (row["prepared_by"], row["checked_by"]) == ("K. Brandt", "L. Moreau")
    assert row["amended_utc"] == "2026-03-12T06:16:00.000000Z"
    assert row["amended"] == (
        "given_at: 2026-03-12T08:05Z -> 2026-03-12T08:15Z; volume_ml: 0.28 -> empty"
    )


def test_a_preparation_that_was_discarded_is_credited_with_no_dose(path: Path, draft: Make) -> None:
    """Dose 7 of cycle 2 was given without a release, after its preparation was discarded; dose 8 with one."""
    seven = {"subject": "s1", "cycle": "c1", "dose_number": 7}
    eight = seven | {"dose_number": 8}
    given = {"outcome": "given", "lots": [{"lot": "C789", "expiry": "2027-05"}], "signatures": signed("N. Okoro")}  # fmt: skip
    released = {"lots": [{"lot": "A123", "expiry": "2027-05"}], "signatures": signed("K. Brandt", "L. Moreau")}  # fmt: skip
    with open_journal(path, create=True) as journal:
        thrown = journal.append(draft("release-recorded", body=released, **seven))
        stands = journal.append(draft("release-recorded", body=released, **eight))
        gone = {"release": thrown.id, "at": "2026-03-12T07:50Z", "signatures": signed("K. Brandt")}
        journal.append(draft("preparation-discarded", body=gone, reason="leaked", **seven))
        journal.append(draft("administration-recorded", body=given, **seven))
        journal.append(draft("administration-recorded", body=given, **eight))
    columns = "dose_number, release, prepared_by, checked_by, lots, signed_by"
    rows = asked(path, f"SELECT {columns} FROM doses_recorded ORDER BY dose_number")
    assert [tuple(row.values()) for row in rows] == [
        (7, None, None, None, "C789", "N. Okoro"),
        (8, stands.id, "K. Brandt", "L. Moreau", "C789", "N. Okoro"),
    ]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("site", [{"site": "Ward 3", "paper": "A4"}]),
        ("staff", [{"staff": "kb", "name": "K. Brandt", "role": "pharmacist"}]),
        ("protocol_versions", [{"kind": "protocol-brought-in", "title": "NPC", "gaps": "[]"},
                               {"kind": "protocol-activated", "signed_by": "K. Brandt, L. Moreau"}]),
        ("subjects", [{"trial_code": "NPC-014", "initials": "AB", "hospital_number": None}]),
        ("orders", [{"order_id": "o1", "ordered_dose_iu": "5040000", "trial_code": "NPC-014"}]),
        ("cycles", [{"course": 1, "number": 2, "doses": 1, "order_id": "o1"}]),
        ("planned_doses", [{"dose_number": 7, "planned_utc": "2026-03-12T07:00Z"}]),
        ("delays", [{"dose_number": 7, "new_utc": "2026-03-12T08:00Z", "reason": "line"}]),
        ("weights", [{"weight_kg": "70", "purpose": "dosing", "signed_by": "K. Brandt"}]),
        ("premedication", [{"item": "paracetamol", "dose": "650", "outcome": "given"},
                           {"item": "ondansetron", "dose": None, "reason": "refused"}]),
        ("assessments", [{"rule_set": "us-label-2023", "verdict": "GO", "missing": "[]",
                          "entered_in_error_utc": None}]),
        ("overrides", [{"verdict": "HOLD", "way": "phone", "signed_by": "K. Brandt, L. Moreau"}]),
        ("second_checks_differed", [{"fields": '["weight"]', "second": "lm"}]),
        ("releases", [{"exact_dose_iu": "5040000", "vials": 1, "checked_by": "L. Moreau",
                       "lots": "A123, B456", "final_concentration_mcg_per_ml": "30.8"}]),
        ("cosignatures", [{"dose_number": 7, "signed_by": "P. Rossi"}]),
        ("amendments", [{"field": "given_at", "new": "2026-03-12T08:15Z", "reason": "read wrongly",
                         "original_recorded_utc": "2026-03-12T06:14:00.000000Z"},
                        {"field": "volume_ml", "new": None, "signed_by": "N. Okoro, P. Rossi"},
                        {"kind": "companion-amended", "field": "amount", "new": "2600000"}]),
        ("companion_doses", [{"drug": "interferon alfa-2b", "cycle_number": 2, "day": 8, "planned": 1,
                              "amount": "2500000", "unit": "international units", "lots": "IF12",
                              "derived_amount": "3000000", "signed_by": "N. Okoro",
                              "cosigned_by": "P. Rossi", "injection_site": "left thigh",
                              "amended": "amount: 2500000 -> 2600000"}]),
        ("access_changes", [{"kind": "pin-changed", "name": "K. Brandt", "signed_by": None},
                            {"kind": "pin-set", "reason": "forgot", "signed_by": "L. Moreau"},
                            {"kind": "staff-left", "left_on": "2026-03-12", "reason": "retired"}]),
        ("failed_sign_ins", [{"kind": "pin-paused", "name": "K. Brandt", "wrong": 3, "pause_seconds": 30},
                             {"kind": "pin-resumed", "staff": "kb", "pauses": 1}]),
        ("delegations", [{"name": "K. Brandt", "duties": "prepare, give", "investigator": "Dr Weiss",
                          "begins": "2026-03-01", "ends": None, "ended_on": "2026-03-12",
                          "ended_because": "left the study", "signed_by": "L. Moreau"}]),
        ("disputes", [{"dose_number": 7, "kind": "administration-disputed", "reason": "saw 08:10",
                       "signed_by": "P. Rossi", "trial_code": "NPC-014"}]),
        ("stock_movements", [{"what": "received", "lot": "A 123", "vials": 10, "change": 10, "place": "control",
                              "reference": "SHIP-1", "signed_by": "K. Brandt", "dose_number": None},
                             {"what": "wasted", "vials": 2, "change": -2, "reason": "broken"}]),
        ("lots", [{"lot": "A 123", "expiry": "2027-05-31", "received": 10, "wasted": 2, "dispensed": 0, "balance": 8}]),
        ("prints", [{"sheet": "cycle", "sha256": "ab", "copy": 1, "verified": 1}]),
    ],
)  # fmt: skip
def test_each_view_answers(day: Path, view: str, expected: list[dict[str, Any]]) -> None:
    rows = asked(day, f"SELECT * FROM {view}")
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        assert {name: row[name] for name in wanted} == wanted


def test_signatures_of_every_kind_stand_in_one_view(day: Path) -> None:
    rows = asked(day, "SELECT * FROM signatures WHERE dose_number = 7 ORDER BY sequence")
    assert [(row["kind"], row["name"]) for row in rows] == [
        ("override-recorded", "K. Brandt"),
        ("override-recorded", "L. Moreau"),
        ("release-recorded", "K. Brandt"),
        ("release-recorded", "L. Moreau"),
        ("administration-recorded", "N. Okoro"),
        ("administration-cosigned", "P. Rossi"),
        ("administration-amended", "N. Okoro"),
        ("administration-amended", "P. Rossi"),
        ("administration-disputed", "P. Rossi"),
        ("preparation-discarded", "K. Brandt"),
    ]


def test_no_view_shows_a_pin_and_every_view_was_asked(day: Path) -> None:
    views = [text.split()[2] for text in STATEMENTS if text.startswith("CREATE VIEW")]
    for view in views:
        rows = asked(day, f"SELECT * FROM {view}")
        assert rows, view
        assert "argon2" not in json.dumps(rows)


def test_a_check_entered_in_error_stays_and_says_so(path: Path, draft: Make) -> None:
    with open_journal(path, create=True) as journal:
        check = journal.append(draft("assessment-recorded", body={"verdict": "HOLD"}))
        late = BEGUN + timedelta(hours=9)
        journal.append(
            draft("assessment-entered-in-error", amends=check.id, reason="wrong patient", at=late)
        )
    (row,) = asked(path, "SELECT * FROM assessments")
    assert (row["verdict"], row["entered_in_error_utc"]) == ("HOLD", "2026-03-12T15:00:00.000000Z")
    (row,) = asked(path, "SELECT * FROM amendments")
    assert (row["amends"], row["reason"], row["field"]) == (check.id, "wrong patient", None)
