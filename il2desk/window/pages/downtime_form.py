"""The blank downtime sheet on paper or in a file: wherever a fault is told, signed in or not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import PAPERS, SystemClock, downtime_sheet, write_new_file
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, NumberedChoice, TextEntry
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.printing import print_pdf, printer_for, printer_names
from il2desk.window.pages.sheet_side import new_pdf
from il2desk.window.theme import PlainLabel
from il2desk.words import say

_LABEL_PX = 74
_MOST = 9  # what one digit can choose
FILE = "il2desk-downtime-sheet.pdf"


class DowntimeForm(QWidget):
    """Paper, printer or path, and what became of it. It asks for no journal and names no patient."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper = NumberedChoice(say("Paper"), [Choice(p, p) for p in PAPERS], columns=2)
        self.paper.choose(PAPERS[0])
        names = printer_names()[:_MOST]
        self.printer = NumberedChoice(say("Printer"), [Choice(name, name) for name in names])
        self.print_button = Button(say("Print the downtime sheet"), strong=True)
        self.path = TextEntry(say("Save as"), prompt=say("Folder and name, .pdf"))
        self.path.line.setText(str(Path.home() / FILE))
        self.save_button = Button(say("Save PDF"))
        self.told = Notice(grave=False)
        self.refused = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for entry in (self.paper, self.printer, self.path):
            entry.set_label_width(_LABEL_PX)
        self.path.line.setMinimumWidth(100)
        self.printer.setVisible(len(names) > 1)
        self.print_button.setVisible(bool(names))
        if len(names) == 1:
            self.printer.choose(names[0])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save_button)
        about = say("Downtime sheet: blank, two sides for four doses.")
        if not names:
            about += " " + say(
                "No printer is set up on this computer: save it and print elsewhere."
            )
        column.addWidget(PlainLabel(about, bold=True, parent=self))
        for part in (self.paper, self.printer, self.print_button, self.path):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.refused)
        column.addWidget(self.told)
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save)

    def print_sheet(self) -> None:
        """Send the blank sheet to the printer, or say why it did not go."""
        name = self.printer.value()
        if name is None:
            self._say(say("Choose the printer by its number, then print."))
            self.printer.focus_entry()
            return
        failed = print_pdf(printer_for(name), self._pdf(), self._paper())
        if failed is not None:
            self._say(failed, say("Save the PDF, or write on the ward's own paper."))
            return
        self._say(done=say("The downtime sheet was sent to {name}.", name=name))

    def save(self) -> None:
        """Write the blank sheet to the typed path; a file that is there is never replaced."""
        self._say()
        path = new_pdf(self.path.typed())
        self.path.set_error(path if isinstance(path, str) else "")
        if isinstance(path, str):
            self.path.focus_entry()
            return
        try:
            written = write_new_file(path, self._pdf())
        except OSError as fault:
            why = fault.strerror or ""
            self._say(
                say("Not saved: {path}. {why}.", path=path, why=why),
                say("Type a path on another drive."),
            )
            return
        if isinstance(written, Refusal):
            self._say(*written.reasons)
            return
        self._say(done=say("The downtime sheet is saved as {path}.", path=path))

    def _paper(self) -> str:
        return self.paper.value() or PAPERS[0]

    def _pdf(self) -> bytes:
        return downtime_sheet(self._paper(), SystemClock())

    def _say(self, *sentences: str, done: str = "") -> None:
        self.refused.set_sentences(sentences)
        self.told.set_sentences((done,) if done else ())
