"""The chart of one patient, folded from the journal: orders, weights, cycles, doses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from il2desk.desk.baseline import baseline_of
from il2desk.desk.clock import moment_of
from il2desk.desk.companion_records import (
    COMPANION_KINDS,
    CompanionRecord,
    fold_companion_entry,
)
from il2desk.desk.desk import Desk
from il2desk.desk.folding import fold_dose_entry
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords
from il2desk.desk.resting_on_weights import (
    fold_weight_in_error,
    mark_changed,
    mark_corrected,
    rest_on_weights,
)
from il2desk.desk.staff import names_of
from il2desk.desk.weights import (
    ON_PURPOSE,
    KeptWeight,
    Weight,
    WeightInError,
    gain_percent,
    kept_of,
    latest_of,
    weight_of,
)
from il2desk.dosing import Refusal, refuse
from il2desk.records import Entry

GIVEN = ("given", "part given")


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

    `companions` are the records of companion drugs, those entered in error among them.
    `baseline_entry` names the dosing weight in force when the cycle was planned, or None.
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
    companions: list[CompanionRecord] = field(default_factory=list)
    baseline_entry: str | None = None
    baseline: Weight | None = None
    barred_by: CheckRecord | None = None

    @property
    def begins(self) -> datetime:
        """The planned time of the first dose (UTC); the moment of planning where there is none."""
        return min((dose.planned for dose in self.doses.values()), default=self.planned_at)

    @property
    def baseline_kg(self) -> Decimal | None:
        """The baseline weight in kg, or None where it is not known."""
        return None if self.baseline is None else self.baseline.weight_kg

    @property
    def first_given_at(self) -> datetime | None:
        """When the first dose of the cycle went in, or None."""
        records = [dose.administration for dose in self.doses.values()]
        times = [
            record.given_at
            for record in records
            if record is not None and record.outcome in GIVEN and record.given_at is not None
        ]
        return min(times, default=None)

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
    def running(self) -> bool:
        """Whether a dose was released or given, and another is still to come."""
        doses = self.doses.values()
        begun = any(dose.release is not None or outcome_of(dose) in GIVEN for dose in doses)
        ended = self.stopped is not None or self.barred_by is not None
        return begun and not ended and any(outcome_of(dose) is None for dose in doses)

    @property
    def closed(self) -> bool:
        """Whether everything in it is recorded and signed by two, or cancelled by a STOP.

        What is amended from then on is marked as amended after closure.
        """
        stopped = self.stopped
        signed = [
            record.cosigned_by is not None for record in self.companions if not record.in_error
        ]
        for dose in self.doses.values():
            if dose.administration is not None:
                signed.append(dose.administration.cosigned_by is not None)
            else:
                after = stopped is not None and dose.number > stopped.number
                signed.append(after or self.barred_by is not None)
        return all(signed)

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

    `weights` are those that count; those entered in error stand in `weights_in_error`.
    """

    subject: Subject
    weights: list[Weight] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    cycles: dict[str, CycleChart] = field(default_factory=dict)
    kept_weights: list[KeptWeight] = field(default_factory=list)
    weights_in_error: list[WeightInError] = field(default_factory=list)
    other_drugs: str = ""

    @property
    def dosing_weight(self) -> Weight | None:
        """The weight that sets the dose: the dosing weight measured last.

        Of two with the same moment the one recorded later counts: it corrects the other.
        """
        return latest_of(self.weights, ("dosing",))

    @property
    def last_weight(self) -> Weight | None:
        """The weight measured last, for whatever purpose."""
        return latest_of(self.weights, ON_PURPOSE)

    def last_weight_by(self, moment: datetime) -> Weight | None:
        """The weight measured last up to a moment, for whatever purpose."""
        return latest_of(self.weights, ON_PURPOSE, moment)

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

    def weight_gain_percent(
        self, cycle: CycleChart, moment: datetime | None = None
    ) -> Fraction | None:
        """Gain of the last weight (up to a moment) against the cycle's baseline, unrounded.

        None where either of the two is not known.
        """
        last = self.last_weight if moment is None else self.last_weight_by(moment)
        if last is None or cycle.baseline is None:
            return None
        return gain_percent(last, cycle.baseline)


def outcome_of(dose: DoseRecords) -> str | None:
    """The recorded outcome, or None."""
    return None if dose.administration is None else dose.administration.outcome


def _given_at(dose: DoseRecords) -> datetime:
    record = dose.administration
    return dose.planned if record is None or record.given_at is None else record.given_at


def subjects(desk: Desk) -> tuple[Subject, ...]:
    """All registered patients, in the order of registration."""
    return tuple(subject_of(entry) for entry in desk.journal.entries(kind="subject-registered"))


def subject_of(entry: Entry) -> Subject:
    """A patient as the entry of the registration says."""
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
    names = names_of(desk)
    for entry in desk.journal.entries(subject=subject_id):
        if entry.kind == "subject-registered":
            chart = PatientChart(subject_of(entry))
        elif chart is not None:
            _fold(chart, entry, names)
    if chart is None:
        return refuse(
            "unknown-patient", "This patient is not in the journal. Register the patient first."
        )
    for cycle in chart.cycles.values():
        cycle.baseline = baseline_of(cycle, chart.weights, chart.weights_in_error)
        mark_corrected(chart, cycle)
        mark_changed(chart, cycle)
        others = (one for one in chart.cycles.values() if one is not cycle)
        cycle.barred_by = next(filter(None, (one.stop_for_good() for one in others)), None)
    return chart


def _fold(chart: PatientChart, entry: Entry, names: dict[str, str]) -> None:
    if entry.kind == "weight-recorded":
        chart.weights.append(weight_of(entry, names))
    elif entry.kind == "weight-entered-in-error":
        fold_weight_in_error(chart, entry)
    elif entry.kind == "dosing-weight-kept":
        chart.kept_weights.append(kept_of(entry))
    elif entry.kind in ("order-written", "order-amended"):
        _fold_order(chart, entry)
    elif entry.kind == "cycle-planned":
        _fold_cycle(chart, entry)
    elif entry.kind in COMPANION_KINDS and entry.cycle is not None:
        fold_companion_entry(chart.cycles[entry.cycle].companions, entry)
    elif entry.cycle is not None and entry.dose_number is not None:
        cycle = chart.cycles[entry.cycle]
        dose = cycle.doses[entry.dose_number]
        fold_dose_entry(dose, entry, names)
        rest_on_weights(chart, cycle, dose, entry)
        chart.other_drugs = entry.body.get("other_drugs", chart.other_drugs)


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
    # The weight that `baseline_weight_kg` was taken from is the dosing weight of that moment.
    dosing = chart.dosing_weight
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
        baseline_entry=None if dosing is None else dosing.entry,
    )  # fmt: skip
