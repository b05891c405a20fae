"""What the journal holds about the companion drugs of a cycle, and how its entries change that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from il2desk.desk.clock import moment_of
from il2desk.desk.folding import dispute_of, lots_of, notes_of, settled_by_amendment
from il2desk.desk.records_of_a_dose import Change, Dispute, Lot, open_dispute, waiting_state
from il2desk.records import Entry

COMPANION_KINDS = (
    "companion-recorded",
    "companion-cosigned",
    "companion-disputed",
    "companion-amended",
)


@dataclass(frozen=True, slots=True)
class CompanionRecord:
    """What happened to one dose of a companion drug, with amendments applied.

    `companion` is the drug's id in the protocol; `day` and `count` are its place, `day_date` the
    date of that day. `amount` and `derived_amount` are in `unit`; `derived_gap` says why nothing
    was derived when it was recorded. `planned` is False where the protocol plans none then.
    """

    entry: str
    companion: str
    drug: str
    day: int
    count: int
    day_date: date
    planned: bool
    outcome: str
    given_at: datetime | None
    approximate: bool
    stopped_at: datetime | None
    amount: Decimal | None
    unit: str
    derived_amount: Decimal | None
    derived_gap: str
    route: str
    injection_site: str
    product: str
    lots: tuple[Lot, ...]
    reason: str
    decided_by: str
    note: str
    against: str | None
    recorded_late: bool
    recorded_at: datetime
    by: str
    by_id: str
    cosigned_by: str | None = None
    cosigned_at: datetime | None = None
    changes: tuple[Change, ...] = ()
    in_error: bool = False
    disputes: tuple[Dispute, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def disputed(self) -> Dispute | None:
        """The dispute that waits for an amendment, or None."""
        return open_dispute(self.disputes)

    @property
    def waits(self) -> str:
        """How it waits for a second person; empty once it is signed."""
        return waiting_state(self.cosigned_by, self.disputes)


def standing(
    records: list[CompanionRecord], companion: str, day: int, count: int
) -> CompanionRecord | None:
    """The record that holds for a place; one entered in error does not."""
    for record in records:
        if not record.in_error and (record.companion, record.day, record.count) == (
            companion, day, count,
        ):  # fmt: skip
            return record
    return None


def fold_companion_entry(records: list[CompanionRecord], entry: Entry) -> None:
    """Apply one entry about a companion drug to the records of its cycle."""
    if entry.kind == "companion-recorded":
        records.append(_recorded(entry))
        return
    for at, record in enumerate(records):
        if record.entry != entry.body["record"]:
            continue
        if entry.kind == "companion-cosigned":
            signature = entry.body["signatures"][0]
            records[at] = replace(
                record, cosigned_by=signature["name"], cosigned_at=moment_of(signature["at"]),
                notes=(*record.notes, *notes_of(entry)),
            )  # fmt: skip
        elif entry.kind == "companion-disputed":
            records[at] = replace(record, disputes=(*record.disputes, dispute_of(entry)))
        else:
            records[at] = _amended(record, entry)


def _recorded(entry: Entry) -> CompanionRecord:
    body, signature = entry.body, entry.body["signatures"][0]
    return CompanionRecord(
        entry=entry.id, companion=body["companion"], drug=body["drug"], day=body["day"],
        count=body["count"], day_date=date.fromisoformat(body["day_date"]),
        planned=body["planned"], outcome=body["outcome"], given_at=_moment(body["given_at"]),
        approximate=body["approximate"], stopped_at=_moment(body["stopped_at"]),
        amount=_number(body["amount"]), unit=body["unit"],
        derived_amount=_number(body["derived_amount"]), derived_gap=body["derived_gap"],
        route=body["route"], injection_site=body["injection_site"], product=body["product"],
        lots=lots_of(body["lots"]), reason=body["reason"], decided_by=body["decided_by"],
        note=body["note"], against=body["against"], recorded_late=body["recorded_late"],
        recorded_at=entry.at, by=signature["name"], by_id=signature["staff"], notes=notes_of(entry),
    )  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moment_of(text)


_SETTERS: Mapping[str, Any] = {
    "given_at": _moment,
    "amount": _number,
    "outcome": str,
    "product": str,
    "note": str,
    "against": str,
}


def _amended(record: CompanionRecord, entry: Entry) -> CompanionRecord:
    """The record with an amendment applied; what it said before stays in `changes`."""
    first, second = entry.body["signatures"]
    changes = list(record.changes)
    values: dict[str, Any] = {}
    for change in entry.body["changes"]:
        name = change["field"]
        changes.append(
            Change(
                len(changes) + 1, name, change["old_text"], change["new_text"], first["name"],
                second["name"], entry.at, entry.reason, bool(entry.body.get("after_closure")),
            )
        )  # fmt: skip
        values[name] = True if name == "in_error" else _SETTERS[name](change["new"])
    disputes = settled_by_amendment(record.disputes)
    return replace(record, changes=tuple(changes), disputes=disputes, **values)
