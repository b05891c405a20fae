"""The qualification record from a verification: as it was found, whatever happened since."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import new_token, replay_all, take_soundness, verify_desk
from il2desk.desk.papers import (
    SheetRequest,
    keep_verification,
    prepare_cycle_sheet,
    prepare_sheet,
    qualification_pdf,
    record_print,
    sheets_of_site,
)
from il2desk.desk.replay_all import Check
from il2desk.paths import resource_dir


@pytest.fixture(scope="module")
def replayed():
    return replay_all()


def request(ward) -> SheetRequest:
    (found,) = [
        one.request for one in sheets_of_site(ward.desk) if one.request.kind == "qualification"
    ]
    return found


def text(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u00a0", " ")


def record(ward, paper=None):
    return ward.made(prepare_sheet(ward.desk, request(ward), paper))


def test_the_record_shows_what_was_found_and_by_whom(ward, replayed):
    keep_verification(ward.desk, verify_desk(ward.desk, replayed))
    said = text(record(ward).pdf)
    for fact in (
        "Result PASSED", "Installation checked 02-Mar-2026 11:30 (+01:00) By K. Brandt",
        "engines agree right 70 of 70 cases agree to the last digit",
        "disk right room for the journal", f"Journal {ward.desk.journal.journal_id}",
        "Kind patients", "protocol npc-bolus 23 23 of 23 23 of 23 23 of 23 none asked",
        "SQLite 3.", "PySide6-Essentials", "No reference case, so only the file was read:",
    ):  # fmt: skip
        assert fact in said, fact
    file = resource_dir() / "rulesets" / "jitc-2014.toml"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in said
    assert "took" not in said  # no time that anything took
    assert " s." not in said


def test_the_same_verification_is_the_same_sheet_later_on(ward, replayed):
    keep_verification(ward.desk, verify_desk(ward.desk, replayed))
    first = record(ward)
    ward.clock.moment += timedelta(hours=3)
    ward.made(record_print(ward.desk, first, "print", new_token()))
    ward.made(ward.weight("70.5", purpose="daily"))
    again = record(ward)
    assert (again.pdf, again.sheet_id) == (first.pdf, first.sheet_id)
    entry, _ = ward.made(record_print(ward.desk, again, "file", new_token()))
    assert entry.body["copy"] == 2
    assert entry.body["of"] == "2026-03-02T10:30:00Z"


def test_another_verification_is_another_record(ward, replayed):
    found = verify_desk(ward.desk, replayed)
    keep_verification(ward.desk, found)
    old = request(ward)
    ward.clock.moment += timedelta(hours=1)
    keep_verification(ward.desk, found)
    assert request(ward) != old
    ward.refused("not-verified", prepare_sheet, ward.desk, old)
    assert "12:30" in text(record(ward).pdf)


def test_before_a_verification_there_is_none(ward):
    assert not [one for one in sheets_of_site(ward.desk) if one.request.kind == "qualification"]
    answer = ward.refused(
        "not-verified",
        prepare_sheet,
        ward.desk,
        SheetRequest("qualification", of="2026-03-02T10:30:00Z"),
    )
    assert "Check the installation on the page Installation" in answer.text


def test_what_is_not_passed_is_printed_though_nothing_else_is(ward, replayed):
    broken = replace(
        replayed, checks=(Check("dose cases", ok=False, detail="69 of 70"), *replayed.checks[1:])
    )
    take_soundness(ward.desk, broken)
    keep_verification(ward.desk, verify_desk(ward.desk, broken))
    said = text(record(ward).pdf)
    assert "Result NOT PASSED" in said
    assert "dose cases WRONG 69 of 70" in said
    assert "What to do Prepare and print nothing with this installation" in said
    ward.refused("not-sound", prepare_cycle_sheet, ward.desk, ward.subject, ward.cycle)
    ward.made(record_print(ward.desk, record(ward), "print", new_token()))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_without_a_journal_the_record_is_of_the_command_line(ward, replayed, paper):
    found = verify_desk(ward.desk, replayed)
    pdf = ward.made(qualification_pdf(found, paper, ward.clock))
    assert ward.made(qualification_pdf(found, paper, ward.clock)) == pdf
    slower = replace(found, replayed=replace(replayed, seconds=replayed.seconds + 7))
    assert ward.made(qualification_pdf(slower, paper, ward.clock)) == pdf
    said = text(pdf)
    assert "By command line" in said
    assert "Result PASSED" in said
    assert "Entries then" not in said


def test_practice_is_marked(practice, replayed):
    keep_verification(practice, verify_desk(practice, replayed))
    (wanted,) = [
        one.request for one in sheets_of_site(practice) if one.request.kind == "qualification"
    ]
    made = prepare_sheet(practice, wanted)
    assert "PRACTICE, NOT FOR PATIENT USE" in text(made.pdf)
    assert "nobody signed in" in text(made.pdf)
