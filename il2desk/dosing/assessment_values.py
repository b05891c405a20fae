"""Values of the check before a dose: what was found, what each row says, the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from il2desk.dosing.sentence import tell

FoundValue = Decimal | Fraction | bool | str | tuple[str, ...]


UNCONFIRMED = tell("unconfirmed")
"""The result of a row that nobody has compared with its document."""

NOT_ASSESSED = tell("not assessed")
"""The result of a row that nobody answered and that the set does not require."""

NOT_JUDGED = tell("not judged")
"""The result of a number that was given and that the set has no row for."""


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
    """A criterion at work. `result` is "met", "not met", "too old", "no weight" or UNCONFIRMED.

    Without a value it is "missing" where the set requires one, else NOT_ASSESSED; `value` is then
    empty. `code` is empty for an unconfirmed row that no code says.
    """

    id: str
    code: str
    limit: str
    value: str
    kind: str
    result: str
    source: str


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A number that was given, that the set has no row for, and at which no other set would act.

    `value` is in words with its unit. `elsewhere`: another set has a row for it, so it is clearly
    normal; without one nobody has judged it at all.
    """

    code: str
    value: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict with everything it rests on; `sentence` says it in words.

    `not_judged` are findings that are not clearly normal, with why: never GO. `unjudged` change no
    verdict; they are shown, for a person to judge.
    """

    rule_set: str
    verdict: Verdict
    scope: str | None
    criteria: tuple[CriterionResult, ...]
    relative: int
    absolute: int
    missing: tuple[str, ...]
    too_old: tuple[str, ...]
    not_judged: tuple[tuple[str, str], ...]
    unjudged: tuple[Unjudged, ...]
    left_to_team: tuple[str, ...]
    gaps: tuple[str, ...]
    held_by: tuple[str, ...]
    required: int
    sentence: str
