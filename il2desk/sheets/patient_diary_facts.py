"""The facts of a patient diary: the days of a subcutaneous cycle, as finished strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue


class DiaryTurn(Enum):
    """What a row of the calendar tells the patient to do."""

    INJECT = "inject"
    RECORDED = "recorded"  # it has an outcome: nothing is to be injected any more
    FORBIDDEN = "forbidden"  # on hold, or its check could not assess
    WAITING = "waiting"  # open, but behind a hold that stands: no volume is told
    LATE = "late"  # its day went by without a record: it may have been injected
    UNWEIGHED = "unweighed"  # beyond the age of the dosing weight: no volume is told


@dataclass(frozen=True, slots=True)
class DiaryDose:
    """One injection of a day: the drug, its planned time, the volume to inject, what it holds.

    `prepared` is what the volume holds, `dose` the exact DOSE. `drawn` is the undiluted volume
    within a diluted one, `product` what is drawn from at home, `until` the last time of use of a
    released one. Anything but INJECT has no volume; `state` says why, in its place.
    """

    drug: str
    time: str
    volume: str = ""
    dose: str = ""
    prepared: str = ""
    drawn: str = ""
    product: str = ""
    until: str = ""
    turn: DiaryTurn = DiaryTurn.INJECT
    state: str = ""


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day of the cycle by its date, with its injections; none on a day without."""

    day: str
    on: date
    doses: tuple[DiaryDose, ...] = ()


@dataclass(frozen=True, slots=True)
class DiaryTold:
    """Words of a protocol or a product, with their source."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class DiaryAdvice:
    """The protocol's own words for the patient; None where it says nothing: a gap.

    `sites` are places to inject, `symptoms` what to write down, `at_once` when to call at once.
    """

    missed: DiaryTold | None = None
    sites: DiaryTold | None = None
    symptoms: DiaryTold | None = None
    at_once: DiaryTold | None = None


@dataclass(frozen=True, slots=True)
class DiaryFacts:
    """Everything of a diary, as finished text.

    `storage` are pairs of a drug and how to keep it, None where no source says it. `on_hold` names
    the drug that waits until somebody says to go on, empty without one. `elsewhere` are pairs of a drug that is
    not in the diary and its route.
    """

    issue: SheetIssue
    marks: Marks
    patient: Patient
    protocol: str
    fingerprint: str
    course: str
    cycle: str
    weight: str
    days: tuple[DiaryDay, ...]
    advice: DiaryAdvice = DiaryAdvice()
    storage: tuple[tuple[str, DiaryTold | None], ...] = ()
    on_hold: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
