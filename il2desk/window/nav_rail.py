"""The way to every screen: all patients, the open one, and the house behind both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from il2desk.window.theme import SECONDARY_PX, PlainLabel, colour, text_font, tokens_of
from il2desk.words import say

_WIDTH = 148
_HEIGHT, _LEAST_HEIGHT = 38, 24  # a row of the rail: with room, and on a small screen
_MARGIN, _SPACING = 6, 1
_BAR = 5
_KEY_ROOM, _BESIDE_WORDS = 42, 50  # left of the words, and on both sides of them
_GROUPS = ("all", "patient", "house")


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One screen: its id, words and key, and its group.

    The group is "all" patients, this "patient", or the "house": stock, paper, people, settings.
    """

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
        return QSize(max(_WIDTH, words + _BESIDE_WORDS), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw key and words; the current screen has a bar, a fill and strong letters."""
        tokens, painter = tokens_of(self), QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), colour(tokens.current))
            painter.fillRect(QRect(0, 0, _BAR, self.height()), colour(tokens.focus))
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(SECONDARY_PX))
        painter.setPen(colour(tokens.muted))
        painter.drawText(self.rect().adjusted(12, 0, 0, 0), start, self.entry.key)
        painter.setFont(self.font())
        painter.setPen(colour(tokens.text if self.isEnabled() else tokens.muted))
        painter.drawText(self.rect().adjusted(_KEY_ROOM, 0, 0, 0), start, self.entry.words)


class NavRail(QScrollArea):
    """Screens in groups; what is not possible now is absent, not grey.

    Where the window is low its rows come closer; what still finds no room is scrolled to.
    """

    navigate = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[_NavButton] = []
        self._heads: list[PlainLabel] = []
        self._entries: tuple[NavEntry, ...] = ()
        self._scrolls = False
        self._inner = inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, _MARGIN, 0, _MARGIN)
        self._column.setSpacing(_SPACING)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Screens"))

    def set_entries(self, entries: Sequence[NavEntry], current: str = "") -> None:
        """Offer these screens; `current` is the one shown."""
        for old in (*self._heads, *self._buttons):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons, self._heads, self._entries = [], [], tuple(entries)
        words = (say("All patients"), say("This patient"), say("Pharmacy and trial"))
        for group, name in zip(_GROUPS, words, strict=True):
            mine = [entry for entry in entries if entry.group == group]
            if mine:
                head = PlainLabel(name, px=SECONDARY_PX, muted=True, parent=self._inner)
                head.setContentsMargins(12, 4, 6, 0)
                self._heads.append(head)
                self._put(head)
            for entry in mine:
                button = _NavButton(entry, current=entry.id == current, parent=self._inner)
                button.clicked.connect(self._go)
                self._buttons.append(button)
                self._put(button)
        self._share_height()

    def entries(self) -> tuple[NavEntry, ...]:
        """Return the screens offered."""
        return self._entries

    def sizeHint(self) -> QSize:
        """Return the width of the longest words; the height is what the window has."""
        widths = [button.sizeHint().width() for button in self._buttons]
        bar = self.verticalScrollBar().sizeHint().width() if self._scrolls else 0
        return QSize(max(widths, default=_WIDTH) + bar, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        if not self._buttons:
            return
        heads = sum(head.sizeHint().height() + _SPACING for head in self._heads)
        room = self.viewport().height() - heads - 2 * _MARGIN
        each = room // len(self._buttons) - _SPACING
        letters = QFontMetrics(text_font()).height() + 4
        least = max(_LEAST_HEIGHT, letters)
        for button in self._buttons:
            button.setFixedHeight(max(least, min(_HEIGHT, each)))
        self._scrolls = each < least
        self.updateGeometry()

    def dress_again(self) -> None:
        """Share the height anew: the text may have grown."""
        self._share_height()

    def _put(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        widget.show()  # now, so that the keyboard can reach it

    def _go(self) -> None:
        button = self.sender()
        if isinstance(button, _NavButton):
            self.navigate.emit(button.entry.id)
