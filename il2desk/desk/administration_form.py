"""What is entered about a dose: outcome, times, volume, lots, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from il2desk.desk.records_of_a_dose import Lot


@dataclass(frozen=True, slots=True)
class AdministrationForm:
    """What is entered. Times aware; `volume_ml` is what went in, for "part given" or unreleased.

    `lots` are asked for where nothing was released. `decided_by` names the prescriber where the
    dose went against a verdict, or who decided that it was held or omitted.
    """

    outcome: str
    given_at: datetime | None = None
    approximate: bool = False
    stopped_at: datetime | None = None
    volume_ml: Decimal | None = None
    lots: tuple[Lot, ...] = ()
    reason: str = ""
    decided_by: str = ""
    note: str = ""
