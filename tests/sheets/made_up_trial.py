"""A made-up trial as charts: the desk's own counts add it up, so that no example counts by hand.

Fictional trial numbers and people. A cycle is written as a letter a dose:
g given, G given after an override of HOLD, p part given, h held, s held by a STOP, o omitted,
n not known, and a point for a dose without a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from il2desk.desk.chart import CycleChart, PatientChart, Subject
from il2desk.desk.records_of_a_dose import (
    AdministrationRecord,
    Change,
    CheckRecord,
    Discarded,
    DoseRecords,
    Lot,
    OverrideRecord,
    ReleaseRecord,
)
from il2desk.desk.trial_counts import TrialPatient

ZONE = ZoneInfo("Europe/Berlin")
DESK: Any = SimpleNamespace(local=lambda moment: moment.astimezone(ZONE))
"""All that counting a chart asks of a desk: the time on the wall."""
FIRST, SECOND, PRESCRIBER = "K. Brandt", "R. Okafor", "A. Chen"
OUTCOMES = {
    "g": "given", "G": "given", "p": "part given", "h": "held", "s": "held", "o": "omitted",
    "n": "not known",
}  # fmt: skip
REASONS = {
    "p": "line lost", "h": "creatinine 2.6 mg/dL", "s": "bleeding", "o": "preparation dropped",
    "n": "moved to intensive care; chart not returned",
}  # fmt: skip
MET = {
    "h": ("relative", "creatinine-hold", "creatinine", "2.5 to below 3\u00a0mg/dL"),
    "s": ("absolute", "bleeding-stop", "bleeding", "frank"),
}
FULL, PART = Decimal(5_040_000), Decimal(2_700_000)
EIGHT_HOURS = timedelta(hours=8)


@dataclass(frozen=True)
class Planned:
    """A cycle: its first dose (UTC), a letter a dose; numbers of doses nobody signed second, amended."""

    begins: datetime
    letters: str
    alone: tuple[int, ...] = ()
    amended: tuple[int, ...] = ()
    companions: str = ""


@dataclass(frozen=True)
class Enrolled:
    """A patient with cycles of one course, in order."""

    code: str
    arm: str | None
    cycles: tuple[Planned, ...] = field(default=())


def noon(year: int, month: int, day: int) -> datetime:
    """Noon in Berlin on that day, in UTC."""
    return datetime(year, month, day, 12, tzinfo=ZONE).astimezone(UTC)


def patient(one: Enrolled) -> TrialPatient:
    """The patient as the desk counts it."""
    nothing = dict.fromkeys(
        ("hospital_number", "family_name", "given_name", "title", "initials", "born", "sex",
         "allergies_state", "allergies", "protocol", "ward", "bed"), "",
    )  # fmt: skip
    subject = Subject(id=one.code, trial_code=one.code, arm=one.arm, height_cm=None, **nothing)
    cycles = tuple(
        _cycle(one, number, planned) for number, planned in enumerate(one.cycles, start=1)
    )
    return TrialPatient(PatientChart(subject), cycles)


def _cycle(one: Enrolled, number: int, planned: Planned) -> CycleChart:
    doses = {
        count: _dose(planned, count, letter)
        for count, letter in enumerate(planned.letters, start=1)
    }
    return CycleChart(
        id=f"{one.code}-{number}", entry="", course=1, number=number, order_id="", protocol="",
        version="2", fingerprint="", arm=one.arm, start_local="", zone="Europe/Berlin",
        policy="elapsed", product="", clock_change=None, planned_at=planned.begins, doses=doses,
    )  # fmt: skip


def _dose(planned: Planned, number: int, letter: str) -> DoseRecords:
    at = planned.begins + (number - 1) * EIGHT_HOURS
    dose = DoseRecords(number, at, 1 + (number - 1) // 3)
    if letter == ".":
        return dose
    dose.checks.append(_check(f"check {number}", letter, at - timedelta(minutes=20)))
    if letter == "G":
        override = OverrideRecord(
            "", f"check {number}", "creatinine is back to 1.4\u00a0mg/dL", PRESCRIBER, "by phone",
            at - timedelta(minutes=10), (FIRST, SECOND),
        )  # fmt: skip
        dose.override = override
        dose.overrides.append(override)
    if letter == "o":
        dose.discarded.append(_discarded(at))
    dose.administration = _record(planned, number, letter, at)
    return dose


def _check(entry: str, letter: str, at: datetime) -> CheckRecord:
    letter = "h" if letter == "G" else letter
    verdict = {"h": "HOLD", "s": "STOP"}.get(letter, "GO")
    criteria = tuple(
        {"class": kind, "id": row, "code": code, "limit": limit, "result": "met"}
        for kind, row, code, limit in (MET[letter],)
    ) if letter in MET else ()  # fmt: skip
    return CheckRecord(
        entry=entry, by=FIRST, verdict=verdict, scope="this cycle" if verdict == "STOP" else None,
        sentence="", assessed_at=at, valid_until=None, valid_by="", relative=0, absolute=0,
        required=13, missing=(), not_judged=(), held_by=(), values=(), criteria=criteria,
        rule_set="jitc-2014",
    )  # fmt: skip


def _record(planned: Planned, number: int, letter: str, at: datetime) -> AdministrationRecord:
    outcome = OUTCOMES[letter]
    went_in = {"given": FULL, "part given": PART}.get(outcome)
    alone = number in planned.alone
    changed = Change(
        1, "given_at", "", "", FIRST, SECOND, at + timedelta(hours=1), "typing error"
    )  # fmt: skip
    return AdministrationRecord(
        entry="", outcome=outcome, given_at=None if went_in is None else at, approximate=False,
        stopped_at=None, prepared_dose_iu=None, given_dose_iu=went_in, volume_ml=None, lots=(),
        reason=REASONS.get(letter, ""), decided_by="", note="", against=None, recorded_late=False,
        recorded_at=at + timedelta(minutes=4), by=FIRST, by_id="",
        cosigned_by=None if alone else SECOND, cosigned_at=None if alone else at,
        changes=(changed,) if number in planned.amended else (),
    )  # fmt: skip


def _discarded(at: datetime) -> Discarded:
    release = ReleaseRecord(
        entry="", at=at - timedelta(minutes=15), by=FIRST, checked_by=SECOND, prepared_dose_iu=FULL,
        prepared_volume_ml=Decimal("0.28"), total_volume_ml=None, diluent="glucose 5 %",
        lots=(Lot("PR1234AB", "2026-12-31"),), weight_kg=Decimal(70), dose=None, volume_choice=None,
        reconstituted_at=None,
    )  # fmt: skip
    return Discarded(release, at - timedelta(minutes=2), FIRST, "dropped")


def companion_letters(one: Enrolled) -> Iterator[str]:
    """A letter for each planned dose of the companion drug; as those of a dose."""
    for cycle in one.cycles:
        yield from cycle.companions
