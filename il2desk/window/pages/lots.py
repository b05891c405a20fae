"""Lots as they stand on the vials: number, expiry date and how many vials of it; typed or scanned."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from il2desk.desk import Lot, expired_lots
from il2desk.desk.stock import Scan, is_scanned, lot_key, read_scan, scanned_refusal
from il2desk.dosing import COUNT, Refusal, parse_date, parse_number, refuse, write_date
from il2desk.window.buttons import Button
from il2desk.window.fields import Entry, Form
from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.entry import LABEL_PX
from il2desk.window.fields.line import Line
from il2desk.window.fields.scan import ScanLine
from il2desk.window.flow import FlowLayout
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import SECONDARY_PX, PlainLabel, lot_font
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


_BETWEEN = "\t"


class LotEntry(Entry):
    """One lot in one row. Everything is typed or scanned; nothing is taken from the row before.

    `scanned` carries what a code in the field of the lot number says.
    """

    scanned = Signal(object)

    def __init__(
        self, office: Office, label: str, *, required: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, required=required, parent=parent)
        self._office = office
        self._gtin = ""
        self._serials: tuple[str, ...] = ()
        self.lot = self._line(say("lot number"), 130, ScanLine(self))
        self.lot.setFont(lot_font())
        self.expiry = self._line(say("expiry date"), 118)
        self.vials = self._line(say("vials of this lot"), 46)
        fields = QWidget(
            self
        )  # in a narrow window they go on in the next line: none is out of sight
        flow = FlowLayout(fields, gap=10, line_gap=6)
        for words, line in (
            (say("Lot"), self.lot), (say("Expiry"), self.expiry), (say("Vials"), self.vials),
        ):  # fmt: skip
            flow.addWidget(_named(words, line, fields))
        self._body.addWidget(fields, 1)

    def _line(self, name: str, width: int, made: Line | None = None) -> Line:
        line = made or Line(self)
        line.setFixedWidth(width)
        line.setAccessibleName(f"{self.label_text()}, {name}")
        line.textChanged.connect(self._on_text)
        line.left.connect(self._on_left)
        line.entered.connect(self._on_entered)
        return line

    def typed(self) -> str:
        """Return what was typed in the row."""
        return spoken_all(line.text().strip() for line in self._lines()).strip()

    def is_missing(self) -> bool:
        """Return whether the row must be complete and is not."""
        if not self._required and self.typed() == "":
            return False
        return any(line.text().strip() == "" for line in self._lines())

    def answer(self) -> Lot | Refusal:
        """Return the lot, or why the row is none."""
        number = self.lot.text().strip()
        if not number:
            return refuse("empty", say("Enter the lot number from the vial."))
        if (unread := scanned_refusal(number)) is not None:
            return unread
        expiry = parse_date(self.expiry.text())
        if isinstance(expiry, Refusal):
            return expiry if expiry.code != "empty" else refuse("empty", say("Enter the expiry."))
        vials = parse_number(self.vials.text(), COUNT)
        if isinstance(vials, Refusal):
            return refuse(vials.code, say("Vials of this lot: {why}", why=vials.text))
        return Lot(number, expiry.isoformat(), int(vials), self._serials, self._gtin)

    def value(self) -> Lot | None:
        """Return the lot, or None where the row is not complete."""
        found = self.answer()
        return None if isinstance(found, Refusal) else found

    def judge(self) -> bool:
        """Judge the row now; an expired lot is said, and stays what it is."""
        if not self._required and self.typed() == "":
            self._refusal = None
            self.set_error("")
            return True
        found = self.answer()
        self._refusal = None
        if isinstance(found, Refusal):
            self._refusal = NoAnswer(found.code, found.reasons)
            self.set_error(found.text)
            return False
        self.set_error(spoken_all(expired_lots(self._office.desk, (found,))))
        return True

    def take_scan(self, scan: Scan, vials: int = 1) -> None:
        """Fill the row from a code; what the code does not say is typed."""
        expiry = "" if scan.expiry is None else write_date(scan.expiry)
        serials = (*self._serials, scan.serial) if scan.serial else self._serials
        for line, text in (
            (self.lot, scan.lot), (self.expiry, expiry), (self.vials, str(vials)),
        ):  # fmt: skip
            line.setText(text)
        self._gtin, self._serials = scan.gtin, serials

    def serials(self) -> tuple[str, ...]:
        """Return the serial numbers scanned into the row."""
        return self._serials

    def draft(self) -> str:
        """Return the typed texts of the row; vials that were scanned are scanned again."""
        if self._serials or not self.typed():
            return ""
        return _BETWEEN.join(line.text() for line in self._lines())

    def take_draft(self, text: str) -> bool:
        """Take the kept texts into the empty row."""
        texts = text.split(_BETWEEN)
        if len(texts) != len(self._lines()):
            return False
        for line, kept in zip(self._lines(), texts, strict=True):
            line.setText(kept)
        return True

    def clear_entry(self) -> None:
        """Empty the row."""
        for line in self._lines():
            line.clear()
        self.set_error("")
        self._refusal = None

    def focus_entry(self) -> None:
        """Put the keyboard into the first empty field of the row."""
        lines = [line for line in self._lines() if line.text().strip() == ""] or [self.lot]
        lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lines(self) -> tuple[Line, Line, Line]:
        return (self.lot, self.expiry, self.vials)

    def _on_text(self) -> None:
        if self.sender() is self.lot:
            self._gtin, self._serials = "", ()  # typed by hand: no code stands behind it
        self.set_error("")
        expiry = parse_date(self.expiry.text())
        heard = write_date(expiry) if isinstance(expiry, date) else ""
        self.set_hint(say("Expires on {date}", date=heard) if heard else "")
        self.edited.emit()

    def _take_code(self) -> bool:
        """Hand on a code that was scanned into the lot number; say whether it was one."""
        text = self.lot.text()
        if not is_scanned(text):
            return False
        read = read_scan(text)
        if isinstance(read, Refusal):
            self._refusal = NoAnswer(read.code, read.reasons)
            self.set_error(read.text)
        else:
            self.lot.clear()
            self.scanned.emit(read)
        return True

    def _on_left(self) -> None:
        if self.sender() is self.lot and self._take_code():
            return
        inside = any(line.hasFocus() for line in self._lines())
        if not inside and not self.is_missing():
            self.judge()
            self.settled.emit(self.value())

    def _on_entered(self) -> None:
        if self.sender() is self.lot and self._take_code():
            return
        self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's signature


def _named(words: str, line: Line, parent: QWidget) -> QWidget:
    """A field with its name before it, which stay together."""
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    name = PlainLabel(words, px=SECONDARY_PX, muted=True, parent=pair)
    name.setWordWrap(False)
    row.addWidget(name)
    row.addWidget(line)
    return pair


class LotRows(QObject):
    """The lots of one preparation in a form. `changed` is emitted at every edit."""

    changed = Signal()

    def __init__(
        self, office: Office, form: Form, *, label_px: int = LABEL_PX, required: bool = True
    ) -> None:
        super().__init__(form)
        self._label_px = label_px
        self._office, self._form = office, form
        self._shown = True
        self.needed = 0  # vials; how many are scanned one after the other
        self._box = Form(form)
        self._rows: list[LotEntry] = []
        form.add_widget(self._box)
        self.more = Button(say("Another lot"), parent=form)
        self.more.clicked.connect(self.add_row)
        self.words = PlainLabel(px=SECONDARY_PX, muted=True, parent=form)
        under = QWidget(form)
        row = QHBoxLayout(under)
        row.setContentsMargins(label_px + 12, 0, 0, 0)
        row.addWidget(self.more)
        row.addWidget(self.words, 1)
        self._under = under
        form.add_widget(under)
        self._box.changed.connect(self.changed)
        self._add(required=required)

    def rows(self) -> tuple[LotEntry, ...]:
        """Return the rows from top to bottom."""
        return tuple(self._rows)

    def add_row(self) -> None:
        """Offer one more row and put the keyboard into it."""
        self._add(required=False).focus_entry()

    def lots(self) -> tuple[Lot, ...]:
        """Return the complete lots; empty while the rows are hidden."""
        if not self._shown:
            return ()
        return tuple(lot for row in self._rows if (lot := row.value()) is not None)

    def vials(self) -> int:
        """Return how many vials are entered so far."""
        return sum(lot.vials for lot in self.lots())

    def missing(self) -> list[Entry]:
        """Return the rows that are not complete."""
        return [row for row in self._rows if self._shown and row.is_missing()]

    def judge(self) -> bool:
        """Judge every row."""
        judged = [row.judge() for row in self._rows if self._shown]
        return all(judged)

    def set_shown(self, *, shown: bool) -> None:
        """Show or hide the rows; what was typed stays."""
        self._shown = shown
        self._box.setVisible(shown)
        self._under.setVisible(shown)

    def _on_scan(self, row: LotEntry, scan: Scan) -> None:
        """Count one vial of the scanned lot: in its own row where there is one, else in this row."""
        if scan.serial and any(scan.serial in other.serials() for other in self._rows):
            row.set_error(say("The vial {serial} was scanned already.", serial=scan.serial))
            return
        mine = [one for one in self._rows if _same_lot(one, scan)]
        into = mine[0] if mine else row
        before = into.value() if mine else None
        into.take_scan(scan, 1 if before is None else before.vials + 1)
        self.changed.emit()
        empty = [one for one in self._rows if one.typed() == ""]
        if self.vials() >= self.needed:
            into.vials.setFocus(Qt.FocusReason.OtherFocusReason)
        elif empty:
            empty[0].focus_entry()
        else:
            self.add_row()

    def _add(self, *, required: bool) -> LotEntry:
        label = say("Lot {number}", number=len(self._rows) + 1)
        row = LotEntry(self._office, label, required=required, parent=self._box)
        self._rows.append(self._box.add(row))
        row.set_label_width(self._label_px)
        row.scanned.connect(partial(self._on_scan, row))
        # The keyboard goes along the row, then to the button for another one.
        before = self._rows[-2].vials if len(self._rows) > 1 else None
        stops = [stop for stop in (before, row.lot, row.expiry, row.vials, self.more) if stop]
        for one, after in pairwise(stops):
            QWidget.setTabOrder(one, after)
        return row


def _same_lot(row: LotEntry, scan: Scan) -> bool:
    """Whether a complete row is of the lot that was scanned."""
    lot = row.value()
    return lot is not None and lot_key(lot.lot) == lot_key(scan.lot)
