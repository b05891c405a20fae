"""What will be recorded, in one line, and the two ways on: back, and the deliberate one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import PlainLabel
from il2desk.words import say

_NAMED_TO = 44  # characters beside the buttons
_MOST_LINES = 4  # of the sentence beside the buttons


class ActionBar(QFrame):
    """The foot of every page. Plain Enter commits nothing; Ctrl+Enter does, and only once.

    `primary` is emitted when nothing is missing and nothing blocks; the button is disabled before,
    and stays so until `ready` is called. `missing_asked` is emitted instead while things are
    missing. `back` is emitted by Esc or Go back.
    """

    primary = Signal()
    back = Signal()
    missing_asked = Signal()
    blocked_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._words: str | None = None
        self._missing: tuple[str, ...] = ()
        self._blocked = ""
        self._sentence = PlainLabel(parent=self)
        self._lack = PlainLabel(bold=True, parent=self)
        self._go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        self._primary = Button("", keys.key_text("commit"), strong=True, parent=self)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(14, 7, 14, 7)
        self._whole.setSpacing(12)
        self._whole.addWidget(self._sentence, 1)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(12)
        self._ways.addStretch(1)
        for part in (self._lack, self._go_back, self._primary):
            self._ways.addWidget(part)
        self._whole.addLayout(self._ways)
        self._lack.setWordWrap(False)
        self._lack.hide()
        self._primary.hide()
        self._go_back.clicked.connect(self.back)
        self._primary.clicked.connect(self._press)
        keys.install(self, "commit", {"commit": self._press, "back": self._escape})

    def set_sentence(self, text: str) -> None:
        """Say what will be recorded, or that nothing is recorded yet."""
        self._sentence.setText(text)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the sentence anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the buttons below a sentence that would become a tower beside them."""
        margins = self._whole.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        beside = room - self._ways.sizeHint().width() - self._whole.spacing()
        line = self._sentence.fontMetrics().lineSpacing()
        tower = beside < line or self._sentence.heightForWidth(beside) > _MOST_LINES * line + 2
        kind = QBoxLayout.Direction
        self._whole.setDirection(kind.TopToBottom if tower else kind.LeftToRight)

    def sentence(self) -> str:
        """Return what stands in the bar."""
        return self._sentence.text()

    def set_primary(self, words: str | None) -> None:
        """Name the deliberate act with a verb; None where the page has none."""
        self._words = words
        self._primary.setVisible(words is not None)
        if words is not None:
            self._primary.set_words(words)
        self._show_lack()

    def set_back(self, words: str | None) -> None:
        """Name the way back; None where there is none."""
        self._go_back.setVisible(words is not None)
        if words is not None:
            self._go_back.set_words(words)

    def set_missing(self, names: Sequence[str]) -> None:
        """Say how many things are missing; while any is, the act asks for them instead."""
        self._missing = tuple(map(spoken, names))
        self._show_lack()

    def missing(self) -> tuple[str, ...]:
        """Return the names of what is missing."""
        return self._missing

    def set_blocked(self, reason: str) -> None:
        """Say why the act is not possible now and what is; empty text unblocks it."""
        self._blocked = spoken(reason)
        self._show_lack()

    def ready(self) -> None:
        """Let the act be asked for again, after a press that recorded nothing."""
        self._primary.setEnabled(True)

    def offered(self) -> tuple[tuple[str, str, keys.Act], ...]:
        """Return words, key and act of the buttons that stand in the bar, the deliberate one first."""
        ways = []
        if self._words is not None:
            ways.append((self._words, keys.key_text("commit"), self._press))
        if not self._go_back.isHidden():
            ways.append((self._go_back.accessibleName(), keys.key_text("back"), self._escape))
        return tuple(ways)

    def lack(self) -> str:
        """Return what stands before the buttons: the count of missing things, or the block."""
        return self._lack.text()

    def _show_lack(self) -> None:
        count = len(self._missing)
        text = say("{count} things missing", count=count)
        if count == 1:  # its name says more than a count, where there is room for it
            text = say("Missing: {name}", name=self._missing[0])
            text = text if len(text) <= _NAMED_TO else say("1 thing missing")
        shown = say("Blocked") if self._blocked else text if count else ""
        if self._words is None:
            shown = ""
        self._lack.setText(f"▲ {shown}" if shown else "")
        self._lack.setVisible(bool(shown))
        self._primary.set_strong(strong=not shown)
        named = self._blocked or spoken_all(self._missing, ", ")
        self._primary.setAccessibleDescription(f"{shown} {named}".strip())
        self._primary.setToolTip(named)
        if self._blocked:
            self._sentence.setText(self._blocked)
        self._arrange()

    def _press(self) -> None:
        if self._words is None or not self._primary.isEnabled():
            return
        if self._blocked:
            self.blocked_asked.emit(self._blocked)
        elif self._missing:
            self.missing_asked.emit()
        else:
            # Disabled before anybody acts: two quick clicks must not ask twice.
            self._primary.setEnabled(False)
            self.primary.emit()

    def _escape(self) -> None:
        if not self._go_back.isHidden():
            self.back.emit()
