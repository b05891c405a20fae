"""The first question of a fresh machine: the folder in which the journal is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

_WIDTH = 860


class FolderPage(QWidget):
    """Asks where the journal is to be kept. `chosen` carries the folder, `practice` leads astray
    on purpose: into the practice trial, which needs no journal.
    """  # noqa: D205

    chosen = Signal(str)
    practice = Signal()

    def __init__(self, usual: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        box = QWidget(self)
        box.setFixedWidth(_WIDTH)
        outer.addWidget(box)
        outer.addStretch(1)
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
            Choice("usual", say("Only for this account: {folder}", folder=usual)),
            Choice("other", say("Another folder, for everybody at this computer")),
        )
        self.where = self.form.add(NumberedChoice(say("Folder"), options, parent=box))
        self.folder = self.form.add(TextEntry(say("Full path"), required=True, parent=box))
        self.folder.hide()
        self.where.chosen.connect(self._on_choice)
        column.addWidget(self.form)
        row = QHBoxLayout()
        trial = Button(say("Open practice trial"), parent=box)
        trial.clicked.connect(self.practice)
        go_on = Button(say("Create the journal"), keys.key_text("commit"), strong=True, parent=box)
        go_on.clicked.connect(self._commit)
        row.addWidget(trial)
        row.addStretch(1)
        row.addWidget(go_on)
        column.addLayout(row)
        column.addStretch(1)
        keys.install(self, "commit", {"commit": self._commit})
        self.where.focus_entry()

    def refuse(self, sentences: tuple[str, str, str]) -> None:
        """Say under the choice why this folder cannot be used; what was typed stays."""
        shown = self.where if self.folder.isHidden() else self.folder
        shown.set_error(" ".join(sentences))
        shown.focus_entry()

    def _on_choice(self, choice: str) -> None:
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
        self.chosen.emit(str(folder))
