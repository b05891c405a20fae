"""One entry of the journal whole, beside the page: every field, every signature, its place in the chain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.pages.facts_grid import Fact, FactsGrid
from il2desk.window.theme import colour, title_label, tokens_of
from il2desk.words import say

_BREAK = "\u200b"
_LONGEST = 16


class EntryPanel(QFrame):
    """Shows and stores nothing. `back` is the way out."""

    back = Signal()

    def __init__(self, heading: str, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.fields = tuple(fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.addWidget(title_label(heading, parent=self))
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(". ".join(f"{name} {text}" for name, text in self.fields))
        grid = FactsGrid(name_px=120)
        grid.set_facts([Fact(name, _breakable(text)) for name, text in self.fields])
        inner = QWidget()
        around = QVBoxLayout(inner)
        around.setContentsMargins(4, 8, 8, 8)
        around.addWidget(grid)
        around.addStretch(1)
        self.area.setWidget(inner)
        column.addWidget(self.area, 1)
        self._go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        self._go_back.clicked.connect(self.back)
        column.addWidget(self._go_back, 0, Qt.AlignmentFlag.AlignRight)
        keys.install(self, "commit", {"back": self.back.emit})

    def showEvent(self, event: QShowEvent) -> None:
        """Arrows scroll from the start."""
        super().showEvent(event)
        self.area.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


def _breakable(text: str) -> str:
    """The text with places at which a hash may go on in the next line; nothing is cut."""
    return " ".join(
        _BREAK.join(word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST))
        for word in text.split(" ")
    )
