"""The qualification record from a verification: as it was found, whatever happened since."""

from __future__ import annotations

import base64
import hashlib
import platform
import shutil
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import FileHash, PackagePath
from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from il2desk import paths
from il2desk.desk import delivered_files, new_token, replay_all, take_soundness, verify_desk
from il2desk.desk.delivered_files import files_check, files_here
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
from il2desk.desk.verify_installation import verification_answer
from il2desk.desk.verify_table import WrongCase
from il2desk.desk.wrong_cases import wrong_answer
from il2desk.paths import resource_dir

NOTHING = "Nothing can be prepared or printed from this dose."


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
        f"Computer {platform.node()} Institution Ward 7", "files ",
        "who ran it K. Brandt", "SQLite 3.", "PySide6-Essentials", "No reference case, so only the file was read:",
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
    assert f"Computer {platform.node()} Institution ________" in said
    assert "who ran it command line" not in said
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
    assert "who ran it nobody" not in text(made.pdf)


@pytest.fixture
def delivered(monkeypatch, tmp_path):
    """A copy of the resources, with the list that an installer keeps of them; returns their folder."""
    root = tmp_path / "resources"
    shutil.copytree(resource_dir(), root)
    listed = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }
    monkeypatch.setattr(paths, "resource_dir", lambda: root)
    monkeypatch.setattr(delivered_files, "delivered_hashes", lambda: listed)
    return root


def test_files_as_delivered_say_so(delivered):
    files = files_here()
    assert all(one.delivered for one in files)
    assert files_check(files).detail == f"{len(files)} of {len(files)} files are as delivered"


def test_a_changed_a_missing_and_an_added_file_are_not_as_delivered(ward, replayed, delivered):
    with (delivered / "rulesets" / "jitc-2014.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    (delivered / "products" / "proleukin-us.toml").unlink()
    (delivered / "protocols" / "ours.toml").write_text("", encoding="utf-8")
    found = verify_desk(ward.desk, replayed)
    assert {(one.name, one.delivered) for one in found.files if not one.ok} == {
        ("rulesets/jitc-2014.toml", False), ("products/proleukin-us.toml", False),
        ("protocols/ours.toml", False),
    }  # fmt: skip
    keep_verification(ward.desk, found)
    said = text(record(ward).pdf)
    assert "Result NOT PASSED" in said
    assert "files WRONG 3 of" in said
    assert "products/proleukin-us.toml missing no" in said
    assert "Who was told, when" in said


def test_files_that_nothing_is_held_against_are_not_called_right(ward, replayed, monkeypatch):
    monkeypatch.setattr(delivered_files, "delivered_hashes", dict)
    found = verify_desk(ward.desk, replayed)
    keep_verification(ward.desk, found)
    said = text(record(ward).pdf)
    count = len(found.checks)
    assert "Result PASSED" in said
    assert f"{count - 1} of {count} checks are as they should be, 1 not checked." in said
    assert "files not checked " in said
    assert {"name": "files", "ok": True} in [
        {"name": one["name"], "ok": one["ok"]} for one in verification_answer(found)["checks"]
    ]


def test_who_reviews_signs_the_result_itself(ward, replayed):
    broken = replace(
        replayed, checks=(Check("dose cases", ok=False, detail="69 of 70"), *replayed.checks[1:])
    )
    keep_verification(ward.desk, verify_desk(ward.desk, replayed))
    assert text(record(ward).pdf).count("I reviewed this record; its result is PASSED") == 2
    keep_verification(ward.desk, verify_desk(ward.desk, broken))
    assert text(record(ward).pdf).count("I reviewed this record; its result is NOT PASSED") == 2


def test_no_file_at_all_is_wrong():
    assert not files_check(()).ok


def test_the_list_of_an_installed_wheel_is_read(monkeypatch):
    digest = hashlib.sha256(b"one").digest()
    kept = base64.urlsafe_b64encode(digest).decode().rstrip("=")

    listed = [PackagePath("il2desk/_resources/a/b.toml"), PackagePath("il2desk/paths.py")]
    for one in listed:
        one.hash = FileHash(f"sha256={kept}")
    installed = SimpleNamespace(files=listed)
    monkeypatch.setattr(delivered_files, "distribution", lambda _: installed)
    assert delivered_files.delivered_hashes() == {"a/b.toml": digest.hex()}


@pytest.mark.parametrize(
    ("who", "difference", "what", "expected", "found"),
    [
        ("second engine", "exact_dose_iu is '7263361', expected '7263360'", "exact dose",
         "7,263,360 international units", "7,263,361 international units"),
        ("first engine", "dilution.total_volume_ml is None, expected '10'", "dilution, total volume",
         "10 mL", "nothing"),
        ("first engine", "vials is '2', expected 2", "vials", "“2” (number)", "“2” (text)"),
        ("first engine", "verdict is 'GO', expected 'CANNOT ASSESS'", "verdict", "CANNOT ASSESS", "GO"),
        ("first engine", "was not refused", "the answer", "a refusal", "an answer"),
        ("second engine", "gave no answer", "the answer", "an answer", "no answer"),
        ("engines", "only the first engine answers", "the answer", "the same of both engines",
         "only the first engine answers"),
        ("engines", "The two engines differ in the bag: the first has 50 mL, the second none. "
         + NOTHING, "bag", "the same of both engines",
         "first engine 50 mL\nsecond engine none"),
    ],
)  # fmt: skip
def test_a_wrong_case_says_expected_and_found_in_words(who, difference, what, expected, found):
    case = "dose_cases.json, case 7: npc-bolus --weight 100.88"
    made = wrong_answer(
        WrongCase(case, "protocol", "npc-bolus", {"weight": "100.88"}, who, difference)
    )
    said = [one.replace("\u00a0", " ") for one in (made.what, made.expected, made.found)]
    assert said == [what, expected, found]
    assert (made.case, made.who) == ("dose cases, case 7", who)
    assert made.asked.replace("\u00a0", " ") == "npc-bolus, weight 100.88 kg"
