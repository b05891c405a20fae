"""The trial overview: every cycle of every patient in a row, read-only; Enter opens the board."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk.papers import SheetRequest
from il2desk.desk.trial import (
    STATES,
    TrialFilter,
    TrialPart,
    TrialRow,
    choices_of,
    criterion_rows,
    override_lines,
    patients_in,
    second_delay,
    trial_in_parts,
    trial_sums,
)
from il2desk.dosing import tell, write_clock, write_weekday
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, NumberedChoice
from il2desk.window.flow import FlowLayout
from il2desk.window.in_parts import Reading
from il2desk.window.keys import key_text
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages import trial_rows
from il2desk.window.pages.form_panel import FormPanel
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.tables import RecordTable
from il2desk.window.theme import PlainLabel
from il2desk.words import say

_VIEWS = (
    ("trial-doses", tell("Doses")), ("trial-criteria", tell("Held and omitted")),
    ("trial-overrides", tell("Overrides")), ("trial-second", tell("Second person")),
)  # fmt: skip
_EVERY = "all"
_HIGH = 330
"""The most a table takes, so that a page of 720 pixels shows its end and what stands under it."""


class TrialPage(Page):
    """Four views of the same rows; a filter is named in a banner until Esc clears it."""

    help_topic = "trial"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._rows: tuple[TrialRow, ...] = ()
        self._filter = TrialFilter()
        self._view = _VIEWS[0][0]
        self._state = ""  # why no row is shown, while it is not known that there is none
        self._reading: Reading[TrialPart] | None = None
        self._sums = ""
        self._read_at = office.now()
        self._is_open = False
        self._is_chosen = False  # Qt itself chooses the first cell of what gets the keyboard
        self.banner = Notice(grave=False, parent=self)
        self.said = PlainLabel(bold=True, parent=self)
        doses = RecordTable(
            trial_rows.dose_columns(()), name=say("Doses of the trial"),
            frozen=trial_rows.IDENTITY, cells=True, most_height=_HIGH, parent=self,
        )  # fmt: skip
        criteria = RecordTable(
            trial_rows.criterion_columns(), name=say("Criteria"), most_height=_HIGH, parent=self
        )
        overrides = RecordTable(
            trial_rows.override_columns(), name=say("Overrides"), most_height=_HIGH, parent=self
        )
        second = RecordTable(
            trial_rows.second_columns(), name=say("Second person"), most_height=_HIGH, parent=self
        )
        self.tables = dict(
            zip((view for view, _ in _VIEWS), (doses, criteria, overrides, second), strict=True)
        )
        self.legend = PlainLabel(_legend(), muted=True, parent=self)
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._head())
        column.addWidget(self.banner)
        column.addWidget(self.said)
        for table in self.tables.values():
            column.addWidget(table, 1)
            table.opened.connect(self.open_board)
        column.addWidget(self.legend)
        doses.moved.connect(self._on_cell)
        self.refresh()

    def _head(self) -> FlowLayout:
        row = FlowLayout(gap=6)
        for view, words in _VIEWS:
            button = Button(say(words), key_text(view), parent=self)
            button.clicked.connect(partial(self.show_view, view))
            self.buttons[view] = button
            row.addWidget(button)
        choose = Button(say("Choose rows"), key_text("find-in-list"), parent=self)
        choose.clicked.connect(self.find_in_list)
        row.addWidget(choose)
        return row

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Trial overview")

    def shown(self) -> tuple[TrialRow, ...]:
        """The rows that the filter takes."""
        return tuple(row for row in self._rows if self._filter.takes(row))

    def header(self) -> HeaderFacts:
        """Which trials, at what moment, and the counters of the rows shown."""
        now = self.office.now()
        trials = sorted({row.patient.chart.subject.protocol for row in self.shown()})
        return HeaderFacts(
            say("Trial overview"),
            ", ".join(trials),
            f"{write_weekday(now.date())} {write_clock(now)} {say('(24-hour)')}",
            data_as_of=say("Data as of {time}", time=write_clock(self._read_at)),
            counts=self._state or self._sums,
            order=say("Read-only, by trial number"),
            resort=say("F5 Read again"),
        )

    # What is shown

    def refresh(self) -> None:
        """Read everybody anew (F5); nothing old stays while that lasts."""
        self.left()
        self._rows = ()
        parts = trial_in_parts(self.office.desk)
        self._reading = Reading(
            self.office, parts, self._on_told, self._on_read, self._on_failed, parent=self
        )
        self._reading.begin()

    def left(self) -> None:
        """Nobody waits for what is being read."""
        if self._reading is not None:
            self._reading.stop()

    def _on_told(self, part: TrialPart) -> None:
        self._state = say("Opening the trial, {at} of {of} ...", at=part.done // 2, of=part.of // 2)
        self._show()

    def _on_failed(self) -> None:
        self._rows = ()
        self._state = say("The trial could not be read. F5 reads it again.")
        self._show()

    def _on_read(self, part: TrialPart) -> None:
        self._rows, self._state, self._read_at = part.rows, "", self.office.now()
        self._show()
        if self._is_open and self.office.window.panel() is None:
            self._choose()

    def show_view(self, view: str) -> None:
        """Show doses, criteria, overrides or second persons."""
        self._view = view
        self._show()
        self._choose()

    def _show(self) -> None:
        rows, desk = self.shown(), self.office.desk
        self._sums = trial_rows.sums_words(trial_sums(rows))
        for view, table in self.tables.items():
            table.setVisible(view == self._view)
            self.buttons[view].set_strong(strong=view == self._view)
            table.set_empty(self._state or _empty(view))
        self.legend.setVisible(self._view == "trial-doses" and bool(rows))
        self.banner.set_sentences(self._banner(rows))
        self.said.setText("")
        table, patients = self.tables[self._view], patients_in(rows)
        if self._view == "trial-doses":
            kept, at = table.current_id(), table.view.currentIndex().column()
            table.set_columns(trial_rows.dose_columns(rows))
            table.set_rows(trial_rows.dose_rows(desk, rows), len(self._rows))
            if kept is not None:
                table.select(kept, max(at, 0))
        elif self._view == "trial-criteria":
            found = criterion_rows(patients)
            table.set_rows(trial_rows.rows_of_criteria(found))
            many = say("A dose counts with every criterion that its check found met.")
            self.said.setText(many if found else "")
        elif self._view == "trial-overrides":
            table.set_rows(trial_rows.rows_of_overrides(override_lines(desk, patients)))
        else:
            delay = second_delay(desk, patients)
            table.set_rows(trial_rows.rows_of_seconds(desk, delay))
            self.said.setText(self._state or trial_rows.delay_words(delay))
        self.action_changed.emit()

    def _banner(self, rows: tuple[TrialRow, ...]) -> tuple[str, ...]:
        words = self._filter.words
        if not words:
            return ()
        return (
            say(
                "Showing {shown} of {all}: {words}. Esc clears.",
                shown=len(rows), all=len(self._rows), words=words,
            ),
        )  # fmt: skip

    def _on_cell(self, row_id: str, column: int) -> None:
        """Say in words the dose that is chosen, or what the row needs."""
        row = next((one for one in self._rows if one.id == row_id), None)
        if row is None:
            return
        at = column - trial_rows.IDENTITY
        if 0 <= at < len(row.slots):
            self.said.setText(trial_rows.cell_words(self.office.desk, row, row.slots[at]))
        else:
            self.said.setText(trial_rows.row_words(row))
        self.action_changed.emit()

    def _choose(self) -> None:
        table = self.tables[self._view]
        if table.rows() and (table.current_id() is None or not self._is_chosen):
            is_doses = self._view == "trial-doses"
            table.select(table.rows()[0].id, trial_rows.IDENTITY if is_doses else None)
            self._is_chosen = True
        if table.rows():
            table.view.setFocus()
        else:
            self.buttons[self._view].setFocus()

    def opened(self) -> None:
        """Give the keyboard to the list."""
        self._is_open = True
        self._choose()

    # What can be done

    def action(self) -> ActionState:
        """The way to the board of the chosen row; nothing is recorded here."""
        if self._state:
            return ActionState(self._state)
        if self.tables[self._view].current_id() is None or self._view == "trial-criteria":
            return ActionState(say("Nothing is recorded here."))
        return ActionState(say("Nothing is recorded here."), primary=say("Open the board"))

    def commit(self) -> None:
        """Open what is chosen."""
        row_id = self.tables[self._view].current_id()
        if row_id is not None:
            self.open_board(row_id)

    def open_board(self, row_id: str) -> None:
        """Open the board of a row's cycle, at the dose that is chosen."""
        if self._view == "trial-criteria":
            return
        subject, _, cycle = row_id.partition(" ")
        if self._view != "trial-doses":
            self.office.open("board", subject=subject)
            return
        row = next(one for one in self._rows if one.id == row_id)
        at = self.tables[self._view].view.currentIndex().column() - trial_rows.IDENTITY
        number = row.slots[at].number if 0 <= at < len(row.slots) else None
        self.office.open("board", subject=subject, cycle=cycle or None, number=number)

    def go_back(self) -> None:
        """Clear the filter first, then leave."""
        if self._filter.words:
            self._take(TrialFilter())
        else:
            super().go_back()

    def key_acts(self) -> KeyActs:
        """The keys of the views."""
        return {"trial": {view: partial(self.show_view, view) for view, _ in _VIEWS}}

    def print_sheet(self) -> None:
        """Ctrl+P: the trial summary of the trial that is shown."""
        trials = sorted({row.patient.chart.subject.protocol for row in self.shown()})
        if not trials:
            self.office.say(say("Nobody is registered, so there is no summary to print."))
        elif len(trials) > 1:
            self.office.say(say("Choose one trial first: Ctrl+F."))
        else:
            self.office.open("papers", wanted=SheetRequest("trial-summary", of=trials[0]))

    def find_in_list(self) -> None:
        """Ctrl+F: choose which rows are shown."""
        if self._state:
            self.office.say(self._state)
            return
        trials, arms = choices_of(self._rows)
        panel = FormPanel(
            say("Choose rows"), (say("What is chosen is named over the list."),), say("Show"),
            lambda: self._on_chosen(fields),
        )  # fmt: skip
        fields = {
            "protocol": _choice(say("Trial"), {one: one for one in trials}, self._filter.protocol),
            "arm": _choice(say("Arm"), {one: one for one in arms}, self._filter.arm),
            "state": _choice(say("State"), self._states(), self._filter.state),
        }
        for name, field in fields.items():
            if name == "state" or len(field.options()) > 1:
                panel.ask(field)
        panel.back.connect(self.office.window.close_panel)
        self.office.window.open_panel(panel)

    def _states(self) -> dict[str, str]:
        """The states that some row has, in the order of need."""
        found = {state for row in self._rows for state in row.states}
        return {state: words for state, words in STATES.items() if state in found}

    def _on_chosen(self, fields: dict[str, NumberedChoice]) -> None:
        chosen = {name: field.value() or "" for name, field in fields.items()}
        self.office.window.close_panel()
        self._take(
            TrialFilter(**{name: "" if id_ == _EVERY else id_ for name, id_ in chosen.items()})
        )

    def _take(self, chosen: TrialFilter) -> None:
        self._filter = chosen
        self._is_chosen = False
        self._show()
        self._choose()


def _choice(label: str, options: dict[str, str], chosen: str) -> NumberedChoice:
    field = NumberedChoice(
        label,
        [Choice(_EVERY, say("All")), *(Choice(id_, words) for id_, words in options.items())],
        required=False,
    )
    field.choose(chosen or _EVERY)
    return field


def _legend() -> str:
    return say(
        "Circle: recorded. Square: not recorded. Diamond: overdue. Filled: given. Empty cell: no such dose."
    )


def _empty(view: str) -> str:
    return {
        "trial-doses": say("No patients."),
        "trial-criteria": say("No check found a criterion met, and nothing was held or omitted."),
        "trial-overrides": say("No override is recorded."),
        "trial-second": say("Nothing is recorded yet."),
    }[view]
