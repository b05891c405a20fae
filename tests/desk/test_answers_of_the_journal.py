"""A monitor with nothing but SQLite finds, in a journal made by the acts, who did what to dose 7.

The questions are the ones that the help page prints.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from il2desk.desk import RECORD_DISPUTE, access, check_pin, delegation, dispute, new_token

QUESTION = re.compile(r"^    (SELECT .*?;)$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def asked(root):
    """The questions of the help page by the view that they ask."""
    text = (root / "resources" / "help" / "journal.md").read_text(encoding="utf-8")
    section = text[text.index("## Questions of an auditor") :]
    found = [match.replace("\n    ", "\n") for match in QUESTION.findall(section)]
    assert found
    return {re.search(r"FROM (\w+)", question)[1]: question for question in found}


@pytest.fixture
def answer(seventh, asked):
    """Ask one of the questions, with the file opened as any tool opens it."""

    def ask(view):
        with closing(
            sqlite3.connect(f"file:{seventh.desk.journal.path}?mode=ro", uri=True)
        ) as plain:
            plain.row_factory = sqlite3.Row
            return [dict(row) for row in plain.execute(asked[view])]

    return ask


@pytest.fixture
def seventh(ward):
    """Seven doses given; the seventh was disputed, amended and then signed."""
    desk = ward.desk
    for number in range(1, 7):
        ward.given(number)
    planned = ward.dose(7).planned
    ward.clock.moment = planned - timedelta(minutes=30)
    ward.made(ward.weight("70.2", purpose="daily"))
    ward.prepared(7)
    ward.clock.moment = planned + timedelta(minutes=6)
    ward.made(ward.record(7, given_at=planned + timedelta(minutes=5)))
    second = ward.signed("nurse", RECORD_DISPUTE)
    ward.made(dispute(desk, ward.place(7), "the pump says 12:02", second, new_token()))
    ward.clock.moment = planned + timedelta(minutes=40)
    ward.made(ward.amend(7, reason="time corrected", given_at=planned + timedelta(minutes=2)))
    ward.cosigned(7)
    for _ in range(3):
        check_pin(desk, "A. Ruiz", "0000")
    signed = ward.signed("pharmacist", delegation.ENTERED)
    form = delegation.DelegationForm(
        ward.team["nurse"].id, ("verify", "give"), "Dr Weiss", date(2026, 3, 1)
    )
    ward.made(delegation.delegate_duties(desk, form, signed, new_token()))
    gone, day = ward.team["prescriber"].id, date(2026, 3, 4)
    ward.made(access.end_access(desk, gone, day, "changed wards", signed, new_token()))
    return ward


def test_who_gave_dose_7_from_which_lot_checked_by_whom_amended_when(seventh, answer):
    (row,) = answer("doses_recorded")
    record = seventh.dose(7).administration
    assert (row["trial_code"], row["dose_number"], row["outcome"]) == ("NPC-017", 7, "given")
    assert (row["lots"], row["expiries"]) == ("PR1234AB", "2026-12-31")
    assert (row["signed_by"], row["cosigned_by"]) == ("K. Brandt", "A. Ruiz")
    assert (row["prepared_by"], row["checked_by"]) == ("K. Brandt", "A. Ruiz")
    planned = seventh.dose(7).planned
    amended = planned + timedelta(minutes=40)
    assert row["amended_utc"] == amended.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    first = planned + timedelta(minutes=5)
    assert row["amended"] == (
        f"given_at: {first:%Y-%m-%dT%H:%M:%SZ} -> {record.given_at:%Y-%m-%dT%H:%M:%SZ}"
    )
    assert row["given_at"] == f"{first:%Y-%m-%dT%H:%M:%SZ}"  # as it was recorded at first


def test_who_did_not_agree_and_why(answer):
    (row,) = answer("disputes")
    assert (row["dose_number"], row["signed_by"]) == (7, "A. Ruiz")
    assert row["reason"] == "the pump says 12:02"


def test_every_signature_under_dose_7_with_its_meaning(answer):
    rows = answer("signatures")
    assert [(row["kind"], row["name"]) for row in rows] == [
        ("release-recorded", "K. Brandt"), ("release-recorded", "A. Ruiz"),
        ("administration-recorded", "K. Brandt"), ("administration-disputed", "A. Ruiz"),
        ("administration-amended", "K. Brandt"), ("administration-amended", "A. Ruiz"),
        ("administration-cosigned", "A. Ruiz"),
    ]  # fmt: skip
    assert all(row["meaning"] and row["signed_utc"] for row in rows)


def test_whose_pin_was_tried_who_was_given_which_duty_and_who_left(answer):
    (tried,) = answer("failed_sign_ins")
    assert (tried["name"], tried["wrong"], tried["pause_seconds"]) == ("A. Ruiz", 3, 30)
    (line,) = answer("delegations")
    assert (line["name"], line["duties"], line["investigator"]) == (
        "A. Ruiz", "verify, give", "Dr Weiss",
    )  # fmt: skip
    (left,) = answer("access_changes")
    assert (left["kind"], left["name"], left["left_on"], left["reason"]) == (
        "staff-left", "M. Sato", "2026-03-04", "changed wards",
    )  # fmt: skip
