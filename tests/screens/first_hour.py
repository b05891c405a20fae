"""The newcomer's walk: from an empty machine to a practice cycle sheet; its pictures are in help."""

from __future__ import annotations

from station import Opened, Station, Walk, both, find, keys

DUE = "PRA-001"


def sign_in(program: Opened) -> None:
    """K. Brandt, who is a pharmacist in every journal of these pictures."""
    program.hands.sign_in()


def sign(program: Opened) -> None:
    """The PIN of whoever is signed in."""
    program.hands.sign()


def second(program: Opened) -> None:
    """Name and PIN of the second person."""
    program.hands.sign_second()


def read_blind(program: Opened) -> None:
    """Name and PIN, then the readings, of the second person."""
    program.hands.keys("A. Ruiz{Enter}2222{Tab}")
    program.hands.read_blind(DUE)


def check(program: Opened) -> None:
    """The required findings, all clearly normal."""
    program.hands.fill_check()


def release(program: Opened) -> None:
    """One vial and when it was reconstituted."""
    program.hands.fill_release()


def open_practice(program: Opened) -> None:
    """The button of the first page."""
    session = program.hands.session
    session.window.centralWidget().practice.emit()
    program.hands.until(lambda: session.desk is not None, "the practice trial")


def sheet(program: Opened) -> None:
    """The cycle sheet, drawn."""
    program.hands.keys("{F8}")
    program.hands.until(lambda: getattr(program.hands.page, "sheet", None) is not None, "the sheet")


FIRST_HOUR = Walk(
    "first-hour", "",
    (
        Station("s02-folder", "S2", "empty", help="walk-01-first-start"),
        Station("s01-practice", "S1", "work", open_practice, help="walk-02-sign-in"),
        Station("s03-today-practice", "S3", "work", sign_in, "today", help="walk-03-today"),
        Station("s06-weight", "S6.1", "work", both(find(DUE), keys("{Home}{Enter}{Alt+1}")), "dose",
                help="walk-04-weight"),
        Station("s06-premedication", "S6.2", "work", keys("{Alt+2}"), "dose",
                help="walk-05-premedication"),
        Station("s06-premedication-not-now", "S6.2", "question", keys("x"), "dose", paired=False),
        Station("s06-check", "S6.3", "empty", keys("1g{Ctrl+Enter}{Alt+3}"), "dose"),
        Station("s06-check-typed", "S6.3", "work", check, "dose", help="walk-06-check"),
        Station("s06-check-go", "S6.3", "work", keys("{Ctrl+Enter}"), "dose"),
        Station("s06-prepare", "S6.4", "empty", keys("{Alt+4}"), "dose"),
        Station("s06-prepare-filled", "S6.4", "work", release, "dose", help="walk-07-prepare"),
        Station("s06-prepare-sign", "S6.4", "work", keys("{Ctrl+Enter}"), "dose"),
        Station("s07-blind", "S7", "work", sign, "dose", help="walk-08-second-person"),
        Station("s06-released", "S6.4", "work", read_blind, "dose"),
        Station("s06-record", "S6.5", "empty", keys("{Alt+5}"), "dose"),
        Station("s06-record-given", "S6.5", "work", keys("gn{Tab}y"), "dose", help="walk-09-record"),
        Station("s06-record-review", "S6.5", "work", keys("{Ctrl+Enter}"), "dose",
                help="walk-10-review"),
        Station("s07-cosign", "S7", "work", sign, "today", help="walk-11-cosign"),
        Station("s05-board-given", "S5", "work", both(second, find(DUE)), "board",
                help="walk-12-board"),
        Station("s09-sheet", "S9", "work", sheet, "sheets", help="walk-13-sheet"),
        Station("s09-printed", "S9", "work", keys("{Ctrl+P}"), "sheets", help="walk-14-print"),
    ),
)  # fmt: skip
