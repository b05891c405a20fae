"""Values of the check before a dose: what was found, what each row says, the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

FoundValue = Decimal | Fraction | bool | str | tuple[str, ...]


UNCONFIRMED = "unconfirmed"
"""The result of a row that nobody has compared with its document."""


class Verdict(Enum):
    """The four answers, heaviest first. GO is never "safe to give"."""

    STOP = "STOP"
    HOLD = "HOLD"
    CANNOT_ASSESS = "CANNOT ASSESS"
    GO = "GO"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding before a dose, in the unit of its code; `measured_at` is UTC or None."""

    code: str
    value: FoundValue
    measured_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion at work. `result` is "met", "not met", "missing", "too old", "no weight" or UNCONFIRMED.

    `code` is empty for an unconfirmed row that no code says.
    """

    id: str
    code: str
    limit: str
    value: str
    kind: str
    result: str
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict with everything it rests on; `sentence` says it in words."""

    rule_set: str
    verdict: Verdict
    scope: str | None
    criteria: tuple[CriterionResult, ...]
    relative: int
    absolute: int
    missing: tuple[str, ...]
    too_old: tuple[str, ...]
    not_judged: tuple[tuple[str, str], ...]
    left_to_team: tuple[str, ...]
    gaps: tuple[str, ...]
    held_by: tuple[str, ...]
    required: int
    sentence: str
