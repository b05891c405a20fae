"""The facts of a trial summary: counts with their denominators, as finished strings. No name of a patient."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.sheets.shared_facts import Marks, SheetIssue


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the totals: what is counted, of which denominator in words, a value for each arm.

    Without a denominator the values are plain counts or amounts. `key` names what it is, where
    other parts of the sheet count the same again: a count of ExposureRow, patients "with_cycle" or
    "with_dose", "cycles", "cycles_with_dose", or the dose that went in, "given_iu". `amounts` are the
    counts themselves, or the doses in international units: what is held against other parts is a
    number and no wording.
    """

    label: str
    of: str
    values: tuple[str, ...]
    strong: bool = False
    key: str = ""
    amounts: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One cycle of one patient: what was planned and what became of it.

    `given_iu` is what went in with a recorded amount, in international units; `cumulative` says it
    in words. `state` says STOP, complete or open.
    """

    trial_code: str
    arm: str
    cycle: str
    begins: str
    planned: str
    given: str
    part_given: str
    held: str
    omitted: str
    not_known: str
    without_record: str
    cumulative: str
    given_iu: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """A verdict, or a criterion that was met: `checks` and `patients` as "n of N" with percent."""

    name: str
    detail: str
    checks: str
    patients: str


@dataclass(frozen=True, slots=True)
class TrialEvent:
    """Something of one dose that must be read: an override, a deviation, a discarded preparation."""

    trial_code: str
    where: str
    what: str
    when: str
    detail: str
    who: str


@dataclass(frozen=True, slots=True)
class CompanionCount:
    """The doses of one companion drug in one arm; every outcome "n of N", of the doses planned.

    `beyond` are records of doses that the protocol does not plan, `amount` the sum of what went in.
    """

    drug: str
    arm: str
    planned: str
    outcomes: tuple[str, ...]
    beyond: str
    amount: str


@dataclass(frozen=True, slots=True)
class ToxicityRow:
    """One term of the definitions: its name and its limits, a line a grade."""

    term: str
    limits: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ToxicityTable:
    """The definitions that the protocol names. `grades` are the columns to write in.

    Without grades a term is met or not, and patients and cycles are counted.
    """

    title: str
    rows: tuple[ToxicityRow, ...]
    grades: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """Everything of a trial summary. `arms` heads the columns of the totals, the last one is all.

    `arm_names` are the arms that somebody is registered for; empty in a trial without arms.
    `versions` are the versions of the protocol that the cycles stay on, each with its fingerprint.
    `patients` are the trial numbers with a cycle, for the outcome table.
    """

    issue: SheetIssue
    marks: Marks
    protocol: str
    title: str
    versions: tuple[str, ...]
    arms: tuple[str, ...]
    arm_names: tuple[str, ...]
    totals: tuple[Measure, ...]
    exposure: tuple[ExposureRow, ...]
    verdicts: tuple[VerdictCount, ...]
    criteria: tuple[VerdictCount, ...]
    overrides: tuple[TrialEvent, ...]
    deviations: tuple[TrialEvent, ...]
    discarded: tuple[TrialEvent, ...]
    companions: tuple[CompanionCount, ...]
    toxicity: tuple[ToxicityTable, ...]
    patients: tuple[str, ...]
    sayings: tuple[tuple[str, str], ...] = ()
