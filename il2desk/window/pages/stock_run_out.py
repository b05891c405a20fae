"""The run-out of the stock: vials over the planned doses, drawn, and every dose and lot below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from il2desk.desk.pictures import RunOut, draw_run_outs, run_outs_shown
from il2desk.desk.stock import vials_words
from il2desk.window.pages.in_view import KeepInView
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.picture import Picture
from il2desk.window.tables import Cell, Column, RecordTable, Row
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class RunOutView(QWidget):
    """One picture a product, read anew each time the view is shown. Enter opens the patient's board.

    `lots_asked` asks for the list of lots.
    """

    lots_asked = Signal()

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self.verdicts = Notice(grave=False, parent=self)
        self.picture = Picture(say("the picture of the run-out"), self)
        self.table = RecordTable(
            (
                Column(say("When"), stretch=2), Column(say("What"), stretch=3),
                Column(say("Vials"), stretch=1), Column(say("Left after it"), stretch=1),
                Column(say("State, or why not known"), stretch=4),
            ),
            name=say("Planned doses and lots"), parent=self,
        )  # fmt: skip
        self.table.set_empty(say("No stock is kept here. R receives the first shipment."))
        self._shown: tuple[RunOut, ...] = ()
        self.table.opened.connect(self._open)
        self.notes = Notice(grave=False, parent=self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.verdicts, self.picture, self.table, self.notes):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._in_view = KeepInView(self)

    def refresh(self, *, shown: bool) -> None:
        """Count anew while the view is shown; the old picture goes first."""
        self.setVisible(shown)
        self.picture.set_drawing(None)
        if not shown:
            return
        found = run_outs_shown(self._office.desk)
        self._shown = found
        told = tuple(_verdict(one, several=len(found) > 1) for one in found)
        self.verdicts.set_sentences(told)
        if found:
            self.picture.set_drawing(partial(draw_run_outs, found), " ".join(map(_told, found)))
        self.table.set_rows([row for at, one in enumerate(found) for row in _rows(one, at)])
        self.notes.set_sentences(tuple(dict.fromkeys(note for one in found for note in one.notes)))

    def _open(self, row: str) -> None:
        """The patient's board behind a dose, the lots behind a lot."""
        record, kind, number = row.split("/")
        if kind == "dose":
            need = self._shown[int(record)].needs[int(number)]
            self._office.open("board", subject=need.subject)
        else:
            self.lots_asked.emit()

    def left(self) -> None:
        """What is being drawn is for nobody any more."""
        self.picture.forget()


def _verdict(one: RunOut, *, several: bool) -> str:
    if not several:
        return one.verdict
    return say("{protocol}, {product}: {verdict}", protocol=one.protocol, product=one.product,
               verdict=one.verdict)  # fmt: skip


def _told(one: RunOut) -> str:
    """The picture in words."""
    first = int(one.level[0][1]) if one.level else 0
    return say(
        "{protocol}, {product}: {vials} can be taken now, {count} planned doses. {verdict}",
        protocol=one.protocol, product=one.product, vials=vials_words(first),
        count=len(one.needs), verdict=one.verdict,
    )  # fmt: skip


def _rows(one: RunOut, at: int) -> list[Row]:
    """The lots first, first expiry first, then the planned doses by time."""
    lots = [
        Row(
            f"{at}/lot/{number}",
            (
                say("expires {day}", day=lot.expiry) if lot.expiry else say("Not recorded"),
                say("Lot {lot} at {place}", lot=lot.lot, place=lot.place),
                vials_words(lot.vials),
                "",
                "; ".join(filter(None, (lot.state, _unused(lot.left_over)))) or say("can be taken"),
            ),
        )
        for number, lot in enumerate(one.lots)
    ]
    doses = [
        Row(
            f"{at}/dose/{number}",
            (
                need.when,
                say("{patient}, {dose}", patient=need.patient, dose=need.dose),
                vials_words(need.vials) if need.vials else say("Not known"),
                Cell(need.left, bold=need.short),
                need.why or (say("too few vials") if need.short else say("enough")),
            ),
        )
        for number, need in enumerate(one.needs)
    ]
    return [*lots, *doses]


def _unused(count: int) -> str:
    if not count:
        return ""
    return say("{vials} expire unused", vials=vials_words(count))
