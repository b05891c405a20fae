"""The facts of an accountability log: the lines of one record at one place, as the books hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from il2desk.desk.chart import Subject, subjects
from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.stock_books import current_effects, stock_books
from il2desk.desk.stock_lines import CONTROL, Books, LotStock, StockLine, StockRecord, vials_words
from il2desk.desk.stock_log_dose import amount_words
from il2desk.desk.stock_log_open import open_difference, open_transfer_words
from il2desk.desk.stock_log_sums import forwards, lot_lines
from il2desk.desk.stock_log_words import (
    correction_words,
    discarded_words,
    line_words,
    moved_words,
)
from il2desk.desk.stock_restore_note import stock_restore_note
from il2desk.desk.stock_sheet_scope import day_words, record_of, trial_of
from il2desk.dosing import Refusal, joined, refuse, tell
from il2desk.records import Entry
from il2desk.sheets import (
    LOG_FORM,
    LogLine,
    Marks,
    SignatureRow,
    StockLogFacts,
    compose_stock_log,
    name_words,
)

_IN_ERROR: tuple[Mapping[str, Any], ...] = ({"field": "in_error"},)
Target = tuple[str, int]
"""A line that can be corrected: its entry, and which of the entry's lots, from 0."""


def make_stock_log(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The log of the request's record and place; refused where the books hold no line of it."""
    books, named = stock_books(desk), record_of(request.of)
    lines = [] if named is None else _lines_of(books, *named)
    if named is None or not lines:
        return refuse(
            "record",
            "The books hold no line of this product at this place. Choose a record of the list.",
        )
    record, place = named
    trial = trial_of(desk, record)
    lots = books.lots_at(record, place)
    stand, whole = lot_lines(lines, lots, books.voided)
    facts = StockLogFacts(
        issue=call.issue(desk, *LOG_FORM), marks=Marks(practice=desk.practice),
        protocol=record.protocol, protocol_title=trial.title, agent=trial.agent,
        product=record.product, version=trial.version, fingerprint=trial.fingerprint,
        place=shown(lines[0].place), control=place == CONTROL, lines=_log_lines(desk, books, lines),
        lots=stand, whole=whole,
        differences=tuple(said for lot in lots for said in open_difference(desk, lot)),
        on_the_way=open_transfer_words(books, record, place), notes=stock_restore_note(desk, lots),
        signatures=(
            SignatureRow(_checked_words(int(whole.balance), lots), tell("pharmacist")),
            SignatureRow(tell("I reviewed this record"), tell("investigator")),
            SignatureRow(tell("I reviewed this record"), tell("monitor")),
        ),
    )  # fmt: skip
    return Composed(compose_stock_log(for_paper(facts)))


def _checked_words(balance: int, lots: Iterable[LotStock]) -> str:
    """What the pharmacist vouches for, in vials; a pen writes the shelf where a difference is open."""
    if any(lot.open_count is not None for lot in lots):
        return tell(
            "I checked this record against the shelf: record {vials}, shelf\u00a0____\u00a0vials; "
            "a difference is open",
            vials=vials_words(balance),
        )
    return tell(
        "I checked this record against the shelf: balance {vials}", vials=vials_words(balance)
    )


def _lines_of(books: Books, record: StockRecord, place: str) -> list[StockLine]:
    return [line for line in books.lines if (line.of.record, line.of.place) == (record, place)]


def _log_lines(desk: Desk, books: Books, lines: list[StockLine]) -> tuple[LogLine, ...]:
    corrections = _corrections(desk)
    targets = _targets(lines, corrections)
    last: dict[Target, StockLine] = {}
    first: dict[Target, StockLine] = {}
    for line, target in zip(lines, targets, strict=True):
        last[target] = line
        first.setdefault(target, line)
    people = {one.id: one for one in subjects(desk)}
    doses = _doses(desk)
    effects, discarded = current_effects(desk), _discarded(desk)
    made = []
    told: dict[str, int] = {}
    for line, (entry, at), before in zip(lines, targets, forwards(lines), strict=True):
        if line.corrects:
            what = correction_words(
                str(first[entry, at].number), _changes(corrections[line.entry]), line.reason
            )
        else:
            what = line_words(books, line, effects[entry][at], discarded.get(entry, ""))
        by = last[entry, at]
        corrected = _corrected(first_of(lines, by)) if by.entry != line.entry else ""
        made.append(
            replace(
                _log_line(line, what, corrected, people.get(line.subject or ""), doses),
                amount=amount_words(line, effects[entry][at].entry, told), forward=before,
            )
        )  # fmt: skip
    return tuple(made)


def first_of(lines: list[StockLine], line: StockLine) -> StockLine:
    """The first line of the entry that a line came from: a corrected lot takes two."""
    return next(one for one in lines if one.entry == line.entry)


def _targets(lines: list[StockLine], corrections: Mapping[str, Entry]) -> list[Target]:
    """Which line each one is, or corrects."""
    found: list[Target] = []
    seen: Counter[str] = Counter()
    for line in lines:
        named = corrections[line.entry].body.get("line") if line.corrects else None
        if named is None:
            named, seen[line.entry] = seen[line.entry], seen[line.entry] + 1
        found.append((line.corrects or line.entry, int(named)))
    return found


def _corrections(desk: Desk) -> dict[str, Entry]:
    kinds = ("stock-corrected", "administration-amended")
    return {entry.id: entry for kind in kinds for entry in desk.journal.entries(kind=kind)}


def _discarded(desk: Desk) -> dict[str, str]:
    """What is said of a release whose preparation was given to nobody, by the release."""
    return {
        str(entry.body["release"]): discarded_words(
            entry, day_words(desk.local(entry.at).date().isoformat())
        )
        for entry in desk.journal.entries(kind="preparation-discarded")
    }


def _changes(correction: Entry) -> tuple[Mapping[str, Any], ...]:
    """What a correction changes; a dose's record that was entered in error takes its line back."""
    return tuple(correction.body["changes"]) if "line" in correction.body else _IN_ERROR


def _corrected(by: StockLine) -> str:
    who = name_words(by.by)
    if by.checked_by:
        who = tell("{first} and {second}", first=who, second=name_words(by.checked_by))
    return tell(
        "corrected in line {number}, {day}, {who}", number=by.number, day=day_words(by.on), who=who
    )


def _doses(desk: Desk) -> dict[str | None, str]:
    return {
        entry.cycle: tell(
            "course\u00a0{course}, cycle\u00a0{number}",
            course=entry.body["course"], number=entry.body["number"],
        )
        for entry in desk.journal.entries(kind="cycle-planned")
    }  # fmt: skip


def _log_line(
    line: StockLine,
    what: str,
    corrected: str,
    who: Subject | None,
    cycles: Mapping[str | None, str],
) -> LogLine:
    cycle = cycles.get(line.cycle, "")
    dose = ""
    if line.dose_number is not None:
        dose = joined(
            ", ", filter(None, (cycle, tell("dose\u00a0{number}", number=line.dose_number)))
        )
    return LogLine(
        number=str(line.number), day=day_words(line.on), what=what, lot=line.lot,
        expiry=day_words(line.expiry), moved=moved_words(line.change), balance=str(line.balance),
        lot_balance=str(line.lot_balance), recorder=line.by, second=line.checked_by,
        initials="" if who is None else who.initials,
        trial_code="" if who is None else who.trial_code, dose=dose, corrected=corrected,
    )  # fmt: skip
