"""The checks of a trial: verdicts, every criterion that was met, and the overrides with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from il2desk.desk.chart import CycleChart
from il2desk.desk.code_words import alternatives, shown
from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords, OverrideRecord
from il2desk.desk.sheet_names import cycle_name
from il2desk.desk.trial_counts import TrialPatient, of_words
from il2desk.dosing import FINDING_CODES, joined, tell, told, write_moment
from il2desk.sheets import TrialEvent, VerdictCount

_VERDICTS = ("GO", "HOLD", "STOP", "CANNOT ASSESS")
_STOPS = ("absolute", "permanent")
_PER_KG = " at "
"""In the words of a limit per kg: the weight of that day follows."""


def checks_of(patients: Iterable[TrialPatient]) -> list[tuple[str, CheckRecord]]:
    """Every check that counts, with the trial number of its patient."""
    return [
        (one.code, check)
        for one in patients
        for cycle in one.cycles
        for dose in cycle.doses.values()
        for check in dose.checks
    ]


def verdict_counts(patients: Sequence[TrialPatient]) -> tuple[VerdictCount, ...]:
    """Each verdict: how many checks of all, and how many patients of all with a check."""
    checks = checks_of(patients)
    if not checks:
        return ()
    return tuple(
        _count(word, "", [one for one in checks if one[1].verdict == word], checks)
        for word in _VERDICTS
    )


def criterion_counts(patients: Sequence[TrialPatient]) -> tuple[VerdictCount, ...]:
    """Each criterion that a check found met, holds before stops, with its limit."""
    checks = checks_of(patients)
    met: dict[Key, list[tuple[str, CheckRecord]]] = {}
    for code, check in checks:
        for key in dict.fromkeys(one.key for one in met_in(check)):
            met.setdefault(key, []).append((code, check))
    words = criterion_words(patients)
    return tuple(_count(*words[key], met[key], checks) for key in sorted(met))


Key = tuple[bool, str, str]
"""A criterion: whether it stops, the rule set that it is of, and its id there."""


@dataclass(frozen=True, slots=True)
class Met:
    """A criterion that a check found met, by its finding and limit."""

    key: Key
    name: str
    limit: str


def met_in(check: CheckRecord) -> Iterator[Met]:
    """Everything that the check found met; a criterion of several findings once for each."""
    for row in check.criteria:
        if row["result"] == "met":
            known = FINDING_CODES.get(row["code"])
            name = row["id"].replace("-", " ") if known is None else known.name
            key = (row["class"] in _STOPS, check.rule_set, row["id"])
            yield Met(key, name, _limit(row["limit"]))


def criterion_words(patients: Iterable[TrialPatient]) -> dict[Key, tuple[str, str]]:
    """Name and limit of every criterion that was met, by all the findings that met it."""
    found: dict[Key, dict[str, set[str]]] = {}
    for _, check in checks_of(patients):
        for one in met_in(check):
            found.setdefault(one.key, {}).setdefault(one.name, set()).add(one.limit)
    return {
        key: (
            tell(
                "{verdict}: {names}",
                verdict="STOP" if key[0] else "HOLD",
                names=alternatives(sorted(named)),
            ),
            joined("; ", sorted(limit for limits in named.values() for limit in limits)),
        )
        for key, named in found.items()
    }


def _limit(words: str) -> str:
    """The limit without the amount for one patient's weight."""
    opened = words.find(" (")
    return told(words[:opened] if opened >= 0 and _PER_KG in words[opened:] else words)


def _count(
    name: str,
    detail: str,
    found: list[tuple[str, CheckRecord]],
    checks: list[tuple[str, CheckRecord]],
) -> VerdictCount:
    patients = {code for code, _ in checks}
    return VerdictCount(
        name, detail, of_words(len(found), len(checks)),
        of_words(len({code for code, _ in found}), len(patients)),
    )  # fmt: skip


def where_of(cycle: CycleChart, number: int) -> str:
    """Course, cycle and dose as the lists of a summary name them."""
    return tell("{cycle}, dose {number}", cycle=cycle_name(cycle), number=number)


def overrides_of(
    patients: Iterable[TrialPatient],
) -> Iterator[tuple[TrialPatient, CycleChart, DoseRecords, OverrideRecord]]:
    """Every override with its dose, cycle and patient, in their order."""
    for one in patients:
        for cycle in one.cycles:
            for dose in cycle.doses.values():
                for override in dose.overrides:
                    yield one, cycle, dose, override


def overridden(dose: DoseRecords, override: OverrideRecord) -> CheckRecord | None:
    """The check that was overridden, also one that was entered in error; None where it is not found."""
    checks = (*dose.checks, *dose.voided)
    return next((found for found in checks if found.entry == override.check), None)


def override_rows(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[TrialEvent, ...]:
    """Every override with its verdict, reason, prescriber and both signatures."""
    return tuple(
        override_event(desk, one, where_of(cycle, dose.number), dose, override)
        for one, cycle, dose, override in overrides_of(patients)
    )


def override_event(
    desk: Desk, one: TrialPatient, where: str, dose: DoseRecords, override: OverrideRecord
) -> TrialEvent:
    """One override as a list names it."""
    check = overridden(dose, override)
    verdict = tell("verdict not found") if check is None else check.verdict
    what = tell("Override of {verdict}", verdict=verdict)
    if check in dose.voided:
        what = tell("{what} (the check was entered in error)", what=what)
    return TrialEvent(
        one.code,
        where,
        what,
        write_moment(desk.local(override.at)),
        tell(
            "{reason}; ordered by {prescriber}, {way}",
            reason=override.reason,
            prescriber=override.prescriber,
            way=shown(override.way),
        ),
        joined(", ", override.signatures),
    )
