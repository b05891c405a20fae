"""Plain text, PINs and passphrases."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.entry import LineEntry
from il2desk.window.theme import announce
from il2desk.words import say

_PASSPHRASE_PX = 420
# Short forms on published lists of error-prone abbreviations: read as IV, or as 10.
_DANGEROUS = re.compile(r"(?<!\w)(IU|MIU|MU|I\.E\.|U\.I\.)(?!\w)")


class TextEntry(LineEntry):
    """Free text on one line, kept as typed; dangerous short forms are flagged, not refused."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        prompt: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=required, parent=parent)
        self.line.setMinimumWidth(150)
        self.line.setMaximumWidth(460)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._body.setStretch(0, 10)
        self.line.setPlaceholderText(prompt)

    def answer(self) -> str | NoAnswer:
        """Return the text, or why there is none."""
        if self.typed().strip() == "":
            return NoAnswer(
                "empty", (say("Fill in: {label}.", label=self.label_text().removesuffix(".")),)
            )
        return self.typed()

    def value(self) -> str | None:
        """Return the text as typed, or None where it is blank."""
        answer = self.answer()
        return None if isinstance(answer, NoAnswer) else answer

    def judge(self) -> bool:
        """Judge what was typed now, and flag a short form that can be misread."""
        found = _DANGEROUS.search(self.typed())
        self.set_hint(
            say("{short} can be misread. Write international units.", short=found[1])
            if found
            else ""
        )
        return super().judge()

    def _echo_of(self, value: object) -> str:  # noqa: ARG002 - text needs no second reading
        return ""


class PinEdit(LineEntry):
    """A PIN: never shown, never copied, cleared after every try. `entered` is emitted on Enter."""

    entered = Signal()

    def __init__(self, label: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(label or say("PIN"), required=True, parent=parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )

        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that caps lock is on, by the letters that come: what is typed here cannot be seen."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text()
            if len(letter) == 1 and letter.lower() != letter.upper():
                held = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._show_caps(on=letter.isupper() != held)
        return super().eventFilter(watched, event)

    def _show_caps(self, *, on: bool) -> None:
        words = say("Caps lock is on.") if on else ""
        if words != self._hint.text():
            self.set_hint(words)
            if words:
                announce(self.line, words)

    def answer(self) -> str | NoAnswer:
        """Return the PIN, or why there is none."""
        if self.typed() == "":
            return NoAnswer("empty", (self._wanted(),))
        return self.typed()

    def draft(self) -> str:
        """Return nothing: a PIN is never kept."""
        return ""

    def take_draft(self, text: str) -> bool:  # noqa: ARG002 - none was kept
        """Take nothing."""
        return False

    def _wanted(self) -> str:
        return say("Type your PIN.")

    def value(self) -> str | None:
        """Return the PIN, or None where none was typed."""
        return self.typed() or None

    def _echo_of(self, value: object) -> str:  # noqa: ARG002 - a PIN is never shown
        return ""

    def _settle(self) -> bool:
        usable = self.judge()
        self.settled.emit(None)  # no PIN travels in a signal
        return usable

    def _on_entered(self) -> None:
        if self.judge():
            self.entered.emit()


class PassphraseEdit(PinEdit):
    """The passphrase of a journal: as a PIN, and longer."""

    def __init__(self, label: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(label or say("Passphrase"), parent=parent)
        self.line.setFixedWidth(_PASSPHRASE_PX)

    def _wanted(self) -> str:
        return say("Type the passphrase.")
