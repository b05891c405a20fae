"""T8: the screen locks in the middle of a form, another user unlocks, then the first returns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from il2desk.desk import SetClock

NAMES = ("LÖWENSTEIN", "Löwenstein", "NPC-014", "OKAFOR", "WEISS", "70,")


def test_a_draft_survives_another_user_and_belongs_to_its_writer(
    person: Any, clock: SetClock
) -> None:
    before = person.session.desk.journal.count()
    person.on_row("NPC-014")
    person.keys("{Enter}{Alt+1}w70,")
    clock.moment += timedelta(minutes=5)
    person.session._idle.look()  # which its timer does every few seconds
    person.until(person.window.is_locked, "the lock")
    locked = person.text()
    for name in NAMES:
        assert name not in locked, name
    other_user(person)
    assert person.page.title == "Today"
    to_the_same_form(person)
    assert person.step.entry().weight.typed() == ""  # it is not hers to sign
    person.keys("{Ctrl+L}")
    back(person)
    assert person.page.title.startswith("Dose 7 of 15")
    assert person.step.entry().weight.typed() == "70,"
    assert person.session.desk.person.name == "K. Brandt"
    assert person.session.desk.journal.count() == before


def other_user(person: Any) -> None:
    """F3 asks for another user; A. Ruiz comes in."""
    person.keys("{F3}")
    person.keys("A. Ruiz{Enter}2222{Enter}")
    person.until(lambda: not person.window.is_locked(), "the other user")


def to_the_same_form(person: Any) -> None:
    """She opens the same dose."""
    person.on_row("NPC-014")
    person.keys("{Enter}{Alt+1}w")


def back(person: Any) -> None:
    """The first user comes back."""
    person.until(person.window.is_locked, "the lock")
    person.keys("{F3}")
    person.keys("K. Brandt{Enter}1111{Enter}")
    person.until(lambda: not person.window.is_locked(), "coming back")


def test_lock_and_unlock_are_one_key_each(person: Any) -> None:
    with person.budget("B13 lock", 1):
        person.keys("{Ctrl+L}")
    person.until(person.window.is_locked, "the lock")
    with person.budget("B13 unlock", 1):
        person.apart("1111")
        person.keys("{Enter}")
    person.until(lambda: not person.window.is_locked(), "unlocking")
