"""Findings that a rule set does not judge and that are not clearly normal (assessment page)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from il2desk.dosing.assessment_values import FoundValue
from il2desk.dosing.conditions import is_met
from il2desk.dosing.finding_codes import FINDING_CODES
from il2desk.dosing.rule_set import Condition, RuleSet


def not_clearly_normal(
    rule_set: RuleSet,
    others: tuple[RuleSet, ...],
    values: Mapping[str, FoundValue],
    weight_kg: Decimal | None,
) -> tuple[tuple[str, str], ...]:
    """Pairs of code and reason, in the order of the code table.

    A number without a row counts when another set would hold or stop at it; a word, a listed sign
    or a true without a row counts by itself.
    """
    pairs: list[tuple[str, str]] = []
    for code in FINDING_CODES:
        if code not in values:
            continue
        value = values[code]
        if _is_judged(rule_set, code, value):
            continue
        holding = [other.id for other in others if _would_act(other, code, value, weight_kg)]
        if holding:
            pairs.append((code, f"{', '.join(holding)} would hold or stop"))
        elif _abnormal(code, value):
            pairs.append((code, "not normal, and no set has a row for it"))
    return tuple(pairs)


def _conditions(rule_set: RuleSet, code: str) -> list[Condition]:
    return [
        condition
        for criterion in rule_set.criteria
        for condition in criterion.conditions
        if condition.code == code
    ]


def _is_judged(rule_set: RuleSet, code: str, value: FoundValue) -> bool:
    """A number is judged by any row of its code; words and flags only by a row that names them."""
    rows = _conditions(rule_set, code)
    if isinstance(value, tuple):
        named = {word for row in rows for word in row.words}
        return any(row.any_word for row in rows) or all(word in named for word in value)
    if isinstance(value, str):
        return value in FINDING_CODES[code].normal or any(value in row.words for row in rows)
    return bool(rows)


def _would_act(other: RuleSet, code: str, value: FoundValue, weight_kg: Decimal | None) -> bool:
    return any(
        is_met(condition, value, weight_kg) is True for condition in _conditions(other, code)
    )


def _abnormal(code: str, value: FoundValue) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return bool(value)
    if isinstance(value, str):
        return value not in FINDING_CODES[code].normal
    return False
