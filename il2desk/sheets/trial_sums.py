"""The exposure of a trial added up again, and held against the totals that the same sheet prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing import write_dose, write_number
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.trial_facts import ExposureRow, Measure, TrialFacts
from il2desk.words import say

COUNTS = ("planned", "given", "part_given", "held", "omitted", "not_known", "without_record")
"""The counts of a row of the exposure, as its columns stand."""


@dataclass(frozen=True, slots=True)
class ExposureSum:
    """The rows of one arm, or of all, added up. `counts` are in the order of COUNTS.

    `given_iu` is the sum in international units; `at_least` where a row of it says so.
    """

    arm: str
    patients: int
    cycles: int
    counts: tuple[int, ...]
    given_iu: Decimal
    at_least: bool

    @property
    def dose(self) -> str:
        """The sum in words."""
        dose = write_dose(self.given_iu)
        return say("at least {dose}", dose=dose) if self.at_least else dose


def exposure_sums(facts: TrialFacts) -> tuple[ExposureSum, ...]:
    """The sums of every arm that has a column in the totals, then of all; from the rows alone."""
    *arms, everybody = facts.arms
    sums = (_sum(arm, (row for row in facts.exposure if row.arm == arm)) for arm in arms)
    return (*sums, _sum(everybody, facts.exposure))


def _sum(arm: str, found: Iterable[ExposureRow]) -> ExposureSum:
    rows = tuple(found)
    return ExposureSum(
        arm=arm,
        patients=len({row.trial_code for row in rows}),
        cycles=len(rows),
        counts=tuple(sum(_number(getattr(row, name)) for row in rows) for name in COUNTS),
        given_iu=sum((row.given_iu for row in rows), Decimal(0)),
        at_least=any(row.cumulative != write_dose(row.given_iu) for row in rows),
    )


def count_of(facts: TrialFacts, key: str, at: int) -> str:
    """The count alone that the totals have under `key` for the arm at that place; empty for none."""
    measure = _measure(facts, key)
    return "" if measure is None else write_number(measure.amounts[at])


def check_sums(facts: TrialFacts) -> None:
    """Raise SheetRefused, naming count and arm, where the exposure and the totals differ."""
    for at, one in enumerate(exposure_sums(facts)):
        named = {
            "with_cycle": one.patients,
            "cycles": one.cycles,
            **dict(zip(COUNTS, one.counts, strict=True)),
        }
        for key, count in named.items():
            _compare(facts, key, at, Decimal(count))
        _compare(facts, "given_iu", at, one.given_iu)


def _compare(facts: TrialFacts, key: str, at: int, summed: Decimal) -> None:
    measure = _measure(facts, key)
    if measure is None or measure.amounts[at] != summed:
        write = write_dose if key == "given_iu" else write_number
        said = "" if measure is None else write(measure.amounts[at])
        raise _differ(key, measure, facts.arms[at], (write(summed), said))


def _measure(facts: TrialFacts, key: str) -> Measure | None:
    return next((one for one in facts.totals if one.key == key), None)


def _number(words: str) -> int:
    return int(words.replace(",", ""))


def _differ(key: str, measure: Measure | None, arm: str, sums: tuple[str, str]) -> SheetRefused:
    summed, said = sums
    return SheetRefused(
        say(
            "{name}, {arm}: the rows of the exposure add up to {summed}, the totals say {said}.",
            name=key if measure is None else measure.label,
            arm=arm,
            summed=summed,
            said=said or say("nothing"),
        ),
        say("Nothing was printed. Check the installation and the journal, then print."),
    )
