"""The checks of a trial: verdicts, every criterion that was met, and the overrides with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    met: dict[tuple[bool, str, str], list[tuple[str, CheckRecord]]] = {}
    names: dict[tuple[bool, str, str], dict[str, set[str]]] = {}
    for code, check in checks:
        seen: set[tuple[bool, str, str]] = set()
        for row in check.criteria:
            if row["result"] != "met":
                continue
            key = (row["class"] in _STOPS, check.rule_set, row["id"])
            named = names.setdefault(key, {})
            known = FINDING_CODES.get(row["code"])
            name = row["id"].replace("-", " ") if known is None else known.name
            named.setdefault(name, set()).add(_limit(row["limit"]))
            if key not in seen:
                met.setdefault(key, []).append((code, check))
            seen.add(key)
    return tuple(
        _count(
            tell(
                "{verdict}: {names}",
                verdict="STOP" if key[0] else "HOLD",
                names=alternatives(sorted(names[key])),
            ),
            joined("; ", sorted(limit for found in names[key].values() for limit in found)),
            met[key], checks,
        )
        for key in sorted(met)
    )  # fmt: skip


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


def override_rows(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[TrialEvent, ...]:
    """Every override with its verdict, reason, prescriber and both signatures."""
    return tuple(
        _override(desk, one, where_of(cycle, dose.number), (dose, override))
        for one in patients
        for cycle in one.cycles
        for dose in cycle.doses.values()
        for override in dose.overrides
    )


def _override(
    desk: Desk, one: TrialPatient, where: str, recorded: tuple[DoseRecords, OverrideRecord]
) -> TrialEvent:
    dose, override = recorded
    check = next(
        (found for found in (*dose.checks, *dose.voided) if found.entry == override.check), None
    )
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
