"""A criterion is told as what triggers the verdict, never as a limit that looks kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from il2desk.desk import CheckRecord, Desk
from il2desk.dosing import CriterionResult
from il2desk.window.pages.check_recorded import recorded_values
from il2desk.window.pages.criteria_words import led_to, outside, scopes_of, trigger


def _row(
    code: str, limit: str, value: str, kind: str = "relative", result: str = "met"
) -> CriterionResult:
    return CriterionResult(f"{code}-{kind}", code, limit, value, kind, result, "page 1")


@pytest.mark.parametrize(
    ("row", "scope", "said"),
    [
        (
            _row("creatinine", "2.5 or more and below 3 mg/dL", "2.7 mg/dL"),
            "",
            "creatinine 2.7 mg/dL: HOLD if 2.5 or more and below 3 mg/dL",
        ),
        (
            _row("platelets", "below 30,000", "20,000", "absolute"),
            "this cycle",
            "platelets 20,000: STOP this cycle if below 30,000",
        ),
        (_row("bleeding", "frank", "frank", "absolute"), "this cycle", "STOP this cycle"),
        (
            _row("skin / spo2", "skin: a or spo2: b", "skin: a; spo2: not assessed"),
            "",
            "skin: a; spo2: not assessed: HOLD if skin: a or spo2: b",
        ),
        (_row("platelets", "below 50,000", ""), "", "no value now: HOLD if below 50,000"),
    ],
)
def test_a_criterion_is_told_with_what_it_triggers(
    row: CriterionResult, scope: str, said: str
) -> None:
    told = led_to(row, scope)
    assert told.endswith(said)
    assert ", limit" not in told


def test_a_criterion_that_is_not_met_says_its_limit_even_where_the_value_is_its_word() -> None:
    assert trigger(_row("bleeding", "frank", "frank", result="too old")) == "HOLD if frank"


def test_the_scope_is_only_said_where_the_check_tells_whose_it_is() -> None:
    first = _row("platelets", "below 30,000", "20,000", "absolute")
    second = _row("bleeding", "frank", "frank", "permanent")
    holds = _row("creatinine", "3 or more", "3")
    assert scopes_of((first, holds), "for good") == {first.id: "for good"}
    both = {first.id: "this cycle", second.id: "this cycle"}
    assert scopes_of((first, second, holds), "this cycle") == both
    assert scopes_of((first, second), "for good") == {}
    assert scopes_of((holds,), None) == {}


def test_the_count_says_outside_the_limits() -> None:
    assert outside(1) == "1 criterion outside its limit"
    assert outside(2) == "2 criteria outside their limits"


def test_a_value_of_an_earlier_hold_that_goes_on_stands_first_and_is_not_called_within(
    site_copy_desk: Desk,
) -> None:
    rows = {"heart_rate": ("above 130 per min", "88"), "platelets": ("below 50,000", "60000")}
    check = CheckRecord(
        entry="e", by="K. Brandt", verdict="HOLD", scope=None, sentence="HOLD: an earlier hold.",
        assessed_at=datetime(2026, 3, 12, 13, tzinfo=UTC), valid_until=None, valid_by="",
        relative=0, absolute=0, required=2, missing=(), not_judged=(), held_by=("platelets",),
        values=tuple(
            {"code": code, "value": value, "measured_at": "2026-03-12T12:50:00Z"}
            for code, (_, value) in rows.items()
        ),
        criteria=tuple(
            {"id": code, "code": code, "limit": limit, "value": value, "class": "relative",
             "result": "not met", "source": "page 1"}
            for code, (limit, value) in rows.items()
        ),
        rule_set="made-up",
    )  # fmt: skip
    first, second = recorded_values(site_copy_desk, check)
    assert first.name == "Platelets"
    assert "HOLD if below 50,000" in first.text
    assert first.text.replace("\u00a0", " ").endswith("▲ an earlier HOLD goes on")
    assert second.text.replace("\u00a0", " ").endswith("✓ within")
