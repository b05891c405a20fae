"""The check before a dose: what the program supplies, the verdict, and its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from il2desk.desk.chart import CycleChart
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.hold_rule import hold_words
from il2desk.desk.place import DosePlace, Located, TwoSignatures, locate_to_act
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.roles import CHECK, CORRECT
from il2desk.desk.supplied_values import SUPPLIED, earlier_holds, supplied, unsettled_before
from il2desk.dosing import (
    FINDING_CODES,
    Assessment,
    AssessmentRequest,
    Found,
    Raw,
    Refusal,
    RuleSet,
    assess,
    in_rule_unit,
    joined,
    plain,
    read_findings,
    refuse,
    tell,
)
from il2desk.protocols import Bundle
from il2desk.records import Entry


def rule_set_for(desk: Desk, cycle: CycleChart) -> RuleSet | Refusal:
    """The one rule set of the cycle's protocol version and arm."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    found = bundle.rule_sets.get(cycle.arm)
    if found is None:
        return refuse(
            "no-rule-set",
            "This protocol names no rule set. The site must choose one and activate it.",
        )
    return found


def entry_codes(rule_set: RuleSet) -> tuple[str, ...]:
    """The codes to ask for: the required ones first, then the others the set judges."""
    others = [
        condition.code for criterion in rule_set.criteria for condition in criterion.conditions
    ]
    codes = dict.fromkeys((*rule_set.required, *others))
    return tuple(code for code in codes if code not in SUPPLIED)


