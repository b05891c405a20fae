"""T9: 02:30 on 29-Mar-2026, 02:30 on 25-Oct-2026, at 00:10 record 23:55, at 14:02 record 14:30."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from arranging import place_of
from ward_of_tasks import Building
from ward_of_tasks import person as registered

from il2desk.desk import DosePlace, SetClock, locate, staff
from il2desk.desk.practice_dose import Team, settled

GIVEN = "SELECT * FROM administrations WHERE trial_code = '{trial}' AND outcome = 'given'"


@pytest.fixture
def person(begin: Callable[..., Any]) -> Any:
    """Hands in the ward of the morning: no stock is kept there yet, so no lot has expired."""
    return begin("morning")


@pytest.fixture
def at_moment(person: Any, clock: SetClock) -> Callable[..., None]:
    """Put the clock somewhere and come back in; a patient is planned before it where one is named."""

    def go(moment: datetime, start: datetime | None = None) -> None:
        desk = person.session.desk
        people = {one.role: one for one in staff(desk)}
        if start is not None:
            team = Team(people["pharmacist"], people["nurse"], people["prescriber"])
            ward = Building(desk, clock, team)
            form = registered("NPC-020", "Bauer", "Eva", "05-May-1950", "female", "5B-6")
            place = ward.patient(form, "70", start)
            ward.prepare(DosePlace(place.subject, place.cycle, 1))
        clock.moment = moment
        person.session._idle.look()
        person.work()
        if person.window.is_locked():
            person.keys("1111{Enter}")
            person.until(lambda: not person.window.is_locked(), "unlocking")
        if start is not None:
            person.find("NPC-020")
            person.open_dose(1)
            person.keys("{Alt+5}g")

    return go


def start_of(person: Any) -> Any:
    """The entries of the start time."""
    return person.step.entries.start


def test_a_time_that_never_was_is_refused_with_two_choices(
    person: Any, at_moment: Callable[..., None], rows: Callable[..., Any]
) -> None:
    zone = person.session.desk.zone
    at_moment(datetime(2026, 3, 29, 1, 20, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=zone))
    person.keys("0230{Tab}y{Ctrl+Enter}")
    error = start_of(person).time.error_text()
    assert "02:30 on 29-Mar-2026 did not exist (clocks went forward)" in error
    assert "Choose 01:30 or 03:30." in error
    assert person.panel is None
    assert rows(person, GIVEN.format(trial="NPC-020")) == []


@pytest.mark.parametrize(
    ("key", "stored"), [("1", "2026-10-25T00:30:00Z"), ("2", "2026-10-25T01:30:00Z")]
)
def test_a_time_that_came_twice_is_asked_about(
    person: Any, at_moment: Callable[..., None], rows: Callable[..., Any], key: str, stored: str
) -> None:
    zone = person.session.desk.zone
    at_moment(datetime(2026, 10, 25, 1, 45, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=zone))
    person.keys("0230{Tab}")
    assert not start_of(person).which.isHidden()
    assert start_of(person).value() is None
    person.tab_into(start_of(person).which)
    person.keys(f"{key}{{Tab}}y")
    person.tab_into(person.step.entries.reason)
    person.keys("4{Ctrl+Enter}")
    print(person.text())
    person.sign()
    person.sign_second()
    assert [row["given_at"] for row in rows(person, GIVEN.format(trial="NPC-020"))] == [stored]


def test_doses_stay_eight_hours_apart_over_the_clock_change(
    person: Any, at_moment: Callable[..., None]
) -> None:
    zone = person.session.desk.zone
    at_moment(datetime(2026, 10, 24, 19, 30, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=zone))
    desk = person.session.desk
    place = place_of(person, "NPC-020", 2)
    planned = [
        settled(locate(desk, DosePlace(place.subject, place.cycle, n))).dose.planned for n in (1, 2)
    ]
    assert (planned[1] - planned[0]).total_seconds() == 8 * 3600
    assert f"{desk.local(planned[1]):%H:%M %Z}" == "05:00 CET"
    person.find("NPC-020")
    person.open_slot(2)
    shown = person.text().replace("\n", " ")
    assert "05:00" in shown
    assert "Clocks go back" in shown or "clock" in shown.casefold()


def test_shortly_before_midnight_is_asked_about(
    person: Any, at_moment: Callable[..., None], rows: Callable[..., Any]
) -> None:
    zone = person.session.desk.zone
    at_moment(datetime(2026, 3, 12, 23, 10, tzinfo=UTC), datetime(2026, 3, 12, 23, 50, tzinfo=zone))
    person.keys("2355{Tab}")
    asked = start_of(person).time.question_text().replace("\u00a0", " ")
    assert asked == "You typed 23:55; it is now 00:10. Yesterday Thu 12-Mar-2026?"
    person.keys("y{Tab}y{Ctrl+Enter}")
    person.sign()
    person.sign_second()
    found = rows(person, GIVEN.format(trial="NPC-020"))
    assert [row["given_at"] for row in found] == ["2026-03-12T22:55:00Z"]


def test_a_time_to_come_is_refused(begin: Callable[..., Any]) -> None:
    person = begin("day")
    before = person.session.desk.journal.count()
    person.on_row("NPC-015")
    person.keys("{Enter}g1430{Tab}")
    asked = start_of(person).time.question_text()
    assert "You typed 14:30; it is now 14:02." in asked
    person.keys("{Ctrl+Enter}")
    assert person.panel is None
    assert start_of(person).value() is None
    assert person.session.desk.journal.count() == before
