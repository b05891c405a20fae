"""The protocol pages of a downtime kit: each version that a patient on treatment stays on, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.downtime_kit_patient import cycles_in_kit, minimum_interval
from il2desk.desk.hold_rule import hold_words
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.sheet_facts import criterion_rows, recipe_rows, short_print
from il2desk.desk.sheet_names import version_name
from il2desk.dosing import (
    FINDING_CODES,
    Refusal,
    RuleSet,
    joined,
    regimen_of,
    tell,
    told,
    write_quantity,
)
from il2desk.sheets import KitRules, SheetGap, Shown

_NO_DOSE = Refusal("no-dose", (tell("The page of a protocol is of no dose."),))


def kit_rules(desk: Desk, charts: Iterable[PatientChart], until: datetime) -> tuple[KitRules, ...]:
    """A page for each protocol version and arm of the cycles in the kit, in the order met."""
    cycles: dict[tuple[str, str | None], CycleChart] = {}
    for chart in charts:
        for cycle in cycles_in_kit(desk, chart, until):
            if chart.stop_by(cycle) is None:
                cycles.setdefault((cycle.fingerprint, cycle.arm), cycle)
    return tuple(filter(None, (_rules(desk, cycle) for cycle in cycles.values())))


def _rules(desk: Desk, cycle: CycleChart) -> KitRules | None:
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return None
    regimen = regimen_of(bundle.protocol, cycle.arm)
    if isinstance(regimen, Refusal):
        return None
    rules = bundle.rule_sets.get(cycle.arm)
    rule_set: Shown = SheetGap(
        tell("Rule set"), tell("No rule set is named; the site chooses one.")
    )
    if rules is not None:
        rule_set = version_name(rules.title, rules.version)
    title = version_name(bundle.protocol.title, cycle.version)
    return KitRules(
        title=tell("{title}, arm {arm}", title=title, arm=cycle.arm) if cycle.arm else title,
        fingerprint=short_print(cycle.fingerprint),
        rule_set=rule_set,
        criteria=() if rules is None else criterion_rows(rules, None),
        rules=(*_site(desk, cycle), *_of_set(rules)),
        unconfirmed=() if rules is None else tuple(row.text for row in rules.unconfirmed),
        recipe=recipe_rows(bundle, regimen, _NO_DOSE),
    )


def _site(desk: Desk, cycle: CycleChart) -> tuple[tuple[str, Shown], ...]:
    """The site's rules about time and about HOLD; a gap by its name where one is not set."""
    rules = site_rules(desk, cycle)
    valid, hold = rules.verdict_valid_h, hold_words(rules)
    return (
        (tell("Minimum interval"), minimum_interval(desk, cycle)),
        (
            tell("A check is valid for"),
            SheetGap(tell("Validity of a check"), "")
            if valid is None
            else write_quantity(valid, "hours"),
        ),
        (tell("A dose on HOLD"), hold or SheetGap(tell("What HOLD means"), "")),
        (
            tell("Given despite HOLD"),
            tell("not allowed by this protocol")
            if rules.override_by is None
            else tell(
                "by order of {override_by}, written with reason and two signatures",
                override_by=told(rules.override_by),
            ),
        ),
    )


def _of_set(rules: RuleSet | None) -> tuple[tuple[str, Shown], ...]:
    """What the rule set asks for, what it does on HOLD, and how many HOLD rows are STOP."""
    if rules is None:
        return ()
    asked = joined(", ", (FINDING_CODES[code].name for code in rules.required))
    found: list[tuple[str, Shown]] = [
        (tell("Values to read"), asked),
        (tell("On HOLD"), rules.action_on_hold),
    ]
    if rules.stop_from_relative is not None:
        found.append(
            (
                tell("Rows of HOLD"),
                tell(
                    "{stop_from_relative} or more of them met at once are STOP",
                    stop_from_relative=rules.stop_from_relative,
                ),
            )
        )
    return tuple(found)
