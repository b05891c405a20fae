"""A companion drug of a regimen into a `Companion`: its own doses, days, product and presentation."""

from __future__ import annotations

from il2desk.dosing import Companion, Evidence, Sourced, tell, told
from il2desk.protocols.dose_levels import COMPANION_UNITS, read_doses
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.sourced_values import sourced_text
from il2desk.protocols.table import Table
from il2desk.protocols.times_of_plan import read_times

COMPANION_ROUTES = ("subcutaneous", "intramuscular", "intravenous", "oral")


def read_companions(table: Table, gaps: GapList) -> tuple[Companion, ...]:
    """The companion drugs of a regimen, in the order of the file."""
    return tuple(_companion(name, row, gaps) for name, row in table.rows("companions"))


def _companion(name: str, row: Table, gaps: GapList) -> Companion:
    doses = read_doses(row, gaps, COMPANION_UNITS)
    times = read_times(row, gaps, doses.levels)
    companion = Companion(
        id=name,
        drug=row.text("drug"),
        route=_route(row, gaps),
        unit=doses.unit,
        basis=doses.basis,
        dose=doses.dose,
        level_by=doses.level_by,
        levels=doses.levels,
        interval_h=times.interval_h,
        days=times.days,
        doses_per_cycle=times.doses_per_cycle,
        times_a_day=times.times_a_day,
        hours_apart=times.hours_apart,
        product=_shelf(row, gaps, "product"),
        presentation=_shelf(row, gaps, "presentation"),
        timing=sourced_text(row, "timing", required=False),
    )
    row.close()
    return companion


def _route(row: Table, gaps: GapList) -> Sourced[str] | None:
    route = sourced_text(row, "route", required=False)
    gaps.require(
        f"{row.field}.route", row, "route", filled=route is not None, blocks=("activation",)
    )
    if route is not None and route.value not in COMPANION_ROUTES:
        listed = ", ".join(COMPANION_ROUTES)
        row.problem(
            "route",
            tell(
                '"{value}" is no route. Write one of: {listed}.', value=route.value, listed=listed
            ),
        )
    return route


def _shelf(row: Table, gaps: GapList, key: str) -> Sourced[str] | None:
    """What lies on the shelf; while it is open no volume is worked out."""
    found = sourced_text(row, key, required=False)
    field = f"{row.field}.{key}"
    gaps.require(field, row, key, filled=found is not None, blocks=("activation",))
    if found is None or found.source.evidence is not Evidence.UNCONFIRMED:
        return found
    gaps.open(
        field,
        tell("The {field} of {drug}", field=told(key), drug=row.text("drug")),
        ("activation",),
    )
    return None
