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

from il2desk.window.breaks import SOFT_HYPHEN, widest_piece
from il2desk.window.theme import (
    SECONDARY_PX,
    PlainLabel,
    colour,
    text_font,
    text_percent,
    tokens_of,
)
from il2desk.words import say

_WIDTH, _MOST_WIDTH = 148, 176  # what is wider than that goes on in a second line
_WORDS_AT, _BESIDE = 42, 50  # left of the words, and on both sides of them
_HEIGHT, _LEAST_HEIGHT = 38, 24  # a row of the rail: with room, and on a small screen
_MARGIN, _SPACING = 6, 1
_BAR = 5
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
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
        """Return the whole words and the key, in as little width as their longest part allows."""
        metrics = QFontMetrics(text_font(bold=True))
        whole = metrics.horizontalAdvance(self.entry.words.replace(SOFT_HYPHEN, "")) + _BESIDE
        least = widest_piece(self.entry.words, metrics) + _BESIDE
        most = _MOST_WIDTH * text_percent() // 100
        return QSize(max(_WIDTH, min(whole, most), least), _HEIGHT)

    def letters_height(self, width: int) -> int:
        """Return how high the words are in a rail of this width."""
        room = QRect(0, 0, width - _BESIDE, 10 * _HEIGHT)
        flags = _START | Qt.TextFlag.TextWordWrap
        return self.fontMetrics().boundingRect(room, flags, self.entry.words).height()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw key and words; the current screen has a bar, a fill and strong letters."""
        tokens, painter = tokens_of(self), QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), colour(tokens.current))
            painter.fillRect(QRect(0, 0, _BAR, self.height()), colour(tokens.focus))
        painter.setFont(text_font(SECONDARY_PX))
        painter.setPen(colour(tokens.muted))
        painter.drawText(self.rect().adjusted(12, 0, 0, 0), _START, self.entry.key)
        painter.setFont(self.font())
        painter.setPen(colour(tokens.text if self.isEnabled() else tokens.muted))
        words = self.rect().adjusted(_WORDS_AT, 0, _WORDS_AT - _BESIDE, 0)
        painter.drawText(words, _START | Qt.TextFlag.TextWordWrap, self.entry.words)


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

    def set_entries(self, entries: Sequence[NavEntry], current: str = "") -> None:
        """Offer these screens; `current` is the one shown."""
        self.setAccessibleName(say("Screens"))
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
        width = max(button.sizeHint().width() for button in self._buttons)
        for head in self._heads:
            head.setFixedHeight(head.heightForWidth(width))
        heads = sum(head.height() + _SPACING for head in self._heads)
        room = self.viewport().height() - heads - 2 * _MARGIN
        least = [max(_LEAST_HEIGHT, b.letters_height(width) + 4) for b in self._buttons]
        spare = max(room - sum(least), 0) // len(self._buttons) - _SPACING
        for button, height in zip(self._buttons, least, strict=True):
            button.setFixedHeight(max(height, min(_HEIGHT, height + spare)))
        self._scrolls = sum(least) + len(least) * _SPACING > room
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
