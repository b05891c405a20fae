"""Beside the preview: which sheet on which paper, its facts, and the two ways out of the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from il2desk.desk import PAPERS
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, NumberedChoice, TextEntry
from il2desk.window.keys import key_text
from il2desk.window.pages.facts_grid import FactsGrid
from il2desk.window.pages.notice import Notice
from il2desk.window.tables import Column, RecordTable
from il2desk.words import say

_WIDTH_PX = 408
_LABEL_PX = 74
_LIST_PX = 190


class _Column(QScrollArea):
    """What scrolls; it asks for little, so that what stands under it is never pushed out of sight."""

    def sizeHint(self) -> QSize:
        """Ask for little; the layout gives the rest."""
        return QSize(_WIDTH_PX, _LIST_PX)


class SheetSide(QWidget):
    """Only widgets: the page decides what stands in them and what their buttons do.

    What is refused and what was done stands under what scrolls: it is in view wherever the column is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.which = NumberedChoice(say("Cycle"), ())
        self.sheets = RecordTable(
            (Column(say("Sheet"), stretch=2), Column(say("Of"))), name=say("Sheets"),
            most_height=_LIST_PX,
        )  # fmt: skip
        self.paper = NumberedChoice(say("Paper"), [Choice(p, p) for p in PAPERS], columns=2)
        self.facts = FactsGrid(name_px=92)
        self.printer = NumberedChoice(say("Printer"), ())
        self.print_button = Button(say("Print"), key_text("print"), strong=True)
        self.path = TextEntry(say("Save as"), prompt=say("Folder and name, .pdf"))
        self.pick = Button(say("Choose ..."))
        self.save_button = Button(say("Save PDF"))
        self.scanned = Notice()
        self.good = Notice(grave=False)
        self.notice = Notice()
        self.told = Notice(grave=False)
        self._proposed = ""
        self.setFixedWidth(_WIDTH_PX)
        self._area = area = _Column(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(self.notice)
        whole.addWidget(self.told)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for entry in (self.which, self.paper, self.printer, self.path):
            entry.set_label_width(_LABEL_PX)
        self.path.line.setMinimumWidth(100)
        self.path.line.setMaximumWidth(1000)
        saving = QHBoxLayout()
        saving.addWidget(self.pick)
        saving.addWidget(self.save_button, 1)
        parts = (
            self.scanned, self.good, self.which, self.sheets, self.paper, self.printer, self.print_button,
            self.path,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addLayout(saving)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.column = column
        self._area.setWidget(inside)

    def propose(self, path: str) -> None:
        """Put a path into the field, unless a person typed one."""
        if self.path.typed() in ("", self._proposed):
            self._proposed = path
            self.path.line.setText(path)  # its end is in view: the name

    def add_below(self, widget: QWidget) -> None:
        """Put a widget under everything else."""
        self.column.insertWidget(self.column.count() - 1, widget)


def proposed_path(name: str) -> str:
    """A path for a file of this name where a person keeps documents."""
    documents = Path.home() / "Documents"
    return str((documents if documents.is_dir() else Path.home()) / name)


def new_folder(typed: str) -> Path | str:
    """The path where a new folder can be made, or the sentence that says why not there."""
    path = Path(typed.strip()).expanduser()
    if not typed.strip():
        return say("Type the folder to be made for them, with its path.")
    if not path.is_absolute():
        return say("Type the whole path, with its folder.")
    if not path.parent.is_dir():
        return say("The folder {folder} is not there.", folder=path.parent)
    if path.exists():
        return say("{name} is there already and is not replaced. Type another.", name=path.name)
    return path


def new_pdf(typed: str) -> Path | str:
    """The path where a new PDF can be made, or the sentence that says why not there."""
    path = Path(typed.strip()).expanduser()
    if not typed.strip():
        return say("Type where to save it, ending in .pdf.")
    if path.suffix.lower() != ".pdf":
        return say("The name must end in .pdf.")
    if not path.is_absolute():
        return say("Type the whole path, with its folder.")
    if not path.parent.is_dir():
        return say("The folder {folder} is not there.", folder=path.parent)
    if path.exists():
        return say("{name} is there already and is not replaced. Type another.", name=path.name)
    return path
