"""Outcomes with their keys, and the reasons offered for each. A reason not listed is written."""

from __future__ import annotations

from il2desk.dosing import tell

# Outcome, words, key (screens, section 0).
OUTCOME_KEYS = (
    ("given", tell("Given"), "G"),
    ("part given", tell("Part given"), "P"),
    ("held", tell("Held"), "H"),
    ("omitted", tell("Omitted"), "O"),
    ("not known", tell("Not known"), "U"),
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
        tell("Written on paper first, recorded later"),
        tell("Computer was not available"),
        tell("Interrupted by other work"),
        tell("Decided by the prescriber"),
    ),
    "part given": (
        tell("Stopped for low blood pressure"),
        tell("Stopped for another toxicity"),
        tell("Stopped by the patient"),
        tell("Line or pump problem"),
        tell("Stopped by the prescriber"),
    ),
    "held": (
        tell("HOLD at the check before the dose"),
        tell("STOP at the check before the dose"),
        tell("CANNOT ASSESS: values missing"),
        tell("Decided by the prescriber"),
    ),
    "omitted": (
        tell("HOLD at the check before the dose"),
        tell("STOP at the check before the dose"),
        tell("Patient refused"),
        tell("No venous access"),
        tell("Not available"),
        tell("Out of the time window"),
        tell("Decided by the prescriber"),
    ),
    "not known": (
        tell("Ward chart checked, no entry found"),
        tell("Nurse in charge asked, not remembered"),
        tell("Syringe or bag not found"),
    ),
}


def reasons_for(outcome: str) -> tuple[str, ...]:
    """The reasons of an outcome in English. KeyError for a word that is no outcome."""
    return _REASONS[outcome]
