"""The cycle board: the whole cycle at a glance, and the way into a dose."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    CycleChart,
    DosePlace,
    PatientChart,
    SlotState,
    chart_of,
    locate,
    locate_companion,
    outcome_of,
    slot_states,
    withdrawal_of,
)
from il2desk.dosing import Refusal
from il2desk.window.board_grid import BoardGrid
from il2desk.window.office import Office
from il2desk.window.pages.board_facts import board_of, heading_of, totals_of
from il2desk.window.pages.board_panel import BoardPanel
from il2desk.window.pages.companion_list import CompanionList
from il2desk.window.pages.companion_second import ask_cosign_companion
from il2desk.window.pages.delay import open_delay
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.spoken import spoken
from il2desk.window.theme import PlainLabel
from il2desk.words import say

# Key of the board -> the outcome that step 5 opens with.
_OUTCOMES = {
    "given": "given",
    "part-given": "part given",
    "held": "held",
    "omitted": "omitted",
    "not-known": "not known",
}
_SIDE_BY_SIDE = 1016  # right of the rail, in a window of 1180
_BESIDE = 44  # between and beside them


class BoardPage(Page):
    """One cycle of one patient; by default the one planned last."""

    help_topic = "board"

    def __init__(
        self,
        office: Office,
        subject: str,
        cycle: str | None = None,
        number: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, parent)
        self.subject = subject
        self._wanted, self._number = cycle, number
        self._shown = False
        self._chart: PatientChart | None = None
        self._cycle: CycleChart | None = None
        self._slots: tuple[SlotState, ...] = ()
        self._heading = PlainLabel(bold=True, parent=self)
        self._change = PlainLabel(bold=True, parent=self)
        self._withdrawn = PlainLabel(bold=True, parent=self)
        self._grid = BoardGrid(self)
        self._panel = BoardPanel(self)
        self._totals = PlainLabel(bold=True, parent=self)
        self.companions = CompanionList(self)
        office.window.installEventFilter(self)
        self._side = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._side.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._grid)
        left.addWidget(self._totals)
        left.addWidget(self.companions)
        left.addStretch(1)
        self._side.addLayout(left, 1)
        self._side.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._heading)
        column.addWidget(self._change)
        column.addWidget(self._withdrawn)
        column.addLayout(self._side)
        column.addStretch(1)
        self._grid.selected_slot.connect(self._show_dose)
        self._grid.opened.connect(self.open_dose)
        self._panel.asked.connect(self._asked)
        self.companions.opened.connect(self._open_companion)
        self.companions.moved.connect(self.action_changed)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        cycle = self._cycle
        if cycle is None:
            return say("Cycle board")
        return say(
            "Course {course} cycle {number}   protocol {protocol} version {version}",
            course=cycle.course,
            number=cycle.number,
            protocol=cycle.protocol,
            version=cycle.version,
        )

    def refresh(self) -> None:
        """Clear, then show the cycle as the journal holds it."""
        desk = self.office.desk
        self._cycle, self._slots = None, ()
        chart = chart_of(desk, self.subject or "")
        if isinstance(chart, Refusal):
            self._show_empty(chart.text)
            return
        self._chart = chart
        acting = chart.cycle_at(desk.clock.now())
        cycle = acting if self._wanted is None else chart.cycles.get(self._wanted)
        if cycle is None:
            self._show_empty(
                say("No cycle planned. Ctrl+Enter plans cycle 1.")
                if chart.order is not None
                else say("No order yet. Ctrl+Enter enters the prescriber's order.")
            )
            return
        slots = slot_states(desk, cycle)
        self._cycle, self._slots = cycle, slots
        for label, text in (
            (self._heading, heading_of(desk, cycle, slots)),
            (self._change, cycle.clock_change or ""),
            (self._withdrawn, withdrawal_of(desk, cycle.fingerprint)),
            (self._totals, totals_of(cycle, slots)),
        ):
            warns = label in (self._change, self._withdrawn) or (
                label is self._heading
                and (cycle.stopped is not None or cycle.barred_by is not None)
            )
            label.setText(f"▲ {spoken(text)}" if text and warns else text)
            label.setVisible(bool(text))
        self._grid.show()
        self._panel.show()
        self._grid.set_facts(board_of(desk, cycle, slots))
        if self._number is None and not self._shown and cycle.stopped is not None:
            self._number = cycle.stopped.number
        if self._number is not None:
            self._grid.select(self._number)
        self._number, self._shown = None, True
        self.companions.show_cycle(desk, chart, cycle)
        self.action_changed.emit()

    def action(self) -> ActionState:
        """Open the chosen dose, or what comes before or after a cycle."""
        chart, cycle, slot = self._chart, self._cycle, self._slot()
        if chart is None:
            return ActionState(back=say("Go back"))
        if cycle is None:
            words = say("Plan a cycle") if chart.order is not None else say("Enter the order")
            return ActionState(primary=words, back=say("Go back"))
        if self.companions.has_keyboard():
            return ActionState(primary=say("Open the companion dose"), back=say("Go back"))
        if self._finished():
            return ActionState(
                say("Every dose of this cycle has an outcome. Enter opens a dose."),
                primary=say("Plan the next cycle"),
                back=say("Go back"),
            )
        if slot is None:
            return ActionState(back=say("Go back"))
        sentence = say("Dose {number}   {word}", number=slot.number, word=slot.word)
        return ActionState(sentence, primary=say("Open the dose"), back=say("Go back"))

    def commit(self) -> None:
        """Go where the action bar says; nothing is stored here."""
        chart = self._chart
        if chart is None:
            return
        if self._cycle is None:
            self.office.open("plan" if chart.order is not None else "order", subject=self.subject)
        elif self.companions.has_keyboard():
            self._open_companion()
        elif self._finished():
            self.office.open("plan", subject=self.subject)
        else:
            self.open_dose(self._grid.selected() or 1)

    def opened(self) -> None:
        """Put the keyboard on the chosen dose."""
        self._grid.focus_entry()

    def key_acts(self) -> KeyActs:
        """G P H O U open step 5 with the outcome chosen; D, V, A, T as the key sheet says."""
        outcomes = {action: partial(self._record, outcome) for action, outcome in _OUTCOMES.items()}
        return {
            "board": {
                **outcomes,
                "delay": self.delay,
                "witness": self.witness,
                "amend": self.amend,
                "jump-today": self.jump_today,
                "course": self.open_course,
            }
        }

    def open_course(self) -> None:
        """C: the cycle drawn over its days."""
        cycle = None if self._cycle is None else self._cycle.id
        self.office.open("course", subject=self.subject, cycle=cycle)

    def open_dose(self, number: int) -> None:
        """Open a dose at its first open step; a recorded one in its records."""
        place = self._place(number)
        if place is None or self._cycle is None:
            return
        if outcome_of(self._cycle.doses[number]) is not None:
            self.office.open("records", subject=self.subject, number=number)
        else:
            self.office.open("dose", place=place)

    def _open_companion(self, *_: object, outcome: str | None = None) -> None:
        """Open the chosen dose of a companion drug."""
        chosen = self.companions.chosen()
        if chosen is not None:
            place, further = chosen
            self.office.open("companion", place=place, further=further, outcome=outcome)

    def delay(self) -> None:
        """Ask for a later time for the chosen dose."""
        if self.companions.has_keyboard():
            self.office.say(say("A companion dose has no delay. Record it on the day it is given."))
            return
        place = self._place(self._grid.selected())
        if place is None:
            return
        at = locate(self.office.desk, place)
        if isinstance(at, Refusal):
            self.office.say(at.text)
        else:
            open_delay(self.office, place, at)

    def witness(self) -> None:
        """Sign the chosen dose as second person."""
        chosen = self.companions.chosen() if self.companions.has_keyboard() else None
        if chosen is not None:
            if chosen[1]:
                self.office.say(say("This line has no record. Choose a recorded dose."))
            else:
                ask_cosign_companion(self.office, chosen[0])
            return
        place = self._place(self._grid.selected())
        if place is not None:
            self.office.open("second", place=place)

    def amend(self) -> None:
        """Open the records of the chosen dose, at the correction where it has a record."""
        if self.companions.has_keyboard():
            self._open_companion_record()
            return
        number = self._grid.selected()
        if number is not None:
            self.office.open("records", subject=self.subject, number=number, correct=True)

    def _open_companion_record(self) -> None:
        """Open the record of the chosen companion dose, where there is one."""
        chosen = self.companions.chosen()
        at = None if chosen is None or chosen[1] else locate_companion(self.office.desk, chosen[0])
        if at is None or isinstance(at, Refusal) or at.record is None:
            self.office.say(say("This companion dose has no record yet. Enter opens it."))
        else:
            self.office.open("records", subject=self.subject, entry=at.record.entry)

    def jump_today(self) -> None:
        """Choose today's first dose without an outcome, or the one that needs somebody first."""
        today = self.office.now().date()
        desk = self.office.desk
        here = [
            slot
            for slot in self._slots
            if self._cycle is not None
            and desk.local(self._cycle.doses[slot.number].planned).date() == today
        ]
        if not here:
            self.office.say(say("No dose of this cycle is planned today."))
            return
        waiting = [slot for slot in here if slot.state in ("overdue", "due", "next", "scheduled")]
        self._grid.select((waiting or here)[0].number)
        self._grid.focus_entry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel under the board where there is no room beside it."""
        super().resizeEvent(event)
        self._place_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window changed its width: the page, held wide by what is on it, is not told."""
        if event.type() == QEvent.Type.Resize:
            self._place_panel()
        return super().eventFilter(watched, event)

    def _place_panel(self) -> None:
        # Asked of the window: the page itself is never narrower than board and panel together.
        window = self.office.window
        room = window.width() - self.mapTo(window, QPoint(0, 0)).x() if self.isVisible() else 0
        need = self._grid.minimumSizeHint().width() + self._panel.minimumWidth() + _BESIDE
        beside = (room or window.width()) >= max(need, _SIDE_BY_SIDE)
        self._side.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    def panel_text(self) -> str:
        """What the panel says about the chosen dose."""
        return self._panel.text()

    def grid(self) -> BoardGrid:
        """The grid of slots."""
        return self._grid

    def heading(self) -> str:
        """Why nothing is given now, or empty text."""
        return "" if self._heading.isHidden() else self._heading.text()

    def clock_change(self) -> str:
        """How a clock change inside the cycle is handled, or empty text."""
        return "" if self._change.isHidden() else self._change.text()

    def withdrawn(self) -> str:
        """That the protocol version of this cycle was withdrawn, or empty text."""
        return "" if self._withdrawn.isHidden() else self._withdrawn.text()

    def totals(self) -> str:
        """The line of totals."""
        return self._totals.text()

    def _show_empty(self, text: str) -> None:
        for part in (
            self._grid, self._panel, self._change, self._withdrawn, self._totals, self.companions,
        ):  # fmt: skip
            part.hide()
        self._heading.setText(text)
        self._heading.show()
        self.action_changed.emit()

    def _show_dose(self, number: int) -> None:
        slot = next((found for found in self._slots if found.number == number), None)
        if slot is not None and self._chart is not None and self._cycle is not None:
            self._panel.show_dose(self.office.desk, self._chart, self._cycle, slot)
        self.action_changed.emit()

    def _slot(self) -> SlotState | None:
        chosen = self._grid.selected()
        return next((slot for slot in self._slots if slot.number == chosen), None)

    def _place(self, number: int | None) -> DosePlace | None:
        if number is None or self._cycle is None or self.subject is None:
            return None
        return DosePlace(self.subject, self._cycle.id, number)

    def _finished(self) -> bool:
        cycle = self._cycle
        return (
            cycle is not None
            and cycle.stopped is None
            and all(outcome_of(dose) is not None for dose in cycle.doses.values())
        )

    def _record(self, outcome: str) -> None:
        if self.companions.has_keyboard():
            self._open_companion(outcome=outcome)
            return
        place = self._place(self._grid.selected())
        if place is not None:
            self.office.open("dose", place=place, step=5, outcome=outcome)

    def _asked(self, what: str) -> None:
        acts = {
            "open": self.commit_chosen,
            "delay": self.delay,
            "witness": self.witness,
            "records": self.amend,
        }
        acts[what]()

    def commit_chosen(self) -> None:
        """Open the chosen dose."""
        number = self._grid.selected()
        if number is not None:
            self.open_dose(number)
