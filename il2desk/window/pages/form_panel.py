"""A few fields asked for beside the page, before one act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from il2desk.dosing import Refusal
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Entry, Form
from il2desk.window.pages.notice import Notice
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

_LABEL_PX = 130


class FormPanel(QFrame):
    """Heading, what will happen, fields, and one act. `back` stores nothing.

    `act` is asked once every field can be used; it returns why it is refused, or None.
    """

    back = Signal()

    def __init__(
        self, heading: str, lines: tuple[str, ...], verb: str, act: Callable[[], Refusal | None]
    ) -> None:
        super().__init__()
        self._act = act
        self._beside: dict[str, Entry] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(title_label(heading, parent=self))
        for line in lines:
            column.addWidget(PlainLabel(line, parent=self))
        self.form = Form(self)
        column.addWidget(self.form)
        self.problems = Notice(parent=self)
        column.addWidget(self.problems)
        row = QHBoxLayout()
        self._go_back = go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        on = Button(verb, keys.key_text("commit"), strong=True, parent=self)
        go_back.clicked.connect(self.back)
        on.clicked.connect(self.commit)
        row.addStretch(1)
        row.addWidget(go_back)
        row.addWidget(on)
        column.addLayout(row)
        column.addStretch(1)
        keys.install(self, "commit", {"commit": self.commit, "back": self.back.emit})

    def ask(self, entry: Entry, *codes: str) -> None:
        """Ask for an entry; a refusal with one of these codes stands beside it."""
        self.form.add(entry)
        entry.set_label_width(_LABEL_PX)
        self._beside |= dict.fromkeys(codes, entry)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first field, or on Go back where there is none."""
        super().showEvent(event)
        entries = self.form.entries()
        if entries:
            entries[0].focus_entry()
        else:
            self._go_back.setFocus()

    def commit(self) -> None:
        """Judge the fields, then act."""
        self.problems.set_sentences(())
        if not self.form.judge_all():
            self.form.focus_first_wrong()
            return
        refused = self._act()
        if refused is None:
            return
        entry = self._beside.get(refused.code)
        if entry is None:
            self.problems.refuse(refused.reasons)
        else:
            entry.set_error(refused.text)
            entry.focus_entry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
