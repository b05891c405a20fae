"""The practice trial: fictional people, patients and a fictional site copy, in its own journal.

Everything is entered through the acts that real work uses, by a clock that walks through the past
days, so that a newcomer finds a ward in the middle of its work.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from il2desk import paths
from il2desk.desk.amend import AmendmentForm, amend_administration
from il2desk.desk.clock import Clock, SetClock, SystemClock
from il2desk.desk.desk import Desk, new_token, open_desk
from il2desk.desk.order import OrderForm, write_order
from il2desk.desk.people import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    AMEND_FIRST,
    AMEND_SECOND,
    sign_out,
    signature_of,
)
from il2desk.desk.place import DosePlace, TwoSignatures
from il2desk.desk.plan_cycle import CyclePlan, plan_cycle
from il2desk.desk.practice_dose import Team, check, give, outcome, settled, weigh_daily
from il2desk.desk.protocol_life import activate, bring_in
from il2desk.desk.protocol_review import submit_for_review
from il2desk.desk.register import Registration, register_subject
from il2desk.desk.set_up_site import set_up_site
from il2desk.desk.staff import add_staff
from il2desk.desk.weigh import WeightForm, record_weight

PRACTICE_PEOPLE = (
    ("K. Brandt", "pharmacist", "1111"),
    ("A. Ruiz", "nurse", "2222"),
    ("M. Sato", "prescriber", "3333"),
)
PRACTICE_PROTOCOL = "npc-bolus-practice"
_ZONE = "Europe/Berlin"
_EIGHT = timedelta(hours=8)


def open_practice(path: Path | None = None, *, clock: Clock | None = None) -> Desk:
    """A fresh practice trial with four patients; the practice journal of before is put aside.

    Raises a JournalFault where the journal cannot be made.
    """
    real = clock or SystemClock()
    chosen = path if path is not None else paths.practice_journal()
    chosen.parent.mkdir(parents=True, exist_ok=True)
    _put_aside(chosen)
    walking = SetClock(real.now() - timedelta(days=12))
    desk = open_desk(chosen, clock=walking, practice=True, owner="practice")
    now = _to_five_minutes(real.now())
    team = _people(desk)
    _protocol(desk, team)
    _finished(desk, team, walking, now)
    _stopped(desk, team, walking, now)
    _overdue(desk, team, walking, now)
    _due(desk, team, walking, now)
    sign_out(desk)
    desk.clock = real
    return desk


def _put_aside(path: Path) -> None:
    """Remove the practice journal of before; a journal that is not marked practice is never touched."""
    if not path.exists():
        return
    # Opening as practice refuses a real journal, and one that another window has open.
    open_desk(path, practice=True, owner="practice").close()
    path.unlink()


def _to_five_minutes(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)


def _people(desk: Desk) -> Team:
    settled(set_up_site(desk, "Practice ward", _ZONE, "A4", new_token()))
    people = [
        settled(add_staff(desk, name, role, pin, new_token()))
        for name, role, pin in PRACTICE_PEOPLE[:2]
    ]
    desk.person = people[0]
    people.append(settled(add_staff(desk, *PRACTICE_PEOPLE[2], new_token())))
    return Team(*people)


def _protocol(desk: Desk, team: Team) -> None:
    file = paths.resource("practice", f"{PRACTICE_PROTOCOL}.toml")
    version = settled(bring_in(desk, file, new_token()))
    settled(submit_for_review(desk, version.fingerprint, new_token()))
    signed = TwoSignatures(
        signature_of(desk, team.pharmacist, ACTIVATE_FIRST),
        signature_of(desk, team.nurse, ACTIVATE_SECOND),
    )
    settled(activate(desk, version.fingerprint, signed, new_token()))


def _patient(
    desk: Desk, clock: SetClock, start: datetime, form: Registration, weight: str
) -> tuple[str, str]:
    """Register, weigh, order and plan; returns subject and cycle id. `weight` in kg."""
    clock.moment = start - timedelta(hours=20)
    subject = settled(register_subject(desk, form, new_token()))
    measured = WeightForm(
        Decimal(weight), clock.now() - timedelta(minutes=5), "bed scale", "dosing"
    )
    settled(record_weight(desk, subject, measured, new_token()))
    order = OrderForm(
        prescriber="M. Sato", ordered_at=clock.now(), ordered_dose_iu=Decimal(weight) * 72000,
        consent_confirmed_by="M. Sato", eligibility_confirmed_by="M. Sato",
    )  # fmt: skip
    settled(write_order(desk, subject, order, new_token()))
    local = desk.local(start)
    plan = CyclePlan(local.replace(tzinfo=None, fold=0), fold=local.fold)
    return subject, settled(plan_cycle(desk, subject, plan, new_token()))


def _form(
    code: str, given: str, born: str, sex: str, bed: str, allergies: str = ""
) -> Registration:
    return Registration(
        trial_code=code, initials=f"{given[0]}P", born=born, sex=sex, bed=bed, ward="Practice ward",
        allergies_state="known allergies" if allergies else "no known allergies",
        allergies=allergies, protocol=PRACTICE_PROTOCOL, family_name="Practice", given_name=given,
        title="Ms" if sex == "female" else "Mr", hospital_number=f"000 {code[-3:]}",
        height_cm=Decimal(172),
    )  # fmt: skip


def _due(desk: Desk, team: Team, clock: SetClock, now: datetime) -> None:
    """Dose 4 is due; doses 1 to 3 were given."""
    start = now - 3 * _EIGHT + timedelta(minutes=10)
    subject, cycle = _patient(
        desk, clock, start, _form("PRA-001", "Alpha", "04-Mar-1961", "female", "1"), "70"
    )
    for number in (1, 2, 3):
        give(desk, team, clock, DosePlace(subject, cycle, number))


def _overdue(desk: Desk, team: Team, clock: SetClock, now: datetime) -> None:
    """Dose 5 is overdue and on HOLD for creatinine and urine; dose 4 waits for a second person."""
    start = now - 4 * _EIGHT - timedelta(minutes=95)
    subject, cycle = _patient(
        desk,
        clock,
        start,
        _form("PRA-002", "Bravo", "19-Sep-1970", "male", "2", "adhesive plaster: skin rash"),
        "68.4",
    )
    for number in (1, 2, 3):
        give(desk, team, clock, DosePlace(subject, cycle, number))
    give(desk, team, clock, DosePlace(subject, cycle, 4), cosigned=False)
    clock.moment = now - timedelta(minutes=40)
    weigh_daily(desk, DosePlace(subject, cycle, 5))
    check(desk, DosePlace(subject, cycle, 5), {"urine_8h": "140"})


def _stopped(desk: Desk, team: Team, clock: SetClock, now: datetime) -> None:
    """Stopped at dose 4 for frank bleeding."""
    start = now - timedelta(days=3)
    subject, cycle = _patient(
        desk, clock, start, _form("PRA-003", "Charlie", "21-Jul-1958", "male", "3"), "82.5"
    )
    for number in (1, 2, 3):
        give(desk, team, clock, DosePlace(subject, cycle, number))
    clock.moment = start + 3 * _EIGHT - timedelta(minutes=45)
    weigh_daily(desk, DosePlace(subject, cycle, 4))
    check(desk, DosePlace(subject, cycle, 4), {"bleeding": "frank", "platelets": "24000"})
    clock.moment += timedelta(minutes=30)
    outcome(desk, team, clock, DosePlace(subject, cycle, 4), "omitted", "STOP: frank bleeding")


def _finished(desk: Desk, team: Team, clock: SetClock, now: datetime) -> None:
    """A whole cycle: dose 6 held for creatinine, 9 part given, 12 amended, 13 omitted."""
    start = now - timedelta(days=7)
    subject, cycle = _patient(
        desk, clock, start, _form("PRA-004", "Delta", "30-Nov-1949", "female", "4"), "61.35"
    )
    for number in range(1, 16):
        place = DosePlace(subject, cycle, number)
        if number == 6:  # noqa: PLR2004 - the story of this patient
            clock.moment = start + (number - 1) * _EIGHT - timedelta(minutes=30)
            weigh_daily(desk, place)
            check(desk, place)
            outcome(desk, team, clock, place, "held", "HOLD: creatinine")
        elif number == 13:  # noqa: PLR2004
            clock.moment = start + (number - 1) * _EIGHT
            outcome(desk, team, clock, place, "omitted", "patient refused")
        else:
            give(desk, team, clock, place, part="0.15" if number == 9 else None)  # noqa: PLR2004
    _amend(desk, team, clock, DosePlace(subject, cycle, 12), start)


def _amend(desk: Desk, team: Team, clock: SetClock, place: DosePlace, start: datetime) -> None:
    given = start + (place.number - 1) * _EIGHT + timedelta(minutes=11)
    clock.moment += timedelta(minutes=30)
    signed = TwoSignatures(
        signature_of(desk, team.pharmacist, AMEND_FIRST),
        signature_of(desk, team.nurse, AMEND_SECOND),
    )
    form = AmendmentForm(reason="typing error", given_at=given.astimezone(UTC))
    settled(amend_administration(desk, place, form, signed, new_token()))
