"""What HOLD means by the protocol: the dose is skipped, or delayed by so many hours at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords
from il2desk.dosing import SiteRules, tell, write_quantity

SKIP = "skip the slot"
"""Site rule hold_means: a held dose is not made up."""

SKIPPED = tell(
    "By this protocol a dose on HOLD is skipped, not delayed. Record it as Held in "
    "step 5; the next dose is checked at its own time."
)

NOT_SAID = tell(
    "The protocol does not say by how many hours a dose on HOLD may be delayed. "
    "The site must fill it in."
)


def is_held(dose: DoseRecords) -> bool:
    """True while a HOLD stands."""
    return held_by(dose) is not None


def held_by(dose: DoseRecords) -> CheckRecord | None:
    """The HOLD that stands: no GO and no override came after it, and nothing happened yet.

    A later check that could not assess does not end a HOLD: less knowledge never frees a dose.
    """
    if dose.administration is not None:
        return None
    override = None if dose.override is None else dose.override.check
    for check in reversed(dose.checks):
        if check.verdict == "GO" or check.entry == override:
            return None
        if check.verdict == "HOLD":
            return check
    return None


def hold_words(rules: SiteRules) -> str:
    """What HOLD means, in a sentence for the verdict."""
    if rules.hold_means is None:
        return ""
    if rules.hold_means == SKIP:
        return SKIPPED
    if rules.hold_delay_max_h is None:
        return NOT_SAID
    most = write_quantity(rules.hold_delay_max_h, "hours")
    return tell(
        "By this protocol a dose on HOLD may be delayed by {most} at most, counted "
        "from its planned time; after that it is recorded as Held.",
        most=most,
    )


def latest_delay(dose: DoseRecords, rules: SiteRules) -> datetime | None:
    """The last moment (UTC) to which a dose on HOLD may be delayed, or None where none is stated.

    Counted from the planned time, so that several delays add up to no more.
    """
    if rules.hold_means in (None, SKIP) or rules.hold_delay_max_h is None:
        return None
    return dose.planned + timedelta(minutes=int(rules.hold_delay_max_h * 60))


def last_moment_after_hold(dose: DoseRecords, rules: SiteRules) -> datetime | None:
    """The last moment (UTC) at which a dose that was on HOLD may still be released, or None.

    None where no check held it, where an override let it go, or where the site states no limit. A
    GO long after a HOLD would make up a dose that the protocol skips.
    """
    override = dose.override
    let_go = None if override is None else override.check
    held = any(check.verdict == "HOLD" and check.entry != let_go for check in dose.checks)
    if not held or rules.hold_means is None:
        return None
    overdue = rules.overdue_after_min
    slot_ends = None if overdue is None else dose.due + timedelta(minutes=overdue)
    if rules.hold_means == SKIP:
        return slot_ends
    latest = latest_delay(dose, rules)
    if latest is None or slot_ends is None:
        return latest
    return max(latest, slot_ends)
