"""One finding of the check before a dose: its value, when it was measured, its limits, its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from il2desk.dosing import (
    FINDING_CODES,
    FindingCode,
    NumberField,
    Raw,
    Refusal,
    in_words,
    read_one,
    write_number,
)
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    ClinicalTimeEdit,
    NumberedChoice,
)
from il2desk.window.fields.entry import Entry
from il2desk.window.pages.moment import Now
from il2desk.window.pages.word_list import WordList
from il2desk.window.theme import SECONDARY_PX, PlainLabel
from il2desk.words import say

_RESULT, _TIME, _DATE, _NAME = 104, 70, 126, 158
_UNDER_FIELD = _NAME + 12
_LONG_WORD = 22
_YES, _NO = "yes", "no"


class _Number(ClinicalNumberEdit):
    """A number whose echo leaves the unit out: the label or the choice beside it names it."""

    def _echo_of(self, value: object) -> str:
        return say("= {number}", number=write_number(value)) if isinstance(value, Decimal) else ""


class _Time(ClinicalTimeEdit):
    """A time without an echo; its column is narrow and its text is read as it stands."""

    heard: Callable[[], None] | None = None

    def set_error(self, text: str) -> None:
        """Mark the field; the row has the room to say why."""
        super().set_error(text)
        self._error.hide()
        if self.heard is not None:
            self.heard()

    def _echo_of(self, value: object) -> str:  # noqa: ARG002 - the base's signature
        return ""


class _Date(ClinicalDateEdit):
    """A date without an echo."""

    heard: Callable[[], None] | None = None

    def set_error(self, text: str) -> None:
        """Mark the field; the row has the room to say why."""
        super().set_error(text)
        self._error.hide()
        if self.heard is not None:
            self.heard()

    def _echo_of(self, value: object) -> str:  # noqa: ARG002 - the base's signature
        return ""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row is built from: its code, whether it is required, its limits in words."""

    code: FindingCode
    required: bool
    limits: str


