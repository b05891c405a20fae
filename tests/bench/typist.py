"""Types a weight key by key and measures until its answer is painted; the same on both sides."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

WEIGHTS = ("71.4", "69.2")
LONGEST_S = 10


class Painted(QObject):
    """Notes what a widget showed when it was painted last."""

    def __init__(self, widget: QWidget, words: Callable[[], str]) -> None:
        super().__init__(widget)
        self.seen = ""
        self._words = words
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remember the words that are painted now."""
        if event.type() == QEvent.Type.Paint:
            self.seen = self._words()
        return False


@dataclass(frozen=True, slots=True)
class Typed:
    """Seconds from the first key, and from the last key, to the painted answer."""

    whole: float
    last: float


@dataclass(slots=True)
class Typist:
    """Types the two weights in turn. `answers` says whether what was painted answers the weight."""

    line: QLineEdit
    painted: Painted
    answers: Callable[[str, str], bool]
    turn: int = 0

    def type(self) -> Typed:
        """Type the next weight and leave it with Tab; after every key the window handles all that waits."""
        self.turn += 1
        weight = WEIGHTS[self.turn % 2]
        self.line.window().activateWindow()
        self.line.setFocus()
        self.line.clear()
        settle()
        self.painted.seen = ""
        begin = last = time.perf_counter()
        for key in (*weight, Qt.Key.Key_Tab):
            last = time.perf_counter()
            QTest.keyClick(QApplication.focusWidget(), key)
            QApplication.processEvents()
        until(lambda: self.answers(self.painted.seen, weight))
        end = time.perf_counter()
        return Typed(end - begin, end - last)


def settle() -> None:
    """Let the window come to rest."""
    for _ in range(3):
        QApplication.processEvents()


def until(reached: Callable[[], bool]) -> None:
    """Let the window work until it got there; RuntimeError where it does not."""
    begin = time.perf_counter()
    while not reached():
        if time.perf_counter() - begin > LONGEST_S:
            message = "the window did not get there"
            raise RuntimeError(message)
        QApplication.processEvents()
