"""What an auditor would write up: nothing on a well-kept ledger, and each seeded fault by its rule."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from keeper import SATELLITE, Keeper

from il2desk.desk import Lot
from il2desk.desk.stock import (
    ARRIVED,
    DESTROYED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RULES,
    SENT,
    WASTED,
    audit_json_lines,
    audit_text,
    pre_audit,
    stock_alerts,
)


def rules(keeper: Keeper) -> set[str]:
    return {one.rule for one in pre_audit(keeper.desk).findings}


@pytest.mark.parametrize("seed", [2, 11, 2026])
def test_a_well_kept_ledger_of_a_hundred_random_lines_has_no_finding(keeper, seed: int):
    keeper.walk(seed, 100)
    keeper.settle_all()
    found = pre_audit(keeper.desk)
    assert found.findings == ()
    assert found.lines >= 100
    words = {line.what for line in keeper.books.lines}
    assert {SENT, ARRIVED, PATIENT_RETURN, "dispensed", "count difference"} <= words
    assert any(line.corrects for line in keeper.books.lines)


def seeded(keeper: Keeper, kind: str, where: dict[str, Any] | None = None, **body: Any) -> Any:
    """An entry as no act of this program would store it."""
    usual = {
        **keeper.record.body(), "lot": "PR1234AB", "expiry": "2026-12-31", "vials": 1,
        "place": "control", "on": keeper.today.isoformat(), "reference": "X-1", "to": "",
        "from_returns": False, "transfer": "", "quarantined": "", "gtin": "", "serials": [],
        "signatures": [keeper.signed().body()],
    }  # fmt: skip
    return keeper.desk.append(kind, {**usual, **body}, **(where or {}))


def _given(keeper: Keeper, *lots: Lot) -> None:
    """A dose given without a release: recording it is never blocked."""
    more = {"volume_ml": Decimal("0.28"), "decided_by": "M. Sato", "reason": "in an emergency"}
    keeper.ward.made(keeper.ward.record(lots=lots, **more))


def _blank(keeper: Keeper) -> None:
    seeded(keeper, "stock-moved", move=WASTED, expiry="", lot="  ", reason="x")


def _correction(keeper: Keeper) -> None:
    (first, *_) = keeper.desk.journal.entries(kind="stock-received")
    lines = {"line": 0, "changes": [{"field": "vials", "new": "11"}], "lines": []}
    body = {**keeper.record.body(), **lines, "signatures": []}
    keeper.desk.append("stock-corrected", body, amends=first.id, reason="no second person")


def _late(keeper: Keeper) -> None:
    keeper.ward.clock.moment += timedelta(days=2)
    day = keeper.today - timedelta(days=1)
    keeper.ward.made(keeper.move(WASTED, on=day))


def _unreceived(keeper: Keeper) -> None:
    _given(keeper, Lot("EM7777EM", "2026-12-31", 1))


def _without_line(keeper: Keeper) -> None:
    keeper.dispense((Lot("PR1234AB", "2026-12-31", 1),), number=2)
    body = dict(keeper.desk.journal.entries(kind="release-recorded")[-1].body)
    del body["taken_from"]
    keeper.desk.append("release-recorded", body, **keeper.ward.place(3).where())


def _shelf(keeper: Keeper) -> None:
    keeper.ward.made(keeper.count(9))


def _negative(keeper: Keeper) -> None:
    _given(keeper, Lot("PR1234AB", "2026-12-31", 11))


def _unmatched(keeper: Keeper) -> None:
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, vials=3, transfer=sent.id))


def _never_arrived(keeper: Keeper) -> None:
    keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    keeper.ward.clock.moment += timedelta(days=1)


def _unapproved(keeper: Keeper) -> None:
    seeded(keeper, "stock-moved", move=OUTSIDE, to="Site 12", reference=" ")


def _returned(keeper: Keeper) -> None:
    keeper.dispense((Lot("PR1234AB", "2026-12-31", 1, ("S1",)),))
    seeded(keeper, "stock-received", serials=["S1"], reference="X-2")


def _other_protocol(keeper: Keeper) -> None:
    other = {"protocol": "other-trial", "product": keeper.record.product}
    seeded(keeper, "stock-received", **other, lot="OT5555OT", vials=3)
    keeper.dispense((Lot("PR1234AB", "2026-12-31", 1),))
    body = dict(keeper.desk.journal.entries(kind="release-recorded")[-1].body)
    lots = [Lot("OT5555OT", "2026-12-31", 1).body()]
    changed = {**body, "lots": lots, "taken_from": {**other, "place": "control"}}
    keeper.desk.append("release-recorded", changed, **keeper.ward.place(2).where())


def _expired(keeper: Keeper) -> None:
    keeper.ward.made(keeper.receive("LOT-GONE", 2, expiry=keeper.today - timedelta(days=1)))
    _given(keeper, Lot("LOT-GONE", (keeper.today - timedelta(days=1)).isoformat(), 1))


def _quarantined(keeper: Keeper) -> None:
    keeper.ward.made(keeper.move(QUARANTINED))
    _given(keeper, Lot("PR1234AB", "2026-12-31", 1))


def _unwitnessed(keeper: Keeper) -> None:
    seeded(keeper, "stock-moved", move=DESTROYED)


def _restored(keeper: Keeper) -> None:
    body = {"backup": "b.sqlite", "signatures": []}
    keeper.desk.append("journal-restored", body, reason="the disk failed")


FAULTS: dict[str, tuple[str, Callable[[Keeper], None]]] = {
    "a blank column": ("blank", _blank),
    "a correction without signatures": ("correction", _correction),
    "a line of the day before": ("not-timely", _late),
    "dispensed before receipt": ("before-receipt", _unreceived),
    "a dose without a line": ("dose-without-line", _without_line),
    "the shelf differs": ("shelf", _shelf),
    "a negative balance": ("negative", _negative),
    "a satellite that received less": ("satellite", _unmatched),
    "a transfer that never arrived": ("satellite", _never_arrived),
    "a transfer without approval": ("unapproved", _unapproved),
    "a vial that came back into stock": ("returned", _returned),
    "a vial of another protocol": ("other-protocol", _other_protocol),
    "an expired lot": ("expired", _expired),
    "a lot in quarantine": ("quarantined", _quarantined),
    "destroyed without a witness": ("unwitnessed", _unwitnessed),
    "stock not counted since a restore": ("restored", _restored),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_seeded_fault_is_found(keeper, fault: str):
    rule, seed = FAULTS[fault]
    keeper.ward.made(keeper.receive())
    assert pre_audit(keeper.desk).findings == ()
    keeper.ward.at(minutes=5)
    seed(keeper)
    found = rules(keeper)
    assert rule in found
    # Vials that no receipt brought make the balance negative as well; nothing else is made up.
    assert found <= {rule, "before-receipt", "negative"}
    sentences = [one.text for one in pre_audit(keeper.desk).findings if one.rule == rule]
    assert all(text.endswith(".") for text in sentences)


def test_stock_waits_for_a_count_after_a_restore(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.receive("CD9999EF"))
    assert stock_alerts(keeper.desk) == ()
    _restored(keeper)
    (said,) = stock_alerts(keeper.desk)
    assert "count PR1234AB at control, CD9999EF at control" in said
    keeper.ward.made(keeper.count(10))
    keeper.ward.made(keeper.receive("EF7777GH"))
    (finding,) = pre_audit(keeper.desk).findings
    assert finding.text == (
        "Lot CD9999EF at control was not counted since the journal was restored on 02-Mar-2026: lines "
        "since the backup may be missing."
    )
    keeper.ward.made(
        keeper.receive("CD9999EF", 2, reference="SHIP-LOST")
    )  # entered anew from paper
    assert "restored" in rules(keeper)
    keeper.ward.made(keeper.count(12, "CD9999EF"))
    assert stock_alerts(keeper.desk) == () == pre_audit(keeper.desk).findings


def test_a_fault_of_every_rule_is_seeded():
    assert (
        len({rule for rule, _ in FAULTS.values()}) == len(RULES) + 1
    )  # one rule has two sentences


def _outside(keeper: Keeper, *statements: str) -> None:
    """Change the file as somebody with another tool would."""
    with closing(sqlite3.connect(keeper.desk.journal.path)) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_guards_that_were_taken_away_are_a_finding(keeper):
    keeper.ward.made(keeper.receive())
    _outside(keeper)
    found = pre_audit(keeper.desk)
    assert {one.rule for one in found.findings} == {"written-over"}
    assert found.lines == 1


def test_a_line_that_was_changed_outside_the_program_is_a_finding(keeper):
    keeper.ward.made(keeper.receive())
    _outside(
        keeper,
        "UPDATE entry SET body = replace(body, '\"vials\":10', '\"vials\":12')"
        " WHERE kind = 'stock-received'",
    )
    found = pre_audit(keeper.desk)
    assert {one.rule for one in found.findings} == {"written-over"}
    assert (found.lines, found.not_judged[0][:10]) == (0, "Every line")


def test_a_seeded_fault_in_a_long_ledger_is_found(keeper):
    dice = keeper.walk(5, 60)
    keeper.settle_all()
    assert pre_audit(keeper.desk).findings == ()
    assert isinstance(dice, random.Random)
    seeded(keeper, "stock-moved", move=DESTROYED, lot="LOT-0000")
    assert rules(keeper) == {"unwitnessed"}


def test_what_no_journal_shows_is_named(keeper):
    keeper.ward.made(keeper.receive())
    found = pre_audit(keeper.desk)
    said = " ".join(found.not_judged)
    for words in (
        "identical to the NCI form",
        "investigator",
        "oral",
        "lie apart",
        "Temperature logs",
    ):
        assert words in said
    assert "1 lots: not counted since their last movement" in said
    keeper.ward.made(keeper.count(10))
    assert "not counted" not in " ".join(pre_audit(keeper.desk).not_judged)


def test_doses_before_stock_was_kept_are_named_and_not_judged(keeper):
    keeper.ward.given(1)
    keeper.ward.made(keeper.receive())
    found = pre_audit(keeper.desk)
    assert found.findings == ()
    assert "Doses before the first receipt: 1" in " ".join(found.not_judged)


def test_the_list_is_text_and_json_lines(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.count(9))
    found = pre_audit(keeper.desk)
    text = audit_text(found)
    assert text.startswith("2 lines looked at, 1 findings.\n\nshelf: Lot PR1234AB at control:")
    assert "\nNot judged here:\n" in text
    rows = [json.loads(line) for line in audit_json_lines(found).splitlines()]
    assert [row["rule"] for row in rows][:2] == ["shelf", "not-judged"]
    assert rows[0]["entry"] == found.findings[0].entry
