"""What is entered about a dose of a companion drug; the fields follow the outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
    Form,
    NumberedChoice,
    TextEntry,
)
from il2desk.window.fields.entry import LABEL_PX, Entry
from il2desk.window.pages.lots import LotRows
from il2desk.window.pages.outcome_words import OUTCOME_KEYS, reasons_for
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.tick import TickBox, tab_through
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_OTHER = "other"
# Stands for any text where the desk is asked whether a text is needed at all.
_ANY = "any"


class CompanionEntries(QWidget):
    """The entries of one dose. Nothing is filled in. `changed` is emitted at every edit.

    `asks_date` is for a dose that the protocol does not plan: the day it belongs to is typed.
    """

    changed = Signal()

    def __init__(
        self,
        office: Office,
        companion: Companion,
        *,
        asks_date: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._at: CompanionLocated | None = None
        self._reasons_of = ""
        self.form = Form(self)
        self.date = self.form.add(ClinicalDateEdit(say("Date of this dose"), office.now))
        self.date.setVisible(asks_date)
        choices = [Choice(outcome, say(words), key) for outcome, words, key in OUTCOME_KEYS]
        self.outcome = self.form.add(NumberedChoice(say("Outcome"), choices, columns=5))
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
            NumberedChoice(say("Route"), [*routes, Choice(_OTHER, say("Other (write)"))], columns=5)
        )
        self.other_route = self.form.add(TextEntry(say("Route, in words"), required=True))
        self.injection_site = self.form.add(TextEntry(say("Injection site")))
        self.product = self.form.add(TextEntry(say("Product on the vial or pen")))
        self.lots = LotRows(office, self.form, required=False)
        self.reason = self.form.add(NumberedChoice(say("Reason"), (), columns=2))
        self.other = self.form.add(TextEntry(say("Reason, in words"), required=True))
        self.decided_by = self.form.add(TextEntry(say("Decided by"), required=True))
        words = say("Approximate: the start time is not exact")
        self.approximate = TickBox(words, indent=LABEL_PX + 12, parent=self)
        self.form.add_widget(self.approximate)
        self.start.add_date()
        self.note = self.form.add(TextEntry(say("Note")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        for source in (self.form.changed, self.lots.changed, self.start.changed, self.stop.changed):
            source.connect(self._on_changed)
        self.approximate.toggled.connect(self._on_changed)

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
            reason=self._reason(),
            decided_by="" if self.decided_by.isHidden() else self.decided_by.typed(),
            note=self.note.typed(),
        )

    def missing(self) -> tuple[str, ...]:
        """Return the names of what must still be entered."""
        if self.outcome.value() is None:
            return (self.outcome.label_text(),)
        moments = (*self.start.entries(), *self.stop.entries())
        names = [m.time.label_text() for m in (self.start, self.stop) if m.missing()]
        names.extend(e.label_text() for e in self.form.missing() if e not in moments)
        names.extend(row.label_text() for row in self._half_lots())
        return tuple(names)

    def judge(self) -> bool:
        """Show every error beside its field and say whether everything can be used."""
        usable = self.form.judge_all() and self.lots.judge()
        for moment in (self.start, self.stop):
            if not moment.time.isHidden():
                moment.judge()
        return usable and not self.missing()

    def focus_missing(self) -> None:
        """Show every error and put the keyboard into the first field that cannot be used."""
        self.judge()
        for moment in (self.start, self.stop):
            questions = [e for e in (moment.yesterday, moment.which) if not e.isHidden()]
            if moment.missing() and questions:
                questions[0].focus_entry()
                return
        wrong = [e for e in self.form.shown() if e.is_missing() or e.error_text()]
        for entry in (*wrong, *self._half_lots()):
            entry.focus_entry()
            return

    def choose(self, outcome: str) -> None:
        """Choose an outcome and go to the first field that it asks for."""
        self.outcome.choose(outcome)
        if outcome in GIVEN:
            self.start.time.focus_entry()
        else:
            self.reason.focus_entry()

    def opened(self) -> None:
        """Begin with the date where one is asked for, else with the outcome."""
        (self.outcome if self.date.isHidden() else self.date).focus_entry()

    # Inside

    def _typed_date(self) -> date | None:
        return None if self.date.isHidden() else self.date.value()

    def _half_lots(self) -> list[Entry]:
        """Rows in which something is typed and something is missing."""
        return [row for row in self.lots.rows() if row.typed() and row.value() is None]

    def _route(self) -> str:
        return (
            self.other_route.typed() if self.route.value() == _OTHER else self.route.value() or ""
        )

    def _reason(self) -> str:
        """The reason in words; empty where none is asked for or chosen."""
        if self.reason.isHidden():
            return ""
        return self.other.typed() if self.reason.value() == _OTHER else self.reason.value() or ""

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Show the fields that this outcome, and what the desk says about it, ask for."""
        outcome = self.outcome.value()
        given, part = outcome in GIVEN, outcome == "part given"
        for moment, shown in ((self.start, given), (self.stop, part)):
            if moment.time.isHidden() == shown:
                moment.set_shown(shown=shown)
        for widget in (
            self.approximate, self.amount, self.route, self.injection_site, self.product,
        ):  # fmt: skip
            widget.setVisible(given)
        self.other_route.setVisible(given and self.route.value() == _OTHER)
        self.lots.set_shown(shown=given)
        if outcome is not None and outcome != self._reasons_of:
            self._reasons_of = outcome
            words = [*(Choice(say(w), say(w)) for w in reasons_for(outcome))]
            self.reason.set_options([*words, Choice(_OTHER, say("Other (write)"))])
            tab_through(self.reason, self.other, self.decided_by, self.approximate)
        self.note.setVisible(outcome is not None)
        self._show_reason(outcome)

    def _show_reason(self, outcome: str | None) -> None:
        """Reason and decision are asked for where the desk would refuse the record without them."""
        bare = replace(self.value(), reason="", decided_by="")
        said = self._refused(bare)
        asks_reason = outcome is not None and said != self._refused(replace(bare, reason=_ANY))
        asks_who = outcome is not None and said != self._refused(replace(bare, decided_by=_ANY))
        self.reason.setVisible(asks_reason)
        self.other.setVisible(asks_reason and self.reason.value() == _OTHER)
        self.decided_by.setVisible(asks_who)

    def _refused(self, form: CompanionForm) -> tuple[str, ...]:
        if self._at is None:
            return ()
        refusal = companion_form_refusal(self._office.desk, self._at, form)
        return () if refusal is None else refusal.reasons
