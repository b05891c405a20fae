"""The notes of a cycle sheet: what was recorded and has no column of its own."""

from __future__ import annotations

from il2desk.desk.chart import CycleChart
from il2desk.desk.records_of_a_dose import CheckRecord
from il2desk.desk.sheet_rows import doses_in_words
from il2desk.dosing import FINDING_CODES


def record_notes(cycle: CycleChart) -> tuple[str, ...]:
    """STOP, entries in error and overrides of a cycle, a sentence each."""
    notes: list[str] = []
    stopped = cycle.stopped
    if stopped is not None:
        check = next(found for found in stopped.checks if found.verdict == "STOP")
        notes.append(f"STOPPED at dose {stopped.number}: {check.sentence}")
    elif cycle.barred_by is not None:
        notes.append(f"STOPPED in another cycle: {cycle.barred_by.sentence}")
    for dose in cycle.doses.values():
        notes.extend(
            f"Dose {dose.number}: a record was entered in error and is kept in the journal."
            for _ in dose.errors
        )
        notes.extend(
            f"Dose {dose.number}: a check ({check.verdict}) was entered in error and is kept in the "
            "journal."
            for check in dose.voided
        )
        notes.extend(
            f"Dose {dose.number}: the preparation released by {one.release.by} was discarded by {one.by}: "
            f"{one.reason}"
            for one in dose.discarded
        )
        if dose.override is not None:
            notes.append(
                f"Dose {dose.number}: release despite {dose.check.verdict if dose.check else 'no check'} "
                f"ordered by {dose.override.prescriber}: {dose.override.reason}"
            )
    return tuple(notes)


def not_judged_notes(cycle: CycleChart) -> tuple[str, ...]:
    """What the rule set did not judge at the check of a dose, equal ones of several in one sentence."""
    groups: dict[str, list[int]] = {}
    for dose in cycle.doses.values():
        named = () if dose.check is None else not_judged_names(dose.check)
        if named:
            groups.setdefault("; ".join(named), []).append(dose.number)
    return tuple(
        f"Not judged by the rule set, to be judged by protocol, {doses_in_words(numbers)}: {named}."
        for named, numbers in groups.items()
    )


def not_judged_names(check: CheckRecord) -> tuple[str, ...]:
    """What a check did not judge, by name, with the value where one was entered."""
    return (
        *(name_of_code(code) for code in check.not_judged),
        *(f"{name_of_code(code)} {value}" for code, value in check.unjudged),
    )


def name_of_code(code: str) -> str:
    """The name of a code; one that the program no longer knows stands as it was stored."""
    return FINDING_CODES[code].name if code in FINDING_CODES else code


def premedication_notes(cycle: CycleChart) -> tuple[str, ...]:
    """What was recorded of premedication, equal outcomes of several doses in one sentence."""
    groups: dict[str, list[int]] = {}
    for dose in cycle.doses.values():
        outcomes = [
            f"{one.name} {one.outcome}" + (f" ({one.reason})" if one.reason else "")
            for one in dose.premedication.values()
        ]
        if outcomes:
            groups.setdefault("; ".join(outcomes), []).append(dose.number)
    return tuple(
        f"Premedication recorded for {doses_in_words(numbers)}: {outcomes}."
        for outcomes, numbers in groups.items()
    )
