"""What the program puts into a check by itself: weight gain, held doses, holds that go on."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.hold_rule import is_held
from il2desk.desk.place import Located
from il2desk.dosing import Found, RuleSet

SUPPLIED = ("weight_gain_percent", "doses_held")


def supplied(desk: Desk, chart: PatientChart, cycle: CycleChart) -> tuple[Found, ...]:
    """What the program knows by itself: weight gain, unrounded, and doses held this cycle.

    The gain is that of the latest weight measured up to now, of either purpose, with its time;
    without a baseline there is none, and its criterion is not assessed.
    """
    now = desk.clock.now()
    found = [Found("doses_held", Decimal(cycle.held), now)]
    gain, last = chart.weight_gain_percent(cycle, now), chart.last_weight_by(now)
    if gain is not None and last is not None:
        found.append(Found("weight_gain_percent", gain, last.measured_at))
    return tuple(found)


def unsettled_before(desk: Desk, at: Located) -> tuple[int, ...]:
    """Earlier doses without an outcome that stand on HOLD or whose time is past: held, for all we know."""
    now = desk.clock.now()
    return tuple(
        dose.number
        for dose in at.cycle.doses.values()
        if dose.number < at.dose.number
        and dose.administration is None
        and (is_held(dose) or dose.due < now)
    )


def earlier_holds(cycle: CycleChart, rule_set: RuleSet) -> tuple[str, ...]:
    """Criteria with an `until` that were holding at the latest check of the cycle.

    The latest is the one recorded last, whatever this computer's clock said then.
    """
    with_until = {criterion.id for criterion in rule_set.criteria if criterion.until}
    checks = [check for dose in cycle.doses.values() for check in dose.checks]
    if not checks:
        return ()
    latest = max(checks, key=lambda check: check.sequence)
    return tuple(name for name in latest.held_by if name in with_until)
