"""One dose of a companion drug: what happened to it, reviewed and signed. Nothing blocks the truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    CompanionForm,
    CompanionLocated,
    CompanionPlace,
    companion_form_refusal,
    day_words,
    delegation,
    drafts,
    locate_companion,
    new_token,
    next_unplanned,
    record_companion,
    record_meaning,
    sign,
    what_is_asked_of_companion,
)
from il2desk.dosing import Refusal
from il2desk.window.form_draft import FormDraft
from il2desk.window.pages.companion_entries import CompanionEntries
from il2desk.window.pages.companion_second import ask_cosign_companion
from il2desk.window.pages.companion_words import (
    companion_place_lines,
    companion_record_lines,
    companion_review_lines,
)
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.outcome_words import OUTCOME_ACTIONS
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.pages.right_patient import take_note
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class CompanionDosePage(Page):
    """The record of one dose; a place that is recorded already shows its record.

    With `further`, a dose that the protocol does not plan: its date is typed first.
    """

    help_topic = "companion"

    def __init__(
        self,
        office: Office,
        place: CompanionPlace,
        outcome: str | None = None,
        parent: QWidget | None = None,
        *,
        further: bool = False,
    ) -> None:
        super().__init__(office, parent)
        self.subject, self.place, self._further = place.subject, place, further
        self._token, self._outcome = new_token(), outcome
        self.at: CompanionLocated | None = None
        self.entries: CompanionEntries | None = None
        self._draft: FormDraft | None = None
        self.plan = Notice(grave=False, parent=self)
        self.marks, self.problems = Notice(parent=self), Notice(parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.plan, self.marks, self.problems):
            self._column.addWidget(part)
        self.refresh()
        self._column.addStretch(1)

    @property
    def title(self) -> str:
        """Which drug, on which day."""
        drug = self.place.companion if self.at is None else self.at.companion.drug
        if self._further and self._date() is None:
            return say("Further dose of {drug}", drug=drug)
        return say("{drug}, {day}", drug=drug, day=day_words(self.place.day))

    def refresh(self) -> None:
        """Show the record where there is one; else ask for what happened."""
        self.marks.set_sentences(())
        self.problems.set_sentences(())
        at = locate_companion(self.office.desk, self.place)
        self.at = None if isinstance(at, Refusal) else at
        if isinstance(at, Refusal):
            self.plan.set_sentences(at.reasons)
            return
        if self.entries is None:
            self.entries = CompanionEntries(
                self.office, at.companion, asks_date=self._further, parent=self
            )
            self._column.insertWidget(3, self.entries)
            self.entries.changed.connect(self._on_changed)
            of = self.place
            about = drafts.DraftPlace(
                f"companion {of.companion} {of.day} {of.count}", of.subject, of.cycle
            )
            self._draft = FormDraft(
                self.office, self.entries, about, self.entries.changed,
                more_lots=self.entries.lots.add_row,
            )  # fmt: skip
        record = at.record
        self.entries.setVisible(record is None)
        if record is not None:
            self.plan.set_sentences(companion_record_lines(self.office.desk, at, record))
        else:
            take_note(self.office, self.place.subject, self.entries.note)
            self._show(at)
        self.action_changed.emit()

    def _show(self, at: CompanionLocated) -> None:
        """What is planned, and how what is entered differs from it."""
        if self.entries is None:
            return
        known = not self._further or self._date() is not None
        self.plan.set_sentences(companion_place_lines(at) if known else _ask_for_date(at))
        self.entries.set_located(at if known else None)
        form = self.entries.value()
        marks = what_is_asked_of_companion(self.office.desk, at, form) if known else ()
        self.marks.set_sentences(marks)

    def _date(self) -> date | None:
        return None if self.entries is None else self.entries.date.value()

    def _on_changed(self) -> None:
        self.problems.quiet()
        at, on = self.at, self._date()
        if at is None:
            return
        if self._further and on is not None and on != at.date:
            day, count = next_unplanned(self.office.desk, at.cycle, at.companion, on)
            self.place = replace(self.place, day=day, count=count)
            found = locate_companion(self.office.desk, self.place)
            at = self.at = at if isinstance(found, Refusal) else found
        self._show(at)
        self.action_changed.emit()

    def opened(self) -> None:
        """Begin with the first field, or with the outcome that was chosen on the board."""
        if self.entries is None or self.entries.isHidden():
            return
        self.entries.opened()
        if self._outcome is not None:
            outcome, self._outcome = self._outcome, None
            self.choose_outcome(outcome)

    def choose_outcome(self, outcome: str) -> None:
        """Choose an outcome as its key does; where a record stands, say that it is there."""
        if self.entries is not None and not self.entries.isHidden():
            self.entries.choose(outcome)
        else:
            self.office.say(say("This dose is recorded. Ctrl+Enter opens the record."))

    def key_acts(self) -> KeyActs:
        """G, P, H, O and U choose the outcome; V signs as second person."""
        acts = {
            action: partial(self.choose_outcome, outcome)
            for action, outcome in OUTCOME_ACTIONS.items()
        }
        return {"steps": {**acts, "witness": self._witness}}

    def _witness(self) -> None:
        ask_cosign_companion(self.office, self.place)

    # The act

    def action(self) -> ActionState:
        """Review, or the way to the record that is there."""
        if self.at is None or self.entries is None:
            return ActionState(back=say("Go back"))
        if self.at.record is not None:
            by = self.at.record.by
            return ActionState(say("Recorded by {who}.", who=by), say("Open the record"))
        outcome = self.entries.value().outcome
        sentence = say("Choose what happened. Nothing is recorded yet.")
        if outcome:
            sentence = say("{word} - nothing is recorded yet", word=say(outcome.capitalize()))
        return ActionState(sentence, say("Review"), self.entries.missing())

    def focus_missing(self) -> None:
        """Show what is missing beside each field, and begin with the first."""
        if self.entries is not None:
            self.entries.focus_missing()

    def commit(self) -> None:
        """Let the desk judge the form, then show the review with the first signature."""
        at, entries = self.at, self.entries
        if at is None or entries is None:
            return
        if at.record is not None:
            self.office.open("records", subject=self.subject, entry=at.record.entry)
            return
        self.problems.set_sentences(())
        if not entries.judge():
            entries.focus_missing()
            return
        form = entries.value()
        refusal = companion_form_refusal(self.office.desk, at, form)
        if refusal is not None:
            self.problems.refuse(refusal.reasons)
            return
        self._ask_first(at, form)

    def _ask_first(self, at: CompanionLocated, form: CompanionForm) -> None:
        office, place, token = self.office, at.place, self._token
        meaning = record_meaning(form.outcome)

        def first(name: str, pin: str) -> str | None:  # noqa: ARG001 - the signed-in person
            signature = sign(office.desk, pin, meaning)
            if isinstance(signature, Refusal):
                return signature.text
            stored = record_companion(office.desk, place, form, signature, token)
            if isinstance(stored, Refusal):
                return stored.text
            if self._draft is not None:
                self._draft.recorded()
            office.stored()
            office.open("board", subject=place.subject, cycle=place.cycle)
            ask_cosign_companion(office, place)
            return None

        person = office.desk.person
        office.ask_sign(
            SignRequest(
                say("Review before signing"),
                companion_review_lines(office.desk, at, form),
                meaning,
                "" if person is None else f"{person.name}, {say(person.role)}",
                (
                    *what_is_asked_of_companion(office.desk, at, form),
                    *delegation.giving_not_delegated(office.desk),
                ),
            ),
            first,
        )


def _ask_for_date(at: CompanionLocated) -> tuple[str, ...]:
    return (
        say(
            "A dose of {drug} that the protocol does not plan. Enter its date first.",
            drug=at.companion.drug,
        ),
    )
