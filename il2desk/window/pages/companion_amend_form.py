"""Correcting the record of a companion dose: what it says now, and what it should say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    AMENDMENT_REASONS,
    GIVEN,
    CompanionAmendment,
    CompanionPlace,
    CompanionRecord,
    amend_companion,
    amount_field,
    new_token,
    review_companion_amendment,
)
from il2desk.dosing import Refusal
from il2desk.window.fields import Choice, ClinicalNumberEdit, Form, NumberedChoice, TextEntry
from il2desk.window.fields.entry import LABEL_PX
from il2desk.window.pages.companion_record_rows import FIELD_WORDS
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.pages.tick import TickBox
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_OTHER = "other"


class CompanionAmendForm(QWidget):
    """The correction of one record, signed by two people. `finished` is emitted once it is stored."""

    changed = Signal()
    finished = Signal()

    def __init__(
        self,
        office: Office,
        place: CompanionPlace,
        record: CompanionRecord,
        recorded: tuple[str, ...],
    ) -> None:
        super().__init__()
        self._office, self._place, self._record, self._lines = office, place, record, recorded
        self._token = new_token()
        self.problems = Notice(parent=self)
        self.form = Form(self)
        self.time = MomentEntries(
            office, self.form, say("New start time"), required=False, usual_day=self._old_day
        )
        self.time.add_date()
        label = say("New amount, {unit}", unit=record.unit)
        self.amount = self.form.add(
            ClinicalNumberEdit(amount_field(record.unit), label, required=False)
        )
        self.product = self.form.add(TextEntry(say("New product")))
        self.note = self.form.add(TextEntry(say("New note")))
        choices = [Choice(reason, say(reason.capitalize())) for reason in AMENDMENT_REASONS]
        self.reason = self.form.add(NumberedChoice(say("Reason"), choices, columns=2))
        self.other = self.form.add(TextEntry(say("Reason, in words"), required=True))
        words = say("Entered in error: nothing of this record happened")
        self.in_error = TickBox(words, indent=LABEL_PX + 12, parent=self)
        self.form.add_widget(self.in_error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title_label(say("As recorded"), parent=self))
        for line in recorded:
            column.addWidget(PlainLabel(line, parent=self))
        column.addWidget(title_label(say("Corrected"), parent=self))
        column.addWidget(self.form)
        column.addWidget(self.problems)
        column.addStretch(1)
        self._show()
        self.form.changed.connect(self._on_changed)
        self.time.changed.connect(self._on_changed)
        self.in_error.toggled.connect(self._on_changed)

    def focus_first(self) -> None:
        """Begin with the first field that this record has."""
        (self.note if self.time.time.isHidden() else self.time.time).focus_entry()

    def action(self) -> ActionState:
        """Review, or what is missing."""
        missing = [] if self.reason.value() is not None else [self.reason.label_text()]
        if not self.other.isHidden() and self.other.is_missing():
            missing.append(self.other.label_text())
        if self.time.missing():
            missing.append(self.time.time.label_text())
        drug = self._record.drug
        sentence = say("Correct {drug} - nothing is recorded yet", drug=drug)
        return ActionState(sentence, say("Review"), tuple(missing))

    def focus_missing(self) -> None:
        """Show what is missing and begin with the first of it."""
        self.form.judge_all()
        self.time.judge()
        self.form.focus_first_wrong()

    def commit(self) -> None:
        """Ask the desk what would change, then show old and new with two signatures."""
        self.problems.set_sentences(())
        if not self.form.judge_all():
            self.form.focus_first_wrong()
            return
        form = self._value()
        changes = review_companion_amendment(self._office.desk, self._place, form)
        if isinstance(changes, Refusal):
            self.problems.set_sentences(changes.reasons)
            return
        review = [self._lines[0]]
        for change in changes:
            name = change["field"] or ""
            what = say(FIELD_WORDS.get(name, name)).capitalize()
            review.append(say("{what}: was {old}", what=what, old=change["old_text"]))
            review.append(say("{what}: is {new}", what=what, new=change["new_text"]))
        review.append(say("Reason: {reason}", reason=form.reason))
        desk, place, token = self._office.desk, self._place, self._token
        sign_twice(
            self._office,
            Act(say("Review the correction"), tuple(review), AMEND_FIRST, AMEND_SECOND),
            lambda signed: amend_companion(desk, place, form, signed, token),
            self._stored,
        )

    # Inside

    def _stored(self) -> None:
        self._office.window.close_panel()
        self._office.stored()
        self.finished.emit()

    def _old_day(self) -> date | None:
        given = self._record.given_at
        return None if given is None else self._office.desk.local(given).date()

    def _value(self) -> CompanionAmendment:
        chosen = self.reason.value() or ""
        reason = self.other.typed() if chosen == _OTHER else chosen
        if self.in_error.isChecked():
            return CompanionAmendment(reason, in_error=True)
        given = not self.amount.isHidden()
        return CompanionAmendment(
            reason, self.time.value() if given else None, self.amount.value() if given else None,
            product=self.product.value() if given else None, note=self.note.value(),
        )  # fmt: skip

    def _on_changed(self) -> None:
        self.problems.set_sentences(())
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """A record that is struck as a whole has no single corrections."""
        single = not self.in_error.isChecked()
        given = self._record.outcome in GIVEN and single
        if self.time.time.isHidden() == given:
            self.time.set_shown(shown=given)
        self.amount.setVisible(given)
        self.product.setVisible(given)
        self.note.setVisible(single)
        self.other.setVisible(self.reason.value() == _OTHER)
