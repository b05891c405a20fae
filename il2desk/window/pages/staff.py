"""Who may sign in, and adding a person."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import add_staff, new_token, staff
from il2desk.dosing import Refusal
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.person_form import PersonForm
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import title_label
from il2desk.words import say


class StaffPage(Page):
    """The people of the site, and the fields to add one."""

    help_topic = "people"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._token = new_token()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = RecordTable((Column(say("Name")), Column(say("Role"))), name=say("People"))
        column.addWidget(self.table)
        column.addWidget(title_label(say("Add a person"), parent=self))
        self._person = PersonForm(self)
        self.form = self._person
        column.addWidget(self._person)
        column.addStretch(1)
        self._person.changed.connect(self.action_changed)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("People")

    def header(self) -> HeaderFacts:
        """The head of the list."""
        site = self.office.desk.site
        return HeaderFacts(say("People of this site"), "" if site is None else site.name)

    def action(self) -> ActionState:
        """Add the person who is typed."""
        missing = tuple(entry.label_text() for entry in self._person.missing())
        return ActionState(say("Nobody is added yet."), say("Add this person"), missing)

    def commit(self) -> None:
        """Add the person."""
        if not self._person.ready():
            return
        form = self._person
        answer = add_staff(
            self.office.desk, form.name.value() or "", form.role.value() or "",
            form.pin.value() or "", self._token,
        )  # fmt: skip
        if isinstance(answer, Refusal):
            form.refuse(answer)
            return
        self._token = new_token()
        for entry in form.entries():
            entry.clear_entry()
        self.office.stored()
        form.name.focus_entry()

    def refresh(self) -> None:
        """Read the people anew."""
        people = staff(self.office.desk)
        self.table.set_rows(
            [Row(person.id, (person.name, person.role)) for person in people], len(people)
        )

    def opened(self) -> None:
        """Begin with the name."""
        self._person.name.focus_entry()
