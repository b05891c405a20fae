"""The field into which a scanner types: what it read is handed on, and the field is free again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from il2desk.dosing import Refusal
from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.entry import LineEntry
from il2desk.window.fields.line import Line
from il2desk.words import say

Read = Callable[[str], object]
_MARK = "\x1d"
_SHOWN = "\u241d"


class ScanLine(Line):
    """A line that keeps the mark between two fields, which Qt would drop as a control character."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the group separator (Ctrl+] on most scanners) as a sign; all else is typed."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.text() == _MARK or (control and event.key() == Qt.Key.Key_BracketRight):
            self.insert(_SHOWN)
            return
        super().keyPressEvent(event)


class ScanEdit(LineEntry):
    """One scan at a time. `scanned` carries what `read` made of it; a Refusal stays as its error.

    Enter, which scanners send, keeps the field: the next vial is scanned into it. Tab leaves it.
    """

    scanned = Signal(object)

    def __init__(self, read: Read, label: str = "", *, parent: QWidget | None = None) -> None:
        self._read = read
        super().__init__(label or say("Scan a vial"), required=False, parent=parent)
        self.line.setMinimumWidth(150)
        self.line.setMaximumWidth(460)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._body.setStretch(0, 10)

    def answer(self) -> object:
        """Return what the scan says, or a NoAnswer."""
        if self.typed().strip() == "":
            return NoAnswer("empty")
        read = self._read(self.typed())
        return NoAnswer(read.code, read.reasons) if isinstance(read, Refusal) else read

    def draft(self) -> str:
        """Return nothing: what was scanned is scanned again."""
        return ""

    def take_draft(self, text: str) -> bool:  # noqa: ARG002 - none was kept
        """Take nothing."""
        return False

    def refuse(self, text: str) -> None:
        """Say why a scan that was read is not taken; the next one takes its place."""
        self.set_hint("")
        self.set_error(text)
        self.line.selectAll()

    def _make_line(self) -> Line:
        return ScanLine(self)

    def _echo_of(self, value: object) -> str:  # noqa: ARG002 - the fields it fills are the echo
        return ""

    def _on_text(self, text: str) -> None:
        # A scan is read when it is whole, not letter by letter.
        self._touched = self._touched or bool(text)
        self._settled = False
        if text:
            self.set_error("")
            self.set_hint("")
        self.edited.emit()

    def _on_entered(self) -> None:
        self._take()

    def _on_left(self) -> None:
        self._take()

    def _take(self) -> None:
        """Read the scan and hand it on; what cannot be read stays with its error until the next."""
        if self._settled or not self.typed().strip():
            return
        if not self.judge():
            self.line.selectAll()
            return
        answer = self.answer()
        self._settled = True
        if isinstance(answer, NoAnswer):
            return
        self.line.clear()
        self.scanned.emit(answer)
