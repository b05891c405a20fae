"""Where an act happens: patient, cycle, dose number; and the two signatures of an act."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.roles import Act
from il2desk.dosing import Refusal, refuse, tell


@dataclass(frozen=True, slots=True)
class DosePlace:
    """One dose slot: subject id, cycle id, dose number counted from 1."""

    subject: str
    cycle: str
    number: int

    def where(self) -> dict[str, str | int]:
        """The place as an entry names it."""
        return {"subject": self.subject, "cycle": self.cycle, "dose_number": self.number}


@dataclass(frozen=True, slots=True)
class Located:
    """What the journal holds at a place."""

    chart: PatientChart
    cycle: CycleChart
    dose: DoseRecords


@dataclass(frozen=True, slots=True)
class TwoSignatures:
    """The first person's and the second person's signature of one act."""

    first: Signature
    second: Signature

    def refusal(self, desk: Desk, act: Act) -> Refusal | None:
        """Refused where both are the same person, or one of them may not sign this here and now."""
        if self.first.staff == self.second.staff:
            return refuse("same-person", "The second person must be someone else.")
        return (
            first_refusal(desk, self.first)
            or act.second_refusal(self.second.role)
            or act.pair_refusal(self.first.role, self.second.role)
        )

    def body(self) -> list[dict[str, str]]:
        """Both signatures as an entry holds them."""
        return [self.first.body(), self.second.body()]


def first_refusal(desk: Desk, first: Signature) -> Refusal | None:
    """Refused where the first signature is not that of the person who is signed in."""
    if desk.person is None or desk.person.id != first.staff:
        return refuse(
            "other-signature",
            tell(
                "{name} signed, but somebody else is signed in now. Sign in and sign again.",
                name=first.name,
            ),
        )
    return None


def locate(desk: Desk, place: DosePlace) -> Located | Refusal:
    """The chart, cycle and dose at a place, read anew from the journal."""
    chart = chart_of(desk, place.subject)
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(place.cycle)
    if cycle is None or place.number not in cycle.doses:
        return refuse(
            "unknown-dose", "This dose is not planned for this patient. Open the board again."
        )
    return Located(chart, cycle, cycle.doses[place.number])


def locate_to_act(desk: Desk, place: DosePlace, act: Act) -> Located | Refusal:
    """As `locate`, but refused where nobody who may do this is signed in."""
    return desk.not_allowed(act) or locate(desk, place)
