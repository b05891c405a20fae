"""The chart of one patient, folded from the journal: orders, weights, cycles, doses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from il2desk.desk.clock import moment_of
from il2desk.desk.desk import Desk
from il2desk.desk.folding import fold_dose_entry
from il2desk.desk.people import staff
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords
from il2desk.dosing import Refusal, refuse
from il2desk.records import Entry

GIVEN = ("given", "part given")
ON_PURPOSE = ("dosing", "daily")


@dataclass(frozen=True, slots=True)
class Subject:
    """A patient as registered. Texts as typed; `born` is YYYY-MM-DD, height in cm or None."""

    id: str
    trial_code: str
    hospital_number: str
    family_name: str
    given_name: str
    title: str
    initials: str
    born: str
    sex: str
    allergies_state: str
    allergies: str
    protocol: str
    arm: str | None
    ward: str
    bed: str
    height_cm: Decimal | None


@dataclass(frozen=True, slots=True)
class Weight:
    """A measured weight in kg with its purpose, method and moment."""

    entry: str
    weight_kg: Decimal
    purpose: str
    measured_at: datetime
    method: str
    by: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the prescriber ordered, with amendments applied. The dose in international units."""

    id: str
    entry: str
    prescriber: str
    ordered_at: str
    ordered_dose_iu: Decimal
    protocol: str
    version: str
    fingerprint: str
    arm: str | None
    consent_confirmed_by: str
    eligibility_confirmed_by: str
    amended: bool


@dataclass(slots=True)
class CycleChart:
    """One planned cycle with everything recorded for its doses.

    `barred_by` is a STOP for good that was recorded in another cycle of the patient.
    """

    id: str
    entry: str
    course: int
    number: int
    order_id: str
    protocol: str
    version: str
    fingerprint: str
    arm: str | None
    start_local: str
    zone: str
    policy: str
    product: str
    clock_change: str | None
    planned_at: datetime
    doses: dict[int, DoseRecords] = field(default_factory=dict)
    baseline_kg: Decimal | None = None
    barred_by: CheckRecord | None = None

    @property
    def begins(self) -> datetime:
        """The planned time of the first dose (UTC); the moment of planning where there is none."""
        return min((dose.planned for dose in self.doses.values()), default=self.planned_at)

    @property
    def held(self) -> int:
        """Doses held this cycle."""
        return sum(1 for dose in self.doses.values() if outcome_of(dose) == "held")

    @property
    def given_iu(self) -> Decimal:
        """International units given so far in the cycle."""
        return sum(
            (
                dose.administration.given_dose_iu or Decimal(0)
                for dose in self.doses.values()
                if dose.administration is not None
            ),
            Decimal(0),
        )

    @property
    def stopped(self) -> DoseRecords | None:
        """The dose whose check said STOP, or None."""
        for dose in self.doses.values():
            if any(check.verdict == "STOP" for check in dose.checks):
                return dose
        return None

    def stop_by(self, moment: datetime | None = None) -> CheckRecord | None:
        """The earliest STOP of the cycle up to a moment (by default: ever), or None."""
        stops = [
            check
            for dose in self.doses.values()
            for check in dose.checks
            if check.verdict == "STOP" and (moment is None or check.assessed_at <= moment)
        ]
        return min(stops, key=lambda check: check.assessed_at, default=None)

    def stop_for_good(self, moment: datetime | None = None) -> CheckRecord | None:
        """A STOP for good among the cycle's checks up to a moment, or None."""
        for dose in self.doses.values():
            for check in dose.checks:
                early = moment is None or check.assessed_at <= moment
                if check.verdict == "STOP" and check.scope == "for good" and early:
                    return check
        return None

    @property
    def last_given(self) -> DoseRecords | None:
        """The latest dose that went in, whole or in part."""
        given = [dose for dose in self.doses.values() if outcome_of(dose) in GIVEN]
        return max(given, key=_given_at, default=None)


