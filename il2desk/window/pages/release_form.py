"""What the first person enters for a release: lots, reconstitution, a volume outside the window."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import ReleaseForm
from il2desk.desk.stock import CONTROL, Shelf, out_of_order, places_with_stock, shelf_of
from il2desk.dosing import VOLUME_ML, Dose, write_quantity
from il2desk.window.fields import Choice, ClinicalNumberEdit, Form, NumberedChoice, TextEntry
from il2desk.window.pages.lots import LotRows
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.preparation_facts import outside_window, window_words
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_LABEL_PX = 120
_RECIPE, _OTHER = "recipe", "other"


class ReleaseEntries(QWidget):
    """The entries of a release; nothing is filled in. `changed` is emitted at every edit."""

    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._dose: Dose | None = None
        self._places: tuple[str, ...] = ()
        self.form = Form(self)
        self.place = self.form.add(NumberedChoice(say("Taken from"), (), columns=2))
        self.place.hide()
        self.lots = LotRows(office, self.form, label_px=_LABEL_PX)
        self.lot_reason = self.form.add(TextEntry(say("Why this lot"), required=True))
        self.lot_reason.hide()
        self.vials_reason = self.form.add(TextEntry(say("Why more vials"), required=True))
        self.vials_reason.hide()
        self.reconstituted = MomentEntries(office, self.form, say("Reconstituted"))
        self.reconstituted.add_date()
        self.choice = self.form.add(NumberedChoice(say("Total volume"), _choices("")))
        self.total = self.form.add(ClinicalNumberEdit(VOLUME_ML, say("Other volume, mL")))
        self.reason = self.form.add(TextEntry(say("Reason"), required=True))
        for entry in self.form.entries():
            entry.set_label_width(_LABEL_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.changed.connect(self._on_changed)
        self.lots.changed.connect(self._on_changed)
        self.reconstituted.changed.connect(self.changed)

    def set_dose(self, dose: Dose) -> None:
        """Ask for what this dose needs; what was typed stays."""
        before, self._dose = self._dose, dose
        self.lots.needed = dose.vials
        self._offer_places(dose)
        outside = outside_window(dose)
        total = dose.dilution.total_volume_ml
        recipe = "" if total is None else write_quantity(total, "mL")
        if before is None or before.dilution.total_volume_ml != total:
            self.choice.set_options(_choices(recipe))
        self.choice.setVisible(outside)
        self.choice.set_hint(
            say("Inside the window: {volumes}", volumes=window_words(dose.dilution))
        )
        self._show()

    def _offer_places(self, dose: Dose) -> None:
        """Ask where the vials are taken from only where they may lie in more than one place."""
        places = places_with_stock(self._office.desk, dose.request.protocol.fingerprint)
        if places != self._places:
            self._places = places
            self.place.set_options([Choice(place, place) for place in places])
        self.place.setVisible(len(places) > 1)

    def taken_from(self) -> str:
        """Return the place of the vials; the only one where there is no choice."""
        if len(self._places) == 1:
            return self._places[0]
        return self.place.value() or CONTROL

    def shelf(self) -> Shelf | None:
        """Return the stock that the vials are taken from; None where none is kept."""
        if self._dose is None:
            return None
        version = self._dose.request.protocol.fingerprint
        return shelf_of(self._office.desk, version, self.taken_from())

    def total_ml(self) -> Decimal | None:
        """Return the total volume in mL that will be prepared as far as it is known now."""
        if self._dose is None:
            return None
        if self.choice.value() == _OTHER:
            return self.total.value()
        return self._dose.dilution.total_volume_ml

    def missing(self) -> tuple[str, ...]:
        """Return the names of what must still be entered."""
        names = [row.label_text() for row in self.lots.missing()]
        if self.reconstituted.missing():
            names.append(self.reconstituted.time.label_text())
        skipped = self.reconstituted.entries()
        names.extend(e.label_text() for e in self.form.missing() if e not in skipped)
        return tuple(names)

    def focus_missing(self) -> None:
        """Show every error and put the keyboard into the first field that cannot be used."""
        self.form.judge_all()
        self.lots.judge()
        self.reconstituted.judge()
        rows = self.lots.missing() or [row for row in self.lots.rows() if row.value() is None]
        wrong = [row for row in rows if row.is_missing() or row.typed()]
        if wrong:
            wrong[0].focus_entry()
        else:
            self.form.focus_first_wrong()

    def form_value(self) -> ReleaseForm | None:
        """Return what was entered, or None while anything is missing or not understood."""
        usable = self.form.judge_all() and self.lots.judge()
        when = self.reconstituted.value()
        if not usable or when is None or self.missing():
            return None
        chosen = self.total.value() if self.choice.value() == _OTHER else None
        reason = "" if self.reason.isHidden() else self.reason.typed()
        more = "" if self.vials_reason.isHidden() else self.vials_reason.typed()
        why = "" if self.lot_reason.isHidden() else self.lot_reason.typed()
        return ReleaseForm(self.lots.lots(), when, chosen, reason, self.taken_from(), why, more)

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if self._dose is None:
            return
        outside = outside_window(self._dose)
        self.total.setVisible(outside and self.choice.value() == _OTHER)
        self.reason.setVisible(outside)
        passed = out_of_order(self.shelf(), self.lots.lots())
        self.lot_reason.setVisible(bool(passed))
        self.lot_reason.set_hint(passed)
        needed, entered = self._dose.vials, self.lots.vials()
        self.vials_reason.setVisible(entered > needed)
        self.lots.words.setText(
            say("Vials entered: {entered} of {needed}", entered=entered, needed=needed)
        )


def _choices(recipe: str) -> tuple[Choice, ...]:
    return (
        Choice(_RECIPE, say("{volume}, as the recipe says", volume=recipe)),
        Choice(_OTHER, say("Another total volume")),
    )
