"""Course: a cycle drawn over its days, and below the picture every value it is drawn from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from il2desk.desk import CycleChart
from il2desk.desk.pictures import CoursePart, course_in_parts, draw_course
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button
from il2desk.window.in_parts import Reading
from il2desk.window.keys import key_text
from il2desk.window.pages.course_rows import columns, description, lines_told, rows_of
from il2desk.window.pages.in_view import KeepInView
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.pages.picture import Picture
from il2desk.window.tables import RecordTable
from il2desk.window.theme import PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class CoursePage(Page):
    """The picture first; E and L show the cycle before and the one after, Enter opens a record."""

    help_topic = "course"

    def __init__(
        self, office: Office, subject: str, cycle: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(office, parent)
        self.subject: str = subject
        self._cycles: tuple[CycleChart, ...] = ()
        self._at = cycle
        self._reading: Reading[CoursePart] | None = None
        self.refused = Notice(parent=self)
        self.which = PlainLabel("", bold=True, parent=self)
        self.earlier = Button(say("Earlier cycle"), key_text("earlier-cycle"), parent=self)
        self.later = Button(say("Later cycle"), key_text("later-cycle"), parent=self)
        self.earlier.clicked.connect(self.show_earlier)
        self.later.clicked.connect(self.show_later)
        self.picture = Picture(say("the picture of the course"), self)
        self.table = RecordTable(columns(), name=say("Values of the course"), parent=self)
        self.lines = Notice(grave=False, parent=self)
        self._lay_out()
        self.table.opened.connect(self._open)
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.which, 1)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.refused)
        column.addWidget(self.picture)
        column.addWidget(self.table)
        column.addWidget(self.lines)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setWidget(inside)
        self.area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(top)
        whole.addWidget(area, 1)
        self._in_view = KeepInView(self)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Course")

    def refresh(self) -> None:
        """Read the cycle anew, a part between two events; the old picture and its values go first."""
        self.left()
        self.picture.set_drawing(None)
        self.table.set_rows(())
        self.lines.set_sentences(())
        self.refused.set_sentences(())
        self._say(say("Opening the course ..."))
        parts = course_in_parts(self.office.desk, self.subject, self._at)
        self._reading = Reading(
            self.office, parts, self._on_told, self._on_read, self._on_failed, parent=self
        )
        self._reading.begin_later()

    @property
    def at_work(self) -> bool:
        """Whether the course is still being read or drawn."""
        return self.picture.at_work or (self._reading is not None and self._reading.is_running())

    def _say(self, words: str) -> None:
        """Words in the place of the course, while none is shown."""
        self.which.setText(words)
        self.table.set_empty(words)
        for button in (self.earlier, self.later):
            button.setVisible(len(self._cycles) > 1)
            button.setEnabled(False)

    def _on_told(self, _part: CoursePart) -> None:
        """There are so few parts that the words stay as they are."""

    def _on_failed(self) -> None:
        self._say(say("The course could not be read. F5 reads it again."))

    def _on_read(self, part: CoursePart) -> None:
        self._cycles = part.cycles
        if part.at is not None:
            self._at = part.at.id
            self._name(part.at)
        if isinstance(part.course, Refusal):
            if part.at is None:
                self._say("")
            self.refused.set_sentences(part.course.reasons)
        elif part.course is None:
            self._say(say("No cycle is planned. F4 opens the board, which plans one."))
            self.table.set_empty(say("Nothing is recorded in a cycle yet."))
        else:
            self.picture.set_drawing(partial(draw_course, part.course), description(part.course))
            self.lines.set_sentences(lines_told(part.course))
            self.table.set_rows(rows_of(part.course))
        self.action_changed.emit()

    def _name(self, cycle: CycleChart) -> None:
        """Say which cycle it is, and which others there are."""
        at = self._index()
        self.which.setText(
            say("Course {course}, cycle {number}", course=cycle.course, number=cycle.number)
        )
        self.table.set_empty(say("Nothing is recorded in a cycle yet."))
        for button, can in ((self.earlier, at > 0), (self.later, at < len(self._cycles) - 1)):
            button.setVisible(len(self._cycles) > 1)
            button.setEnabled(can)

    def _index(self) -> int:
        return next(at for at, one in enumerate(self._cycles) if one.id == self._at)

    def opened(self) -> None:
        """The picture has the keyboard: arrows scroll it, Tab goes on to the values."""
        self.picture.shown.setFocus()

    def left(self) -> None:
        """What is being read or drawn is for nobody any more."""
        if self._reading is not None:
            self._reading.stop()
        self.picture.forget()

    def action(self) -> ActionState:
        """What the keys do here; nothing is recorded from a picture."""
        return ActionState(
            say("Nothing is recorded here. Enter opens the record of a chosen value.")
        )

    def key_acts(self) -> KeyActs:
        """E and L change the cycle."""
        return {"course": {"earlier-cycle": self.show_earlier, "later-cycle": self.show_later}}

    def show_earlier(self) -> None:
        """The cycle before, or say that there is none."""
        self._move(-1)

    def show_later(self) -> None:
        """The cycle after, or say that there is none."""
        self._move(1)

    def _move(self, step: int) -> None:
        if not any(one.id == self._at for one in self._cycles):
            return
        at = self._index() + step
        if not 0 <= at < len(self._cycles):
            self.office.say(say("There is no other cycle in this direction."))
            return
        self._at = self._cycles[at].id
        self.refresh()

    def print_sheet(self) -> None:
        """Ctrl+P: the sheets of the patient, this one among them."""
        self.office.open("sheets", subject=self.subject)

    def _open(self, row: str) -> None:
        kind, what, *rest = row.split("/")
        if kind == "dose":
            self.office.open("records", subject=self.subject, number=int(what), cycle=self._at)
        else:
            self.office.open("records", subject=self.subject, entry=rest[0])
