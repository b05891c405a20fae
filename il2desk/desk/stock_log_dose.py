"""The amount of a dose in a line of an accountability log: what was prepared, as the release holds it."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk.stock_effects import DISPENSED
from il2desk.desk.stock_lines import StockLine
from il2desk.dosing import tell, write_dose
from il2desk.records import Entry


def amount_words(line: StockLine, entry: Entry, told: dict[str, int]) -> str:
    """The prepared dose with its unit; of a dose without a release what is recorded as given.

    `entry` is what took the vials; `told` keeps the line that named the amount of each, and grows:
    a dose of two lots is one amount, and its second line points to the first, as a correction of
    its vials does. Empty for any line that dispenses nothing or takes a dose back; a dose without
    a known amount says so.
    """
    if line.what != DISPENSED or not line.vials:
        return ""
    if entry.id in told:
        return tell("amount as in line {number}", number=told[entry.id])
    told[entry.id] = line.number
    prepared = entry.body.get("dose", {}).get("prepared_dose_iu")
    if prepared is not None:
        return write_dose(Decimal(prepared))
    given = entry.body.get("given_dose_iu")
    if given is not None:
        return tell("given {dose}", dose=write_dose(Decimal(given)))
    return tell("amount not recorded")
