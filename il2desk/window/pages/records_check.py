"""A recorded check in full, in lines: who found what and when, against which limits."""

from __future__ import annotations

from il2desk.desk import CheckRecord, Desk
from il2desk.dosing import FINDING_CODES
from il2desk.window.pages.check_recorded import check_line, recorded_criteria, recorded_values
from il2desk.window.pages.criteria_words import led_to, outside, scopes_of
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say


def check_lines(desk: Desk, number: int, check: CheckRecord, *, voided: bool) -> tuple[str, ...]:
    """Verdict, person, criteria met, every value with unit and measured time, what was missing."""
    title = say("Check before dose {number}", number=number)
    if voided:
        title = say("{title}, entered in error: it no longer counts", title=title)
    lines = [title, check_line(desk, check), check.sentence]
    criteria = recorded_criteria(check)
    met = [row for row in criteria if row.result == "met"]
    scopes = scopes_of(met, check.scope)
    lines.append(
        say("{outside}, {count} in the rule set", outside=outside(len(met)), count=len(criteria))
        if met
        else say("No hold or stop criterion met, {count} in the rule set", count=len(criteria))
    )
    lines.extend(f"▲ {led_to(row, scopes.get(row.id, ''))}" for row in met)
    facts = recorded_values(desk, check)
    lines.append(say("Values as recorded") if facts else say("No value was recorded."))
    lines.extend(f"{spoken(fact.name)}: {spoken(fact.text)}" for fact in facts)
    if check.missing:
        names = spoken_all((_name(code) for code in check.missing), ", ")
        lines.append(say("Missing or too old: {names}", names=names))
    if check.not_judged:
        names = spoken_all((_name(code) for code in check.not_judged), ", ")
        lines.append(say("Not judged by this rule set: {names}", names=names))
    if check.unjudged:
        names = spoken_all((f"{_name(code)} {value}" for code, value in check.unjudged), "; ")
        lines.append(
            say("No limit in this rule set, to be judged by protocol: {names}", names=names)
        )
    lines.append(say("Rule set {id}", id=check.rule_set))
    return tuple(lines)


def _name(code: str) -> str:
    return spoken_all(
        (FINDING_CODES[part].name if part in FINDING_CODES else part for part in code.split(" / ")),
        " / ",
    )
