"""Patients whose records may be missing something since the journal was restored; two people look."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import after_restore, chart_of, new_token
from il2desk.dosing import Refusal
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.patient_banner import name_of
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel
from il2desk.words import say


class RestoredPage(Page):
    """One row a patient; nothing is prepared for them until two people say their records are complete."""

    help_topic = "backups"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        text = say(
            "The journal was restored from a backup. For each patient compare paper, the patient's "
            "chart and the kept file, record what happened since the backup, then say so here."
        )
        column.addWidget(PlainLabel(text, parent=self))
        column.addWidget(PlainLabel(after_restore.restored_words(office.desk), parent=self))
        columns = (Column(say("Trial number")), Column(say("Patient")), Column(say("Ward and bed")))
        self.table = RecordTable(columns, name=say("Patients to look at"), parent=self)
        self.table.set_empty(say("The records of every patient were found complete."))
        self.table.selected.connect(self._chosen)
        column.addWidget(self.table)
        column.addStretch(1)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Restored")

    def header(self) -> HeaderFacts:
        """The head of the list."""
        return HeaderFacts(say("After a restore"), say("Nothing is prepared for these patients"))

    def action(self) -> ActionState:
        """Say that the records of the chosen patient are complete."""
        if self.table.current_id() is None:
            return ActionState(say("Choose a patient."))
        return ActionState(
            say("Record first what happened since the backup."), say("These records are complete")
        )

    def commit(self) -> None:
        """Let two people sign for the chosen patient."""
        subject = self.table.current_id()
        if subject is None:
            return
        row = next(row for row in self.table.rows() if row.id == subject)
        token = new_token()
        act = Act(
            say("Records after the restore"),
            (spoken_all(str(cell) for cell in row.cells),),
            after_restore.COMPLETE_FIRST,
            after_restore.COMPLETE_SECOND,
        )
        sign_twice(
            self.office,
            act,
            lambda signed: after_restore.complete_records(self.office.desk, subject, signed, token),
            self._after,
        )

    def refresh(self) -> None:
        """Read anew who waits."""
        desk = self.office.desk
        rows: list[Row] = []
        for subject in after_restore.waiting_since_restore(desk):
            chart = chart_of(desk, subject)
            if not isinstance(chart, Refusal):
                who = chart.subject
                place = " ".join(part for part in (who.ward, who.bed) if part) or say(
                    "Not recorded"
                )
                rows.append(Row(subject, (who.trial_code, name_of(who), place)))
        self.table.set_rows(rows)
        self.office.show_modes()

    def opened(self) -> None:
        """Begin with the first patient."""
        rows = self.table.rows()
        if rows:
            self.table.select(rows[0].id)
            self.table.view.setFocus()

    def _chosen(self, subject: str) -> None:  # noqa: ARG002 - the signal's signature
        self.action_changed.emit()

    def _after(self) -> None:
        self.office.stored()
        self.opened()
