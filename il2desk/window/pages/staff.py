"""The people of the site: who may sign, PINs, leaving, the delegation log, and adding a person."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import Member, access, add_refusal, add_staff, delegation, everybody, new_token
from il2desk.window.buttons import Button
from il2desk.window.flow import FlowLayout
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.delegation_panels import DelegatePanel, ask_end_of
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.people_panels import ask_leaving, ask_own_pin, ask_pin_for, open_panel
from il2desk.window.pages.person_form import PersonForm
from il2desk.window.pages.signing import Act, sign_once
from il2desk.window.pages.staff_rows import log_columns, log_rows, people_columns, people_rows
from il2desk.window.tables import RecordTable
from il2desk.window.theme import title_label
from il2desk.words import say

_PEOPLE_HEIGHT, _LOG_HEIGHT = 190, 190


class StaffPage(Page):
    """The people of the site, what can be done about each, and the fields to add one.

    With `own_pin` the person signed in is asked to choose their own PIN at once.
    """

    help_topic = "people"

    def __init__(self, office: Office, *, own_pin: bool = False) -> None:
        super().__init__(office)
        self._token, self._own_pin = new_token(), own_pin
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = RecordTable(
            people_columns(), name=say("People"), most_height=_PEOPLE_HEIGHT, parent=self
        )
        column.addWidget(self.table)
        self.buttons: dict[str, Button] = {}
        row = FlowLayout()
        for name, words, asked in (
            ("own", say("Change my PIN"), self._own),
            ("pin", say("Set a PIN for the chosen person"), self._set_pin),
            ("left", say("The chosen person has left"), self._left),
            ("duty", say("Delegate duties to the chosen person"), self._delegate),
            ("end", say("End the chosen delegation"), self._end),
        ):
            self.buttons[name] = Button(words, parent=self)
            self.buttons[name].clicked.connect(asked)
            row.addWidget(self.buttons[name])
        column.addLayout(row)
        column.addWidget(title_label(say("Add a person"), parent=self))
        self._person = PersonForm(self)
        self.form = self._person
        column.addWidget(self._person)
        self._log_title = title_label(say("Delegation log"), parent=self)
        column.addWidget(self._log_title)
        self.log = RecordTable(
            log_columns(), name=say("Delegation log"), most_height=_LOG_HEIGHT, parent=self
        )
        self.log.set_empty(say("No delegation is entered. The site keeps its log elsewhere."))
        column.addWidget(self.log)
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
        desk, form, token = self.office.desk, self._person, self._token
        name, role, pin = (one.value() or "" for one in (form.name, form.role, form.pin))
        if (refusal := add_refusal(desk, name, role, pin)) is not None:
            form.refuse(refusal)  # said before anybody signs
            return
        sign_once(
            self.office,
            Act(say("Add this person"), (f"{name}, {say(role)}",), access.ADD_PERSON),
            lambda signed: add_staff(desk, name, role, pin, token, signed),
            self._added,
        )

    def _added(self) -> None:
        self.office.window.close_panel()
        self._token = new_token()
        for entry in self._person.entries():
            entry.clear_entry()
        self.office.stored()
        self._person.name.focus_entry()

    def refresh(self) -> None:
        """Read people and log anew."""
        desk = self.office.desk
        members, log = everybody(desk), delegation.delegations(desk)
        self.table.set_rows(people_rows(desk, members), len(members))
        self.log.set_rows(log_rows(log), len(log))
        self.buttons["end"].setVisible(bool(log))

    def opened(self) -> None:
        """Begin with the name, or with the own PIN where it is due."""
        self._person.name.focus_entry()
        if self._own_pin:
            self._own()

    # About one person

    def _chosen(self) -> Member | None:
        """The member of the chosen row; says so where nobody is chosen or somebody has left."""
        chosen = self.table.current_id()
        for member in everybody(self.office.desk):
            if member.person.id != chosen:
                continue
            if not member.left_on:
                return member
            self.office.say(say("{name} has left already.", name=member.person.name))
            return None
        self.office.say(say("Choose a person in the list first."))
        return None

    def _own(self) -> None:
        ask_own_pin(self.office)

    def _set_pin(self) -> None:
        if (member := self._chosen()) is not None:
            ask_pin_for(self.office, member)

    def _left(self) -> None:
        if (member := self._chosen()) is not None:
            ask_leaving(self.office, member)

    def _delegate(self) -> None:
        if (member := self._chosen()) is not None:
            open_panel(self.office, DelegatePanel(self.office, member))

    def _end(self) -> None:
        chosen = self.log.current_id()
        line = next(
            (one for one in delegation.delegations(self.office.desk) if one.entry == chosen), None
        )
        if line is None:
            self.office.say(say("Choose a line of the delegation log first."))
        elif line.ended_because:
            self.office.say(say("This delegation was ended already."))
        else:
            ask_end_of(self.office, line)
