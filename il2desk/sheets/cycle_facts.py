"""The facts of a cycle sheet, as values handed over by the desk from the journal.

All text is finished, as shared_facts.py says. An empty string in a dose row leaves the cell blank
for a pen; elsewhere it prints "Not recorded", or a line to write on where the field says so.
A `SheetGap` prints by name in the place of its value.
"""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.shared_facts import (
    Footnote,
    Marks,
    Patient,
    SheetGap,
    SheetIssue,
    Shown,
    SignatureRow,
)


@dataclass(frozen=True, slots=True)
class ProtocolFacts:
    """The treatment document. `source` is document and page; `fingerprint` the short form."""

    title: str
    arm: str
    version: str
    status: str
    source: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What was ordered. `consent`, `eligibility`: confirmed by whom and when.

    `changes` is any modification with its reason. Empty `prescriber`, `ordered_at`, `consent`,
    `eligibility`, `indication` and `venous_access` leave a line to write on.
    """

    prescriber: str
    ordered_at: str
    ordered_dose: str
    consent: str
    eligibility: str
    indication: str = ""
    venous_access: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class MedicineFacts:
    """The drug line and the dose.

    `exact_dose` is the DOSE, `prepared_dose` what is prepared of it and `prepared_volume` the volume of
    drug drawn up for it. `total` is the volume that it is made up to with `diluent`; both are empty
    where nothing is diluted, or where days differ. `deviation` such as "0 percent". `basis` is the one-line derivation, such as
    "72,000 international units per kg x 70 kg".
    """

    drug: str
    brand: str
    form: str
    basis: str
    exact_dose: Shown
    prepared_dose: Shown
    prepared_volume: Shown
    deviation: str
    route: Shown
    duration: Shown
    frequency: Shown
    limit: Shown
    total: str = ""
    diluent: str = ""


@dataclass(frozen=True, slots=True)
class WeightFacts:
    """The dosing weight, its date and method, and the weight before it.

    `difference` is in words with its percent. `height` and `body_surface_area` may be empty
    where the dose does not need them: then "Not applicable" prints.
    """

    dosing_weight: str
    date: str
    method: str
    previous: str
    difference: str
    height: str = ""
    body_surface_area: str = ""


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """One line of the working, A to M. `text` is formula, numbers and result."""

    letter: str
    label: str
    text: Shown
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """One line of the preparation recipe."""

    label: str
    text: Shown
    source: str = ""


@dataclass(frozen=True, slots=True)
class PremedicationRow:
    """One item of the premedication. `condition` is given-if; `blocked` says why it may not be."""

    item: str
    mandatory: bool
    amount: Shown
    route: Shown
    timing: Shown
    interval: Shown
    daily_maximum: Shown
    condition: str = ""
    blocked: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CompanionRow:
    """One dose of a companion drug: amount, volume, route and when it is given."""

    drug: str
    amount: Shown
    volume: Shown
    route: Shown
    when: Shown
    change: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One hold or stop criterion. `verdict` is HOLD or STOP with its scope; `until` may be empty."""

    criterion: str
    limit: Shown
    verdict: str
    until: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """Course and cycle, and the sentences about time.

    `policy` says how doses are spaced, `clock_change` what a clock change does inside the cycle
    (empty: none), `minimum_interval` whether one is enforced, `zone` the place's time zone.
    `day_one` is the date from which days are counted, `start` the moment of the first dose.
    """

    course: str
    cycle: str
    doses: str
    start: str
    zone: str
    policy: Shown
    minimum_interval: Shown
    clock_change: str = ""
    day_one: str = ""


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One planned dose. Everything but number and plan is empty until it happened.

    `planned_time` carries the local offset (14:00 +01:00). `check` is the verdict, `check_counts`
    such as "9 of 9 assessed". `decision` is Given, Part given, Held, Omitted or Not known.
    `planned_dose` is printed where the dose is not the same every day.
    `amended` holds pairs of a field's name in this class and its footnote's mark.
    """

    number: int
    planned_day: str
    planned_time: str
    planned_dose: str = ""
    check: str = ""
    check_time: str = ""
    check_counts: str = ""
    decision: str = ""
    given_day: str = ""
    given_time: str = ""
    volume: str = ""
    dose: str = ""
    lots: tuple[str, ...] = ()
    given_by: str = ""
    checked_by: str = ""
    reason: str = ""
    amended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CompanionDoseRow:
    """One dose of a companion drug. Everything but drug and plan is empty until it happened.

    `day` is such as "day 3"; `amended` is as in `DoseRow`.
    """

    drug: str
    day: str
    date: str
    planned_dose: Shown
    decision: str = ""
    given_day: str = ""
    given_time: str = ""
    amount: str = ""
    route: str = ""
    product: str = ""
    lots: str = ""
    given_by: str = ""
    checked_by: str = ""
    reason: str = ""
    amended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CountFacts:
    """How many doses had which outcome, how many are left at most, and the cumulative dose.

    `cancelled` are those that a STOP left without an outcome. All counts together are the planned doses.
    """

    given: int
    part_given: int
    held: int
    omitted: int
    not_known: int
    left: int
    cumulative_dose: str
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """Everything a cycle sheet shows. `premedication_set` and `rule_set` are name and version."""

    issue: SheetIssue
    marks: Marks
    patient: Patient
    protocol: ProtocolFacts
    order: OrderFacts
    medicine: MedicineFacts
    weight: WeightFacts
    working: tuple[WorkingRow, ...]
    recipe: tuple[RecipeRow, ...]
    schedule: ScheduleFacts
    doses: tuple[DoseRow, ...]
    counts: CountFacts
    premedication_set: Shown
    premedication: tuple[PremedicationRow, ...]
    rule_set: Shown
    criteria: tuple[CriterionRow, ...]
    signatures: tuple[SignatureRow, ...]
    footnotes: tuple[Footnote, ...] = ()
    gaps: tuple[SheetGap, ...] = ()
    notes: tuple[str, ...] = ()
    companions: tuple[CompanionRow, ...] = ()
    companion_doses: tuple[CompanionDoseRow, ...] = ()
