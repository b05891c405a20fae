"""What happened in a line of the stock, in words: the move, its reference, why, what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
from il2desk.dosing import write_quantity
from il2desk.records import Entry

_UNFINISHED = ("part given", "held", "omitted", "not known")
_FIELDS = {"vials": "vials", "lot": "lot", "expiry": "expiry"}


def moved_words(change: int) -> str:
    """What a line does to the balance: "in 6", "out 2", or 0."""
    if not change:
        return "0"
    return f"in {change}" if change > 0 else f"out {-change}"


def line_words(books: Books, line: StockLine, effect: Effect, discarded: str = "") -> str:
    """An original line in words; each sentence on a line of its own.

    `effect` is what the line does now: only its entry is read, which no correction changes.
    `discarded` says that the preparation was given to nobody: the dose's outcome is not its own.
    """
    body = effect.entry.body
    said = [_happened(books, line, body), *_received(line, body)]
    if line.left_over_ml:
        said.append(f"left over {write_quantity(line.left_over_ml, 'mL')}")
    outcome = books.outcomes.get((line.cycle, line.dose_number), "")
    if line.what == DISPENSED and outcome in _UNFINISHED and not discarded:
        said.append(f"the dose: {outcome}")
    if line.reason:
        said.append(f"Reason: {line.reason}")
    marks = (*filter(None, (discarded,)), *line.marks)
    said.extend(f"\u25b2 {mark}" for mark in marks)
    return "\n".join(said)


def _happened(books: Books, line: StockLine, body: Mapping[str, Any]) -> str:
    reference, vials = line.reference, vials_words(line.vials)
    if line.what == ARRIVED:
        sent = books.sent.get(str(body["transfer"]))
        return (
            "arrived" if sent is None else f"arrived from {sent.place}, approval {sent.reference}"
        )
    if line.what == DISPENSED:
        return "dispensed" if "given_at" not in body else "dispensed, without a recorded release"
    if body.get("from_returns"):
        return f"{line.what}: {vials} that patients returned, {reference}"
    if line.what == "counted":
        before = "as in the books" if line.vials == line.lot_balance else (
            f"the books held {line.lot_balance}"
        )  # fmt: skip
        return f"counted {vials} on the shelf, {before}"
    told = {
        RECEIVED: f"received from {body.get('supplier', '')}, shipment {reference}",
        SENT: f"sent to {line.to}, approval {reference}",
        OUTSIDE: f"transferred to {line.to}, approval {reference}",
        PATIENT_RETURN: f"returned by patient: {vials}, kept apart",
        DIFFERENCE: "count difference, settled by two people",
        DESTROYED: f"destroyed, authorised by {reference}",
        TO_SPONSOR: f"returned to sponsor, {reference}",
        QUARANTINED: "QUARANTINED, the whole lot",
        LIFTED: f"quarantine lifted, decided by {reference}",
    }
    return told.get(line.what, line.what)


def _received(line: StockLine, body: Mapping[str, Any]) -> list[str]:
    """What was not as it should be when the vials came."""
    if line.what != RECEIVED:
        return []
    said = []
    if body["temperature"] != IN_RANGE:
        said.append(f"temperature on arrival {body['temperature']}")
    if body["condition"] != INTACT:
        said.append(f"arrived {body['condition']}")
    if body["quarantined"]:
        said.append("QUARANTINED on arrival")
    return said


def discarded_words(discard: Entry, day: str) -> str:
    """That a preparation was given to nobody: when, by whom and why."""
    by = ", ".join(str(one["name"]) for one in discard.body["signatures"])
    return f"preparation discarded {day}, {by}: {discard.reason}"


def correction_words(number: str, changes: tuple[Mapping[str, Any], ...], reason: str) -> str:
    """A correction in words: which line, what it said and says now, and why."""
    said = [f"correction of line {number}:"]
    for change in changes:
        if change["field"] == "in_error":
            said.append("the whole line taken back, entered in error")
        elif change["field"] in _FIELDS:
            said.append(f"{change['field']} {change['old_text']}, now {change['new_text']}")
    return "\n".join([" ".join([said[0], "; ".join(said[1:])]).strip(), f"Reason: {reason}"])
