"""The rows of a check: one criterion of a rule set against what was found, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from il2desk.dosing.assessment_values import (
    NOT_ASSESSED,
    NOT_JUDGED,
    UNCONFIRMED,
    CriterionResult,
    FoundValue,
    Unjudged,
)
from il2desk.dosing.conditions import is_met, limit_in_words, value_in_words
from il2desk.dosing.finding_codes import FINDING_CODES
from il2desk.dosing.rule_set import Criterion, ShownRow
from il2desk.dosing.sentence import joined, tell

NO_LIMIT = tell("no limit in this set")


@dataclass(frozen=True, slots=True)
class AtHand:
    """What a row is judged with: values in the unit of the rules, by code; the dosing weight in kg.

    `too_old` are the codes past their age; `required` those without which there is no GO.
    """

    values: Mapping[str, FoundValue]
    weight_kg: Decimal | None
    too_old: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A criterion with its result; `unknown_limit`: its limit goes per kg and no weight is known."""

    criterion: Criterion
    result: CriterionResult
    met: bool
    unknown_limit: bool


def judged_row(criterion: Criterion, at_hand: AtHand) -> JudgedRow:
    """One criterion: met when any of its conditions is met."""
    values, weight = at_hand.values, at_hand.weight_kg
    codes = tuple(dict.fromkeys(condition.code for condition in criterion.conditions))
    given = [condition for condition in criterion.conditions if condition.code in values]
    answers = [is_met(condition, values[condition.code], weight) for condition in given]
    met = any(answer is True for answer in answers)
    unknown = not met and any(answer is None for answer in answers)
    if met:
        result = "met"
    elif unknown:
        result = tell("no weight")
    elif any(condition.code in at_hand.too_old for condition in given):
        result = tell("too old")
    elif given:
        result = tell("not met")
    else:
        result = "missing" if any(code in at_hand.required for code in codes) else NOT_ASSESSED
    answer = CriterionResult(
        criterion.id,
        " / ".join(codes),
        _limits(criterion, weight),
        _values(codes, values) if given else "",
        criterion.kind,
        result,
        criterion.source.cite(),
    )
    return JudgedRow(criterion, answer, met, unknown)


def _limits(criterion: Criterion, weight: Decimal | None) -> str:
    """Each limit once; with its name where the row has several conditions."""
    limits = dict.fromkeys(
        tell(
            "{name}: {limit}",
            name=FINDING_CODES[condition.code].name,
            limit=limit_in_words(condition, weight),
        )
        if len(criterion.conditions) > 1
        else limit_in_words(condition, weight)
        for condition in criterion.conditions
    )
    return reduce(lambda one, other: tell("{one} or {other}", one=one, other=other), limits)


def _values(codes: tuple[str, ...], values: Mapping[str, FoundValue]) -> str:
    """The value of a row; of several codes each with its name, and those that nobody assessed."""
    said = {
        code: value_in_words(code, values[code]) if code in values else NOT_ASSESSED
        for code in codes
    }
    if len(said) == 1:
        return said[codes[0]]
    named = FINDING_CODES
    return joined(
        "; ",
        (tell("{name}: {limit}", name=named[code].name, limit=said[code]) for code in said),
    )


def shown_row(row: ShownRow) -> CriterionResult:
    """A row that nobody confirmed: shown with its words, never met."""
    codes = " / ".join(row.codes)
    return CriterionResult(row.id, codes, row.text, "", row.kind, UNCONFIRMED, row.source.cite())


def unjudged_rows(unjudged: tuple[Unjudged, ...]) -> tuple[CriterionResult, ...]:
    """Numbers that the set has no row for, to be listed below its criteria; no source says a limit."""
    return tuple(
        CriterionResult(one.code, one.code, NO_LIMIT, one.value, NOT_JUDGED, NOT_JUDGED, "")
        for one in unjudged
    )
