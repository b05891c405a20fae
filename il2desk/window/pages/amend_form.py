"""Correcting a record: what it says now at the left, what it should say at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    AdministrationRecord,
    AmendmentForm,
    DosePlace,
    Located,
    TwoSignatures,
    amend_administration,
    review_amendment,
)
from il2desk.dosing import VOLUME_ML, Refusal, write_dose, write_moment, write_quantity
from il2desk.window.fields import ClinicalNumberEdit
from il2desk.window.pages.correction_form import CorrectionForm
from il2desk.window.pages.dose_lines import place_lines
from il2desk.window.pages.facts_grid import Fact, FactsGrid
from il2desk.window.pages.record_rows import FIELD_WORDS
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class AmendForm(CorrectionForm[AmendmentForm]):
    """The correction of the record of one dose."""

    def __init__(
        self, office: Office, place: DosePlace, at: Located, record: AdministrationRecord
    ) -> None:
        self._place, self._at, self._record = place, at, record
        super().__init__(office, place.subject, record)

    def _add_fields(self) -> tuple[QWidget, ...]:
        self.volume = self.form.add(
            ClinicalNumberEdit(VOLUME_ML, say("New drug volume, mL"), required=False)
        )
        return (self.volume,)

    def _lay_out(self) -> None:
        desk, record = self._office.desk, self._record
        given = "" if record.given_at is None else write_moment(desk.local(record.given_at))
        volume = "" if record.volume_ml is None else write_quantity(record.volume_ml, "mL")
        dose = "" if record.given_dose_iu is None else write_dose(record.given_dose_iu)
        self.old = FactsGrid(name_px=110, parent=self)
        self.old.set_facts((
            Fact(say("Outcome"), say(record.outcome.capitalize())), Fact(say("Start time"), given),
            Fact(say("Drug volume"), volume), Fact(say("Given dose"), dose),
            Fact(say("Note"), record.note or say("none")), Fact(say("Recorded by"), record.by),
        ))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for line in place_lines(desk, self._at):
            column.addWidget(PlainLabel(line, bold=True, parent=self))
        keeps = say("Entries are kept. Corrections are added.")
        column.addWidget(PlainLabel(keeps, muted=True, parent=self))
        left, right, row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(title_label(say("As recorded"), parent=self))
        left.addWidget(self.old)
        left.addStretch(1)
        right.addWidget(title_label(say("Corrected"), parent=self))
        right.addWidget(self.form)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        column.addLayout(row)
        column.addWidget(self.problems)
        column.addStretch(1)

    def _sentence(self) -> str:
        return say("Correct dose {number} - nothing is recorded yet", number=self._place.number)

    def _about(self) -> tuple[str, ...]:
        return place_lines(self._office.desk, self._at)

    def _field_words(self) -> Mapping[str, str]:
        return FIELD_WORDS

    def _amendment(self, reason: str, *, in_error: bool) -> AmendmentForm:
        if in_error:
            return AmendmentForm(reason, in_error=True)
        volume = None if self.volume.isHidden() else self.volume.value()
        return AmendmentForm(reason, self.time.value(), volume, note=self.note.value())

    def _changes(self, form: AmendmentForm) -> Sequence[Mapping[str, str | None]] | Refusal:
        return review_amendment(self._office.desk, self._place, form)

    def _store(self, form: AmendmentForm, signed: TwoSignatures, token: str) -> object:
        return amend_administration(self._office.desk, self._place, form, signed, token)
