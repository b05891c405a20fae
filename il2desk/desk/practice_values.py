"""What was measured in the practice trial: invented values of invented patients, dose by dose.

Pressure sinks, creatinine and weight rise and fever follows a dose, so that a course is worth
looking at. No value here is taken from a person or a publication.
"""

from __future__ import annotations

from decimal import Decimal

_Row = tuple[str, str, str]
"""Systolic pressure in mmHg, creatinine in mg/dL, temperature in degrees Celsius."""

_MEASURED: dict[str, tuple[_Row, ...]] = {
    "PRA-001": (("132", "0.9", "36.7"), ("121", "1.1", "38.1"), ("114", "1.4", "38.4")),
    "PRA-002": (
        ("138", "1", "36.9"), ("126", "1.4", "38.3"), ("117", "1.8", "38.6"),
        ("109", "2.2", "38.2"), ("104", "2.7", "38.5"),
    ),
    "PRA-003": (
        ("144", "1.2", "36.6"), ("131", "1.4", "38"), ("122", "1.6", "38.7"), ("101", "1.9", "38.4"),
    ),
    "PRA-004": (
        ("128", "0.8", "36.8"), ("118", "1", "38.2"), ("112", "1.3", "38.6"),
        ("108", "1.7", "38.3"), ("103", "2.1", "38.8"), ("98", "2.6", "38.4"),
        ("110", "2.2", "37.3"), ("106", "1.9", "38.1"), ("101", "1.8", "38.5"),
        ("104", "1.9", "38"), ("99", "2", "38.4"), ("97", "2.1", "38.2"),
        ("107", "2", "37.4"), ("109", "1.8", "37.2"), ("102", "1.8", "37.9"),
    ),
}  # fmt: skip
_GAINS_KG: dict[str, tuple[str, ...]] = {
    "PRA-001": ("0.8",),
    "PRA-002": ("0.7", "1.1"),
    "PRA-003": ("0.9",),
    "PRA-004": ("0.75", "0.95", "0.9", "0.65", "0.4"),
}


# Invented as well, for a patient of no story of the practice trial.
_NORMAL = {"creatinine": "1.1"}
_GAIN_KG = Decimal("0.3")


def measured_before(trial_code: str, number: int) -> dict[str, str]:
    """Codes and values of the check before a dose of a practice patient; of anybody else normal ones."""
    if trial_code not in _MEASURED:
        return dict(_NORMAL)
    systolic, creatinine, temperature = _MEASURED[trial_code][number - 1]
    return {"systolic_bp": systolic, "creatinine": creatinine, "temperature": temperature}


def gained(trial_code: str, daily_weights: int) -> Decimal:
    """The kg by which the next daily weight lies above the last, after so many daily weights."""
    gains = _GAINS_KG.get(trial_code)
    return _GAIN_KG if gains is None else Decimal(gains[daily_weights])
