"""Fields for a time of day and for a date; the clock is handed in, never looked up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from il2desk.dosing import (
    Refusal,
    parse_clock,
    parse_date,
    write_clock,
    write_date,
    write_weekday,
)
from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.entry import LineEntry
from il2desk.window.fields.line import Line
from il2desk.words import say

Clock = Callable[[], datetime]
_LATER = re.compile(r"\+([1-9][0-9]{0,2})", re.ASCII)
_EARLIER = re.compile(r"-([1-9][0-9]?)", re.ASCII)
_MONTH_BEGUN = re.compile(r"[0-9]{1,2}-[A-Za-z]{0,2}", re.ASCII)
_MINUTES_A_DAY = 24 * 60
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _KeyLine(Line):
    """A line in which a few letters are keys and are not typed."""

    letter = Signal(str)

    def __init__(self, letters: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the letter keys; all else edits."""
        pressed = event.text().upper()
        # "12-Oc" goes on with a letter of the month: May, July, August and October hold T or Y.
        in_month = _MONTH_BEGUN.fullmatch(self.text()[: self.cursorPosition()]) is not None
        command = event.modifiers() & _COMMANDS
        if pressed and pressed in self._letters and not command and not in_month:
            if not event.isAutoRepeat():
                self.letter.emit(pressed)
            return
        super().keyPressEvent(event)


class _ClockEntry(LineEntry):
    """What the two fields share: letter keys, and relative text fixed in the moment it is typed."""

    _LETTERS = ""

    def __init__(
        self, label: str, now: Clock, *, required: bool = True, parent: QWidget | None = None
    ) -> None:
        self._now = now
        self._fixed: tuple[str, object] | None = None
        super().__init__(label, required=required, parent=parent)

    def answer(self) -> object:
        """Return what stands in the field; relative text keeps the value it had when typed."""
        typed = self.typed()
        if self._fixed is None or self._fixed[0] != typed or isinstance(self._fixed[1], NoAnswer):
            self._fixed = (typed, self._read(typed))
        return self._fixed[1]

    def draft(self) -> str:
        """Return the value in full: "-1" and "+15" would be another moment when they come back."""
        answer = self.answer()
        return self.typed() if isinstance(answer, NoAnswer) else self._written(answer)

    def _written(self, value: object) -> str:
        raise NotImplementedError

    def _make_line(self) -> Line:
        line = _KeyLine(self._LETTERS, self)
        line.letter.connect(self._on_letter)
        return line

    def _read(self, typed: str) -> object:
        raise NotImplementedError

    def _on_letter(self, letter: str) -> None:
        raise NotImplementedError


class ClinicalTimeEdit(_ClockEntry):
    """A time of the 24-hour clock: four digits or H:MM, N for now, +15 after a base time.

    `stamped` is emitted with the moment taken by N. The date stands in a field of its own.
    """

    stamped = Signal(object)
    _LETTERS = "N"

    def __init__(
        self,
        label: str,
        now: Clock,
        *,
        base: Callable[[], time | None] | None = None,
        required: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._base = base
        super().__init__(label, now, required=required, parent=parent)

    def value(self) -> time | None:
        """Return the time that stands in the field, or None."""
        answer = self.answer()
        return answer if isinstance(answer, time) else None

    def _read(self, typed: str) -> time | NoAnswer:
        later = _LATER.fullmatch(typed)
        if later is None:
            if typed == "+":
                return NoAnswer("incomplete")
            read = parse_clock(typed)
            return NoAnswer(read.code, read.reasons) if isinstance(read, Refusal) else read
        base = self._base() if self._base is not None else None
        if base is None:
            return NoAnswer(
                "no-base",
                (say("There is no time to count from. Type four digits, for example 0830."),),
            )
        minutes = base.hour * 60 + base.minute + int(later[1])
        if minutes >= _MINUTES_A_DAY:
            return NoAnswer(
                "midnight",
                (say("{typed} passes midnight. Type the time, and check the date.", typed=typed),),
            )
        return time(minutes // 60, minutes % 60)

    def _written(self, value: object) -> str:
        return write_clock(value) if isinstance(value, time) else self.typed()

    def _echo_of(self, value: object) -> str:
        return say("= {time}", time=write_clock(value)) if isinstance(value, time) else ""

    def _on_letter(self, letter: str) -> None:  # noqa: ARG002 - the only letter is N
        moment = self._now()
        self.line.setText(write_clock(moment))
        self.stamped.emit(moment)


class ClinicalDateEdit(_ClockEntry):
    """A date as 12-Mar-2026: T for today, Y for yesterday, -1 for one day earlier.

    The echo names the weekday, and says Today or Yesterday.
    """

    _LETTERS = "TY"

    def value(self) -> date | None:
        """Return the date that stands in the field, or None."""
        answer = self.answer()
        return answer if isinstance(answer, date) else None

    def _read(self, typed: str) -> date | NoAnswer:
        earlier = _EARLIER.fullmatch(typed)
        if earlier is not None:
            return self._now().date() - timedelta(days=int(earlier[1]))
        if typed == "-":
            return NoAnswer("incomplete")
        read = parse_date(typed)
        return NoAnswer(read.code, read.reasons) if isinstance(read, Refusal) else read

    def _written(self, value: object) -> str:
        return write_date(value) if isinstance(value, date) else self.typed()

    def _echo_of(self, value: object) -> str:
        if not isinstance(value, date):
            return ""
        today = self._now().date()
        near = {today: say("Today"), today - timedelta(days=1): say("Yesterday")}
        return f"{near.get(value, '')} {write_weekday(value)}".strip()

    def _on_letter(self, letter: str) -> None:
        day = self._now().date() - timedelta(days=1 if letter == "Y" else 0)
        self.line.setText(write_date(day))
