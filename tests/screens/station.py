"""What a station is: a screen in one state, and the keys that lead to it from the station before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

STATES = ("work", "empty", "loading", "error", "blocked", "stale", "draft", "question", "unusual")
"""What may be seen on a screen (design of the screens, 5.1); `unusual` is a state of the system."""


class Opened(Protocol):
    """The program with its window open."""

    clock: Any
    hands: Any
    home: Path

    def site_copy(self) -> Path:
        """Return a site's copy of a protocol."""


Act = Callable[[Opened], object]


def keys(typed: str) -> Act:
    """Press these keys."""
    return lambda program: program.hands.keys(typed)


def page(route: str, **args: object) -> Act:
    """Open a screen of all patients."""
    return lambda program: program.hands.office.open(route, **args)


def of_patient(route: str) -> Act:
    """Open a screen of the patient who is open."""

    def act(program: Opened) -> None:
        office = program.hands.office
        office.open(route, subject=office.patient_open)

    return act


def drawn(program: Opened) -> None:
    """Wait until the course is read and its picture drawn."""
    hands = program.hands
    hands.until(lambda: not hands.page.at_work, "the course")


def find(trial: str, then: str = "") -> Act:
    """Open a patient by the trial number; then press keys."""

    def act(program: Opened) -> None:
        program.hands.find(trial)
        window = program.hands.window
        program.hands.until(lambda: window.banner().facts().trial_number == trial, trial)
        program.hands.keys(then)

    return act


def both(*acts: Act) -> Act:
    """One act after another."""

    def act(program: Opened) -> None:
        for each in acts:
            each(program)

    return act


def nothing(program: Opened) -> None:
    """It is there already."""


@dataclass(frozen=True)
class Station:
    """One picture: its name, the screen as the design numbers it, its state, and how to come there.

    `route` names the page of window/routes.py that is shown, `help` the picture of the newcomer's
    walk, `early` that it is taken before the program has opened the journal.
    """

    name: str
    screen: str
    state: str
    act: Act = nothing
    route: str = ""
    help: str = ""
    early: bool = False
    paired: bool = True


@contextmanager
def as_it_is(program: Any, journal: Path | None) -> Iterator[None]:
    """Nothing is done to a journal before it is opened."""
    yield


@dataclass(frozen=True)
class Walk:
    """Stations one after another in one window, on a journal at one stage of the line of work.

    `stage` is empty for a first run and "practice" for the practice trial. `around` spoils what is
    to be spoilt before the window opens, and mends it afterwards.
    """

    name: str
    stage: str
    stations: tuple[Station, ...]
    around: Callable[[Any, Path | None], Any] = as_it_is
