"""The words of what moves stock, and what one line of an entry does to the books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from il2desk.desk.stock_lines import CONTROL, LotPlace, StockRecord, lot_key, place_key
from il2desk.records import Entry

STOCK_KINDS = (
    "stock-received", "stock-moved", "stock-counted", "stock-difference", "stock-corrected", "stock-low-mark",
)  # fmt: skip
FOLDED = (
    *STOCK_KINDS, "release-recorded", "preparation-discarded", "administration-recorded", "administration-amended",
)  # fmt: skip
RECEIVED, DISPENSED, DIFFERENCE = "received", "dispensed", "count difference"
QUARANTINED, LIFTED, EXCURSION = "quarantined", "quarantine lifted", "temperature excursion"
WASTED, PATIENT_RETURN, TO_SPONSOR = "wasted", "returned by patient", "returned to sponsor"
DESTROYED, SENT, ARRIVED, OUTSIDE = "destroyed", "sent", "arrived", "transferred out"
SIGNS = {
    RECEIVED: 1, ARRIVED: 1, DIFFERENCE: 1, DISPENSED: -1, WASTED: -1, TO_SPONSOR: -1,
    DESTROYED: -1, SENT: -1, OUTSIDE: -1,
}  # fmt: skip
"""What a line does to the balance, by its word; a word that is not here leaves it as it is."""
WITH_VIALS = (*SIGNS, PATIENT_RETURN)
"""Lines whose number of vials and lot a correction can change; the others are taken back whole."""
TAKES = (DISPENSED, WASTED, TO_SPONSOR, DESTROYED, SENT, OUTSIDE)
FLAGS = (QUARANTINED, EXCURSION, LIFTED)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one line of an entry does now, corrections applied. `returns`: to vials of patients."""

    entry: Entry
    what: str
    record: StockRecord
    lot: str
    place: str
    vials: int
    returns: int = 0
    expiry: str = ""
    voided: bool = False

    def corrected(self, changes: Iterable[Mapping[str, Any]]) -> Effect:
        """The effect with a correction's changes applied (field and new value)."""
        new = self
        for change in changes:
            name, value = change["field"], change["new"]
            if name == "in_error":
                new = replace(new, vials=0, voided=True)
            elif name == "vials":
                new = replace(new, vials=int(value))
            elif name == "lot":
                new = replace(new, lot=value)
            elif name == "expiry":
                new = replace(new, expiry=value)
        if new.returns:
            new = replace(new, returns=new.vials if new.returns > 0 else -new.vials)
        return new

    @property
    def of(self) -> LotPlace:
        """The lot and place it touches."""
        return LotPlace(self.record, lot_key(self.lot), place_key(self.place))

    @property
    def change(self) -> int:
        """What it does to the balance; vials that a patient brought back are not part of it."""
        return 0 if self.returns else SIGNS.get(self.what, 0) * self.vials


def record_in(body: Mapping[str, Any]) -> StockRecord:
    """The record that a body names."""
    return StockRecord(body["protocol"], body["product"])


def effect_of(entry: Entry, what: str) -> Effect:
    """What an entry does by its own words."""
    body = entry.body
    return Effect(
        entry, what, record_in(body), body["lot"], body.get("place", CONTROL), int(body["vials"]),
        expiry=body.get("expiry", ""),
    )  # fmt: skip
