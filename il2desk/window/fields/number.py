"""The one field for clinical numbers."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from il2desk.dosing import NumberField, Refusal, parse_number, write_quantity
from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.entry import LineEntry
from il2desk.window.spoken import spoken
from il2desk.words import say


class ClinicalNumberEdit(LineEntry):
    """A number with its unit in the label, read by dosing's grammar and never altered.

    No Qt number box: measured, 1,5 typed there became 15 and 705 became 70.
    """

    def __init__(
        self,
        field: NumberField,
        label: str | None = None,
        *,
        required: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._field = field
        name = spoken(field.name)
        words = label if label is not None else name[:1].upper() + name[1:]
        if label is None and field.unit:
            words = say("{name}, {unit}", name=words, unit=field.unit)
        super().__init__(words, required=required, parent=parent)

    def set_field(self, field: NumberField) -> None:
        """Read by another range or unit from now on; what was typed is judged again."""
        self._field = field
        self._on_text(self.typed())

    def answer(self) -> Decimal | NoAnswer:
        """Return the number that stands in the field now, or why it is none."""
        read = parse_number(self.typed(), self._field)
        return NoAnswer(read.code, read.reasons) if isinstance(read, Refusal) else read

    def value(self) -> Decimal | None:
        """Return the number that stands in the field now, or None; never a number not typed."""
        answer = self.answer()
        return None if isinstance(answer, NoAnswer) else answer

    def _echo_of(self, value: object) -> str:
        if not isinstance(value, Decimal):
            return ""
        return say("= {number}", number=write_quantity(value, self._field.unit).strip())
