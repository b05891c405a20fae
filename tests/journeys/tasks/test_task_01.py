"""T1: "Dose 7 of Daniel Okafor was started at 06:50 and given completely. Record it."

Here dose 7 of 15 was planned for 06:00 and is overdue, while dose 8 at 14:00 is due.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

GIVEN = "SELECT * FROM administrations WHERE trial_code = 'NPC-011' ORDER BY dose_number"


def test_dose_7_is_recorded_late_and_once(person: Any, rows: Callable[..., Any]) -> None:
    before = person.session.desk.journal.count()
    with person.budget("T1", 13):
        person.keys("{Enter}g0650{Tab}y")
        assert person.page.title.startswith("Dose 7 of 15")
        assert "OKAFOR, Daniel (Mr)" in person.text()
        assert person.step.entries.missing() == ("Reason",)  # it is recorded late: why
        person.keys("1{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    assert person.session.desk.journal.count() == before + 2
    found = rows(person, GIVEN)
    assert [row["dose_number"] for row in found] == [1, 2, 3, 4, 5, 6, 7]
    assert (found[-1]["outcome"], found[-1]["given_at"]) == ("given", "2026-03-12T05:50:00Z")
    assert (found[-1]["signed_by"], found[-1]["cosigned_by"]) == ("K. Brandt", "A. Ruiz")
    assert person.page.title == "Today"
    assert person.page._row(person.page._table.current_id()).subject.trial_code == "NPC-011"
    person.find("NPC-011")
    person.open_slot(7)
    assert "Given 06:50" in person.text()
    person.keys("{F7}")
    assert "ecorded late" in person.text()


def test_the_first_person_is_no_second_person(person: Any) -> None:
    person.keys("{Enter}g0650{Tab}y1{Ctrl+Enter}")
    person.sign_apart()
    stored = person.session.desk.journal.count()
    person.second_apart("K. Brandt", "1111")
    assert person.panel.refusal_text() == "The second person must be someone else."
    assert person.session.desk.journal.count() == stored


def test_dose_8_asks_for_dose_7_first(person: Any) -> None:
    """The trap: dose 8 is due too, and it says that dose 7 is open."""
    person.find("NPC-011")
    person.open_dose(8)
    person.keys("{Alt+5}gn{Tab}y")
    assert "Dose 7 has no outcome yet." in person.text()
