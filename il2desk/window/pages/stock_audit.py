"""The audit check: what an auditor would write up, what is not judged here, and the list as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import write_new_file
from il2desk.desk.stock import PreAudit, audit_json_lines, audit_text, pre_audit
from il2desk.dosing import Refusal, tell
from il2desk.window.buttons import Button
from il2desk.window.pages.notice import Notice
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

RULE_WORDS = {
    "blank": tell("Left blank"), "correction": tell("Correction not signed"), "written-over": tell("Written over"),
    "not-timely": tell("Not recorded on the day"), "before-receipt": tell("Before its receipt"),
    "dose-without-line": tell("Dose without a line"), "shelf": tell("Shelf differs from balance"),
    "negative": tell("Negative balance"), "satellite": tell("Satellite does not match"),
    "unapproved": tell("Transfer not approved"), "returned": tell("Return back in stock"),
    "other-protocol": tell("Another protocol's stock"), "expired": tell("Expired lot taken"),
    "quarantined": tell("Quarantined lot taken"), "unwitnessed": tell("No witness"),
}  # fmt: skip


class AuditView(QWidget):
    """The list of findings, looked for anew each time the view is shown."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._found = PreAudit(0, (), ())
        self.summary = title_label("", parent=self)
        self.table = RecordTable(
            (Column(say("Finding"), stretch=1), Column(say("What an auditor would write"), stretch=4)),
            name=say("Findings"), parent=self,
        )  # fmt: skip
        self.table.set_empty(say("Nothing to write up."))
        self.refused = Notice(parent=self)
        self._head = PlainLabel(say("Not judged here"), bold=True, parent=self)
        self.not_judged = Notice(grave=False, parent=self)
        self.text = Button(say("Save as text"), parent=self)
        self.lines = Button(say("Save as JSON lines"), parent=self)
        self.text.clicked.connect(partial(self._ask, "txt"))
        self.lines.clicked.connect(partial(self._ask, "jsonl"))
        row = QHBoxLayout()
        row.addWidget(self.text)
        row.addWidget(self.lines)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self.table)
        column.addWidget(self._head)
        column.addWidget(self.not_judged)
        column.addWidget(self.refused)
        column.addLayout(row)
        column.addStretch(1)

    def refresh(self, *, shown: bool) -> None:
        """Ask every rule again while the view is shown; reading all entries takes a moment."""
        self.setVisible(shown)
        if not shown:
            return
        self._found = found = pre_audit(self._office.desk)
        count = len(found.findings)
        findings = say("1 finding") if count == 1 else say("{n} findings", n=count)
        self.summary.setText(
            say("{lines} lines looked at, {findings}", lines=found.lines, findings=findings)
        )
        self.table.set_rows(
            [
                Row(str(at), (say(RULE_WORDS[one.rule]), one.text))
                for at, one in enumerate(found.findings)
            ]
        )
        self.not_judged.set_sentences(found.not_judged)
        self.refused.set_sentences(())

    def save(self, path: Path) -> None:
        """Write the list under a new name: as JSON lines where the name ends so, else as text."""
        as_lines = path.suffix == ".jsonl"
        content = audit_json_lines(self._found) if as_lines else audit_text(self._found)
        try:
            answer = write_new_file(path, content.encode("utf-8"))
        except OSError as error:
            why = say("It could not be written to {path}: {why}", path=path, why=error.strerror)
            self.refused.set_sentences((why, say("Choose another folder.")))
            return
        if isinstance(answer, Refusal):
            self.refused.set_sentences(answer.reasons)
        else:
            self.refused.set_sentences(())
            self._office.say(say("Saved as {path}", path=path))

    def _ask(self, ending: str) -> None:
        day = self._office.now().date().isoformat()
        name, _ = QFileDialog.getSaveFileName(
            self, say("Save the audit check"), f"audit-check-{day}.{ending}"
        )
        if name:
            self.save(Path(name))
