"""Glyphs as widgets and pictures; a glyph on a screen always has its word beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from il2desk.window.glyph_drawing import BOX, STATES, VERDICTS, paint_glyph
from il2desk.window.spoken import spoken
from il2desk.window.theme import PlainLabel, tokens_of
from il2desk.window.tokens import LIGHT, Tokens

__all__ = ["BOX", "STATES", "VERDICTS", "Glyph", "GlyphLabel", "glyph_pixmap", "paint_glyph"]


def glyph_pixmap(
    state: str,
    *,
    amended: bool = False,
    px: int = BOX,
    ratio: float = 1.0,
    tokens: Tokens = LIGHT,
) -> QPixmap:
    """Return the glyph as a picture for a table cell, `px` logical pixels high."""
    picture = QPixmap(QSize(round(px * ratio), round(px * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_glyph(painter, QRectF(0, 0, px, px), state, amended=amended, tokens=tokens)
    painter.end()
    return picture


class Glyph(QWidget):
    """One glyph alone; whoever shows it puts the word beside it."""

    def __init__(self, state: str = "", *, px: int = BOX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._amended = False
        self.setFixedSize(px, px)

    def set_state(self, state: str, *, amended: bool = False) -> None:
        """Show another state; an empty one shows nothing."""
        self._state, self._amended = state, amended
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the glyph."""
        if self._state:
            paint_glyph(
                QPainter(self),
                self.rect().toRectF(),
                self._state,
                amended=self._amended,
                tokens=tokens_of(self),
            )


class GlyphLabel(QWidget):
    """A glyph and its word, always together."""

    def __init__(
        self,
        state: str,
        words: str,
        *,
        amended: bool = False,
        px: int = BOX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._glyph = Glyph(px=px, parent=self)
        self._words = PlainLabel(bold=True, parent=self)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.set_state(state, words, amended=amended)

    def set_state(self, state: str, words: str, *, amended: bool = False) -> None:
        """Show a state by shape and word. ValueError where either is missing or unknown."""
        if state not in STATES + VERDICTS or not words.strip():
            msg = f"a glyph needs a known state and a word, not {state!r} and {words!r}"
            raise ValueError(msg)
        self._glyph.set_state(state, amended=amended)
        self._words.setText(words)
        self.setAccessibleName(spoken(words))

    def words(self) -> str:
        """Return the word shown."""
        return self._words.text()
