"""The lots that a dose was taken from: what must be entered of each, and whether one has expired."""

from __future__ import annotations

from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import Lot
from il2desk.desk.stock_scan import scanned_refusal
from il2desk.dosing import Refusal, refuse, tell, write_date

LOT_TAIL = 4
"""The second person reads at least this many of the last characters of a lot number."""


def expired_lots(desk: Desk, lots: tuple[Lot, ...], on: date | None = None) -> list[str]:
    """A sentence for every lot that had expired on a day (today by default), or has no expiry."""
    day = on or desk.now().date()
    found: list[str] = []
    for lot in lots:
        expiry = expiry_of(lot)
        if expiry is None:
            found.append(
                tell("The expiry of lot {lot} is no date. Enter it as 12-Mar-2026.", lot=lot.lot)
            )
        elif expiry < day:
            found.append(
                tell(
                    "Lot {lot} expired on {date}. It cannot be taken.",
                    lot=lot.lot,
                    date=write_date(expiry),
                )
            )
    return found


def expiry_of(lot: Lot) -> date | None:
    """The last day of a lot, or None where the text is no date."""
    try:
        return date.fromisoformat(lot.expiry)
    except ValueError:
        return None


def lots_refusal(lots: tuple[Lot, ...]) -> Refusal | None:
    """Refused where a lot number, an expiry or the vials taken are missing."""
    if not lots:
        return refuse("lot", "Enter lot and expiry of every vial.")
    for lot in lots:
        if (refusal := scanned_refusal(lot.lot)) is not None:
            return refusal
        if len(lot.lot.strip()) < LOT_TAIL or lot.vials < 1:
            return refuse(
                "lot",
                "Enter the whole lot number, at least 4 characters, and the vials taken of it.",
            )
        if expiry_of(lot) is None:
            return refuse(
                "lot-expiry",
                tell("Enter the expiry of lot {lot} as a date, as in 12-Mar-2026.", lot=lot.lot),
            )
    return None
