"""Stock: the lots on the shelf, every movement of them, and what an auditor would write up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from il2desk.desk.stock import LotStock, stock_alerts, stock_books, stock_records, stock_refusal
from il2desk.dosing import tell, write_clock, write_weekday
from il2desk.window.buttons import Button
from il2desk.window.flow import FlowLayout
from il2desk.window.keys import key_text
from il2desk.window.list_header import HeaderFacts
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.pages.stock_audit import AuditView
from il2desk.window.pages.stock_correct_form import CorrectLine, LowMark
from il2desk.window.pages.stock_count_form import CountVials, SettleDifference
from il2desk.window.pages.stock_move_form import MOVES_OF, MoveVials
from il2desk.window.pages.stock_receive_form import ReceiveForm
from il2desk.window.pages.stock_rows import (
    line_columns,
    line_rows,
    lot_columns,
    lot_rows,
    products,
    stock_of,
)
from il2desk.window.pages.stock_run_out import RunOutView
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import RecordTable
from il2desk.window.theme import PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office
    from il2desk.window.pages.stock_form import StockForm

_VIEWS = (
    ("stock-lots", tell("Lots")), ("stock-movements", tell("Movements")), ("stock-audit", tell("Audit check")),
    ("stock-run-out", tell("Run-out")),
)  # fmt: skip
_ACTS = (
    ("receive", tell("Receive")), ("count", tell("Count")), ("waste", tell("Waste")), ("quarantine", tell("Quarantine")),
    ("return", tell("Return")), ("transfer", tell("Transfer")), ("destroy", tell("Destroy")), ("settle", tell("Settle")),
    ("low-mark", tell("Low mark")), ("correct", tell("Correct")),
)  # fmt: skip


class StockPage(Page):
    """Four views in one place; a form stands in the place of the list while it is filled."""

    help_topic = "stock"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.editing: StockForm | None = None
        self._view = _VIEWS[0][0]
        self.alerts = Notice(grave=False, parent=self)
        self.kept_of = PlainLabel(muted=True, parent=self)
        self.lots = RecordTable(lot_columns(), name=say("Lots"), frozen=1, parent=self)
        self.lots.set_empty(say("No lots received. R receives the first shipment."))
        self.lines = RecordTable(line_columns(), name=say("Movements"), frozen=1, parent=self)
        self.lines.set_empty(say("No movement yet. R receives the first shipment."))
        self.audit = AuditView(office, self)
        self.run_out = RunOutView(office, self)
        self.views: dict[str, Button] = {}
        self.acts: dict[str, Button] = {}
        listed = QWidget(self)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._buttons(listed))
        column.addWidget(self.alerts)
        column.addWidget(self.kept_of)
        for table in (self.lots, self.lines, self.audit, self.run_out):
            column.addWidget(table, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self.lots.selected.connect(self.action_changed)
        self.run_out.lots_asked.connect(partial(self.show_view, "stock-lots"))
        self.lines.selected.connect(self.action_changed)
        self.refresh()
        self._choose_first()

    def _buttons(self, parent: QWidget) -> FlowLayout:
        row = FlowLayout(gap=6)
        for view, words in _VIEWS:
            button = Button(say(words), key_text(view), parent=parent)
            button.clicked.connect(partial(self.show_view, view))
            self.views[view] = button
            row.addWidget(button)
        for act, words in _ACTS:
            button = Button(say(words), key_text(act, "stock"), parent=parent)
            button.clicked.connect(partial(self.begin, act))
            self.acts[act] = button
            row.addWidget(button)
        return row

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Stock")

    def header(self) -> HeaderFacts:
        """Whose stock, at what moment, how many lots."""
        site, now = self.office.desk.site, self.office.now()
        books = stock_books(self.office.desk)
        count = len({(of.record, of.lot) for of in books.stocks})
        lots = say("1 lot") if count == 1 else say("{n} lots", n=count)
        return HeaderFacts(
            say("Stock and accountability"),
            "" if site is None else site.name,
            f"{write_weekday(now.date())} {write_clock(now)} {say('(24-hour)')}",
            counts=lots,
            order=say("First expiry first"),
        )

    def refresh(self) -> None:
        """Read lots, movements and alerts anew."""
        desk = self.office.desk
        on_shelf = self._view == "stock-lots"
        self.alerts.set_sentences(stock_alerts(desk) if on_shelf else ())
        self.kept_of.setText(spoken_all(products(desk), "\n"))
        self.kept_of.setVisible(self._view in ("stock-lots", "stock-movements"))
        self.lots.set_rows(lot_rows(desk))
        self.lines.set_rows(line_rows(desk))
        for act, button in self.acts.items():
            button.setVisible(self._offers(act))
        for view, button in self.views.items():
            button.set_strong(strong=view == self._view)
        self.lots.setVisible(self._view == "stock-lots")
        self.lines.setVisible(self._view == "stock-movements")
        self.audit.refresh(shown=self._view == "stock-audit")
        self.run_out.refresh(shown=self._view == "stock-run-out")
        self.action_changed.emit()

    def _offers(self, act: str) -> bool:
        """Whether an act has a button now; its key answers with a sentence elsewhere."""
        if stock_refusal(self.office.desk) is not None:
            return False
        if act == "correct":
            return self._view == "stock-movements" and bool(self.lines.rows())
        if self._view != "stock-lots" or act in ("receive", "count"):
            return self._view == "stock-lots"
        stocks = stock_books(self.office.desk).stocks.values()
        if act == "settle":
            return any(one.open_count is not None for one in stocks)
        return bool(stocks)

    def _choose_first(self) -> None:
        for table in (self.lots, self.lines):
            if table.rows() and table.current_id() is None:
                table.select(table.rows()[0].id)

    def show_view(self, view: str) -> None:
        """Show lots, movements or the audit check."""
        if self.editing is not None:
            self.office.say(say("Sign or go back first."))
            return
        self._view = view
        self.refresh()
        self._choose_first()
        self.opened()

    def opened(self) -> None:
        """Give the keyboard to the list, or to the first button where it is empty."""
        tables = {"stock-lots": self.lots, "stock-movements": self.lines}
        table = tables.get(self._view, self.run_out.table)
        if self._view == "stock-run-out" and table.rows():
            self.run_out.picture.shown.setFocus()
        elif self._view != "stock-audit" and table.rows():
            table.view.setFocus()
        else:
            self.views[self._view].setFocus()

    # The act

    def action(self) -> ActionState:
        """The form's act, or the receipt of a shipment."""
        if self.editing is not None:
            return self.editing.action()
        refusal = stock_refusal(self.office.desk)
        if refusal is not None:
            return ActionState(refusal.text)
        if not stock_records(self.office.desk):
            return ActionState(say("No protocol is active here. Stock is kept for a protocol."))
        verb = {"stock-lots": "Receive", "stock-movements": "Correct"}.get(self._view)
        kept = say("Entries are kept. Corrections are added.")
        return ActionState(kept, None if verb is None else say(verb))

    def commit(self) -> None:
        """Review the form, or begin the act that the action bar names."""
        if self.editing is not None:
            self.editing.commit()
        else:
            self.begin("correct" if self._view == "stock-movements" else "receive")

    def left(self) -> None:
        """What is being drawn is for nobody any more."""
        self.run_out.left()

    def focus_missing(self) -> None:
        """Show what is missing in the form."""
        if self.editing is not None:
            self.editing.focus_missing()

    def go_back(self) -> None:
        """Leave the form, then the page."""
        if self.editing is not None:
            self._close_form("")
        else:
            super().go_back()

    def key_acts(self) -> KeyActs:
        """The keys of the views and the acts."""
        acts: dict[str, Callable[[], object]] = {
            view: partial(self.show_view, view) for view, _ in _VIEWS
        }
        acts |= {act: partial(self.begin, act) for act, _ in _ACTS}
        return {"stock": acts}

    def begin(self, act: str) -> None:
        """Open the form of an act for the chosen lot or line, or say why not."""
        if self.editing is not None:
            return
        refusal = stock_refusal(self.office.desk)
        if refusal is not None:
            self.office.say(refusal.text)
        elif not stock_records(self.office.desk):
            self.office.say(say("No protocol is active here. Stock is kept for a protocol."))
        elif act == "receive":
            self._edit(ReceiveForm(self.office))
        elif act == "correct":
            self._correct()
        else:
            self._with_lot(act)

    def _with_lot(self, act: str) -> None:
        stock = self._chosen()
        if self._view != "stock-lots" or (stock is None and act != "count"):
            self.office.say(say("Choose the lot first: Alt+1 shows the lots."))
        elif act == "count":
            self._edit(CountVials(self.office, stock))
        elif stock is not None and act == "settle":
            self._settle(stock)
        elif stock is not None and act == "low-mark":
            self._edit(LowMark(self.office, stock))
        elif stock is not None and act in MOVES_OF:
            self._edit(MoveVials(self.office, act, stock))

    def _settle(self, stock: LotStock) -> None:
        if stock.open_count is None:
            self.office.say(say("The latest count of this lot differs from nothing."))
        else:
            self._edit(SettleDifference(self.office, stock))

    def _chosen(self) -> LotStock | None:
        return stock_of(stock_books(self.office.desk), self.lots.current_id())

    def _correct(self) -> None:
        row, lines = self.lines.current_id(), stock_books(self.office.desk).lines
        if self._view != "stock-movements" or row is None:
            self.office.say(say("Choose the line first: Alt+2 shows the movements."))
            return
        line = lines[int(row)]
        if line.corrects or line.what == "counted":
            self.office.say(say("Choose the line that is wrong; a count is made anew."))
            return
        mine = [one for one in lines if one.entry == line.entry]
        self._edit(CorrectLine(self.office, line, mine.index(line)))

    def _edit(self, form: StockForm) -> None:
        self.editing = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.changed.connect(self.action_changed)
        form.finished.connect(self._close_form)
        self.action_changed.emit()
        form.focus_first()

    def _close_form(self, said: str) -> None:
        form, self.editing = self.editing, None
        if form is not None:
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(form)
            form.deleteLater()
        if said:
            self.office.stored(said)
        self.refresh()
        self._choose_first()
        self.opened()