def judge(
    desk: Desk, at: Located, raw: Mapping[str, Raw], measured: Mapping[str, datetime]
) -> Assessment | Refusal:
    """The verdict on typed findings; nothing is stored."""
    bundle = bundle_of(desk, at.cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    rule_set = rule_set_for(desk, at.cycle)
    if isinstance(rule_set, Refusal):
        return rule_set
    found = read_findings(raw, measured)
    if isinstance(found, Refusal):
        return found
    future = [
        name for name, when in measured.items() if when > desk.clock.now() + timedelta(minutes=1)
    ]
    if future:
        named = joined(", ", (FINDING_CODES[code].name for code in future))
        return refuse(
            "future",
            tell("Measured in the future: {named}. Enter the time it was measured.", named=named),
        )
    return assess(_request(desk, at, bundle, rule_set, found))


def _request(
    desk: Desk, at: Located, bundle: Bundle, rule_set: RuleSet, found: tuple[Found, ...]
) -> AssessmentRequest:
    site = bundle.protocol.site
    weight = at.chart.dosing_weight
    return AssessmentRequest(
        rule_set=rule_set,
        found=(*found, *supplied(desk, at.chart, at.cycle)),
        others=other_rule_sets(desk, rule_set.id),
        weight_kg=None if weight is None else weight.weight_kg,
        at=desk.clock.now(),
        max_age_h=dict(site.max_age_h),
        left_to_team=site.left_to_team,
        earlier_holds=earlier_holds(at.cycle, rule_set),
        hold_rule=hold_words(site),
        unsettled=("doses_held",) if unsettled_before(desk, at) else (),
    )


def other_rule_sets(desk: Desk, without: str) -> tuple[RuleSet, ...]:
    """The shipped sets that "not clearly normal" looks into."""
    return tuple(
        rule_set
        for rule_set in desk.catalogue.rule_sets()
        if rule_set.id not in (without, "us-label-older")
    )


def record_check(
    desk: Desk,
    place: DosePlace,
    raw: Mapping[str, Raw],
    measured: Mapping[str, datetime],
    token: str,
) -> Entry | Refusal:
    """Judge again and store the check with every value, limit and result."""
    at = locate_to_act(desk, place, CHECK)
    if isinstance(at, Refusal):
        return at
    answer = judge(desk, at, raw, measured)
    if isinstance(answer, Refusal):
        return answer
    body = check_body(answer, raw, measured)
    now = desk.clock.now()
    body["assessed_at"] = utc_text(now)
    until, by = check_end(desk, at, raw, measured)
    body["valid_until"] = None if until is None else utc_text(until)
    body["valid_by"] = by
    for found in supplied(desk, at.chart, at.cycle):
        when = None if found.measured_at is None else utc_text(found.measured_at)
        text = plain(found.value) if not isinstance(found.value, (bool, str, tuple)) else ""
        body["values"].append({"code": found.code, "value": text, "measured_at": when})
    return desk.append(
        "assessment-recorded", body, form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


def check_end(
    desk: Desk, at: Located, raw: Mapping[str, Raw], measured: Mapping[str, datetime]
) -> tuple[datetime | None, str]:
    """When a check made now ends, and the code that ends it before the stated validity ("" for none).

    A verdict outlives none of the required values that it rests on. A value that is too old already
    made it CANNOT ASSESS; it ends nothing, or no override of that verdict could ever count.
    """
    bundle = bundle_of(desk, at.cycle.fingerprint)
    rules = rule_set_for(desk, at.cycle)
    if isinstance(bundle, Refusal) or isinstance(rules, Refusal):
        return None, ""
    site, now = bundle.protocol.site, desk.clock.now()
    if site.verdict_valid_h is None:
        return None, ""
    found = read_findings(raw, measured)
    known = () if isinstance(found, Refusal) else found
    times = {
        in_rule_unit(one)[0]: one.measured_at
        for one in (*known, *supplied(desk, at.chart, at.cycle))
    }
    ends = [(now + _hours(site.verdict_valid_h), "")]
    for code, age in site.max_age_h:
        when = times.get(code)
        if code in rules.required and when is not None and when + _hours(age) >= now:
            ends.append((when + _hours(age), code))
    return min(ends, key=lambda end: end[0])


def _hours(count: Decimal) -> timedelta:
    """A span of hours, to the minute below."""
    return timedelta(minutes=int(count * 60))


def check_body(
    answer: Assessment, raw: Mapping[str, Raw], measured: Mapping[str, datetime]
) -> dict[str, Any]:
    """The check as an entry holds it: values as typed, criteria as judged."""
    values = [
        {
            "code": code,
            "value": list(value) if isinstance(value, tuple) else value,
            "measured_at": utc_text(measured[code]) if code in measured else None,
        }
        for code, value in raw.items()
    ]
    criteria = [
        {
            "id": row.id, "code": row.code, "limit": row.limit, "value": row.value,
            "class": row.kind, "result": row.result, "source": row.source,
        }
        for row in answer.criteria
    ]  # fmt: skip
    return {
        "rule_set": answer.rule_set, "verdict": answer.verdict.value, "scope": answer.scope,
        "sentence": answer.sentence, "values": values, "criteria": criteria,
        "relative": answer.relative, "absolute": answer.absolute,
        "missing": [*answer.missing, *(c for c in answer.too_old if c not in answer.missing)],
        "not_judged": [code for code, _ in answer.not_judged], "gaps": list(answer.gaps),
        "unjudged": [{"code": one.code, "value": one.value} for one in answer.unjudged],
        "left_to_team": list(answer.left_to_team),
        "held_by": list(answer.held_by), "required": answer.required,
    }  # fmt: skip


def void_check(
    desk: Desk, place: DosePlace, check: str, reason: str, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Mark a check as entered in error, by two people; the check stays in the journal."""
    at = locate_to_act(desk, place, CORRECT)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "assessment-entered-in-error", **place.where())
    if stored is not None:
        return stored
    if (refusal := signed.refusal(desk, CORRECT)) is not None:
        return refusal
    if not reason.strip():
        return refuse("reason", "Enter why the check was entered in error.")
    if all(found.entry != check for found in at.dose.checks):
        return refuse("no-check", "This check is not one of this dose. Open the dose again.")
    return desk.append(
        "assessment-entered-in-error", {"check": check, "signatures": signed.body()},
        amends=check, reason=reason.strip(), form_token=token, **place.where(),
    )  # fmt: skip
