"""Correcting the record of a companion dose: what it says now, and what it should say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    CompanionAmendment,
    CompanionPlace,
    CompanionRecord,
    TwoSignatures,
    amend_companion,
    amount_field,
    review_companion_amendment,
)
from il2desk.dosing import Refusal
from il2desk.window.fields import ClinicalNumberEdit, TextEntry
from il2desk.window.pages.companion_record_rows import FIELD_WORDS
from il2desk.window.pages.correction_form import CorrectionForm
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class CompanionAmendForm(CorrectionForm[CompanionAmendment]):
    """The correction of the record of one companion dose; `recorded` is what it says, in lines."""

    def __init__(
        self,
        office: Office,
        place: CompanionPlace,
        record: CompanionRecord,
        recorded: tuple[str, ...],
    ) -> None:
        self._place, self._record, self._lines = place, record, recorded
        super().__init__(office, place.subject, record)

    def _add_fields(self) -> tuple[QWidget, ...]:
        unit = self._record.unit
        label = say("New amount, {unit}", unit=unit)
        self.amount = self.form.add(ClinicalNumberEdit(amount_field(unit), label, required=False))
        self.product = self.form.add(TextEntry(say("New product")))
        return self.amount, self.product

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title_label(say("As recorded"), parent=self))
        for line in self._lines:
            column.addWidget(PlainLabel(line, parent=self))
        column.addWidget(title_label(say("Corrected"), parent=self))
        column.addWidget(self.form)
        column.addWidget(self.problems)
        column.addStretch(1)

    def _sentence(self) -> str:
        return say("Correct {drug} - nothing is recorded yet", drug=self._record.drug)

    def _about(self) -> tuple[str, ...]:
        return self._lines[:1]

    def _field_words(self) -> Mapping[str, str]:
        return FIELD_WORDS

    def _amendment(self, reason: str, *, in_error: bool) -> CompanionAmendment:
        if in_error:
            return CompanionAmendment(reason, in_error=True)
        given = not self.amount.isHidden()
        return CompanionAmendment(
            reason, self.time.value() if given else None, self.amount.value() if given else None,
            product=self.product.value() if given else None, note=self.note.value(),
        )  # fmt: skip

    def _changes(self, form: CompanionAmendment) -> Sequence[Mapping[str, str | None]] | Refusal:
        return review_companion_amendment(self._office.desk, self._place, form)

    def _store(self, form: CompanionAmendment, signed: TwoSignatures, token: str) -> object:
        return amend_companion(self._office.desk, self._place, form, signed, token)
