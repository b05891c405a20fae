"""What is entered about a dose of a companion drug; the fields follow the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from il2desk.desk import (
    GIVEN,
    CompanionForm,
    CompanionLocated,
    amount_field,
    companion_form_refusal,
    routes_offered,
)
from il2desk.dosing import Companion
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    Entry,
    NumberedChoice,
    TextEntry,
)
from il2desk.window.pages.lots import LotRows
from il2desk.window.pages.outcome_entries import OTHER, OutcomeEntries
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class CompanionEntries(OutcomeEntries):
    """The entries of one dose of a companion drug.

    `asks_date` is for a dose that the protocol does not plan: the day it belongs to is typed.
    """

    def __init__(
        self,
        office: Office,
        companion: Companion,
        *,
        asks_date: bool,
        parent: QWidget | None = None,
    ) -> None:
        self._at: CompanionLocated | None = None
        self._companion = companion
        super().__init__(office, parent)
        self.date.setVisible(asks_date)

    def _begin(self) -> None:
        self.date = self.form.add(ClinicalDateEdit(say("Date of this dose"), self._office.now))

    def _add_fields(self) -> None:
        office, companion = self._office, self._companion
        self.start = MomentEntries(
            office, self.form, say("Start time"), usual_day=self._typed_date,
            day_label=say("Day it was given, if another"),
        )  # fmt: skip
        self.stop = MomentEntries(
            office, self.form, say("Stopped at"), required=False, usual_day=self._typed_date,
            day_label=say("Day it was stopped, if another"),
        )  # fmt: skip
        self.stop.add_date()
        label = say("Amount that went in, {unit}", unit=companion.unit)
        self.amount = self.form.add(ClinicalNumberEdit(amount_field(companion.unit), label))
        routes = [Choice(route, say(route)) for route in routes_offered(companion)]
        self.route = self.form.add(
            NumberedChoice(say("Route"), [*routes, Choice(OTHER, say("Other (write)"))], columns=5)
        )
        self.other_route = self.form.add(TextEntry(say("Route, in words"), required=True))
        self.injection_site = self.form.add(TextEntry(say("Injection site")))
        self.product = self.form.add(TextEntry(say("Product on the vial or pen")))
        self.lots = LotRows(office, self.form, required=False)

    # What is asked

    def set_located(self, at: CompanionLocated | None) -> None:
        """Ask for what this dose needs; what was typed stays."""
        self._at = at
        self._show()

    def value(self) -> CompanionForm:
        """Return what is entered as it stands, for the desk to judge; hidden entries are left out."""
        outcome = self.outcome.value() or ""
        given = outcome in GIVEN
        return CompanionForm(
            outcome=outcome,
            given_at=self.start.value() if given else None,
            approximate=given and self.approximate.isChecked(),
            stopped_at=self.stop.value() if outcome == "part given" else None,
            amount=self.amount.value() if given else None,
            route=self._route() if given else "",
            injection_site=self.injection_site.typed() if given else "",
            product=self.product.typed() if given else "",
            lots=self.lots.lots(),
            reason=self._typed_reason(),
            decided_by=self._typed_decision(),
            note=self.note.typed(),
        )

    def opened(self) -> None:
        """Begin with the date where one is asked for, else with the outcome."""
        (self.outcome if self.date.isHidden() else self.date).focus_entry()

    # Inside

    def _typed_date(self) -> date | None:
        return None if self.date.isHidden() else self.date.value()

    def _lots_missing(self) -> Sequence[Entry]:
        """Rows in which something is typed and something is missing."""
        return [row for row in self.lots.rows() if row.typed() and row.value() is None]

    def _route(self) -> str:
        return self.other_route.typed() if self.route.value() == OTHER else self.route.value() or ""

    def _show_amounts(self, outcome: str | None) -> None:
        given = outcome in GIVEN
        for widget in (self.amount, self.route, self.injection_site, self.product):
            widget.setVisible(given)
        self.other_route.setVisible(given and self.route.value() == OTHER)
        self.lots.set_shown(shown=given)

    def _refused(self, *, reason: str, decided_by: str) -> tuple[str, ...]:
        if self._at is None:
            return ()
        form = replace(self.value(), reason=reason, decided_by=decided_by)
        refusal = companion_form_refusal(self._office.desk, self._at, form)
        return () if refusal is None else refusal.reasons
