"""What of a trial was held, overridden and signed late: by criterion, by person, by the hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from il2desk.desk.chart import outcome_of
from il2desk.desk.code_words import OUTCOME_WORDS
from il2desk.desk.companion_plan import day_words
from il2desk.desk.companion_records import CompanionRecord
from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import AdministrationRecord
from il2desk.desk.sheet_names import cycle_name
from il2desk.desk.trial_checks import (
    Key,
    criterion_counts,
    criterion_words,
    met_in,
    overridden,
    override_event,
    overrides_of,
    where_of,
)
from il2desk.desk.trial_counts import TrialPatient
from il2desk.dosing import joined, tell
from il2desk.sheets import TrialEvent

NO_CRITERION = tell("No criterion was recorded as met")


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion: in how many checks it was met, and the doses that were held, omitted or overridden.

    A dose counts with every criterion that its check found met.
    """

    name: str
    limit: str
    checks: str
    held: int
    omitted: int
    overrides: int


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """An override as the printed summary names it, and the criteria that it overrode."""

    event: TrialEvent
    subject: str
    criteria: str


@dataclass(frozen=True, slots=True)
class SecondLine:
    """A record with the time until the second person signed; `signed_by` is empty while it waits."""

    subject: str
    code: str
    where: str
    outcome: str
    by: str
    recorded_at: datetime
    signed_by: str
    took: timedelta


@dataclass(frozen=True, slots=True)
class SecondDelay:
    """How long second persons took: median and longest of those who signed; None where nobody did."""

    lines: tuple[SecondLine, ...]
    median: timedelta | None
    longest: timedelta | None


def criterion_rows(patients: Sequence[TrialPatient]) -> tuple[CriterionRow, ...]:
    """Every criterion that was met, and the held and omitted doses without one."""
    doses = [dose for one in patients for cycle in one.cycles for dose in cycle.doses.values()]
    held: dict[Key | None, int] = {}
    omitted: dict[Key | None, int] = {}
    over: dict[Key | None, int] = {}
    for dose in doses:
        count = {"held": held, "omitted": omitted}.get(str(outcome_of(dose)))
        if count is not None:
            _add(count, () if dose.check is None else (one.key for one in met_in(dose.check)))
        for override in dose.overrides:
            check = overridden(dose, override)
            _add(over, () if check is None else (one.key for one in met_in(check)))
    words = criterion_words(patients)
    rows = [
        CriterionRow(
            printed.name, printed.detail, printed.checks,
            held.get(key, 0), omitted.get(key, 0), over.get(key, 0),
        )
        for key, printed in zip(sorted(words), criterion_counts(patients), strict=True)
    ]  # fmt: skip
    rest = [count.get(None, 0) for count in (held, omitted, over)]
    # A check that was entered in error counts nowhere, but what was overridden on it was overridden.
    rest[2] += sum(count for key, count in over.items() if key is not None and key not in words)
    if any(rest):
        rows.append(CriterionRow(NO_CRITERION, "", "", *rest))
    return tuple(rows)


def _add(count: dict[Key | None, int], keys: Iterable[Key]) -> None:
    found: list[Key | None] = [*dict.fromkeys(keys)]
    for key in found or [None]:
        count[key] = count.get(key, 0) + 1


def override_lines(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[OverrideLine, ...]:
    """Every override with who and why, and what it overrode."""
    return tuple(
        OverrideLine(
            override_event(desk, one, where_of(cycle, dose.number), dose, override),
            one.chart.subject.id,
            NO_CRITERION if check is None else _criteria(one.name for one in met_in(check)),
        )
        for one, cycle, dose, override in overrides_of(patients)
        for check in (overridden(dose, override),)
    )


def _criteria(names: Iterable[str]) -> str:
    found = tuple(dict.fromkeys(names))
    return joined("; ", found) if found else NO_CRITERION


def second_delay(desk: Desk, patients: Iterable[TrialPatient]) -> SecondDelay:
    """How long every record waited for its second person; what waits longest comes first."""
    lines = [line for one in patients for line in _lines(desk, one)]
    took = sorted(line.took for line in lines if line.signed_by)
    lines.sort(key=lambda line: (bool(line.signed_by), -line.took, line.code))
    return SecondDelay(tuple(lines), _median(took), took[-1] if took else None)


def _median(took: Sequence[timedelta]) -> timedelta | None:
    if not took:
        return None
    middle = len(took) // 2
    return took[middle] if len(took) % 2 else (took[middle - 1] + took[middle]) // 2


def _lines(desk: Desk, one: TrialPatient) -> Iterator[SecondLine]:
    for cycle in one.cycles:
        for dose in cycle.doses.values():
            if dose.administration is not None:
                yield _line(desk, one, where_of(cycle, dose.number), dose.administration)
        for record in cycle.companions:
            if not record.in_error:
                parts = (cycle_name(cycle), record.drug, day_words(record.day))
                yield _line(desk, one, joined(", ", parts), record)


def _line(
    desk: Desk, one: TrialPatient, where: str, record: AdministrationRecord | CompanionRecord
) -> SecondLine:
    until = desk.clock.now() if record.cosigned_at is None else record.cosigned_at
    return SecondLine(
        one.chart.subject.id, one.code, where, OUTCOME_WORDS[record.outcome], record.by,
        record.recorded_at, record.cosigned_by or "", until - record.recorded_at,
    )  # fmt: skip
