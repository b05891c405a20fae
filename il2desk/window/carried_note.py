"""The note of a record that was of the wrong patient, carried to the right one; nothing else is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """The note, and the subject id of the patient whom it is not about."""

    note: str
    wrong_subject: str

    def for_patient(self, subject: str) -> str:
        """The note where another patient is open, else empty text."""
        return "" if subject == self.wrong_subject else self.note
