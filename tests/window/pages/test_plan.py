"""Planning a cycle through the window: preview, clock changes, and every refusal."""

from __future__ import annotations

from il2desk.desk import chart_of, spoken
from il2desk.window.office import Office


def start(typing, time: str, date: str) -> None:
    typing(f"1{{Enter}}{time}{{Enter}}{date}{{Enter}}")


def times(office: Office) -> list[str]:
    return [spoken(row.cells[1]) for row in office.page().table.rows()]


def test_a_cycle_is_planned_after_all_times_were_shown(office, ordered, typing, desk) -> None:
    office.open("plan", subject=ordered)
    start(typing, "1400", "12-Mar-2026")
    shown = times(office)
    assert (len(shown), shown[0], shown[14]) == (
        15,
        "Thu 12-Mar-2026 14:00",
        "Tue 17-Mar-2026 06:00",
    )
    typing("{Ctrl+Enter}")
    assert office.window.panel().request().review[0] == "15 doses"
    typing("1111{Ctrl+Enter}")
    cycle = chart_of(desk, ordered).cycle
    assert (cycle.start_local, len(cycle.doses)) == ("2026-03-12T14:00", 15)
    (entry,) = desk.journal.entries(kind="cycle-planned")
    assert [one["name"] for one in entry.body["signatures"]] == ["K. Brandt"]


def test_a_clock_change_is_said_before_anything_is_stored(office, ordered, typing) -> None:
    office.open("plan", subject=ordered)
    start(typing, "2200", "28-Mar-2026")
    assert "Clocks go forward on 29-Mar-2026" in office.page().changed.sentences()[0]
    assert times(office)[1] == "Sun 29-Mar-2026 07:00"


def test_an_hour_that_did_not_exist_is_refused(office, ordered, typing, desk) -> None:
    before = desk.journal.count()
    office.open("plan", subject=ordered)
    start(typing, "0230", "29-Mar-2026")
    page = office.page()
    assert "did not exist" in page.start.time.error_text()
    assert (times(office), page.start.time.typed()) == ([], "0230")
    typing("{Ctrl+Enter}")
    assert office.window.panel() is None
    assert desk.journal.count() == before


def test_an_hour_that_came_twice_is_asked_about(office, ordered, typing, qtbot) -> None:
    office.open("plan", subject=ordered)
    start(typing, "0230", "25-Oct-2026")
    page = office.page()
    assert "happened twice" in page.start.time.error_text()
    assert times(office) == []
    page.start.fold.choose("1")
    assert page.table.rows()[0].cells[2] == "+01:00"
    page.start.fold.choose("0")
    assert page.table.rows()[0].cells[2] == "+02:00"


def test_the_old_times_go_while_a_new_start_is_typed(office, ordered, typing) -> None:
    office.open("plan", subject=ordered)
    start(typing, "1400", "12-Mar-2026")
    page = office.page()
    page.start.time.line.setText("99")
    assert times(office) == []
    assert page._schedule is None


def test_no_cycle_without_an_order(office, registered, typing, desk) -> None:
    before = desk.journal.count()
    office.open("plan", subject=registered)
    start(typing, "1400", "12-Mar-2026")
    assert "No order for this protocol version yet" in office.page().notice.sentences()[0]
    typing("{Ctrl+Enter}")
    assert office.window.panel() is None
    assert desk.journal.count() == before


def test_a_rest_that_is_not_over_asks_for_a_reason(office, planned, typing, desk) -> None:
    before = desk.journal.count()
    office.open("plan", subject=planned)
    start(typing, "1400", "20-Mar-2026")
    typing("{Ctrl+Enter}")
    page = office.page()
    assert office.window.panel() is None, "nobody signs for what is refused"
    assert "7 days between cycles" in page.early.error_text()
    assert desk.journal.count() == before
    typing("Ordered by the investigator{Ctrl+Enter}")
    assert any(
        "Ordered by the investigator" in line for line in office.window.panel().request().review
    )
    typing("1111{Ctrl+Enter}")
    assert len(chart_of(desk, planned).cycles) == 2


def test_the_last_planned_cycle_is_named_and_never_that_there_is_none(
    office, ordered, typing
) -> None:
    office.open("plan", subject=ordered)
    assert office.page().action().sentence == "No cycle is planned yet."
    start(typing, "1400", "12-Mar-2026")
    typing("{Ctrl+Enter}")
    typing("1111{Ctrl+Enter}")
    office.open("plan", subject=ordered)
    sentence = office.page().action().sentence
    assert sentence == "Last planned: course 1, cycle 1. This one is not recorded yet."
