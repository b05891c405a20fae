"""The field for an ordered dose: full digits are typed, millions are echoed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from il2desk.dosing import DOSE_UNITS, write_dose
from il2desk.window.fields import ClinicalNumberEdit
from il2desk.words import say


class DoseEdit(ClinicalNumberEdit):
    """A dose in international units, all digits, without marks; the echo reads it in millions."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(DOSE_UNITS, label, parent=parent)
        self.set_hint(say("All digits, without any mark"))

    def _echo_of(self, value: object) -> str:
        return say("= {dose}", dose=write_dose(value)) if isinstance(value, Decimal) else ""
