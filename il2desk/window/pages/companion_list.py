"""The companion drugs of a cycle on its board: every dose with its day, amount and state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    CompanionPlace,
    CompanionSlot,
    CycleChart,
    Desk,
    PatientChart,
    companion_slots,
    companions_of,
    day_words,
    derived_companion,
)
from il2desk.dosing import Companion, write_amount, write_weekday
from il2desk.window.pages.companion_words import companion_happened, derived_short, unit_below
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Cell, Column, RecordTable, Row
from il2desk.window.theme import SECONDARY_PX, PlainLabel, title_label
from il2desk.words import say

_HEIGHT = 260
_FURTHER = "further"


class CompanionList(QWidget):
    """Hidden where the protocol has no companion drug.

    `opened` carries the place of the chosen dose, and whether it is a further one that nobody
    planned. `moved` is emitted when the choice or the keyboard moves.
    """

    opened = Signal(CompanionPlace, bool)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: dict[str, CompanionPlace] = {}
        self.table = RecordTable(
            (
                Column(say("Day"), stretch=0), Column(say("Companion drug"), stretch=2),
                Column(say("Derived amount"), stretch=2), Column(say("State"), stretch=3),
            ),
            name=say("Companion drugs of this cycle"), frozen=1, most_height=_HEIGHT, parent=self,
        )  # fmt: skip
        words = say("Enter opens a dose, G P H O U open it with the outcome, V signs, A corrects")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(title_label(say("Companion drugs"), parent=self))
        column.addWidget(self.table)
        column.addWidget(PlainLabel(words, px=SECONDARY_PX, muted=True, parent=self))
        self.table.opened.connect(self._open)
        self.table.selected.connect(self.moved)
        self.table.view.installEventFilter(self)
        self.hide()

    def show_cycle(self, desk: Desk, chart: PatientChart, cycle: CycleChart) -> None:
        """Show every dose of every companion drug, then a line for a further one of each."""
        companions = companions_of(desk, cycle)
        self.setVisible(bool(companions))
        self._places = {}
        rows: list[Row] = []
        for slot in companion_slots(desk, chart, cycle):
            key = f"{slot.companion.id}/{slot.day}/{slot.count}"
            self._places[key] = CompanionPlace(
                chart.subject.id, cycle.id, slot.companion.id, slot.day, slot.count
            )
            rows.append(_row(desk, chart, cycle, key, slot))
        for companion in companions:
            key = f"{companion.id}/{_FURTHER}"
            self._places[key] = CompanionPlace(chart.subject.id, cycle.id, companion.id, 1)
            rows.append(_further(key, companion))
        self.table.set_rows(rows)
        if self.table.current_id() is None and rows:
            waiting = [row.id for row in rows if _waits(row)]
            self.table.select(waiting[0] if waiting else rows[0].id)

    def has_keyboard(self) -> bool:
        """Whether the list, and not the board, has the keyboard."""
        return not self.isHidden() and self.table.view.hasFocus()

    def chosen(self) -> tuple[CompanionPlace, bool] | None:
        """The place of the chosen row, and whether it is the line for a further dose."""
        key = self.table.current_id()
        if key is None or key not in self._places:
            return None
        return self._places[key], key.endswith(f"/{_FURTHER}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that the keyboard came or went."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.moved.emit()
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.opened.emit(*chosen)


def _waits(row: Row) -> bool:
    return any(isinstance(cell, Cell) and cell.glyph in ("overdue", "due") for cell in row.cells)


def _row(desk: Desk, chart: PatientChart, cycle: CycleChart, key: str, slot: CompanionSlot) -> Row:
    drug, date = slot.companion.drug, write_weekday(slot.date)
    if slot.of_day > 1 or slot.count > 1:
        drug = say("{drug}, dose {count} of the day", drug=drug, count=slot.count)
    word, record = slot.word, slot.record
    if record is not None:
        happened = companion_happened(desk, record)
        given = "" if record.amount is None else write_amount(record.amount, record.unit)
        waits = "" if record.cosigned_by is not None else word
        word = spoken_all((part for part in (happened, unit_below(given), waits) if part), "\n")
    derived = derived_short(derived_companion(desk, chart, cycle, slot.companion, slot.day))
    if record is not None and record.derived_amount is not None:
        derived = unit_below(write_amount(record.derived_amount, record.unit))
    bold = slot.state in ("due", "overdue", "needs second person", "disputed")
    amended = record is not None and bool(record.changes)
    cells = (
        f"{slot.day}\n{date}", drug, derived,
        Cell(word, slot.state, amended=amended, bold=bold),
    )  # fmt: skip
    said = say("{drug}, {day}, {date}: {state}", drug=drug, day=day_words(slot.day), date=date,
               state=slot.word)  # fmt: skip
    return Row(key, cells, said)


def _further(key: str, companion: Companion) -> Row:
    words = say("A dose of {drug} that is not planned", drug=companion.drug)
    return Row(key, ("", words, "", say("Enter records it")), words)
