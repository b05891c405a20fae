"""Entries of the journal into the books of stock: pure, in order, nothing is looked up.

A correction never changes the line it corrects: it is a line of its own that carries the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from il2desk.desk.stock_effects import (
    ARRIVED,
    DIFFERENCE,
    DISPENSED,
    FLAGS,
    LIFTED,
    PATIENT_RETURN,
    RECEIVED,
    SENT,
    STOCK_KINDS,
    TAKES,
    Effect,
    effect_of,
    record_in,
)
from il2desk.desk.stock_lines import (
    Books,
    LotPlace,
    LotStock,
    OpenCount,
    StockLine,
    StockRecord,
    lot_key,
    place_words,
    serial_key,
)
from il2desk.dosing import tell
from il2desk.records import Entry, Head


@dataclass(frozen=True, slots=True)
class KeptBooks:
    """The books up to an entry of the journal, so that the next ones are only added."""

    head: Head
    folding: StockFolding


class StockFolding:
    """Takes entries one after the other; `effects` is what each line does now, by its entry."""

    def __init__(self) -> None:
        self.books = Books()
        self.effects: dict[str, list[Effect]] = {}
        self.flags: list[tuple[str, LotPlace, str]] = []  # entry, where, its word
        self.released: set[tuple[str | None, int | None]] = set()
        self.balances: Counter[tuple[StockRecord, str]] = Counter()
        self.numbers: dict[tuple[StockRecord, str], int] = {}

    def take(self, entry: Entry) -> None:
        """Apply one entry; kinds that move no stock are passed over."""
        acts: Mapping[str, Callable[[Entry], None]] = {
            "stock-received": self._receive,
            "stock-moved": self._move,
            "stock-counted": self._count,
            "stock-difference": self._settle,
            "stock-corrected": self._correct,
            "stock-low-mark": self._mark,
            "release-recorded": self._release,
            "preparation-discarded": self._discarded,
            "administration-recorded": self._given,
            "administration-amended": self._amend,
        }
        act = acts.get(entry.kind)
        if act is not None:
            act(entry)
        if entry.kind in STOCK_KINDS:
            self._show_states()

    def _mark(self, entry: Entry) -> None:
        self.books.low_marks[record_in(entry.body)] = int(entry.body["vials"])

    # What adds a line

    def _receive(self, entry: Entry) -> None:
        body = entry.body
        key = (record_in(body), lot_key(body["lot"]))
        self.books.expiries[key] = body["expiry"]
        if body.get("gtin"):
            self.books.gtins.setdefault(key, body["gtin"])
        for serial in body.get("serials", ()):
            self._serial(body["lot"], serial, "in", entry)
        effect = effect_of(entry, RECEIVED)
        if body["quarantined"]:
            self.flags.append((entry.id, effect.of, body["quarantined"]))
        self._post(effect)

    def _move(self, entry: Entry) -> None:
        body, what = entry.body, str(entry.body["move"])
        effect = effect_of(entry, what)
        if what == PATIENT_RETURN:
            effect = replace(effect, returns=effect.vials)
        elif body.get("from_returns"):
            effect = replace(effect, returns=-effect.vials)
        if what in FLAGS:
            self.flags.append((entry.id, effect.of, entry.reason if what != LIFTED else ""))
        elif what == ARRIVED:
            self._bring_quarantine(entry, effect)
        line = self._post(effect)
        if what == SENT:
            self.books.sent[entry.id] = line
        elif what == ARRIVED:
            self.books.arrived[str(body["transfer"])] = line

    def _bring_quarantine(self, entry: Entry, arrival: Effect) -> None:
        """What put the lot into quarantine while it was on the way holds where it arrives too."""
        sent = self.books.sent.get(str(entry.body["transfer"]))
        origin = None if sent is None else self.books.stocks.get(sent.of)
        if origin is not None and origin.quarantined:
            self.flags.append((entry.id, arrival.of, origin.quarantined))

    def _count(self, entry: Entry) -> None:
        effect = effect_of(entry, "counted")
        stock = self._stock(effect)
        difference = effect.vials - stock.balance
        self._post(effect)
        stock.open_count = None
        if difference:
            stock.open_count = OpenCount(
                entry.id, entry.sequence, effect.vials, difference, _signer(entry, 0), entry.at
            )

    def _settle(self, entry: Entry) -> None:
        effect = effect_of(entry, DIFFERENCE)
        stock = self._stock(effect)
        if stock.open_count is not None and stock.open_count.entry == entry.body["count"]:
            stock.open_count = None
        self._post(effect)

    # What is dispensed

    def _release(self, entry: Entry) -> None:
        self.released.add((entry.cycle, entry.dose_number))
        self._dispense(entry)

    def _discarded(self, entry: Entry) -> None:
        """Its vials stay taken; what is given of the dose afterwards is taken anew."""
        self.released.discard((entry.cycle, entry.dose_number))

    def _given(self, entry: Entry) -> None:
        self.books.outcomes[entry.cycle, entry.dose_number] = entry.body["outcome"]
        if (entry.cycle, entry.dose_number) not in self.released:
            self._dispense(entry)

    def _dispense(self, entry: Entry) -> None:
        taken = entry.body.get("taken_from")
        if taken is None:
            self.books.before += bool(entry.body.get("lots"))
            return
        for lot in entry.body["lots"]:
            for serial in lot.get("serials", ()):
                self._serial(lot["lot"], serial, "out", entry)
            effect = Effect(
                entry, DISPENSED, record_in(taken), lot["lot"], taken["place"], lot["vials"],
                expiry=lot["expiry"],
            )  # fmt: skip
            self._post(effect)

    def _amend(self, entry: Entry) -> None:
        """A dose's record entered in error: what it took without a release was not taken."""
        slot = (entry.cycle, entry.dose_number)
        fields = {change["field"]: change["new"] for change in entry.body["changes"]}
        wrong = "in_error" in fields
        if wrong:
            self.books.outcomes.pop(slot, None)
        elif "outcome" in fields:
            self.books.outcomes[slot] = fields["outcome"]
        if not wrong or entry.amends is None:
            return
        self._forget_serials(entry.amends)
        for at, effect in enumerate(self.effects.get(entry.amends, ())):
            self._post_correction(entry, effect, at, replace(effect, vials=0, voided=True))

    # Corrections

    def _correct(self, entry: Entry) -> None:
        found = self.effects.get(str(entry.amends), [])
        at = int(entry.body["line"])
        if at >= len(found):
            return
        old = found[at]
        new = old.corrected(entry.body["changes"])
        self.effects[old.entry.id][at] = new
        if new.voided:
            self._forget_serials(old.entry.id)
            self.books.voided.add(old.entry.id)
            self.books.arrived.pop(str(old.entry.body.get("transfer")), None)
            self.books.sent.pop(old.entry.id, None)
        elif new.what == SENT and old.entry.id in self.books.sent:
            sent = self.books.sent[old.entry.id]
            self.books.sent[old.entry.id] = replace(sent, lot=new.lot, vials=new.vials, of=new.of)
        elif new.what == ARRIVED:
            transfer = str(old.entry.body["transfer"])
            arrived = self.books.arrived[transfer]
            self.books.arrived[transfer] = replace(arrived, lot=new.lot, vials=new.vials, of=new.of)
        if new.what == RECEIVED:
            named = {change["field"] for change in entry.body["changes"]}
            self._settle_expiry(old, new, corrected="expiry" in named)
        self._move_flags(old, new)
        self._post_correction(entry, old, at, new)

    def _settle_expiry(self, old: Effect, new: Effect, *, corrected: bool) -> None:
        """One lot has one expiry: a corrected one holds for every receipt of it that stands."""
        key = (new.record, lot_key(new.lot))
        if new.vials and (corrected or key not in self.books.expiries):
            self.books.expiries[key] = new.expiry
            for found in self.effects.values():
                found[:] = [
                    replace(one, expiry=new.expiry) if _receives(one, key) else one for one in found
                ]
        before = (old.record, lot_key(old.lot))
        if not any(_receives(one, before) for found in self.effects.values() for one in found):
            self.books.expiries.pop(before, None)
            gtin = self.books.gtins.pop(before, None)
            if gtin is not None and new.vials:
                self.books.gtins.setdefault(key, gtin)

    def _forget_serials(self, entry: str) -> None:
        """What was taken back neither received nor took a vial."""
        for ways in self.books.serials.values():
            for way in [way for way, by in ways.items() if by == entry]:
                del ways[way]

    def _move_flags(self, old: Effect, new: Effect) -> None:
        """What put a lot into quarantine, or lifted it, follows the corrected lot number."""
        self.flags = [
            (id_, new.of if id_ == old.entry.id else of, why) for id_, of, why in self.flags
        ]

    def _post_correction(self, entry: Entry, old: Effect, at: int, new: Effect) -> None:
        """Take back what the old line did, and do what the new one does: one line or two."""
        self.books.corrected.add(old.entry.id)
        self.effects[old.entry.id][at] = new
        if old.of == new.of:
            self._post(new, entry, old)
            return
        self._post(replace(old, vials=0, returns=0), entry, old)
        self._post(new, entry, replace(new, vials=0, returns=0))

    # Inside

    def _serial(self, lot: str, serial: str, way: str, entry: Entry) -> None:
        self.books.serials.setdefault(serial_key(lot, serial), {})[way] = entry.id

    def _stock(self, effect: Effect) -> LotStock:
        stocks = self.books.stocks
        if effect.of not in stocks:
            stocks[effect.of] = LotStock(effect.of, effect.lot, place_words(effect.place))
            self._show_states()
        return stocks[effect.of]

    def _post(
        self, effect: Effect, correction: Entry | None = None, old: Effect | None = None
    ) -> StockLine:
        """Add the line of an effect, or what it differs from the old one, and its balances."""
        stock = self._stock(effect)
        before = 0 if old is None else old.change
        change = effect.change - before
        stock.balance += change
        self.balances[effect.of.record, effect.of.place] += change
        stock.returned += effect.returns - (0 if old is None else old.returns)
        stock.tally[effect.what] += effect.vials - (0 if old is None else old.vials)
        stock.received = stock.tally[RECEIVED] > 0 or stock.tally[ARRIVED] > 0
        self._close_count(stock, effect, change, correction)
        if correction is None:
            self.effects.setdefault(effect.entry.id, []).append(effect)
        if effect.what in (RECEIVED, ARRIVED):
            self._begin(stock)
        line = self._line(effect, stock, change, correction)
        self.books.lines.append(line)
        return line

    def _begin(self, stock: LotStock) -> None:
        """The day of the first receipt that stands."""
        days = [
            str(one.entry.body["on"])
            for found in self.effects.values()
            for one in found
            if one.what in (RECEIVED, ARRIVED) and one.vials and one.of == stock.of
        ]
        stock.since = min(days, default="")

    def _close_count(
        self, stock: LotStock, effect: Effect, change: int, correction: Entry | None
    ) -> None:
        """A correction of what came before a count also corrects what the count differs by."""
        count = stock.open_count
        if count is None or correction is None or effect.entry.sequence > count.sequence:
            return
        left = count.difference - change
        stock.open_count = replace(count, difference=left) if left else None

    def _show_states(self) -> None:
        """Quarantine and expiry of every lot as the entries that still hold leave them."""
        state: dict[LotPlace, dict[str, None]] = {}
        for id_, of, why in self.flags:
            if id_ in self.books.voided:
                continue
            if why:
                state.setdefault(of, {})[why] = None
            else:
                state.pop(of, None)
        for of, stock in self.books.stocks.items():
            stock.quarantined = "; ".join(state.get(of, ()))
            stock.expiry = self.books.expiries.get((of.record, of.lot), stock.expiry)

    def _line(
        self, effect: Effect, stock: LotStock, change: int, correction: Entry | None
    ) -> StockLine:
        entry, of = correction or effect.entry, effect.of
        record_place = (of.record, of.place)
        self.numbers[record_place] = number = self.numbers.get(record_place, 0) + 1
        expiry = effect.expiry or stock.expiry
        stock.expiry = stock.expiry or expiry
        body = entry.body
        return StockLine(
            number=number, entry=entry.id, sequence=entry.sequence, at=entry.at,
            on=str(body.get("on") or _day_told(entry)), what=effect.what, of=of,
            lot=effect.lot, expiry=expiry, place=stock.place, vials=effect.vials, change=change,
            balance=self.balances[record_place], lot_balance=stock.balance,
            by=_signer(entry, 0), checked_by=_signer(entry, 1), reason=entry.reason,
            reference=str(body.get("reference", "")), subject=effect.entry.subject,
            cycle=effect.entry.cycle, dose_number=effect.entry.dose_number,
            left_over_ml=str(body.get("dose", {}).get("left_over_ml", "")),
            to=str(effect.entry.body.get("to", "")),
            marks=() if correction else self._marks(effect, stock),
            corrects="" if correction is None else effect.entry.id,
        )  # fmt: skip

    def _marks(self, effect: Effect, stock: LotStock) -> tuple[str, ...]:
        """Where the books and what happened do not agree."""
        marks: list[str] = []
        body = effect.entry.body
        if effect.what in TAKES and not effect.returns:
            if not stock.received:
                marks.append(tell("no receipt of this lot is recorded here"))
            if stock.balance < 0:
                marks.append(tell("the books hold fewer vials"))
        if effect.what == DISPENSED and stock.quarantined:
            marks.append(tell("the lot was in quarantine"))
        if effect.what == DIFFERENCE and not stock.received:
            marks.append(tell("found without a receipt"))
        if effect.what == ARRIVED:
            sent = self.books.sent.get(str(body["transfer"]))
            if sent is None or sent.vials != effect.vials:
                marks.append(tell("not what was sent"))
        return tuple(marks)


def day_of(entry: Entry) -> str:
    """The day on which an entry was recorded, in the zone it was recorded in (YYYY-MM-DD)."""
    return entry.at.astimezone(ZoneInfo(entry.zone)).date().isoformat()


def _receives(effect: Effect, key: tuple[StockRecord, str]) -> bool:
    """Whether an effect is a receipt of that lot which stands."""
    mine = (effect.record, lot_key(effect.lot))
    return effect.what == RECEIVED and effect.vials > 0 and mine == key


def _day_told(entry: Entry) -> str:
    """The day on which vials were taken: of a dose without a release the day it was given."""
    given = entry.body.get("given_at") if entry.kind == "administration-recorded" else None
    if given is None:
        return day_of(entry)
    return datetime.fromisoformat(given).astimezone(ZoneInfo(entry.zone)).date().isoformat()


def _signer(entry: Entry, at: int) -> str:
    signed = entry.body.get("signatures", ())
    return str(signed[at]["name"]) if len(signed) > at else ""
