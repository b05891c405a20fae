"""The form of a pre-dose check: the limits of a rule set, and where to write."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from il2desk.desk.code_words import shown
from il2desk.desk.sheet_facts import criterion_rows
from il2desk.desk.sheet_notes import name_of_code
from il2desk.dosing import FINDING_CODES, Criterion, RuleSet, ShownRow, joined, tell
from il2desk.sheets import CheckFacts, CheckFormRow, CriterionRow, SignatureRow

MEANING, ROLE = tell("I judged this dose by these values"), tell("who assesses")


def form_facts(common: CheckFacts, rules: RuleSet, weight_kg: Decimal | None) -> CheckFacts:
    """The limits of the rule set, with empty cells for values, times and results."""
    notes = (*common.notes, *_on_hold(rules), *(_by_hand(row) for row in rules.unconfirmed))
    scope = _one_scope(rules)
    rows = _form_rows(rules, criterion_rows(rules, weight_kg), scope)
    return replace(
        common, form=rows, stop_scope=scope, notes=notes, signatures=_signed_with_a_pen()
    )


def _one_scope(rules: RuleSet) -> str:
    """What every stop of the rule set ends; empty where they differ."""
    scopes = {row.scope or "" for row in rules.criteria if row.stops}
    return shown(scopes.pop()) if len(scopes) == 1 else ""


def _on_hold(rules: RuleSet) -> tuple[str, ...]:
    """What the rule set does on HOLD, and how many rows of HOLD are STOP."""
    many = rules.stop_from_relative
    counted = (
        ()
        if many is None
        else (tell("{many} or more rows of HOLD met at once are STOP.", many=many),)
    )
    return (tell("On HOLD: {action_on_hold}", action_on_hold=rules.action_on_hold), *counted)


def _form_rows(
    rules: RuleSet, criteria: tuple[CriterionRow, ...], scope: str
) -> tuple[CheckFormRow, ...]:
    """A row a finding, with what holds and what stops; then what is required and has no limit."""
    needed = {name_of_code(code) for code in rules.required}
    named = dict.fromkeys(row.criterion for row in criteria)
    units = _units(rules)
    rows = [_form_row(name, criteria, needed, (scope, units)) for name in named]
    told = {name_of_code(one.code) for row in rules.criteria for one in row.conditions}
    alone = sorted(needed - told)
    bare = (
        CheckFormRow(name, "", "", required=True, sources=(), unit=units.get(name, ""))
        for name in alone
    )
    return (*rows, *bare)


def _units(rules: RuleSet) -> dict[str, str]:
    """The unit of each finding that has one, by its name as the form writes it."""
    named: dict[str, str] = {}
    for codes in (*((code,) for code in rules.required), *(_codes(row) for row in rules.criteria)):
        numbers = (FINDING_CODES[code].number for code in codes if code in FINDING_CODES)
        units = {"" if number is None else number.unit for number in numbers}
        if len(units) == 1:  # of several in one row the pen writes which
            named[" or ".join(name_of_code(code) for code in codes)] = units.pop()
    return named


def _codes(row: Criterion) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in row.conditions))


def _form_row(
    name: str,
    criteria: tuple[CriterionRow, ...],
    needed: set[str],
    form: tuple[str, dict[str, str]],
) -> CheckFormRow:
    """A finding's row; `form` is the scope that its head says for all stops, and units by name."""
    scope, units = form
    mine = [row for row in criteria if row.criterion == name]
    hold = [_limit(row) for row in mine if row.verdict == "HOLD"]
    stop = [
        _limit(row)
        if scope
        else tell(
            "{limit} ({scope})",
            limit=_limit(row),
            scope=shown(row.verdict.removeprefix("STOP").strip()),
        )
        for row in mine
        if row.verdict != "HOLD"
    ]
    return CheckFormRow(
        name, joined("; ", hold), joined("; ", stop), required=bool(needed & set(name.split(" or "))),
        sources=tuple(row.source for row in mine), unit=units.get(name, ""),
    )  # fmt: skip


def _limit(row: CriterionRow) -> str:
    return row.limit if isinstance(row.limit, str) else row.limit.name


def _by_hand(row: ShownRow) -> str:
    verdict = "STOP" if row.kind in ("permanent", "absolute") else "HOLD"
    return tell(
        "Not compared with its document yet, to be judged by hand: {verdict} if {text}.",
        verdict=verdict,
        text=row.text,
    )


def _signed_with_a_pen() -> tuple[SignatureRow, ...]:
    return (SignatureRow(MEANING, ROLE), SignatureRow(tell("I checked it"), tell("second person")))
