"""What is open at the end of an accountability log: counts that differ, transfers that did not all arrive."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.move_stock import open_transfers
from il2desk.desk.stock_lines import Books, LotStock, StockRecord, place_key, vials_words
from il2desk.desk.stock_sheet_scope import day_words


def open_difference(desk: Desk, lot: LotStock) -> tuple[str, ...]:
    """The count of a lot that differs from the books and is not settled; nothing where none is."""
    count = lot.open_count
    if count is None:
        return ()
    word = "more" if count.difference > 0 else "fewer"
    day = day_words(desk.local(count.at).date().isoformat())
    told = (
        f"\u25b2 Lot {lot.lot}: counted {vials_words(count.counted)} on {day} by {count.by}, "
        f"{abs(count.difference)} {word} than the books held. Not settled."
    )
    return (told,)


def open_transfer_words(books: Books, record: StockRecord, place: str) -> tuple[str, ...]:
    """What left here or was sent here and has not arrived, or arrived unlike it was sent."""
    on_the_way = tuple(
        f"\u25b2 On the way: {vials_words(line.vials)} of lot {line.lot}, from {line.place} to "
        f"{line.to}, sent on {day_words(line.on)}, approval {line.reference}. Not arrived."
        for line in open_transfers(books)
        if line.of.record == record and place in (line.of.place, place_key(line.to))
    )
    return (*on_the_way, *_unlike_sent(books, record, place))


def _unlike_sent(books: Books, record: StockRecord, place: str) -> tuple[str, ...]:
    """Transfers from here or to here of which other vials arrived than were sent."""
    both = [
        (sent, books.arrived[entry])
        for entry, sent in books.sent.items()
        if entry in books.arrived and sent.of.record == record
    ]
    return tuple(
        f"\u25b2 Sent: {vials_words(sent.vials)} of lot {sent.lot}, from {sent.place} to {sent.to} on "
        f"{day_words(sent.on)}, approval {sent.reference}. Arrived: {vials_words(arrived.vials)} of "
        f"lot {arrived.lot}."
        for sent, arrived in both
        if place in (sent.of.place, arrived.of.place)
        and (sent.vials, sent.of.lot) != (arrived.vials, arrived.of.lot)
    )
