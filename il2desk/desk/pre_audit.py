"""What an auditor of drug accountability would write up, looked for in this journal beforehand.

The list is that of the audits of the US National Cancer Institute's trials (design of the field,
section 2). Each finding that a journal can show is one rule here; the others are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from il2desk.desk.audit_finding import AuditFinding, PreAudit
from il2desk.desk.desk import Desk
from il2desk.desk.move_stock import open_transfers
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import (
    DESTROYED,
    DIFFERENCE,
    DISPENSED,
    EXCURSION,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RECEIVED,
    SENT,
    record_in,
)
from il2desk.desk.stock_fold import day_of
from il2desk.desk.stock_lines import Books, StockLine, lot_key, vials_words
from il2desk.desk.stock_since_restore import uncounted_since_restore
from il2desk.dosing import tell, write_date
from il2desk.records import Entry, JournalAltered

PAPER_ONLY = (
    tell(
        "The printed form: its page numbers, its boxes and whether it is identical to the NCI form."
    ),
    tell("Names that this journal does not hold: the investigator and the investigator's number."),
    tell("The form for oral agents: aldesleukin is not given by mouth."),
    tell("Whether vials of different protocols, and commercial vials, lie apart on the shelf."),
    tell("Temperature logs of refrigerators, and whether the shelf is locked."),
)
"""What of the list no journal can show; it is named, so that nobody takes silence for a yes."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the rules look at."""

    books: Books
    entries: Mapping[str, Entry]
    today: date

    def moved(self) -> Iterator[StockLine]:
        """The lines as they were written that nobody took back."""
        for line in self.books.lines:
            if not line.corrects and line.entry not in self.books.voided:
                yield line


Rule = Callable[[_Looked], Iterator[AuditFinding]]


def pre_audit(desk: Desk) -> PreAudit:
    """Ask every rule about the stock of this journal."""
    written = tuple(
        AuditFinding(
            "written-over",
            tell("The journal was changed outside the program: {problem}.", problem=problem),
        )
        for problem in desk.journal.check().problems
    )
    try:
        entries = {entry.id: entry for entry in desk.journal.entries()}
        looked = _Looked(stock_books(desk), entries, desk.now().date())
    except JournalAltered:
        return PreAudit(
            0, written, (tell("Every line: an entry is not as it was written."), *PAPER_ONLY)
        )
    found = tuple(finding for rule in RULES for finding in rule(looked))
    not_judged = (*_not_judged(looked), *PAPER_ONLY)
    return PreAudit(len(looked.books.lines), (*found, *written), not_judged)


def _not_judged(looked: _Looked) -> tuple[str, ...]:
    said: list[str] = []
    books = looked.books
    if books.before:
        said.append(
            tell(
                "Doses before the first receipt: {before} were taken from stock that is not kept in this journal.",
                before=books.before,
            )
        )
    counted = {line.of: at for at, line in enumerate(books.lines) if line.what == "counted"}
    moved = {line.of: at for at, line in enumerate(books.lines) if line.change}
    open_lots = [
        of for of, stock in books.stocks.items()
        if stock.balance > 0 and counted.get(of, -1) < moved.get(of, -1)
    ]  # fmt: skip
    if open_lots:
        said.append(
            tell(
                "Shelf and balance of {count} lots: not counted since their last movement.",
                count=len(open_lots),
            )
        )
    return tuple(said)


def _named(line: StockLine) -> str:
    return tell(
        "Line {number} of {protocol} at {place} ({what}, lot {lot})",
        number=line.number,
        protocol=line.of.record.protocol,
        place=line.place,
        what=line.what,
        lot=line.lot,
    )


