"""Which entries the form of one movement rests on, and what the movement says after its corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from il2desk.desk.code_words import both, shown
from il2desk.desk.desk import Desk
from il2desk.desk.sheet_request import SheetRequest
from il2desk.desk.stock_effects import (
    ARRIVED,
    DESTROYED,
    EXCURSION,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RECEIVED,
    SENT,
    TO_SPONSOR,
    WASTED,
    record_in,
)
from il2desk.desk.stock_lines import lot_key, place_key
from il2desk.desk.stock_restore_note import form_restore_note
from il2desk.desk.stock_sheet_scope import newest_of_stock
from il2desk.dosing import tell, write_moment
from il2desk.records import Entry
from il2desk.sheets import Footnote

COUNTED = "counted"
WITH_FORM = (
    RECEIVED, COUNTED, PATIENT_RETURN, TO_SPONSOR, DESTROYED, SENT, ARRIVED, OUTSIDE, WASTED,
    QUARANTINED, LIFTED, EXCURSION,
)  # fmt: skip
"""What has a form of its own, by the word of its line."""
_FIELDS = {"vials": "vials", "lot": "lot", "expiry": "expiry"}
_WHOLE = tell("this whole entry")


@dataclass(frozen=True, slots=True)
class Movement:
    """An entry of the stock with its own corrections applied, and a footnote for each of them.

    `marks` holds the footnotes' letters by field, `corrections` those of each correction.
    """

    entry: Entry
    what: str
    values: Mapping[str, str]
    footnotes: tuple[Footnote, ...]
    marks: Mapping[str, str]
    in_error: bool
    corrections: tuple[tuple[Entry, str], ...] = ()

    def shown(self, field: str, words: str) -> str:
        """A value in words with the dagger and letters of its corrections."""
        letters = self.marks.get(field, "")
        return (
            tell("{words}\u00a0\u2020{letters}", words=words, letters=letters) if letters else words
        )


def what_of(entry: Entry) -> str:
    """The word of an entry's movement; empty where it has no form."""
    words = {"stock-received": RECEIVED, "stock-counted": COUNTED}
    word = words.get(entry.kind, str(entry.body.get("move", "")))
    known = entry.kind in (*words, "stock-moved") and word in WITH_FORM
    return word if known else ""


def movement_of(desk: Desk, entry: Entry, letters_after: int = 0, named: str = _WHOLE) -> Movement:
    """The entry as it holds after its own corrections, oldest first.

    `letters_after` is how many letters other footnotes of the same sheet took before; `named` is
    what a footnote calls the entry where all of it was taken back.
    """
    values = {name: str(entry.body[name]) for name in _FIELDS}
    marks: dict[str, str] = {}
    notes: list[Footnote] = []
    in_error = False
    lettered: list[tuple[Entry, str]] = []
    for correction in _corrections(desk, entry.id):
        mine: list[str] = []
        for change in correction.body["changes"]:
            letter = ascii_lowercase[(letters_after + len(notes)) % len(ascii_lowercase)]
            field = str(change["field"])
            if field == "in_error":
                in_error, field = True, "vials"
            else:
                values[field] = str(change["new"])
            marks[field] = " ".join(filter(None, (marks.get(field), letter)))
            mine.append(letter)
            notes.append(_footnote(desk, letter, change, correction, named))
        lettered.append((correction, " ".join(mine)))
    return Movement(
        entry, what_of(entry), values, tuple(notes), marks, in_error, tuple(lettered)
    )  # fmt: skip


def _footnote(
    desk: Desk, letter: str, change: Mapping[str, Any], correction: Entry, named: str
) -> Footnote:
    what = named if change["field"] == "in_error" else _FIELDS[change["field"]]
    who = both(str(one["name"]) for one in correction.body["signatures"])
    when = write_moment(desk.local(correction.at))
    return Footnote(
        letter,
        what,
        shown(str(change["old_text"])),
        shown(str(change["new_text"])),
        who,
        when,
        correction.reason,
    )


def _corrections(desk: Desk, entry: str) -> list[Entry]:
    return [one for one in desk.journal.entries(kind="stock-corrected") if one.amends == entry]


def arrivals_of(desk: Desk, transfer: str) -> tuple[Entry, ...]:
    """The arrivals that were recorded of a transfer, oldest first."""
    moves = desk.journal.entries(kind="stock-moved")
    return tuple(
        one
        for one in moves
        if one.body["move"] == ARRIVED and str(one.body["transfer"]) == transfer
    )


def settlement_of(desk: Desk, count: str) -> Entry | None:
    """The entry that took what a count differed by into the books."""
    found = desk.journal.entries(kind="stock-difference")
    return next((one for one in found if str(one.body["count"]) == count), None)


def newest_of_form(desk: Desk, request: SheetRequest) -> Entry | None:
    """The newest entry that the form of one movement rests on; None where it is no entry."""
    entry = desk.journal.entry(request.of)
    if entry is None or not what_of(entry):
        return None
    found = [entry]
    what = what_of(entry)
    if what == SENT:
        found.extend(arrivals_of(desk, entry.id))
    elif what == ARRIVED:
        sent = desk.journal.entry(str(entry.body["transfer"]))
        found.extend([] if sent is None else [sent])
    elif what == COUNTED:
        settled = settlement_of(desk, entry.id)
        found.extend([] if settled is None else [settled])
        # A later count, or a correction of an earlier line, can close what this one differs by.
        found.extend(
            one for one in desk.journal.entries(kind="stock-counted") if _same_lot(one, entry)
        )
    ids = {one.id for one in found}
    corrections = desk.journal.entries(kind="stock-corrected")
    lots = _lots_of(entry, corrections)
    found.extend(
        one
        for one in corrections
        if one.amends in ids
        or _of_lot(one, entry, lots)
        or (what == COUNTED and _touches(one, entry, lots))
    )
    found.extend(
        one
        for one in desk.journal.entries(kind="stock-received")
        if record_in(one.body) == record_in(entry.body)
        and lot_key(one.body["lot"]) in lots
        and one.body["expiry"] != entry.body["expiry"]
    )
    if form_restore_note(desk, entry):
        # Any count can be the one after which nothing waits any more.
        latest = newest_of_stock(desk, request)
        found.extend([] if latest is None else [latest])
    return max(found, key=lambda one: one.sequence)


def _lots_of(entry: Entry, corrections: tuple[Entry, ...]) -> set[str]:
    """The lot of an entry, and those that corrections made of it, as compared."""
    changed = [
        change["new"]
        for one in corrections
        if one.amends == entry.id
        for change in one.body["changes"]
        if change["field"] == "lot"
    ]
    return {lot_key(str(one)) for one in (entry.body["lot"], *changed)}


def _same_lot(one: Entry, entry: Entry) -> bool:
    mine, other = (
        (record_in(each.body), lot_key(str(each.body["lot"])), place_key(str(each.body["place"])))
        for each in (one, entry)
    )
    return mine == other


def _touches(correction: Entry, entry: Entry, lots: set[str]) -> bool:
    return record_in(correction.body) == record_in(entry.body) and any(
        lot_key(str(line["lot"])) in lots for line in correction.body["lines"]
    )


def _of_lot(correction: Entry, entry: Entry, lots: set[str]) -> bool:
    """Whether a correction can change the expiry of a lot: it holds for every receipt of the lot."""
    named = {change["field"] for change in correction.body["changes"]}
    return bool(named & {"expiry", "lot", "in_error"}) and _touches(correction, entry, lots)
