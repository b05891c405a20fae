"""Facts in two columns: what it is called at the left, what it is at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from il2desk.window.breaks import widest_piece
from il2desk.window.spoken import spoken
from il2desk.window.theme import BODY_PX, SECONDARY_PX, PlainLabel, text_font
from il2desk.words import say

LARGE_PX = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name, its text, and whether it is drawn large or struck through."""

    name: str
    text: str
    large: bool = False
    struck: bool = False


class FactsGrid(QWidget):
    """Facts under each other; an empty text is shown as "Not recorded"."""

    def __init__(self, *, name_px: int = 150, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name_px = name_px
        self._facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts; the old ones go first. The same facts again cost nothing."""
        if tuple(facts) == self._facts:
            return
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._facts = tuple(facts)
        metrics = QFontMetrics(text_font(SECONDARY_PX))
        names = [widest_piece(spoken(fact.name), metrics) + 2 for fact in self._facts]
        wide = max((self._name_px, *names))  # a longer word of another language takes its room
        for row, fact in enumerate(self._facts):
            name = PlainLabel(fact.name, px=SECONDARY_PX, muted=True, parent=self)
            name.setFixedWidth(wide)
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            px = LARGE_PX if fact.large else BODY_PX
            text = PlainLabel(fact.text or say("Not recorded"), px=px, bold=fact.large, parent=self)
            if fact.struck:
                font = text.font()
                font.setStrikeOut(True)
                text.setFont(font)
                text.setAccessibleName(say("struck: {line}", line=fact.text))
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)

    def facts(self) -> tuple[Fact, ...]:
        """Return what is shown."""
        return self._facts
