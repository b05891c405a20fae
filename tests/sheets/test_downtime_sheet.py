"""The blank downtime sheet: room for every fact, no number of its own, nobody's name."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pytest

from il2desk.sheets import DowntimeIssue, compose_downtime_sheet, page_count, render
from il2desk.sheets.geometry import PEN_ROW
from il2desk.sheets.model import Table

ISSUE = DowntimeIssue("9.9", "28-Nov-2026 01:02", "20261128000200")


def tables() -> list[Table]:
    model = compose_downtime_sheet(ISSUE)
    blocks = [block for section in model.sections for part in section.parts for block in part]
    return [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_is_one_sheet_of_two_sides(paper: str) -> None:
    assert page_count(render(compose_downtime_sheet(ISSUE), paper)) == 2


def test_every_row_is_empty_and_high_enough_for_a_pen() -> None:
    assert len(tables()) == 5
    for table in tables():
        assert table.least_row > PEN_ROW
        assert all(cell == () for row in table.rows for cell in row)


def test_it_gives_no_dose_no_limit_and_no_volume() -> None:
    texts = [text.words for text in compose_downtime_sheet(ISSUE).texts()]
    foot = texts.pop()
    assert not [words for words in texts if re.search(r"[0-9]", words.replace("24-hour", ""))]
    assert "28-Nov-2026 01:02" in foot


def test_there_is_room_for_what_the_record_asks() -> None:
    asked = "\n".join(column.title.words for table in tables() for column in table.columns)
    for word in (
        "Dosing weight", "in full, with its unit", "CANNOT ASSESS", "not known", "lot, expiry", "Reconstituted",
        "DRUG drawn from vial, mL", "Diluent; made up to TOTAL mL", "of mL TOTAL", "Use before", "Worked out by",
        "On their own, by", "Premedication", "GO, HOLD, STOP", "Decided by", "from, to", "mL given",
        "Route", "Reason", "Given by", "Second person", "wasted", "entered by", "Initials",
    ):  # fmt: skip
        assert word in asked.replace("\u00a0", " ")


def test_the_two_volumes_are_named_apart_and_the_rows_come_in_the_order_of_a_dose() -> None:
    model = compose_downtime_sheet(ISSUE)
    texts = [text.words.replace("\u00a0", " ") for text in model.texts()]
    assert any("mL given is always of the TOTAL" in one for one in texts)
    assert any("the program asks for mL of DRUG, not of the TOTAL" in one for one in texts)
    begins = ["Before the dose", "Worked out and prepared", "What happened"]
    assert sorted(begins, key=texts.index) == begins


def test_what_identifies_the_patient_stands_on_both_sides() -> None:
    reader = pypdf.PdfReader(BytesIO(render(compose_downtime_sheet(ISSUE), "A4")))
    for page in reader.pages:
        text = " ".join(page.extract_text().split())
        for word in ("Family name", "Born", "Trial No.", "Allergies", "BLANK FORM"):
            assert word in text
