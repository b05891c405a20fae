"""The verdict of the check before a dose in one sentence; never "safe to give"."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.dosing.assessment_values import NOT_ASSESSED, Assessment, Unjudged, Verdict
from il2desk.dosing.finding_codes import FINDING_CODES
from il2desk.dosing.rule_set import Criterion, RuleSet
from il2desk.dosing.sentence import joined, tell, told


@dataclass(frozen=True, slots=True)
class Because:
    """What a verdict rests on: rows met now, earlier holds that go on, and those that ended here.

    `no_weight`: a limit goes per kg and no dosing weight is known. `hold_rule` is what HOLD means
    by the protocol, a sentence or empty.
    """

    met: tuple[str, ...]
    still_held: tuple[Criterion, ...]
    ended: tuple[Criterion, ...]
    no_weight: bool
    hold_rule: str = ""


def verdict_sentence(answer: Assessment, because: Because, rule_set: RuleSet) -> str:
    """The sentence of a verdict, with what is missing, what ended and what to do."""
    if answer.verdict is Verdict.STOP:
        names = joined(", ", (_named(code) for code in because.met))
        return tell(
            "STOP {scope}: {names}. Preparation is blocked. Recording a given dose stays possible.",
            scope=told(answer.scope or ""),
            names=names,
        )
    if answer.verdict is Verdict.HOLD:
        parts = _of_hold(answer, because, rule_set)
    elif answer.verdict is Verdict.GO:
        parts = [
            tell(
                "GO. No hold or stop criterion met ({required} of {required} assessed).",
                required=answer.required,
            ),
            _not_required(answer),
            unjudged_sentence(answer.unjudged),
            tell("The decision stays with the treating team."),
        ]
    else:
        parts = ["CANNOT ASSESS.", *_of_unknown(answer, because, rule_set)]
    return joined(" ", (part for part in (*parts, _ended(because)) if part))


def _of_hold(answer: Assessment, because: Because, rule_set: RuleSet) -> list[str]:
    names = joined(", ", (_named(code) for code in because.met))
    still = joined("; ", (_with_end(criterion) for criterion in because.still_held))
    if names:
        opening = tell("HOLD: {names}.", names=names)
        earlier = tell("An earlier hold still applies: {still}.", still=still) if still else ""
    else:
        opening, earlier = (
            tell("HOLD: an earlier hold whose end is not met yet ({still}).", still=still),
            "",
        )
    return [
        opening, earlier, rule_set.action_on_hold, because.hold_rule, _missing(answer, rule_set),
        unjudged_sentence(answer.unjudged),
    ]  # fmt: skip


def _of_unknown(answer: Assessment, because: Because, rule_set: RuleSet) -> list[str]:
    parts = [_missing(answer, rule_set)]
    if because.no_weight:
        parts.append(tell("A limit goes per kg and no dosing weight is known."))
    if answer.not_judged:
        listed = joined(
            "; ",
            (tell("{name} ({why})", name=_named(code), why=why) for code, why in answer.not_judged),
        )
        parts.append(tell("This rule set does not judge: {listed}.", listed=listed))
    parts.append(unjudged_sentence(answer.unjudged))
    if answer.gaps:
        parts.append(tell("Gaps of the rule set: {gaps}.", gaps=joined("; ", answer.gaps)))
    return parts


def _missing(answer: Assessment, rule_set: RuleSet) -> str:
    """The required values that are missing or too old; others do not count."""
    old = (code for code in rule_set.required if code in answer.too_old)
    lost = [*answer.missing, *(code for code in old if code not in answer.missing)]
    if not lost:
        return ""
    listed = joined(", ", (_named(code) for code in lost))
    return tell(
        "{count} of {required} values are missing or too old: {listed}.",
        count=len(lost),
        required=answer.required,
        listed=listed,
    )


def _not_required(answer: Assessment) -> str:
    """What a GO does not rest on: rows that nobody answered, and values past their age."""
    open_rows = sum(1 for row in answer.criteria if row.result == NOT_ASSESSED)
    parts: list[str] = []
    if open_rows:
        parts.append(
            tell(
                "Not required and not assessed: {open_rows} of {criteria} rows.",
                open_rows=open_rows,
                criteria=len(answer.criteria),
            )
        )
    if answer.too_old:
        parts.append(
            tell(
                "Not required and too old: {names}.",
                names=joined(", ", map(_named, answer.too_old)),
            )
        )
    return joined(" ", parts)


def unjudged_sentence(unjudged: tuple[Unjudged, ...]) -> str:
    """The numbers that a set has no row for, for a person to judge; empty where there are none."""
    if not unjudged:
        return ""
    listed = joined(
        "; ",
        (tell("{name} {value}", name=_named(one.code), value=one.value) for one in unjudged),
    )
    if len(unjudged) == 1:
        return tell("Not judged by this set: {listed}. Judge it by protocol.", listed=listed)
    return tell("Not judged by this set: {listed}. Judge them by protocol.", listed=listed)


def _ended(because: Because) -> str:
    """An end may ask for what no value shows, such as no symptoms: a person confirms that."""
    if not because.ended:
        return ""
    listed = joined("; ", (_with_end(criterion) for criterion in because.ended))
    return tell(
        "An earlier hold ends by these values: {listed}. The treating team confirms "
        "what no value shows of it.",
        listed=listed,
    )


def _with_end(criterion: Criterion) -> str:
    codes = dict.fromkeys(condition.code for condition in criterion.conditions)
    name = _named(" / ".join(codes))
    return (
        tell("{name}, until {until_text}", name=name, until_text=criterion.until_text)
        if criterion.until_text
        else name
    )


def _named(code: str) -> str:
    return joined(" / ", (FINDING_CODES[part].name for part in code.split(" / ")))
