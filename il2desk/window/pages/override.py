"""Giving a dose despite HOLD or CANNOT ASSESS: asked for beside the page, signed by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    DosePlace,
    Located,
    OverrideForm,
    may_override,
    new_token,
    record_override,
)
from il2desk.dosing import Refusal
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_WAYS = (
    ("in person", "In person"),
    ("by phone", "By phone, read back"),
    ("in writing", "In writing"),
)
_LABEL_PX = 110


class OverridePanel(QFrame):
    """Reason, prescriber and way of the order; then two signatures. `back` stores nothing."""

    back = Signal()

    def __init__(self, office: Office, place: DosePlace, at: Located) -> None:
        super().__init__()
        self._office, self._place = office, place
        self._token = new_token()
        check = at.dose.check
        self._verdict = "" if check is None else check.verdict
        self._sentence = "" if check is None else check.sentence
        allowed = may_override(office.desk, at.cycle, at.dose)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(
            title_label(say("Give despite {verdict}", verdict=self._verdict), parent=self)
        )
        column.addWidget(PlainLabel(self._sentence, bold=True, parent=self))
        by = "" if isinstance(allowed, Refusal) else allowed
        column.addWidget(PlainLabel(
            say("The protocol allows an order by {who}. It is printed on every sheet.", who=by),
            parent=self,
        ))  # fmt: skip
        self.form = Form(self)
        self.reason = self.form.add(TextEntry(say("Reason"), required=True))
        self.prescriber = self.form.add(TextEntry(say("Prescriber"), required=True))
        ways = [Choice(way, say(words)) for way, words in _WAYS]
        self.way = self.form.add(NumberedChoice(say("Ordered"), ways))
        for entry in self.form.entries():
            entry.set_label_width(_LABEL_PX)
        column.addWidget(self.form)
        column.addLayout(self._buttons())
        column.addStretch(1)
        keys.install(self, "commit", {"commit": self._review, "back": self.back.emit})

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        review = Button(say("Review and sign"), keys.key_text("commit"), strong=True, parent=self)
        go_back.clicked.connect(self.back)
        review.clicked.connect(self._review)
        row.addStretch(1)
        row.addWidget(go_back)
        row.addWidget(review)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the reason."""
        super().showEvent(event)
        self.reason.focus_entry()

    def _review(self) -> None:
        if not self.form.judge_all() or self.form.missing():
            self.form.focus_first_wrong()
            return
        form = OverrideForm(self.reason.typed(), self.prescriber.typed(), self.way.value() or "")
        office, place, token = self._office, self._place, self._token
        review = (
            say(
                "Dose {number} is given despite {verdict}.",
                number=place.number,
                verdict=self._verdict,
            ),
            self._sentence,
            say("Reason: {reason}", reason=form.reason),
            say("Ordered by {who}, {way}.", who=form.prescriber, way=form.way),
        )
        sign_twice(
            office,
            Act(say("Review before signing"), review, OVERRIDE_FIRST, OVERRIDE_SECOND),
            lambda signed: record_override(office.desk, place, form, signed, token),
            office.stored,
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
