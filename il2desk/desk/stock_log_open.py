"""What is open at the end of an accountability log: counts that differ, transfers that did not all arrive."""

from __future__ import annotations

from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.move_stock import open_transfers
from il2desk.desk.stock_lines import Books, LotStock, StockRecord, place_key, vials_words
from il2desk.desk.stock_sheet_scope import day_words
from il2desk.dosing import tell


def open_difference(desk: Desk, lot: LotStock) -> tuple[str, ...]:
    """The count of a lot that differs from the books and is not settled; nothing where none is."""
    count = lot.open_count
    if count is None:
        return ()
    day = day_words(desk.local(count.at).date().isoformat())
    apart = abs(count.difference)
    told = tell(
        "\u25b2 Lot {lot}: counted {vials} on {day} by {by}, {difference} than the "
        "books held. Not settled.",
        lot=lot.lot,
        vials=vials_words(count.counted),
        day=day,
        by=count.by,
        difference=tell("{count} more", count=apart)
        if count.difference > 0
        else tell("{count} fewer", count=apart),
    )
    return (told,)


def open_transfer_words(books: Books, record: StockRecord, place: str) -> tuple[str, ...]:
    """What left here or was sent here and has not arrived, or arrived unlike it was sent."""
    on_the_way = tuple(
        tell(
            "\u25b2 On the way: {vials} of lot {lot}, from {place} to {to}, sent on {day}, "
            "approval {reference}. Not arrived.",
            vials=vials_words(line.vials),
            lot=line.lot,
            place=shown(line.place),
            to=shown(line.to),
            day=day_words(line.on),
            reference=line.reference,
        )
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
        tell(
            "\u25b2 Sent: {vials} of lot {lot}, from {place} to {to} on {day}, approval "
            "{reference}. Arrived: {other_vials} of lot {other_lot}.",
            vials=vials_words(sent.vials),
            lot=sent.lot,
            place=shown(sent.place),
            to=shown(sent.to),
            day=day_words(sent.on),
            reference=sent.reference,
            other_vials=vials_words(arrived.vials),
            other_lot=arrived.lot,
        )
        for sent, arrived in both
        if place in (sent.of.place, arrived.of.place)
        and (sent.vials, sent.of.lot) != (arrived.vials, arrived.of.lot)
    )
