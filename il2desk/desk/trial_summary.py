"""The trial summary from the journal: every chart folded once, trial numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from il2desk.desk.chart import GIVEN, subjects
from il2desk.desk.companion_plan import companion_slots
from il2desk.desk.cycle_sheet_facts import unsigned_of
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.trial_checks import criterion_counts, override_rows, verdict_counts
from il2desk.desk.trial_counts import (
    OUTCOMES,
    TrialPatient,
    arm_names,
    arms_of,
    exposure_rows,
    patients_of,
    totals_of,
)
from il2desk.desk.trial_deviations import NO_SECOND, deviation_rows, discarded_rows
from il2desk.desk.trial_toxicity import sayings_of, toxicity_tables
from il2desk.dosing import Refusal, joined, refuse, tell, write_amount
from il2desk.protocols import Bundle
from il2desk.sheets import CompanionCount, Marks, TrialEvent, TrialFacts, compose_trial_summary

FORM_CODE, FORM_VERSION = "TRS", "1"


def trials_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The protocols that somebody is registered for, by their ids."""
    ids = sorted({one.protocol for one in subjects(desk)})
    return tuple((id_, id_) for id_ in ids)


def make_trial_summary(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The summary of the protocol that the request names."""
    patients = patients_of(desk, request.of)
    if not patients:
        return refuse(
            "nothing-to-print",
            tell(
                "Nobody is registered for the protocol “{of}”. Choose one of the list.",
                of=request.of,
            ),
        )
    bundles = _bundles(desk, patients)
    if isinstance(bundles, Refusal):
        return bundles
    unsigned = tuple(
        joined(" ", (one.code, what))
        for one in patients
        for cycle in one.cycles
        for what in unsigned_of(cycle)
    )
    deviations = deviation_rows(desk, patients)
    facts = TrialFacts(
        issue=call.issue(desk, FORM_CODE, FORM_VERSION),
        marks=Marks(
            practice=desk.practice,
            not_verified=bool(unsigned),
            unsigned=unsigned_words(deviations),
        ),
        protocol=request.of,
        title=bundles[-1].protocol.title if bundles else request.of,
        versions=tuple(
            version_words(one.protocol.version, one.protocol.fingerprint) for one in bundles
        ),
        arms=arms_of(patients),
        arm_names=arm_names(patients),
        totals=totals_of(patients),
        exposure=exposure_rows(desk, patients),
        verdicts=verdict_counts(patients),
        criteria=criterion_counts(patients),
        overrides=override_rows(desk, patients),
        deviations=deviations,
        discarded=discarded_rows(desk, patients),
        companions=_companions(desk, patients),
        toxicity=toxicity_tables(bundles),
        sayings=sayings_of(bundles),
        patients=tuple(one.code for one in patients if one.cycles),
    )
    return Composed(compose_trial_summary(for_paper(facts)), unsigned)


def version_words(version: str, fingerprint: str) -> str:
    """A version of the protocol as the identity block names it after the words Protocol version."""
    return tell("{version}, fingerprint {print}", version=version, print=short_print(fingerprint))


def unsigned_words(deviations: Iterable[TrialEvent]) -> str:
    """How many records wait for a second person, and where each is listed; empty for none."""
    count = sum(one.what == NO_SECOND for one in deviations)
    if not count:
        return ""
    if count == 1:
        return tell("1 record without a second person, listed under Deviations and what waits")
    return tell(
        "{count} records without a second person, listed under Deviations and what waits",
        count=count,
    )


def _bundles(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[Bundle, ...] | Refusal:
    """Every version that a cycle stays on, each once, in the order of planning."""
    cycles = sorted(
        (cycle for one in patients for cycle in one.cycles),
        key=lambda one: (one.planned_at, one.id),
    )
    found: list[Bundle] = []
    for fingerprint in dict.fromkeys(cycle.fingerprint for cycle in cycles):
        bundle = bundle_of(desk, fingerprint)
        if isinstance(bundle, Refusal):
            return bundle
        found.append(bundle)
    return tuple(found)


def _companions(desk: Desk, patients: Sequence[TrialPatient]) -> tuple[CompanionCount, ...]:
    """The doses of companion drugs by drug, unit and arm; records beyond the plan apart."""
    planned: Counter[tuple[str, str, str]] = Counter()
    beyond: Counter[tuple[str, str, str]] = Counter()
    outcomes: Counter[tuple[tuple[str, str, str], str | None]] = Counter()
    amounts: dict[tuple[str, str, str], Decimal] = {}
    for one in patients:
        for cycle in one.cycles:
            for slot in companion_slots(desk, one.chart, cycle):
                key = (slot.companion.drug, slot.companion.unit, one.arm)
                amounts.setdefault(key, Decimal(0))
                record = slot.record
                if record is not None and record.outcome in GIVEN and record.amount is not None:
                    amounts[key] += record.amount
                if not slot.planned:
                    beyond[key] += 1
                    continue
                planned[key] += 1
                outcomes[key, None if record is None else record.outcome] += 1
    return tuple(
        CompanionCount(
            drug=key[0],
            arm=key[2],
            planned=str(planned[key]),
            outcomes=tuple(
                tell(
                    "{outcomes}\u00a0of\u00a0{planned}",
                    outcomes=outcomes[key, word],
                    planned=planned[key],
                )
                for word in (*OUTCOMES, None)
            ),
            beyond=str(beyond[key]),
            amount=write_amount(amounts[key], key[1]),
        )
        for key in sorted(amounts)
    )
