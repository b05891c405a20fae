"""T6: "The start time of dose 5 should be 22:03, not 22:30."

Dose 5 is not the latest record (dose 6 is), so it is chosen on the board: two arrows come to the
budget of 12, which B4 counts for the latest record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader

ENTRIES = "SELECT sequence, kind, body FROM entry ORDER BY sequence"


def test_the_original_stays_and_the_correction_is_added(
    person: Any, rows: Callable[..., Any], tmp_path: Path
) -> None:
    before = rows(person, ENTRIES)
    person.on_row("NPC-014")
    with person.budget("T6", 14):
        person.keys("{F4}{Left}{Down}a")
        assert person.page.editing is not None
        person.keys("2203{Tab}5{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    after = rows(person, ENTRIES)
    assert after[: len(before)] == before  # nothing was updated
    assert [entry["kind"] for entry in after[len(before) :]] == ["administration-amended"]
    struck = [
        cell.text.replace("\u00a0", " ")
        for row in person.page.table.rows()
        for cell in row.cells
        if getattr(cell, "struck", False)
    ]
    assert struck == ["11-Mar-2026 22:30"]
    assert "11-Mar-2026 22:03" in person.text()
    sheet = tmp_path / "cycle.pdf"
    person.save_sheet(sheet)
    person.until(sheet.exists, "the saved sheet")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(sheet).pages).split())
    assert "was 11-Mar-2026 22:30, now 11-Mar-2026 22:03" in text
    assert hashlib.sha256(sheet.read_bytes()).hexdigest()


def test_the_latest_record_is_amended_in_twelve_keys(person: Any, rows: Callable[..., Any]) -> None:
    person.find("NPC-014")
    with person.budget("B4", 12):
        person.keys("{F7}a0601{Tab}1{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    found = rows(person, "SELECT * FROM amendments WHERE trial_code = 'NPC-014'")
    assert [(one["dose_number"], one["new"]) for one in found] == [(6, "2026-03-12T05:01:00Z")]
