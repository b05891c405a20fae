"""Findings that a rule set does not judge and that are not clearly normal (assessment page)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from il2desk.dosing.assessment_values import FoundValue, Unjudged
from il2desk.dosing.conditions import is_met, value_in_words
from il2desk.dosing.finding_codes import FINDING_CODES
from il2desk.dosing.rule_set import Condition, RuleSet
from il2desk.dosing.sentence import joined, tell


def not_clearly_normal(
    rule_set: RuleSet,
    others: tuple[RuleSet, ...],
    values: Mapping[str, FoundValue],
    weight_kg: Decimal | None,
) -> tuple[tuple[str, str], ...]:
    """Pairs of code and reason, in the order of the code table.

    A number without a row counts when another set would hold or stop at it, or might: its limit
    goes per kg and no weight is known. A word, a listed sign or a true counts by itself.
    """
    pairs: list[tuple[str, str]] = []
    for code in FINDING_CODES:
        if code not in values:
            continue
        value = values[code]
        if _is_judged(rule_set, code, value):
            continue
        answers = {other.id: _would_act(other, code, value, weight_kg) for other in others}
        holding = [name for name, answer in answers.items() if answer is True]
        unknown = [name for name, answer in answers.items() if answer is None]
        if holding:
            pairs.append(
                (code, tell("{holding} would hold or stop", holding=joined(", ", holding)))
            )
        elif unknown:
            pairs.append(
                (
                    code,
                    tell(
                        "{unknown}: a limit per kg, and no dosing weight",
                        unknown=joined(", ", unknown),
                    ),
                )
            )
        elif _abnormal(code, value):
            pairs.append((code, tell("not normal, and no set has a row for it")))
    return tuple(pairs)


def without_a_row(
    rule_set: RuleSet,
    others: tuple[RuleSet, ...],
    values: Mapping[str, FoundValue],
    named: Collection[str],
) -> tuple[Unjudged, ...]:
    """The numbers that were given, that the set has no row for, and that are not `named` already.

    A normal word says by itself that it is normal, and so does a count of nothing; a number does
    not. Those that no other set has a row for come first.
    """
    found: list[Unjudged] = []
    for code, entry in FINDING_CODES.items():
        if code in named or code not in values or entry.number is None:
            continue
        value = values[code]
        if _conditions(rule_set, code) or (entry.kind == "count" and value == 0):
            continue
        elsewhere = any(_conditions(other, code) for other in others)
        found.append(Unjudged(code, value_in_words(code, value), elsewhere))
    return tuple(sorted(found, key=lambda one: one.elsewhere))


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


def _would_act(
    other: RuleSet, code: str, value: FoundValue, weight_kg: Decimal | None
) -> bool | None:
    """Whether a set would hold or stop; None where that hangs on a weight that is not known."""
    answers = [is_met(condition, value, weight_kg) for condition in _conditions(other, code)]
    if True in answers:
        return True
    return None if None in answers else False


def _abnormal(code: str, value: FoundValue) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return bool(value)
    if isinstance(value, str):
        return value not in FINDING_CODES[code].normal
    return False