class CheckRow(QFrame):
    """A row. A blank one is "not assessed", never a normal value.

    `settled` is emitted on leaving a field or choosing; `entered` on Enter in the value.
    """

    edited = Signal()
    settled = Signal()
    entered = Signal()

    def __init__(self, facts: RowFacts, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = facts
        self.draft_part = facts.code.code
        self._units = units_of(facts.code)
        self.unit: NumberedChoice | None = None
        self.value_entry = self._make_value()
        self.time = _Time("", now, required=False)
        self.date = _Date("", now, required=False)
        for small, width, name in (
            (self.time, _TIME, say("{name}, measured at", name=facts.code.name)),
            (self.date, _DATE, say("{name}, measured on", name=facts.code.name)),
        ):
            small.set_label_width(0)
            small.line.setFixedWidth(width - 12)
            small.setFixedWidth(width)
            small.line.setAccessibleName(name)
            small.settled.connect(self._settled)
            small.edited.connect(self.edited)
        self._limits = PlainLabel(facts.limits, px=SECONDARY_PX, muted=True, parent=self)
        self._result = PlainLabel(bold=True, parent=self)
        self._result.setFixedWidth(_RESULT)
        self._wrong_moment = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        self._wrong_moment.set_ink("stop")
        self._wrong_moment.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._wrong_moment.hide()
        self.time.heard = self.date.heard = self._show_wrong_moment
        self._lay_out()
        self.value_entry.edited.connect(self.edited)
        self.value_entry.settled.connect(self._settled)
        # Enter always goes on from row to row; a choice never moves the keyboard by itself.
        for choice in (self.value_entry, self.unit):
            if isinstance(choice, (NumberedChoice, WordList)):
                choice.moves_on = False
                choice.entered.connect(self._entered)
        self.show_result("", weighs=False)

    def _lay_out(self) -> None:
        """A number or yes and no on one line; words, and a choice of units, take a second one."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setHorizontalSpacing(8)
        wide = self.facts.code.kind in ("word", "words")
        top = Qt.AlignmentFlag.AlignTop
        for label in (self._limits, self._result):
            label.setContentsMargins(0, 8, 0, 0)
        self.value_entry.set_label_width(_NAME)
        grid.addWidget(self.value_entry, 0, 0, 1, 5 if wide else 1, top)
        below = 1 if wide else 0
        if wide:
            self._limits.setIndent(_UNDER_FIELD)
        grid.addWidget(self._limits, below, 0 if wide else 1, 1, 2 if wide else 1, top)
        for at, widget in enumerate((self.time, self.date, self._result), start=2):
            grid.addWidget(widget, below, at, top)
        if self.unit is not None:
            self.unit.set_label_width(_NAME)
            grid.addWidget(self.unit, 1, 0, 1, 5)
        grid.addWidget(self._wrong_moment, 2, 0, 1, 5)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        self._grid, self._beside = grid, not wide

    def _width_with(self, *more: QWidget) -> int:
        shown = (self.value_entry, *more, self.time, self.date, self._result)
        least = [max(one.minimumSizeHint().width(), one.minimumWidth()) for one in shown]
        return sum(least) + self._grid.horizontalSpacing() * (len(least) - 1)

    def minimumSizeHint(self) -> QSize:
        """Return room for everything but the limits, which stand under the value in a narrow row."""
        hint = super().minimumSizeHint()
        return QSize(self._width_with(), hint.height()) if self._beside else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the limits beside the value, or under it."""
        super().resizeEvent(event)
        if not self._beside:
            return
        if event.size().width() < self._width_with(self._limits):
            self._limits.setIndent(_UNDER_FIELD)
            self._grid.addWidget(self._limits, 3, 0, 1, 5)
        else:
            self._limits.setIndent(-1)
            self._grid.addWidget(self._limits, 0, 1, Qt.AlignmentFlag.AlignTop)

    def _make_value(self) -> Entry:
        code = self.facts.code
        name = say(code.name)
        name = name[:1].upper() + name[1:]
        if code.kind in ("number", "count") and code.number is not None:
            return self._make_number(code.number, name)
        label = self._marked(name)
        if code.kind == "flag":
            options = (Choice(_YES, say("yes"), "Y"), Choice(_NO, say("no"), "N"))
            return NumberedChoice(label, options, required=False, columns=2, parent=self)
        words = [(word, in_words(word)) for word in code.words]
        columns = 2 if any(len(text) > _LONG_WORD for _, text in words) else 3
        if code.kind == "words":
            return WordList(label, words, columns=columns, parent=self)
        choices = [Choice(word, text) for word, text in words]
        return NumberedChoice(label, choices, required=False, columns=columns, parent=self)

    def _marked(self, label: str) -> str:
        return f"{label} *" if self.facts.required else label

    def _make_number(self, field: NumberField, label: str) -> Entry:
        several = len(self._units) > 1
        shown = f"{label}, {field.unit}" if field.unit and not several else label
        entry = _Number(field, self._marked(shown), required=False, parent=self)
        if several:
            # After the value: what is made first has the keyboard first, and a digit is an option's key.
            choices = [Choice(found.code, _unit(found)) for found in self._units]
            self.unit = NumberedChoice(
                say("Unit of the value"), choices, required=False, columns=len(choices), parent=self
            )
            self.unit.chosen.connect(self._unit_chosen)
        entry.line.setFixedWidth(110)
        entry.line.entered.connect(self._entered)
        return entry

    def code_used(self) -> str | None:
        """The code of the value typed; None while its unit is not chosen."""
        return self.facts.code.code if self.unit is None else self.unit.value()

    def raw(self) -> Raw | None:
        """The value as typed, or None where the row is blank."""
        entry = self.value_entry
        if isinstance(entry, ClinicalNumberEdit):
            return entry.typed().strip() or None
        if isinstance(entry, WordList):
            return entry.value()
        value = entry.value() if isinstance(entry, NumberedChoice) else None
        if value is None or self.facts.code.kind != "flag":
            return value
        return value == _YES

    def wrong(self) -> str:
        """Why the value cannot be used, or empty text; a blank row is not wrong."""
        raw, used = self.raw(), self.code_used()
        if raw is None:
            return ""
        if used is None:
            return say("Choose the unit of the value.")
        answer = read_one(FINDING_CODES[used], raw)
        return answer.text if isinstance(answer, Refusal) else ""

    def show_wrong(self) -> None:
        """Write under the value why it cannot be used; the typed text stays."""
        self.value_entry.set_error(self.wrong())

    def clock(self) -> time | None:
        """The row's own time, or None."""
        return self.time.value()

    def day(self) -> date | None:
        """The row's own date, or None."""
        return self.date.value()

    def show_shared(self, time_text: str, date_text: str) -> None:
        """Show in the empty fields what the fields for all rows say."""
        self.time.line.setPlaceholderText(time_text)
        self.date.line.setPlaceholderText(date_text)

    def show_result(self, word: str, *, weighs: bool) -> None:
        """Show what the limits say of the value; `weighs` for HOLD and STOP."""
        self._result.setText(word)
        self._result.set_ink("stop" if weighs else "text")

    def _show_wrong_moment(self) -> None:
        """Say across the row why its time or date cannot be used: their columns are narrow."""
        text = " ".join(part for part in (self.time.error_text(), self.date.error_text()) if part)
        self._wrong_moment.setText(text)
        self._wrong_moment.setVisible(bool(text))

    def wrong_moment(self) -> str:
        """Why the time or the date cannot be used, as the row says it."""
        return self._wrong_moment.text()

    def result(self) -> str:
        """What the limits say of the value."""
        return self._result.text()

    def limits(self) -> str:
        """The limits in words."""
        return self._limits.text()

    def focus_value(self) -> None:
        """Put the keyboard into the value; its unit, where there are several, comes after it."""
        self.value_entry.focus_entry()

    def clear(self) -> None:
        """Make the row blank: not assessed."""
        entries: list[Entry] = [self.value_entry, self.time, self.date]
        if self.unit is not None:
            entries.append(self.unit)
        for entry in entries:
            entry.clear_entry()
        self.show_result("", weighs=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a choice back: not assessed."""
        choices = (NumberedChoice, WordList)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and isinstance(
            self.value_entry, choices
        ):
            self.value_entry.clear_entry()
            self.settled.emit()
        else:
            event.ignore()

    def _unit_chosen(self, code: str) -> None:
        number = FINDING_CODES[code].number
        if isinstance(self.value_entry, ClinicalNumberEdit) and number is not None:
            self.value_entry.set_field(number)
        self._settled(None)

    def _settled(self, value: object) -> None:  # noqa: ARG002 - the signal's signature
        self.show_wrong()
        self.settled.emit()

    def _entered(self) -> None:
        """Go on: to the unit while it is not chosen, then to the next row; never past a wrong value."""
        self.show_wrong()
        if self.unit is not None and self.unit.value() is None and self.raw() is not None:
            self.unit.focus_entry()
        elif not self.wrong():
            self.entered.emit()


def units_of(code: FindingCode) -> tuple[FindingCode, ...]:
    """The code and its sisters in other units; one where there is only one unit."""
    return tuple(
        found for found in FINDING_CODES.values() if code.code in (found.code, found.counts_as)
    )


def _unit(code: FindingCode) -> str:
    return code.number.unit if code.number is not None else ""
