"""What a sheet of the stock is of: a record at a place, or a place; written so that no two are mixed up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import FROZEN, bundle_of, versions
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_request import SheetRequest
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_effects import FOLDED
from il2desk.desk.stock_lines import CONTROL, Books, StockRecord, place_key
from il2desk.desk.stock_restore_note import RESTORED
from il2desk.dosing import Refusal, write_date
from il2desk.records import Entry

_TITLES = "protocol-activated"  # a newer version can bring another title of the trial
_PARTS = 3


def of_record(record: StockRecord, place: str) -> str:
    """The `of` of a record at a place: a JSON list of protocol, product and place."""
    return json.dumps([record.protocol, record.product, place_key(place)], ensure_ascii=False)


def record_of(of: str) -> tuple[StockRecord, str] | None:
    """The record and the place (as compared) that an `of` names; None where it names none."""
    try:
        parts = json.loads(of)
    except ValueError:
        return None
    is_list = isinstance(parts, list) and len(parts) == _PARTS
    if not is_list or not all(isinstance(part, str) for part in parts):
        return None
    return StockRecord(parts[0], parts[1]), place_key(parts[2])


def newest_of_stock(desk: Desk, _: SheetRequest) -> Entry | None:
    """The newest entry that the books and what is said of them rest on; None where there is none."""
    latest = [
        found[-1]
        for kind in (*FOLDED, _TITLES, RESTORED)
        if (found := desk.journal.entries(kind=kind))
    ]
    return max(latest, key=lambda entry: entry.sequence, default=None)


def records_with_places(books: Books) -> tuple[tuple[StockRecord, str, str], ...]:
    """Every record at every place that it has lines of: record, place as compared, place in words.

    The control stock comes first, then the satellites by name.
    """
    found: dict[tuple[StockRecord, str], str] = {}
    for line in books.lines:
        found.setdefault((line.of.record, line.of.place), line.place)
    rows = [(record, place, words) for (record, place), words in found.items()]
    return tuple(
        sorted(rows, key=lambda row: (row[1] != CONTROL, row[1], row[0].protocol, row[0].product))
    )


def logs_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """One log for each record and place: its `of`, and the same in words."""
    return tuple(
        (of_record(record, place), f"{record.protocol}, {words}: {record.product}")
        for record, place, words in records_with_places(stock_books(desk))
    )


def places_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Every place that stock was kept at: its `of`, and the same in words."""
    found = {place: words for _, place, words in records_with_places(stock_books(desk))}
    return tuple(found.items())


@dataclass(frozen=True, slots=True)
class Trial:
    """What stock is kept for, of a version of its protocol; empty where no version is readable.

    `version` as the protocol names it, `fingerprint` as sheets print it.
    """

    title: str = ""
    agent: str = ""
    version: str = ""
    fingerprint: str = ""


def trial_of(desk: Desk, record: StockRecord, until: int | None = None) -> Trial:
    """The record's trial by its latest version, or by the one at an entry (its sequence)."""
    then = [
        entry.body["fingerprint"]
        for entry in desk.journal.entries(kind=_TITLES)
        if until is None or entry.sequence <= until
    ]
    for version in reversed(versions(desk)):
        if version.fingerprint not in then:
            continue
        if version.status not in FROZEN or version.protocol != record.protocol:
            continue
        bundle = bundle_of(desk, version.fingerprint)
        if not isinstance(bundle, Refusal) and bundle.product.printed_as == record.product:
            return Trial(
                bundle.protocol.title, bundle.protocol.drug, version.version,
                short_print(version.fingerprint),
            )  # fmt: skip
    return Trial()


def day_words(on: str) -> str:
    """A day of the books (YYYY-MM-DD) as sheets write it; nothing for none."""
    return write_date(date.fromisoformat(on)) if on else ""
