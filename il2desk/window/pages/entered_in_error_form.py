"""Marking a check or a weight as entered in error: why, and two signatures. It stays in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    CheckRecord,
    DosePlace,
    Located,
    PatientChart,
    Weight,
    drafts,
    new_token,
    void_check,
    void_weight,
    without_weight,
)
from il2desk.dosing import write_moment
from il2desk.window.fields import Form, TextEntry
from il2desk.window.form_draft import FormDraft
from il2desk.window.pages.dose_lines import place_lines
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.patient_banner import name_of
from il2desk.window.pages.signing import Act, Store, sign_twice
from il2desk.window.pages.weight_words import weight_words
from il2desk.window.theme import PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from il2desk.window.office import Office


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is marked: its lines, what follows, the action bar's sentence, the act by a reason, its entry."""

    lines: tuple[str, ...]
    follows: tuple[str, ...]
    sentence: str
    act: Callable[[str], Store]
    entry: str


def wrong_check(office: Office, place: DosePlace, at: Located, check: CheckRecord) -> Wrong:
    """A check of a dose."""
    desk, token = office.desk, new_token()
    when = write_moment(desk.local(check.assessed_at))
    return Wrong(
        (
            *place_lines(desk, at),
            say("Check {verdict} {when}, {by}", verdict=check.verdict, when=when, by=check.by),
            check.sentence,
        ),
        (say("Entries are kept. A check marked as entered in error counts no more."),),
        say("Mark the check as entered in error - nothing is recorded yet"),
        lambda reason: lambda signed: void_check(desk, place, check.entry, reason, signed, token),
        check.entry,
    )


def wrong_weight(office: Office, chart: PatientChart, weight: Weight) -> Wrong:
    """A weight of a patient, with what rests on it."""
    desk, token, subject = office.desk, new_token(), chart.subject
    return Wrong(
        (
            say("{name}, {trial}", name=name_of(subject), trial=subject.trial_code),
            weight_words(desk, weight),
        ),
        (
            say("Entries are kept. A weight marked as entered in error counts no more."),
            *without_weight(desk, chart, weight),
        ),
        say("Mark the weight as entered in error - nothing is recorded yet"),
        lambda reason: (
            lambda signed: void_weight(desk, subject.id, weight.entry, reason, signed, token)
        ),
        weight.entry,
    )


class EnteredInErrorForm(QWidget):
    """The reason why something was entered in error. `finished` is emitted once it is stored."""

    changed = Signal()
    finished = Signal()

    def __init__(self, office: Office, wrong: Wrong) -> None:
        super().__init__()
        self._office, self._wrong = office, wrong
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for number, line in enumerate(wrong.lines):
            column.addWidget(PlainLabel(line, bold=number == 0, parent=self))
        for number, line in enumerate(wrong.follows):
            column.addWidget(PlainLabel(line, muted=number == 0, parent=self))
        self.form = Form(self)
        self.reason = self.form.add(TextEntry(say("Entered in error because"), required=True))
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.changed.connect(self.changed)
        about = drafts.DraftPlace(f"entered in error {wrong.entry}")
        self._draft = FormDraft(office, self, about, self.form.changed)

    def focus_first(self) -> None:
        """Begin with the reason."""
        self.reason.focus_entry()

    def action(self) -> ActionState:
        """Review, or what is missing."""
        missing = tuple(entry.label_text() for entry in self.form.missing())
        return ActionState(self._wrong.sentence, say("Review"), missing)

    def focus_missing(self) -> None:
        """Show what is missing."""
        self.form.judge_all()
        self.form.focus_first_wrong()

    def commit(self) -> None:
        """Show the review with two signatures."""
        wrong, reason = self._wrong, self.reason.typed()
        review = (
            *wrong.lines,
            *wrong.follows[1:],
            say("Entered in error because: {reason}", reason=reason),
        )
        sign_twice(
            self._office,
            Act(say("Review the correction"), review, AMEND_FIRST, AMEND_SECOND),
            wrong.act(reason),
            self._stored,
        )

    def _stored(self) -> None:
        self._office.window.close_panel()
        self._draft.recorded()
        self._office.stored()
        self.finished.emit()
