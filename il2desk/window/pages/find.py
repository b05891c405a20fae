"""Finding a patient by what is typed; a word of the name or a number starts with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import (
    PatientChart,
    Subject,
    chart_of,
    find_subjects,
    outcome_of,
    similar_names,
    subjects,
)
from il2desk.desk.papers import is_sheet_code, read_sheet_code
from il2desk.dosing import NO_BREAK, Refusal, write_weekday
from il2desk.window.fields import TextEntry
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.patient_banner import age_of, born_of, name_of
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.words import say

_LEAST = 2


class FindPage(Page):
    """One field and its matches. Enter opens; nothing is completed or guessed."""

    help_topic = "find"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.typed = TextEntry(say("Find patient"), parent=self)
        self.typed.set_hint(
            say("2 letters of the name, trial or hospital number; or the code or id of a sheet")
        )
        column.addWidget(self.typed)
        self.table = RecordTable(
            (
                Column(say("Patient"), stretch=3), Column(say("Born"), stretch=2),
                Column(say("Sex")), Column(say("Trial No."), stretch=2), Column(say("Hospital No."), stretch=2),
                Column(say("Treatment"), stretch=2),
            ),
            name=say("Matches"), frozen=1, parent=self,
        )  # fmt: skip
        column.addWidget(self.table, 1)
        self.typed.edited.connect(self.refresh)
        self.typed.line.installEventFilter(self)
        self.table.opened.connect(self.open_patient)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Find")

    def header(self) -> HeaderFacts:
        """How many are registered."""
        everybody = len(subjects(self.office.desk))
        day = write_weekday(self.office.now().date())
        return HeaderFacts(
            say("Find a patient"), moment=day, counts=say("{n} registered", n=everybody)
        )

    def action(self) -> ActionState:
        """The way to a new patient."""
        return ActionState(say("Enter opens the chosen patient."), say("Register a new patient"))

    def commit(self) -> None:
        """Open the registration."""
        self.office.open("register")

    def refresh(self) -> None:
        """Show who matches what is typed."""
        desk, typed = self.office.desk, self.typed.typed().strip()
        found = find_subjects(desk, typed)
        marked = similar_names(subjects(desk))
        rows = [self._row(subject, similar=subject.id in marked) for subject in found]
        if is_sheet_code(typed):
            self.table.set_empty(say("The code of a sheet. Enter opens what it was printed from."))
        elif len(typed) < _LEAST:
            self.table.set_empty(say("Type at least 2 letters."))
        else:
            text = say(
                "No match for '{typed}'. Check the spelling, or register a new patient.",
                typed=typed,
            )
            self.table.set_empty(text)
        self.table.set_rows(rows, len(rows))
        self.action_changed.emit()

    def _row(self, subject: Subject, *, similar: bool) -> Row:
        chart = chart_of(self.office.desk, subject.id)
        state = _treatment(chart) if isinstance(chart, PatientChart) else chart.text
        name = name_of(subject)
        shown = f"{name}\n▲ {say('Similar name')}" if similar else name
        age = age_of(subject, self.office.now().date())
        born = f"{f'▲{NO_BREAK}' if similar else ''}{born_of(subject)} ({age})"
        cells = (shown, born, subject.sex, subject.trial_code, subject.hospital_number or say("Not recorded"), state)  # fmt: skip
        return Row(subject.id, cells, spoken_all(cells, ", "))

    def open_patient(self, subject: str) -> None:
        """Open the patient where work goes on: the board, the plan or the order."""
        chart = chart_of(self.office.desk, subject)
        if not isinstance(chart, PatientChart):
            self.office.say(chart.text)
            return
        route = "board" if chart.cycles else "plan" if chart.orders else "order"
        self.office.open(route, subject=subject)

    def open_sheet(self, code: str) -> None:
        """Open what a scanned sheet was printed from, and say whether the paper is still good."""
        found = self.office.guarded(lambda: read_sheet_code(self.office.desk, code))
        if isinstance(found, Refusal):
            self.typed.set_error(found.text)
            self.typed.line.selectAll()
        elif found is not None:
            request = found.request
            if request.subject is None:
                self.office.open("papers", wanted=request, scanned=found)
            else:
                self.office.open("sheets", subject=request.subject, wanted=request, scanned=found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field opens the only match, or goes into the list, as arrow down does."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            rows = self.table.rows()
            command = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not command
            if enter and is_sheet_code(self.typed.typed()):
                self.open_sheet(self.typed.typed())
                return True
            if enter and len(rows) == 1:
                self.open_patient(rows[0].id)
                return True
            if rows and (enter or event.key() == Qt.Key.Key_Down):
                if self.table.current_id() is None:
                    self.table.select(rows[0].id)
                self.table.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def opened(self) -> None:
        """Begin with the field."""
        self.typed.focus_entry()


def _treatment(chart: PatientChart) -> str:
    """How far the treatment is, from the record; a STOP for good holds in every later cycle."""
    cycle = chart.cycle
    if cycle is None:
        return say("registered, no cycle planned")
    stop = chart.stop_by(cycle)
    if stop is not None:
        return say("cycle {n} stopped {scope}", n=cycle.number, scope=stop.scope or "").strip()
    outcomes = [outcome_of(dose) for dose in cycle.doses.values()]
    if all(outcomes):
        return say("cycle {n} finished", n=cycle.number)
    if any(outcomes):
        return say("cycle {n}, on treatment", n=cycle.number)
    return say("cycle {n} planned, no dose recorded", n=cycle.number)
