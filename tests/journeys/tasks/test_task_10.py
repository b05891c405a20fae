"""T10: a storm of stray input on every screen. Nothing changes by it and nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import storm
from arranging import place_of
from PySide6.QtWidgets import QAbstractButton, QScrollArea
from shiboken6 import isValid

from il2desk.window.buttons import Button
from il2desk.window.routes import OF_A_PATIENT, ROUTES

# The first run and the looks after a restore belong to a journal of another kind.
# No patient of this ward has a companion drug; the dose is opened step by step.
ELSEWHERE = ("first-run", "restored", "companion", "dose")
SCREENS = tuple(route for route in ROUTES if route not in ELSEWHERE)
EVERY = (*SCREENS, *(f"dose-{number}" for number in (1, 2, 3, 4, 5)))


@pytest.fixture(autouse=True)
def dismissed() -> Iterator[None]:
    """A file dialog that a stray click opened is closed."""
    timer = storm.Dismisser()
    yield
    timer.stop()


def go(person: Any, screen: str) -> None:
    """Open a screen, or a step of Maria's due dose."""
    if person.panel is not None:
        person.window.close_panel()
    place = place_of(person, "NPC-014", 7)
    args: dict[str, Any] = {}
    if screen.startswith("dose"):
        args = {"place": place, "step": int(screen[-1]) if screen[-1].isdigit() else 1}
        screen = "dose"
    elif screen == "second":
        args = {"place": place_of(person, "NPC-014", 6)}
    elif screen in OF_A_PATIENT:
        args = {"subject": place.subject}
    elif screen == "site-copy":
        args = {"origin": "npc-bolus"}
    person.office.open(screen, **args)
    drawing = getattr(person.page, "drawing", None)  # a sheet is there, with its path, when drawn
    person.until(lambda: drawing is None or not drawing.at_work, "the sheet")
    person.work()
    assert person.page is not None


@pytest.mark.timeout(900)
@pytest.mark.parametrize("fields", [5, pytest.param(500, marks=pytest.mark.prove)])
def test_nothing_stray_records_or_changes_anything(person: Any, fields: int) -> None:
    """The wheel, letters on tables, a scanner with Enter, and a held chord, on every screen.

    Every field of every screen is scanned into by `prove`, the first ones by every run.
    """
    before = person.session.desk.journal.count()
    for screen in EVERY:
        go(person, screen)
        values = storm.values(person)
        storm.wheel_everywhere(person)
        assert storm.values(person) == values, screen
        storm.letters_on_tables(person)
        go(person, screen)
        storm.scan_everywhere(person, fields)
        assert person.session.desk.journal.count() == before, screen
        go(person, screen)
        assert storm.hold_commit(person, times=4) <= 1, screen
        # The chord alone may store what needs no PIN (a step's draft, a saved sheet), and once only.
        after = person.session.desk.journal.count()
        assert after - before <= 1, screen
        before = after


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "screen",
    ["today", *(pytest.param(screen, marks=pytest.mark.prove) for screen in EVERY[1:])],
)
def test_a_double_click_on_any_button_records_nothing(person: Any, screen: str) -> None:
    before = person.session.desk.journal.count()
    for at in range(len(own_buttons(person, screen))):
        buttons = own_buttons(person, screen)
        if at < len(buttons):
            storm.double_click(buttons[at])
            person.work()
            assert person.session.desk.journal.count() == before
            assert len(storm.panels(person)) <= 1


def own_buttons(person: Any, screen: str) -> list[QAbstractButton]:
    """The buttons of the page, which is opened anew where the last click left it."""
    if person.window.is_locked():
        person.keys("1111{Enter}")
        person.until(lambda: not person.window.is_locked(), "unlocking")
    go(person, screen)
    return [
        one
        for one in person.page.findChildren(Button)
        if isValid(one) and one.isVisible() and one.isEnabled()
    ]


def test_a_held_chord_opens_one_review_and_signs_once(person: Any) -> None:
    desk = person.session.desk
    person.on_row("NPC-015")
    person.keys("{Enter}g1401{Tab}y")
    before = desk.journal.count()
    assert storm.hold_commit(person) == 1
    assert desk.journal.count() == before
    person.keys("1111")
    assert storm.hold_commit(person) == 1
    assert desk.journal.count() == before + 1
    person.keys("A. Ruiz{Tab}2222")
    storm.hold_commit(person)
    assert desk.journal.count() == before + 2


def test_the_wheel_scrolls_the_page_and_nothing_else(person: Any) -> None:
    go(person, "dose-3")
    area = person.step.findChild(QScrollArea)
    values = storm.values(person)
    at = area.verticalScrollBar().value()
    storm.wheel_everywhere(person)
    assert storm.values(person) == values
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().value() >= at
