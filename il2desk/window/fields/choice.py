"""One of a few: a numbered list of buttons, chosen by one key. No combo box, no default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from il2desk.window.breaks import widest_piece
from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.columns import InColumns
from il2desk.window.fields.entry import Entry
from il2desk.window.spoken import spoken
from il2desk.window.theme import colour, text_font, text_percent, tokens_of
from il2desk.words import say

_HEIGHT = 34
_MARK = 18
_PAD = 10
_ABOVE_AND_BELOW = 12
_TALL = 10_000
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its id, its words, and its key; an empty key means its number, 1 to 9."""

    id: str
    words: str
    key: str = ""


class _Option(QAbstractButton):
    """One option: its key, a ring that is filled when chosen, and its words."""

    pressed_key = Signal(QKeyEvent)

    def __init__(self, choice: Choice, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice, self.key = choice, key
        self._chosen = False
        self.setFont(text_font())
        self.words = spoken(choice.words)
        self.setText(self.words.replace("&", "&&"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_chosen(chosen=False)

    def set_chosen(self, *, chosen: bool) -> None:
        """Show by shape and by weight, and say to readers, whether this one is chosen."""
        self._chosen = chosen
        self.setFont(text_font(bold=chosen))
        state = say("chosen") if chosen else say("not chosen")
        self.setAccessibleName(f"{self.key} {self.words}, {state}".strip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; every other key is the list's."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """Return room for the words in bold, so that choosing moves nothing."""
        metrics = QFontMetrics(text_font(bold=True))
        wide = metrics.horizontalAdvance(self.words) + self._beside(metrics) + _PAD
        return QSize(wide, max(_HEIGHT, metrics.height() + _ABOVE_AND_BELOW))

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word."""
        metrics = QFontMetrics(text_font(bold=True))
        longest = widest_piece(self.words, metrics)
        return QSize(longest + self._beside(metrics), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines that the words take in this width."""
        metrics = QFontMetrics(text_font(bold=True))
        room = QRect(0, 0, max(width - self._beside(metrics), 1), _TALL)
        lines = metrics.boundingRect(room, _WRAPPED, self.words)
        return max(_HEIGHT, lines.height() + _ABOVE_AND_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel long words take two lines; a fixed height would not grow by itself."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def _beside(self, metrics: QFontMetrics) -> int:
        """The width that key, ring and white space take."""
        return metrics.horizontalAdvance(self.key) + _MARK + 4 * _PAD

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw edge, key, ring and words."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colour(tokens.text if self.isEnabled() else tokens.muted)
        edge = tokens.edge + 1 if self._chosen else tokens.edge
        painter.setPen(QPen(ink if self._chosen else colour(tokens.border), edge))
        painter.setBrush(colour(tokens.base))
        # A thin edge runs through the middle of its pixels; between two it would lose its contrast.
        inset = 1.5 if edge % 2 else 1
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 3, 3)
        painter.setFont(text_font(bold=True))
        metrics = painter.fontMetrics()
        keyed = metrics.horizontalAdvance(self.key)
        middle = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(colour(tokens.focus))
        painter.drawText(middle, start, self.key)
        top = (self.height() - _MARK) / 2
        ring = QRectF(2 * _PAD + keyed, top, _MARK, _MARK).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(ink, 2))
        painter.drawEllipse(ring)
        if self._chosen:
            painter.setBrush(ink)
            painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
        painter.setFont(self.font())
        painter.setPen(ink)
        words = self.rect().adjusted(3 * _PAD + keyed + _MARK, 0, -_PAD, 0)
        painter.drawText(words, _WRAPPED, self.words)


class NumberedChoice(Entry):
    """A numbered list in which nothing is chosen at the start; `chosen` is emitted with the id.

    Keys: the number or letter shown chooses, Space chooses the focused one, arrows only move, Enter
    goes on to the next field.
    """

    chosen = Signal(str)
    entered = Signal()
    moves_on = True  # False where whoever holds it decides where Enter goes
    asks = False  # True where it is a question about what was typed: no draft answers it

    def __init__(
        self,
        label: str,
        options: Sequence[Choice],
        *,
        required: bool = True,
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=required, parent=parent)
        self._columns = max(1, columns)
        self._options: list[_Option] = []
        self._chosen: str | None = None
        self._field = InColumns(self)
        self._body.addWidget(self._field, 1)
        self.setAccessibleName(label)
        self.set_options(options)

    def set_options(self, options: Sequence[Choice]) -> None:
        """Offer other options; nothing is chosen afterwards. ValueError where two share a key."""
        keys = [choice.key.upper() or str(at) for at, choice in enumerate(options, start=1)]
        if len(set(keys)) != len(keys) or len({choice.id for choice in options}) != len(options):
            msg = "every option needs a key and an id of its own"
            raise ValueError(msg)
        for old in self._options:
            old.hide()
            old.deleteLater()
        self._options = []
        for choice, key in zip(options, keys, strict=True):
            option = _Option(choice, key if len(key) == 1 else "", self._field)
            option.clicked.connect(self._on_clicked)
            self._options.append(option)
        self._place_options()
        self._show_choice(None)

    def options(self) -> tuple[Choice, ...]:
        """Return what is offered."""
        return tuple(option.choice for option in self._options)

    def dress_again(self) -> None:
        """Set the options in their places anew: larger letters leave room for fewer side by side."""
        self._place_options()

    def _place_options(self) -> None:
        fit = self._columns * 100 // text_percent()
        self._field.set_widgets(self._options, max(min(self._columns, 2), fit))

    def value(self) -> str | None:
        """Return the id of the chosen option, or None."""
        return self._chosen

    def typed(self) -> str:
        """Return the words of the chosen option, or empty text."""
        return next((o.choice.words for o in self._options if o.choice.id == self._chosen), "")

    def choose(self, choice_id: str) -> None:
        """Choose an option as if its key were pressed. KeyError where there is none."""
        option = next((o for o in self._options if o.choice.id == choice_id), None)
        if option is None:
            raise KeyError(choice_id)
        changed = choice_id != self._chosen
        self._show_choice(choice_id)
        self.set_error("")
        self._refusal = None
        if changed:
            self.edited.emit()
            self.chosen.emit(choice_id)
            self.settled.emit(choice_id)

    def judge(self) -> bool:
        """Say whether the entry can be used; where it must be chosen and was not, show that."""
        missing = self._required and self._chosen is None
        text = say("Choose one: {label}.", label=self.label_text())
        self._refusal = NoAnswer("empty", (text,)) if missing else None
        self.set_error(text if missing else "")
        return not missing

    def clear_entry(self) -> None:
        """Choose nothing."""
        self._show_choice(None)
        self.set_error("")
        self.set_question("")
        self._refusal = None
        self.edited.emit()

    def draft(self) -> str:
        """Return the id of the chosen option; an answer to a question is given anew."""
        return "" if self._chosen is None or self.asks else self._chosen

    def take_draft(self, text: str) -> bool:
        """Choose the option again, where it is still offered and nobody is asked anything by it."""
        if self.asks or all(option.choice.id != text for option in self._options):
            return False
        self.choose(text)
        return True

    def focus_entry(self) -> None:
        """Put the keyboard on the chosen option, or on the first."""
        for option in self._options:
            if option.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                option.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the options, arrows and Enter."""
        steps = {
            Qt.Key.Key_Down: self._field.across,
            Qt.Key.Key_Up: -self._field.across,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
        }
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        pressed = event.text().upper()
        match = next((o for o in self._options if o.key == pressed), None) if pressed else None
        if match is not None and not command:
            match.setFocus(Qt.FocusReason.OtherFocusReason)
            self.choose(match.choice.id)
        elif event.key() in steps:
            self._move(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not command:
            self.entered.emit()
            if self.moves_on:
                self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's signature
        else:
            event.ignore()

    def _on_clicked(self) -> None:
        option = self.sender()
        if isinstance(option, _Option):
            self.choose(option.choice.id)

    def _move(self, step: int) -> None:
        at = next((i for i, o in enumerate(self._options) if o.hasFocus()), 0) + step
        if 0 <= at < len(self._options):
            self._options[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choice(self, choice_id: str | None) -> None:
        self._chosen = choice_id
        for at, option in enumerate(self._options):
            is_it = option.choice.id == choice_id
            option.set_chosen(chosen=is_it)
            # One stop in the tab order: the chosen option, or the first.
            stop = is_it or (choice_id is None and at == 0)
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
