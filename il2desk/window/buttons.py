"""Buttons that never act by Enter and always show their edge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from il2desk.window.breaks import SOFT_HYPHEN
from il2desk.window.spoken import spoken
from il2desk.window.theme import colour, text_font, tokens_of

_HEIGHT = 38


class Button(QPushButton):
    """A verb and its key, such as "Go back  Esc". Pressed by Space, by its key or by the mouse."""

    def __init__(
        self, words: str, key: str = "", *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFont(text_font(bold=strong))
        self._strong = strong
        self._key = key
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Write the verb; its key stays behind it."""
        words = spoken(words)
        # A single ampersand would become a hidden second key.
        shown = words.replace("&", "&&").replace(SOFT_HYPHEN, "")  # it stands on one line
        self.setText(f"{shown}   {self._key}" if self._key else shown)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self._key)

    def set_strong(self, *, strong: bool) -> None:
        """Look ready (filled) or not ready (outlined)."""
        self._strong = strong
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for words that grow in translation."""
        hint = super().sizeHint()
        return QSize(hint.width() + 16, max(hint.height(), _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the whole words; a cut verb is no verb."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw a flat field with an edge; Fusion's gradient would wash the contrast out."""
        tokens, painter = tokens_of(self), QPainter(self)
        strong = self._strong and self.isEnabled()
        fill = tokens.select if strong else tokens.current if self.isDown() else tokens.base
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(tokens.border), tokens.edge))
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        ink = tokens.select_text if strong else tokens.text if self.isEnabled() else tokens.muted
        painter.setPen(colour(ink))
        whole = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), whole, self.text())
