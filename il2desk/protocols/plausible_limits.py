"""Limits of a rule that nobody could measure: a slip of the unit, refused by name.

The ranges are those of the finding codes (assessment page). A published consensus table writes a fever
"above 100.5 °C" and platelets "below 50,000 x 10^9 per L": such a limit is never met, or always.
"""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import (
    WEIGHT_KG,
    Bounds,
    FindingCode,
    NumberField,
    tell,
    write_number,
    write_quantity,
)
from il2desk.protocols.table import Table

_ADVICE = {
    "temperature": tell(
        "It reads like degrees Fahrenheit. Compare the unit with the document and write °C."
    ),
    "platelets": tell(
        "It reads like another unit (per litre, or x 10⁹ per L). Write platelets per mm3."
    ),
    "spo2": tell("Write a percentage."),
}


def check_limits(row: Table, code: FindingCode, field: NumberField, bounds: Bounds) -> None:
    """Report every limit that lies outside the field, which is what this code can be."""
    limits = {
        "below": bounds.below, "to": bounds.to, "from": bounds.from_, "above": bounds.above,
    }  # fmt: skip
    for key, limit in limits.items():
        if limit is None or _possible(limit, field, per_kg=bounds.per_kg):
            continue
        per = " per kg" if bounds.per_kg else ""
        unit = f"{field.unit}{per}".strip()
        low, high = write_number(field.minimum), write_number(field.maximum)
        row.problem(
            key,
            tell(
                "{amount} is no limit for {name}, which is {low} to {high} {unit}",
                amount=write_quantity(limit, unit) if unit else write_number(limit),
                name=code.name,
                low=low,
                high=high,
                unit=field.unit,
            ).rstrip()
            + f". {_ADVICE.get(code.code, 'Compare number and unit with the document.')}",
        )


def _possible(limit: Decimal, field: NumberField, *, per_kg: bool) -> bool:
    """True where a finding could lie on either side of the limit, at some weight."""
    if not per_kg:
        return field.minimum <= limit <= field.maximum
    return limit * WEIGHT_KG.maximum >= field.minimum and limit * WEIGHT_KG.minimum <= field.maximum
