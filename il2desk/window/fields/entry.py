"""What every entry has in common: a label at the left, the field, and lines under it that speak."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from il2desk.window.breaks import widest_piece
from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.line import Line
from il2desk.window.spoken import spoken
from il2desk.window.theme import SECONDARY_PX, PlainLabel
from il2desk.words import say

LABEL_PX = 190


class Entry(QWidget):
    """The base of all entries: label, body, echo, and the error under the field.

    `edited` is emitted at every change of what is typed; `settled` with the value, or None, when the
    entry was judged on leaving it.
    """

    edited = Signal()
    settled = Signal(object)

    def __init__(self, label: str, *, required: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = spoken(label)
        self._name = label
        self._required = required
        self._refusal: NoAnswer | None = None
        shown = say("{label} *", label=label) if required else label
        self._label = PlainLabel(shown, muted=True, parent=self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._label.setContentsMargins(0, 8, 0, 0)
        self._body = QHBoxLayout()
        self._body.setSpacing(10)
        self._error = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        self._error.set_ink("stop")
        self._question = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        self._hint = PlainLabel(px=SECONDARY_PX, muted=True, parent=self)
        under = QVBoxLayout()
        under.setSpacing(2)
        for speaking in (self._error, self._question, self._hint):
            under.addWidget(speaking)
            speaking.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._body, 0, 1)
        grid.addLayout(under, 1, 1)
        grid.setColumnStretch(1, 1)
        self.set_label_width(LABEL_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def label_text(self) -> str:
        """Return the label without its required mark."""
        return self._name

    def set_label_width(self, width: int) -> None:
        """Make the label this wide, so that the fields of a form stand in one column.

        A longer word of another language takes the width that it needs.
        """
        least = widest_piece(self._label.text(), self._label.fontMetrics()) if width else 0
        self._label.setFixedWidth(max(width, least))

    def refusal(self) -> NoAnswer | None:
        """Return why the entry was refused when last judged, or None."""
        return self._refusal

    def error_text(self) -> str:
        """Return the error that stands under the field, or empty text."""
        return self._error.text()

    def set_error(self, text: str) -> None:
        """Show an error under the field and keep what was typed; empty text clears it."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._mark_wrong(wrong=bool(text))

    def set_hint(self, text: str) -> None:
        """Show a quiet line under the field; empty text clears it."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def set_question(self, text: str) -> None:
        """Ask something about what was typed, which stays; empty text clears the question."""
        self._question.setText(f"▲ {spoken(text)}" if text else "")
        self._question.setVisible(bool(text))

    def question_text(self) -> str:
        """Return the question that stands under the field, or empty text."""
        return self._question.text().removeprefix("▲ ")

    def is_missing(self) -> bool:
        """Return whether the entry must be filled and is empty."""
        return self._required and self.typed().strip() == ""

    def typed(self) -> str:
        """Return exactly what was typed."""
        raise NotImplementedError

    def judge(self) -> bool:
        """Judge what was typed now, show or clear the error, and say whether it can be used."""
        raise NotImplementedError

    def clear_entry(self) -> None:
        """Empty the entry and take back its error and question."""
        raise NotImplementedError

    def focus_entry(self) -> None:
        """Put the keyboard into the entry."""
        raise NotImplementedError

    def draft(self) -> str:
        """Return what a draft keeps of the entry; empty text where there is nothing to keep."""
        return ""

    def take_draft(self, text: str) -> bool:
        """Take what a draft kept, as if it were typed and left; say whether it could be taken."""
        return text == ""

    def _mark_wrong(self, *, wrong: bool) -> None:
        """Mark the field itself; the sentence under it says why."""


class LineEntry(Entry):
    """An entry typed on one line. Enter moves on where the text can be used, and never commits."""

    def __init__(self, label: str, *, required: bool, parent: QWidget | None = None) -> None:
        super().__init__(label, required=required, parent=parent)
        self.line = self._make_line()
        self.line.setFixedWidth(150)
        name = say("{label}, must be filled", label=label) if required else label
        self.line.setAccessibleName(name)
        self._label.setBuddy(self.line)
        # No focus proxy: Tab would stop at the entry too and jump from there to its line.
        self._echo = PlainLabel(parent=self)
        self._body.addWidget(self.line)
        self._body.addWidget(self._echo, 1)
        self._touched = False
        self._settled = False
        self.line.textChanged.connect(self._on_text)
        self.line.left.connect(self._on_left)
        self.line.entered.connect(self._on_entered)

    def typed(self) -> str:
        """Return exactly what was typed."""
        return self.line.text()

    def echo(self) -> str:
        """Return how the program reads what was typed, or empty text."""
        return self._echo.text()

    def answer(self) -> object:
        """Return the value of what stands in the field now, or a NoAnswer."""
        raise NotImplementedError

    def judge(self) -> bool:
        """Judge what was typed now, show or clear the error, and say whether it can be used."""
        answer = self.answer()
        self._refusal = answer if isinstance(answer, NoAnswer) else None
        if self._refusal is not None and self._refusal.code == "empty" and not self._required:
            self._refusal = None
        self.set_error(self._refusal.text if self._refusal else "")
        return self._refusal is None

    def clear_entry(self) -> None:
        """Empty the entry and take back its error and question."""
        self.line.clear()
        self._touched = False
        self._refusal = None
        self.set_error("")
        self.set_question("")

    def focus_entry(self) -> None:
        """Put the keyboard into the field, behind what was typed."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> str:
        """Return exactly what was typed."""
        return self.typed()

    def take_draft(self, text: str) -> bool:
        """Take a kept text into the empty field, and judge it as if the field had been left."""
        self.line.setText(text)
        self._touched = True
        self._settle()
        return True

    def set_error(self, text: str) -> None:
        """Show an error under the field and keep what was typed; empty text clears it."""
        super().set_error(text)
        self.line.setAccessibleDescription(spoken(text))

    def _make_line(self) -> Line:
        """Return the line to type in."""
        return Line(self)

    def _echo_of(self, value: object) -> str:
        """Return how the program reads `value`."""
        raise NotImplementedError

    def _mark_wrong(self, *, wrong: bool) -> None:
        self.line.wrong = wrong
        self.line.update()

    def _on_text(self, text: str) -> None:
        # While typing, an error may go but none may come; a question was about the old text.
        self._touched = self._touched or bool(text)
        self._settled = False
        answer = self.answer()
        refused = isinstance(answer, NoAnswer)
        self._echo.setText("" if refused else self._echo_of(answer))
        if not isinstance(answer, NoAnswer) or answer.code in ("empty", "incomplete"):
            self._refusal = None
            self.set_error("")
        self.set_question("")
        self.edited.emit()

    def _on_left(self) -> None:
        if self._touched and not self._settled:
            self._settle()

    def _on_entered(self) -> None:
        self._touched = True
        if self._settle():
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's signature

    def _settle(self) -> bool:
        """Judge and pass the value on, once for each text; say whether it can be used."""
        usable = self.judge()
        self._settled = True
        answer = self.answer()
        self.settled.emit(None if not usable or isinstance(answer, NoAnswer) else answer)
        return usable
