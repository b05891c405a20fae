"""The backups of this journal: how old, where, backing up now, looking whether they could be restored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from il2desk.desk import (
    NO_SECOND_FOLDER,
    backups_of,
    clear_copies,
    name_backup_folder,
    new_token,
)
from il2desk.dosing import Refusal, write_moment
from il2desk.window.buttons import Button
from il2desk.window.fields import Form, TextEntry
from il2desk.window.folder_advice import destroy_advice
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.backup_acts import (
    back_up_now,
    look_at_backups,
    say_backed_up,
    why_not,
)
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.signing import Act, sign_once
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import SECONDARY_PX, PlainLabel, title_label
from il2desk.words import say

_LINE = 560


class BackupsPage(Page):
    """The newest backups, and the site's second folder."""

    help_topic = "backups"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._token = new_token()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.state = PlainLabel(bold=True, parent=self)
        self.trouble = Notice(parent=self)
        self.found = Notice(grave=False, parent=self)
        columns = (Column(say("Taken")), Column(say("File")))
        self.table = RecordTable(columns, name=say("Backups beside the journal"), parent=self)
        self.table.set_empty(say("No backup yet. Back up now makes the first."))
        row = QHBoxLayout()
        self.test = Button(say("Could they be restored?"), parent=self)
        self.test.clicked.connect(self._look)
        self.encryption = Button(say("Encryption"), parent=self)
        self.encryption.clicked.connect(lambda: office.open("encryption"))
        for part in (self.test, self.encryption):
            row.addWidget(part)
        row.addStretch(1)
        for shown in (self.state, self.trouble, self.table):
            column.addWidget(shown)
        column.addLayout(row)
        column.addWidget(self.found)
        column.addWidget(title_label(say("Second folder"), parent=self))
        self.second = PlainLabel(parent=self)
        column.addWidget(self.second)
        self.none = Button(say("Use no second folder ..."), parent=self)
        self.none.clicked.connect(self._give_up)
        column.addWidget(self.none, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = Form(self)
        entry = TextEntry(say("Full path"), required=False, parent=self.form)
        entry.line.setFixedWidth(_LINE)
        self.folder = self.form.add(entry)
        column.addWidget(self.form)
        self.form.changed.connect(self.action_changed)
        hint = say("On another disk, or a server this computer can write to.")
        column.addWidget(PlainLabel(hint, px=SECONDARY_PX, muted=True, parent=self))
        column.addStretch(1)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Backups")

    def header(self) -> HeaderFacts:
        """The head of the list."""
        return HeaderFacts(say("Backups of this journal"), str(self.office.desk.journal.path))

    def action(self) -> ActionState:
        """Name the second folder that is typed; where none is, back up now."""
        blocked = why_not(self.office)
        if self.folder.typed().strip():
            sentence, words = say("The folder is not named yet."), say("Name this folder")
        else:
            sentence, words = "", say("Back up now")
        return ActionState(sentence, words, blocked=blocked)

    def commit(self) -> None:
        """Store which second folder the site uses, or make a backup where none is typed."""
        if not self.folder.typed().strip():
            self._back_up()
            return
        answer = name_backup_folder(self.office.desk, self.folder.typed(), self._token)
        if isinstance(answer, Refusal):
            self.folder.set_error(answer.text)
            self.folder.focus_entry()
            return
        self._token = new_token()
        self.folder.clear_entry()
        self.office.stored()

    def _give_up(self) -> None:
        """Let whoever may name the folder sign that none is used any more."""
        token = new_token()
        act = Act(say("Use no second folder"), (self.second.text(),), NO_SECOND_FOLDER)

        def done() -> None:
            self.office.window.close_panel()
            self.office.stored()

        sign_once(
            self.office,
            act,
            lambda signed: name_backup_folder(self.office.desk, "", token, signed),
            done,
        )

    def refresh(self) -> None:
        """Look anew: newest first."""
        office = self.office
        office.backups.look(now=True)
        applies, state = office.backups.applies, office.backups.state
        self.state.setText(office.backups.words() if applies else why_not(office))
        warning = office.backups.warning()
        clear = office.guarded(lambda: clear_copies(office.desk.journal)) or ()
        advice = (destroy_advice(),) if clear else ()
        self.trouble.set_sentences((*((warning,) if warning else ()), *clear, *advice))
        found = backups_of(office.desk) if applies else ()
        self.table.set_rows(
            [
                Row(one.path.name, (write_moment(office.desk.local(one.taken)), one.path.name))
                for one in found
            ]
        )
        self.test.setEnabled(applies)
        named = None if state is None else state.second_folder
        self.none.setVisible(named is not None)
        self.second.setText(
            say("None is named: a backup on the same disk is lost with the disk.")
            if named is None
            else str(named)
        )
        office.show_modes()
        office.show_facts()

    def opened(self) -> None:
        """Begin where nothing is typed or made; Ctrl+Enter makes one."""
        self.test.setFocus()

    def _back_up(self) -> None:
        done = back_up_now(self.office)
        self.refresh()
        if done:
            say_backed_up(self.office)

    def _look(self) -> None:
        look_at_backups(self.office, self.trouble, self.found)
