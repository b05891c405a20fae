"""The companion drugs on the printed cycle sheet: a pen line, or what was recorded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import RECORD_SECOND, Lot, cosign_companion, new_token
from il2desk.desk.papers import prepare_cycle_sheet, record_print

PLAN = "plan 3 million international units"


def printed(ward):
    sheet = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle, "A4"))
    pages = PdfReader(BytesIO(sheet.pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    return sheet, text.replace("\u00a0", " ")


def rows(sheet):
    """The words of the companion dose table, row by row."""
    for section in sheet.composed.model.sections:
        for block in (one for part in section.parts for one in part):
            named = [one.title.words for one in getattr(block, "columns", ())]
            if "Dose planned, amount given" in named:
                return [
                    [" / ".join(text.words for text in cell).replace("\u00a0", " ") for cell in row]
                    for row in block.rows
                ]
    return []


def blank(row):
    """Whether nothing but drug and plan stands in a row."""
    return row[4] == PLAN and row[2:4] + row[5:] == [""] * 6


def test_what_is_not_recorded_is_a_line_for_a_pen(beside):
    sheet, text = printed(beside)
    found = rows(sheet)
    assert [row[1] for row in found] == [
        "day 1 / Mon 02-Mar-2026", "day 3 / Wed 04-Mar-2026", "day 8 / Mon 09-Mar-2026",
    ]  # fmt: skip
    assert all(row[4] == PLAN for row in found)
    assert all(blank(row) for row in found)
    assert "Companion drugs: what was given" in text


def test_what_was_recorded_stands_in_its_row(beside):
    beside.made(
        beside.record_companion(
            amount=Decimal(2_500_000), reason="Pen was empty", injection_site="left thigh",
            product="Intron A", lots=(Lot("IF1234AB", "2026-12-31", 1),), note="at home",
        )
    )  # fmt: skip
    sheet, text = printed(beside)
    (first, second, _) = rows(sheet)
    assert first[2:4] == ["Given", "02-Mar-2026 / 12:00"]
    assert first[4] == f"{PLAN} / 2.5 million international units"
    assert first[5] == "subcutaneous, left thigh / Intron A / IF1234AB"
    assert first[6:8] == ["K. Brandt", "NOT VERIFIED"]
    assert "Pen was empty; 2.5 million international units is not the derived" in first[8]
    assert first[8].endswith("at home")
    assert blank(second)
    assert "NOT VERIFIED" in text
    assert (sheet.verified, sheet.unsigned_words) == (False, "interferon alfa-2b, day 1")


def test_with_two_signatures_the_sheet_is_verified_and_not_before(beside):
    beside.made(beside.record_companion())
    unsigned, _ = printed(beside)
    entry, _ = beside.made(record_print(beside.desk, unsigned, "print", new_token()))
    assert entry.body["verified"] is False
    second = beside.signed("nurse", RECORD_SECOND)
    beside.made(cosign_companion(beside.desk, beside.companion_place(), second, new_token()))
    sheet, text = printed(beside)
    assert (sheet.verified, sheet.unsigned_words) == (True, "")
    assert rows(sheet)[0][6:8] == ["K. Brandt", "A. Ruiz"]
    assert "NOT VERIFIED" not in text


def test_an_amendment_is_marked_in_its_cell_and_told_below(beside):
    beside.made(beside.record_companion())
    beside.made(beside.amend_companion(amount=Decimal(2_000_000)))
    sheet, text = printed(beside)
    assert rows(sheet)[0][4] == f"{PLAN} / 2 million international units \u2020a"
    assert "interferon alfa-2b, day 1, amount: was 3 million international units, now 2" in text


def test_a_record_in_error_is_told_and_the_line_is_blank_again(beside):
    beside.made(beside.record_companion())
    beside.made(beside.amend_companion(reason="wrong patient", in_error=True))
    sheet, text = printed(beside)
    assert blank(rows(sheet)[0])
    assert "interferon alfa-2b, day 1: a record was entered in error" in text


def test_a_dose_that_was_not_planned_has_a_row_of_its_own(beside):
    beside.at(hours=24)
    now = beside.desk.clock.now()
    beside.made(
        beside.record_companion(
            2, reason="Decided by the prescriber", given_at=now - timedelta(minutes=5)
        )
    )
    sheet, _ = printed(beside)
    assert rows(sheet)[1][1] == "day 2 / Tue 03-Mar-2026"
    assert rows(sheet)[1][4] == "plan none / 3 million international units"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_widest_row_fits_the_page(beside, paper):
    beside.at(hours=24)
    lots = (Lot("INTERFERON-2026-0001", "2026-12-31", 2),)
    given = beside.desk.clock.now() - timedelta(minutes=40)
    form = {
        "amount": Decimal(123_456_789), "reason": "x" * 20 + " word" * 60, "lots": lots,
        "product": "Intron A solution for injection in multidose pen of 15 million",
        "injection_site": "left lower abdomen", "given_at": given, "approximate": True,
    }  # fmt: skip
    beside.made(beside.record_companion(2, **form))
    beside.made(beside.amend_companion(2, amount=Decimal(987_654_321)))
    beside.made(prepare_cycle_sheet(beside.desk, beside.subject, beside.cycle, paper))


def test_without_a_companion_drug_there_is_no_such_table(ward):
    sheet, text = printed(ward)
    assert rows(sheet) == []
    assert "Companion drugs" not in text
