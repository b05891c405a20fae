"""Step 2: the premedication checklist of the protocol, item by item, with no way to tick all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import (
    DosePlace,
    Located,
    clocks_for,
    drafts,
    drugs_to_watch,
    items_for,
    new_token,
    record_premedication,
    to_watch_for,
    values_of,
)
from il2desk.dosing import Refusal, write_date
from il2desk.window.fields import ClinicalDateEdit, TextEntry
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.premedication_row import PremedicationRow
from il2desk.window.pages.step import Step
from il2desk.window.theme import SECONDARY_PX, PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.pages.dose import DosePage


class PremedicationStep(Step):
    """Rows with outcomes G, N, X; what is chosen is recorded together, the rest stays open."""

    number = 2
    help_topic = "premedication"

    def __init__(self, office: Office, place: DosePlace, page: DosePage) -> None:
        super().__init__(office, place, page)
        self.title = say("Premedication")
        self._token = new_token()
        self._rows: list[PremedicationRow] = []
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        head = PlainLabel(
            say("Confirmed from the ward chart; not the administration record."),
            px=SECONDARY_PX,
            muted=True,
            parent=self,
        )
        self._allergies = PlainLabel(bold=True, parent=self)
        self._refused = PlainLabel(bold=True, parent=self)
        self._refused.set_ink("stop")
        self._day = ClinicalDateEdit(say("Day of the times"), office.now, required=False)
        self._day.set_hint(
            say("Only where a time is typed. T today, Y yesterday; N in a time does both")
        )
        self._watch = Notice(grave=False, parent=self)
        self._drugs = TextEntry(say("Other drugs of the patient"), required=False, parent=self)
        self._drugs.set_hint(say("As written on the ward chart, with commas between them"))
        self._typed_watch = Notice(grave=False, parent=self)
        for part in (head, self._allergies, self._watch, self._refused):
            self._column.addWidget(part)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._column.addLayout(self._list)
        self._column.addWidget(self._day)
        self._column.addWidget(self._drugs)
        self._column.addWidget(self._typed_watch)
        self._column.addStretch(1)
        self._day.settled.connect(self._day_left)
        self._day.edited.connect(self._changed)
        self._drugs.edited.connect(self._drugs_typed)
        self._draft = FormDraft(
            office,
            self,
            drafts.DraftPlace("premedication", place.subject, place.cycle, place.number),
            self.changed,
        )

    def refresh(self, located: Located) -> None:
        """Show the checklist with what is recorded; the old one goes before a new one comes."""
        super().refresh(located)
        subject = located.chart.subject
        known = subject.allergies_state == "known allergies"
        state = say(subject.allergies_state.capitalize())
        self._allergies.setText(f"▲ {state}: {subject.allergies}" if known else state)
        items = items_for(
            self.office.desk, located.chart, located.cycle, values_of(located.dose.check)
        )
        if isinstance(items, Refusal):
            self._clear()
            self._refuse(items.text)
            return
        self._show_watch(located)
        clocks = clocks_for(self.office.desk, located, items)
        known_now = (items, dict(located.dose.premedication), clocks)
        if known_now == self._shown:
            return  # nothing new: what was chosen and not yet recorded stays
        self._clear()
        self._shown = known_now
        self._refuse("" if items else say("This protocol lists no premedication."))
        desk = self.office.desk
        clock = (self.office.now, desk.zone, desk.local(located.dose.due))
        for number, made in enumerate(items, start=1):
            recorded = located.dose.premedication.get(made.item.id)
            row = PremedicationRow(number, made, recorded, clock, self)
            row.show_clock(clocks[made.item.id])
            row.changed.connect(self._changed)
            row.done.connect(self._next)
            row.time.stamped.connect(self._stamped)
            self._list.addWidget(row)
            self._rows.append(row)
        self._changed()

    def watch_lines(self) -> tuple[str, ...]:
        """What the patient's other drugs and allergies mean, as shown."""
        return self._watch.sentences()

    def _show_watch(self, located: Located) -> None:
        lines = to_watch_for(self.office.desk, located.chart, located.cycle)
        drugs = located.chart.other_drugs
        first = (say("Other drugs as last written: {drugs}", drugs=drugs),) if drugs else ()
        self._watch.set_sentences((*first, *lines))

    def typed_watch_lines(self) -> tuple[str, ...]:
        """What the drugs that are typed and not recorded yet mean, as shown."""
        return self._typed_watch.sentences()

    def _drugs_typed(self) -> None:
        """Show before the record what it will say, while the drugs are still being written."""
        typed = self._drugs.typed().strip()
        lines: tuple[str, ...] = ()
        if typed and self.located is not None:
            found = drugs_to_watch(self.office.desk, self.located.cycle, typed)
            lines = (say("As typed, not recorded yet:"), *found)
        self._typed_watch.set_sentences(lines)
        self._changed()

    def opened(self) -> None:
        """Put the keyboard on the first item without an outcome."""
        self._focus_open(self._rows)

    def action(self) -> ActionState:
        """Record what is chosen, or go on where nothing is left."""
        chosen = [row for row in self._rows if row.outcome.value() is not None]
        drugs = bool(self._drugs.typed().strip())
        if not chosen and not drugs and all(row.has_outcome() for row in self._rows):
            return ActionState(
                say("Every item has an outcome."),
                primary=say("On to the pre-dose check"),
                back=say("Go back"),
            )
        left = sum(not row.has_outcome() for row in self._rows)
        sentence = (
            say("1 item has no outcome.")
            if left == 1
            else say("{count} items have no outcome.", count=left)
        )
        return ActionState(
            sentence if left else say("Every item has an outcome. Nothing is recorded yet."),
            primary=say("Record premedication"),
            missing=self._missing(chosen),
            back=say("Go back"),
        )

    def commit(self) -> None:
        """Record the outcomes chosen, or go on."""
        outcomes = tuple(
            value for row in self._rows if (value := row.value(self._day.value())) is not None
        )
        drugs = (self._drugs.value() or "").strip()
        if not outcomes and not drugs:
            self.page.next_step()
            return
        entry = record_premedication(self.office.desk, self.place, outcomes, self._token, drugs)
        if isinstance(entry, Refusal):
            self._refuse(entry.text)
            return
        self._token = new_token()
        self._drugs.clear_entry()
        self.office.stored(entry)
        self._draft.recorded()
        self.opened()

    def focus_missing(self) -> None:
        """Put the keyboard where something is missing."""
        for row in self._rows:
            row.form.judge_all()
            if row.missing():
                row.form.focus_first_wrong()
                return
        if self._needs_day():
            self._day.set_error(say("Type the day of the times: T is today."))
            self._day.focus_entry()
            return
        self._focus_open(self._rows)

    def rows(self) -> tuple[PremedicationRow, ...]:
        """The rows shown."""
        return tuple(self._rows)

    def refusal_text(self) -> str:
        """Why there is no checklist or it was not recorded, or empty text."""
        return self._refused.text()

    def _missing(self, chosen: list[PremedicationRow]) -> tuple[str, ...]:
        if not chosen and not self._drugs.typed().strip():
            # As many as the sentence beside it counts; one of them is enough to record.
            return tuple(
                say("{item}: an outcome", item=row.item_name())
                for row in self._rows
                if not row.has_outcome()
            )
        names = [name for row in chosen for name in row.missing()]
        if self._needs_day():
            names.append(self._day.label_text())
        day = self._day.value()
        for row in chosen:
            moment = row.moment(day)
            if isinstance(moment, Refusal) or row.time.error_text():
                names.append(f"{row.item_name()}: {row.time.label_text()}")
        return tuple(names)

    def _needs_day(self) -> bool:
        timed = any(
            row.time.value() is not None and row.outcome.value() == "given" for row in self._rows
        )
        return timed and self._day.value() is None

    def _stamped(self, moment: object) -> None:
        if isinstance(moment, datetime) and not self._day.typed():
            self._day.line.setText(write_date(moment.date()))

    def _day_left(self) -> None:
        for row in self._rows:
            moment = row.moment(self._day.value())
            if isinstance(moment, Refusal):
                row.time.set_error(moment.text)
        self._changed()

    def _changed(self) -> None:
        self.changed.emit()

    def _next(self) -> None:
        """Go to the next item without an outcome, from where the keyboard is."""
        sender = self.sender()
        if isinstance(sender, PremedicationRow) and sender in self._rows:
            after = self._rows[self._rows.index(sender) + 1 :]
            if all(row.has_outcome() for row in after) and not sender.time.isHidden():
                sender.time.focus_entry()  # N would mean not given, where now is meant
            else:
                self._focus_open(after)

    def _focus_open(self, rows: list[PremedicationRow]) -> None:
        for row in rows:
            if not row.has_outcome():
                row.outcome.focus_entry()
                return
        if rows is self._rows and rows:
            rows[0].outcome.focus_entry()

    def _refuse(self, text: str) -> None:
        self._refused.setText(text)
        self._refused.setVisible(bool(text))

    def _clear(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self._shown = None
