"""Putting a backup in the place of a journal that cannot be used. Nobody is signed in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    RESTORE_FIRST,
    RESTORE_SECOND,
    JournalFault,
    RestorePlan,
    SystemClock,
    backups_beside,
    needs_passphrase,
    plan_restore,
    plan_unlocked,
    restore,
    restore_lines,
    told_backups,
)
from il2desk.dosing import Refusal
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Form, PassphraseEdit, PinEdit, TextEntry
from il2desk.window.pages.middle_column import middle_column
from il2desk.window.pages.notice import Notice
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

_WIDTH = 900
_MOST_HEIGHT = 160
_REASON = 520


class RestorePage(QWidget):
    """Choose a backup, read what is lost, sign twice. `left` is emitted when it is done or given up."""

    left = Signal()

    def __init__(self, journal: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self._plan: RestorePlan | None = None
        box = middle_column(self, _WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 20, 0, 16)
        column.setSpacing(8)
        column.addWidget(title_label(say("Restore a backup"), parent=box))
        what = say("Choose the backup that takes the place of {journal}.", journal=journal)
        column.addWidget(PlainLabel(what, parent=box))
        columns = (Column(say("Taken")), Column(say("File")))
        self.table = RecordTable(columns, name=say("Backups"), most_height=_MOST_HEIGHT, parent=box)
        self.table.set_empty(
            say(
                "No backup lies beside the journal. Restore one from elsewhere: il2desk restore FILE."
            )
        )
        self.table.selected.connect(self._choose)
        column.addWidget(self.table)
        self.passphrase = PassphraseEdit(say("Backup's passphrase"), parent=box)
        self.passphrase.entered.connect(self._look_again)
        self.of_journal = PassphraseEdit(say("Journal's passphrase"), parent=box)
        self.of_journal.entered.connect(self._unlock)
        for entry in (self.passphrase, self.of_journal):
            entry.hide()
            column.addWidget(entry)
        self.told = Notice(grave=False, parent=box)
        column.addWidget(self.told)
        self._fill_form(box, column)
        self.refused = Notice(parent=box)
        column.addWidget(self.refused)
        self._buttons(box, column)
        column.addStretch(1)
        keys.install(self, "commit", {"commit": self._commit, "back": self.left.emit})
        self._list()

    def _fill_form(self, box: QWidget, column: QVBoxLayout) -> None:
        self.form = Form(box)
        self.reason = self.form.add(TextEntry(say("Reason"), required=True, parent=box))
        self.reason.line.setFixedWidth(_REASON)
        self.people = tuple(self._person(box, words) for words in (RESTORE_FIRST, RESTORE_SECOND))
        (_, one), (second, two) = self.people
        one.entered.connect(second.focus_entry)
        two.entered.connect(self._to_the_end)
        column.addWidget(self.form)

    def _to_the_end(self) -> None:
        self.go.setFocus()

    def _person(self, box: QWidget, meaning: str) -> tuple[TextEntry, PinEdit]:
        label = say("First person") if meaning == RESTORE_FIRST else say("Second person")
        name = TextEntry(label, required=True, parent=box)
        words = say("{person}, signing means: {meaning}.", person=label, meaning=meaning)
        self.form.add_widget(PlainLabel(words, parent=box))
        return self.form.add(name), self.form.add(PinEdit(say("PIN"), parent=box))

    def _buttons(self, box: QWidget, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        back = Button(say("Go back"), keys.key_text("back"), parent=box)
        back.clicked.connect(self.left)
        self.go = Button(say("Restore"), keys.key_text("commit"), strong=True, parent=box)
        self.go.clicked.connect(self._commit)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self.go)
        column.addLayout(row)

    def opened(self) -> None:
        """Begin with the newest backup."""
        rows = self.table.rows()
        if (
            len({row.id.rpartition("-")[0] for row in rows}) == 1
        ):  # else another trial's lie there too
            self.table.select(rows[0].id)
            self.table.view.setFocus()

    def _list(self) -> None:
        try:
            found = backups_beside(self._journal)
        except JournalFault as fault:
            self.refused.set_sentences((str(fault),))
            return
        self.table.set_rows(
            [Row(str(one.path), (taken, one.path.name)) for one, taken in told_backups(found)]
        )

    def _look_again(self) -> None:
        """With the passphrase that was typed; a plan keeps it, the field does not."""
        chosen = self.table.current_id()
        if chosen is not None:
            self._choose(chosen)

    def _choose(self, path: str) -> None:
        typed, encrypted = self.passphrase.value(), needs_passphrase(Path(path))
        self.passphrase.setVisible(encrypted)
        for entry in (self.passphrase, self.of_journal):
            entry.clear_entry()
        if typed is None and encrypted:
            self._show(None)
            words = say("This backup is encrypted. Type its passphrase, then Enter.")
            self.told.set_sentences((words,))
            return
        self._look(partial(plan_restore, self._journal, Path(path), typed))

    def _unlock(self) -> None:
        """The journal that is there, by a passphrase of its own."""
        typed, plan = self.of_journal.value(), self._plan
        self.of_journal.clear_entry()
        if typed is not None and plan is not None:
            self._look(partial(plan_unlocked, plan, typed), before=plan)

    def _look(
        self, ask: Callable[[], RestorePlan | Refusal], before: RestorePlan | None = None
    ) -> None:
        self._show(before)
        try:
            plan = ask()
        except JournalFault as fault:
            self.refused.set_sentences((str(fault),))
            return
        if isinstance(plan, Refusal):
            self._show(None)
            self.refused.set_sentences(plan.reasons)
            return
        self._show(plan)

    def _show(self, plan: RestorePlan | None) -> None:
        """What a restore would do, or nothing; another backup is looked at anew."""
        self._plan = plan
        self.refused.set_sentences(())
        self.told.set_sentences(() if plan is None else restore_lines(plan))
        self.of_journal.setVisible(plan is not None and plan.locked)

    def _commit(self) -> None:
        if self._plan is None:
            self.refused.set_sentences((say("Choose a backup that can be restored first."),))
            return
        if not self.form.judge_all():
            self.form.focus_first_wrong()
            return
        (first, one), (second, two) = self.people
        pins = (one.value() or "", two.value() or "")
        for pin in (one, two):
            pin.clear_entry()
        people = ((first.value() or "", pins[0]), (second.value() or "", pins[1]))
        try:
            answer = restore(self._plan, people, self.reason.value() or "", SystemClock())
        except JournalFault as fault:
            self.refused.set_sentences((str(fault),))
            return
        if isinstance(answer, Refusal):
            self.refused.refuse(answer.reasons)
            return
        self.left.emit()
