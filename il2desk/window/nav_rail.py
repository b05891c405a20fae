"""The way to every screen: what concerns all patients, and what concerns the open one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from il2desk.window.theme import SECONDARY_PX, PlainLabel, colour, text_font, tokens_of
from il2desk.words import say

_WIDTH = 148
_HEIGHT = 38
_BAR = 5


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One screen: its id, words and key, and its group, "all" patients or this "patient"."""

    id: str
    words: str
    key: str
    group: str = "all"


class _NavButton(QAbstractButton):
    def __init__(self, entry: NavEntry, *, current: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._current = current
        self.setFont(text_font(bold=current))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        here = say(", this screen") if current else ""
        self.setAccessibleName(f"{entry.words}{here}")
        self.setAccessibleDescription(entry.key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Return the whole words and the key."""
        words = QFontMetrics(text_font(bold=True)).horizontalAdvance(self.entry.words)
        return QSize(max(_WIDTH, words + 58), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw key and words; the current screen has a bar, a fill and strong letters."""
        tokens, painter = tokens_of(self), QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), colour(tokens.past))
            painter.fillRect(QRect(0, 0, _BAR, self.height()), colour(tokens.focus))
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(SECONDARY_PX))
        painter.setPen(colour(tokens.muted))
        painter.drawText(self.rect().adjusted(12, 0, 0, 0), start, self.entry.key)
        painter.setFont(self.font())
        painter.setPen(colour(tokens.text if self.isEnabled() else tokens.muted))
        painter.drawText(self.rect().adjusted(46, 0, 0, 0), start, self.entry.words)


class NavRail(QFrame):
    """Screens in two groups; what is not possible now is absent, not grey."""

    navigate = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QWidget] = []
        self._entries: tuple[NavEntry, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setAccessibleName(say("Screens"))

    def set_entries(self, entries: Sequence[NavEntry], current: str = "") -> None:
        """Offer these screens; `current` is the one shown."""
        for old in self._buttons:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons, self._entries = [], tuple(entries)
        for group, words in (("all", say("All patients")), ("patient", say("This patient"))):
            mine = [entry for entry in entries if entry.group == group]
            if mine:
                head = PlainLabel(words, px=SECONDARY_PX, muted=True, parent=self)
                head.setContentsMargins(12, 8, 6, 2)
                self._put(head)
            for entry in mine:
                button = _NavButton(entry, current=entry.id == current, parent=self)
                button.clicked.connect(self._go)
                self._put(button)

    def entries(self) -> tuple[NavEntry, ...]:
        """Return the screens offered."""
        return self._entries

    def _put(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        self._buttons.append(widget)
        widget.show()  # now, so that the keyboard can reach it

    def _go(self) -> None:
        button = self.sender()
        if isinstance(button, _NavButton):
            self.navigate.emit(button.entry.id)
