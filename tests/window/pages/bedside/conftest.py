"""The steps of a dose of one patient as one call each, in the open window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    RELEASE_FIRST,
    RELEASE_SECOND,
    AdministrationForm,
    DosePlace,
    DoseRecords,
    ItemOutcome,
    Lot,
    ReleaseForm,
    SecondReading,
    SetClock,
    TwoSignatures,
    WeightForm,
    chart_of,
    dose_of,
    items_for,
    locate,
    new_token,
    record_administration,
    record_check,
    record_premedication,
    record_release,
    record_weight,
    sign,
    sign_second,
)
from il2desk.dosing import Refusal
from il2desk.window.office import Office

NORMAL: dict[str, Any] = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "creatinine": "1.1", "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "none", "infection": "none", "skin": "intact",
}  # fmt: skip


@dataclass
class Bedside:
    """A patient of 70 kg; dose 1 is planned for now, 14:00 of 12-Mar-2026."""

    office: Office
    clock: SetClock
    subject: str
    cycle: str

    @property
    def count(self) -> int:
        return self.office.desk.journal.count()

    def place(self, number: int = 1) -> DosePlace:
        return DosePlace(self.subject, self.cycle, number)

    def dose(self, number: int = 1) -> DoseRecords:
        return made(locate(self.office.desk, self.place(number))).dose

    def later(self, minutes: int) -> None:
        self.clock.moment += timedelta(minutes=minutes)

    def premedicate(self, number: int = 1) -> None:
        at = made(locate(self.office.desk, self.place(number)))
        items = made(items_for(self.office.desk, at.chart, at.cycle))
        outcomes = tuple(ItemOutcome(item.item.id, "given") for item in items)
        made(record_premedication(self.office.desk, self.place(number), outcomes, new_token()))

    def check(self, number: int = 1, **changed: Any) -> None:
        raw = {**NORMAL, **changed}
        measured = dict.fromkeys(raw, self.clock.moment - timedelta(minutes=10))
        made(record_check(self.office.desk, self.place(number), raw, measured, new_token()))

    def release(self, number: int = 1) -> None:
        desk = self.office.desk
        at = made(locate(desk, self.place(number)))
        dose = made(dose_of(desk, at.chart, at.cycle, number))
        form = ReleaseForm((Lot("AB1234C7", "2026-06-30", 1),), self.clock.moment)
        reading = SecondReading(
            Decimal(70), dose.prepared_volume_ml, ("34C7",), "NPC-001", dose.dilution.diluent,
            dose.dilution.total_volume_ml,
        )  # fmt: skip
        signed = TwoSignatures(
            made(sign(desk, "1111", RELEASE_FIRST)),
            made(sign_second(desk, "A. Ruiz", "2222", RELEASE_SECOND, desk.person.id)),
        )
        made(record_release(desk, self.place(number), form, reading, signed, new_token()))

    def prepared(self, number: int = 1) -> None:
        self.premedicate(number)
        self.check(number)
        self.release(number)

    def given(self, number: int = 1) -> None:
        """Released, five minutes later given, again five minutes later recorded by one person."""
        self.prepared(number)
        self.later(10)
        form = AdministrationForm("given", given_at=self.clock.moment - timedelta(minutes=5))
        first = made(sign(self.office.desk, "1111", RECORD_FIRST))
        made(record_administration(self.office.desk, self.place(number), form, first, new_token()))

    def open(self, step: int, number: int = 1) -> Any:
        """Open a step of a dose and return it."""
        self.office.open("dose", place=self.place(number), step=step)
        page: Any = self.office.page()
        return page.step()


def made(answer: Any) -> Any:
    assert not isinstance(answer, Refusal), answer
    return answer


@pytest.fixture
def bedside(office: Office, clock: SetClock, planned: str) -> Bedside:
    """The planned patient with a dosing weight of 70 kg, measured an hour ago."""
    weight = WeightForm(Decimal(70), clock.moment - timedelta(hours=1), "bed scale", "dosing")
    made(record_weight(office.desk, planned, weight, new_token()))
    return Bedside(office, clock, planned, made(chart_of(office.desk, planned)).cycle.id)


@pytest.fixture
def review(office: Office) -> Callable[[], str]:
    """Everything that the open signature panel shows for review."""

    def text() -> str:
        panel: Any = office.window.panel()
        request = panel.request()
        return "\n".join((*request.warnings, *request.review)).replace("\u00a0", " ")

    return text
