"""Toxicity definitions for reports, as values: terms, grades, and what each limit is a multiple of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.findings import Gap, Source
from il2desk.dosing.rule_set import Bounds
from il2desk.dosing.sentence import tell

VALUE = "value"
UPPER, LOWER, BASELINE = tell("upper limit of normal"), tell("lower limit of normal"), "baseline"
TOXICITY_OF = (VALUE, UPPER, LOWER, BASELINE)
"""What a limit is a multiple of: the value itself, or a reference of the laboratory or patient."""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One condition of a grade.

    `bounds` hold for the value divided by `of`, rounded half up to `step` where the printed scale
    has gaps (None: unrounded). With `hours` (a range of hours) the finding must also have
    lasted so long.
    """

    grade: int
    bounds: Bounds
    of: str = VALUE
    step: Decimal | None = None
    hours: Bounds | None = None


@dataclass(frozen=True, slots=True)
class ToxicityTerm:
    """One term of a scale. `unit` is that of the value. `words` grade by words, for a person.

    `normal_baseline`: the limits hold only where the baseline was inside the normal range.
    """

    id: str
    name: str
    unit: str
    rows: tuple[GradeRow, ...]
    words: tuple[tuple[int, str], ...]
    source: Source
    normal_baseline: bool = False


@dataclass(frozen=True, slots=True)
class ToxicityDefinitions:
    """The definitions of one publication or scale. `scale` is "met" or "grades".

    Under "met" a term is met (grade 1) or not (grade 0). They serve reports, never a verdict.
    """

    id: str
    title: str
    version: str
    scale: str
    terms: tuple[ToxicityTerm, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]
    source: Source
    fingerprint: str

    def term(self, id_: str) -> ToxicityTerm | None:
        """The term of this id, or None."""
        return next((one for one in self.terms if one.id == id_), None)
