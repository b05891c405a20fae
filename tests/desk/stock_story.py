"""Ten days of stock in a real journal: what the examples of the printed stock sheets tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from keeper import SATELLITE, Keeper

from il2desk.desk import Lot
from il2desk.desk.stock import DESTROYED, LIFTED, PATIENT_RETURN, QUARANTINED, SENT

AB, CD, ZZ = "PR1234AB", "PR5678CD", "PR9999ZZ"
EXPIRY = {AB: date(2026, 12, 31), CD: date(2027, 1, 31), ZZ: date(2027, 2, 28)}
_BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Story:
    """The entries that have a form, by what they are."""

    receipt: str
    wrong: str
    patient: str
    count: str
    sent: str
    destroyed: str
    quarantined: str


def tell(keeper: Keeper) -> Story:
    """Receipts, two doses, corrections, a return, a count that differs, a transfer, a quarantine."""
    made = keeper.ward.made

    def at(day: int, time: str) -> None:
        hour, minute = (int(part) for part in time.split(":"))
        keeper.ward.clock.moment = datetime(2026, 3, day, hour, minute, tzinfo=_BERLIN)

    def received(lot: str, vials: int, shipment: int, **more: Any) -> str:
        more["reference"], more["expiry"] = f"SHIP-{shipment}", EXPIRY[lot]
        return str(made(keeper.receive(lot, vials, **more)).id)

    at(2, "09:02")
    receipt = received(AB, 5, 1)
    at(2, "09:10")
    received(CD, 10, 2, temperature="not recorded")
    at(2, "09:20")
    wrong = received(ZZ, 4, 3)
    at(2, "10:40")
    made(keeper.move(LIFTED, CD, reference="Sponsor QA, letter 7", reason="the logger was read"))
    at(2, "11:45")
    first = keeper.dispense((Lot(AB, EXPIRY[AB].isoformat(), 2),), number=1)
    at(2, "19:45")
    keeper.dispense((Lot(AB, EXPIRY[AB].isoformat(), 1),), number=2)
    at(3, "09:15")
    made(keeper.correct(receipt, "one vial lay under the leaflet", vials=6))
    at(3, "09:25")
    made(keeper.correct(first.id, "typing error", vials=1))
    at(4, "10:00")
    made(keeper.correct(wrong, "shipment of another trial", in_error=True))
    at(6, "15:40")
    back = made(keeper.move(PATIENT_RETURN, AB, 1, reason="the cycle ended"))
    at(9, "08:05")
    count = made(keeper.count(3, AB))
    at(10, "16:20")
    sent = made(keeper.move(SENT, CD, 2, to=SATELLITE, reference="T-12", reason=""))
    at(11, "15:40")
    more = {"reference": "Sponsor QA, letter 9", "reason": "returned by a patient"}
    gone = made(keeper.move(DESTROYED, AB, 1, from_returns=True, **more))
    at(11, "16:10")
    kept = made(keeper.move(QUARANTINED, CD, reference="", reason="the carton is wet"))
    keeper.ward.clock.moment += timedelta(days=1)
    return Story(receipt, wrong, back.id, count.id, sent.id, gone.id, kept.id)
