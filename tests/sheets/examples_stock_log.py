"""Accountability logs of a fictional trial: one line, 40 lines over pages, corrections, long names."""

from __future__ import annotations

from dataclasses import replace

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

PRODUCT = (
    "Proleukin (aldesleukin) for injection, 22\u00a0million\u00a0international\u00a0units, "
    "single-dose vial"
)
LOT, OTHER = "PR1234AB", "PR5678CD"
RESTORED = (
    "\u25b2 The journal was restored from a backup on 11-Mar-2026. Receipts, corrections and other "
    "movements after that backup may be missing on this sheet. Not counted since: lot PR1234AB."
)
DISCARDED = "dispensed\nleft over 0.92\u00a0mL\n\u25b2 preparation discarded 03-Mar-2026, K. Brandt: the bag leaked"
CORRECTED = "corrected in line 7, 08-Mar-2026, K. Brandt and A. Ruiz"


def make_issue(code: str, sheet: str) -> SheetIssue:
    """The issue of a fictional sheet."""
    return SheetIssue(
        sheet_id=sheet, form_code=code, form_version="1", program_version="0.1.0", entry="214",
        entry_hash="9f31c2a07be4", issued_at="12-Mar-2026 14:02", issued_utc="20260312130200",
        issued_by="K. Brandt", supersedes="", site_name="Ward pharmacy, City Hospital",
    )  # fmt: skip


def make_line(number: int, change: int, balance: int, lot_balance: int, **more: str) -> LogLine:
    """A line of lot PR1234AB."""
    moved = f"in {change}" if change > 0 else f"out {-change}" if change else "0"
    usual = LogLine(
        number=str(number), day=f"{1 + number // 3:02d}-Mar-2026", what="dispensed\nleft over 0.92\u00a0mL",
        lot=LOT, expiry="31-Dec-2026", moved=moved, balance=str(balance),
        lot_balance=str(lot_balance), recorder="K. Brandt", second="A. Ruiz",
    )  # fmt: skip
    return replace(usual, **more)


def make_log() -> StockLogFacts:
    """Receipt, doses, a correction, quarantine, a return, a transfer on the way."""
    dose = {"initials": "AB", "trial_code": "NPC-017"}
    lines = (
        make_line(1, 6, 6, 6, what="received from Sponsor depot, shipment SHIP-1", second=""),
        make_line(2, 10, 16, 10, lot=OTHER, expiry="31-Jan-2027", second="",
                  what="received from Sponsor depot, shipment SHIP-2\ntemperature on arrival not "
                  "recorded\nQUARANTINED on arrival"),
        make_line(3, 0, 16, 10, lot=OTHER, expiry="31-Jan-2027", second="",
                  what="quarantine lifted, decided by Sponsor QA, letter 7\nReason: logger was read"),
        make_line(4, -2, 14, 4, dose="course\u00a01, cycle\u00a01\ndose\u00a01", corrected=CORRECTED, **dose),
        make_line(5, -1, 13, 3, dose="course\u00a01, cycle\u00a01\ndose\u00a02", **dose),
        make_line(6, 0, 13, 3, what="returned by patient: 2\u00a0vials, kept apart\nReason: cycle ended",
                  second="", **dose),
        make_line(7, 1, 14, 4, what="correction of line 4: vials 2, now 1\nReason: typing error",
                  dose="course\u00a01, cycle\u00a01\ndose\u00a01", day="08-Mar-2026", **dose),
        make_line(8, 0, 14, 4, what="counted 3\u00a0vials on the shelf, the books held 4", second="",
                  day="09-Mar-2026"),
        make_line(9, -2, 12, 8, lot=OTHER, day="10-Mar-2026", expiry="31-Jan-2027", second="",
                  what="sent to Ward 7 fridge, approval T-12"),
    )  # fmt: skip
    return StockLogFacts(
        issue=make_issue("ACC", "ACC-1C2D3E-9F31C2A0"), marks=Marks(), protocol="npc-bolus",
        protocol_title="Nasopharyngeal carcinoma, bolus into the nodes", agent="aldesleukin",
        product=PRODUCT, place="control", control=True, lines=lines,
        lots=(LotLine(LOT, "31-Dec-2026", "4", "2", ""),
              LotLine(OTHER, "31-Jan-2027", "8", "0", "QUARANTINED: the carton is wet")),
        balance="12", returned="2",
        differences=(("\u25b2 Lot PR1234AB: counted 3\u00a0vials on 09-Mar-2026 by K. Brandt, 1 fewer "
                     "than the books held. Not settled."),),
        on_the_way=(("\u25b2 On the way: 2\u00a0vials of lot PR5678CD, from control to Ward 7 fridge, "
                    "sent on 10-Mar-2026, approval T-12. Not arrived."),),
        signatures=(
            SignatureRow("I checked this record against the shelf", "pharmacist"),
            SignatureRow("I reviewed this record", "investigator or monitor"),
        ),
    )  # fmt: skip


def make_forty() -> StockLogFacts:
    """A receipt of 99 vials and 39 doses, over pages."""
    lines = [make_line(1, 99, 99, 99, what="received from Sponsor depot, shipment SHIP-1")]
    for number in range(2, 41):
        left = 100 - number
        dose = f"course\u00a01, cycle\u00a01\ndose\u00a0{number - 1}"
        lines.append(
            make_line(number, -1, left, left, dose=dose, initials="AB", trial_code="NPC-017")
        )
    return replace(
        make_log(), lines=tuple(lines), lots=(LotLine(LOT, "31-Dec-2026", "60", "0", ""),),
        balance="60", returned="0", differences=(), on_the_way=(),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    log = make_log()
    long = "Bartholomew-Maximilian Featherstonehaugh"
    long_lines = tuple(
        replace(one, recorder=long, second=long, trial_code="NPC-HOSPITAL-000017", initials="ABCD")
        for one in log.lines
    )
    chinese = tuple(replace(one, recorder="歐陽大文", second="歐陽 大文") for one in log.lines)
    facts = {
        "one line": replace(
            log, lots=(LotLine(LOT, "31-Dec-2026", "6", "0", ""),), balance="6", returned="0",
            lines=(replace(log.lines[0], what="arrived from control", second=""),), differences=(),
            on_the_way=(), place="Ward 7 fridge", control=False, marks=Marks(practice=True),
        ),
        "corrected, quarantined, on the way": log,
        "40 lines": make_forty(),
        "restored": replace(
            log, notes=(RESTORED,),
            lines=(*log.lines[:4], replace(log.lines[4], what=DISCARDED), *log.lines[5:]),
        ),
        "long names": replace(
            log, lines=long_lines, place="Refrigerator of the day hospital, second floor, room 217"
        ),
        "chinese name": replace(log, lines=chinese),
    }  # fmt: skip
    return {name: compose_stock_log(one) for name, one in facts.items()}
