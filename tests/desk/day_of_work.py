"""A ward's day as acts of the desk, told one by one, in processes that may be killed at any moment.

Not a test: `test_kill_day.py` starts it. It reads a line for each day, `journal TAB trial number`,
and lets a child process of its own work through `ACTS`; a second line says that nobody kills it
any more. The child tells `NAME SEQUENCE HASH` after
every act, once the act has returned; `PID`, `END` and `ERROR` are told about the child itself.
Another act is added to `ACTS`, and the proof covers it.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    DISCARD_MEANING,
    RECORD_FIRST,
    RECORD_SECOND,
    RELEASE_FIRST,
    RELEASE_SECOND,
    AdministrationForm,
    AmendmentForm,
    CyclePlan,
    DosePlace,
    ItemOutcome,
    Lot,
    OrderForm,
    Registration,
    ReleaseForm,
    SecondReading,
    SetClock,
    TwoSignatures,
    WeightForm,
    amend_administration,
    cosign,
    discard_preparation,
    locate,
    new_token,
    open_desk,
    plan_cycle,
    record_administration,
    record_check,
    record_premedication,
    record_release,
    record_weight,
    register_subject,
    signature_of,
    staff,
    stock,
    write_order,
)
from il2desk.desk.back_up import back_up
from il2desk.desk.papers import prepare_cycle_sheet, record_print
from il2desk.dosing import Refusal

MONDAY = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
FOUND: dict[str, Any] = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "creatinine": "1.1", "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "none", "infection": "none", "skin": "intact",
}  # fmt: skip


class Day:
    """One patient's first day, at a clock that the acts put forward."""

    def __init__(self, journal: Path, code: str) -> None:
        self.clock = SetClock(MONDAY - timedelta(hours=2))
        self.desk = open_desk(journal, clock=self.clock, create=False, owner="day")
        self.team = {person.role: person for person in staff(self.desk)}
        self.desk.person = self.team["pharmacist"]
        self.code = code
        self.subject = self.cycle = ""

    def made(self, answer: Any) -> Any:
        assert not isinstance(answer, Refusal), answer.reasons
        return answer

    def place(self) -> DosePlace:
        return DosePlace(self.subject, self.cycle, 1)

    def signed(self, role: str, meaning: str) -> Any:
        return signature_of(self.desk, self.team[role], meaning)

    def two(self, first: str, second: str) -> TwoSignatures:
        return TwoSignatures(self.signed("pharmacist", first), self.signed("nurse", second))

    def register(self) -> None:
        form = Registration(
            trial_code=self.code, initials="AB", born="04-Mar-1961", sex="female",
            allergies_state="no known allergies", protocol="npc-bolus-site",
        )  # fmt: skip
        self.subject = self.made(register_subject(self.desk, form, new_token()))

    def order(self) -> None:
        form = OrderForm("M. Sato", self.clock.now(), Decimal(5040000), "M. Sato", "M. Sato")
        self.made(write_order(self.desk, self.subject, form, new_token()))

    def plan(self) -> None:
        plan = CyclePlan(datetime.fromisoformat("2026-03-02T12:00"))
        self.cycle = self.made(plan_cycle(self.desk, self.subject, plan, new_token()))

    def weigh(self) -> None:
        form = WeightForm(Decimal(70), self.clock.now(), "bed scale", "dosing")
        self.made(record_weight(self.desk, self.subject, form, new_token()))

    def premedicate(self) -> None:
        given = (ItemOutcome("antibiotic", "given"), ItemOutcome("antipyretic", "given"))
        self.made(record_premedication(self.desk, self.place(), given, new_token()))

    def assess(self) -> None:
        self.clock.moment = MONDAY - timedelta(minutes=30)
        times = dict.fromkeys(FOUND, self.clock.now())
        self.made(record_check(self.desk, self.place(), FOUND, times, new_token()))

    def receive(self) -> None:
        record = stock.stock_records(self.desk)[0]
        form = stock.ReceiptForm(
            record, "PR1234AB", date(2026, 12, 31), 12, self.desk.now().date(), "Depot",
            f"SHIP-{self.code}", "in range", "intact",
        )  # fmt: skip
        first = self.signed("pharmacist", stock.RECEIVE_STOCK)
        self.made(stock.receive_stock(self.desk, form, first, new_token()))

    def destroy(self) -> None:
        record = stock.stock_records(self.desk)[0]
        form = stock.MoveForm(
            stock.DESTROYED, record, "PR1234AB", "control", 2, self.desk.now().date(),
            "broken", "LETTER-1",
        )  # fmt: skip
        signed = self.two(stock.DESTROY_FIRST, stock.DESTROY_SECOND)
        self.made(stock.move_stock(self.desk, form, signed, new_token()))

    def release(self) -> None:
        form = ReleaseForm((Lot("PR1234AB", "2026-12-31", 1),), self.clock.now())
        reading = SecondReading(
            Decimal(70), Decimal("0.28"), ("34AB",), self.code, "glucose 5 %", Decimal(10)
        )
        signed = self.two(RELEASE_FIRST, RELEASE_SECOND)
        self.made(record_release(self.desk, self.place(), form, reading, signed, new_token()))

    def discard(self) -> None:
        dose = self.made(locate(self.desk, self.place())).dose
        signed = self.signed("pharmacist", DISCARD_MEANING)
        release = dose.release.entry
        self.made(
            discard_preparation(self.desk, self.place(), release, "leaked", signed, new_token())
        )

    def release_anew(self) -> None:
        self.release()

    def record(self) -> None:
        self.clock.moment = MONDAY + timedelta(minutes=2)
        form = AdministrationForm("given", given_at=self.clock.now())
        first = self.signed("pharmacist", RECORD_FIRST)
        self.made(record_administration(self.desk, self.place(), form, first, new_token()))

    def cosign(self) -> None:
        second = self.signed("nurse", RECORD_SECOND)
        self.made(cosign(self.desk, self.place(), second, new_token()))

    def amend(self) -> None:
        form = AmendmentForm("typing error", given_at=MONDAY + timedelta(minutes=1))
        signed = self.two(AMEND_FIRST, AMEND_SECOND)
        self.made(amend_administration(self.desk, self.place(), form, signed, new_token()))

    def print(self) -> None:
        sheet = self.made(prepare_cycle_sheet(self.desk, self.subject, self.cycle))
        self.made(record_print(self.desk, sheet, "print", new_token()))

    def back_up(self) -> None:
        self.clock.moment += timedelta(seconds=1)
        done = back_up(self.desk)
        assert done.made, done.faults
        assert not done.faults, done.faults


