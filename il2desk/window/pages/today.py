"""Today: what needs somebody now, in the order of need; the order changes only when asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    DosePlace,
    DoseRecords,
    PatientChart,
    TodayPart,
    WorkRow,
    first_open_step,
    today_in_parts,
)
from il2desk.desk.papers import sheets_of_site
from il2desk.dosing import NO_BREAK, tell, write_clock, write_weekday
from il2desk.window.in_parts import Reading
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.board_facts import detail_of
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.pages.patient_banner import age_of, born_of, name_of
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.tables import Cell, Column, RecordTable, Row
from il2desk.words import say

# How often the rows are read anew while the page stands; the order stays.
_EVERY_MS = 30_000
_COUNTED = (
    ("overdue", tell("OVERDUE")),
    ("disputed", tell("Disputed")),
    ("due", tell("DUE")),
    ("prepared", tell("Prepared")),
    ("delayed", tell("Delayed")),
)
_SOON = timedelta(hours=8)
_BEFORE_DIGIT = re.compile(r" (?=[0-9])")


class TodayPage(Page):
    """All patients with the dose that needs somebody. Enter opens it at its first open step."""

    help_topic = "today"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._rows: tuple[WorkRow, ...] = ()
        self._charts: dict[str, PatientChart] = {}
        self._moved = 0
        self._state = ""  # why no row is shown, while it is not known that there is none
        self._is_open, self._placed = False, False
        self._kept: str | None = None
        self._reading: Reading[TodayPart] | None = None
        self._read_at = office.now()
        self._table = RecordTable(
            (
                Column(say("Bed"), stretch=0),
                Column(say("Patient"), stretch=9),
                Column(say("Dose"), stretch=0),
                Column(say("Status"), stretch=5),
                *(Column(name, stretch=0) for name in _step_names()),
            ),
            name=say("Doses today"),
            frozen=2,
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        # F4 belongs to the frame and needs an open patient; here it opens the chosen row's board.
        self._table.view.installEventFilter(self)
        self._table.opened.connect(self.open_dose)
        self._table.selected.connect(self._chosen)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.read_anew)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Today")

    def header(self) -> HeaderFacts:
        """Name, place, moment, counts and order of the list."""
        if self._state:
            return HeaderFacts(name=say("Doses today"), counts=self._state)
        states = Counter(row.slot.state for row in self._rows if row.slot is not None)
        wards = sorted({row.subject.ward for row in self._rows if row.subject.ward})
        now = self.office.now()
        counted = [(states[state], say(words)) for state, words in _COUNTED]
        waiting = sum(len(self._waiting(row)) for row in self._rows)
        counted.insert(3, (waiting, say("Needs second person")))
        slots = [row.slot for row in self._rows if row.slot is not None]
        soon = sum(slot.state == "next" and slot.due - now <= _SOON for slot in slots)
        counted.append((soon, say("Next within 8{gap}hours", gap=NO_BREAK)))
        counts = [f"{count}{NO_BREAK}{words}" for count, words in counted if count]
        place = spoken_all(
            (
                ward if "ward" in ward.casefold() else say("Ward {ward}", ward=ward)
                for ward in wards
            ),
            ", ",
        )
        return HeaderFacts(
            name=say("Doses today"),
            place=place,
            moment=f"{write_weekday(now.date())} {write_clock(now)} {say('(24-hour)')}",
            data_as_of=say("Data as of {time}", time=write_clock(self._read_at)),
            counts=spoken_all(counts, "   ") or say("Nothing waits"),
            order=say("Ordered by need, then by due time"),
            resort=self._resort_words(),
        )

    def action(self) -> ActionState:
        """The way into the chosen dose."""
        row = self._current()
        if self._state:
            return ActionState(self._state, back=None)
        if row is None:
            return ActionState(say("F3 finds a patient."), back=None)
        if row.place is None or row.slot is None:
            sentence = f"{name_of(row.subject)}   {spoken(row.note)}"
            return ActionState(sentence, primary=say("Open the board"), back=None)
        sentence = say(
            "{name}   dose {number} of {count}   {word}",
            name=name_of(row.subject),
            number=row.place.number,
            count=row.doses,
            word=row.slot.word,
        )
        return ActionState(sentence, primary=say("Open the dose"), back=None)

    def commit(self) -> None:
        """Open what is chosen; nothing is stored here."""
        current = self._table.current_id()
        if current is not None:
            self.open_dose(current)

    def open_dose(self, subject: str) -> None:
        """Open a patient's dose at its first open step, or the board where no dose waits."""
        row = self._row(subject)
        if row is None:
            return
        if row.place is None or row.slot is None:
            self.office.open("board", subject=subject)
        elif row.slot.state in ("needs second person", "disputed"):
            self.office.open("dose", place=row.place, step=5)
        else:
            self.office.open("dose", place=row.place, step=first_open_step(row.steps))

    def witness(self) -> None:
        """Sign as second person the earliest recorded dose of the patient that waits for it."""
        row = self._current()
        waiting = () if row is None else self._waiting(row)
        if waiting:
            self.office.open("second", place=waiting[0])
        else:
            self.office.say(say("Nothing of this patient waits for a second person."))

    def open_board(self) -> None:
        """Open the board of the chosen patient."""
        current = self._table.current_id()
        if current is not None:
            self.office.open("board", subject=current)

    def refresh(self) -> None:
        """Read and sort anew (F5); the list is empty until everybody is read."""
        self._kept = self._table.current_id() or self._kept
        self._rows, self._charts = (), {}
        self._read(self._on_read)

    def read_anew(self) -> None:
        """Read anew and keep the order under the hands; say how many rows would move."""
        # A page that was put aside for another person touches neither window nor choice.
        if self.office.page() is not self:
            return
        if self._reading is None or not self._reading.is_running():
            self._read(self._on_read_anew)

    def _read(self, ended: Callable[[TodayPart], object]) -> None:
        self._stop()
        self._timer.start()
        parts = today_in_parts(self.office.desk)
        self._reading = Reading(
            self.office, parts, self._on_told, ended, self._on_failed, parent=self
        )
        self._reading.begin()

    def left(self) -> None:
        """Nobody waits for what is being read; whoever comes back finds the same patient chosen."""
        self.office.last_chosen = self._table.current_id() or self.office.last_chosen
        self._timer.stop()
        self._stop()

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    def _on_told(self, part: TodayPart) -> None:
        if not self._rows:
            self._clear(
                say(
                    "Opening the doses of today, {at} of {of} ...",
                    at=part.done // 2,
                    of=part.of // 2,
                )
            )

    def _on_failed(self) -> None:
        self._rows, self._charts = (), {}
        self._clear(say("The doses of today could not be read. F5 reads them again."))

    def _clear(self, words: str) -> None:
        self._state = words
        self._table.set_empty(words)
        self._table.set_rows(())
        self.action_changed.emit()

    def _on_read(self, part: TodayPart) -> None:
        self._take(part.rows, part.charts)
        self._moved = 0
        self._show()
        if self._kept is not None:
            self._table.select(self._kept)
        if self._is_open:
            self._choose()

    def _on_read_anew(self, part: TodayPart) -> None:
        fresh = part.rows
        order = [row.subject.id for row in self._rows]
        new = [row.subject.id for row in fresh]
        known = {row.subject.id: row for row in fresh}
        added = [row for row in fresh if row.subject.id not in order]
        self._take((*(known[found] for found in order if found in known), *added), part.charts)
        shown = [row.subject.id for row in self._rows]
        self._moved = sum(one != other for one, other in zip(shown, new, strict=True))
        self._show()
        self.office.window.set_header(self.header())

    def _take(self, rows: tuple[WorkRow, ...], charts: Mapping[str, PatientChart]) -> None:
        self._rows, self._charts, self._state = rows, dict(charts), ""
        self._table.set_empty(
            say("No patient has a dose planned. F3 finds a patient or registers one.")
        )

    def opened(self) -> None:
        """Choose the row that one came from; else the first."""
        self._is_open = True
        self._choose()
        self._timer.start()

    def _choose(self) -> None:
        if (
            self._rows and not self._placed
        ):  # a list that gets the keyboard chooses its first row itself
            self._placed, came = True, self.office.last_chosen
            if came is None or not self._table.select(came):
                self._table.select(self._rows[0].subject.id)
        if self.office.window.panel() is None and not self.office.window.is_locked():
            self._table.view.setFocus()

    def print_sheet(self) -> None:
        """Ctrl+P: the sheet of everybody on treatment for the next 24 hours."""
        kits = [
            one for one in sheets_of_site(self.office.desk) if one.request.kind == "downtime-kit"
        ]
        if kits:
            self.office.open("papers", wanted=kits[0].request)
        else:
            self.office.say(say("Nothing to print yet. Nobody is registered."))

    def table(self) -> RecordTable:
        """The list shown."""
        return self._table

    def key_acts(self) -> KeyActs:
        """V signs the chosen dose."""
        return {"list": {"witness": self.witness}}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take F4 in the list before the frame does."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() != Qt.Key.Key_F4 or event.modifiers():
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self.open_board()
        return event.type() == QEvent.Type.KeyPress

    def _show(self) -> None:
        self._read_at = self.office.now()
        self._table.set_rows([self._shown(row) for row in self._rows])
        self.action_changed.emit()

    def _waiting(self, row: WorkRow) -> tuple[DosePlace, ...]:
        """Every recorded dose of the patient, of any cycle, that a second person can sign now."""
        chart = self._charts.get(row.subject.id)
        cycles = () if chart is None else chart.cycles.values()
        return tuple(
            DosePlace(row.subject.id, cycle.id, dose.number)
            for cycle in cycles
            for dose in cycle.doses.values()
            if dose.administration is not None
            and dose.administration.waits == "needs second person"
        )

    def _dose(self, row: WorkRow) -> DoseRecords | None:
        chart = self._charts.get(row.subject.id)
        if chart is None or row.place is None:
            return None
        return chart.cycles[row.place.cycle].doses[row.place.number]

    def _status(self, row: WorkRow) -> Cell:
        """The state's glyph and word, the planned time, the verdict with its time, who waits."""
        if row.slot is None:
            return Cell(_whole(spoken(row.note) or say("Nothing waits")), bold=True)
        desk, dose = self.office.desk, self._dose(row)
        lines = [row.slot.word]
        if dose is not None and row.slot.state == "overdue":
            lines.append(say("planned {time}", time=write_clock(desk.local(dose.planned))))
        lines.append(row.slot.moved)
        detail = row.slot.detail
        lines.append(detail if dose is None else detail_of(desk, dose, detail))
        lines.append(row.slot.hold)
        lines.append(f"▲ {spoken(row.slot.note)}" if row.slot.note else "")
        here = [
            place.number
            for place in self._waiting(row)
            if row.place is not None and place.cycle == row.place.cycle and place != row.place
        ]
        if here:
            numbers = spoken_all((str(number) for number in here), ", ")
            lines.append(say("Needs second person: dose {numbers}", numbers=numbers))
        lines.append(row.note)
        text = _whole(spoken_all((line for line in lines if line), "\n"))
        return Cell(text, glyph=row.slot.state, amended=row.slot.amended)

    def _shown(self, row: WorkRow) -> Row:
        subject = row.subject
        lines = [name_of(subject)]
        similar = f"▲ {say('Similar name')}  " if row.similar else ""
        lines.append(f"{similar}{subject.trial_code}")
        age = age_of(subject, self._read_at.date())
        # The mark stands before what tells people of similar names apart too.
        mark = f"▲{NO_BREAK}" if row.similar else ""
        lines.append(f"{mark}{say('Born')}{NO_BREAK}{born_of(subject)} ({age})")
        steps = row.steps
        words = (steps.weight, steps.premedication, steps.check, steps.prepare, steps.record)
        # A missing item is named in words, never by a dash.
        empty = say("none") if row.place is None else say("open")
        dose = say("none")
        if row.place is not None:
            dose = say("{number} of {count}", number=row.place.number, count=row.doses)
        return Row(
            subject.id,
            (
                subject.bed or say("Not recorded"),
                Cell(spoken_all(lines, "\n"), bold=True),
                dose,
                self._status(row),
                *(empty if word == "-" else say(word) for word in words),
            ),
        )

    def _resort_words(self) -> str:
        if not self._moved:
            return say("F5 Re-sort (no change)")
        if self._moved == 1:
            return say("F5 Re-sort (1 change)")
        return say("F5 Re-sort ({count} changes)", count=self._moved)

    def _row(self, subject: str) -> WorkRow | None:
        return next((row for row in self._rows if row.subject.id == subject), None)

    def _current(self) -> WorkRow | None:
        current = self._table.current_id()
        return None if current is None else self._row(current)

    def _chosen(self) -> None:
        self.action_changed.emit()


def _step_names() -> tuple[str, ...]:
    return (say("Weight"), say("Premed."), say("Check"), say("Prepare"), say("Record"))


def _whole(text: str) -> str:
    """The text with no line ending between a word and the number after it."""
    return _BEFORE_DIGIT.sub(NO_BREAK, text)
