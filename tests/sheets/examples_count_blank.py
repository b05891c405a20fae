"""Blank count sheets of a fictional shelf: one lot, two products, many lots, long names."""

from __future__ import annotations

from dataclasses import replace

from examples_stock_log import AB, CD, EXPIRY, FINGERPRINT, PRODUCT, PROTOCOL, VERSION, make_issue

from il2desk.sheets import (
    CountBlankFacts,
    Marks,
    SheetModel,
    ShelfLot,
    ShelfRecord,
    SignatureRow,
    compose_count_blank,
)

EU = (
    "Proleukin (aldesleukin) powder, called 18\u00a0million\u00a0international\u00a0units (per mL "
    "once reconstituted; the vial holds 22\u00a0million)"
)


RESTORED = (
    "\u25b2 The journal was restored from a backup on 11-Mar-2026. Receipts, corrections and other "
    "movements after that backup may be missing on this sheet. Not counted since: lot PR1234AB, lot "
    "PR5678CD, lot PR 9012 EF."
)


def make_count() -> CountBlankFacts:
    """Three lots of one product, one in quarantine, one with vials that patients returned."""
    lots = (
        ShelfLot(AB, EXPIRY[AB], returned=True),
        ShelfLot(CD, EXPIRY[CD], quarantined=True),
        ShelfLot("PR 9012 EF", "28-Feb-2027"),
    )
    return CountBlankFacts(
        issue=make_issue("CTB", "CTB-1C2D3E-9F31C2A0"), marks=Marks(), place="control",
        records=(ShelfRecord(PROTOCOL, PRODUCT, lots, VERSION),), fingerprint=FINGERPRINT,
        signatures=(
            SignatureRow("I counted these vials on the shelf and did not copy the number from the "
                         "books", "first count"),
            SignatureRow("I counted these vials myself, without the first count before me",
                         "second count, witness"),
        ),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    count = make_count()
    one = count.records[0]
    many = tuple(ShelfLot(f"PR{number:04}AB", "31-Dec-2026") for number in range(1, 41))
    second = ShelfRecord(
        "melanoma-bolus", EU, (ShelfLot("EU777777", "31-Mar-2027", returned=True),), "3"
    )
    facts = {
        "one place": count,
        "two products": replace(
            count,
            records=(one, second),
            marks=Marks(practice=True),
            fingerprint=f"{FINGERPRINT}, 5be1907c42aa",
        ),
        "restored": replace(count, notes=(RESTORED,)),
        "nothing left": replace(count, records=(replace(one, lots=()),)),
        "40 lines": replace(count, records=(replace(one, lots=many),)),
        "long names": replace(
            count, place="Refrigerator of the day hospital, second floor, room 217, lower shelf"
        ),
        "chinese name": replace(count, place="癌症治療中心 冰箱"),
    }
    return {name: compose_count_blank(fact) for name, fact in facts.items()}
