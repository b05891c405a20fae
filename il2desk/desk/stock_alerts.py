"""What somebody who opens the stock must see first: short sentences, none of them stops anything."""

from __future__ import annotations

from datetime import date, timedelta

from il2desk.desk.chart import subjects
from il2desk.desk.desk import Desk
from il2desk.desk.move_stock import open_transfers
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import DISPENSED
from il2desk.desk.stock_gates import Shelf
from il2desk.desk.stock_lines import Books, LotStock, StockLine, vials_words
from il2desk.desk.stock_since_restore import uncounted_since_restore
from il2desk.dosing import tell, write_date

SOON = timedelta(days=30)
"""How long before its last day a lot is told to expire soon (design of the screens, section 5.17)."""


def stock_alerts(desk: Desk) -> tuple[str, ...]:
    """Counts that differ, returns that wait, transfers on the way, low stock.

    What holds of one lot alone, its expiry and its quarantine, stands in the row of the lot.
    """
    books, today = stock_books(desk), desk.now().date()
    found = [said for one in books.stocks.values() for said in _of_lot(one)]
    found += [
        tell(
            "{vials_words} of lot {lot} left {place} for {to} on {day} and have not arrived. T records the arrival.",
            vials_words=vials_words(line.vials),
            lot=line.lot,
            place=line.place,
            to=line.to,
            day=_day(line.on),
        )
        for line in open_transfers(books)
    ]
    return (*_restored(desk, books), *found, *_low(books, today))


def _restored(desk: Desk, books: Books) -> tuple[str, ...]:
    """That stock was restored with the journal and nobody counted it since."""
    waiting = uncounted_since_restore(desk.journal.entries(), books)
    if waiting is None:
        return ()
    lots = ", ".join(
        tell("{lot} at {place}", lot=one.lot, place=one.place) for one in waiting.stocks
    )
    text = tell(
        "The journal was restored on {date}. Receipts, quarantines and destructions since the backup may be missing: enter them from paper, then count {lots}.",
        date=write_date(desk.local(waiting.restore.at).date()),
        lots=lots,
    )
    return (text,)


def _of_lot(stock: LotStock) -> list[str]:
    said: list[str] = []
    named = tell("Lot {lot} at {place}", lot=stock.lot, place=stock.place)
    if stock.open_count is not None:
        said.append(
            tell(
                "{named}: counted {counted}, which differs from the books by {difference:+}. C counts again, S settles it.",
                named=named,
                counted=stock.open_count.counted,
                difference=stock.open_count.difference,
            )
        )
    if stock.balance < 0:
        said.append(
            tell(
                "{named}: the books hold {balance}. C counts it.",
                named=named,
                balance=stock.balance,
            )
        )
    if stock.returned > 0:
        said.append(
            tell(
                "{vials_words} of lot {lot} that patients returned lie at {place}. They are destroyed or returned to the sponsor.",
                vials_words=vials_words(stock.returned),
                lot=stock.lot,
                place=stock.place,
            )
        )
    return said


def _low(books: Books, today: date) -> list[str]:
    said: list[str] = []
    for record, mark in books.low_marks.items():
        places = books.places(record)
        shelves = (Shelf(record, place, books, today) for place in places)
        there = sum(one.usable for shelf in shelves for one in shelf.usable())
        if there < mark:
            said.append(
                tell(
                    "{protocol}: {vials_words} can be taken, below the site's mark of {mark}.",
                    protocol=record.protocol,
                    vials_words=vials_words(there),
                    mark=mark,
                )
            )
    return said


def whose(desk: Desk, lines: tuple[StockLine, ...]) -> dict[str, str]:
    """The patient's trial number, cycle and dose of each line that has them, by its entry.

    A dose that was prepared and did not go in whole says what became of it.
    """
    codes = {subject.id: subject.trial_code for subject in subjects(desk)}
    cycles = {
        entry.cycle: (entry.body["course"], entry.body["number"])
        for entry in desk.journal.entries(kind="cycle-planned")
    }
    outcomes = stock_books(desk).outcomes
    found: dict[str, str] = {}
    for line in lines:
        words = [codes.get(line.subject or "", "")]
        course, cycle = cycles.get(line.cycle, (None, None))
        if cycle is not None and line.dose_number is not None:
            words.append(
                tell(
                    "course {course} cycle {cycle} dose {dose_number}",
                    course=course,
                    cycle=cycle,
                    dose_number=line.dose_number,
                )
            )
        outcome = outcomes.get((line.cycle, line.dose_number), "")
        if line.what == DISPENSED and outcome in ("part given", "held", "omitted", "not known"):
            words.append(outcome)
        found[line.entry] = ", ".join(word for word in words if word)
    return found


def _day(on: str) -> str:
    return write_date(date.fromisoformat(on))
