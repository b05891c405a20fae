"""A protocol whose dose steps up every month, with a companion drug: orders, cycles, sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from il2desk.desk.papers import prepare_cycle_sheet
from il2desk.dosing import Dose

DOSE = 'dose = { value = "72000", unit = "international units per kg", source = "chi-2001" }\n'
# Invented for this test.
LEVELS = """level_by = "month"
"""
TABLES = """
[[regimen.levels]]
first = 1
last = 1
dose = { value = "50000", unit = "international units per kg", source = "practice" }

[[regimen.levels]]
first = 2
last = 2
dose = { value = "72000", unit = "international units per kg", source = "practice" }

[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }
level_by = "month"
days = { value = [1, 3, 5], source = "practice" }

[[regimen.companions.interferon-alfa-2b.levels]]
first = 1
last = 1
dose = { value = "3000000", unit = "international units", source = "practice" }

[[regimen.companions.interferon-alfa-2b.levels]]
first = 2
last = 2
dose = { value = "5000000", unit = "international units", source = "practice" }

[regimen.dilution]"""


@pytest.fixture
def ward(
    staffed: Any, site_file: Callable[..., Path], activate_file: Callable[[Any, Path], str]
) -> Any:
    """A patient of 70 kg on the escalating protocol, nothing ordered yet."""
    activate_file(staffed, site_file((DOSE, LEVELS), ("\n[regimen.dilution]", TABLES)))
    staffed.register()
    staffed.made(staffed.weight("70"))
    return staffed


def test_each_month_has_its_own_order_and_dose(ward: Any) -> None:
    ward.refused("order-differs", ward.order, "5040000")
    ward.made(ward.order("3500000"))
    ward.cycle = ward.made(ward.plan())
    first = ward.derived(1)
    assert (first.level, first.exact_dose_iu) == ("month 1", Decimal(3_500_000))
    later = datetime.fromisoformat("2026-03-20T12:00")
    ward.refused("order-differs", ward.plan, later)
    ward.made(ward.order("5040000"))
    ward.cycle = ward.made(ward.plan(later))
    second = ward.derived(1)
    assert (second.level, second.exact_dose_iu) == ("month 2", Decimal(5_040_000))
    step = next(found.text for found in second.findings if found.code == "level-change")
    assert "22,000" in step
    assert "more than in month 1" in step


def test_the_companion_is_dosed_on_its_days_by_the_month(ward: Any) -> None:
    ward.made(ward.order("3500000"))
    ward.cycle = ward.made(ward.plan())
    doses = ward.located().cycle.doses
    by_day: dict[int, Dose] = {one.day: ward.derived(number) for number, one in doses.items()}
    planned = {day: [one.exact_dose for one in dose.companions] for day, dose in by_day.items()}
    assert planned[1] == planned[3] == planned[5] == [Decimal(3_000_000)]
    assert planned[2] == planned[4] == []
    (companion,) = by_day[1].companions
    assert companion.volume is not None
    assert companion.volume.prepared_ml == Decimal("0.3")


def test_the_release_keeps_both_drugs(ward: Any) -> None:
    ward.made(ward.order("3500000"))
    ward.cycle = ward.made(ward.plan())
    ward.at(minutes=-30)
    ward.premedicate()
    ward.check()
    reading = ward.reading(volume_ml=Decimal("0.19"), total_volume_ml=Decimal(5))
    entry = ward.made(ward.release(reading=reading))
    (kept,) = entry.body["dose"]["companions"]
    assert kept["drug"] == "interferon alfa-2b"
    assert (kept["exact_dose"], kept["prepared_volume_ml"]) == ("3000000", "0.3")


def test_the_sheet_shows_both_drugs_and_the_step(ward: Any) -> None:
    ward.made(ward.order("3500000"))
    ward.made(ward.plan())
    ward.made(ward.order("5040000"))
    cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-20T12:00")))
    sheet = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, cycle, "A4"))
    pages = PdfReader(BytesIO(sheet.pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Companion drugs" in text
    assert "5 million international units" in text.replace("\u00a0", " ")
    assert "more than in month 1" in text


def test_another_weight_asks_for_another_order_on_every_day(
    staffed: Any, site_file: Callable[..., Path], activate_file: Callable[[Any, Path], str]
) -> None:
    """The order speaks of day 1; a weight that changes it holds up the days of other levels too."""
    levels = TABLES[: TABLES.index("[regimen.companions")] + "[regimen.dilution]"
    by_day = (DOSE, LEVELS.replace("month", "day"))
    activate_file(
        staffed,
        site_file(by_day, ("\n[regimen.dilution]", levels.replace("last = 2", "last = 9"))),
    )
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order("3500000"))
    staffed.cycle = staffed.made(staffed.plan())
    later = next(number for number, one in staffed.located().cycle.doses.items() if one.day == 2)
    assert "order-differs" not in {one.code for one in staffed.derived(later).findings}
    staffed.made(staffed.weight("76"))
    dose = staffed.derived(later)
    assert dose.exact_dose_iu == Decimal(5_472_000)
    assert "order-differs" in {one.code for one in dose.findings}
