"""The rows of the stock: a lot at a place, and a line of the ledger."""

from __future__ import annotations

from datetime import date, datetime

from il2desk.desk import Desk
from il2desk.desk.stock import (
    ARRIVED,
    DESTROYED,
    DIFFERENCE,
    DISPENSED,
    OUTSIDE,
    RECEIVED,
    SENT,
    SOON,
    TO_SPONSOR,
    WASTED,
    Books,
    LotStock,
    StockLine,
    stock_books,
    whose,
)
from il2desk.dosing import write_date, write_moment
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say

_AWAY = (TO_SPONSOR, DESTROYED, SENT, OUTSIDE)
_PARTS = 4


def lot_columns() -> tuple[Column, ...]:
    """The columns of the lots."""
    return (
        Column(say("Lot"), stretch=3), Column(say("Protocol"), stretch=2),
        Column(say("Expiry"), stretch=0), Column(say("Place"), stretch=2),
        Column(say("Received"), numeric=True, stretch=0), Column(say("Used"), numeric=True, stretch=0),
        Column(say("Wasted"), numeric=True, stretch=0), Column(say("Gone"), numeric=True, stretch=0),
        Column(say("Balance"), numeric=True, stretch=0), Column(say("Note"), stretch=4),
    )  # fmt: skip


def line_columns() -> tuple[Column, ...]:
    """The columns of the movements."""
    return (
        Column(say("Line"), stretch=0), Column(say("Day"), stretch=0), Column(say("What"), stretch=3),
        Column(say("Lot and expiry"), stretch=2), Column(say("Patient, dose"), stretch=4),
        Column(say("Vials"), numeric=True, stretch=0), Column(say("Balance"), numeric=True, stretch=0),
        Column(say("By"), stretch=3), Column(say("Why, and marks"), stretch=4),
    )  # fmt: skip


def lot_id(stock: LotStock) -> str:
    """The id of a lot's row: protocol, product, lot and place."""
    of = stock.of
    return f"{of.record.protocol}\n{of.record.product}\n{of.lot}\n{of.place}"


def stock_of(books: Books, row: str | None) -> LotStock | None:
    """The lot of a row, or None."""
    if row is None or row.count("\n") != _PARTS - 1:
        return None
    return next((one for one in books.stocks.values() if lot_id(one) == row), None)


def lot_rows(desk: Desk) -> list[Row]:
    """A row for every lot at every place: first expiry first, used up lots last."""
    books, today = stock_books(desk), desk.now().date()
    stocks = sorted(
        books.stocks.values(),
        key=lambda one: (one.balance <= 0, one.of.record.protocol, one.expiry, one.of.lot),
    )
    return [_lot_row(one, today) for one in stocks]


def _lot_row(stock: LotStock, today: date) -> Row:
    tally = stock.tally
    came = tally[RECEIVED] + tally[ARRIVED]
    cells = (
        Cell(stock.lot, bold=True), stock.of.record.protocol, _day(stock.expiry),
        stock.place, str(came), str(tally[DISPENSED]), str(tally[WASTED]),
        str(sum(tally[word] for word in _AWAY)), Cell(str(stock.balance), bold=True),
        _note(stock, today),
    )  # fmt: skip
    return Row(lot_id(stock), cells)


def _note(stock: LotStock, today: date) -> str:
    notes: list[str] = []
    if stock.quarantined:
        notes.append(say("▲ QUARANTINED: {why}", why=stock.quarantined))
    if stock.expiry and stock.balance > 0:
        notes.extend(_ends(date.fromisoformat(stock.expiry), today))
    if stock.open_count is not None:
        notes.append(say("▲ counted {n}", n=stock.open_count.counted))
    if not stock.received:
        notes.append(say("▲ no receipt"))
    if stock.returned:
        notes.append(say("{n} returned by patients, not in the balance", n=stock.returned))
    if stock.tally[DIFFERENCE]:
        notes.append(say("count differences {n}", n=f"{stock.tally[DIFFERENCE]:+}"))
    return spoken_all(notes, "\n")


def _ends(last: date, today: date) -> list[str]:
    """That a lot is expired, or will be soon."""
    if last < today:
        return [say("▲ EXPIRED")]
    days = (last - today).days
    when = {0: say("today"), 1: say("tomorrow")}.get(days, say("in {n} days", n=days))
    return [say("▲ expires {when}", when=when)] if last - today <= SOON else []


def products(desk: Desk) -> tuple[str, ...]:
    """Of what stock is kept, with the balance of each place, a sentence a record."""
    books = stock_books(desk)
    records = dict.fromkeys(of.record for of in books.stocks)
    said: list[str] = []
    for record in records:
        held = spoken_all(
            (
                say("{place} {n}", place=place, n=books.balance(record, place))
                for place in books.places(record)
            ),
            ", ",
        )
        said.append(
            say("{protocol}: {product}. Balance in vials: {held}", protocol=record.protocol,
                product=record.product, held=held)
        )  # fmt: skip
    return tuple(said)


def line_rows(desk: Desk) -> list[Row]:
    """A row for every line of the ledger, as it was written: newest first."""
    books = stock_books(desk)
    owners = whose(desk, tuple(books.lines))
    rows = [
        _line_row(desk, books, at, line, owners[line.entry]) for at, line in enumerate(books.lines)
    ]
    return rows[::-1]


def _line_row(desk: Desk, books: Books, at: int, line: StockLine, owner: str) -> Row:
    gone = not line.corrects and line.entry in books.voided
    what = line.what
    if line.corrects:
        number = next(one.number for one in books.lines if one.entry == line.corrects)
        what = say("{what}, correction of line {n}", what=what, n=number)
    elif gone:
        what = say("{what}, taken back", what=what)
    elif line.entry in books.corrected:
        what = say("{what}, corrected", what=what)
    by = line.by if not line.checked_by else f"{line.by}\n{line.checked_by}"
    cells = (
        str(line.number), f"{_day(line.on)}\n{_place(line)}", Cell(what, struck=gone),
        f"{line.lot}\n{_day(line.expiry)}", owner, _signed(line), Cell(str(line.balance), bold=True),
        f"{by}\n{_recorded(desk, line.at)}", _why(line),
    )  # fmt: skip
    return Row(f"{at}", cells)


def _place(line: StockLine) -> str:
    return say("{place} to {to}", place=line.place, to=line.to) if line.to else line.place


def _signed(line: StockLine) -> str:
    """What the line does to the balance; a line that leaves it says of how many vials it speaks."""
    return f"{line.change:+}" if line.change else f"({line.vials})"


def _why(line: StockLine) -> str:
    left = f"{line.left_over_ml} mL" if line.left_over_ml else ""
    parts = [line.reason, line.reference, say("left over {ml}", ml=left) if left else ""]
    marks = [f"▲ {spoken(mark)}" for mark in line.marks]
    return spoken_all((part for part in (*parts, *marks) if part), "\n")


def _day(day: str) -> str:
    return write_date(date.fromisoformat(day)) if day else say("not known")


def _recorded(desk: Desk, at: datetime) -> str:
    return write_moment(desk.local(at))
