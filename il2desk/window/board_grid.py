"""The cycle board: days from left to right, times from top to bottom, a slot for every dose."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from il2desk.window.board_slot import BoardFacts, DayFacts, NowLine, Slot, SlotFacts
from il2desk.window.theme import SECONDARY_PX, PlainLabel
from il2desk.words import say

__all__ = ["BoardFacts", "BoardGrid", "DayFacts", "SlotFacts"]

_FIRST = ("overdue", "disputed", "due", "needs second person", "prepared", "next")


class BoardGrid(QWidget):
    """A whole cycle. Arrows, Home and End move; Enter opens; letters are the page's.

    `selected_slot` carries the dose number that was moved to, `opened` the one that was opened.
    """

    selected_slot = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slots: dict[tuple[int, int], Slot] = {}
        self._at: tuple[int, int] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self.setAccessibleName(say("Cycle board"))

    def set_facts(self, facts: BoardFacts) -> None:
        """Show a board; the chosen dose stays chosen by its number. ValueError where a slot has no place."""
        kept = self.selected()
        held = any(slot.hasFocus() for slot in self._slots.values())
        self._clear()
        days = [day.key for day in facts.days]
        for at, day in enumerate(facts.days):
            self._grid.addWidget(self._day_head(day), 0, at + 1)
            self._grid.setColumnStretch(at + 1, 1)
        for at, row in enumerate(facts.rows):
            head = PlainLabel(row, bold=True, parent=self)
            head.setWordWrap(False)
            self._grid.addWidget(head, _line(at), 0, Qt.AlignmentFlag.AlignTop)
        for slot_facts in facts.slots:
            place = (facts.rows.index(slot_facts.row), days.index(slot_facts.day))
            if place in self._slots:
                msg = f"two doses stand at {slot_facts.day} {slot_facts.row}"
                raise ValueError(msg)
            slot = Slot(slot_facts, self)
            self._slots[place] = slot
            self._grid.addWidget(slot, _line(place[0]), place[1] + 1)
        if facts.now_words and facts.now_day in days:
            below = (
                facts.rows.index(facts.now_after_row) if facts.now_after_row in facts.rows else -1
            )
            line = NowLine(facts.now_words, self)
            self._grid.addWidget(line, _line(below) + 1, days.index(facts.now_day) + 1)
        if kept is None or not self.select(kept):
            self._select_first()
        if held:  # the slot that had the keyboard is gone; the keyboard stays on the board
            self.focus_entry()

    def selected(self) -> int | None:
        """Return the number of the chosen dose, or None on an empty board."""
        return self._slots[self._at].facts.number if self._at is not None else None

    def select(self, number: int) -> bool:
        """Choose a dose by its number; say whether it stands on the board."""
        for place, slot in self._slots.items():
            if slot.facts.number == number:
                self._choose(place)
                return True
        return False

    def sentence_of(self, number: int) -> str:
        """Return what readers hear of a dose, or empty text where it is not on the board."""
        slots = self._slots.values()
        return next((s.accessibleName() for s in slots if s.facts.number == number), "")

    def focus_entry(self) -> None:
        """Put the keyboard on the chosen dose."""
        if self._at is not None:
            self._slots[self._at].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or open the chosen dose."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in steps:
            self._move(*steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self._select_first()
            self.focus_entry()
        elif event.key() == Qt.Key.Key_End and self._slots:
            self._choose(max(self._slots, key=lambda at: self._slots[at].facts.number))
            self.focus_entry()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._open(repeated=event.isAutoRepeat())
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the dose under the mouse; a single click does no more."""
        for place, slot in self._slots.items():
            if slot.geometry().contains(event.position().toPoint()):
                self._choose(place)
                self.focus_entry()
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the dose under the mouse, as Enter does."""
        if any(s.geometry().contains(event.position().toPoint()) for s in self._slots.values()):
            self._open(repeated=False)

    def _open(self, *, repeated: bool) -> None:
        number = self.selected()
        if number is not None and not repeated:
            self.opened.emit(number)

    def _move(self, down: int, right: int) -> None:
        """Go to the nearest dose that way; stay where there is none."""
        if self._at is None:
            return
        row, column = self._at
        reach = max(len({at[0] for at in self._slots}), 40)
        straight = [(row + down * far, column + right * far) for far in range(1, reach)]
        # Beside a change of clocks a row may hold one dose alone: the next day is still reached.
        beyond = [at for at in self._slots if right and (at[1] - column) * right > 0]
        beyond.sort(key=lambda at: (abs(at[1] - column), abs(at[0] - row)))
        for place in (*straight, *beyond):
            if place in self._slots:
                self._choose(place)
                self.focus_entry()
                return

    def _select_first(self) -> None:
        """Choose what needs somebody first: overdue, due, unsigned, prepared, next, then dose one."""
        if not self._slots:
            return

        def urgency(place: tuple[int, int]) -> tuple[int, int]:
            facts = self._slots[place].facts
            rank = _FIRST.index(facts.state) if facts.state in _FIRST else len(_FIRST)
            return rank, facts.number

        self._choose(min(self._slots, key=urgency))

    def _choose(self, place: tuple[int, int]) -> None:
        if place == self._at:
            return
        if self._at is not None:
            self._slots[self._at].set_selected(selected=False)
        self._at = place
        self._slots[place].set_selected(selected=True)
        self.selected_slot.emit(self._slots[place].facts.number)

    def _day_head(self, day: DayFacts) -> PlainLabel:
        words = say("● TODAY\n{day}", day=day.words) if day.is_today else day.words
        head = PlainLabel(words, px=SECONDARY_PX, bold=True, parent=self)
        head.setContentsMargins(6, 3, 6, 3)
        fill = "select" if day.is_today else "past" if day.is_past else "window"
        head.set_ink("select_text" if day.is_today else "text", fill)
        return head

    def _clear(self) -> None:
        self._slots, self._at = {}, None
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)


def _line(row: int) -> int:
    """Return the grid line of a row of times; between two of them there is room for the moment."""
    return 2 + row * 2
