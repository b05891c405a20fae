"""Step 5, Record: what happened to the dose. Nothing blocks the truth; it is reviewed and signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import (
    AdministrationForm,
    DosePlace,
    Located,
    delegation,
    drafts,
    form_refusal,
    new_token,
    record_administration,
    record_meaning,
    sign,
    what_is_asked,
)
from il2desk.dosing import Refusal, write_clock
from il2desk.window.form_draft import FormDraft
from il2desk.window.pages.dose_lines import record_lines, review_lines
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.outcome_words import OUTCOME_ACTIONS
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.record_form import RecordEntries
from il2desk.window.pages.right_patient import take_note
from il2desk.window.pages.second import ask_cosign
from il2desk.window.pages.step import Step
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office
    from il2desk.window.pages.dose import DosePage


class RecordStep(Step):
    """The record of one dose; a dose number that is recorded already leads to its record."""

    number = 5
    title = "Record"
    help_topic = "record"

    def __init__(self, office: Office, place: DosePlace, page: DosePage) -> None:
        super().__init__(office, place, page)
        self._token = new_token()
        self.done = Notice(grave=False, parent=self)
        self.marks = Notice(parent=self)
        self.problems = Notice(parent=self)
        self.entries = RecordEntries(office, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.done, self.marks, self.problems, self.entries):
            column.addWidget(part)
        column.addStretch(1)
        self.entries.changed.connect(self._on_changed)
        self.entries.said.connect(office.say)
        self._draft = FormDraft(
            office, self.entries, drafts.DraftPlace("record", place.subject, place.cycle, place.number),
            self.entries.changed, more_lots=self.entries.lots.add_row,
        )  # fmt: skip

    # What is shown

    def state_word(self) -> str:
        """Whether the dose is recorded."""
        recorded = self.located is not None and self.located.dose.administration is not None
        return "ok" if recorded else "-"

    def refresh(self, located: Located) -> None:
        """Show the record where there is one; else ask for what happened."""
        self.problems.set_sentences(())
        self.marks.set_sentences(())
        super().refresh(located)
        record = located.dose.administration
        self.entries.setVisible(record is None)
        self.done.set_sentences(
            () if record is None else record_lines(self.office.desk, located, record)
        )
        if record is None:
            self.entries.set_located(located)
            take_note(self.office, self.place.subject, self.entries.note)
            self._show_marks()
        self.changed.emit()

    def _show_marks(self) -> None:
        if self.located is not None:
            form = self.entries.value()
            self.marks.set_sentences(what_is_asked(self.office.desk, self.located, form))

    def _on_changed(self) -> None:
        self.problems.quiet()
        self._show_marks()
        self.changed.emit()

    def opened(self) -> None:
        """Begin with the outcome."""
        if self.entries.isVisible():
            self.entries.outcome.focus_entry()

    def choose_outcome(self, outcome: str) -> None:
        """Choose an outcome as its key does; where a record stands, say that it is there."""
        if self.located is not None and self.located.dose.administration is None:
            self.entries.choose(outcome)
        else:
            self.office.say(self._recorded())

    def key_acts(self) -> Mapping[str, Mapping[str, Callable[[], None]]]:
        """G, P, H, O and U choose the outcome; V signs as second person."""
        acts = {
            action: partial(self.choose_outcome, outcome)
            for action, outcome in OUTCOME_ACTIONS.items()
        }
        return {"steps": {**acts, "witness": self._witness}}

    def _witness(self) -> None:
        ask_cosign(self.office, self.place)

    # The act

    def _recorded(self) -> str:
        """R-DUP: who recorded the dose and when, and the offer to open that record."""
        record = None if self.located is None else self.located.dose.administration
        if record is None:
            return ""
        return say(
            "Dose {number} was recorded by {who} at {when}. Open that record?",
            number=self.place.number,
            who=record.by,
            when=write_clock(self.office.desk.local(record.recorded_at)),
        )

    def action(self) -> ActionState:
        """Review, or the way to the record that is there."""
        at = self.located
        if at is None:
            return ActionState()
        if at.dose.administration is not None:
            return ActionState(self._recorded(), say("Open the record"))
        form = self.entries.value()
        if not form.outcome:
            sentence = say("Choose what happened. Nothing is recorded yet.")
        else:
            word = say(form.outcome.capitalize())
            sentence = say("{word} - nothing is recorded yet", word=word)
        return ActionState(sentence, say("Review"), self.entries.missing())

    def focus_missing(self) -> None:
        """Show what is missing beside each field, and begin with the first."""
        self.entries.focus_missing()

    def commit(self) -> None:
        """Let the desk judge the form, then show the review with the first signature."""
        at = self.located
        if at is None:
            return
        if at.dose.administration is not None:
            self.office.open("records", subject=self.place.subject, number=self.place.number)
            return
        self.problems.set_sentences(())
        if not self.entries.judge():
            self.entries.focus_missing()
            return
        form = self.entries.value()
        refusal = form_refusal(self.office.desk, at, form)
        if refusal is not None:
            self.problems.refuse(refusal.reasons)
            return
        self._ask_first(at, form)

    def _ask_first(self, at: Located, form: AdministrationForm) -> None:
        office, place, token = self.office, self.place, self._token
        meaning = record_meaning(form.outcome)

        def first(name: str, pin: str) -> str | None:  # noqa: ARG001 - the signed-in person
            signature = sign(office.desk, pin, meaning)
            if isinstance(signature, Refusal):
                return signature.text
            stored = record_administration(office.desk, place, form, signature, token)
            if isinstance(stored, Refusal):
                return stored.text
            self._draft.recorded()
            office.stored()
            office.open("today")
            ask_cosign(office, place)
            return None

        person = office.desk.person
        office.ask_sign(
            SignRequest(
                say("Review before signing"),
                review_lines(office.desk, at, form),
                meaning,
                "" if person is None else f"{person.name}, {say(person.role)}",
                (
                    *what_is_asked(office.desk, at, form),
                    *delegation.giving_not_delegated(office.desk),
                ),
            ),
            first,
        )
