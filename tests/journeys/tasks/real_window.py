"""The real program on a display, with a frozen clock, telling twenty times a second what it shows.

Not a test: `test_real_input.py` starts it with a journal and presses real keys with xdotool. Each
line is JSON. A beat every 5 ms measures how long the event loop was blocked.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

import il2desk.desk.desk as room
from il2desk.desk import SetClock
from il2desk.window import application
from il2desk.window.fields import NumberedChoice
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow

room.SystemClock = lambda: SetClock(datetime(2026, 3, 12, 13, 2, tzinfo=UTC))  # type: ignore[assignment,misc]
BEAT_MS, TELL_MS = 5, 50


class Teller:
    """Knows the window once it is there, and tells what changed."""

    def __init__(self) -> None:
        self.last, self.beat, self.worst = "", time.perf_counter(), (0.0, "")
        self.timers = [QTimer(), QTimer()]
        for timer, every, act in zip(
            self.timers, (BEAT_MS, TELL_MS), (self.on_beat, self.tell), strict=True
        ):
            timer.timeout.connect(act)
            timer.start(every)

    def on_beat(self) -> None:
        """Note how late this beat is."""
        now = time.perf_counter()
        late, self.beat = (now - self.beat) * 1000 - BEAT_MS, now
        if late > self.worst[0]:
            self.worst = (late, self.page())

    def window(self) -> Any:
        """The program's window, or None before it is there."""
        found = QApplication.topLevelWidgets()
        return next((one for one in found if isinstance(one, MainWindow)), None)

    def page(self) -> str:
        """The page that is open."""
        window = self.window()
        page = None if window is None else window.page()
        return getattr(page, "title", "") if not window or not window.is_locked() else "locked"

    def tell(self) -> None:
        """Print what is shown, where it differs from the last line."""
        window = self.window()
        if window is None:
            return
        session = window.findChild(Session)
        focus = QApplication.focusWidget()
        desk = None if session is None else session.desk
        state = {
            "page": self.page(), "focus": named(focus),
            "count": 0 if desk is None else desk.journal.count(),
            "panel": type(window.panel()).__name__, "values": values(window),
            "places": places(window), "scrolled": scrolled(window),
            "question": questions(window), "worst": self.worst,
        }  # fmt: skip
        line = json.dumps(state)
        if line != self.last:
            self.last = line
            print(line, flush=True)


def named(widget: QWidget | None) -> str:
    """What has the keyboard, by its name or its words; empty where nothing has it."""
    if widget is None:
        return ""
    return widget.accessibleName() or getattr(widget, "text", lambda: type(widget).__name__)()


def values(window: QWidget) -> list[Any]:
    """What the fields and lists hold."""
    lines = [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
    chosen = [one.value() for one in window.findChildren(NumberedChoice) if one.isVisible()]
    return [*lines, *chosen]


def places(window: QWidget) -> list[tuple[int, int]]:
    """The middle of every control that takes the keyboard, on the screen."""
    found = []
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() and not one.visibleRegion().isEmpty():
            at = one.mapToGlobal(one.visibleRegion().boundingRect().center())
            found.append((at.x(), at.y()))
    return found


def scrolled(window: QWidget) -> int:
    """How far all areas that scroll are scrolled, in pixels."""
    areas = (one for one in window.findChildren(QScrollArea) if one.isVisible())
    return sum(area.verticalScrollBar().value() for area in areas)


def questions(window: QWidget) -> str:
    """The questions under the fields."""
    asked = (getattr(one, "question_text", lambda: "")() for one in window.findChildren(QWidget))
    return "\n".join(text for text in asked if text)


if __name__ == "__main__":
    app = QApplication([])
    teller = Teller()
    sys.exit(application.run(Path(sys.argv[1]), practice=False))
