"""Counting a lot blind, and settling what the count differs by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import new_token
from il2desk.desk.stock import (
    CONTROL,
    COUNT_STOCK,
    COUNTED,
    DIFFERENCE_FIRST,
    DIFFERENCE_SECOND,
    CountForm,
    LotStock,
    count_refusal,
    count_stock,
    settle_difference,
    stock_books,
    stock_records,
)
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    NumberedChoice,
    TextEntry,
)
from il2desk.window.pages.signing import Act, sign_once, sign_twice
from il2desk.window.pages.stock_form import StockForm, counted, lot_line, record_line, whole
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_THIS, _OTHER = "this", "other"


class CountVials(StockForm):
    """The number on the shelf. What the books hold is shown once the number is stored."""

    def __init__(self, office: Office, stock: LotStock | None) -> None:
        self._stock = stock
        self._records = stock_records(office.desk)
        self._token = new_token()
        super().__init__(office, say("Count a lot"), ())
        form = self.form
        self.which = form.add(NumberedChoice(say("Which lot"), _lots(stock)))
        records = [Choice(str(at), record_line(each)) for at, each in enumerate(self._records)]
        self.record = form.add(NumberedChoice(say("Kept for"), records))
        self.lot = form.add(TextEntry(say("Lot"), required=True))
        self.expiry = form.add(ClinicalDateEdit(say("Expiry"), office.now))
        self.place = form.add(TextEntry(say("Place"), prompt=CONTROL))
        self.number = form.add(ClinicalNumberEdit(COUNTED, say("Vials on the shelf")))
        self.which.setVisible(stock is not None)
        self._show()
        self.which.chosen.connect(self._on_which)

    def _other(self) -> bool:
        return self._stock is None or self.which.value() == _OTHER

    def _on_which(self) -> None:
        self._show()
        self._on_changed()

    def _show(self) -> None:
        other = self._other()
        self.record.setVisible(other and len(self._records) > 1)
        for entry in (self.lot, self.expiry, self.place):
            entry.setVisible(other)

    def value(self) -> CountForm | None:
        """The count as it is entered, or None while the record is not chosen."""
        number = whole(self.number)
        if not self._other() and self._stock is not None:
            of = self._stock.of
            return CountForm(of.record, self._stock.lot, self._stock.place, number)
        chosen = "0" if len(self._records) == 1 else self.record.value()
        if chosen is None:
            return None
        place = self.place.typed().strip() or CONTROL
        return CountForm(
            self._records[int(chosen)], self.lot.typed(), place, number, self.expiry.value()
        )

    def commit(self) -> None:
        """Store the number; only then the books are looked at."""
        form = self.value() if self.usable() else None
        if form is None:
            return
        refusal = count_refusal(self.office.desk, form)
        if refusal is not None:
            self.problems.refuse(refusal.reasons)
            return
        desk, token = self.office.desk, self._token
        review = (
            say("Counted: {vials} of lot {lot}", vials=counted(form.counted), lot=form.lot.strip()),
            say("At {place}", place=form.place),
            record_line(form.record),
            say("The balance is shown after the number is stored."),
        )
        sign_once(
            self.office,
            Act(self.heading, review, COUNT_STOCK),
            lambda signed: count_stock(desk, form, signed, token),
            lambda: self._stored(self._agreement(form)),
        )

    def _agreement(self, form: CountForm) -> str:
        stock = stock_books(self.office.desk).stock(form.record, form.lot, form.place)
        if stock is None or stock.open_count is None:
            return say("Counted {n}; the books hold the same.", n=form.counted)
        return say(
            "Counted {n}; the books hold {m}: difference {d}. C counts again, S settles it.",
            n=form.counted, m=form.counted - stock.open_count.difference, d=f"{stock.open_count.difference:+}",
        )  # fmt: skip


class SettleDifference(StockForm):
    """The difference of the latest count: why, and two signatures."""

    def __init__(self, office: Office, stock: LotStock) -> None:
        count = stock.open_count
        self._count = "" if count is None else count.entry
        self._token = new_token()
        told = "" if count is None else say(
            "Counted {n} by {who}; the books held {m}: difference {d}",
            n=count.counted, who=count.by, m=count.counted - count.difference, d=f"{count.difference:+}",
        )  # fmt: skip
        self._lines = (lot_line(stock), told, record_line(stock.of.record))
        super().__init__(office, say("Settle a difference"), self._lines)
        self.reason = self.form.add(TextEntry(say("What explains it"), required=True))

    def commit(self) -> None:
        """Two people sign the difference as a line of its own."""
        if not self.usable():
            return
        desk, token, count, why = self.office.desk, self._token, self._count, self.reason.typed()
        review = (*self._lines, say("Explained by: {why}", why=why.strip()))
        sign_twice(
            self.office,
            Act(self.heading, review, DIFFERENCE_FIRST, DIFFERENCE_SECOND),
            lambda two: settle_difference(desk, count, why, two, token),
            lambda: self._stored(say("The difference is a line of the ledger now.")),
        )


def _lots(stock: LotStock | None) -> tuple[Choice, ...]:
    chosen = "" if stock is None else lot_line(stock)
    return (Choice(_THIS, chosen), Choice(_OTHER, say("A lot that is not listed, or elsewhere")))
