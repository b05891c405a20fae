"""One dose of the practice trial, entered step by step through the acts of real work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from il2desk.desk.administration_form import AdministrationForm
from il2desk.desk.check_before_dose import record_check
from il2desk.desk.clock import SetClock
from il2desk.desk.desk import Desk, Person, new_token
from il2desk.desk.gates import dose_of
from il2desk.desk.people import (
    RECORD_FIRST,
    RECORD_SECOND,
    RELEASE_FIRST,
    RELEASE_SECOND,
    record_meaning,
    record_second_meaning,
    signature_of,
)
from il2desk.desk.place import DosePlace, TwoSignatures, locate
from il2desk.desk.practice_values import gained, measured_before
from il2desk.desk.premedicate import ItemOutcome, items_for, record_premedication
from il2desk.desk.record import record_administration
from il2desk.desk.records_of_a_dose import Lot
from il2desk.desk.release import ReleaseForm, SecondReading, record_release
from il2desk.desk.second_signature import cosign
from il2desk.desk.weigh import WeightForm, record_weight
from il2desk.dosing import Raw, Refusal, tell

Answer = TypeVar("Answer")
# Invented findings that do not change from dose to dose, all clearly normal.
_NORMAL: dict[str, Raw] = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8", "bicarbonate": "24",
    "bleeding": "none", "infection": "none", "skin": "intact",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Team:
    """The people of the practice trial."""

    pharmacist: Person
    nurse: Person
    prescriber: Person


def settled(answer: Answer | Refusal) -> Answer:
    """The answer of an act; a refusal here is a defect of the practice trial."""
    if isinstance(answer, Refusal):
        message = tell("the practice trial was refused: {code}", code=answer.code)
        raise RuntimeError(message)  # noqa: TRY004 - not a type the caller passed
    return answer


def check(desk: Desk, place: DosePlace, changed: dict[str, Raw] | None = None) -> None:
    """Record a check with what was measured before this dose, and the changed findings in their place."""
    code = settled(locate(desk, place)).chart.subject.trial_code
    raw = {**_NORMAL, **measured_before(code, place.number), **(changed or {})}
    measured = dict.fromkeys(raw, desk.clock.now() - timedelta(minutes=10))
    settled(record_check(desk, place, raw, measured, new_token()))


def weigh_daily(desk: Desk, place: DosePlace) -> None:
    """Record a daily weight where the last is nearly a day old."""
    chart = settled(locate(desk, place)).chart
    last = chart.last_weight
    if last is None or desk.clock.now() - last.measured_at < timedelta(hours=20):
        return
    before = sum(weight.purpose == "daily" for weight in chart.weights)
    form = WeightForm(
        last.weight_kg + gained(chart.subject.trial_code, before),
        desk.clock.now() - timedelta(minutes=20),
        "bed scale",
        "daily",
    )
    settled(record_weight(desk, place.subject, form, new_token()))


def premedicate(desk: Desk, place: DosePlace) -> None:
    """Record every item as given."""
    at = settled(locate(desk, place))
    items = settled(items_for(desk, at.chart, at.cycle))
    when = desk.clock.now()
    outcomes = tuple(ItemOutcome(made.item.id, "given", at=when) for made in items)
    settled(record_premedication(desk, place, outcomes, new_token()))


def give(
    desk: Desk,
    team: Team,
    clock: SetClock,
    place: DosePlace,
    *,
    part: str | None = None,
    cosigned: bool = True,
) -> None:
    """Premedicate, check, release, give and record a dose; `part` is the volume given in mL."""
    at = settled(locate(desk, place))
    clock.moment = at.dose.planned - timedelta(minutes=40)
    weigh_daily(desk, place)
    premedicate(desk, place)
    clock.moment += timedelta(minutes=5)
    check(desk, place)
    clock.moment += timedelta(minutes=15)
    _release(desk, team, place)
    clock.moment = at.dose.planned + timedelta(minutes=3 + place.number % 5)
    form = AdministrationForm(
        "given" if part is None else "part given", given_at=clock.now(),
        volume_ml=None if part is None else Decimal(part),
        reason="" if part is None else "line came loose", decided_by="",
    )  # fmt: skip
    clock.moment += timedelta(minutes=8)
    first = signature_of(desk, team.pharmacist, RECORD_FIRST)
    settled(record_administration(desk, place, form, first, new_token()))
    if cosigned:
        clock.moment += timedelta(minutes=2)
        settled(cosign(desk, place, signature_of(desk, team.nurse, RECORD_SECOND), new_token()))


def outcome(
    desk: Desk, team: Team, clock: SetClock, place: DosePlace, word: str, reason: str
) -> None:
    """Record that a dose was held or omitted, with both signatures."""
    clock.moment += timedelta(minutes=10)
    form = AdministrationForm(word, reason=reason, decided_by="M. Sato")
    first = signature_of(desk, team.pharmacist, record_meaning(word))
    settled(record_administration(desk, place, form, first, new_token()))
    clock.moment += timedelta(minutes=2)
    second = signature_of(desk, team.nurse, record_second_meaning(word))
    settled(cosign(desk, place, second, new_token()))


def _release(desk: Desk, team: Team, place: DosePlace) -> None:
    at = settled(locate(desk, place))
    dose = settled(dose_of(desk, at.chart, at.cycle, place.number))
    expiry = (desk.now().date() + timedelta(days=200)).isoformat()
    form = ReleaseForm(
        (Lot("PR1234AB", expiry, dose.vials),), desk.clock.now() - timedelta(minutes=5)
    )
    reading = SecondReading(
        dose.request.weight_kg, dose.prepared_volume_ml, ("34AB",), at.chart.subject.trial_code,
        dose.dilution.diluent, dose.dilution.total_volume_ml,
    )  # fmt: skip
    signed = TwoSignatures(
        signature_of(desk, team.pharmacist, RELEASE_FIRST),
        signature_of(desk, team.nurse, RELEASE_SECOND),
    )
    settled(record_release(desk, place, form, reading, signed, new_token()))
