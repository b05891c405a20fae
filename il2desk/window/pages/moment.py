"""A date and a time that make one moment; clock changes are asked about, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from il2desk.dosing import Refusal, local_moment, write_date, write_moment
from il2desk.window.fields import Choice, ClinicalDateEdit, ClinicalTimeEdit, Form, NumberedChoice
from il2desk.window.fields.entry import Entry
from il2desk.words import say

Now = Callable[[], datetime]
_SIDE_LABEL = 120
E = TypeVar("E", bound=Entry)


class MomentRow(QWidget):
    """Entries side by side; `changed` is emitted whenever one was edited or settled."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.entries: list[Entry] = []

    def add(self, entry: E) -> E:
        """Put an entry at the right end and return it."""
        self._row.addWidget(entry, 1)
        entry.set_label_width(_SIDE_LABEL)
        self.entries.append(entry)
        entry.edited.connect(self.changed)
        entry.settled.connect(self._settled)
        return entry

    def minimumSizeHint(self) -> QSize:
        """Return room for the widest entry: in less than all of them need, they stand one under another."""
        least = [one.minimumSizeHint().width() for one in self.entries if not one.isHidden()]
        return QSize(max(least, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the entries side by side, or one under another."""
        super().resizeEvent(event)
        shown = [one.minimumSizeHint().width() for one in self.entries if not one.isHidden()]
        needed = sum(shown) + self._row.spacing() * (len(shown) - 1)
        directions = QBoxLayout.Direction
        narrow = event.size().width() < needed
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _settled(self, value: object) -> None:  # noqa: ARG002 - the signal's signature
        self.changed.emit()


class MomentFields:
    """Two fields at the end of a form: time, then date. N stamps both where no date is typed.

    `past_only` refuses a moment that lies in the future; the sentence stands under the time.
    """

    def __init__(
        self,
        form: Form | MomentRow,
        now: Now,
        zone: tzinfo,
        *,
        names: tuple[str, str],
        past_only: bool = True,
        required: bool = True,
    ) -> None:
        self._now, self._zone, self._past_only = now, zone, past_only
        self.time = form.add(ClinicalTimeEdit(names[1], now, required=required))
        self.date = form.add(ClinicalDateEdit(names[0], now, required=required))
        self.fold = form.add(
            NumberedChoice(
                say("That hour came twice"),
                (Choice("0", say("the first")), Choice("1", say("the second"))),
                columns=2,
            )
        )
        self.fold.asks = True
        self.fold.hide()
        self.time.line.setPlaceholderText(
            say("type 0830, or N now") if past_only else say("type 0830")
        )
        self.date.line.setPlaceholderText(
            say("T today, Y yesterday") if past_only else say("T, or 13-Mar-2026")
        )
        for field in (self.time, self.date):
            field.line.setFixedWidth(178)
            field.line.show_whole_prompt()
        self.time.stamped.connect(self._stamped)
        for field in (self.date, self.time):
            field.settled.connect(self._settled)
            field.edited.connect(self._edited)
        self.fold.chosen.connect(self._settled)

    def moment(self) -> datetime | Refusal | None:
        """The moment (aware), None while something is missing, or why it is refused."""
        day, clock = self.date.value(), self.time.value()
        if day is None or clock is None:
            return None
        return moment_from(
            day, clock, self._zone, self._now() if self._past_only else None, self._fold()
        )

    def wrong(self) -> str | None:
        """Why the moment cannot be used, or None; empty fields are not wrong."""
        found = self.moment()
        return found.text if isinstance(found, Refusal) else None

    def clear(self) -> None:
        """Empty all."""
        for entry in (self.date, self.time, self.fold):
            entry.clear_entry()
        self.fold.hide()

    def _fold(self) -> int | None:
        chosen = self.fold.value()
        return None if chosen is None or self.fold.isHidden() else int(chosen)

    def _stamped(self, moment: object) -> None:
        if isinstance(moment, datetime) and not self.date.typed():
            self.date.line.setText(write_date(moment.date()))

    def _edited(self) -> None:
        self.time.set_question("")

    def _settled(self, value: object) -> None:  # noqa: ARG002 - the signal's signature
        found = self.moment()
        if isinstance(found, Refusal):
            self.time.set_error(found.text)
            self.fold.setVisible(found.code == "fold")
        elif found is not None:
            self.time.set_error("")
            self.fold.setVisible(self.fold.value() is not None)


def moment_from(
    day: date, clock: time, zone: tzinfo, now: datetime | None, fold: int | None = None
) -> datetime | Refusal:
    """The moment of a local day and time, refused where it is in the future of `now`."""
    moment = local_moment(datetime.combine(day, clock), zone, fold)
    if isinstance(moment, Refusal) or now is None or moment <= now:
        return moment
    text = say(
        "{then} is in the future (now {now}). Type the date and time again.",
        then=write_moment(moment),
        now=write_moment(now),
    )
    return Refusal("future", (text,))
