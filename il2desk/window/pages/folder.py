"""The first question of a fresh machine: the folder in which the journal is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import LEAST_CHARACTERS, encryption_available, passphrase_problem
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, Form, NumberedChoice, PassphraseEdit, TextEntry
from il2desk.window.pages.middle_column import middle_column
from il2desk.window.pages.notice import Notice
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

_WIDTH = 860
RESTORE = "restore"
"""The answer that a backup which lies in the folder is to be restored."""


class FolderPage(QWidget):
    """Asks where the journal is to be kept, and whether it is encrypted.

    `chosen` carries the folder and the passphrase, which is empty where none was chosen; `practice`
    leads astray on purpose: into the practice trial, which needs no journal.
    """

    chosen = Signal(str, str)
    practice = Signal()

    def __init__(self, usual: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        box = middle_column(self, _WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 40, 0, 20)
        column.setSpacing(10)
        column.addWidget(title_label(say("Set up IL2Desk: where is the journal kept?"), parent=box))
        text = say(
            "Every entry is stored in one file, the journal. If several people sign in to this "
            "computer under different accounts, choose a folder that all of them may write."
        )
        column.addWidget(PlainLabel(text, parent=box))
        self.form = Form(box)
        options = (
            Choice("usual", say("Only for this account")),
            Choice("other", say("Another folder, for everybody at this computer")),
        )
        self.where = self.form.add(NumberedChoice(say("Folder"), options, parent=box))
        # A long path wraps there, and would make an option wider than the page.
        self.where.set_hint(say("For this account it lies in {folder}.", folder=usual))
        self.folder = self.form.add(TextEntry(say("Full path"), required=True, parent=box))
        self.folder.hide()
        self.where.chosen.connect(self._on_choice)
        self.folder.edited.connect(self._forget_backups)
        self._ask_encryption(box)
        self.left_there = Notice(parent=box)
        self.form.add_widget(self.left_there)
        answers = (
            Choice(RESTORE, say("Restore a backup")),
            Choice("leave", say("Create an empty journal and leave the backups behind")),
        )
        self.backups = self.form.add(NumberedChoice(say("Backups there"), answers, parent=box))
        self.backups.hide()
        self.backups.edited.connect(self._name_act)
        column.addWidget(self.form)
        row = QHBoxLayout()
        trial = Button(say("Open practice trial"), parent=box)
        trial.clicked.connect(self.practice)
        self.go = Button(
            say("Create the journal"), keys.key_text("commit"), strong=True, parent=box
        )
        self.go.clicked.connect(self._commit)
        row.addWidget(trial)
        row.addStretch(1)
        row.addWidget(self.go)
        column.addLayout(row)
        column.addStretch(1)
        keys.install(self, "commit", {"commit": self._commit})
        self.where.focus_entry()

    def _ask_encryption(self, box: QWidget) -> None:
        """A choice of the site, and not made by the program."""
        options = (
            Choice("no", say("No: whoever has the file can read it")),
            Choice("yes", say("Yes: a passphrase is typed at every start")),
        )
        asked = NumberedChoice(say("Encrypted"), options, parent=box)
        self.encrypted = self.form.add(asked)
        self.encrypted.set_hint(
            say("It can be changed later, on the page Backups; see Help, Privacy.")
            if encryption_available()
            else say("This installation cannot encrypt: it has no SQLCipher.")
        )
        self.passphrase = self.form.add(PassphraseEdit(parent=box))
        self.passphrase.set_hint(
            say(
                "At least {least} characters, such as some words in a row. Nobody can open the journal "
                "without it: keep it sealed with two named people before you go on.",
                least=LEAST_CHARACTERS,
            )
        )
        self.again = self.form.add(PassphraseEdit(say("Passphrase again"), parent=box))
        self.passphrase.entered.connect(self.again.focus_entry)
        self._on_encrypted("no")
        self.encrypted.chosen.connect(self._on_encrypted)

    def _on_encrypted(self, choice: str) -> None:
        for entry in (self.passphrase, self.again):
            entry.setVisible(choice == "yes")
            entry.clear_entry()
        if choice == "yes":
            self.passphrase.focus_entry()

    def _new_passphrase(self) -> str | None:
        """What was typed, empty where the journal is not encrypted; None where it cannot be used."""
        if self.encrypted.value() != "yes":
            return ""
        if not encryption_available():
            self.encrypted.set_error(say("This installation cannot encrypt: it has no SQLCipher."))
            return None
        typed, again = self.passphrase.value() or "", self.again.value() or ""
        problem = passphrase_problem(typed, again)
        if problem is None:
            return typed
        wrong = self.again if problem.code == "passphrase-again" else self.passphrase
        for entry in (self.passphrase, self.again):
            entry.clear_entry()
        wrong.set_error(problem.text)
        self.passphrase.focus_entry()
        return None

    def refuse(self, sentences: tuple[str, str, str]) -> None:
        """Say under the choice why this folder cannot be used; what was typed stays."""
        shown = self.where if self.folder.isHidden() else self.folder
        shown.set_error(spoken_all(sentences))
        shown.focus_entry()

    def ask_about_backups(self, sentences: tuple[str, str, str]) -> None:
        """Say what lies there, and ask what becomes of it; nothing is chosen, and restoring comes first."""
        self.left_there.set_sentences(sentences)
        self.backups.show()
        self._name_act()
        self.backups.focus_entry()

    def about_backups(self) -> str:
        """Return what was chosen about backups in this folder, empty where nobody was asked."""
        return self.backups.value() or ""

    def use(self, folder: Path) -> None:
        """Choose a folder as if it had been typed."""
        self.where.choose("usual" if folder == self._usual else "other")
        self.folder.line.setText("" if folder == self._usual else str(folder))

    def _forget_backups(self) -> None:
        self.left_there.set_sentences(())
        self.backups.hide()
        self.backups.clear_entry()

    def _name_act(self) -> None:
        """The main button says what it will do."""
        asked, answer = not self.backups.isHidden(), self.about_backups()
        words = say("Create the journal")
        if asked:
            words = say("Restore a backup") if answer == RESTORE else say("Create an empty journal")
        self.go.set_words(words if answer or not asked else say("Go on"))

    def _on_choice(self, choice: str) -> None:
        self._forget_backups()
        self.folder.setVisible(choice == "other")
        if choice == "other":
            self.folder.focus_entry()

    def _commit(self) -> None:
        if not self.form.judge_all():
            self.form.focus_first_wrong()
            return
        folder = self._usual
        if self.where.value() == "other":
            folder = Path((self.folder.value() or "").strip()).expanduser()
            if not folder.is_absolute():
                text = say("Type the full path of the folder, from its root.")
                self.folder.set_error(text)
                self.folder.focus_entry()
                return
        passphrase = self._new_passphrase()
        if passphrase is not None:
            self.chosen.emit(str(folder), passphrase)
