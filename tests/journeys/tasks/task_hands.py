"""The hands of the ten tasks: keys arrive at the window as from a keyboard, counted and timed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from hands import HELD, NAMED, Hands
from key_counter import KeyCounter
from loop_watch import LoopWatch
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from il2desk.window.tables import RecordTable


@dataclass
class TaskHands(Hands):
    """A person at a task. `counts` holds keys, credentials or values apart, and the budget."""

    watch: LoopWatch = field(default_factory=LoopWatch)
    counter: KeyCounter = field(default_factory=KeyCounter)
    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    # Keys

    def keys(self, text: str) -> None:
        """Type text; "{Enter}", "{Ctrl+Enter}" and so on are keys. After each the window works."""
        for part in re.findall(r"\{[^}]+\}|[^{]", text):
            with self.watch.turn(self.where(), part):
                if part.startswith("{"):
                    self._press(part[1:-1])
                else:
                    self._type(part)
                QCoreApplication.processEvents()
            self.work()

    def apart(self, text: str) -> None:
        """Type a credential or a measured value, which the budget lists apart."""
        self.counter.apart = True
        self.keys(text)
        self.counter.apart = False

    def _type(self, letter: str) -> None:
        if letter.isascii():
            QTest.keyClick(self.glass(), letter)
        else:
            super()._type(letter)

    def _press(self, name: str) -> None:
        *held, last = name.split("+")
        modifier = Qt.KeyboardModifier.NoModifier
        for key in held:
            modifier |= getattr(Qt.KeyboardModifier, HELD[key])
        key = NAMED.get(last) or getattr(Qt.Key, f"Key_{last}")
        QTest.keyClick(self.glass(), key, modifier)

    def glass(self) -> Any:
        """The window as the system knows it."""
        shown = QApplication.activePopupWidget() or self.window
        return shown.windowHandle()

    def work(self) -> None:
        """Let the window do what waits: timers that are due, work that was put off."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        with self.watch.turn(self.where(), "a timer"):
            QCoreApplication.processEvents()

    def where(self) -> str:
        """The page and its step, in a few words."""
        office = self.session.office
        page = None if office is None else office.page()
        if page is None or self.window.is_locked():
            return "Sign in"
        step = getattr(page, "step", lambda: None)()
        title = re.sub(r"^Dose .*", "Dose", page.title)
        words = title if step is None else f"{title}, step {step.number}"
        panel = self.window.panel()
        return words if panel is None else f"{words}, {type(panel).__name__}"

    # Budgets

    @contextmanager
    def budget(self, row: str, most: int) -> Iterator[None]:
        """Count the keys of what is done inside; more than `most` fails. Apart is not in it."""
        counter = self.counter
        before, apart = counter.keys, counter.typed_apart
        yield
        used = counter.keys - before
        self.counts[row] = (used, most, counter.typed_apart - apart)
        assert used <= most, f"{row}: {used} keys, the budget is {most}"

    # Signing, with the credentials apart

    def sign_apart(self, pin: str = "1111") -> None:
        """The signed-in person's PIN, then the chord."""
        self.apart(pin)
        self.keys("{Ctrl+Enter}")

    def second_apart(self, name: str = "A. Ruiz", pin: str = "2222") -> None:
        """Name, Tab, PIN, then the chord."""
        self.apart(name)
        self.keys("{Tab}")
        self.apart(pin)
        self.keys("{Ctrl+Enter}")

    # Seeing

    def text(self, within: QWidget | None = None) -> str:
        """Every word that is on the screen, or within one part of it; spaces made plain."""
        return screen_text(within or self.window)

    def picture(self, part: QWidget) -> QImage:
        """A part of the window as it is painted, with the caret out of it."""
        image = QImage(part.size(), QImage.Format.Format_RGB32)
        part.render(image, sourceRegion=QRect(0, 0, part.width(), part.height()))
        return image

    def on_row(self, trial: str) -> None:
        """At Today, choose the row of a patient."""
        page = self.page
        table = page._table
        self.until(lambda: page._row(table.current_id() or "") is not None, "the list read")
        for _ in range(12):
            row = page._row(table.current_id())
            if row.subject.trial_code == trial:
                return
            self.keys("{Down}")
        message = f"{trial} is not on the list"
        raise AssertionError(message)


def screen_text(root: QWidget) -> str:
    """What the labels, buttons, fields and tables that are shown say."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        if isinstance(widget, RecordTable):
            for row in widget.rows():
                found += [getattr(cell, "text", cell) for cell in row.cells]
        elif isinstance(widget, QLabel | QAbstractButton):
            found += [widget.text(), widget.accessibleName()]
        elif hasattr(widget, "texts"):
            found += widget.texts()
        else:
            found.append(widget.accessibleName())
    return "\n".join(found).replace("\u00a0", " ")
