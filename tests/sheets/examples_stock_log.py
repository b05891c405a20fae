"""Accountability logs of a fictional trial: one line, 40 lines over pages, corrections, long names.

The first of them tells what tests/desk/stock_story.py does in a real journal, word for word; a test
there compares both. Balances and sums are added up here, never typed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from il2desk.sheets import (
    LogLine,
    LotLine,
    Marks,
    SheetIssue,
    SheetModel,
    SignatureRow,
    StockLogFacts,
    compose_stock_log,
)

PROTOCOL, VERSION, FINGERPRINT = "npc-bolus-site", "1", "3773ce83d029"
PRODUCT = (
    "Proleukin (aldesleukin) for injection, 22\u00a0million\u00a0international\u00a0units, "
    "single-dose vial"
)
AB, CD, ZZ = "PR1234AB", "PR5678CD", "PR9999ZZ"
EXPIRY = {AB: "31-Dec-2026", CD: "31-Jan-2027", ZZ: "28-Feb-2027"}
RESTORED = (
    "\u25b2 The journal was restored from a backup on 11-Mar-2026. Receipts, corrections and other "
    "movements after that backup may be missing on this sheet. Not counted since: lot PR1234AB, lot "
    "PR5678CD."
)
DISCARDED = "dispensed\nleft over 0.92\u00a0mL\n\u25b2 preparation discarded 02-Mar-2026, K. Brandt: the bag leaked"
DOSE = "5.04\u00a0million\u00a0international\u00a0units"
TAKEN_BACK = "its receipt was taken back"
_COLUMNS = (
    "received", "arrived", "sent", "dispensed", "wasted", "sponsor", "destroyed", "difference",
    "corrected",
)  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """A line before anything is added up: `column` is where the end of the record sums it."""

    day: str
    what: str
    lot: str
    change: int = 0
    column: str = ""
    second: str = ""
    dose: str = ""
    amount: str = ""
    corrected: str = ""
    patient: bool = False


def moved_words(change: int) -> str:
    """In 6, out 2 or 0."""
    return f"in {change}" if change > 0 else f"out {-change}" if change else "0"


def make_issue(code: str, sheet: str, at: str = "11-Mar-2026 16:10") -> SheetIssue:
    """The issue of a fictional sheet; `at` is when the last thing on it was recorded."""
    return SheetIssue(
        sheet_id=sheet, form_code=code, form_version="1", program_version="0.1.0", entry="26",
        entry_hash="9f31c2a07be4", issued_at=at, issued_utc="20260311151000",
        issued_by="K. Brandt", supersedes="", site_name="Ward pharmacy, City Hospital",
    )  # fmt: skip


def add_up(moves: tuple[Moved, ...]) -> tuple[LogLine, ...]:
    """The lines with number, balances and what a page brings forward."""
    lines, lots, into, out, forward = [], Counter[str](), 0, 0, ""
    for number, one in enumerate(moves, start=1):
        lots[one.lot] += one.change
        into, out = into + max(one.change, 0), out - min(one.change, 0)
        who = {"initials": "AB", "trial_code": "NPC-017"} if one.patient else {}
        lines.append(LogLine(
            number=str(number), day=one.day, what=one.what, lot=one.lot, expiry=EXPIRY[one.lot],
            moved=moved_words(one.change), balance=str(into - out), lot_balance=str(lots[one.lot]),
            recorder="K. Brandt", second=one.second, dose=one.dose, amount=one.amount,
            corrected=one.corrected, forward=forward, **who,
        ))  # fmt: skip
        forward = f"Brought forward from line {number}: in {into}, out {out}, balance {into - out}"
    return tuple(lines)


def stand(
    moves: tuple[Moved, ...], name: str, expiry: str, state: str = "", lot: str = ""
) -> LotLine:
    """How one lot stands, or every lot together."""
    mine = [one for one in moves if lot in ("", one.lot)]
    sums = tuple(sum(one.change for one in mine if one.column == each) for each in _COLUMNS)
    return LotLine(
        name, expiry, tuple(moved_words(one) for one in sums), str(sum(sums)), "0", state
    )


def dispensed(day: str, number: int, vials: int, cycle: int = 1, **more: str) -> Moved:
    """The vials of one dose."""
    dose = f"course\u00a01, cycle\u00a0{cycle}, dose\u00a0{number}"
    return Moved(
        day, "dispensed\nleft over 0.92\u00a0mL", AB, -vials, "dispensed", second="A. Ruiz", dose=dose,
        amount=DOSE, patient=True, **more,
    )  # fmt: skip


def make_moves() -> tuple[Moved, ...]:
    """What happened in the ten days of the story."""
    depot, both = "received from Sponsor depot, shipment SHIP-", "K.\u00a0Brandt and A.\u00a0Ruiz"
    return (
        Moved("02-Mar-2026", f"{depot}1", AB, 5, "received",
              corrected=f"corrected in line 7, 03-Mar-2026, {both}"),
        Moved("02-Mar-2026", f"{depot}2\ntemperature on arrival not recorded\nQUARANTINED on arrival",
              CD, 10, "received"),
        Moved("02-Mar-2026", f"{depot}3", ZZ, 4, "received",
              corrected=f"corrected in line 9, 04-Mar-2026, {both}"),
        Moved("02-Mar-2026", "quarantine lifted, decided by Sponsor QA, letter 7\n"
              "Reason: the logger was read", CD),
        dispensed("02-Mar-2026", 1, 2, corrected=f"corrected in line 8, 03-Mar-2026, {both}"),
        dispensed("02-Mar-2026", 2, 1),
        Moved("03-Mar-2026", "correction of line 1: vials 5, now 6\n"
              "Reason: one vial lay under the leaflet", AB, 1, "corrected", "A. Ruiz"),
        Moved("03-Mar-2026", "correction of line 5: vials 2, now 1\nReason: typing error", AB, 1,
              "corrected", "A. Ruiz", dose="course\u00a01, cycle\u00a01, dose\u00a01",
              amount="amount as in line 5", patient=True),
        Moved("04-Mar-2026", "correction of line 3: the whole line taken back, entered in error\n"
              "Reason: shipment of another trial", ZZ, -4, "corrected", "A. Ruiz"),
        Moved("06-Mar-2026", "returned by patient: 1\u00a0vial, kept apart\nReason: the cycle ended",
              AB, patient=True),
        Moved("09-Mar-2026", "counted 3\u00a0vials on the shelf, the books held 4", AB),
        Moved("10-Mar-2026", "sent to Ward 7 fridge, approval T-12", CD, -2, "sent"),
        Moved("11-Mar-2026", "destroyed: 1\u00a0vial that patients returned, Sponsor QA, letter 9\n"
              "Reason: returned by a patient", AB, second="A. Ruiz"),
        Moved("11-Mar-2026", "QUARANTINED, the whole lot\nReason: the carton is wet", CD),
    )  # fmt: skip


def rows_to_sign(balance: str, *, is_open: bool = False) -> tuple[SignatureRow, ...]:
    """Who signs a record of so many vials; `is_open`: a count that differs is not settled."""
    said = f"balance {balance}"
    if is_open:
        said = f"record {balance}, shelf\u00a0____\u00a0vials; a difference is open"
    return (
        SignatureRow(f"I checked this record against the shelf: {said}", "pharmacist"),
        SignatureRow("I reviewed this record", "investigator"),
        SignatureRow("I reviewed this record", "monitor"),
    )


def make_log() -> StockLogFacts:
    """Receipts, doses, corrections, a return, a count that differs, a transfer, a quarantine."""
    moves = make_moves()
    lots = (
        stand(moves, AB, EXPIRY[AB], lot=AB),
        stand(moves, CD, EXPIRY[CD], "QUARANTINED: the carton is wet", CD),
        stand(moves, ZZ, EXPIRY[ZZ], TAKEN_BACK, ZZ),
    )
    whole = stand(moves, "Whole record", "")
    return StockLogFacts(
        issue=make_issue("ACC", "ACC-1C2D3E-9F31C2A0"), marks=Marks(), protocol=PROTOCOL,
        protocol_title="SITE: interleukin-2 as an intravenous bolus (fictional site copy of npc-bolus)",
        agent="aldesleukin", product=PRODUCT, place="control", control=True, lines=add_up(moves),
        lots=lots, whole=whole, version=VERSION, fingerprint=FINGERPRINT,
        differences=(("\u25b2 Lot PR1234AB: counted 3\u00a0vials on 09-Mar-2026 by K. Brandt, 1 fewer "
                     "than the books held. Not settled."),),
        on_the_way=(("\u25b2 On the way: 2\u00a0vials of lot PR5678CD, from control to Ward 7 fridge, "
                    "sent on 10-Mar-2026, approval T-12. Not arrived."),),
        signatures=rows_to_sign(f"{whole.balance} vials", is_open=True),
    )  # fmt: skip


def make_forty() -> StockLogFacts:
    """A receipt of 99 vials and 39 doses in three cycles, three doses a day, over pages."""
    depot = "received from Sponsor depot, shipment SHIP-1"
    moves = [Moved("02-Mar-2026", depot, AB, 99, "received")]
    for number in range(39):
        cycle, dose = divmod(number, 14)
        day = date(2026, 3, 3) + timedelta(days=14 * cycle + dose // 3)
        moves.append(dispensed(f"{day:%d-%b-%Y}", dose + 1, 1, cycle + 1))
    whole = stand(tuple(moves), "Whole record", "")
    return replace(
        make_log(), issue=make_issue("ACC", "ACC-1C2D3E-9F31C2A0", "03-Apr-2026 20:10"),
        lines=add_up(tuple(moves)), lots=(replace(whole, lot=AB, expiry=EXPIRY[AB]),), whole=whole,
        differences=(), on_the_way=(), signatures=rows_to_sign(f"{whole.balance} vials"),
    )  # fmt: skip


def make_satellite() -> StockLogFacts:
    """A satellite to which two vials came, in the practice trial."""
    moves = (Moved("11-Mar-2026", "arrived from control, approval T-12", CD, 2, "arrived"),)
    whole = stand(moves, "Whole record", "")
    return replace(
        make_log(), lines=add_up(moves), lots=(replace(whole, lot=CD, expiry=EXPIRY[CD]),), whole=whole,
        differences=(), on_the_way=(), place="Ward 7 fridge", control=False, marks=Marks(practice=True),
        signatures=rows_to_sign("2 vials"),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    log = make_log()
    long, other = "Bartholomew-Maximilian Featherstonehaugh", "Wolfeschlegelsteinhausenbergerdorff"
    long_lines = tuple(
        replace(
            one, recorder=long, second=other if one.second else "",
            trial_code="NPC-HOSPITAL-000017" if one.trial_code else "",
            initials="ABCD" if one.initials else "",
            corrected=one.corrected.replace("K.\u00a0Brandt", long).replace("A.\u00a0Ruiz", other),
        )
        for one in log.lines
    )  # fmt: skip
    chinese = tuple(
        replace(
            one,
            recorder="歐陽大文",
            second="司馬 相如" if one.second else "",
            corrected=one.corrected.replace("K.\u00a0Brandt", "歐陽大文").replace(
                "A.\u00a0Ruiz", "司馬 相如"
            ),
        )
        for one in log.lines
    )
    facts = {
        "one line": make_satellite(),
        "corrected, quarantined, on the way": log,
        "40 lines": make_forty(),
        "restored": replace(
            log, notes=(RESTORED,), issue=make_issue("ACC", "ACC-1C2D3E-9F31C2A0", "11-Mar-2026 18:30"),
            lines=(*log.lines[:5], replace(log.lines[5], what=DISCARDED), *log.lines[6:]),
        ),
        "long names": replace(
            log, lines=long_lines, place="Refrigerator of the day hospital, second floor, room 217"
        ),
        "chinese name": replace(log, lines=chinese),
    }  # fmt: skip
    return {name: compose_stock_log(one) for name, one in facts.items()}
