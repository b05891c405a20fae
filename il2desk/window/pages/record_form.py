"""What is entered about a dose that was or was not given; the fields follow the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from il2desk.desk import GIVEN, AdministrationForm, Located, form_refusal, holds_words
from il2desk.dosing import VOLUME_ML
from il2desk.window.fields import Choice, ClinicalNumberEdit, Entry, NumberedChoice
from il2desk.window.pages.lots import LotRows
from il2desk.window.pages.outcome_entries import OutcomeEntries
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_WHOLE, _PART = "whole", "part"


class RecordEntries(OutcomeEntries):
    """The entries of step 5. `said` carries what the page answers in the status bar."""

    said = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        self._at: Located | None = None
        super().__init__(office, parent)
        self.whole.chosen.connect(self._on_whole)

    def _add_fields(self) -> None:
        office = self._office
        self.start = MomentEntries(
            office, self.form, say("Start time"), day_label=say("Day it was started, if another")
        )
        self.whole = self.form.add(NumberedChoice(say("Whole amount"), _whole(), columns=2))
        self.stop = MomentEntries(
            office, self.form, say("Stopped at"), required=False,
            day_label=say("Day it was stopped, if another"),
        )  # fmt: skip
        self.stop.add_date()
        self.volume = self.form.add(
            ClinicalNumberEdit(VOLUME_ML, say("Drug volume that went in, mL"))
        )
        self.lots = LotRows(office, self.form)

    # What is asked

    def set_located(self, at: Located) -> None:
        """Ask for what this dose needs; what was typed stays."""
        self._at = at
        self._show()

    def value(self) -> AdministrationForm:
        """Return what is entered as it stands, for the desk to judge; hidden entries are left out."""
        outcome = self.outcome.value() or ""
        given = outcome in GIVEN
        return AdministrationForm(
            outcome=outcome,
            given_at=self.start.value() if given else None,
            approximate=given and self.approximate.isChecked(),
            stopped_at=self.stop.value() if outcome == "part given" else None,
            volume_ml=None if self.volume.isHidden() else self.volume.value(),
            lots=self.lots.lots(),
            reason=self._typed_reason(),
            decided_by=self._typed_decision(),
            note="" if self.note.isHidden() else self.note.typed(),
        )

    def choose(self, outcome: str) -> None:
        """Choose an outcome and go to the first field that it asks for."""
        before = self.outcome.value()
        super().choose(outcome)
        if before is not None and before != outcome and self.start.time.typed():
            self.said.emit(say("The outcome changed. The start time is kept and not recorded yet."))

    # Inside

    def _lots_missing(self) -> Sequence[Entry]:
        return self.lots.missing()

    def _on_whole(self, answer: str) -> None:
        if answer == _PART:
            self.whole.clear_entry()
            self.outcome.choose("part given")
            self.said.emit(say("The outcome changed to Part given. The start time is kept."))
            self.stop.time.focus_entry()
        elif not self.reason.isHidden() and self.reason.value() is None:
            self.reason.focus_entry()  # a late entry: what is still asked is under the hand

    def _show(self) -> None:
        if self._at is not None:
            super()._show()

    def _show_amounts(self, outcome: str | None) -> None:
        unreleased = outcome in GIVEN and self._at is not None and self._at.dose.release is None
        self.whole.setVisible(outcome == "given" and not unreleased)
        self.volume.setVisible(outcome == "part given" or unreleased)
        release = None if self._at is None else self._at.dose.release
        if release is None:
            self.volume.set_hint(say("Of the drug, before dilution: not of the bag"))
        else:
            self.volume.set_hint(say("Released: {holds}", holds=say(holds_words(release))))
        self.lots.set_shown(shown=unreleased)

    def _refused(self, *, reason: str, decided_by: str) -> tuple[str, ...]:
        if self._at is None:
            return ()
        form = replace(self.value(), reason=reason, decided_by=decided_by)
        refusal = form_refusal(self._office.desk, self._at, form)
        return () if refusal is None else refusal.reasons


def _whole() -> tuple[Choice, ...]:
    return (
        Choice(_WHOLE, say("Yes, as planned"), "Y"),
        Choice(_PART, say("No, only a part"), "N"),
    )
