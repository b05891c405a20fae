"""The counts of a trial: doses by outcome, per cycle and per arm, each with the number it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from il2desk.desk.chart import (
    GIVEN,
    CycleChart,
    PatientChart,
    Subject,
    chart_of,
    outcome_of,
    subjects,
)
from il2desk.desk.code_words import shown
from il2desk.desk.cycle_sheet_facts import cumulative_words, doses_of_unknown_amount
from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import CheckRecord
from il2desk.dosing import Refusal, tell, write_date, write_dose, write_number, write_rounded
from il2desk.sheets import ExposureRow, Measure

OUTCOMES = ("given", "part given", "held", "omitted", "not known")
ALL = tell("All")
NO_ARM = tell("no arms")


@dataclass(frozen=True)
class TrialPatient:
    """A patient of the trial with the cycles that the protocol planned for them."""

    chart: PatientChart
    cycles: tuple[CycleChart, ...]

    @property
    def arm(self) -> str:
        """The arm that the patient was registered for."""
        return self.chart.subject.arm or NO_ARM

    @property
    def code(self) -> str:
        """The trial number."""
        return self.chart.subject.trial_code

    @cached_property
    def outcomes(self) -> tuple[str | None, ...]:
        """The outcome of every planned dose; None where nothing is recorded."""
        return tuple(outcome_of(dose) for one in self.cycles for dose in one.doses.values())


def trial_patient(desk: Desk, subject: Subject) -> TrialPatient | None:
    """A patient with the cycles of the protocol that they are registered for; None where unknown."""
    chart = chart_of(desk, subject.id)
    if isinstance(chart, Refusal):
        return None
    cycles = (one for one in chart.cycles.values() if one.protocol == subject.protocol)
    return TrialPatient(chart, tuple(cycles))


def patients_of(desk: Desk, protocol: str) -> tuple[TrialPatient, ...]:
    """Everybody registered for the protocol, by trial number, with its cycles."""
    mine = (trial_patient(desk, one) for one in subjects(desk) if one.protocol == protocol)
    return tuple(sorted((one for one in mine if one is not None), key=lambda one: one.code))


def of_words(count: int, of: int) -> str:
    """The count with what it is of and its percentage: 12 of 45 (26.7 percent)."""
    if of == 0:
        return tell("{count} of 0", count=count)
    percent = write_rounded(Fraction(count * 100, of), 1)
    return tell(
        "{count}\u00a0of\u00a0{of} ({percent}\u00a0percent)",
        count=write_number(count),
        of=write_number(of),
        percent=percent,
    )


def arms_of(patients: Iterable[TrialPatient]) -> tuple[str, ...]:
    """The arms that somebody is registered for in order, then all; all alone where there is one."""
    arms = tuple(sorted({one.arm for one in patients}))
    return (*arms, ALL) if len(arms) > 1 else (ALL,)


def arm_names(patients: Iterable[TrialPatient]) -> tuple[str, ...]:
    """The arms that somebody is registered for, in order; none in a trial without arms."""
    names = tuple(sorted({one.arm for one in patients}))
    return () if names == (NO_ARM,) else names


def totals_of(patients: Sequence[TrialPatient]) -> tuple[Measure, ...]:
    """The totals of every arm and of all."""
    if not patients:
        return ()
    groups = [[one for one in patients if arm in (ALL, one.arm)] for arm in arms_of(patients)]

    def line(
        label: str,
        of: str,
        count: Callable[[list[TrialPatient]], tuple[int | Decimal, str]],
        key: str = "",
        *,
        strong: bool = True,
    ) -> Measure:
        counted = [count(group) for group in groups]
        amounts, words = zip(*counted, strict=True)
        return Measure(label, of, words, strong, key, tuple(Decimal(one) for one in amounts))

    def plain(
        count: Callable[[list[TrialPatient]], int],
    ) -> Callable[[list[TrialPatient]], tuple[int, str]]:
        return lambda group: (count(group), write_number(count(group)))

    def share(
        label: str, of: str, part: Callable[[list[TrialPatient]], tuple[int, int]], key: str = ""
    ) -> Measure:
        return line(
            label, of, lambda group: (part(group)[0], of_words(*part(group))), key, strong=False
        )

    return (
        line(tell("Patients registered"), "", plain(len)),
        share(
            tell("Patients with a cycle"), tell("of patients registered"), _with_cycle, "with_cycle"
        ),
        share(
            tell("Patients with a dose"), tell("of patients registered"), _with_dose, "with_dose"
        ),
        line(tell("Cycles planned"), "", plain(lambda group: len(_cycles(group))), "cycles"),
        share(
            tell("Cycles with a dose"),
            tell("of cycles planned"),
            _cycles_with_dose,
            "cycles_with_dose",
        ),
        share(tell("Cycles ended by a STOP"), tell("of cycles planned"), _stopped),
        line(tell("Doses planned"), "", plain(_planned), "planned"),
        *(
            share(
                tell("Doses {word}", word=shown(word)),
                tell("of doses planned"),
                _outcome(word),
                word.replace(" ", "_"),
            )
            for word in OUTCOMES
        ),
        share(
            tell("Doses without a record"),
            tell("of doses planned"),
            _outcome(None),
            "without_record",
        ),
        line(
            tell("Cumulative dose given"),
            tell("doses given and part given with an amount"),
            lambda group: (_sum(group), _sum_words(group)),
            "given_iu",
        ),
        share(
            tell("Went in without a recorded amount"),
            tell("of doses given and part given"),
            _without_amount,
        ),
    )


def _cycles(group: Iterable[TrialPatient]) -> list[CycleChart]:
    return [cycle for one in group for cycle in one.cycles]


def _with_cycle(group: list[TrialPatient]) -> tuple[int, int]:
    return sum(bool(one.cycles) for one in group), len(group)


def _with_dose(group: list[TrialPatient]) -> tuple[int, int]:
    return sum(any(outcome in GIVEN for outcome in one.outcomes) for one in group), len(group)


def _cycles_with_dose(group: list[TrialPatient]) -> tuple[int, int]:
    cycles = _cycles(group)
    return sum(
        any(outcome_of(dose) in GIVEN for dose in one.doses.values()) for one in cycles
    ), len(cycles)


def _stopped(group: list[TrialPatient]) -> tuple[int, int]:
    cycles = _cycles(group)
    return sum(_is_over(cycle) for cycle in cycles), len(cycles)


def _planned(group: Iterable[TrialPatient]) -> int:
    return sum(len(one.outcomes) for one in group)


def _outcome(word: str | None) -> Callable[[list[TrialPatient]], tuple[int, int]]:
    def part(group: list[TrialPatient]) -> tuple[int, int]:
        return sum(one.outcomes.count(word) for one in group), _planned(group)

    return part


def _sum(group: Iterable[TrialPatient]) -> Decimal:
    return sum((cycle.given_iu for cycle in _cycles(group)), Decimal(0))


def _sum_words(group: list[TrialPatient]) -> str:
    """The sum in words; "at least" that, where the sum of a cycle is."""
    dose = write_dose(_sum(group))
    if any(doses_of_unknown_amount(cycle) for cycle in _cycles(group)):
        return tell("at least {dose}", dose=dose)
    return dose


def _without_amount(group: list[TrialPatient]) -> tuple[int, int]:
    went_in = [
        dose.administration
        for cycle in _cycles(group)
        for dose in cycle.doses.values()
        if dose.administration is not None and dose.administration.outcome in GIVEN
    ]
    return sum(record.given_dose_iu is None for record in went_in), len(went_in)


def _is_over(cycle: CycleChart) -> bool:
    """Whether a STOP ended the cycle, its own or one for good in another."""
    return stop_of(cycle) is not None


def stop_of(cycle: CycleChart) -> CheckRecord | None:
    """The STOP that ended it; one for good in another cycle ends no cycle that was complete by itself."""
    if cycle.barred_by is not None and any(outcome_of(one) is None for one in cycle.doses.values()):
        return cycle.stop_by() or cycle.barred_by
    return cycle.stop_by()


def exposure_rows(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[ExposureRow, ...]:
    """A row for every cycle of every patient."""
    return tuple(_exposure(desk, one, cycle) for one in patients for cycle in one.cycles)


def _exposure(desk: Desk, one: TrialPatient, cycle: CycleChart) -> ExposureRow:
    found = [outcome_of(dose) for dose in cycle.doses.values()]
    given, part_given, held, omitted, not_known = (str(found.count(word)) for word in OUTCOMES)
    return ExposureRow(
        trial_code=one.code, arm=one.arm, cycle=f"{cycle.course}, {cycle.number}",
        begins=write_date(desk.local(cycle.begins).date()), planned=str(len(found)), given=given,
        part_given=part_given, held=held, omitted=omitted, not_known=not_known,
        without_record=str(found.count(None)), cumulative=cumulative_words(cycle),
        given_iu=cycle.given_iu, state=_state(desk, cycle),
    )  # fmt: skip


def _state(desk: Desk, cycle: CycleChart) -> str:
    """How the cycle stands by its records alone, whatever the hour is."""
    stop = stop_of(cycle)
    if stop is not None:
        day = write_date(desk.local(stop.assessed_at).date())
        return tell("STOP {scope}, {day}", scope=shown(stop.scope or tell("this cycle")), day=day)
    if all(dose.administration is not None for dose in cycle.doses.values()):
        return (
            tell("complete, signed by two")
            if cycle.closed
            else tell("complete, not all signed by two")
        )
    return tell("open")
