"""Lists of 60 patients and 500 entries in the real window, against a bare table of as many rows.

    PYTHONPATH=. python tests/bench/ward_screens.py

Each line is the processor time of the window's thread: what a screen takes until it is whole, what its
longest turn takes (in which no key is answered), and the whole as so many times a `RecordTable` that
is filled and painted with as many rows of plain words. For information; no target is held here.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import trial
import ward
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from il2desk.window import theme
from il2desk.window.office import Office
from il2desk.window.shell import MainWindow
from il2desk.window.tables import Column, RecordTable, Row

PATIENTS, ENTRIES = 60, 500


class Turns:
    """Processor time of the thread, in all and of the longest turn of the event loop."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._turns: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._turn)
        self._timer.start(0)

    def _turn(self) -> None:
        now = time.thread_time()
        self._turns.append(now - self._last)
        self._last = now

    def taken(self, act: Callable[[], object], whole: Callable[[], bool]) -> tuple[float, float]:
        """Act, let the window work until it is whole and painted; seconds in all and at the longest."""
        self._app.processEvents()
        self._turns.clear()
        begin = self._last = time.thread_time()
        act()
        while not whole():
            self._app.processEvents()
        self._app.processEvents()
        self._turn()
        return time.thread_time() - begin, max(self._turns)

    def bare(self, rows: int, columns: int) -> float:
        """Seconds for a table of plain words."""
        table = RecordTable([Column(f"{at}") for at in range(columns)], name="bare")
        table.resize(1100, 500)
        table.show()
        cells = tuple("some words" for _ in range(columns))
        filled = [Row(f"{at}", cells) for at in range(rows)]
        took, _ = self.taken(partial(table.set_rows, filled), lambda: True)
        table.deleteLater()
        return took


class Screens:
    """One office on the ward; each list is opened, scrolled and read again."""

    def __init__(self, office: Office, turns: Turns) -> None:
        self._office, self._turns = office, turns

    def measure(
        self, route: str, table: Callable[[Any], RecordTable], rows: int, columns: int
    ) -> None:
        """Print the lines of one screen, whose list has so many rows and columns."""
        base = self._turns.bare(rows, columns)

        def shown() -> RecordTable:
            return table(self._office.page())

        def whole() -> bool:
            reading = getattr(self._office.page(), "_reading", None)
            return len(shown().rows()) == rows and (reading is None or not reading.is_running())

        def again() -> None:
            page: Any = self._office.page()
            page.read_anew() if hasattr(page, "read_anew") else page.refresh()

        acts: dict[str, Callable[[], object]] = {
            "opened": partial(self._office.open, route),
            "last row": lambda: shown().select(shown().rows()[-1].id),
            "first row": lambda: shown().select(shown().rows()[0].id),
            "read again": again,
        }
        for name, act in acts.items():
            took, longest = self._turns.taken(act, whole)
            print(
                f"{route + ': ' + name:20} {took * 1000:7.0f} ms   longest turn"
                f" {longest * 1000:5.0f} ms   {took / base:6.1f} times a bare table"
            )


def main() -> None:
    """Make the ward, open its screens, print what they take."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    theme.apply(app)
    turns = Turns(app)
    with tempfile.TemporaryDirectory() as folder:
        entries = ward.make(trial.make(Path(folder)), Path(folder) / "ward.sqlite", PATIENTS)
        desk = trial.opened(Path(folder) / "ward.sqlite")
        window = MainWindow()
        office = Office(desk, window)
        window.show()
        turns.bare(9, 9)  # what is loaded with the first table of all does not count
        print(f"{PATIENTS} patients, {entries} entries")
        screens = Screens(office, turns)
        screens.measure("today", lambda page: page.table(), PATIENTS, 9)
        screens.measure("trial", lambda page: page.tables["trial-doses"], PATIENTS, 18)
        screens.measure("audit", lambda page: page.table, ENTRIES, 7)
        office.clear()
        desk.close()


if __name__ == "__main__":
    main()
