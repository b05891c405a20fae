"""What every correction of a recorded dose has in common: its fields, its review, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    AMENDMENT_REASONS,
    GIVEN,
    AdministrationRecord,
    CompanionRecord,
    TwoSignatures,
    drafts,
    new_token,
)
from il2desk.dosing import Refusal
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.fields.entry import LABEL_PX
from il2desk.window.form_draft import FormDraft
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.right_patient import WRONG_PATIENT, offer_right_patient
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.pages.tick import TickBox
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_OTHER = "other"
Amendment = TypeVar("Amendment")
"""What the desk's act takes: the corrected values."""


class CorrectionForm(QWidget, Generic[Amendment]):
    """The correction of one record, signed by two people. `finished` is emitted once it is stored.

    A form of its own says which fields it has beside time, note and reason, and which act it is.
    """

    changed = Signal()
    finished = Signal()

    def __init__(
        self, office: Office, subject: str, record: AdministrationRecord | CompanionRecord
    ) -> None:
        super().__init__()
        self._office, self._subject, self._recorded = office, subject, record
        self._token = new_token()
        self.problems = Notice(parent=self)
        self.form = Form(self)
        self.time = MomentEntries(
            office, self.form, say("New start time"), required=False, usual_day=self._old_day
        )
        choices = [Choice(reason, say(reason.capitalize())) for reason in AMENDMENT_REASONS]
        self.reason = self.form.add(NumberedChoice(say("Reason"), choices, columns=2))
        self.other = self.form.add(TextEntry(say("Reason, in words"), required=True))
        # Behind the reason: most corrections are of the time alone.
        self.time.add_date()
        self._of_given = self._add_fields()
        self.note = self.form.add(TextEntry(say("New note")))
        words = say("Entered in error: nothing of this record happened")
        self.in_error = TickBox(words, indent=LABEL_PX + 12, parent=self)
        self.form.add_widget(self.in_error)
        self._lay_out()
        self._show()
        self.form.changed.connect(self._on_changed)
        self.time.changed.connect(self._on_changed)
        self.in_error.toggled.connect(self._on_changed)
        about = drafts.DraftPlace(f"amend {record.entry}", subject)
        self._draft = FormDraft(office, self, about, self.changed)

    # What a form of its own says

    def _add_fields(self) -> tuple[QWidget, ...]:
        """Add the fields between time and note; return those that only a given dose has."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        """Put record and fields on the page."""
        raise NotImplementedError

    def _sentence(self) -> str:
        """What stands in the action bar."""
        raise NotImplementedError

    def _about(self) -> tuple[str, ...]:
        """The first lines of the review: whose record of what it is."""
        raise NotImplementedError

    def _field_words(self) -> Mapping[str, str]:
        """What an amended field is called, by its name in the journal."""
        raise NotImplementedError

    def _amendment(self, reason: str, *, in_error: bool) -> Amendment:
        """The corrected values as they are typed."""
        raise NotImplementedError

    def _changes(self, form: Amendment) -> Sequence[Mapping[str, str | None]] | Refusal:
        """What the desk says that the correction would change."""
        raise NotImplementedError

    def _store(self, form: Amendment, signed: TwoSignatures, token: str) -> object:
        """The desk's act."""
        raise NotImplementedError

    # What all have

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
        return ActionState(self._sentence(), say("Review"), tuple(missing))

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
        reason = self._reason()
        form = self._amendment(reason, in_error=self.in_error.isChecked())
        changes = self._changes(form)
        if isinstance(changes, Refusal):
            self.problems.refuse(changes.reasons)
            return
        review, words = [*self._about()], self._field_words()
        for change in changes:
            name = change["field"] or ""
            what = say(words.get(name, name)).capitalize()
            review.append(say("{what}: was {old}", what=what, old=change["old_text"]))
            review.append(say("{what}: is {new}", what=what, new=change["new_text"]))
        review.append(say("Reason: {reason}", reason=reason))
        token = self._token
        sign_twice(
            self._office,
            Act(say("Review the correction"), tuple(review), AMEND_FIRST, AMEND_SECOND),
            lambda signed: self._store(form, signed, token),
            self._stored,
        )

    # Inside

    def _stored(self) -> None:
        office, subject, note = self._office, self._subject, self._recorded.note
        wrong = self.in_error.isChecked() and self.reason.value() == WRONG_PATIENT
        office.window.close_panel()
        self._draft.recorded()
        office.stored(
            say("Stored. F3 finds the right patient; record the dose there.") if wrong else None
        )
        self.finished.emit()
        if wrong:
            offer_right_patient(office, subject, note)

    def _old_day(self) -> date | None:
        given = self._recorded.given_at
        return None if given is None else self._office.desk.local(given).date()

    def _reason(self) -> str:
        chosen = self.reason.value() or ""
        return self.other.typed() if chosen == _OTHER else chosen

    def _on_changed(self) -> None:
        self.problems.quiet()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """A record that is struck as a whole has no single corrections."""
        single = not self.in_error.isChecked()
        given = self._recorded.outcome in GIVEN and single
        if self.time.time.isHidden() == given:
            self.time.set_shown(shown=given)
        for widget in self._of_given:
            widget.setVisible(given)
        self.note.setVisible(single)
        self.other.setVisible(self.reason.value() == _OTHER)
