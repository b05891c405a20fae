"""The companion drugs of a cycle sheet: every dose that the cycle plans, in a row of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from il2desk.desk.doses_by_day import day_groups
from il2desk.dosing import (
    Companion,
    CompanionDose,
    DoseRequest,
    Regimen,
    companion_doses,
    joined,
    tell,
    volume_line,
    write_amount,
    write_days,
    write_quantity,
)
from il2desk.sheets import CompanionRow, SheetGap, Shown


def companion_rows(
    regimen: Regimen, request: DoseRequest | None, surface_m2: Decimal | None
) -> tuple[CompanionRow, ...]:
    """A row for each companion drug and each of its doses in the cycle that is asked about.

    `surface_m2` is that of the dose of aldesleukin; without a request no dose is worked out.
    """
    return tuple(
        _row(companion, days, _made(regimen, companion, days, request, surface_m2))
        for companion in regimen.companions
        for days in day_groups(companion)
    )


def _row(companion: Companion, days: tuple[int, ...], made: CompanionDose | None) -> CompanionRow:
    gap = tell("{drug}: the source names none; the site fills it in.", drug=companion.drug)
    route: Shown = (
        SheetGap(tell("Route"), gap) if companion.route is None else companion.route.value
    )
    if made is None or made.exact_dose is None:
        why = tell("No dose of it is derived.") if made is None else _why(made)
        amount: Shown = SheetGap(tell("Dose of {drug}", drug=companion.drug), why)
        return CompanionRow(companion.drug, amount, amount, route, _when(companion, days))
    volume: Shown = volume_line(made)
    if made.volume is None:
        volume = SheetGap(tell("Volume"), _why(made))
    change = next((one.text for one in made.findings if one.code == "companion-level-change"), "")
    return CompanionRow(
        drug=companion.drug,
        amount=write_amount(made.exact_dose, companion.unit),
        volume=volume,
        route=route,
        when=_when(companion, days),
        change=change,
        source=made.working[0].source if made.working else "",
    )


def _made(
    regimen: Regimen,
    companion: Companion,
    days: tuple[int, ...],
    request: DoseRequest | None,
    surface_m2: Decimal | None,
) -> CompanionDose | None:
    """The companion's dose on the first of the days, in the same cycle and for the same body."""
    if request is None:
        return None
    asked = replace(request, day=days[0] if days else None)
    found = companion_doses(asked, regimen, surface_m2)
    return next((one for one in found if one.companion.id == companion.id), None)


def _why(made: CompanionDose) -> str:
    return next((one.text for one in made.findings), tell("No dose of it is derived."))


def _when(companion: Companion, days: tuple[int, ...]) -> Shown:
    """The days or the interval, and when beside aldesleukin."""
    if days:
        times = companion.times_on(days[0])
        when = tell("on days {days}", days=write_days(days))
        if times != 1:
            when = tell("{when}, {times} times a day", when=when, times=times)
        return _with_timing(when, companion)
    if companion.interval_h is not None:
        span = write_quantity(companion.interval_h.value, "hours")
        return _with_timing(tell("every {span}", span=span), companion)
    return SheetGap(
        tell("Days"),
        tell("{drug}: no source lists its days; the site fills them in.", drug=companion.drug),
    )


def _with_timing(when: str, companion: Companion) -> str:
    return when if companion.timing is None else joined("; ", (when, companion.timing.value))
