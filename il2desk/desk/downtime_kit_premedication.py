"""The premedication of a patient in a downtime kit: amounts, what is blocked, what was given last."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.place import Located
from il2desk.desk.premedicate import clocks_for, items_for, to_watch_for, values_of
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import CheckRecord, PremedicationOutcome
from il2desk.desk.sheet_facts import premedication_rows
from il2desk.desk.sheet_names import version_name
from il2desk.dosing import ChecklistItem, Refusal, joined, tell, write_moment, write_quantity
from il2desk.sheets import PremedicationRow, SheetGap, Shown

_NONE = tell("This protocol lists no premedication.")


def kit_premedication(
    desk: Desk, chart: PatientChart, cycle: CycleChart
) -> tuple[Shown, tuple[PremedicationRow, ...], tuple[str, ...]]:
    """Name of the set, its items with what is blocked now, and sentences about them.

    Blocked by the registered allergies and by the values of the newest check, as in the window.
    """
    bundle = bundle_of(desk, cycle.fingerprint)
    found = None if isinstance(bundle, Refusal) else bundle.premedication.get(cycle.arm)
    if found is None:
        return (
            SheetGap(tell("Premedication set"), tell("No set is named; the site chooses one.")),
            (),
            (_NONE,),
        )
    name = version_name(found.title, found.version)
    check = _newest_check(cycle)
    items = items_for(desk, chart, cycle, values_of(check))
    if isinstance(items, Refusal):
        return name, (), items.reasons
    said = (
        _judged_by(desk, check),
        *_given(desk, chart, cycle, items),
        *to_watch_for(desk, chart, cycle),
    )
    return name, premedication_rows(items), said


def _newest_check(cycle: CycleChart) -> CheckRecord | None:
    checks = (check for dose in cycle.doses.values() for check in dose.checks)
    return max(checks, key=lambda check: (check.assessed_at, check.sequence), default=None)


def _judged_by(desk: Desk, check: CheckRecord | None) -> str:
    """What BLOCKED rests on: a value that was read later may block more."""
    if check is None:
        return tell(
            "BLOCKED shows the registered allergies only: no value was read yet in this "
            "cycle. Judge each item's rule by the values of the day."
        )
    when = write_moment(desk.local(check.assessed_at))
    return tell(
        "BLOCKED shows the registered allergies and the values of the check of {when}. "
        "Judge each item's rule again by newer values.",
        when=when,
    )


def _given(
    desk: Desk, chart: PatientChart, cycle: CycleChart, items: tuple[ChecklistItem, ...]
) -> Iterable[str]:
    """When each item was given last, from when again, and its running total of 24 hours."""
    clocks = clocks_for(desk, Located(chart, cycle, next(iter(cycle.doses.values()))), items)
    for made in items:
        given = [
            one
            for other in chart.cycles.values()
            for dose in other.doses.values()
            for one in dose.premedication_given
            if one.item == made.item.id
        ]
        if not given:
            continue
        clock = clocks[made.item.id]
        parts = [tell("{item}: {last}", item=made.item.name, last=_last(desk, given))]
        if clock.next_at is not None:
            parts.append(
                tell("not again before {moment}", moment=write_moment(desk.local(clock.next_at)))
            )
        if clock.total is None:
            parts.append(tell("total of 24 hours not known"))
        else:
            total = write_quantity(clock.total, clock.unit or "")
            parts.append(
                tell(
                    "{total} in the 24 hours before {moment}",
                    total=total,
                    moment=write_moment(desk.now()),
                )
            )
        yield tell("{said}.", said=joined(", ", parts))


def _last(desk: Desk, given: list[PremedicationOutcome]) -> str:
    """The latest time; one without a time could be later than all others."""
    times = [one.at for one in given if one.at is not None]
    if len(times) < len(given):
        return tell("given, time not recorded")
    return tell("last given {moment}", moment=write_moment(desk.local(max(times))))
