"""Where a dose of a companion drug stands, and what is entered about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from il2desk.desk.records_of_a_dose import Lot
from il2desk.dosing import DOSE_UNITS, INTERNATIONAL_UNITS, NumberField

# What a field holds, as for aldesleukin in international units; no limit of any drug.
_DOSE_MG = NumberField("dose", "mg", Decimal("0.001"), Decimal(99_999), 3)


def amount_field(unit: str) -> NumberField:
    """The field of an amount of a companion drug, in international units or mg."""
    return DOSE_UNITS if unit == INTERNATIONAL_UNITS else _DOSE_MG


@dataclass(frozen=True, slots=True)
class CompanionPlace:
    """One dose of a companion drug: subject id, cycle id, id of the drug in the protocol, its day.

    `day` is the day of the cycle, counted from 1 (below 1 before the cycle), and `count` which dose
    of that day, counted from 1. A day on which none is planned is a place as well: what was given
    then is recorded there. It belongs to no dose of aldesleukin.
    """

    subject: str
    cycle: str
    companion: str
    day: int
    count: int = 1

    def where(self) -> dict[str, str]:
        """The place as an entry names it; drug, day and count stand in its body."""
        return {"subject": self.subject, "cycle": self.cycle}


@dataclass(frozen=True, slots=True)
class CompanionForm:
    """What is entered. Times aware; `amount` is what went in, in the unit the protocol names.

    `route`, `injection_site`, `product` and `lots` are as typed, empty where they were not.
    `decided_by` names the prescriber where the dose went against a STOP, or who decided that it was
    held or omitted.
    """

    outcome: str
    given_at: datetime | None = None
    approximate: bool = False
    stopped_at: datetime | None = None
    amount: Decimal | None = None
    route: str = ""
    injection_site: str = ""
    product: str = ""
    lots: tuple[Lot, ...] = ()
    reason: str = ""
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CompanionAmendment:
    """The corrected values; None leaves a field as it is. Times aware, amount in the drug's unit.

    `in_error` marks the whole record as entered in error; its place can be recorded anew.
    """

    reason: str
    given_at: datetime | None = None
    amount: Decimal | None = None
    outcome: str | None = None
    product: str | None = None
    note: str | None = None
    in_error: bool = False
