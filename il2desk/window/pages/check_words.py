"""What step 3 says in words: limits, results, the verdict's strip, what the program supplies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from il2desk.desk import (
    CheckRecord,
    Desk,
    DoseRecords,
    Located,
    check_stands,
    supplied,
    unsettled_before,
)
from il2desk.dosing import (
    FINDING_CODES,
    NOT_ASSESSED,
    NOT_JUDGED,
    UNCONFIRMED,
    Assessment,
    Criterion,
    CriterionResult,
    Refusal,
    RuleSet,
    Verdict,
    in_words,
    limit_in_words,
    tell,
    value_in_words,
    write_moment,
)
from il2desk.window.pages.check_action import LAPSED
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.strips import VerdictFacts
from il2desk.window.tables import Cell, Row
from il2desk.words import say

UNTIMED = tell("time not recorded")
"""What is said of a value that counts as too old because nobody said when it was measured."""


def limits_of(code: str, rule_set: RuleSet, weight_kg: Decimal | None) -> str:
    """Every limit of the rule set for a code, in words, with what reaching it means."""
    return spoken_all(
        (
            f"{_weight_of(criterion)}: {spoken(limit_in_words(condition, weight_kg))}"
            for criterion in rule_set.criteria
            for condition in criterion.conditions
            if condition.code == code
        ),
        "; ",
    )


def told_limits(code: str, rule_set: RuleSet, weight_kg: Decimal | None) -> str:
    """What stands beside a field: its limits, and which of its words have none."""
    told = (limits_of(code, rule_set, weight_kg), without_limit(code, rule_set))
    return "\n".join(part for part in told if part)


def without_limit(code: str, rule_set: RuleSet) -> str:
    """Which words of a code no row of the rule set speaks of; empty where every word has a limit.

    Nothing is said of a code that a row names which nobody compared with its document.
    """
    conditions = [
        condition
        for criterion in rule_set.criteria
        for condition in criterion.conditions
        if condition.code == code
    ]
    open_rows = any(code in row.codes for row in rule_set.unconfirmed)
    if not conditions or open_rows or any(condition.any_word for condition in conditions):
        return ""
    named = {word for condition in conditions for word in condition.words}
    free = [in_words(word) for word in FINDING_CODES[code].words if word not in named]
    return say("No limit here for: {words}", words=spoken_all(free, ", ")) if free and named else ""


def _weight_of(criterion: Criterion) -> str:
    return f"STOP {say(criterion.scope or '')}".strip() if criterion.stops else "HOLD"


def result_of(
    code: str, answer: Assessment, *, required: bool, given: bool, timed: bool
) -> tuple[str, bool]:
    """The result of a code's criteria in a word or two, and whether it weighs.

    A value without a time counts as one that is too old, and is told as what it is. A code without a value has no other result than that, whatever else meets its criterion.
    """
    if not given:
        return (say("? missing") if required else say("not assessed")), False
    rows = [row for row in answer.criteria if code in row.code.split(" / ")]
    met = [row for row in rows if row.result == "met" and row.value]
    if any(row.kind in ("permanent", "absolute") for row in met):
        return "▲ STOP", True
    if met:
        return "▲ HOLD", True
    results = {row.result for row in rows}
    if code in answer.too_old:
        return (say("too old") if timed else say(UNTIMED)), False
    if "no weight" in results:
        return say("no weight"), False
    if any(code == named for named, _ in answer.not_judged):
        return say("? not judged"), False
    if not rows:
        return say("not judged"), False
    return say("✓ within"), False


def live_strip(
    desk: Desk, rule_set: RuleSet, answer: Assessment, end: tuple[datetime | None, str]
) -> VerdictFacts:
    """The verdict on what is typed; nothing of it is recorded. `end` is when it would run out."""
    return VerdictFacts(
        verdict=answer.verdict.value,
        because=_with_count(
            _because(answer.sentence, answer.verdict.value, answer.scope),
            answer.verdict.value,
            answer.relative + answer.absolute,
            _lost(answer, rule_set),
        ),
        rule_set=_rules(rule_set),
        validity=spoken_all((say("Not recorded yet."), *_end_of(desk, answer, end))),
        scope=answer.scope or "",
    )


def _end_of(desk: Desk, answer: Assessment, end: tuple[datetime | None, str]) -> tuple[str, ...]:
    """When the check ends; nothing where no verdict was reached that could be valid."""
    if answer.verdict is Verdict.CANNOT_ASSESS and end[0] is not None:
        return ()
    return (_end_in_words(desk, *end),)


def _end_in_words(desk: Desk, until: datetime | None, code: str) -> str:
    """When the check ends once it is recorded now, and which value ends it."""
    if until is None:
        return say("The site has filled in no validity of a check.")
    when = write_moment(desk.local(until))
    if not code:
        return say("Once recorded, valid to {when}.", when=when)
    return say(
        "Once recorded, valid to {when}; then {name} is too old.", when=when, name=_name(code)
    )


def recorded_strip(desk: Desk, dose: DoseRecords, rule_set: RuleSet | Refusal) -> VerdictFacts:
    """The verdict of the recorded check; CANNOT ASSESS once it is too old or its weight is wrong."""
    check = dose.check
    if check is None:
        msg = "there is no recorded check"
        raise ValueError(msg)
    rules = check.rule_set if isinstance(rule_set, Refusal) else _rules(rule_set)
    stands = check_stands(desk, dose)
    recorded = _recorded(desk, check)
    if isinstance(stands, Refusal) and stands.code in LAPSED:
        return VerdictFacts("CANNOT ASSESS", stands.text, rules, recorded)
    return VerdictFacts(
        check.verdict,
        _with_count(
            _because(check.sentence, check.verdict, check.scope),
            check.verdict,
            check.relative + check.absolute,
            (_required_of(check.missing, rule_set), check.required),
        ),
        rules,
        recorded,
        scope=check.scope or "",
    )


def _because(sentence: str, verdict: str, scope: str | None) -> str:
    """The sentence without the verdict's word, which stands above it already; it is English everywhere."""
    said = spoken(sentence)
    words = (f"{verdict} {scope}", f"{verdict} {spoken(scope)}") if scope else ()
    for word in (*words, verdict):
        if said.startswith(word):
            return said.removeprefix(word).lstrip(".: ")
    return said


