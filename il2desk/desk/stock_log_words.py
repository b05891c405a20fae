"""What happened in a line of the stock, in words: the move, its reference, why, what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from il2desk.desk.code_words import shown
from il2desk.desk.receive_stock import IN_RANGE, INTACT
from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    DIFFERENCE,
    DISPENSED,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RECEIVED,
    SENT,
    TO_SPONSOR,
    Effect,
)
from il2desk.desk.stock_lines import Books, StockLine, vials_words
from il2desk.dosing import joined, tell, write_quantity
from il2desk.records import Entry

_UNFINISHED = ("part given", "held", "omitted", "not known")
_FIELDS = {"vials": "vials", "lot": "lot", "expiry": "expiry"}


def moved_words(change: int) -> str:
    """What a line does to the balance: "in 6", "out 2", or 0."""
    if not change:
        return "0"
    return (
        tell("in {change}", change=change) if change > 0 else tell("out {change}", change=-change)
    )


def line_words(books: Books, line: StockLine, effect: Effect, discarded: str = "") -> str:
    """An original line in words; each sentence on a line of its own.

    `effect` is what the line does now: only its entry is read, which no correction changes.
    `discarded` says that the preparation was given to nobody: the dose's outcome is not its own.
    """
    body = effect.entry.body
    said = [_happened(books, line, body), *_received(line, body)]
    if line.left_over_ml:
        said.append(
            tell("left over {left_over_ml}", left_over_ml=write_quantity(line.left_over_ml, "mL"))
        )
    outcome = books.outcomes.get((line.cycle, line.dose_number), "")
    if line.what == DISPENSED and outcome in _UNFINISHED and not discarded:
        said.append(tell("the dose: {outcome}", outcome=shown(outcome)))
    if line.reason:
        said.append(tell("Reason: {reason}", reason=line.reason))
    marks = (*filter(None, (discarded,)), *line.marks)
    said.extend(tell("\u25b2 {mark}", mark=mark) for mark in marks)
    return joined("\n", said)


def _happened(books: Books, line: StockLine, body: Mapping[str, Any]) -> str:
    reference, vials = line.reference, vials_words(line.vials)
    if line.what == ARRIVED:
        sent = books.sent.get(str(body["transfer"]))
        return (
            shown(ARRIVED)
            if sent is None
            else tell(
                "arrived from {place}, approval {reference}",
                place=shown(sent.place),
                reference=sent.reference,
            )
        )
    if line.what == DISPENSED:
        return (
            shown(DISPENSED)
            if "given_at" not in body
            else tell("dispensed, without a recorded release")
        )
    if body.get("from_returns"):
        return tell(
            "{what}: {vials} that patients returned, {reference}",
            what=shown(line.what),
            vials=vials,
            reference=reference,
        )
    if line.what == "counted":
        before = tell("as in the books") if line.vials == line.lot_balance else (
            tell("the books held {lot_balance}", lot_balance=line.lot_balance)
        )  # fmt: skip
        return tell("counted {vials} on the shelf, {before}", vials=vials, before=before)
    told = {
        RECEIVED: tell(
            "received from {supplier}, shipment {reference}",
            supplier=body.get("supplier", ""),
            reference=reference,
        ),
        SENT: tell("sent to {to}, approval {reference}", to=shown(line.to), reference=reference),
        OUTSIDE: tell(
            "transferred to {to}, approval {reference}", to=shown(line.to), reference=reference
        ),
        PATIENT_RETURN: tell("returned by patient: {vials}, kept apart", vials=vials),
        DIFFERENCE: tell("count difference, settled by two people"),
        DESTROYED: tell("destroyed, authorised by {reference}", reference=reference),
        TO_SPONSOR: tell("returned to sponsor, {reference}", reference=reference),
        QUARANTINED: tell("QUARANTINED, the whole lot"),
        LIFTED: tell("quarantine lifted, decided by {reference}", reference=reference),
    }
    return told.get(line.what, shown(line.what))


def _received(line: StockLine, body: Mapping[str, Any]) -> list[str]:
    """What was not as it should be when the vials came."""
    if line.what != RECEIVED:
        return []
    said = []
    if body["temperature"] != IN_RANGE:
        said.append(
            tell("temperature on arrival {temperature}", temperature=shown(body["temperature"]))
        )
    if body["condition"] != INTACT:
        said.append(tell("arrived {condition}", condition=shown(body["condition"])))
    if body["quarantined"]:
        said.append(tell("QUARANTINED on arrival"))
    return said


def discarded_words(discard: Entry, day: str) -> str:
    """That a preparation was given to nobody: when, by whom and why."""
    by = joined(", ", (str(one["name"]) for one in discard.body["signatures"]))
    return tell(
        "preparation discarded {day}, {by}: {reason}", day=day, by=by, reason=discard.reason
    )


def correction_words(number: str, changes: tuple[Mapping[str, Any], ...], reason: str) -> str:
    """A correction in words: which line, what it said and says now, and why."""
    said: list[str] = []
    for change in changes:
        if change["field"] == "in_error":
            said.append(tell("the whole line taken back, entered in error"))
        elif change["field"] in _FIELDS:
            said.append(
                tell(
                    "{field} {old_text}, now {new_text}",
                    field=shown(change["field"]),
                    old_text=change["old_text"],
                    new_text=change["new_text"],
                )
            )
    return tell(
        "correction of line {number}: {changes}\nReason: {reason}"
        if said
        else "correction of line {number}:\nReason: {reason}",
        number=number,
        changes=joined("; ", said),
        reason=reason,
    )
