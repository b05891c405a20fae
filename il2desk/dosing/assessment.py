"""The check before a dose: one small engine over rule sets that are data (assessment page)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from il2desk.dosing.assessment_rows import AtHand, JudgedRow, judged_row, shown_row
from il2desk.dosing.assessment_values import Assessment, Found, FoundValue, Verdict
from il2desk.dosing.clearly_normal import not_clearly_normal, without_a_row
from il2desk.dosing.conditions import is_met
from il2desk.dosing.reading_findings import in_rule_unit
from il2desk.dosing.rule_set import Condition, Criterion, RuleSet
from il2desk.dosing.sentence import tell, told
from il2desk.dosing.verdict_words import Because, verdict_sentence


@dataclass(frozen=True, slots=True)
class AssessmentRequest:
    """Everything one verdict needs. `others` are the sets that "not clearly normal" looks into.

    `max_age_h` in hours by code, judged at `at`; empty or no `at`: age not judged. `earlier_holds`
    are ids of criteria that held this cycle and whose `until` was not yet met. `hold_rule` says
    what HOLD means by the protocol, a sentence that is added to the verdict's. `unsettled` are codes
    whose value may still grow: it may meet a row, but a set that requires it is never GO by it.
    """

    rule_set: RuleSet
    found: tuple[Found, ...]
    others: tuple[RuleSet, ...] = ()
    weight_kg: Decimal | None = None
    at: datetime | None = None
    max_age_h: Mapping[str, Decimal] | None = None
    left_to_team: tuple[str, ...] = ()
    earlier_holds: tuple[str, ...] = ()
    hold_rule: str = ""
    unsettled: tuple[str, ...] = ()


def assess(request: AssessmentRequest) -> Assessment:
    """The verdict, heaviest first: STOP, HOLD, CANNOT ASSESS, GO. Missing or stale is never GO."""
    values: dict[str, FoundValue] = {}
    measured: dict[str, datetime | None] = {}
    no_number = tuple(one for one in request.found if _is_no_number(one.value))
    for found in request.found:
        if _is_no_number(found.value):
            continue
        code, value = in_rule_unit(found)
        values[code], measured[code] = value, found.measured_at
    rule_set = request.rule_set
    too_old = _too_old(request, measured)
    at_hand = AtHand(values, request.weight_kg, too_old, rule_set.required)
    rows = [judged_row(criterion, at_hand) for criterion in rule_set.criteria]
    met = [row for row in rows if row.met]
    fresh = {code: value for code, value in values.items() if code not in too_old}
    earlier = [one for one in rule_set.criteria if one.id in request.earlier_holds]
    ended = tuple(one for one in earlier if _released(one, fresh, request.weight_kg))
    still_held = tuple(one for one in earlier if one not in ended)
    missing = tuple(code for code in rule_set.required if code not in values)
    judged = not_clearly_normal(rule_set, request.others, values, request.weight_kg)
    only_given = without_a_row(rule_set, request.others, values, {code for code, _ in judged})
    not_judged = (
        *(pair for pair in judged if pair[0] not in request.left_to_team),
        *((one.code, tell("it is no number")) for one in no_number),
    )
    unjudged = tuple(one for one in only_given if one.code not in request.left_to_team)
    known = (*(code for code, _ in judged), *(one.code for one in only_given))
    left = tuple(code for code in known if code in request.left_to_team)
    relative = sum(1 for row in met if not row.criterion.stops)
    absolute = sum(1 for row in met if row.criterion.stops)
    unknown = any(row.unknown_limit for row in rows)
    stale_required = tuple(code for code in too_old if code in rule_set.required)
    combined = rule_set.stop_from_relative is not None and relative >= rule_set.stop_from_relative
    verdict = _verdict(
        stop=absolute > 0 or combined,
        hold=relative > 0 or bool(still_held),
        unknown=bool(missing or stale_required or not_judged or rule_set.gaps) or unknown,
    )
    scope = _scope(met) if verdict is Verdict.STOP else None
    gaps = tuple(told(gap.name) for gap in rule_set.gaps)
    assessment = Assessment(
        rule_set=rule_set.id,
        verdict=verdict,
        scope=scope,
        criteria=(*(row.result for row in rows), *(shown_row(one) for one in rule_set.unconfirmed)),
        relative=relative,
        absolute=absolute,
        missing=missing,
        too_old=too_old,
        not_judged=not_judged,
        unjudged=unjudged,
        left_to_team=left,
        gaps=gaps,
        held_by=_held_by(met, still_held),
        required=len(rule_set.required),
        sentence="",
    )
    met_now = {row.criterion.id for row in met}
    because = Because(
        met=tuple(row.result.code for row in met),
        still_held=still_held,
        ended=tuple(one for one in ended if one.id not in met_now),
        no_weight=unknown,
        hold_rule=request.hold_rule,
    )
    return replace(assessment, sentence=verdict_sentence(assessment, because, rule_set))


def _is_no_number(value: FoundValue) -> bool:
    """Whether a Decimal is infinite or not a number, which nobody can have measured."""
    return isinstance(value, Decimal) and not value.is_finite()


def _held_by(met: list[JudgedRow], still_held: tuple[Criterion, ...]) -> tuple[str, ...]:
    """The rows that hold now, each once: met, or holding on from an earlier check."""
    now = (row.criterion.id for row in met if not row.criterion.stops)
    return tuple(dict.fromkeys((*now, *(criterion.id for criterion in still_held))))


def _too_old(
    request: AssessmentRequest, measured: Mapping[str, datetime | None]
) -> tuple[str, ...]:
    """Codes older than their validity, of unknown age where an age limit is set, or unsettled."""
    required = request.rule_set.required
    old = [code for code in request.unsettled if code in measured and code in required]
    if request.at is None or not request.max_age_h:
        return tuple(old)
    for code, when in measured.items():
        limit = request.max_age_h.get(code)
        if limit is None or code in old:
            continue
        span = timedelta(minutes=int(limit * 60))
        if when is None or request.at - when > span:
            old.append(code)
    return tuple(old)


def _released(
    criterion: Criterion, values: Mapping[str, FoundValue], weight: Decimal | None
) -> bool:
    """Whether an earlier hold by this row has ended: every `until` met, by values that are fresh."""
    return all(
        condition.code in values and _until_met(condition, values[condition.code], weight)
        for condition in criterion.until
    )


def _until_met(condition: Condition, value: FoundValue, weight: Decimal | None) -> bool:
    """An `until` on a list without words means: nothing of it is left."""
    if isinstance(value, tuple) and not condition.words:
        return value == ()
    return is_met(condition, value, weight) is True


def _verdict(*, stop: bool, hold: bool, unknown: bool) -> Verdict:
    if stop:
        return Verdict.STOP
    if hold:
        return Verdict.HOLD
    return Verdict.CANNOT_ASSESS if unknown else Verdict.GO


def _scope(met: list[JudgedRow]) -> str:
    scopes = {row.criterion.scope for row in met if row.criterion.stops}
    if "for good" in scopes:
        return tell("for good")
    return tell("this cycle")
