"""Outcomes with their keys, and the reasons offered for each. A reason not listed is written."""

from __future__ import annotations

# Outcome, words, key (screens, section 0).
OUTCOME_KEYS = (
    ("given", "Given", "G"),
    ("part given", "Part given", "P"),
    ("held", "Held", "H"),
    ("omitted", "Omitted", "O"),
    ("not known", "Not known", "U"),
)
# The action id of the key registry for each outcome.
OUTCOME_ACTIONS = {
    "given": "given",
    "part-given": "part given",
    "held": "held",
    "omitted": "omitted",
    "not-known": "not known",
}
_REASONS = {
    "given": (
        "Written on paper first, recorded later",
        "Computer was not available",
        "Interrupted by other work",
        "Decided by the prescriber",
    ),
    "part given": (
        "Stopped for low blood pressure",
        "Stopped for another toxicity",
        "Stopped by the patient",
        "Line or pump problem",
        "Stopped by the prescriber",
    ),
    "held": (
        "HOLD at the check before the dose",
        "STOP at the check before the dose",
        "CANNOT ASSESS: values missing",
        "Decided by the prescriber",
    ),
    "omitted": (
        "HOLD at the check before the dose",
        "STOP at the check before the dose",
        "Patient refused",
        "No venous access",
        "Not available",
        "Out of the time window",
        "Decided by the prescriber",
    ),
    "not known": (
        "Ward chart checked, no entry found",
        "Nurse in charge asked, not remembered",
        "Syringe or bag not found",
    ),
}


def reasons_for(outcome: str) -> tuple[str, ...]:
    """The reasons of an outcome in English. KeyError for a word that is no outcome."""
    return _REASONS[outcome]
