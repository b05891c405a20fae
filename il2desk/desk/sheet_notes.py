"""The notes of a cycle sheet: what was recorded and has no column of its own."""

from __future__ import annotations

from il2desk.desk.chart import CycleChart
from il2desk.desk.code_words import shown
from il2desk.desk.records_of_a_dose import CheckRecord, PremedicationOutcome
from il2desk.desk.sheet_rows import doses_in_words
from il2desk.dosing import FINDING_CODES, joined, tell


def record_notes(cycle: CycleChart) -> tuple[str, ...]:
    """STOP, entries in error and overrides of a cycle, a sentence each."""
    notes: list[str] = []
    stopped = cycle.stopped
    if stopped is not None:
        check = next(found for found in stopped.checks if found.verdict == "STOP")
        notes.append(
            tell(
                "STOPPED at dose {number}: {sentence}",
                number=stopped.number,
                sentence=check.sentence,
            )
        )
    elif cycle.barred_by is not None:
        notes.append(
            tell("STOPPED in another cycle: {sentence}", sentence=cycle.barred_by.sentence)
        )
    for dose in cycle.doses.values():
        notes.extend(
            tell(
                "Dose {number}: a record was entered in error and is kept in the journal.",
                number=dose.number,
            )
            for _ in dose.errors
        )
        notes.extend(
            tell(
                "Dose {number}: a check ({verdict}) was entered in error and is kept in the "
                "journal.",
                number=dose.number,
                verdict=check.verdict,
            )
            for check in dose.voided
        )
        notes.extend(
            tell(
                "Dose {number}: the preparation released by {releaser} was discarded by {by}: {reason}",
                number=dose.number,
                releaser=one.release.by,
                by=one.by,
                reason=one.reason,
            )
            for one in dose.discarded
        )
        if dose.override is not None:
            notes.append(
                tell(
                    "Dose {number}: release despite {verdict} ordered by {prescriber}: {reason}",
                    number=dose.number,
                    verdict=dose.check.verdict if dose.check else tell("no check"),
                    prescriber=dose.override.prescriber,
                    reason=dose.override.reason,
                )
            )
    return tuple(notes)


def not_judged_notes(cycle: CycleChart) -> tuple[str, ...]:
    """What the rule set did not judge at the check of a dose, equal ones of several in one sentence."""
    groups: dict[str, list[int]] = {}
    for dose in cycle.doses.values():
        named = () if dose.check is None else not_judged_names(dose.check)
        if named:
            groups.setdefault(joined("; ", named), []).append(dose.number)
    return tuple(
        tell(
            "Not judged by the rule set, to be judged by protocol, {doses}: {named}.",
            doses=doses_in_words(numbers),
            named=named,
        )
        for named, numbers in groups.items()
    )


def not_judged_names(check: CheckRecord) -> tuple[str, ...]:
    """What a check did not judge, by name, with the value where one was entered."""
    return (
        *(name_of_code(code) for code in check.not_judged),
        *(
            tell("{name} {value}", name=name_of_code(code), value=value)
            for code, value in check.unjudged
        ),
    )


def name_of_code(code: str) -> str:
    """The name of a code; one that the program no longer knows stands as it was stored."""
    return FINDING_CODES[code].name if code in FINDING_CODES else code


def _outcome(one: PremedicationOutcome) -> str:
    """An item and what became of it, with the reason where one was entered."""
    said = tell("{item} {outcome}", item=one.name, outcome=shown(one.outcome))
    return tell("{said} ({reason})", said=said, reason=one.reason) if one.reason else said


def premedication_notes(cycle: CycleChart) -> tuple[str, ...]:
    """What was recorded of premedication, equal outcomes of several doses in one sentence."""
    groups: dict[str, list[int]] = {}
    for dose in cycle.doses.values():
        outcomes = [_outcome(one) for one in dose.premedication.values()]
        if outcomes:
            groups.setdefault(joined("; ", outcomes), []).append(dose.number)
    return tuple(
        tell(
            "Premedication recorded for {doses}: {outcomes}.",
            doses=doses_in_words(numbers),
            outcomes=outcomes,
        )
        for outcomes, numbers in groups.items()
    )
