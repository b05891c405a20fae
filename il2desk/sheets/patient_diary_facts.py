"""The facts of a patient diary: the days of a subcutaneous cycle, as finished strings."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue


@dataclass(frozen=True, slots=True)
class DiaryDose:
    """One injection of a day: the drug, its planned time, the volume to inject and the DOSE.

    `prepared` is what the volume holds where that is not the DOSE, `product` what it is drawn
    from. With a `state` (given, held, cancelled ...) there is nothing to inject any more, and it
    prints in the place of volume and DOSE.
    """

    drug: str
    time: str
    volume: str
    dose: str
    prepared: str = ""
    product: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day of the cycle, with its injections; none on a day without."""

    day: str
    date: str
    doses: tuple[DiaryDose, ...] = ()


@dataclass(frozen=True, slots=True)
class DiaryFacts:
    """Everything of a diary, as finished text. `missed` and `sites` are the protocol's own words.

    Each is a text and its source; None where the protocol says nothing of it.
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
    missed: tuple[str, str] | None = None
    sites: tuple[str, str] | None = None
    not_here: tuple[str, ...] = ()
