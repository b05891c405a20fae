"""Five minutes by the wall clock: sleep counts, and a clock that was moved is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from il2desk.desk import SetClock
from il2desk.window.idle import IdleWatch
from il2desk.window.preferences import Preferences

START = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def said(qapp: QApplication, clock: SetClock) -> Iterator[list[str]]:
    """What the watch said, in order; the watch is `watch` of this list's owner."""
    watch = IdleWatch(qapp, clock.now)
    heard: list[str] = []
    watch.idle.connect(lambda: heard.append("idle"))
    watch.soon.connect(lambda: heard.append("soon"))
    qapp.setProperty("watch", watch)
    yield heard
    qapp.removeEventFilter(watch)
    watch.deleteLater()


def look(qapp: QApplication) -> None:
    qapp.property("watch").look()


def test_the_warning_comes_once_and_the_lock_at_five_minutes(qapp, clock, said) -> None:
    for seconds in (269, 270, 280, 299, 300):
        clock.moment = START + timedelta(seconds=seconds)
        look(qapp)
    assert said == ["soon", "idle"]


def test_a_machine_that_slept_is_locked_at_its_first_look(qapp, clock, said) -> None:
    clock.moment = START + timedelta(hours=9)
    look(qapp)
    assert said == ["idle"]


@pytest.mark.parametrize("by", [timedelta(seconds=-1), timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_was_moved_locks_at_once(qapp, clock, said, by) -> None:
    clock.moment = START + by
    look(qapp)
    assert said == ["idle"]
    clock.moment += timedelta(minutes=4)  # and counts from there, with no second lock
    look(qapp)
    assert said == ["idle"]


def test_a_key_keeps_it_awake(qapp, clock, said, shown) -> None:
    line = shown(QLineEdit())
    for minutes in (4, 8, 12):
        clock.moment = START + timedelta(minutes=minutes)
        QTest.keyClick(line, Qt.Key.Key_A)
        look(qapp)
    assert said == []
    assert line.text() == "aaa"


def test_a_clock_set_back_is_noticed_by_the_next_key(qapp, clock, said, shown) -> None:
    line = shown(QLineEdit())
    clock.moment = START - timedelta(hours=1)
    QTest.keyClick(line, Qt.Key.Key_A)
    assert said == ["idle"]


@pytest.mark.parametrize("minutes", [2, 15])
def test_the_chosen_minutes_hold_and_the_warning_stays_half_a_minute_before(
    qapp, clock, said, minutes
) -> None:
    qapp.property("watch").set_minutes(minutes)
    end = minutes * 60
    for seconds in (end - 31, end - 30, end - 1, end):
        clock.moment = START + timedelta(seconds=seconds)
        look(qapp)
        assert said == {end - 31: [], end: ["soon", "idle"]}.get(seconds, ["soon"])


@pytest.mark.parametrize("minutes", [0, 1, 16, -5])
def test_no_other_minutes_can_be_chosen(qapp, clock, said, minutes) -> None:
    with pytest.raises(ValueError, match=str(minutes)):
        qapp.property("watch").set_minutes(minutes)
    clock.moment = START + timedelta(minutes=5)
    look(qapp)
    assert said == ["idle"]


def test_another_choice_of_minutes_counts_at_once(qapp, clock, said) -> None:
    mine = Preferences()
    qapp.property("watch").follow(mine)
    mine.choose("lock_minutes", "2")
    clock.moment = START + timedelta(minutes=2)
    look(qapp)
    assert said == ["idle"]
