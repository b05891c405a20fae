"""Two hands on the keyboard of the real window: every step of the line of work, key by key.

No test is in here. The fixtures beside it, the killed process and the screenshots use it alike, so
it knows neither pytest nor the desk's acts: it presses keys and looks at what the window shows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NAMED = {
    "Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up, "Down": Qt.Key.Key_Down, "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right, "Space": Qt.Key.Key_Space, "Home": Qt.Key.Key_Home,
    "End": Qt.Key.Key_End, "Delete": Qt.Key.Key_Delete,
}  # fmt: skip
HELD = {"Ctrl": "ControlModifier", "Alt": "AltModifier", "Shift": "ShiftModifier"}
FIRST, SECOND, PRESCRIBER = ("K. Brandt", "1111"), ("A. Ruiz", "2222"), ("M. Sato", "3333")
LOT, EXPIRY = "AB1234C7", "30-Jun-2026"
# The keys for each required row of the check, by its code: clearly normal findings, all invented.
NORMAL = {
    "heart_rate": "88", "rhythm": "1", "ecg_ischaemia": "n", "oxygen_l_min": "0", "neuro": "n",
    "creatinine": "1.1", "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "1", "infection": "1", "skin": "1",
}  # fmt: skip


@dataclass
class Hands:
    """A person at the window; `session` is the program's own. Waits are at most 20 s."""

    session: Any

    @property
    def window(self) -> Any:
        """The main window."""
        return self.session.window

    @property
    def office(self) -> Any:
        """The controller of the open journal."""
        return self.session.office

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.office.page()

    @property
    def step(self) -> Any:
        """The open step of a dose."""
        return self.page.step()

    @property
    def panel(self) -> Any:
        """The panel beside the page, or None."""
        return self.window.panel()

    # Keys

    def keys(self, text: str) -> None:
        """Type text; "{Enter}", "{Ctrl+Enter}" and so on are keys."""
        for part in re.findall(r"\{[^}]+\}|[^{]+", text):
            if part.startswith("{"):
                self._press(part[1:-1])
            else:
                for letter in part:
                    self._type(letter)
            QTest.qWait(1)

    def _type(self, letter: str) -> None:
        """One key at whatever has the keyboard now; letters on no plain key come composed."""
        if letter.isascii():
            QTest.keyClick(self._target(), letter)
            return
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QCoreApplication.sendEvent(self._target(), event)

    def _press(self, name: str) -> None:
        *held, last = name.split("+")
        modifier = Qt.KeyboardModifier.NoModifier
        for key in held:
            modifier |= getattr(Qt.KeyboardModifier, HELD[key])
        key = NAMED.get(last)
        QTest.keyClick(
            self._target(), getattr(Qt.Key, f"Key_{last}") if key is None else key, modifier
        )

    def _target(self) -> QWidget:
        found = QApplication.focusWidget() or QApplication.activeWindow()
        if found is None:
            message = "nothing has the keyboard"
            raise AssertionError(message)
        return found

    def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + 20
        while not condition():
            if time.monotonic() > end:
                message = f"waited in vain: {what or condition}"
                raise AssertionError(message)
            QTest.qWait(5)

    def tab_to(self, there: Callable[[QWidget], bool], what: str = "") -> None:
        """Press Tab until the keyboard is where `there` says."""
        for _ in range(300):
            focus = QApplication.focusWidget()
            if focus is not None and there(focus):
                return
            self.keys("{Tab}")
        message = f"Tab never comes to {what}"
        raise AssertionError(message)

    def tab_into(self, part: QWidget) -> None:
        """Press Tab until the keyboard is in this part of the window."""
        self.tab_to(lambda focus: focus is part or part.isAncestorOf(focus), repr(part))

    def tab_to_words(self, words: str) -> None:
        """Press Tab until the keyboard is on something whose name begins so."""
        self.tab_to(lambda focus: focus.accessibleName().startswith(words), words)

    # Coming in

    def opened(self) -> None:
        """Wait until the journal is open or the sign-in page says why not."""

        def settled() -> bool:
            page = self.session.sign_in_page()
            return page is None or self.session.desk is not None or bool(page.fault_sentences())

        self.until(settled, "the journal")
        self.until(self._in_window, "the keyboard")

    def _in_window(self) -> bool:
        focus, shown = QApplication.focusWidget(), self.window.centralWidget()
        return focus is not None and shown.isAncestorOf(focus)

    def sign_in(self, name: str = FIRST[0], pin: str = FIRST[1]) -> None:
        """Type name and PIN."""
        self.until(lambda: self.session.sign_in_page() is not None, "the sign-in page")
        page = self.session.sign_in_page()
        self.until(lambda: QApplication.focusWidget() is page.user.line, "the name field")
        self.keys(f"{name}{{Enter}}{pin}{{Enter}}")
        self.until(lambda: not self.window.is_locked(), "signing in")

    def unlock(self, pin: str = FIRST[1]) -> None:
        """Time has passed: the locked screen asks the PIN, and the page is as it was left."""
        self.session._idle.look()  # which its timer does every few seconds
        self.until(self.window.is_locked, "the lock")
        page = self.session.sign_in_page()
        self.until(lambda: QApplication.focusWidget() is page.pin.line, "the PIN")
        self.keys(f"{pin}{{Enter}}")
        self.until(lambda: not self.window.is_locked(), "unlocking")

    def set_up(self, folder: Path) -> None:
        """The first run: the folder, the site, two people, and on to signing in."""
        self.keys(f"2{folder}{{Enter}}1{{Ctrl+Enter}}")
        self.until(lambda: self.session.desk is not None, "the new journal")
        self.keys("Ward pharmacy, City Hospital{Enter}Europe/Berlin{Enter}1{Ctrl+Enter}")
        self._add_person(*FIRST, role="1")
        self._add_person(*SECOND, role="3")
        self.keys("{Ctrl+Enter}")

    def _add_person(self, name: str, pin: str, *, role: str) -> None:
        self.keys(f"{name}{{Enter}}{role}{{Enter}}{pin}{{Enter}}{pin}{{Ctrl+Enter}}")

    def add_prescriber(self) -> None:
        """A third person, under People, signed for by whoever is signed in."""
        self.go("People")
        self._add_person(*PRESCRIBER, role="4")
        self.keys(f"{FIRST[1]}{{Ctrl+Enter}}")

    def go(self, screen: str) -> None:
        """Choose a screen in the rail at the left."""
        self.tab_to_words(screen)
        self.keys("{Space}")
        self.until(lambda: self.page is not None and self.page.title == screen, screen)

    def activate(self, file: Path) -> None:
        """Bring a site's copy in and have two people activate it, under Protocols."""
        self.go("Protocols")
        self.tab_into(self.page.path)
        self.keys(f"{file}{{Ctrl+Enter}}")
        self.keys("{Ctrl+Enter}")  # submits the draft for review
        self.keys("{Ctrl+Enter}")
        self.sign_both()

    def sign(self, pin: str = FIRST[1]) -> None:
        """The signed-in person's PIN."""
        self.keys(f"{pin}{{Ctrl+Enter}}")

    def sign_second(self, name: str = SECOND[0], pin: str = SECOND[1]) -> None:
        """Name and PIN of the second person."""
        self.keys(f"{name}{{Enter}}{pin}{{Ctrl+Enter}}")

    def sign_both(self) -> None:
        """Both signatures, one after the other."""
        self.sign()
        self.sign_second()

    # Patient, order, cycle

    def register(self, trial: str = "NPC-001", family: str = "Löwenstein") -> None:
        """A new patient of 172 cm without allergies on the one active protocol."""
        self.keys("{F3}{Ctrl+Enter}")
        self.keys(f"{trial}{{Enter}}{family}{{Enter}}Maria{{Enter}}Ms{{Enter}}ML{{Enter}}")
        self.keys(
            f"04-Mar-1961{{Enter}}1{{Enter}}402 118 {trial[-3:]}{{Enter}}4 West{{Enter}}7{{Enter}}"
        )
        self.keys("2{Enter}172{Enter}1{Ctrl+Enter}")
        self.sign()

    def order(self, dose: str = "5040000") -> None:
        """The prescriber's order, written now."""
        self.keys(
            f"M. Sato{{Enter}}n{{Enter}}{{Enter}}{dose}{{Enter}}M. Sato{{Enter}}M. Sato{{Ctrl+Enter}}"
        )
        self.sign()

    def plan(self, at: str = "1500") -> None:
        """Course 1, the first dose today."""
        self.keys(f"1{{Enter}}{at}{{Enter}}t{{Ctrl+Enter}}")
        self.sign()

    # A dose

    def open_dose(self, number: int = 1) -> None:
        """From the board to the dose, at its first open step."""
        self.open_slot(number)
        self.keys("{Enter}")
        self.until(lambda: self.page.title.startswith(f"Dose {number} of"), f"dose {number}")

    def open_slot(self, number: int) -> None:
        """Choose a dose on the board."""
        self.keys("{F4}{Home}")
        grid = self.page._grid
        there = next(at for at, slot in grid._slots.items() if slot.facts.number == number)
        for _ in range(40):
            if grid._at == there:
                return
            (row, column), before = grid._at, grid._at
            if column != there[1]:
                self.keys("{Right}" if column < there[1] else "{Left}")
            if grid._at == before:
                self.keys("{Down}" if row < there[0] else "{Up}")
        message = f"the arrows never come to dose {number}"
        raise AssertionError(message)

    def weigh(self, weight: str = "70") -> None:
        """A dosing weight in kg, measured now on the bed scale."""
        self.keys("{Alt+1}")
        if self.step.entry().isHidden():
            self.keys("w")
        self.keys(f"{weight}{{Enter}}n{{Enter}}{{Enter}}2{{Enter}}1{{Ctrl+Enter}}")

    def premedicate(self, outcomes: str = "gg") -> None:
        """One outcome for each item of the checklist, by its letter."""
        self.keys(f"{{Alt+2}}{outcomes}{{Ctrl+Enter}}")

    def fill_check(self, **changed: str) -> None:
        """The required values, measured now; `changed` replaces keys by code, "" leaves a row blank."""
        self.keys("{Alt+3}n{Enter}{Enter}")
        for row in self.step._rows:
            keys = {**NORMAL, **changed}.get(row.facts.code.code, "")
            if not keys:
                continue
            self.tab_into(row.value_entry)
            self.keys(keys)
            if row.unit is not None:
                self.keys("{Enter}1")  # the unit comes after the value
        self.keys("{Tab}")

    def check(self, **changed: str) -> None:
        """Record the check before the dose."""
        self.fill_check(**changed)
        self.keys("{Ctrl+Enter}")

    def fill_release(self, expiry: str = EXPIRY) -> None:
        """Step 4: one vial and when it was reconstituted."""
        self.keys(f"{{Alt+4}}{LOT}{{Enter}}{expiry}{{Enter}}1{{Enter}}{{Tab}}n{{Enter}}")

    def read_blind(self, trial: str = "NPC-001", volume: str = "0.28", total: str = "10") -> None:
        """The second person's reading, behind name and PIN."""
        self.keys(f"70{{Enter}}{volume}{{Enter}}{LOT[-4:]}{{Enter}}{trial}{{Enter}}")
        panel = self.panel
        names = [option.choice.words for option in panel.diluent._options]
        self.keys(f"{names.index('glucose 5 %') + 1}{{Enter}}{total}{{Ctrl+Enter}}")

    def release(self, trial: str = "NPC-001") -> None:
        """Prepare and release, both people, the second one blind."""
        self.fill_release()
        self.keys("{Ctrl+Enter}")
        self.sign()
        self.keys(f"{SECOND[0]}{{Enter}}{SECOND[1]}{{Tab}}")
        self.read_blind(trial)

    def record_given(self, at: str = "n") -> None:
        """Step 5: the whole amount was given; ends with the second person's panel open."""
        self.keys(f"{{Alt+5}}g{at}{{Tab}}y{{Ctrl+Enter}}")
        self.sign()

    def record_against(self, lot: str = LOT, expiry: str = EXPIRY) -> None:
        """Step 5 for a dose that was given though nothing was released: everything is asked."""
        self.keys("{Alt+5}gn")
        entries = self.step.entries
        self.tab_into(entries.volume)
        self.keys("0.28")
        self.tab_into(entries.lots.rows()[0])
        self.keys(f"{lot}{{Enter}}{expiry}{{Enter}}1")
        self.tab_into(entries.reason)
        self.keys("4")
        if not entries.decided_by.isHidden():
            self.tab_into(entries.decided_by)
            self.keys(PRESCRIBER[0])
        self.keys("{Ctrl+Enter}")
        self.sign()
        self.sign_second()

    # Records and paper

    def find(self, text: str) -> None:
        """Open the one patient that the text finds."""
        self.keys(f"{{F3}}{text}{{Enter}}")
        self.until(lambda: self.page.subject is not None, text)

    def amend_time(self, time_given: str) -> None:
        """Correct the time given of the newest record, both people."""
        self.keys("{F7}")
        self.until(lambda: self.page.title == "Records", "the records")
        self.keys(f"{{Home}}a{time_given}")
        self.tab_into(self.page.editing.reason)
        self.keys("1{Ctrl+Enter}")
        self.sign_both()

    def save_sheet(self, file: Path) -> None:
        """Save the cycle sheet as a file that is not there yet."""
        self.keys("{F8}")
        self.until(lambda: self.page.title == "Sheets", "the sheets")
        self.until(lambda: self.page.sheet is not None, "the sheet drawn")
        self.tab_into(self.page.side.path)
        self.keys(f"{file}")
        self.tab_into(self.page.side.save_button)
        self.keys("{Space}")
