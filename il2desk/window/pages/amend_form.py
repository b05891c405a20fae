"""Correcting a record: what it says now at the left, what it should say at the right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    AMENDMENT_REASONS,
    GIVEN,
    AdministrationRecord,
    AmendmentForm,
    DosePlace,
    Located,
    amend_administration,
    new_token,
    review_amendment,
)
from il2desk.dosing import VOLUME_ML, Refusal, write_dose, write_moment, write_quantity
from il2desk.window.fields import Choice, ClinicalNumberEdit, Form, NumberedChoice, TextEntry
from il2desk.window.fields.entry import LABEL_PX
from il2desk.window.pages.dose_lines import place_lines
from il2desk.window.pages.facts_grid import Fact, FactsGrid
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.record_rows import FIELD_WORDS
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.pages.tick import TickBox
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_OTHER = "other"


class AmendForm(QWidget):
    """The correction of one record, signed by two people. `finished` is emitted once it is stored."""

    changed = Signal()
    finished = Signal()

    def __init__(
        self, office: Office, place: DosePlace, at: Located, record: AdministrationRecord
    ) -> None:
        super().__init__()
        self._office, self._place, self._at, self._record = office, place, at, record
        self._token = new_token()
        self.problems = Notice(parent=self)
        self.old = FactsGrid(name_px=110, parent=self)
        self.form = Form(self)
        self.time = MomentEntries(
            office, self.form, say("New start time"), required=False, usual_day=self._old_day
        )
        self.time.add_date()
        self.volume = self.form.add(
            ClinicalNumberEdit(VOLUME_ML, say("New volume, mL"), required=False)
        )
        self.note = self.form.add(TextEntry(say("New note")))
        choices = [Choice(reason, say(reason.capitalize())) for reason in AMENDMENT_REASONS]
        self.reason = self.form.add(NumberedChoice(say("Reason"), choices, columns=2))
        self.other = self.form.add(TextEntry(say("Reason, in words"), required=True))
        words = say("Entered in error: nothing of this record happened")
        self.in_error = TickBox(words, indent=LABEL_PX + 12, parent=self)
        self.form.add_widget(self.in_error)
        self._lay_out()
        self._show()
        self.form.changed.connect(self._on_changed)
        self.time.changed.connect(self._on_changed)
        self.in_error.toggled.connect(self._on_changed)

    def _lay_out(self) -> None:
        desk, record = self._office.desk, self._record
        given = "" if record.given_at is None else write_moment(desk.local(record.given_at))
        volume = "" if record.volume_ml is None else write_quantity(record.volume_ml, "mL")
        dose = "" if record.given_dose_iu is None else write_dose(record.given_dose_iu)
        self.old.set_facts((
            Fact(say("Outcome"), record.outcome.capitalize()), Fact(say("Start time"), given),
            Fact(say("Volume"), volume), Fact(say("Given dose"), dose),
            Fact(say("Note"), record.note or say("none")), Fact(say("Recorded by"), record.by),
        ))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for line in place_lines(desk, self._at):
            column.addWidget(PlainLabel(line, bold=True, parent=self))
        keeps = say("Entries are kept. Corrections are added.")
        column.addWidget(PlainLabel(keeps, muted=True, parent=self))
        left, right, row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(title_label(say("As recorded"), parent=self))
        left.addWidget(self.old)
        left.addStretch(1)
        right.addWidget(title_label(say("Corrected"), parent=self))
        right.addWidget(self.form)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        column.addLayout(row)
        column.addWidget(self.problems)
        column.addStretch(1)

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
        return ActionState(
            say("Correct dose {number} - nothing is recorded yet", number=self._place.number),
            say("Review"),
            tuple(missing),
        )

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
        changes = review_amendment(self._office.desk, self._place, form)
        if isinstance(changes, Refusal):
            self.problems.set_sentences(changes.reasons)
            return
        review = [*place_lines(self._office.desk, self._at)]
        for change in changes:
            what = say(FIELD_WORDS.get(change["field"] or "", change["field"] or ""))
            review.append(say("{what}: was {old}", what=what.capitalize(), old=change["old_text"]))
            review.append(say("{what}: is {new}", what=what.capitalize(), new=change["new_text"]))
        review.append(say("Reason: {reason}", reason=form.reason))
        desk, place, token = self._office.desk, self._place, self._token
        sign_twice(
            self._office,
            Act(say("Review the correction"), tuple(review), AMEND_FIRST, AMEND_SECOND),
            lambda signed: amend_administration(desk, place, form, signed, token),
            self._stored,
        )

    # Inside

    def _stored(self) -> None:
        self._office.window.close_panel()
        if self.in_error.isChecked() and self.reason.value() == "wrong patient":
            self._office.stored(say("Stored. F3 finds the right patient; record the dose there."))
        else:
            self._office.stored()
        self.finished.emit()

    def _old_day(self) -> date | None:
        given = self._record.given_at
        return None if given is None else self._office.desk.local(given).date()

    def _value(self) -> AmendmentForm:
        whole = self.in_error.isChecked()
        chosen = self.reason.value() or ""
        reason = self.other.typed() if chosen == _OTHER else chosen
        if whole:
            return AmendmentForm(reason, in_error=True)
        volume = None if self.volume.isHidden() else self.volume.value()
        return AmendmentForm(reason, self.time.value(), volume, note=self.note.value())

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
        self.volume.setVisible(given)
        self.note.setVisible(single)
        self.other.setVisible(self.reason.value() == _OTHER)
