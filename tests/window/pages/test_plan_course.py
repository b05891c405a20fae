"""Planning a next course: the time it waits is shown as it is typed, before anybody signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.desk import chart_of

NEXT_COURSE = """
[intervals.next-course]
label = "Next course"
leads_to = "next course"
counted_from = "discharge"
least_days = 49
source = "practice"

[facts.course]"""


@pytest.fixture
def site_copy_file(site_copy_file: Path) -> Path:
    """The site's copy with a next course that is counted from the day of leaving hospital."""
    text = site_copy_file.read_text(encoding="utf-8")
    assert "[facts.course]" in text
    site_copy_file.write_text(text.replace("[facts.course]", NEXT_COURSE), encoding="utf-8")
    return site_copy_file


def test_the_day_of_leaving_hospital_is_asked_for_and_gives_the_earliest_day(
    office, planned, typing, desk
) -> None:
    office.open("plan", subject=planned)
    page = office.page()
    typing("2{Enter}")
    assert "at least 7\u00a0weeks after the discharge, which has no date yet" in " ".join(
        page.times.sentences()
    )
    typing("1200{Enter}08-May-2026{Enter}{Ctrl+Enter}")
    assert office.window.panel() is None, "nobody signs before it is asked"
    assert "Enter the date of the discharge" in page.discharged.error_text()
    typing("21-Mar-2026{Enter}")
    assert "not before 09-May-2026" in " ".join(page.times.sentences())
    typing("{Ctrl+Enter}")
    assert office.window.panel() is None
    assert "not before 09-May-2026" in page.early.error_text()
    assert len(chart_of(desk, planned).cycles) == 1
    typing("ordered so{Ctrl+Enter}")
    review = office.window.panel().request().review
    assert any("Left hospital on" in line for line in review)
    typing("1111{Ctrl+Enter}")
    assert len(chart_of(desk, planned).cycles) == 2
