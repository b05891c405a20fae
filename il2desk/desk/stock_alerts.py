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
from il2desk.dosing import write_date

SOON = timedelta(days=30)
"""How long before its last day a lot is told to expire soon (design of the screens, section 5.17)."""


def stock_alerts(desk: Desk) -> tuple[str, ...]:
    """Counts that differ, returns that wait, transfers on the way, low stock.

    What holds of one lot alone, its expiry and its quarantine, stands in the row of the lot.
    """
    books, today = stock_books(desk), desk.now().date()
    found = [said for one in books.stocks.values() for said in _of_lot(one)]
    found += [
        f"{vials_words(line.vials)} of lot {line.lot} left {line.place} for {line.to} on {_day(line.on)} "
        "and have not arrived. T records the arrival."
        for line in open_transfers(books)
    ]
    return (*_restored(desk, books), *found, *_low(books, today))


def _restored(desk: Desk, books: Books) -> tuple[str, ...]:
    """That stock was restored with the journal and nobody counted it since."""
    waiting = uncounted_since_restore(desk.journal.entries(), books)
    if waiting is None:
        return ()
    lots = ", ".join(f"{one.lot} at {one.place}" for one in waiting.stocks)
    text = (
        f"The journal was restored on {write_date(desk.local(waiting.restore.at).date())}. Receipts, "
        "quarantines and destructions since the backup may be missing: enter them from paper, then "
        f"count {lots}."
    )
    return (text,)


def _of_lot(stock: LotStock) -> list[str]:
    said: list[str] = []
    named = f"Lot {stock.lot} at {stock.place}"
    if stock.open_count is not None:
        said.append(
            f"{named}: counted {stock.open_count.counted}, which differs from the books by "
            f"{stock.open_count.difference:+}. C counts again, S settles it."
        )
    if stock.balance < 0:
        said.append(f"{named}: the books hold {stock.balance}. C counts it.")
    if stock.returned > 0:
        said.append(
            f"{vials_words(stock.returned)} of lot {stock.lot} that patients returned lie at "
            f"{stock.place}. They are destroyed or returned to the sponsor."
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
                f"{record.protocol}: {vials_words(there)} can be taken, below the site's mark of {mark}."
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
            words.append(f"course {course} cycle {cycle} dose {line.dose_number}")
        outcome = outcomes.get((line.cycle, line.dose_number), "")
        if line.what == DISPENSED and outcome in ("part given", "held", "omitted", "not known"):
            words.append(outcome)
        found[line.entry] = ", ".join(word for word in words if word)
    return found


def _day(on: str) -> str:
    return write_date(date.fromisoformat(on))