def _with_count(sentence: str, verdict: str, met: int, lost: tuple[int, int]) -> str:
    """HOLD and STOP with how many criteria they rest on; STOP also says what is missing.

    A HOLD that only goes on from an earlier check has no count: its sentence says why.
    """
    if verdict not in ("HOLD", "STOP"):
        return sentence
    # The sentence begins with the names of what is met; in few words, so the values keep their room.
    parts = [say("{met} outside limits: {names}", met=met, names=sentence) if met else sentence]
    if verdict == "STOP" and lost[0]:  # the sentence of HOLD says it already
        parts.append(
            say(
                "{lost} of {all} required values are missing or too old.", lost=lost[0], all=lost[1]
            )
        )
    return spoken_all(parts)


def _lost(answer: Assessment, rule_set: RuleSet) -> tuple[int, int]:
    return _required_of((*answer.missing, *answer.too_old), rule_set), answer.required


def _required_of(codes: tuple[str, ...], rule_set: RuleSet | Refusal) -> int:
    """How many of the codes are required; all of them where the rule set cannot be read."""
    found = set(codes)
    return len(found if isinstance(rule_set, Refusal) else found & set(rule_set.required))


def held_line(at: Located) -> str:
    """How many doses of the cycle were held so far."""
    return say("Held doses so far in this cycle: {count}.", count=at.cycle.held)


def _recorded(desk: Desk, check: CheckRecord) -> str:
    when = write_moment(desk.local(check.assessed_at))
    text = say("Recorded {when} by {who}.", when=when, who=check.by)
    if check.valid_until is None:
        return text
    until = write_moment(desk.local(check.valid_until))
    if check.valid_by:
        ends = say(
            "Valid to {until}; then {name} is too old.", until=until, name=_name(check.valid_by)
        )
        return f"{text} {ends}"
    return f"{text} {say('Valid to {until}.', until=until)}"


def _rules(rule_set: RuleSet) -> str:
    return say(
        "Rule set {id} version {version}, {title}.",
        id=rule_set.id,
        version=rule_set.version,
        title=rule_set.title,
    )


def supplied_text(desk: Desk, at: Located) -> str:
    """What the program knows by itself and puts into the verdict."""
    parts = [
        spoken_all((FINDING_CODES[found.code].name, value_in_words(found.code, found.value)))
        for found in supplied(desk, at.chart, at.cycle)
    ]
    text = say("Supplied by the program: {values}", values=spoken_all(parts, "; "))
    open_holds = unsettled_before(desk, at)
    if not open_holds:
        return text
    numbers = spoken_all((str(number) for number in open_holds), ", ")
    return f"{text}. " + say(
        "Without an outcome, on HOLD or past its time: dose {numbers}. Record what became of it in step 5: until "
        "then more doses may count as held.",
        numbers=numbers,
    )  # fmt: skip


def not_judged_text(answer: Assessment) -> str:
    """Findings that the rule set does not judge, gaps, and what is left to the team."""
    parts: list[str] = []
    if answer.not_judged:
        named = spoken_all(
            (f"{spoken(_name(code))} ({spoken(why)})" for code, why in answer.not_judged), "; "
        )
        parts.append(say("Not judged by this rule set: {names}.", names=named))
    if answer.left_to_team:
        parts.append(say("Left to the treating team: {names}.", names=_names(answer.left_to_team)))
    if answer.gaps:
        parts.append(say("Gaps of the rule set: {names}.", names=spoken_all(answer.gaps, ", ")))
    return spoken_all(parts)


def _names(codes: Iterable[str]) -> str:
    return spoken_all((_name(code) for code in codes), ", ")


def _name(code: str) -> str:
    return spoken_all((FINDING_CODES[part].name for part in code.split(" / ")), " / ")


def criteria_rows(
    criteria: Iterable[CriterionResult], untimed: frozenset[str] = frozenset()
) -> list[Row]:
    """Every criterion with its limit, the value, the result and the source.

    `untimed` are codes with a value and without the moment it was measured.
    """
    return [
        Row(
            row.id,
            (
                _name(row.code) if row.code else row.id,
                row.limit,
                row.value or say("no value"),
                row.kind,
                Cell(_result(row, untimed), bold=row.result == "met"),
                row.source,
            ),
        )
        for row in sorted(criteria, key=_order)
    ]


def _order(row: CriterionResult) -> int:
    """What weighs comes first, then what is missing, then what is within."""
    order = (
        "met", "too old", "no weight", "missing", NOT_JUDGED, "not met", NOT_ASSESSED, UNCONFIRMED,
    )  # fmt: skip
    return order.index(row.result)


def _result(row: CriterionResult, untimed: frozenset[str]) -> str:
    if row.result == "too old" and not untimed.isdisjoint(row.code.split(" / ")):
        return say(UNTIMED)
    return say("▲ met") if row.result == "met" else say(row.result)
