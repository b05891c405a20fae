"""The fields of a registration, in one column. Nothing is pre-filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from il2desk.desk import ALLERGY_STATES, SEXES, Registration
from il2desk.dosing import HEIGHT_CM, Refusal, write_date
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    Entry,
    Form,
    NumberedChoice,
    TextEntry,
)
from il2desk.words import say

KNOWN = "known allergies"
ANOTHER = "another"


class RegisterForm(Form):
    """What is typed to register a patient.

    `protocols` are id, title and version; `arms` gives the arms of an id with their words.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        protocols: tuple[tuple[str, str, str], ...],
        arms: Callable[[str], tuple[tuple[str, str], ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._arms = arms
        self.trial = self.add(TextEntry(say("Trial No."), required=True))
        self.family = self.add(TextEntry(say("Family name")))
        self.given = self.add(TextEntry(say("Given name")))
        self.call = self.add(TextEntry(say("Title")))
        self.initials = self.add(TextEntry(say("Initials"), required=True))
        self.born = self.add(ClinicalDateEdit(say("Born"), now))
        self.born.set_hint(say("As 04-Mar-1961"))
        sexes = tuple(Choice(sex, say(sex)) for sex in SEXES)
        self.sex = self.add(NumberedChoice(say("Sex"), sexes, columns=3))
        self.hospital = self.add(TextEntry(say("Hospital No.")))
        self.ward = self.add(TextEntry(say("Ward")))
        self.bed = self.add(TextEntry(say("Bed")))
        states = tuple(Choice(state, say(state)) for state in ALLERGY_STATES)
        self.allergies = self.add(NumberedChoice(say("Allergies"), states, columns=2))
        self.known = self.add(TextEntry(say("Known allergies"), required=True))
        self.tall = self.add(ClinicalNumberEdit(HEIGHT_CM, required=False))
        self._titles = {id_: title for id_, title, _ in protocols}
        offered = tuple(
            Choice(id_, say("{id} version {version}", id=id_, version=version))
            for id_, _, version in protocols
        )
        self.protocol = self.add(NumberedChoice(say("Protocol"), offered))
        self.arm = self.add(NumberedChoice(say("Arm"), ()))
        self.same = self.add(
            NumberedChoice(
                say("Is this another person?"),
                (
                    Choice(ANOTHER, say("Yes, another person with the same name and birth date")),
                    Choice("open", say("No: find and open the patient who is registered")),
                ),
            )
        )
        for later in (self.known, self.arm, self.same):
            later.hide()
        self.allergies.chosen.connect(self._on_allergies)
        self.protocol.chosen.connect(self._on_protocol)
        for entry in (self.family, self.given, self.born):
            entry.edited.connect(self._other_person)

    def _on_allergies(self, state: str) -> None:
        self.known.setVisible(state == KNOWN)
        self.changed.emit()

    def _on_protocol(self, protocol: str) -> None:
        arms = tuple(Choice(arm, words) for arm, words in self._arms(protocol))
        self.arm.set_options(arms)
        self.arm.setVisible(bool(arms))
        self.protocol.set_hint(self._titles[protocol])
        self.changed.emit()

    def _other_person(self) -> None:
        if not self.same.isHidden():  # the answer was about another name
            self.same.clear_entry()
            self.same.hide()

    def registration(self) -> Registration:
        """What is typed now, for the desk to judge."""
        born = self.born.value()
        known = self.allergies.value() == KNOWN
        return Registration(
            trial_code=self.trial.value() or "",
            initials=self.initials.value() or "",
            born="" if born is None else write_date(born),
            sex=self.sex.value() or "",
            allergies_state=self.allergies.value() or "",
            protocol=self.protocol.value() or "",
            family_name=self.family.value() or "",
            given_name=self.given.value() or "",
            title=self.call.value() or "",
            hospital_number=self.hospital.value() or "",
            allergies=(self.known.value() or "") if known else "",
            arm=None if self.arm.isHidden() else self.arm.value(),
            ward=self.ward.value() or "",
            bed=self.bed.value() or "",
            height_cm=self.tall.value(),
        )

    def review(self) -> tuple[str, ...]:
        """Every fact that will be stored, a line each; what is empty is said to be not recorded."""
        shown = [entry for entry in self.shown() if entry is not self.same]
        none = say("Not recorded")
        return tuple(f"{entry.label_text()}  {entry.typed().strip() or none}" for entry in shown)

    def refuse(self, refusal: Refusal) -> Entry | None:
        """Show a refusal beside its field and return that field, or None where it has none."""
        if refusal.code == "same-name":
            self.family.set_question(refusal.text)
            self.same.show()
            self.same.focus_entry()
            return self.same
        entry: Entry | None = {"born": self.born, "duplicate": self.trial}.get(refusal.code)
        if refusal.code == "duplicate" and refusal.text.startswith("Hospital"):
            entry = self.hospital
        if entry is not None:
            entry.set_error(refusal.text)
            entry.focus_entry()
        return entry