def _blank_columns(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.moved():
        blank = [
            name
            for name, value in (
                ("the lot number", line.lot), ("the expiry", line.expiry), ("who wrote it", line.by),
                ("the protocol", line.of.record.protocol), ("the product", line.of.record.product),
            )
            if not value.strip()
        ]  # fmt: skip
        if line.what == DISPENSED and (line.subject is None or line.dose_number is None):
            blank.append("patient and dose")
        if line.what == PATIENT_RETURN and line.subject is None:
            blank.append("the patient")
        if blank:
            yield AuditFinding(
                "blank",
                tell("{named} does not say {blank}.", named=_named(line), blank=", ".join(blank)),
                line.entry,
            )


def _corrections(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.books.lines:
        if line.corrects and not (line.reason.strip() and line.by and line.checked_by):
            yield AuditFinding(
                "correction",
                tell(
                    "{named} corrects another line without reason or second signature.",
                    named=_named(line),
                ),
                line.entry,
            )


def _not_timely(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.moved():
        recorded = day_of(looked.entries[line.entry])
        if line.on < recorded:
            yield AuditFinding(
                "not-timely",
                tell(
                    "{named} happened on {day} and was recorded on {day_2}.",
                    named=_named(line),
                    day=_day(line.on),
                    day_2=_day(recorded),
                ),
                line.entry,
            )


def _before_receipt(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.moved():
        stock = looked.books.stocks[line.of]
        early = bool(stock.since) and line.what != RECEIVED and line.on < stock.since
        unreceived = [mark for mark in line.marks if "receipt" in mark]
        if unreceived or early:
            yield AuditFinding(
                "before-receipt", f"{_named(line)}: {(unreceived or ['before its receipt'])[0]}.",
                line.entry,
            )  # fmt: skip


def _dose_without_line(looked: _Looked) -> Iterator[AuditFinding]:
    """A dose released or given, once stock is kept, that no line of the ledger tells of."""
    receipts: dict[str, int] = {}  # protocol -> its first receipt
    for entry in looked.entries.values():
        if entry.kind == "stock-received":
            receipts.setdefault(entry.body["protocol"], entry.sequence)
    planned = _planned(looked)
    released: set[tuple[str | None, int | None]] = set()
    for entry in looked.entries.values():
        slot = (entry.cycle, entry.dose_number)
        took = bool(entry.body.get("lots")) and "taken_from" not in entry.body
        if entry.kind == "release-recorded":
            released.add(slot)
        elif entry.kind == "preparation-discarded":
            released.discard(slot)
            continue
        elif entry.kind != "administration-recorded" or slot in released:
            continue
        first = receipts.get(planned.get(entry.cycle, ""))
        if took and first is not None and entry.sequence > first:
            yield AuditFinding(
                "dose-without-line",
                tell(
                    "Dose {dose_number} took vials on {day} of which the ledger has no line.",
                    dose_number=entry.dose_number,
                    day=_day(day_of(entry)),
                ),
                entry.id,
            )


def _shelf(looked: _Looked) -> Iterator[AuditFinding]:
    for stock in looked.books.stocks.values():
        if stock.open_count is not None:
            yield AuditFinding(
                "shelf",
                tell(
                    "Lot {lot} at {place}: the last count differs from the balance by {difference:+}, and nobody settled it.",
                    lot=stock.lot,
                    place=stock.place,
                    difference=stock.open_count.difference,
                ),
                stock.open_count.entry,
            )


def _negative(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.books.lines:
        if line.change < 0 and line.lot_balance < 0:
            yield AuditFinding(
                "negative",
                tell(
                    "{named} leaves a balance of {lot_balance}.",
                    named=_named(line),
                    lot_balance=line.lot_balance,
                ),
                line.entry,
            )


def _satellites(looked: _Looked) -> Iterator[AuditFinding]:
    books, today = looked.books, looked.today.isoformat()
    for line in open_transfers(books):
        if line.on < today:
            yield AuditFinding(
                "satellite", tell("{named} was sent on {day} and has not arrived.", named=_named(line), day=_day(line.on)),
                line.entry,
            )  # fmt: skip
    for transfer, arrived in books.arrived.items():
        sent = books.sent.get(transfer)
        if sent is None or (sent.vials, sent.of.lot) != (arrived.vials, arrived.of.lot):
            was = (
                "nothing"
                if sent is None
                else tell(
                    "{vials_words} of lot {lot}", vials_words=vials_words(sent.vials), lot=sent.lot
                )
            )
            yield AuditFinding(
                "satellite",
                tell(
                    "{named}: {vials_words} arrived, and {was} was sent.",
                    named=_named(arrived),
                    vials_words=vials_words(arrived.vials),
                    was=was,
                ),
                arrived.entry,
            )


def _unapproved(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.moved():
        if line.what in (SENT, OUTSIDE) and not line.reference.strip():
            yield AuditFinding(
                "unapproved",
                tell("{named} has no approval number.", named=_named(line)),
                line.entry,
            )


def _returned(looked: _Looked) -> Iterator[AuditFinding]:
    """What a patient returned, or what was taken already, that stands among the vials in stock."""
    for line in looked.moved():
        if line.what == PATIENT_RETURN and line.change:
            yield AuditFinding(
                "returned", tell("{named} went back into stock.", named=_named(line)), line.entry
            )
    for (lot, serial), ways in looked.books.serials.items():
        if "in" not in ways or "out" not in ways:
            continue
        came, went = looked.entries[ways["in"]], looked.entries[ways["out"]]
        if came.sequence > went.sequence:
            yield AuditFinding(
                "returned",
                tell(
                    "The vial {serial} of lot {lot} was taken and then received again.",
                    serial=serial,
                    lot=lot,
                ),
                came.id,
            )


def _other_protocol(looked: _Looked) -> Iterator[AuditFinding]:
    planned = _planned(looked)
    for line in looked.moved():
        mine = planned.get(line.cycle)
        if line.what == DISPENSED and mine is not None and mine != line.of.record.protocol:
            yield AuditFinding(
                "other-protocol",
                tell("{named} was taken for a dose of {mine}.", named=_named(line), mine=mine),
                line.entry,
            )


def _planned(looked: _Looked) -> dict[str | None, str]:
    """The protocol of each cycle."""
    return {
        entry.cycle: entry.body["protocol"]
        for entry in looked.entries.values()
        if entry.kind == "cycle-planned"
    }


def _unusable(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.moved():
        if line.what != DISPENSED:
            continue
        if line.expiry and line.expiry < line.on:
            yield AuditFinding(
                "expired",
                tell("{named} was taken after {day}.", named=_named(line), day=_day(line.expiry)),
                line.entry,
            )
        if any(flag.sequence > line.sequence for flag in _flagged(looked, line)):
            yield AuditFinding(
                "quarantined", tell("{named}: the lot was put into quarantine afterwards, of an earlier day.", named=_named(line)),
                line.entry,
            )  # fmt: skip
        if "the lot was in quarantine" in line.marks:
            yield AuditFinding(
                "quarantined", tell("{named} was in quarantine.", named=_named(line)), line.entry
            )


def _flagged(looked: _Looked, line: StockLine) -> Iterator[Entry]:
    """Quarantines and excursions of the lot of a line that stand, of a day before the line's own."""
    for entry in looked.entries.values():
        body = entry.body
        if entry.kind != "stock-moved" or body["move"] not in (QUARANTINED, EXCURSION):
            continue
        mine = record_in(body) == line.of.record and lot_key(body["lot"]) == line.of.lot
        if mine and body["on"] < line.on and entry.id not in looked.books.voided:
            yield entry


def _unwitnessed(looked: _Looked) -> Iterator[AuditFinding]:
    for line in looked.moved():
        if line.what in (DESTROYED, DIFFERENCE) and not line.checked_by:
            yield AuditFinding(
                "unwitnessed", tell("{named} has one signature.", named=_named(line)), line.entry
            )


def _since_restore(looked: _Looked) -> Iterator[AuditFinding]:
    """Lots that nobody counted since the journal was restored from a backup."""
    found = uncounted_since_restore(looked.entries.values(), looked.books)
    if found is None:
        return
    for stock in found.stocks:
        yield AuditFinding(
            "restored",
            tell(
                "Lot {lot} at {place} was not counted since the journal was restored on {day}: lines since the backup may be missing.",
                lot=stock.lot,
                place=stock.place,
                day=_day(found.restore.at.date().isoformat()),
            ),
            found.restore.id,
        )


RULES: tuple[Rule, ...] = (
    _blank_columns, _corrections, _not_timely, _before_receipt, _dose_without_line, _shelf,
    _negative, _satellites, _unapproved, _returned, _other_protocol, _unusable, _unwitnessed,
    _since_restore,
)  # fmt: skip
"""One rule for each finding of the list that a journal can show."""


def _day(on: str) -> str:
    return write_date(date.fromisoformat(on))