@dataclass(slots=True)
class PatientChart:
    """Everything the journal holds about one patient. `other_drugs` as last written beside step 2.

    `kept_weights` are pairs of a dosing weight and a later weight despite which it was kept.
    """

    subject: Subject
    weights: list[Weight] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    cycles: dict[str, CycleChart] = field(default_factory=dict)
    kept_weights: set[tuple[str, str]] = field(default_factory=set)
    other_drugs: str = ""

    @property
    def dosing_weight(self) -> Weight | None:
        """The weight that sets the dose: the dosing weight measured last.

        Of two with the same moment the one recorded later counts: it corrects the other.
        """
        return self._latest("dosing")

    @property
    def last_weight(self) -> Weight | None:
        """The weight measured last, for whatever purpose."""
        return self._latest(*ON_PURPOSE)

    def _latest(self, *purposes: str) -> Weight | None:
        # max() takes the first of equals, so the newest record must come first.
        found = [weight for weight in reversed(self.weights) if weight.purpose in purposes]
        return max(found, key=lambda weight: weight.measured_at, default=None)

    @property
    def order(self) -> Order | None:
        """The latest order."""
        return list(self.orders.values())[-1] if self.orders else None

    @property
    def cycle(self) -> CycleChart | None:
        """The cycle planned last."""
        return list(self.cycles.values())[-1] if self.cycles else None

    def cycle_at(self, moment: datetime) -> CycleChart | None:
        """The cycle to act on at a moment: the last, or one before it whose doses are still open.

        A cycle planned ahead takes over on the day before its first dose, or when the other is
        settled or stopped: until then it must not hide a dose that is due.
        """
        found = self.cycle
        for before in reversed(list(self.cycles.values())[:-1]):
            if found is None or moment >= found.begins - timedelta(days=1):
                break
            is_open = any(outcome_of(dose) is None for dose in before.doses.values())
            if is_open and self.stop_by(before, moment) is None:
                found = before
        return found

    def stop_by(self, cycle: CycleChart, moment: datetime | None = None) -> CheckRecord | None:
        """The STOP that holds for a cycle up to a moment: its own, or one for good of any cycle."""
        own = cycle.stop_by(moment)
        if own is not None:
            return own
        for other in self.cycles.values():
            found = other.stop_for_good(moment)
            if found is not None:
                return found
        return None

    def weight_gain_percent(self, cycle: CycleChart) -> Fraction | None:
        """Gain of the last weight against the cycle's baseline, unrounded; None if unknown."""
        last = self.last_weight
        if last is None or cycle.baseline_kg is None:
            return None
        return (Fraction(last.weight_kg) / Fraction(cycle.baseline_kg) - 1) * 100


def outcome_of(dose: DoseRecords) -> str | None:
    """The recorded outcome, or None."""
    return None if dose.administration is None else dose.administration.outcome


def _given_at(dose: DoseRecords) -> datetime:
    record = dose.administration
    return dose.planned if record is None or record.given_at is None else record.given_at


def subjects(desk: Desk) -> tuple[Subject, ...]:
    """All registered patients, in the order of registration."""
    return tuple(_subject(entry) for entry in desk.journal.entries(kind="subject-registered"))


def _subject(entry: Entry) -> Subject:
    body = entry.body
    height = body.get("height_cm")
    return Subject(
        id=body["subject"], trial_code=body["trial_code"], hospital_number=body["hospital_number"],
        family_name=body["family_name"], given_name=body["given_name"], title=body["title"],
        initials=body["initials"], born=body["born"], sex=body["sex"],
        allergies_state=body["allergies_state"], allergies=body["allergies"],
        protocol=body["protocol"], arm=body["arm"], ward=body["ward"], bed=body["bed"],
        height_cm=None if height is None else Decimal(height),
    )  # fmt: skip


