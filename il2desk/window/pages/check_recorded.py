"""The recorded check before the dose, to be read again: each value, when measured, its result."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from il2desk.desk import SUPPLIED, CheckRecord, Desk, moment_of
from il2desk.dosing import (
    FINDING_CODES,
    NO_BREAK,
    UNCONFIRMED,
    CriterionResult,
    Refusal,
    Unjudged,
    read_one,
    unjudged_rows,
    value_in_words,
    write_moment,
)
from il2desk.window.pages.criteria_words import scopes_of, trigger
from il2desk.window.pages.facts_grid import Fact
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say


def check_line(desk: Desk, check: CheckRecord) -> str:
    """Verdict, moment, person and validity in one line."""
    word = f"{check.verdict} {say(check.scope)}" if check.scope else check.verdict
    text = say(
        "{verdict}, recorded {when} by {who}",
        verdict=word,
        when=write_moment(desk.local(check.assessed_at)),
        who=check.by,
    )
    if check.valid_until is None:
        return text
    until = write_moment(desk.local(check.valid_until))
    return say("{line}, valid to {until}", line=text, until=until)


def recorded_values(desk: Desk, check: CheckRecord) -> tuple[Fact, ...]:
    """Every value of the check with its unit, its limits, when it was measured and its result.

    Those that led to the verdict come first: nobody has to look for the reason.
    """
    criteria = recorded_criteria(check)
    led = {
        code
        for row in criteria
        if row.result == "met" or row.id in check.held_by
        for code in row.code.split(" / ")
    }
    values = sorted(check.values, key=lambda value: _judged(value["code"]) not in led)
    return tuple(_fact(desk, value, criteria, check) for value in values)


def recorded_criteria(check: CheckRecord) -> tuple[CriterionResult, ...]:
    """The criteria as they were judged and stored."""
    return tuple(
        CriterionResult(
            row["id"], row["code"], row["limit"], row["value"], row["class"], row["result"],
            row["source"],
        )
        for row in check.criteria
    )  # fmt: skip


def recorded_rows(check: CheckRecord) -> tuple[CriterionResult, ...]:
    """The criteria, and below them the numbers that the rule set had no row for."""
    named = tuple(Unjudged(code, value, elsewhere=False) for code, value in check.unjudged)
    return (*recorded_criteria(check), *unjudged_rows(named))


def untimed_of(check: CheckRecord) -> frozenset[str]:
    """Codes with a value of which nobody recorded when it was measured; the program's own are none."""
    codes = (one["code"] for one in check.values if one["measured_at"] is None)
    return frozenset(_judged(code) for code in codes if code not in SUPPLIED)


def _judged(code: str) -> str:
    entry = FINDING_CODES.get(code)
    return code if entry is None else entry.counts_as or code


def _fact(
    desk: Desk, value: Mapping[str, Any], criteria: tuple[CriterionResult, ...], check: CheckRecord
) -> Fact:
    code = value["code"]
    entry = FINDING_CODES.get(code)
    name = code if entry is None else entry.name
    when = value["measured_at"]
    moment = say("time not recorded")
    if when is not None:
        moment = say("measured {when}", when=write_moment(desk.local(moment_of(when))))
    judged = _judged(code)
    rows = tuple(row for row in criteria if judged in row.code.split(" / "))
    result = _result(rows, check, not_judged=judged in check.not_judged)
    if when is None and code not in SUPPLIED and result == say("too old"):
        result = ""  # that its time was not recorded is said already
    limits = _limits(rows, scopes_of(criteria, check.scope))
    parts = (_in_words(code, value["value"]), limits, moment, result)
    result = result.replace(" ", NO_BREAK, 1)  # the sign stays with its word
    name = spoken(name)
    return Fact(name[:1].upper() + name[1:], spoken_all((part for part in parts if part), "   "))


def _in_words(code: str, stored: object) -> str:
    """The stored value with its unit; one that cannot be read any more stands as it was typed."""
    raw = tuple(stored) if isinstance(stored, list) else stored
    entry = FINDING_CODES.get(code)
    if entry is None:
        return str(raw)
    if code in SUPPLIED:
        try:
            return value_in_words(code, Decimal(str(raw)))
        except InvalidOperation:
            return str(raw)
    if not isinstance(raw, (str, bool, tuple)):
        return str(raw)
    read = read_one(entry, raw)
    return str(raw) if isinstance(read, Refusal) else value_in_words(code, read)


def _limits(rows: tuple[CriterionResult, ...], scopes: Mapping[str, str]) -> str:
    """What the criteria that are met trigger and from where; of a value within, what all would."""
    rows = tuple(row for row in rows if row.result != UNCONFIRMED)
    shown = [row for row in rows if row.result == "met"] or rows
    return spoken_all((trigger(row, scopes.get(row.id, "")) for row in shown), "; ")


def _result(rows: tuple[CriterionResult, ...], check: CheckRecord, *, not_judged: bool) -> str:
    """What the criteria of a code came to, the heaviest first."""
    met = [row for row in rows if row.result == "met" and row.value]
    if any(row.kind in ("permanent", "absolute") for row in met):
        return "▲ STOP"
    if met:
        return "▲ HOLD"
    if any(row.id in check.held_by for row in rows):
        return say("▲ an earlier HOLD goes on")
    results = {row.result for row in rows}
    for result in ("too old", "no weight"):
        if result in results:
            return say(result)
    if not_judged:
        return say("? not judged")
    return say("✓ within") if "not met" in results else say("not judged")
