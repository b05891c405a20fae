"""What says over a page that it holds a draft, and the dashed frame around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.theme import PlainLabel, colour, tokens_of
from il2desk.words import say

_INSET = 4
HEIGHT = 28
"""Of the line over a page, in px; kept free where there is no draft, so that no field moves."""


class DraftLine(QWidget):
    """When the draft was kept, and the way to discard it; hidden while there is none."""

    discard = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._text = PlainLabel(bold=True, parent=self)
        self._text.setWordWrap(False)
        row.addStretch(1)
        row.addWidget(self._text)
        button = Button(say("Discard"), keys.key_text("discard-draft"), parent=self)
        # Its key reaches it from everywhere; the keyboard begins in the page, never on this.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedHeight(HEIGHT)
        button.clicked.connect(self.discard)
        row.addWidget(button)
        self.hide()

    def set_text(self, text: str) -> None:
        """Say it; empty text hides the line."""
        self._text.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()


class DashedFrame(QWidget):
    """The place of the page, with a dashed edge while what stands in it is a draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dashed = False

    def set_dashed(self, *, dashed: bool) -> None:
        """Draw the edge, or none."""
        if dashed != self._dashed:
            self._dashed = dashed
            self.update()

    def is_dashed(self) -> bool:
        """Return whether the edge is drawn."""
        return self._dashed

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        super().paintEvent(event)
        if self._dashed:
            painter = QPainter(self)
            painter.setPen(QPen(colour(tokens_of(self).text), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET))
