"""One dose on the cycle board, and the facts of a whole board."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from il2desk.window.glyph_drawing import shade_past
from il2desk.window.glyphs import Glyph
from il2desk.window.theme import SECONDARY_PX, PlainLabel, colour, tokens_of
from il2desk.words import say

_SLOT_WIDTH, _SLOT_HEIGHT = 112, 72


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A column of the board."""

    key: str
    words: str
    is_today: bool = False
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """One scheduled dose, in texts ready to be shown; `sentence` is what readers hear."""

    number: int
    day: str
    row: str
    planned: str
    state: str
    word: str
    detail: str = ""
    amended: bool = False
    is_today: bool = False
    is_past: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """A whole board. The now-line stands in the column `now_day`, below the row `now_after_row`."""

    days: tuple[DayFacts, ...]
    rows: tuple[str, ...]
    slots: tuple[SlotFacts, ...]
    now_words: str = ""
    now_day: str = ""
    now_after_row: str = ""


class Slot(QFrame):
    """One dose: glyph, number and word; never a glyph without its word."""

    def __init__(self, facts: SlotFacts, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts = facts
        self._selected = False
        self.setMinimumSize(_SLOT_WIDTH, _SLOT_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        glyph = Glyph(facts.state, parent=self)
        glyph.set_state(facts.state, amended=facts.amended)
        top.addWidget(glyph)
        top.addWidget(PlainLabel(str(facts.number), bold=True, parent=self), 1)
        column.addLayout(top)
        column.addWidget(self._word())
        if facts.detail:
            column.addWidget(PlainLabel(facts.detail, px=SECONDARY_PX, narrow=True, parent=self))
        column.addStretch(1)
        amended = say(", amended") if facts.amended else ""
        spoken = facts.sentence or say(
            "Dose {number}, planned {planned}, {word}{amended}",
            number=facts.number,
            planned=facts.planned,
            word=facts.word,
            amended=amended,
        )
        self.setAccessibleName(spoken)

    def _word(self) -> PlainLabel:
        """Return the state's word; what needs somebody now stands on a fill of its own."""
        word = PlainLabel(self.facts.word, px=SECONDARY_PX, bold=True, parent=self)
        fill = {"overdue": "stop", "due": "hold"}.get(self.facts.state)
        if fill is not None:
            word.setContentsMargins(4, 1, 4, 1)
            word.set_ink(f"{fill}_text", fill)
        return word

    def set_selected(self, *, selected: bool) -> None:
        """Be the one slot in the tab order, and look it."""
        self._selected = selected
        policy = Qt.FocusPolicy.StrongFocus if selected else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the field: past shaded, overdue reversed at its edge, the chosen one framed."""
        tokens, painter = tokens_of(self), QPainter(self)
        area = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(area, colour(tokens.past if self.facts.is_past else tokens.base))
        if self.facts.is_past and tokens.hatched:
            shade_past(painter, area, tokens)
        if self._selected:
            painter.setPen(QPen(colour(tokens.focus), 3))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(QPen(colour(tokens.border), tokens.edge))
            painter.drawRect(area)


class NowLine(QWidget):
    """The moment, on a line that no text stands in; its label has a field of its own."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = PlainLabel(words, px=SECONDARY_PX, bold=True, parent=self)
        label.setWordWrap(False)
        label.setAutoFillBackground(True)
        label.setContentsMargins(6, 0, 6, 0)
        row.addStretch(1)
        row.addWidget(label)
        row.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the line behind the label."""
        painter = QPainter(self)
        painter.setPen(QPen(colour(tokens_of(self).focus), 2))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
