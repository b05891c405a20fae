"""How long the vials of one product last: what is there, what planned doses take, when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.sheets.course_facts import CourseAxis
from il2desk.sheets.shared_facts import Marks, SheetIssue, SignatureRow

RUN_OUT_FORM = ("RUN", "1")
"""Form code and version."""


@dataclass(frozen=True, slots=True)
class RunOutLot:
    """One lot at one place: vials that may be taken, its last day in words, why none may be.

    `ends` is the minute of the picture at which its last day is over; None outside the picture.
    `left_over` are the vials that expire unused if only the planned doses are given.
    """

    lot: str
    place: str
    vials: int
    expiry: str
    state: str
    ends: int | None
    left_over: int


@dataclass(frozen=True, slots=True)
class RunOutNeed:
    """One planned dose: whose, when, how many vials, what is left then.

    `vials` is 0 with the reason in `why` where nobody can say how many it needs. `short` where the
    shelf does not hold them all. `subject` is the patient's id, for whoever opens it from a screen.
    """

    minutes: int
    patient: str
    dose: str
    when: str
    vials: int
    left: str
    why: str = ""
    short: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class RunOut:
    """One product of one protocol. `level` is how many vials may be taken from a minute on.

    `verdict` says in a sentence on which day the stock runs out, or that it does not; `notes` what
    is not known.
    """

    protocol: str
    product: str
    axis: CourseAxis
    level: tuple[tuple[int, Decimal], ...]
    runs_out: int | None
    verdict: str
    lots: tuple[RunOutLot, ...]
    needs: tuple[RunOutNeed, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunOutFacts:
    """The run-out of one record with what the sheet carries in its frame. `as_of` is its day."""

    issue: SheetIssue
    marks: Marks
    as_of: str
    run_out: RunOut
    signatures: tuple[SignatureRow, ...]
    fingerprint: str = ""
