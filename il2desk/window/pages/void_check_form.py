"""Marking a check as entered in error: why, and two signatures. The check stays in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    CheckRecord,
    DosePlace,
    Located,
    new_token,
    void_check,
)
from il2desk.dosing import write_moment
from il2desk.window.fields import Form, TextEntry
from il2desk.window.pages.dose_lines import place_lines
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.theme import PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class VoidCheckForm(QWidget):
    """The reason why a check was entered in error. `finished` is emitted once it is stored."""

    changed = Signal()
    finished = Signal()

    def __init__(self, office: Office, place: DosePlace, at: Located, check: CheckRecord) -> None:
        super().__init__()
        self._office, self._place, self._check = office, place, check
        self._token = new_token()
        when = write_moment(office.desk.local(check.assessed_at))
        self._lines = (
            *place_lines(office.desk, at),
            say("Check {verdict} {when}, {by}", verdict=check.verdict, when=when, by=check.by),
            check.sentence,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for number, line in enumerate(self._lines):
            column.addWidget(PlainLabel(line, bold=number == 0, parent=self))
        keeps = say("Entries are kept. A check marked as entered in error counts no more.")
        column.addWidget(PlainLabel(keeps, muted=True, parent=self))
        self.form = Form(self)
        self.reason = self.form.add(TextEntry(say("Entered in error because"), required=True))
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.changed.connect(self.changed)

    def focus_first(self) -> None:
        """Begin with the reason."""
        self.reason.focus_entry()

    def action(self) -> ActionState:
        """Review, or what is missing."""
        missing = tuple(entry.label_text() for entry in self.form.missing())
        sentence = say("Mark the check as entered in error - nothing is recorded yet")
        return ActionState(sentence, say("Review"), missing)

    def focus_missing(self) -> None:
        """Show what is missing."""
        self.form.judge_all()
        self.form.focus_first_wrong()

    def commit(self) -> None:
        """Show the review with two signatures."""
        desk, place, check, token = self._office.desk, self._place, self._check, self._token
        reason = self.reason.typed()
        review = (*self._lines, say("Entered in error because: {reason}", reason=reason))
        sign_twice(
            self._office,
            Act(say("Review the correction"), review, AMEND_FIRST, AMEND_SECOND),
            lambda signed: void_check(desk, place, check.entry, reason, signed, token),
            self._stored,
        )

    def _stored(self) -> None:
        self._office.window.close_panel()
        self._office.stored()
        self.finished.emit()