def chart_of(desk: Desk, subject_id: str) -> PatientChart | Refusal:
    """The chart of one patient, read anew from the journal."""
    chart: PatientChart | None = None
    names = {person.id: person.name for person in staff(desk)} | {"system": "system"}
    for entry in desk.journal.entries(subject=subject_id):
        if entry.kind == "subject-registered":
            chart = PatientChart(_subject(entry))
        elif chart is not None:
            _fold(chart, entry, names)
    if chart is None:
        return refuse(
            "unknown-patient", "This patient is not in the journal. Register the patient first."
        )
    for cycle in chart.cycles.values():
        _complete_baseline(chart, cycle)
        others = (one for one in chart.cycles.values() if one is not cycle)
        cycle.barred_by = next(filter(None, (one.stop_for_good() for one in others)), None)
    return chart


def _fold(chart: PatientChart, entry: Entry, names: dict[str, str]) -> None:
    body = entry.body
    if entry.kind == "weight-recorded":
        chart.weights.append(
            Weight(
                entry.id,
                Decimal(body["weight_kg"]),
                body["purpose"],
                moment_of(body["measured_at"]),
                body["method"],
                names.get(entry.actor, entry.actor),
            )
        )
    elif entry.kind == "dosing-weight-kept":
        chart.kept_weights.add((body["dosing_weight"], body["last_weight"]))
    elif entry.kind in ("order-written", "order-amended"):
        _fold_order(chart, entry)
    elif entry.kind == "cycle-planned":
        _fold_cycle(chart, entry)
    elif entry.cycle is not None and entry.dose_number is not None:
        fold_dose_entry(chart.cycles[entry.cycle].doses[entry.dose_number], entry, names)
        chart.other_drugs = body.get("other_drugs", chart.other_drugs)


def _fold_order(chart: PatientChart, entry: Entry) -> None:
    body = entry.body
    if entry.kind == "order-amended":
        old = chart.orders[body["order"]]
        body = {
            "protocol": old.protocol, "version": old.version, "fingerprint": old.fingerprint,
            "arm": old.arm, "consent_confirmed_by": old.consent_confirmed_by,
            "eligibility_confirmed_by": old.eligibility_confirmed_by, **entry.body,
        }  # fmt: skip
    chart.orders[body["order"]] = Order(
        id=body["order"], entry=entry.id, prescriber=body["prescriber"], ordered_at=body["ordered_at"],
        ordered_dose_iu=Decimal(body["ordered_dose_iu"]), protocol=body["protocol"],
        version=body["version"], fingerprint=body["fingerprint"], arm=body["arm"],
        consent_confirmed_by=body["consent_confirmed_by"],
        eligibility_confirmed_by=body["eligibility_confirmed_by"],
        amended=entry.kind == "order-amended",
    )  # fmt: skip


def _fold_cycle(chart: PatientChart, entry: Entry) -> None:
    body = entry.body
    baseline = body["baseline_weight_kg"]
    chart.cycles[body["cycle"]] = CycleChart(
        id=body["cycle"], entry=entry.id, course=body["course"], number=body["number"],
        order_id=body["order"], protocol=body["protocol"], version=body["version"],
        fingerprint=body["fingerprint"], arm=body["arm"], start_local=body["start_local"],
        zone=body["zone"], policy=body["policy"], product=body["product"],
        clock_change=body["clock_change"], planned_at=entry.at,
        doses={
            planned["number"]: DoseRecords(
                planned["number"], moment_of(planned["utc"]), planned["day"]
            )
            for planned in body["doses"]
        },
        baseline_kg=None if baseline is None else Decimal(baseline),
    )  # fmt: skip


def _complete_baseline(chart: PatientChart, cycle: CycleChart) -> None:
    """The dosing weight in force at planning, or the first one measured for the cycle.

    A weight recorded later for the same moment is a correction, and the baseline follows it.
    """
    dosing = [weight for weight in chart.weights if weight.purpose == "dosing"]
    if cycle.baseline_kg is not None:
        named = [weight for weight in dosing if weight.weight_kg == cycle.baseline_kg]
    else:
        later = [weight for weight in dosing if weight.measured_at >= cycle.planned_at]
        named = sorted(later or dosing, key=lambda weight: weight.measured_at)[:1]
    if named:
        moment = named[0].measured_at
        cycle.baseline_kg = [w.weight_kg for w in dosing if w.measured_at == moment][-1]
