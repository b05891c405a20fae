"""A reason asked for beside the page, before an act that goes with one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import TextEntry
from il2desk.window.flow import FlowLayout
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

_LABEL_PX = 90


class ReasonPanel(QFrame):
    """Heading, what will happen, and one text to type. `back` stores nothing.

    `go_on` gets what was typed and returns why it cannot be used, or None.
    """

    back = Signal()

    def __init__(
        self,
        heading: str,
        lines: tuple[str, ...],
        asked: str,
        verb: str,
        go_on: Callable[[str], str | None],
    ) -> None:
        super().__init__()
        self._go_on = go_on
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(title_label(heading, parent=self))
        for line in lines:
            column.addWidget(PlainLabel(line, parent=self))
        self.reason = TextEntry(asked, required=True, parent=self)
        self.reason.set_label_width(_LABEL_PX)
        column.addWidget(self.reason)
        row = FlowLayout(gap=8, line_gap=8, at_right=True)
        go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        on = Button(verb, keys.key_text("commit"), strong=True, parent=self)
        go_back.clicked.connect(self.back)
        on.clicked.connect(self._on)
        row.addWidget(go_back)
        row.addWidget(on)
        column.addLayout(row)
        column.addStretch(1)
        keys.install(self, "commit", {"commit": self._on, "back": self.back.emit})

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the text."""
        super().showEvent(event)
        self.reason.focus_entry()

    def _on(self) -> None:
        if not self.reason.judge():
            self.reason.focus_entry()
            return
        refused = self._go_on(self.reason.typed().strip())
        if refused is not None:
            self.reason.set_error(refused)
            self.reason.focus_entry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
