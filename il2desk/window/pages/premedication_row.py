"""One item of the premedication checklist, with its outcome."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from il2desk.desk import ItemOutcome, PremedicationOutcome
from il2desk.dosing import (
    ChecklistItem,
    ItemClock,
    Refusal,
    tell,
    write_clock,
    write_moment,
    write_quantity,
)
from il2desk.window.fields import Choice, ClinicalTimeEdit, Form, NumberedChoice, TextEntry
from il2desk.window.pages.moment import Now, moment_from
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import SECONDARY_PX, PlainLabel
from il2desk.words import say

_OTHER = "other"


def _outcomes() -> tuple[Choice, ...]:
    return (
        Choice("given", say("Given"), "G"),
        Choice("not given", say("Not given"), "N"),
        Choice("not applicable", say("Not applicable"), "X"),
    )


def _reasons(outcome: str) -> tuple[Choice, ...]:
    """Why an item was not given, or why it does not apply: stored in English, shown in the language."""
    words: tuple[str, ...]
    if outcome == "not given":
        words = (
            tell("the protocol's reason not to give it"),
            tell("allergy"),
            tell("patient refused"),
            tell("not available"),
            tell("prescriber decided"),
        )
    else:
        words = (tell("not due with this dose"), tell("not ordered for this patient"))
    return (*(Choice(str(text), say(text)) for text in words), Choice(_OTHER, say("other (write)")))


class PremedicationRow(QFrame):
    """An item with amount, timing and what blocks it. `done` asks for the next row's keyboard."""

    changed = Signal()
    done = Signal()

    def __init__(
        self,
        number: int,
        made: ChecklistItem,
        recorded: PremedicationOutcome | None,
        clock: tuple[Now, tzinfo, datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.made = made
        self.draft_part = made.item.id
        self._now, self._zone, due = clock
        self.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.setSpacing(3)
        column.addWidget(PlainLabel(_headline(number, made), bold=True, parent=self))
        column.addWidget(PlainLabel(_details(made, due), px=SECONDARY_PX, muted=True, parent=self))
        for text in _blocks(made):
            column.addWidget(PlainLabel(text, px=SECONDARY_PX, bold=text[0] == "▲", parent=self))
        self._against = ""
        self._clock = PlainLabel(px=SECONDARY_PX, parent=self)
        self._not_now = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        for label in (self._clock, self._not_now):
            column.addWidget(label)
            label.hide()
        self._recorded = recorded
        said = _recorded(recorded, self._zone)
        if said:
            column.addWidget(PlainLabel(said, bold=True, parent=self))
        self.form = Form(self)
        column.addWidget(self.form)
        self.outcome = self.form.add(
            NumberedChoice(say("Outcome"), _outcomes(), required=False, columns=3)
        )
        self.reason = self.form.add(NumberedChoice(say("Reason"), _reasons("not given"), columns=2))
        self.other = self.form.add(TextEntry(say("Which reason"), required=True))
        self.time = self.form.add(ClinicalTimeEdit(say("Given at"), self._now, required=False))
        for hidden in (self.reason, self.other, self.time):
            hidden.hide()
        self.outcome.chosen.connect(self._outcome_chosen)
        self.reason.chosen.connect(self._reason_chosen)
        self.form.changed.connect(self.changed)

    def show_clock(self, clock: ItemClock) -> None:
        """Show when the item is possible again, its running total, and what time says against it."""
        parts = []
        if clock.next_at is not None:
            when = write_moment(clock.next_at.astimezone(self._zone))
            parts.append(say("Next not before {when}", when=when))
        if (
            clock.total is not None
            and clock.unit is not None
            and self.made.item.daily_max is not None
        ):
            total = write_quantity(clock.total, clock.unit)
            most = write_quantity(self.made.item.daily_max, clock.unit)
            parts.append(say("{total} in the last 24 hours, of {most}", total=total, most=most))
        self._clock.setText(spoken_all(parts, ". "))
        self._clock.setVisible(bool(parts))
        self._against = spoken_all(clock.blocked_by, "; ")
        self._show_not_now()

    def _show_not_now(self) -> None:
        """What is recorded asks for nothing more, unless it is about to be given again."""
        open_now = self._recorded is None or self.outcome.value() == "given"
        against = self._against if open_now else ""
        self._not_now.setText(say("▲ NOT NOW: {why}", why=against) if against else "")
        self._not_now.setVisible(bool(against))

    def clock_text(self) -> str:
        """What time says about the item, as shown."""
        return f"{self._clock.text()} {self._not_now.text()}".strip()

    def item_name(self) -> str:
        """The item's name."""
        return self.made.item.name

    def has_outcome(self) -> bool:
        """Whether an outcome is recorded or chosen."""
        return self._recorded is not None or self.outcome.value() is not None

    def missing(self) -> tuple[str, ...]:
        """What keeps this row from being recorded; empty where nothing was chosen."""
        return tuple(f"{self.item_name()}: {entry.label_text()}" for entry in self.form.missing())

    def moment(self, day: date | None) -> datetime | Refusal | None:
        """When it was given, by the time of this row and the day of the page."""
        clock = self.time.value()
        if self.outcome.value() != "given" or clock is None or day is None:
            return None
        return moment_from(day, clock, self._zone, self._now())

    def value(self, day: date | None) -> ItemOutcome | None:
        """What is to be recorded of this row, or None where nothing was chosen."""
        outcome = self.outcome.value()
        if outcome is None:
            return None
        moment = self.moment(day)
        reason = "" if outcome == "given" else self._reason_words()
        when = None if isinstance(moment, Refusal) else moment
        return ItemOutcome(self.made.item.id, outcome, reason, when)

    def _reason_words(self) -> str:
        if self.reason.value() == _OTHER:
            return (self.other.value() or "").strip()
        return self.reason.value() or ""

    def _outcome_chosen(self, outcome: str) -> None:
        given = outcome == "given"
        self.time.setVisible(given)
        self.other.hide()
        self._show_not_now()
        if given:
            self.reason.hide()
            self.done.emit()
            return
        self.reason.set_options(_reasons(outcome))
        self.reason.show()
        self.reason.focus_entry()

    def _reason_chosen(self, reason: str) -> None:
        self.other.setVisible(reason == _OTHER)
        if reason == _OTHER:
            self.other.focus_entry()
        else:
            self.done.emit()


def _headline(number: int, made: ChecklistItem) -> str:
    item = made.item
    amount = (
        say("no amount in the source: a gap")
        if made.amount is None
        else say("DOSE {amount}", amount=write_quantity(made.amount, item.unit or ""))
    )
    parts = [f"{number}  {item.name}", amount, item.route or say("route not stated")]
    if item.confirmation:
        parts[1:] = [say("to be confirmed, no drug")]
    if item.mandatory:
        parts.append(say("mandatory"))
    return spoken_all(parts, " – ")


def _details(made: ChecklistItem, due: datetime) -> str:
    item = made.item
    parts = [item.timing]
    if item.before_min is not None:
        at = due - timedelta(minutes=item.before_min)
        parts.append(say("Planned for {time}, before this dose", time=_when(at, due)))
    if made.working:
        parts.append(made.working)
    if item.daily_max is not None:
        most = write_quantity(item.daily_max, item.daily_max_unit or item.unit or "")
        parts.append(say("At most {amount} a day", amount=most))
    if item.given_if:
        parts.append(say("Given if: {why}", why=item.given_if))
    if item.note:
        parts.append(item.note)
    parts.append(item.source.cite())
    return spoken_all((spoken(part).rstrip(".") for part in parts if part), ". ")


def _when(at: datetime, due: datetime) -> str:
    """The time alone on the day of the dose, which the title names; else with its date."""
    return write_clock(at) if at.date() == due.date() else write_moment(at)


def _blocks(made: ChecklistItem) -> tuple[str, ...]:
    """What blocks the item now, then what would block it."""
    live = tuple(say("▲ BLOCKED by the last values: {why}", why=text) for text in made.blocked_by)
    listed = tuple(
        say("Not given if: {why} ({source})", why=block.text, source=block.source.cite())
        for block in made.item.blocked_if
        if block.text not in made.blocked_by
    )
    return (*live, *listed)


def _recorded(outcome: PremedicationOutcome | None, zone: tzinfo) -> str:
    if outcome is None:
        return ""
    parts = [say("Recorded: {outcome}", outcome=say(outcome.outcome))]
    if outcome.dose is not None:
        parts.append(f"{plain_dose(outcome)}")
    if outcome.at is not None:
        parts.append(write_moment(outcome.at.astimezone(zone)))
    if outcome.reason:
        parts.append(outcome.reason)
    return spoken_all(parts, ", ")


def plain_dose(outcome: PremedicationOutcome) -> str:
    """The recorded amount with its unit, as stored."""
    return f"{outcome.dose}\u00a0{outcome.unit or ''}".strip()
