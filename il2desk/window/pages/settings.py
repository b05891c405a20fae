"""What can be chosen: by one person for themselves, by two people for the site; and what is in force."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk import __version__
from il2desk.desk import backup_folders
from il2desk.desk.site_settings import active_protocols
from il2desk.dosing import write_moment
from il2desk.window.buttons import Button
from il2desk.window.office import Office
from il2desk.window.pages.backup_acts import (
    back_up_now,
    look_at_backups,
    say_backed_up,
    why_not,
)
from il2desk.window.pages.facts_grid import Fact, FactsGrid
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.own_preferences import OwnPreferences
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.protocol_rows import in_groups
from il2desk.window.pages.site_panel import ask_for_another_site, site_facts
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import title_label
from il2desk.words import say

_NAME_PX = 190


class SettingsPage(Page):
    """You, the site, the protocols in force, the backup, the program."""

    help_topic = "settings"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._head(say("You, on this computer"))
        self.own = OwnPreferences(office, self)
        self._column.addWidget(self.own)
        self._head(say("The site"))
        self.site = FactsGrid(name_px=_NAME_PX, parent=self)
        self._column.addWidget(self.site)
        self.change = Button(say("Change the site ..."), parent=self)
        self.change.clicked.connect(lambda: ask_for_another_site(office, self._changed))
        self._row(self.change)
        self._head(say("Protocols in force"))
        columns = (
            Column(say("Protocol"), stretch=2), Column(say("Version"), stretch=0),
            Column(say("Fingerprint"), stretch=2), Column(say("Approved"), stretch=2),
        )  # fmt: skip
        self.table = RecordTable(columns, name=say("Protocols in force"), parent=self)
        self.table.set_empty(say("None. Bring one in under Protocols."))
        self.table.opened.connect(lambda _: office.open("protocols"))
        self._column.addWidget(self.table)
        protocols = Button(say("Protocols"), parent=self)
        protocols.clicked.connect(lambda: office.open("protocols"))
        self._row(protocols)
        self._add_backup(office)
        self._head(say("The program"))
        self.program = FactsGrid(name_px=_NAME_PX, parent=self)
        self._column.addWidget(self.program)
        self._column.addStretch(1)
        self.refresh()

    def _add_backup(self, office: Office) -> None:
        self._head(say("Backup"))
        self.backup = FactsGrid(name_px=_NAME_PX, parent=self)
        self.trouble = Notice(parent=self)
        self.found = Notice(grave=False, parent=self)
        for shown in (self.backup, self.trouble, self.found):
            self._column.addWidget(shown)
        self.make = Button(say("Back up now"), parent=self)
        self.make.clicked.connect(self._back_up)
        self.test = Button(say("Test restore"), parent=self)
        self.test.clicked.connect(lambda: look_at_backups(office, self.trouble, self.found))
        more = Button(say("Backups"), parent=self)
        more.clicked.connect(lambda: office.open("backups"))
        self._row(self.make, self.test, more)

    def _head(self, words: str) -> None:
        self._column.addWidget(title_label(words, parent=self))

    def _row(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self._column.addLayout(row)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Settings")

    def action(self) -> ActionState:
        """Nothing here waits for an act: your own choices count at once, the site has its panel."""
        return ActionState(say("Your own choices count at once."), back=say("Go back"))

    def opened(self) -> None:
        """Begin with the first choice."""
        self.own.language.focus_entry()

    def typed_here(self) -> tuple[str, ...]:
        """The minutes, also where they are refused."""
        return (self.own.lock.line.text(),)

    def take_typed(self, typed: tuple[str, ...]) -> None:
        """Show the minutes again, and why they are refused."""
        (minutes,) = typed
        if minutes != self.own.lock.line.text():
            self.own.lock.line.setText(minutes)
            self.own.lock.judge()

    def refresh(self) -> None:
        """Read anew what is in force."""
        office = self.office
        desk = office.desk
        self.site.set_facts(site_facts(desk))
        self.change.setEnabled(not desk.read_only)
        self.table.set_rows(
            [
                Row(
                    one.version.fingerprint,
                    (
                        f"{one.version.title} ({one.version.protocol})",
                        one.version.version,
                        in_groups(one.version.fingerprint),
                        say("{moment}, {people}", moment=write_moment(desk.local(one.at)),
                            people=say(" and ").join(one.by)),
                    ),
                )
                for one in active_protocols(desk)
            ]
        )  # fmt: skip
        self._show_backup()
        self.program.set_facts(
            (
                Fact(say("IL2Desk"), say("version {version}", version=__version__)),
                Fact(say("Journal"), str(desk.journal.path)),
            )
        )

    def _show_backup(self) -> None:
        office = self.office
        office.backups.look(now=True)
        state, refused = office.backups.state, why_not(office)
        self.make.setEnabled(not refused)
        self.test.setEnabled(not refused)
        if state is None:
            self.backup.set_facts((Fact(say("Last backup"), refused or say("Not known")),))
            return
        last = say("None yet") if state.taken is None else write_moment(state.taken)
        second = state.second_folder
        self.backup.set_facts(
            (
                Fact(say("Last backup"), last),
                Fact(say("Folder"), str(backup_folders(office.desk.journal)[0])),
                Fact(say("Second folder"), str(second) if second else say("None is named.")),
            )
        )
        warning = office.backups.warning()
        self.trouble.set_sentences((warning,) if warning else ())
        office.show_modes()
        office.show_facts()

    def _changed(self) -> None:
        self.office.window.close_panel()
        self.office.stored()

    def _back_up(self) -> None:
        done = back_up_now(self.office)
        self.refresh()
        if done:
            say_backed_up(self.office)
