"""What a prescriber ordered beside the page: reason, name and way, signed by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from il2desk.desk import DosePlace, TwoSignatures, new_token
from il2desk.dosing import tell
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.flow import FlowLayout
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

Store = Callable[[TwoSignatures], object]

_WAYS = (
    ("in person", tell("In person")),
    ("by phone", tell("By phone, read back")),
    ("in writing", tell("In writing")),
)
_LABEL_PX = 110


class OrderedPanel(QFrame):
    """Reason, prescriber and way of an order; then two signatures. `back` stores nothing."""

    back = Signal()

    def __init__(
        self, office: Office, place: DosePlace, title: str, sentences: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._office, self._place = office, place
        self._token = new_token()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(title_label(title, parent=self))
        for number, sentence in enumerate(sentences):
            column.addWidget(PlainLabel(sentence, bold=number == 0, parent=self))
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

    def _buttons(self) -> FlowLayout:
        row = FlowLayout(gap=8, line_gap=8, at_right=True)
        go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        review = Button(say("Review and sign"), keys.key_text("commit"), strong=True, parent=self)
        go_back.clicked.connect(self.back)
        review.clicked.connect(self._review)
        row.addWidget(go_back)
        row.addWidget(review)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the reason."""
        super().showEvent(event)
        self.reason.focus_entry()

    def review(self) -> tuple[str, ...]:
        """What is reviewed before the reason and the order."""
        return ()

    def meanings(self) -> tuple[str, str]:
        """What the first and what the second person sign."""
        raise NotImplementedError

    def storing(self, reason: str, prescriber: str, way: str) -> Store:
        """Return the desk act that stores the order; this panel is gone when it is called."""
        raise NotImplementedError

    def _review(self) -> None:
        if not self.form.judge_all() or self.form.missing():
            self.form.focus_first_wrong()
            return
        reason, who, way = self.reason.typed(), self.prescriber.typed(), self.way.value() or ""
        lines = (
            *self.review(),
            say("Reason: {reason}", reason=reason),
            say("Ordered by {who}, {way}.", who=who, way=way),
        )
        act = Act(say("Review before signing"), lines, *self.meanings())
        sign_twice(self._office, act, self.storing(reason, who, way), self._office.stored)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
