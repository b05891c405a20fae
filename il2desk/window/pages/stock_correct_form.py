"""Correcting the chosen line, and the site's mark of low stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import new_token
from il2desk.desk.stock import (
    CORRECT_FIRST,
    CORRECT_SECOND,
    DIFFERENCE,
    DISPENSED,
    RECEIVED,
    SET_LOW_MARK,
    WITH_VIALS,
    LotStock,
    StockCorrection,
    StockLine,
    correct_stock,
    review_stock_correction,
    set_low_mark,
)
from il2desk.dosing import COUNT, Refusal
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    NumberedChoice,
    TextEntry,
)
from il2desk.window.pages.signing import Act, sign_once, sign_twice
from il2desk.window.pages.stock_form import StockForm, counted, record_line, whole
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_VALUES, _WHOLE = "values", "whole"


class CorrectLine(StockForm):
    """The corrected values of one line; an empty field leaves its value as it is."""

    def __init__(self, office: Office, line: StockLine, at: int) -> None:
        self._line, self._at = line, at
        self._token = new_token()
        said = say(
            "Line {n}: {what}, {vials} of lot {lot}", n=line.number, what=line.what,
            vials=counted(abs(line.vials)), lot=line.lot,
        )  # fmt: skip
        self._lines = (said, record_line(line.of.record))
        kept = say("The line stays; the correction is a line of its own. Empty leaves a value.")
        super().__init__(office, say("Correct a line"), (*self._lines, kept))
        form = self.form
        options = (
            Choice(_VALUES, say("Correct its values")),
            Choice(_WHOLE, say("Take the whole line back: it did not happen")),
        )
        self.what = form.add(NumberedChoice(say("What was wrong"), options))
        self.lot = form.add(TextEntry(say("Lot")))
        self.expiry = form.add(ClinicalDateEdit(say("Expiry"), office.now, required=False))
        self.vials = form.add(ClinicalNumberEdit(COUNT, say("Vials"), required=False))
        self.reason = form.add(TextEntry(say("Reason"), required=True))
        self._show()
        self.what.chosen.connect(self._on_what)

    def _on_what(self) -> None:
        self._show()
        self._on_changed()

    def _show(self) -> None:
        values = self.what.value() == _VALUES
        movable = self._line.what in WITH_VIALS and self._line.what != DIFFERENCE
        self.lot.setVisible(values and movable)
        self.vials.setVisible(values and movable)
        self.expiry.setVisible(values and self._line.what in (RECEIVED, DISPENSED))
        self.reason.setVisible(self.what.value() is not None)

    def value(self) -> StockCorrection:
        """The correction as it is entered."""
        line, whole_line = self._line, self.what.value() == _WHOLE
        if whole_line:
            return StockCorrection(line.entry, self.reason.typed(), self._at, in_error=True)
        return StockCorrection(
            line.entry, self.reason.typed(), self._at,
            whole(self.vials) if self.vials.typed().strip() else None,
            self.lot.typed().strip() or None, self.expiry.value(),
        )  # fmt: skip

    def commit(self) -> None:
        """Show old and new and what follows; two people sign."""
        if not self.usable():
            return
        form, desk, token = self.value(), self.office.desk, self._token
        found = review_stock_correction(desk, form)
        if isinstance(found, Refusal):
            self.problems.set_sentences(found.reasons)
            return
        changes = tuple(
            say("{field}: {old}, corrected to {new}", field=say(str(change["field"])),
                old=change["old_text"], new=change["new_text"])
            for change in found.changes
            if change["field"] != "in_error"
        )  # fmt: skip
        taken = () if not form.in_error else (say("The whole line is taken back"),)
        reason = say("Reason: {reason}", reason=form.reason.strip())
        review = (*self._lines, *changes, *taken, *found.follows, reason)
        sign_twice(
            self.office,
            Act(self.heading, review, CORRECT_FIRST, CORRECT_SECOND),
            lambda two: correct_stock(desk, form, two, token),
            lambda: self._stored(say("The correction is a line of the ledger now.")),
        )


class LowMark(StockForm):
    """From how many vials on the site orders more; without it nothing is called low."""

    def __init__(self, office: Office, stock: LotStock) -> None:
        self._record = stock.of.record
        self._token = new_token()
        lines = (record_line(self._record), say("Below this number the stock is called low."))
        super().__init__(office, say("Mark of low stock"), lines)
        self.number = self.form.add(ClinicalNumberEdit(COUNT, say("Vials")))

    def commit(self) -> None:
        """Store the site's number."""
        if not self.usable():
            return
        desk, token, number = self.office.desk, self._token, whole(self.number)
        review = (
            record_line(self._record),
            say("Low is below {vials}", vials=counted(number)),
        )
        sign_once(
            self.office,
            Act(self.heading, review, SET_LOW_MARK),
            lambda signed: set_low_mark(desk, self._record, number, signed, token),
            lambda: self._stored(say("The mark of low stock is stored.")),
        )
