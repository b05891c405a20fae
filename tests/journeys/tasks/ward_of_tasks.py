"""The ward of the ten tasks (screens.md 6.1): built through the acts of real work, never by SQL.

It is Thursday 12-Mar-2026 14:02 in Berlin. The protocol is a site's copy of npc-bolus, 15 doses
every 8 hours; it decides every dose, so the numbers of the wireframes are those of this protocol
here: 72,000 international units per kg, rule set jitc-2014 with 13 required values.

    OKAFOR           dose 7 was planned for 06:00, is released and overdue; dose 8 is due
    LÖWENSTEIN Maria dose 7 is due; dose 4 was omitted, dose 5 is recorded at 22:30, dose 6 unsigned
    LÖWENSTEIN Mario dose 3 needs a second person
    LI 李 娜          dose 3 is due and released
    WEISS            dose 1 is next, at 22:00
    HOFFMANN         stopped at dose 2
    SILVA            a finished cycle
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from il2desk.desk import (
    RECORD_FIRST,
    RECORD_SECOND,
    AdministrationForm,
    CyclePlan,
    Desk,
    DosePlace,
    OrderForm,
    Registration,
    SetClock,
    WeightForm,
    bring_in,
    cosign,
    locate,
    new_token,
    open_desk,
    plan_cycle,
    record_administration,
    record_weight,
    register_subject,
    signature_of,
    staff,
    versions,
    write_order,
)
from il2desk.desk.practice_dose import (
    Team,
    _release,
    check,
    outcome,
    premedicate,
    settled,
    weigh_daily,
)
from il2desk.desk.stock import (
    CONTROL,
    QUARANTINED,
    RECEIVE_STOCK,
    MoveForm,
    ReceiptForm,
    move_meaning,
    move_stock,
    receive_stock,
    stock_records,
)

NOW = datetime(2026, 3, 12, 13, 2, tzinfo=UTC)
MORNING = datetime(2026, 3, 12, 5, 6, tzinfo=UTC)
GOOD, EXPIRING, QUARANTINE, EXPIRED = "AB1234C7", "AB1177D2", "AB1190K2", "AB0900X1"
LOTS = (
    (GOOD, date(2026, 6, 30), 8),
    (EXPIRING, date(2026, 3, 20), 2),
    (QUARANTINE, date(2026, 5, 31), 6),
    (EXPIRED, date(2026, 3, 11), 3),
)


@dataclass
class Building:
    """The desk of the ward while it is built, and its clock, which walks through the past days."""

    desk: Desk
    clock: SetClock
    team: Team

    def patient(self, form: Registration, weight: str, start: datetime) -> DosePlace:
        """Register, weigh, order and plan; returns dose 1. `start` by the clock in Berlin."""
        begins = start.astimezone(UTC)
        self.clock.moment = begins - timedelta(hours=20)
        subject = settled(register_subject(self.desk, form, new_token()))
        measured = self.clock.now() - timedelta(minutes=5)
        weighed = WeightForm(Decimal(weight), measured, "bed scale", "dosing")
        settled(record_weight(self.desk, subject, weighed, new_token()))
        ordered = Decimal(weight) * 72000
        order = OrderForm("M. Sato", self.clock.now(), ordered, "M. Sato", "M. Sato")
        settled(write_order(self.desk, subject, order, new_token()))
        plan = CyclePlan(start.replace(tzinfo=None))
        return DosePlace(subject, settled(plan_cycle(self.desk, subject, plan, new_token())), 1)

    def prepare(self, place: DosePlace) -> datetime:
        """Weigh, premedicate, check and release before a dose; returns when it is planned."""
        planned = settled(locate(self.desk, place)).dose.planned
        self.clock.moment = planned - timedelta(minutes=40)
        weigh_daily(self.desk, place)
        premedicate(self.desk, place)
        self.clock.moment += timedelta(minutes=5)
        check(self.desk, place)
        self.clock.moment += timedelta(minutes=15)
        _release(self.desk, self.team, place)
        return planned

    def given(
        self, place: DosePlace, number: int, *, after: int = 4, cosigned: bool = True
    ) -> None:
        """A whole dose, given so many minutes after its planned time."""
        place = DosePlace(place.subject, place.cycle, number)
        self.clock.moment = self.prepare(place) + timedelta(minutes=after)
        form = AdministrationForm("given", given_at=self.clock.now())
        self.clock.moment += timedelta(minutes=5)
        first = signature_of(self.desk, self.team.pharmacist, RECORD_FIRST)
        settled(record_administration(self.desk, place, form, first, new_token()))
        if cosigned:
            second = signature_of(self.desk, self.team.nurse, RECORD_SECOND)
            settled(cosign(self.desk, place, second, new_token()))

    def doses(self, place: DosePlace, numbers: range) -> None:
        """Several whole doses."""
        for number in numbers:
            self.given(place, number)

    def not_given(self, place: DosePlace, number: int, reason: str, **found: Any) -> None:
        """A dose that was omitted after a check with these findings."""
        place = DosePlace(place.subject, place.cycle, number)
        self.clock.moment = settled(locate(self.desk, place)).dose.planned - timedelta(minutes=30)
        weigh_daily(self.desk, place)
        check(self.desk, place, found)
        outcome(self.desk, self.team, self.clock, place, "omitted", reason)


def berlin(desk: Desk, day: int, hour: int) -> datetime:
    """A day of March 2026 and an hour, by the clock in Berlin."""
    return datetime(2026, 3, day, hour, 0, tzinfo=desk.zone)


def person(trial: str, family: str, given: str, born: str, sex: str, bed: str) -> Registration:
    """What is registered of a patient; height 172 cm, no known allergies."""
    return Registration(
        trial_code=trial, initials=f"{given[:1]}{family[:1]}", born=born, sex=sex, ward="5B", bed=bed,
        allergies_state="no known allergies", protocol="npc-bolus-site", family_name=family,
        given_name=given, title="Ms" if sex == "female" else "Mr",
        hospital_number=f"402 118 {trial[-3:]}", height_cm=Decimal(172),
    )  # fmt: skip


def build(at: Path, to_the_protocol: Callable[[Desk], None], empty_step: Path) -> dict[str, Path]:
    """Make the journals of the tasks: "morning" (06:06, OKAFOR alone) and "day" (14:02, all)."""
    clock = SetClock(berlin_start())
    desk = open_desk(at / "journal.sqlite", clock=clock)
    to_the_protocol(desk)
    people = {one.role: one for one in staff(desk)}
    ward = Building(desk, clock, Team(people["pharmacist"], people["nurse"], people["prescriber"]))
    made = {"morning": at / "morning.sqlite", "day": at / "day.sqlite"}
    _okafor(ward)
    clock.moment = MORNING
    desk.journal.backup_to(made["morning"])
    for patient in (_maria, _mario, _li, _weiss, _stopped, _finished):
        patient(ward)
    _stock(ward)
    clock.moment = NOW
    settled(bring_in(desk, empty_step, new_token()))
    desk.journal.backup_to(made["day"])
    desk.close()
    return made


def berlin_start() -> datetime:
    """Before the first patient."""
    return datetime(2026, 2, 20, 8, 0, tzinfo=UTC)


def _okafor(ward: Building) -> None:
    form = person("NPC-011", "Okafor", "Daniel", "19-Sep-1970", "male", "5B-3")
    place = ward.patient(form, "82", berlin(ward.desk, 10, 6))
    ward.doses(place, range(1, 7))
    ward.prepare(DosePlace(place.subject, place.cycle, 7))


def _maria(ward: Building) -> None:
    form = person("NPC-014", "Löwenstein", "Maria", "04-Mar-1961", "female", "5B-1")
    place = ward.patient(form, "70.5", berlin(ward.desk, 10, 14))
    ward.doses(place, range(1, 4))
    ward.not_given(place, 4, "hypotension at the bedside")
    ward.given(place, 5, after=30)
    ward.given(place, 6, cosigned=False)
    seventh = DosePlace(place.subject, place.cycle, 7)
    ward.clock.moment = NOW - timedelta(minutes=50)
    weigh_daily(ward.desk, seventh)
    premedicate(ward.desk, seventh)


def _mario(ward: Building) -> None:
    form = person("NPC-012", "Löwenstein", "Mario", "21-Jul-1958", "male", "5B-2")
    place = ward.patient(form, "91.2", berlin(ward.desk, 11, 22))
    ward.doses(place, range(1, 3))
    ward.given(place, 3, after=-4, cosigned=False)


def _li(ward: Building) -> None:
    form = person("NPC-015", "李", "娜", "17-Nov-1966", "female", "5B-4")
    place = ward.patient(form, "52.4", berlin(ward.desk, 11, 22))
    ward.doses(place, range(1, 3))
    ward.prepare(DosePlace(place.subject, place.cycle, 3))


def _weiss(ward: Building) -> None:
    form = person("NPC-009", "Weiss", "Ruth", "02-Feb-1955", "female", "5B-7")
    ward.patient(form, "70.2", berlin(ward.desk, 12, 22))


def _stopped(ward: Building) -> None:
    form = person("NPC-007", "Hoffmann", "Peter", "21-Jul-1958", "male", "5B-8")
    place = ward.patient(form, "82.5", berlin(ward.desk, 9, 22))
    ward.given(place, 1)
    ward.not_given(place, 2, "STOP: frank bleeding", bleeding="frank", platelets="24000")


def _finished(ward: Building) -> None:
    form = person("NPC-003", "Silva", "Ana", "30-Nov-1949", "female", "5B-9")
    place = ward.patient(form, "61.35", berlin(ward.desk, 2, 8))
    ward.doses(place, range(1, 16))


def _stock(ward: Building) -> None:
    """Stock is kept from today on: a lot to take, one that expires soon, one in quarantine, one expired."""
    desk, record = ward.desk, stock_records(ward.desk)[0]
    ward.clock.moment = NOW - timedelta(days=2)
    for lot, expiry, vials in LOTS:
        form = ReceiptForm(
            record=record, lot=lot, expiry=expiry, vials=vials, received_on=desk.now().date(),
            supplier="Sponsor depot", reference=f"SHIP-{lot}", temperature="in range",
            condition="intact",
        )  # fmt: skip
        signed = signature_of(desk, ward.team.pharmacist, RECEIVE_STOCK)
        settled(receive_stock(desk, form, signed, new_token()))
    ward.clock.moment = NOW - timedelta(days=1)
    move = MoveForm(
        QUARANTINED, record, QUARANTINE, CONTROL, 6, desk.now().date(), reason="fridge alarm"
    )
    signed = signature_of(desk, ward.team.pharmacist, move_meaning(QUARANTINED))
    settled(move_stock(desk, move, signed, new_token()))


def protocol_of(desk: Desk) -> str:
    """The site copy that all patients are on."""
    return versions(desk)[0].protocol
