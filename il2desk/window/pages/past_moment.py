"""A moment that lies behind: the time, its day, and at a change of clocks which of two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from il2desk.dosing import Refusal, local_moment, write_clock, write_weekday
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalTimeEdit,
    Entry,
    Form,
    NumberedChoice,
)
from il2desk.window.pages.tick import tab_through
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_DAY = timedelta(days=1)


class MomentEntries(QObject):
    """The entries of one moment in a form. `changed` is emitted whenever its answer may differ.

    Without a typed date the time is of today, or of `usual_day` where one is given; a time later
    than now is asked about and never taken for yesterday by itself.
    """

    changed = Signal()

    def __init__(
        self,
        office: Office,
        form: Form,
        label: str,
        *,
        required: bool = True,
        usual_day: Callable[[], date | None] | None = None,
        day_label: str = "",
    ) -> None:
        super().__init__(form)
        self._office = office
        self._usual_day = usual_day
        self._stamp: tuple[str, datetime] | None = None
        self._busy = False
        self.time = ClinicalTimeEdit(label, office.now, required=required)
        self.yesterday = NumberedChoice(say("Which day"), _days(office.now()), columns=2)
        self.which = NumberedChoice(say("Which of the two"), _folds())
        day = day_label or say("Day, if another")
        self.date = ClinicalDateEdit(day, office.now, required=False)
        self._form = form
        self.yesterday.asks = self.which.asks = True
        form.add(self.time)
        form.add(self.yesterday)
        form.add(self.which)
        self.yesterday.hide()
        self.which.hide()
        self.time.stamped.connect(self._on_stamp)
        self.yesterday.chosen.connect(self._on_day)
        for entry in self.entries():
            entry.edited.connect(self._follow)

    def add_date(self) -> None:
        """Put the day, which is rarely needed, at the present end of the form."""
        self._form.add(self.date)

    def entries(self) -> tuple[Entry, ...]:
        """Return the entries in the order of the keyboard."""
        return (self.time, self.yesterday, self.which, self.date)

    def set_shown(self, *, shown: bool) -> None:
        """Show or hide the whole moment; what was typed stays."""
        self.time.setVisible(shown)
        self.date.setVisible(shown)
        if shown:
            self._follow()
        else:
            self.yesterday.hide()
            self.which.hide()

    def clear(self) -> None:
        """Empty all entries."""
        for entry in self.entries():
            entry.clear_entry()

    def answer(self) -> datetime | Refusal | None:
        """Return the moment in the site's zone; None while it is incomplete; a Refusal in a gap."""
        found = self._resolve()
        return None if isinstance(found, Refusal) and found.code == "fold" else found

    def value(self) -> datetime | None:
        """Return the moment, or None where there is none yet."""
        found = self.answer()
        return found if isinstance(found, datetime) else None

    def missing(self) -> bool:
        """Return whether something shown must still be typed, answered or typed again."""
        if self.time.isHidden() or (self.time.typed().strip() == "" and not self.time.is_missing()):
            return False
        return self.value() is None

    def judge(self) -> None:
        """Show beside the time why the moment cannot be taken."""
        self.time.judge()
        found = self.answer()
        if isinstance(found, Refusal):
            self.time.set_error(found.text)

    # Inside

    def _resolve(self) -> datetime | Refusal | None:
        clock, day = self.time.value(), self._day()
        if clock is None or day is None:
            return None
        answered = self.which.value()
        fold = None if answered is None else int(answered)
        stamp = self._stamp
        if stamp is not None and stamp[0] == self.time.typed() and stamp[1].date() == day:
            fold = stamp[1].fold
        return local_moment(datetime.combine(day, clock), self._office.desk.zone, fold)

    def _usual(self) -> date | None:
        return self._usual_day() if self._usual_day is not None else None

    def _dated(self) -> bool:
        return self.date.typed().strip() != ""

    def _day(self) -> date | None:
        """The day of the moment: typed, answered, usual, or today where the time is past."""
        if self._dated():
            return self.date.value()
        today = self._office.now().date()
        if self.yesterday.value() == "yesterday":
            return today - _DAY
        day = self._usual() or today
        return None if day == today and self._is_later() else day

    def _is_later(self) -> bool:
        """Whether the time lies in the future today."""
        clock, now = self.time.value(), self._office.now()
        if clock is None:
            return False
        found = local_moment(datetime.combine(now.date(), clock), self._office.desk.zone, 0)
        return isinstance(found, datetime) and found > now

    def _on_stamp(self, moment: datetime) -> None:
        self._stamp = (self.time.typed(), moment)
        self.date.clear_entry()
        self.yesterday.clear_entry()
        self._follow()

    def _on_day(self, answer: str) -> None:
        if answer == "edit":
            self.time.clear_entry()
            self.yesterday.clear_entry()
            self.time.focus_entry()

    def _follow(self) -> None:
        """Show the questions that the typed text raises, and how it is understood."""
        if self._busy or self.time.isHidden():
            return
        self._busy = True
        self._ask_day()
        self._ask_which()
        found = self.answer()
        if isinstance(found, Refusal):
            self.time.set_error(found.text)
        elif found is not None:
            self.time.set_error("")
        self.time.set_hint(_heard(found, self._office.now()))
        self._busy = False
        self.changed.emit()

    def _ask_day(self) -> None:
        """Ask whether a time later than now was yesterday."""
        now, clock = self._office.now(), self.time.value()
        usual = self._usual()
        asks = not self._dated() and usual in (None, now.date()) and self._is_later()
        if asks and self.yesterday.isHidden():
            self.yesterday.set_options(_days(now))
            tab_through(self.time, self.yesterday, self.which)
        elif not asks and self.yesterday.value() is not None:
            self.yesterday.clear_entry()
        self.yesterday.setVisible(asks)
        answered = self.yesterday.value() is not None
        if not asks or answered or clock is None:
            self.time.set_question("")
            return
        self.time.set_question(
            say(
                "You typed {time}; it is now {now}. Yesterday {day}?",
                time=write_clock(clock),
                now=write_clock(now),
                day=write_weekday(now.date() - _DAY),
            )
        )

    def _ask_which(self) -> None:
        """Ask for the first or the second of a time that happened twice."""
        clock, day = self.time.value(), self._day()
        found: datetime | Refusal | None = None
        if clock is not None and day is not None:
            found = local_moment(datetime.combine(day, clock), self._office.desk.zone)
        asked = found if isinstance(found, Refusal) and found.code == "fold" else None
        if asked is not None and self.which.value() is None:
            resolved = self._resolve()
            asked = None if isinstance(resolved, datetime) else asked  # N knew which
        if asked is None and self.which.value() is not None:
            self.which.clear_entry()
        self.which.set_hint("" if asked is None else asked.text)
        self.which.setVisible(asked is not None)


def _heard(found: datetime | Refusal | None, now: datetime) -> str:
    """The moment as the program understands it, with its day in words."""
    if not isinstance(found, datetime):
        return ""
    near = {now.date(): say("Today"), now.date() - _DAY: say("Yesterday")}
    word = near.get(found.date(), "")
    return f"{word} {write_weekday(found.date())} {write_clock(found)}".strip()


def _days(now: datetime) -> tuple[Choice, ...]:
    yesterday = say("Yesterday {day}", day=write_weekday(now.date() - _DAY))
    return (Choice("yesterday", yesterday, "Y"), Choice("edit", say("Edit the time"), "E"))


def _folds() -> tuple[Choice, ...]:
    return (
        Choice("0", say("First, before the clocks went back")),
        Choice("1", say("Second, after the clocks went back")),
    )
