"""A stock keeper for tests: every act as one call, a random walk through them, a naive recount."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from il2desk.desk import Lot, new_token
from il2desk.desk.stock import (
    ARRIVED,
    CONTROL,
    CORRECT_FIRST,
    CORRECT_SECOND,
    COUNT_STOCK,
    DESTROY_FIRST,
    DESTROY_SECOND,
    DESTROYED,
    DIFFERENCE_FIRST,
    DIFFERENCE_SECOND,
    LIFTED,
    MOVE_STOCK,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RECEIVE_STOCK,
    SENT,
    TO_SPONSOR,
    WASTED,
    Books,
    CountForm,
    LotStock,
    MoveForm,
    ReceiptForm,
    StockCorrection,
    StockRecord,
    correct_stock,
    count_stock,
    lot_key,
    move_meaning,
    move_stock,
    open_transfers,
    place_key,
    proposed_lots,
    receive_stock,
    settle_difference,
    shelf_of,
    stock_books,
    stock_records,
)
from il2desk.dosing import Refusal

EXPIRY = date(2026, 12, 31)
SATELLITE = "Ward 7 fridge"


@dataclass
class Keeper:
    """Moves the stock of a ward. Every act answers what the desk answers."""

    ward: Any
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def desk(self) -> Any:
        return self.ward.desk

    @property
    def record(self) -> StockRecord:
        return stock_records(self.desk)[0]

    @property
    def books(self) -> Books:
        return stock_books(self.desk)

    @property
    def today(self) -> date:
        return self.desk.now().date()

    def stock(self, lot: str = "PR1234AB", place: str = CONTROL) -> LotStock:
        found = self.books.stock(self.record, lot, place)
        assert found is not None
        return found

    def signed(self, meaning: str = MOVE_STOCK) -> Any:
        return self.ward.signed("pharmacist", meaning)

    def receipt(self, lot: str = "PR1234AB", vials: int = 10, **changes: Any) -> ReceiptForm:
        usual: dict[str, Any] = {
            "record": self.record, "lot": lot, "expiry": EXPIRY, "vials": vials,
            "received_on": self.today, "supplier": "Sponsor depot", "reference": f"SHIP-{lot}",
            "temperature": "in range", "condition": "intact",
        }  # fmt: skip
        return ReceiptForm(**{**usual, **changes})

    def receive(self, lot: str = "PR1234AB", vials: int = 10, **changes: Any) -> Any:
        form = self.receipt(lot, vials, **changes)
        return receive_stock(self.desk, form, self.signed(RECEIVE_STOCK), new_token())

    def form(self, move: str, lot: str = "PR1234AB", vials: int = 1, **changes: Any) -> MoveForm:
        usual: dict[str, Any] = {
            "record": self.record, "place": CONTROL, "on": self.today,
            "reason": "as told by the sponsor", "reference": "LETTER-7",
        }  # fmt: skip
        if move == PATIENT_RETURN:
            usual["subject"] = self.ward.subject
        return MoveForm(move=move, lot=lot, vials=vials, **{**usual, **changes})

    def move(self, move: str, lot: str = "PR1234AB", vials: int = 1, **changes: Any) -> Any:
        form = self.form(move, lot, vials, **changes)
        signed = (
            self.ward.two(DESTROY_FIRST, DESTROY_SECOND)
            if move == DESTROYED
            else self.signed(move_meaning(move))
        )
        return move_stock(self.desk, form, signed, new_token())

    def count(self, counted: int, lot: str = "PR1234AB", **changes: Any) -> Any:
        form = CountForm(self.record, lot, changes.pop("place", CONTROL), counted, **changes)
        return count_stock(self.desk, form, self.signed(COUNT_STOCK), new_token())

    def settle(self, count: str, reason: str = "one vial was found broken") -> Any:
        signed = self.ward.two(DIFFERENCE_FIRST, DIFFERENCE_SECOND)
        return settle_difference(self.desk, count, reason, signed, new_token())

    def correct(self, entry: str, reason: str = "typing error", **changes: Any) -> Any:
        form = StockCorrection(entry, reason, **changes)
        signed = self.ward.two(CORRECT_FIRST, CORRECT_SECOND)
        return correct_stock(self.desk, form, signed, new_token())

    def dispense(self, lots: tuple[Lot, ...], place: str = CONTROL, number: int = 1) -> Any:
        """A release as the journal holds it, of vials that the gates let go."""
        shelf = shelf_of(self.desk, self.ward.located().cycle.fingerprint, place)
        assert shelf is not None
        body = {
            "lots": [lot.body() for lot in lots], "taken_from": shelf.body(),
            "dose": {"left_over_ml": "0.92", "prepared_dose_iu": "5040000"},
            "prepared_volume_ml": "0.28", "total_volume_ml": "10", "diluent": "glucose 5 %",
            "weight_kg": "70", "volume_choice": None, "reconstituted_at": None,
            "signatures": self.ward.two().body(),
        }  # fmt: skip
        where = self.ward.place(number).where()
        return self.desk.append("release-recorded", body, **where)

    # A walk that nobody planned

    def walk(self, seed: int, lines: int) -> random.Random:
        """Move stock at random until the ledger has so many lines; a forbidden move at each step."""
        dice = random.Random(seed)  # noqa: S311 - a walk, no secret
        self.ward.made(self.receive("LOT-0000", 40))
        while len(self.books.lines) < lines:
            self._step(dice)
            self._forbidden(dice)
        return dice

    def settle_all(self) -> None:
        """Let every transfer on its way arrive."""
        for line in open_transfers(self.books):
            self.ward.made(self.move(ARRIVED, line.lot, line.vials, transfer=line.entry))

    def _step(self, dice: random.Random) -> None:
        held = [one for one in self.books.stocks.values() if one.usable > 0]
        acts = {
            "receive": self._some_receipt, "dispense": self._some_dose, "flag": self._some_quarantine,
            "count": self._some_count, "leave": self._some_leave, "dose": self._some_dose,
            "move": self._some_transfer, "patient": self._some_return,
        }  # fmt: skip
        act = dice.choice([*acts, "correct", "arrive", "dispose"])
        if act == "correct":
            self._correct(dice)
        elif act == "arrive":
            for line in open_transfers(self.books)[:1]:
                self.ward.made(self.move(ARRIVED, line.lot, line.vials, transfer=line.entry))
        elif act == "dispose":
            for one in [one for one in self.books.stocks.values() if one.returned][:1]:
                at = {"place": one.place, "from_returns": True}
                self.ward.made(self.move(DESTROYED, one.lot, one.returned, **at))
        elif not held:
            self._some_receipt(dice)
        else:
            acts[act](dice, dice.choice(held))

    def _some_receipt(self, dice: random.Random, _stock: LotStock | None = None) -> None:
        lot, days = f"LOT-{self.ward.count:04}", dice.randrange(30, 900)
        expiry = self.today + timedelta(days=days)
        self.ward.made(self.receive(lot, dice.randrange(5, 40), expiry=expiry))

    def _some_dose(self, dice: random.Random, stock: LotStock) -> None:
        shelf = shelf_of(self.desk, self.ward.located().cycle.fingerprint, stock.place)
        assert shelf is not None
        lots = proposed_lots(shelf, dice.randint(1, 3))
        self.dispense(lots, stock.place, dice.randint(1, 15))

    def _some_leave(self, dice: random.Random, stock: LotStock) -> None:
        move = dice.choice((WASTED, TO_SPONSOR, DESTROYED, OUTSIDE))
        vials = min(dice.randint(1, stock.usable), 3)
        self.ward.made(self.move(move, stock.lot, vials, place=stock.place, to="Site 12"))

    def _some_transfer(self, dice: random.Random, stock: LotStock) -> None:
        to = SATELLITE if stock.place == CONTROL else CONTROL
        vials = min(dice.randint(1, stock.usable), 5)
        self.ward.made(self.move(SENT, stock.lot, vials, place=stock.place, to=to))

    def _some_return(self, dice: random.Random, stock: LotStock) -> None:
        vials = dice.randint(1, 2)
        self.ward.made(self.move(PATIENT_RETURN, stock.lot, vials, place=stock.place))

    def _some_quarantine(self, dice: random.Random, stock: LotStock) -> None:
        self.ward.made(self.move(QUARANTINED, stock.lot, place=stock.place))
        if dice.random() < 0.7:
            self.ward.made(self.move(LIFTED, stock.lot, place=stock.place))

    def _some_count(self, dice: random.Random, stock: LotStock) -> None:
        counted = max(0, stock.balance + dice.choice((0, 0, -1, 1)))
        entry = self.ward.made(self.count(counted, stock.lot, place=stock.place))
        if self.stock(stock.lot, stock.place).open_count is not None:
            self.ward.made(self.settle(entry.id))

    def _correct(self, dice: random.Random) -> None:
        """One vial more or less on a line, or the whole line back, where the shelf allows it."""
        lines = [
            line for line in self.books.lines
            if line.what in ("received", WASTED) and not line.corrects and line.entry not in self.books.corrected
        ]  # fmt: skip
        if not lines:
            return
        line = dice.choice(lines)
        stock = self.books.stocks[line.of]
        more = {"vials": line.vials + (1 if line.change > 0 else -1)}
        if line.what == WASTED:
            self.ward.made(self.correct(line.entry, in_error=True))
        elif stock.balance >= 0:
            self.ward.made(self.correct(line.entry, **more))

    def _forbidden(self, dice: random.Random) -> None:
        """One move that must never be possible; nothing is stored of it."""
        stock = dice.choice([one for one in self.books.stocks.values() if one.received])
        at = {"lot": stock.lot, "place": stock.place}
        more = max(1, stock.balance + 1)
        tries = {
            "waste too many": lambda: self.move(WASTED, vials=more, **at),
            "destroy too many": lambda: self.move(DESTROYED, vials=more, **at),
            "send too many": lambda: self.move(SENT, vials=more, to="Other place", **at),
            "sponsor too many": lambda: self.move(TO_SPONSOR, vials=more, **at),
            "send nowhere": lambda: self.move(SENT, to=stock.place, **at),
            "unknown lot": lambda: self.move(WASTED, "NEVER-SEEN", 1),
            "tomorrow": lambda: self.move(WASTED, on=self.today + timedelta(days=1), **at),
            "before receipt": lambda: self.move(WASTED, on=date(2020, 1, 1), **at),
            "no reference": lambda: self.move(DESTROYED, reference=" ", **at),
            "no reason": lambda: self.move(WASTED, reason=" ", **at),
            "no vials": lambda: self.move(WASTED, vials=0, **at),
            "no witness": lambda: move_stock(
                self.desk, self.form(DESTROYED, **at), self.signed(), new_token()
            ),
            "return into stock": lambda: self.move(WASTED, from_returns=True, **at),
            "twice the same shipment": lambda: self.receive(
                stock.lot, 5, expiry=date.fromisoformat(stock.expiry)
            ),
            "another expiry": lambda: self.receive(stock.lot, 5, expiry=date(2031, 1, 1)),
            "arrives twice": lambda: self.move(
                ARRIVED, stock.lot, 1, transfer=next(iter(self.books.arrived), "0" * 32)
            ),
        }  # fmt: skip
        name = dice.choice(sorted(tries))
        if name == "twice the same shipment" and stock.place != CONTROL:
            return
        head = self.desk.journal.head()
        answer = tries[name]()
        assert isinstance(answer, Refusal), name
        assert all(reason.strip() for reason in answer.reasons)
        assert self.desk.journal.head() == head, name
        self.refused[name] += 1


_SIGN = {
    "wasted": -1, "returned to sponsor": -1, "destroyed": -1, "sent": -1, "transferred out": -1,
    "arrived": 1,
}  # fmt: skip


def recount(entries: Any) -> dict[tuple[str, str], int]:
    """Every lot and place added up at the end from what each entry finally says, and nothing else."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        body = entry.body
        if entry.kind in ("stock-received", "stock-difference"):
            sign = 1
        elif entry.kind == "stock-moved":
            sign = 0 if body["from_returns"] else _SIGN.get(body["move"], 0)
        elif entry.kind == "release-recorded" and "taken_from" in body:
            place = body["taken_from"]["place"]
            found[entry.id] = [{**lot, "place": place, "sign": -1} for lot in body["lots"]]
            continue
        elif entry.kind == "stock-corrected":
            row = found[entry.amends][body["line"]]
            for change in body["changes"]:
                if change["field"] == "in_error":
                    row["sign"] = 0
                else:
                    row[change["field"]] = change["new"]
            continue
        else:
            continue
        found[entry.id] = [{**body, "sign": sign}]
    total: Counter[tuple[str, str]] = Counter()
    for rows in found.values():
        for row in rows:
            total[lot_key(row["lot"]), place_key(row["place"])] += row["sign"] * int(row["vials"])
    return dict(total)
