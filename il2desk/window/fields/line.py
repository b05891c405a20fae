"""The line that everything is typed on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from il2desk.window.theme import colour, text_font, tokens_of

_SILENT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_PROMPT_PAD = 14  # the edges of a line and the style's margins
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Line(QLineEdit):
    """A line edit that keeps what was typed: no validator, no mask, no length, no stepping."""

    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(text_font())
        self.setMinimumHeight(34)
        self.wrong = False

    def show_whole_prompt(self) -> None:
        """Grow where the prompt of another language needs more than the width that was set."""
        prompt = self.fontMetrics().horizontalAdvance(self.placeholderText()) + _PROMPT_PAD
        if self.maximumWidth() < prompt:
            self.setFixedWidth(prompt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for judgement; up and down do nothing; all else edits."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in _PLAIN:
            if not event.isAutoRepeat():
                self.entered.emit()
        elif event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving for another field is the moment of judgement; a menu or another window is not."""
        super().focusOutEvent(event)
        if event.reason() not in _SILENT:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an edge with enough contrast, and a thick one where the entry is wrong."""
        super().paintEvent(event)
        painter, tokens = QPainter(self), tokens_of(self)
        width = tokens.edge + 1 if self.wrong else tokens.edge
        painter.setPen(QPen(colour(tokens.stop if self.wrong else tokens.border), width))
        painter.drawRect(self.rect().adjusted(width // 2, width // 2, -1, -1))
