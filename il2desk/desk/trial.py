"""The trial as a whole: everything that others may use of it, in one place."""

from __future__ import annotations

from il2desk.desk.trial_counts import TrialPatient
from il2desk.desk.trial_lists import (
    NO_CRITERION,
    CriterionRow,
    OverrideLine,
    SecondDelay,
    SecondLine,
    criterion_rows,
    override_lines,
    second_delay,
)
from il2desk.desk.trial_overview import (
    STATES,
    TrialFilter,
    TrialPart,
    TrialRow,
    TrialSums,
    choices_of,
    patients_in,
    trial_in_parts,
    trial_sums,
)

__all__ = [
    "NO_CRITERION",
    "STATES",
    "CriterionRow",
    "OverrideLine",
    "SecondDelay",
    "SecondLine",
    "TrialFilter",
    "TrialPart",
    "TrialPatient",
    "TrialRow",
    "TrialSums",
    "choices_of",
    "criterion_rows",
    "override_lines",
    "patients_in",
    "second_delay",
    "trial_in_parts",
    "trial_sums",
]
