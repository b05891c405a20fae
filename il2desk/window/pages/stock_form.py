"""What the forms of the stock share: lines over the fields, one column of fields, and their end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import drafts
from il2desk.desk.stock import LotStock, StockRecord, vials_words
from il2desk.dosing import write_date
from il2desk.window.fields import Form
from il2desk.window.form_draft import FormDraft
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.fields import ClinicalNumberEdit, Entry
    from il2desk.window.office import Office


class StockForm(QWidget):
    """A form in the place of the list. `finished` is emitted once its entry is stored."""

    changed = Signal()
    finished = Signal(str)
    verb = "Review"

    def __init__(self, office: Office, heading: str, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.office = office
        self.heading = heading
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title_label(heading, parent=self))
        for number, line in enumerate(lines):
            column.addWidget(PlainLabel(line, bold=number == 0, parent=self))
        self.problems = Notice(parent=self)
        column.addWidget(self.problems)
        self.form = Form(self)
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.changed.connect(self._on_changed)
        about = drafts.DraftPlace(" | ".join((type(self).__name__, heading, *lines)))
        self._draft = FormDraft(office, self, about, self.form.changed)

    def focus_first(self) -> None:
        """Begin with the first field that is shown."""
        shown = self.form.shown()
        if shown:
            shown[0].focus_entry()

    def missing(self) -> tuple[Entry, ...]:
        """The shown fields that must be filled and are empty."""
        return tuple(self.form.missing())

    def action(self) -> ActionState:
        """Review, or what is missing."""
        names = tuple(entry.label_text() for entry in self.missing())
        return ActionState(say("Nothing is recorded yet."), say(self.verb), names)

    def focus_missing(self) -> None:
        """Show every error and put the keyboard into the first field that is wrong."""
        self.form.judge_all()
        self.form.focus_first_wrong()

    def commit(self) -> None:
        """Review what was entered, then sign."""
        raise NotImplementedError

    def usable(self) -> bool:
        """Judge every field; where one cannot be used, the keyboard goes there."""
        if self.form.judge_all() and not self.missing():
            return True
        self.form.focus_first_wrong()
        return False

    def _on_changed(self) -> None:
        self.problems.quiet()
        self.changed.emit()

    def _stored(self, said: str = "") -> None:
        self.office.window.close_panel()
        self._draft.recorded()
        self.finished.emit(said)


def record_line(record: StockRecord) -> str:
    """Of what the record is kept."""
    return say("{product}, for {protocol}", product=record.product, protocol=record.protocol)


def lot_line(stock: LotStock) -> str:
    """A lot with its place and last day; no number, so that a count stays blind."""
    expiry = write_date(date.fromisoformat(stock.expiry)) if stock.expiry else say("not known")
    return say("Lot {lot} at {place}, expiry {day}", lot=stock.lot, place=stock.place, day=expiry)


def whole(edit: ClinicalNumberEdit) -> int:
    """The whole number that stands in a field; 0 where there is none."""
    value = edit.value()
    return int(value) if isinstance(value, Decimal) else 0


def counted(vials: int) -> str:
    """How many vials, in words."""
    return vials_words(vials)