ACTS: tuple[Callable[[Day], None], ...] = (
    Day.register, Day.order, Day.plan, Day.weigh, Day.premedicate, Day.assess, Day.receive,
    Day.release, Day.destroy, Day.discard, Day.release_anew, Day.back_up, Day.record, Day.cosign, Day.amend, Day.print,
)  # fmt: skip


def told(*words: object) -> None:
    """One line in one write: a kill leaves it whole or not at all."""
    sys.stdout.flush()
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(journal: Path, code: str) -> None:
    """Open the journal and do every act."""
    told("PID", os.getpid())
    day = Day(journal, code)
    head = day.desk.journal.head()
    told("open", head.sequence, head.hash)
    for act in ACTS:
        act(day)
        head = day.desk.journal.head()
        told(act.__name__, head.sequence, head.hash)
    day.desk.close()


def main() -> None:
    """A child for every line; it is waited for, however it ends."""
    while line := sys.stdin.readline():
        journal, code = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                work(Path(journal), code)
            except BaseException:  # noqa: BLE001 - whatever it is, the test must see it
                told("ERROR", repr(traceback.format_exc()))
            os._exit(0)
        sys.stdin.readline()  # until then the number of the child is nobody else's
        os.waitpid(child, 0)
        told("END")


if __name__ == "__main__":
    main()
