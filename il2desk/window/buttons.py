"""Buttons that never act by Enter and always show their edge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from il2desk.window.breaks import SOFT_HYPHEN, widest_piece
from il2desk.window.spoken import spoken
from il2desk.window.theme import colour, text_font, tokens_of

_HEIGHT, _LOW_HEIGHT = 38, 28
_AROUND = 12  # pixels between the words and the edge


class Button(QPushButton):
    """A verb and its key, such as "Go back  Esc". Pressed by Space, by its key or by the mouse.

    `wraps` is for a long sentence in a narrow column: it may take several lines. `low` is for
    a bar that is always there.
    """

    def __init__(
        self,
        words: str,
        key: str = "",
        *,
        strong: bool = False,
        wraps: bool = False,
        low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wraps = wraps
        if wraps:
            policy = self.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFont(text_font(bold=strong))
        self._strong = strong
        self._least = _LOW_HEIGHT if low else _HEIGHT
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
        return QSize(hint.width() + 16, max(hint.height(), self._least))

    def minimumSizeHint(self) -> QSize:
        """Return the whole words; a cut verb is no verb. Where they may wrap, the longest of them."""
        if not self._wraps:
            return self.sizeHint()
        widest = widest_piece(self.text(), self.fontMetrics())
        return QSize(widest + 2 * _AROUND, self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines, where the words may wrap; -1 where they stand on one."""
        if not self._wraps:
            return -1
        room = QRect(0, 0, max(width - 2 * _AROUND, 1), 100 * _HEIGHT)
        lines = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, self.text())
        return max(lines.height() + _AROUND, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with the lines that the words take in this width."""
        super().resizeEvent(event)
        if self._wraps:
            self.setMinimumHeight(self.heightForWidth(event.size().width()))

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
        if self._wraps:
            whole |= Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(_AROUND, 0, -_AROUND, 0), whole, self.text())
