"""The dose and its working, lines A to M with their sources, drawn in one piece.

One widget and not sixty labels: a weight that is left must show its dose at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QStaticText,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from il2desk.dosing import Step, kept_together
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import BODY_PX, SECONDARY_PX, TITLE_PX, text_font, tokens_of
from il2desk.words import say

_LABEL, _GAP, _PAD, _BAR = 196, 14, 5, 4
_MOST_CACHED = 600
_KINDS = ("headline", "stop", "plain", "bold", "small")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence over or under the working; `kind` is headline, stop or plain."""

    words: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the working; `was` is what it said before, empty where it did not change."""

    letter: str
    label: str
    text: str
    source: str
    was: str = ""

    def spoken(self) -> str:
        """The line as one sentence."""
        was = say(" (was {old})", old=self.was) if self.was else ""
        return (
            f"{self.letter} {spoken(self.label)}: {spoken(self.text)}{was}. {spoken(self.source)}"
        )


def lines_of(steps: Sequence[Step], before: Sequence[Step] = ()) -> tuple[Line, ...]:
    """The lines of a working, each with what the same line said `before` where it changed."""
    old = {(step.letter, step.label): step.text for step in before}
    return tuple(
        Line(
            step.letter,
            step.label,
            step.text,
            step.source,
            was if (was := old.get((step.letter, step.label), "")) != step.text else "",
        )
        for step in steps
    )


class WorkingView(QWidget):
    """Draws texts, lines, texts; a changed line has a bar at its edge and says what it was.

    The widget grows and does not shrink while it is typed into, so that nothing jumps; `fit` lets
    it shrink again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._above: tuple[Text, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._below: tuple[Text, ...] = ()
        self._tops: list[int] = [0]
        # Wrapping a text costs more than drawing it, and most texts are the same for every weight.
        self._wrapped: dict[tuple[str, int, str], QStaticText] = {}
        self._fonts = _fonts()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def dress_again(self) -> None:
        """Measure and wrap anew in the text size that is in use now."""
        self._fonts = _fonts()
        self._wrapped.clear()
        self._measure()
        self.fit()

    def show_answer(
        self, above: Sequence[Text], lines: Sequence[Line] = (), below: Sequence[Text] = ()
    ) -> None:
        """Show an answer; empty texts are left out."""
        self._above = tuple(text for text in above if text.words)
        self._lines = tuple(lines)
        self._below = tuple(text for text in below if text.words)
        self.setAccessibleName(self.spoken())
        self._measure()
        self.update()

    def clear(self) -> None:
        """Show nothing, at once; the room stays."""
        self._above, self._lines, self._below, self._tops = (), (), (), [0]
        self.setAccessibleName("")
        self.update()

    def fit(self) -> None:
        """Take no more room than is needed now."""
        self.setFixedHeight(self._tops[-1])

    def lines(self) -> tuple[Line, ...]:
        """The lines shown."""
        return self._lines

    def texts(self) -> tuple[str, ...]:
        """The sentences over and under the lines."""
        return tuple(text.words for text in (*self._above, *self._below))

    def spoken(self) -> str:
        """All that is shown, for readers."""
        above, below = ([text.words for text in part] for part in (self._above, self._below))
        return spoken_all([*above, *(line.spoken() for line in self._lines), *below], "\n")

    def minimumSizeHint(self) -> QSize:
        """Wide enough to read."""
        return QSize(480, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()
            self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what of the texts above, the lines and the texts below is to be seen."""
        painter, tokens = QPainter(self), tokens_of(self)
        seen = event.rect()
        ends = zip(self._tops, self._tops[1:], strict=False)
        shown: tuple[Text | Line, ...] = (*self._above, *self._lines, *self._below)
        for part, (top, end) in zip(shown, ends, strict=True):
            if end < seen.top() or top > seen.bottom():
                continue
            if isinstance(part, Line):
                self._draw_line(painter, part, top, end)
            else:
                ink = tokens.stop if part.kind == "stop" else tokens.text
                self._draw(painter, (0, top + 2), part.words, self.width(), part.kind, ink)

    def _draw(
        self, painter: QPainter, at: tuple[int, int], text: str, width: int, kind: str, ink: str
    ) -> None:
        painter.setFont(self._fonts[kind])
        painter.setPen(QColor(ink))
        painter.drawStaticText(*at, self._static(text, width, kind))

    def _draw_line(self, painter: QPainter, line: Line, top: int, end: int) -> None:
        tokens = tokens_of(self)
        text_x, text_w, source_x, source_w = self._columns()
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(_BAR, end - 1, self.width(), end - 1)
        y = top + _PAD
        self._draw(painter, (_BAR + 6, y), line.letter, 28, "bold", tokens.text)
        self._draw(painter, (_BAR + 36, y), line.label, _LABEL - 40, "bold", tokens.text)
        self._draw(painter, (text_x, y), line.text, text_w, "plain", tokens.text)
        self._draw(painter, (source_x, y), line.source, source_w, "small", tokens.muted)
        if line.was:
            painter.fillRect(0, top, _BAR, end - top - 1, QColor(tokens.focus))
            y += self._height(line.text, text_w, "plain")
            self._draw(painter, (text_x, y), _was(line), text_w, "small", tokens.muted)

    def _columns(self) -> tuple[int, int, int, int]:
        """Left edge and width of the numbers and of the sources."""
        room = max(self.width() - _LABEL - _BAR - 2 * _GAP, 200)
        text_w = room * 55 // 100
        text_x = _BAR + _LABEL + _GAP
        return text_x, text_w, text_x + text_w + _GAP, room - text_w

    def _measure(self) -> None:
        _, text_w, _, source_w = self._columns()
        tops, top = [0], 0
        for text in self._above:
            top += self._height(text.words, self.width(), text.kind) + 6
            tops.append(top)
        for line in self._lines:
            tall = self._height(line.text, text_w, "plain")
            if line.was:
                tall += self._height(_was(line), text_w, "small")
            named = self._height(line.label, _LABEL - 40, "bold")
            cited = self._height(line.source, source_w, "small")
            top += max(tall, named, cited) + 2 * _PAD
            tops.append(top)
        for text in self._below:
            top += self._height(text.words, self.width(), text.kind) + 6
            tops.append(top)
        self._tops = tops
        if top > self.height() or self.minimumHeight() != self.maximumHeight():
            self.setFixedHeight(top)

    def _height(self, text: str, width: int, kind: str) -> int:
        return math.ceil(self._static(text, width, kind).size().height())

    def _static(self, text: str, width: int, kind: str) -> QStaticText:
        key = (text, width, kind)
        found = self._wrapped.get(key)
        if found is None:
            # Line breaks are lost in a static text otherwise.
            found = QStaticText(kept_together(text).replace("\n", "\u2028"))
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
            found.setTextWidth(width)
            found.prepare(QTransform(), self._fonts[kind])
            if len(self._wrapped) > _MOST_CACHED:
                self._wrapped.clear()
            self._wrapped[key] = found
        return found


def _was(line: Line) -> str:
    return say("was {old}", old=line.was)


def _fonts() -> dict[str, QFont]:
    fonts = (
        text_font(TITLE_PX, bold=True), text_font(bold=True), text_font(BODY_PX),
        text_font(bold=True), text_font(SECONDARY_PX),
    )  # fmt: skip
    return dict(zip(_KINDS, fonts, strict=True))
