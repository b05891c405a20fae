"""Companion drugs on the cycle sheet: each dose in a row of its own, gaps by name."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from il2desk.dosing import kept_together
from il2desk.sheets import CompanionRow, CycleFacts, SheetGap, compose_cycle_sheet, render

ROW = CompanionRow(
    drug="interferon alfa-2b",
    amount="3\u00a0million\u00a0international\u00a0units",
    volume="prepared 3\u00a0million\u00a0international\u00a0units in 0.3\u00a0mL of the vial",
    route="subcutaneous",
    when="on days 1 to 5, 8 to 12",
    change="1 million more than in month 1",
    source="Invented document, page 1",
)
OPEN = CompanionRow(
    "fluorouracil", "1,800\u00a0mg", SheetGap("Volume", "no product"), SheetGap("Route", "open"), "on day 29"
)  # fmt: skip


def words(facts: CycleFacts) -> str:
    return "\n".join(text.words for text in compose_cycle_sheet(facts).texts())


def test_a_row_says_amount_volume_days_and_the_step(full: CycleFacts) -> None:
    text = words(replace(full, companions=(ROW, OPEN)))
    assert "Companion drugs" in text
    for part in (ROW.drug, ROW.amount, ROW.volume, ROW.when, ROW.change, "1,800\u00a0mg"):
        assert kept_together(part) in text
    assert "GAP: Volume" in text
    assert "GAP: Route" in text
    assert "Invented document, page 1" in text


def test_a_sheet_without_companions_has_no_such_part(full: CycleFacts) -> None:
    assert "Companion drug" not in words(full)


def test_both_drugs_are_on_the_page(full: CycleFacts) -> None:
    pdf = render(compose_cycle_sheet(replace(full, companions=(ROW, OPEN))), "A4")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "interferon alfa-2b" in text
    assert "fluorouracil" in text


def test_a_dose_that_differs_by_day_stands_in_its_row(full: CycleFacts) -> None:
    row = replace(full.doses[0], planned_dose="9\u00a0million\u00a0international\u00a0units")
    text = words(replace(full, doses=(row, *full.doses[1:])))
    assert text.count("plan 9\u00a0million\u00a0international\u00a0units") == 1
