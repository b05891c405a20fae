"""The code on a sheet leads back to its print, and tells old paper from the latest."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp

from il2desk.desk import new_token
from il2desk.desk.papers import (
    SheetRequest,
    is_sheet_code,
    prepare_cycle_sheet,
    prepare_sheet,
    read_sheet_code,
    record_print,
)
from il2desk.words import say


def code_on(pdf: bytes) -> str:
    """What an independent reader finds on the first page as printed."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    found = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
    return next(one.text for one in found if one.text.startswith("IL2DESK|"))


def printed(ward, kind="cycle", dose=None) -> str:
    request = SheetRequest(kind, ward.subject, ward.cycle, dose)
    sheet = ward.made(prepare_sheet(ward.desk, request))
    _, stamped = ward.made(record_print(ward.desk, sheet, "print", new_token()))
    return code_on(stamped)


def test_the_code_on_the_paper_leads_to_its_print(ward):
    code = printed(ward)
    assert is_sheet_code(code)
    found = ward.made(read_sheet_code(ward.desk, code.lower()))
    assert (found.request.subject, found.request.cycle) == (ward.subject, ward.cycle)
    assert (found.title, found.copies, found.warning) == ("Cycle sheet", 1, "")


def test_paper_is_old_once_something_is_recorded_and_once_it_is_printed_again(ward):
    old = printed(ward)
    ward.clock.moment += timedelta(minutes=1)
    ward.premedicate()
    found = ward.made(read_sheet_code(ward.desk, old))
    assert found.warning.startswith("OLD PAPER: it would be another sheet now.")
    new = printed(ward)
    found = ward.made(read_sheet_code(ward.desk, old))
    assert found.warning == (
        f"OLD PAPER: {new.split('|')[1]} was printed after it. Do not work by this sheet."
    )
    assert ward.made(read_sheet_code(ward.desk, new)).warning == ""


def test_what_stands_nowhere_on_it_makes_no_paper_old(ward):
    code = printed(ward, "premedication", 1)
    ward.clock.moment += timedelta(minutes=1)
    ward.check(1)
    request = SheetRequest("premedication", ward.subject, ward.cycle, 1)
    now = ward.made(prepare_sheet(ward.desk, request))
    assert now.sheet_id != code.split("|")[1]
    assert ward.made(read_sheet_code(ward.desk, code)).warning == ""
    ward.premedicate(1)
    found = ward.made(read_sheet_code(ward.desk, code))
    assert found.warning.startswith("OLD PAPER: it would be another sheet now.")


def test_a_program_update_makes_no_paper_old(ward, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr("il2desk.desk.sheet_request.__version__", "0.0.9")
        older.setattr("il2desk.records.journal.__version__", "0.0.9")
        code = printed(ward)
    assert ward.made(read_sheet_code(ward.desk, code)).warning == ""


def test_printed_again_after_an_update_it_is_good(ward, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr("il2desk.desk.sheet_request.__version__", "0.0.9")
        older.setattr("il2desk.records.journal.__version__", "0.0.9")
        code = printed(ward)
    assert printed(ward) == code
    assert ward.made(read_sheet_code(ward.desk, code)).warning == ""


def test_what_is_not_printed_any_more_says_why(ward):
    code = printed(ward, "dose-worksheet", 1)
    ward.clock.moment += timedelta(minutes=1)
    ward.check(1, bleeding="frank")
    warning = ward.made(read_sheet_code(ward.desk, code)).warning
    assert warning.startswith("OLD PAPER: it is not printed any more. ")
    assert "STOP" in warning


def test_a_typed_id_leads_to_the_print_too(ward):
    code = printed(ward, "premedication", 1)
    typed = f" {code.split('|')[1].lower()} "
    assert is_sheet_code(typed)
    found = ward.made(read_sheet_code(ward.desk, typed))
    assert (found.sheet_id, found.warning) == (typed.strip().upper(), "")
    other = typed.strip()[:-1] + ("0" if typed.strip()[-1] != "0" else "1")
    assert "never printed from this journal" in read_sheet_code(ward.desk, other).text


@pytest.mark.parametrize("name", ["NPC-001", "LÖW", "CYC-", "DIA", "CYC-12AB", "402 118 7765"])
def test_the_name_of_a_patient_is_no_id(name):
    assert not is_sheet_code(name)


def test_a_blank_downtime_sheet_says_what_it_is(ward):
    refused = read_sheet_code(ward.desk, "IL2DESK|DOWNTIME|1")
    assert "This is the blank downtime sheet" in refused.text


@pytest.mark.parametrize("change", ["id", "hash", "shape"])
def test_a_code_of_another_journal_is_refused(ward, change):
    name, sheet_id, entry = printed(ward).split("|")
    codes = {
        "id": f"{name}|CYC-000000-00000000|{entry}",
        "hash": f"{name}|{sheet_id}|{'0' * len(entry)}",
        "shape": f"{name}|{sheet_id}",
    }
    refused = read_sheet_code(ward.desk, codes[change])
    assert refused.code == "sheet-code"


def test_a_change_of_the_site_makes_paper_old_and_a_preview_stale_too(ward):
    code = printed(ward)
    preview = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle))
    ward.change_site(name="Another ward")
    assert record_print(ward.desk, preview, "print", new_token()).code == "stale"
    found = ward.made(read_sheet_code(ward.desk, code))
    assert found.warning.startswith("OLD PAPER: it would be another sheet now.")
    after = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle))
    assert after.supersedes == preview.sheet_id


def test_a_warning_that_holds_what_somebody_typed_can_be_said(ward):
    code = printed(ward)
    found = replace(ward.made(read_sheet_code(ward.desk, code)), refused="Lot {0} is {gone}.")
    assert say(found.warning) == "OLD PAPER: it is not printed any more. Lot {0} is {gone}."
