"""Several of a list of words, or explicitly none of them; blank means not assessed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from il2desk.window.fields.columns import InColumns
from il2desk.window.fields.entry import Entry
from il2desk.window.pages.tick import TickBox
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say

_NONE_KEY = "N"


class WordList(Entry):
    """Boxes to tick by key, and one that says "none of these". Nothing is ticked at the start.

    Keys: 1 to 9 and 0 tick a word, N says none, Enter goes on.
    """

    entered = Signal()
    moves_on = True  # False where whoever holds it decides where Enter goes

    def __init__(
        self,
        label: str,
        words: Sequence[tuple[str, str]],
        *,
        columns: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=False, parent=parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._keys: dict[str, QCheckBox] = {}
        field = InColumns(self, gap=16, line_gap=4)
        self._body.addWidget(field, 1)
        self._none = self._box(_NONE_KEY, say("none of these"), field)
        for at, (word, text) in enumerate(words, start=1):
            self._boxes[word] = self._box(str(at % 10), text, field)
        field.set_widgets((self._none, *self._boxes.values()), columns)
        self.setAccessibleName(label)

    def value(self) -> tuple[str, ...] | None:
        """The ticked words, empty for none of them, or None where nothing was answered."""
        ticked = tuple(word for word, box in self._boxes.items() if box.isChecked())
        if ticked:
            return ticked
        return () if self._none.isChecked() else None

    def typed(self) -> str:
        """The ticked texts."""
        boxes = (self._none, *self._boxes.values())
        return spoken_all((box.text() for box in boxes if box.isChecked()), ", ")

    def draft(self) -> str:
        """Return the ticked words."""
        ticked = self.value()
        return "" if ticked is None else "\t".join(ticked) or _NONE_KEY

    def take_draft(self, text: str) -> bool:
        """Tick the kept words again; none where one of them is not listed any more."""
        words = () if text == _NONE_KEY else tuple(text.split("\t"))
        if any(word not in self._boxes for word in words):
            return False
        for word in words:
            self.tick(word)
        if not words:
            self.tick_none()
        return True

    def judge(self) -> bool:
        """Every answer, and none, can be used."""
        return True

    def clear_entry(self) -> None:
        """Untick everything: not assessed."""
        for box in (self._none, *self._boxes.values()):
            box.setChecked(False)
        self.edited.emit()

    def focus_entry(self) -> None:
        """Put the keyboard on the first box."""
        self._none.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self, word: str) -> None:
        """Tick a word as its key does. KeyError where it is not listed."""
        self._toggle(self._boxes[word])

    def tick_none(self) -> None:
        """Say that none of the words applies."""
        self._toggle(self._none)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by key; Enter goes on; Space is the focused box's."""
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        box = self._keys.get(event.text().upper())
        if box is not None and not command:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._toggle(box)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not command:
            self.entered.emit()
            if self.moves_on:
                self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's signature
        else:
            event.ignore()

    def _box(self, key: str, text: str, field: QWidget) -> QCheckBox:
        box = TickBox(f"{key}  {spoken(text)}", parent=field)
        first = key == _NONE_KEY
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus)
        box.clicked.connect(self._clicked)
        self._keys[key] = box
        return box

    def _toggle(self, box: QCheckBox) -> None:
        box.setChecked(not box.isChecked())
        self._settle(box)

    def _clicked(self) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self._settle(box)

    def _settle(self, box: QCheckBox) -> None:
        """A word and "none of these" exclude each other."""
        if box.isChecked():
            others = self._boxes.values() if box is self._none else (self._none,)
            for other in others:
                other.setChecked(False)
        self.edited.emit()
        self.settled.emit(self.value())
