"""The site's own rules in a protocol file, into `SiteRules`; what is not decided is listed as open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from il2desk.dosing import (
    ABOVE_THE_LIMIT,
    AT_THE_LIMIT,
    FINDING_CODES,
    POLICIES,
    VIAL_RULES,
    Gap,
    SiteRules,
    SyringeStep,
    tell,
)
from il2desk.protocols.sourced_values import (
    sourced_decimal,
    sourced_text,
    sourced_texts,
    sourced_whole,
)
from il2desk.protocols.table import Table

DELAY, HOLD_DELAY = "delay", "hold_delay_max_h"
HOLD_MEANS = ("skip the slot", DELAY)
NOBODY = "nobody"

SITE_RULES = {
    "syringes": tell("The table of syringes and their measure steps"),
    "vial_rule": tell("The way vials are counted (withdrawable or content)"),
    "flush_ml": tell("The flush volume of the line"),
    "schedule_policy": tell("The schedule policy (elapsed hours or clock times)"),
    "max_age_h": tell("The age that each finding may have at the check"),
    "verdict_valid_h": tell("The time for which a verdict is valid"),
    "due_before_min": tell("The time before its planned time from which a dose is due"),
    "overdue_after_min": tell("The time after its planned time from which a dose is overdue"),
    "minimum_interval_h": tell("The minimum interval between two doses"),
    "reweigh_percent": tell(
        "The change of the last weight against the dosing weight at which a person decides"
    ),
    "reweigh_counts_from": tell(
        "The rule whether a change of exactly that much counts or only one above it"
    ),
    "dosing_weight_max_age_h": tell("The age that the dosing weight may have at a release"),
    "hold_means": tell("The meaning of HOLD (skip the slot or delay the dose)"),
    "override_by": tell("The person who may order a dose despite HOLD or CANNOT ASSESS"),
}


HOLD_DELAY_RULE = tell("The hours by which a dose on HOLD may be delayed at most")
"""Asked for only where HOLD means delay; open there as long as nobody fills it in."""


ADDED_RULES = ("reweigh_counts_from", "dosing_weight_max_age_h")
"""Rules that came after the first site copies: a copy that names neither leaves them open."""


def read_site(root: Table) -> tuple[SiteRules, tuple[Gap, ...]]:
    """The rules of [site], and a gap for every one that its list `open` names."""
    table = root.table("site")
    if table is None:
        root.problem(
            "site",
            tell('"site" is missing. Write [site] with open = [...] naming what is undecided.'),
        )
        return SiteRules(), ()
    open_ = table.texts("open", required=False)
    rules = SiteRules(
        syringes=_syringes(table),
        vial_rule=_word(table, "vial_rule", VIAL_RULES),
        flush_ml=_decimal(table, "flush_ml"),
        schedule_policy=_word(table, "schedule_policy", POLICIES),
        max_age_h=_ages(table),
        verdict_valid_h=_decimal(table, "verdict_valid_h"),
        left_to_team=_left_to_team(table),
        due_before_min=_minutes(table, "due_before_min"),
        overdue_after_min=_minutes(table, "overdue_after_min"),
        minimum_interval_h=_decimal(table, "minimum_interval_h"),
        reweigh_percent=_decimal(table, "reweigh_percent"),
        reweigh_counts_from=_word(table, "reweigh_counts_from", (AT_THE_LIMIT, ABOVE_THE_LIMIT)),
        dosing_weight_max_age_h=_decimal(table, "dosing_weight_max_age_h"),
        hold_means=_word(table, "hold_means", HOLD_MEANS),
        hold_delay_max_h=_decimal(table, "hold_delay_max_h"),
        override_by=_override(table),
    )
    sourced_texts(table, "parts_confirmed")
    table.close()
    return rules, _gaps(table, open_, delays=_delays(table, rules, open_))


def _delays(table: Table, rules: SiteRules, open_: tuple[str, ...]) -> bool:
    """Whether HOLD delays. The longest delay belongs to a HOLD that delays, and only to it."""
    delays = rules.hold_means == DELAY
    if not delays and (rules.hold_delay_max_h is not None or HOLD_DELAY in open_):
        table.problem(HOLD_DELAY, tell('it belongs to hold_means = "delay". Leave it out.'))
    return delays


def _gaps(table: Table, open_: tuple[str, ...], *, delays: bool) -> tuple[Gap, ...]:
    """A rule is filled in or open: neither and both are problems."""
    for rule in open_:
        if rule not in SITE_RULES and rule != HOLD_DELAY:
            table.problem(
                "open",
                tell(
                    '"{rule}" is no site rule. The rules are: {site_rules}.',
                    rule=rule,
                    site_rules=", ".join(SITE_RULES),
                ),
            )
        elif rule in table:
            table.problem(
                rule,
                tell(
                    '"{rule}" is filled in and still listed as open. Remove it from open.',
                    rule=rule,
                ),
            )
    # Texts that were stored before these rules existed stay readable: what they lack is open.
    open_ = (*open_, *(rule for rule in ADDED_RULES if rule not in table and rule not in open_))
    for rule in SITE_RULES:
        if rule not in table and rule not in open_:
            table.problem(
                "open",
                tell(
                    '"{rule}" is neither filled in nor listed as open. Do one of them.', rule=rule
                ),
            )
    origin, who = (
        tell("the site's own procedures"),
        tell("the trial pharmacist with the principal investigator"),
    )
    names = {rule: name for rule, name in SITE_RULES.items() if rule in open_}
    if delays and HOLD_DELAY not in table:
        names[HOLD_DELAY] = HOLD_DELAY_RULE
    return tuple(
        Gap(f"site.{rule}", name, origin, who, ("activation",)) for rule, name in names.items()
    )


def _syringes(table: Table) -> tuple[SyringeStep, ...]:
    steps: list[SyringeStep] = []
    for row in table.list_of_tables("syringes"):
        size, step = row.decimal("up_to_ml") or Decimal(1), row.decimal("step_ml") or Decimal(1)
        steps.append(SyringeStep(row.text("syringe"), size, step))
        row.source()
        row.close()
        if step > size:
            row.problem(
                "step_ml",
                tell(
                    "the step {step} is larger than the syringe ({size} mL).", step=step, size=size
                ),
            )
        if len(steps) > 1 and steps[-2].up_to_ml >= size:
            row.problem("up_to_ml", tell("list the syringes from the smallest to the largest."))
    return tuple(steps)


def _ages(table: Table) -> tuple[tuple[str, Decimal], ...]:
    """Hours by finding code; one source serves the table."""
    row = table.table("max_age_h")
    if row is None:
        return ()
    row.source()
    ages: list[tuple[str, Decimal]] = []
    for code, entry in FINDING_CODES.items():
        hours = row.decimal(code) if code in row and entry.counts_as is None else None
        if hours is not None:
            ages.append((code, hours))
    row.close()
    return tuple(ages)


def _word(table: Table, key: str, words: tuple[str, ...]) -> str | None:
    return _checked(
        table,
        key,
        lambda value: value in words,
        tell("Write one of: {words}.", words=", ".join(words)),
    )


def _checked(table: Table, key: str, fits: Callable[[str], bool], advice: str) -> str | None:
    found = sourced_text(table, key, required=False)
    if found is None:
        return None
    if not fits(found.value):
        table.problem(
            key, tell('"{value}" is not known here. {advice}', value=found.value, advice=advice)
        )
    return found.value


def _decimal(table: Table, key: str) -> Decimal | None:
    found = sourced_decimal(table, key, required=False)
    return None if found is None else found.value


def _minutes(table: Table, key: str) -> int | None:
    found = sourced_whole(table, key, required=False)
    return None if found is None else found.value


def _override(table: Table) -> str | None:
    """Who may override; the word "nobody" is an answer, and then none is allowed."""
    found = sourced_text(table, "override_by", required=False)
    return None if found is None or found.value == NOBODY else found.value


def _left_to_team(table: Table) -> tuple[str, ...]:
    codes = sourced_texts(table, "left_to_team")
    for code in codes:
        if code not in FINDING_CODES:
            table.problem(
                "left_to_team",
                tell('"{code}" is no finding code. See the list of codes in the help.', code=code),
            )
    return codes
