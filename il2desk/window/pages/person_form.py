"""The fields by which a person is added: name, role, and a PIN typed twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from il2desk.desk import ROLES
from il2desk.dosing import Refusal
from il2desk.window.fields import Choice, Form, NumberedChoice, PinEdit, TextEntry
from il2desk.words import say

_COLUMNS = 3


class PersonForm(Form):
    """Name as printed beside a signature, role, PIN."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = self.add(TextEntry(say("Name"), required=True))
        self.name.set_hint(say("As it is printed beside a signature"))
        roles = tuple(Choice(role, say(role)) for role in ROLES)
        self.role = self.add(NumberedChoice(say("Role"), roles, columns=_COLUMNS))
        self.pin = self.add(PinEdit(say("PIN")))
        self.pin.set_hint(say("At least 4 digits or letters; only this person knows it"))
        self.again = self.add(PinEdit(say("PIN again")))
        self.pin.entered.connect(self.again.focus_entry)

    def ready(self) -> bool:
        """Judge all fields and say whether the two PINs agree."""
        if not self.judge_all():
            self.focus_first_wrong()
            return False
        if self.pin.value() != self.again.value():
            self.again.clear_entry()
            self.again.set_error(say("The two PINs differ. Type the same PIN again."))
            self.again.focus_entry()
            return False
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal beside its field."""
        entry = {"role": self.role, "pin": self.pin}.get(refusal.code, self.name)
        entry.set_error(refusal.text)
        entry.focus_entry()
