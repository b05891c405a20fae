"""The last line of the window: the clock, what is stored, and answers to keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.theme import SECONDARY_PX, PlainLabel, announce
from il2desk.words import say


class StatusBar(QFrame):
    """Clock, stored, backup, journal, protocol and user; a message stands until the next one."""

    lock = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 14, 3)
        row.setSpacing(18)
        self._facts: dict[str, PlainLabel] = {}
        for name in ("clock", "stored", "backup", "journal", "protocol", "user"):
            label = PlainLabel(px=SECONDARY_PX, parent=self)
            label.setWordWrap(False)
            label.hide()
            self._facts[name] = label
        self._message = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        for name in ("clock", "stored", "backup"):
            row.addWidget(self._facts[name])
        row.addWidget(self._message, 1)
        for name in ("journal", "protocol", "user"):
            row.addWidget(self._facts[name])
        self._lock = Button(say("Lock"), keys.key_text("lock"), low=True, parent=self)
        self._lock.hide()
        self._lock.clicked.connect(self.lock)
        row.addWidget(self._lock)

    def speak_anew(self) -> None:
        """Write the lock's words in the language that is spoken now."""
        self._lock.set_words(say("Lock"))

    def set_clock(self, text: str) -> None:
        """Show the clock, such as "14:02 CET (24-hour)"."""
        self._show("clock", text)

    def set_stored(self, text: str) -> None:
        """Show when the last entry was stored, and announce it."""
        self._show("stored", text)
        if text:
            announce(self, text)

    def set_backup(self, text: str) -> None:
        """Show how old the last backup is, such as "Backup 06:00"."""
        self._show("backup", text)

    def set_journal(self, text: str) -> None:
        """Show which journal is open."""
        self._show("journal", text)

    def set_protocol(self, text: str) -> None:
        """Show which protocol and version apply."""
        self._show("protocol", text)

    def set_user(self, text: str) -> None:
        """Show who is signed in; only then is there something to lock."""
        self._show("user", text)
        self._lock.setVisible(bool(text))

    def show_message(self, text: str) -> None:
        """Answer a key or a commit; it stands until the next one and is announced."""
        self._message.setText(text)
        if text:
            announce(self, text)

    def message(self) -> str:
        """Return the message shown."""
        return self._message.text()

    def fact(self, name: str) -> str:
        """Return one of the facts shown: clock, stored, backup, journal, protocol or user."""
        return self._facts[name].text()

    def _show(self, name: str, text: str) -> None:
        self._facts[name].setText(text)
        self._facts[name].setVisible(bool(text))
