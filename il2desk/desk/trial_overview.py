"""The trial at a glance: a row for every cycle of every patient, a state for every dose. It only reads.

Sums are those of the printed trial summary: the same functions over the same patients.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from il2desk.desk.chart import CycleChart, subjects
from il2desk.desk.code_words import OUTCOME_WORDS, WAITING_WORDS
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import SlotState, near, slot_states
from il2desk.desk.records_of_a_dose import DISPUTED, NEEDS_SECOND
from il2desk.desk.trial_counts import TrialPatient, stop_of, totals_of, trial_patient
from il2desk.desk.worklist import acting_slot
from il2desk.dosing import joined, tell

STOPPED, NO_CYCLE, COMPLETE, RUNNING = "stopped", "no cycle", "complete", "running"
STATES = {
    "overdue": tell("OVERDUE"),
    "due": tell("DUE"),
    **WAITING_WORDS,
    "held": OUTCOME_WORDS["held"],
    "omitted": OUTCOME_WORDS["omitted"],
    STOPPED: tell("STOPPED"),
    RUNNING: tell("Open doses"),
    COMPLETE: tell("Complete"),
    NO_CYCLE: tell("No cycle planned"),
}
"""What rows can be chosen by, in the words of the screen."""


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One cycle of one patient with its slots; a patient without a cycle has one row without any."""

    patient: TrialPatient
    cycle: CycleChart | None
    slots: tuple[SlotState, ...]
    states: frozenset[str]
    word: str

    @property
    def id(self) -> str:
        """The patient and the cycle."""
        return f"{self.patient.chart.subject.id} {'' if self.cycle is None else self.cycle.id}"


@dataclass(frozen=True, slots=True)
class TrialPart:
    """How far the reading is, in patients; the last part is `whole` and has the rows."""

    done: int
    of: int
    whole: bool = False
    rows: tuple[TrialRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialFilter:
    """Which rows are shown; an empty text filters nothing. `state` is a key of STATES."""

    protocol: str = ""
    arm: str = ""
    state: str = ""

    @property
    def words(self) -> str:
        """What is chosen, in words; empty where nothing is."""
        return joined(
            ", ",
            (
                *((tell("trial {protocol}", protocol=self.protocol),) if self.protocol else ()),
                *((tell("arm {arm}", arm=self.arm),) if self.arm else ()),
                *((STATES[self.state],) if self.state else ()),
            ),
        )

    def takes(self, row: TrialRow) -> bool:
        """Whether a row is shown."""
        subject = row.patient.chart.subject
        return (
            self.protocol in ("", subject.protocol)
            and self.arm in ("", row.patient.arm)
            and (not self.state or self.state in row.states)
        )


@dataclass(frozen=True, slots=True)
class TrialSums:
    """Counts of the rows shown, in patients and doses."""

    patients: int
    planned: int
    given: int
    part_given: int
    held: int
    omitted: int
    not_known: int
    overrides: int
    needs_second: int
    disputed: int


def trial_in_parts(desk: Desk) -> Iterator[TrialPart]:
    """Every patient of the site, by protocol and trial number; a patient a part."""
    found: list[TrialPatient] = []
    everybody = subjects(desk)
    of = 2 * len(everybody)
    for done, subject in enumerate(everybody, start=1):
        one = trial_patient(desk, subject)
        if one is not None:
            found.append(one)
        yield TrialPart(done, of)
    found.sort(key=lambda one: (one.chart.subject.protocol, one.code))
    rows: list[TrialRow] = []
    for done, one in enumerate(found, start=len(everybody) + 1):
        rows.extend(_rows_of(desk, one))
        yield TrialPart(done, of)
    yield TrialPart(of, of, whole=True, rows=tuple(rows))


def _rows_of(desk: Desk, one: TrialPatient) -> Iterator[TrialRow]:
    if not one.cycles:
        yield TrialRow(one, None, (), frozenset((NO_CYCLE,)), STATES[NO_CYCLE])
    for cycle in one.cycles:
        slots = slot_states(desk, cycle)
        states = {slot.state for slot in slots} & set(STATES)
        states |= {
            str(dose.administration.outcome) for dose in cycle.doses.values() if dose.administration
        }
        states.add(_standing(cycle))
        yield TrialRow(one, cycle, slots, frozenset(states), _word(desk, cycle, slots))


def _standing(cycle: CycleChart) -> str:
    if stop_of(cycle) is not None:
        return STOPPED
    recorded = all(dose.administration is not None for dose in cycle.doses.values())
    return COMPLETE if recorded and cycle.closed else RUNNING


def _word(desk: Desk, cycle: CycleChart, slots: tuple[SlotState, ...]) -> str:
    """What of the cycle needs somebody first, or how it ended; a line each."""
    slot = acting_slot(slots)
    stop = stop_of(cycle)
    lines = []
    if stop is not None:
        lines.append(tell("STOPPED {when}", when=near(desk, stop.assessed_at)))
    if slot is None:
        return lines[0] if lines else STATES[_standing(cycle)]
    lines.append(tell("Dose {number}: {word}", number=slot.number, word=slot.word))
    check = cycle.doses[slot.number].check
    if check is not None and slot.detail == check.verdict:
        when = near(desk, check.assessed_at)
        lines.append(tell("{verdict} {when}", verdict=check.verdict, when=when))
    return joined("\n", lines)


def patients_in(rows: Iterable[TrialRow]) -> tuple[TrialPatient, ...]:
    """The patients of some rows, each once, with the cycles of those rows alone."""
    cycles: dict[str, list[CycleChart]] = {}
    whose: dict[str, TrialPatient] = {}
    for row in rows:
        id_ = row.patient.chart.subject.id
        whose[id_] = row.patient
        cycles.setdefault(id_, []).extend(() if row.cycle is None else (row.cycle,))
    return tuple(replace(one, cycles=tuple(cycles[id_])) for id_, one in whose.items())


def trial_sums(rows: Sequence[TrialRow]) -> TrialSums:
    """The sums of some rows, as the printed summary counts them."""
    patients = patients_in(rows)
    measures = totals_of(patients)
    counted = {one.key: int(one.amounts[-1]) for one in measures if one.key not in ("", "given_iu")}
    waits = [slot.state for row in rows for slot in row.slots]
    return TrialSums(
        patients=len(patients),
        planned=counted.get("planned", 0),
        given=counted.get("given", 0),
        part_given=counted.get("part_given", 0),
        held=counted.get("held", 0),
        omitted=counted.get("omitted", 0),
        not_known=counted.get("not_known", 0),
        overrides=sum(
            len(d.overrides) for one in patients for c in one.cycles for d in c.doses.values()
        ),
        needs_second=waits.count(NEEDS_SECOND),
        disputed=waits.count(DISPUTED),
    )


def choices_of(rows: Iterable[TrialRow]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The trials and the arms that can be chosen; none where there is only one of them."""
    kept = tuple(rows)
    trials = tuple(sorted({row.patient.chart.subject.protocol for row in kept}))
    arms = tuple(sorted({row.patient.arm for row in kept}))
    return (trials if len(trials) > 1 else (), arms if len(arms) > 1 else ())
