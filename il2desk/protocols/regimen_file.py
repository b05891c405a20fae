"""A regimen table of a protocol file into a `Regimen`; what it leaves open must stand in the gaps."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from il2desk.dosing import (
    Companion,
    DilutionMethod,
    DilutionPlan,
    Evidence,
    Regimen,
    Sourced,
)
from il2desk.protocols.dose_levels import read_doses
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.sourced_values import NO_SOURCE, sourced_decimal, sourced_text, sourced_whole
from il2desk.protocols.table import Table

ROUTES = ("intravenous", "subcutaneous")

_METHODS = {method.value: method for method in DilutionMethod}
Value = TypeVar("Value")


def read_regimen(table: Table, arm: str | None, gaps: GapList) -> Regimen:
    """The regimen of one arm, or of the whole protocol; worthless where there are problems."""
    doses = read_doses(table, gaps)
    route = sourced_text(table, "route") or Sourced("", NO_SOURCE)
    if route.value and route.value not in ROUTES:
        table.problem("route", f'"{route.value}" is no route. Write one of: {", ".join(ROUTES)}.')
    interval, days, count = _times(table, gaps)
    regimen = Regimen(
        arm=arm,
        title=table.text("title"),
        route=route,
        form=sourced_text(table, "form") or Sourced("", NO_SOURCE),
        basis=doses.basis,
        dose=doses.dose,
        level_by=doses.level_by,
        levels=doses.levels,
        interval_h=interval,
        days=days,
        doses_per_cycle=count,
        infusion_minutes=_infusion(table, gaps, route.value),
        dilution=_dilution(table, gaps),
        rule_set=_part(table, gaps, "rule_set", ("verdict", "activation")),
        premedication=_part(table, gaps, "premedication", ("activation",)),
        companions=tuple(_companion(name, row, gaps) for name, row in table.rows("companions")),
    )
    table.close()
    return regimen


def _times(
    table: Table, gaps: GapList
) -> tuple[Sourced[Decimal] | None, Sourced[tuple[int, ...]] | None, Sourced[int] | None]:
    """Doses round the clock (interval and number), or doses on listed days."""
    interval = sourced_decimal(table, "interval_h", required=False)
    days = _days(table)
    count = sourced_whole(table, "doses_per_cycle", required=False)
    if interval is not None and days is not None:
        table.problem("days", "doses go by an interval or on listed days, not both. Keep one.")
    if interval is not None:
        field = f"{table.field}.doses_per_cycle"
        gaps.require(
            field, table, "doses_per_cycle", filled=count is not None, blocks=("schedule",)
        )
    else:
        gaps.require(
            f"{table.field}.days", table, "days", filled=days is not None, blocks=("schedule",)
        )
    if days is not None and count is not None and count.value != len(days.value):
        text = f"{count.value} doses do not fit {len(days.value)} listed days. Correct one of them."
        table.problem("doses_per_cycle", text)
    names = (
        "The interval between doses",
        "The list of days with a dose",
        "The number of doses a cycle",
    )
    return (
        _for_schedule(interval, f"{table.field}.interval_h", names[0], gaps),
        _for_schedule(days, f"{table.field}.days", names[1], gaps),
        _for_schedule(count, f"{table.field}.doses_per_cycle", names[2], gaps),
    )


def _days(table: Table) -> Sourced[tuple[int, ...]] | None:
    row = table.table("days")
    if row is None:
        return None
    days = row.wholes("value")
    source = row.source()
    row.close()
    if not days or min(days) < 1 or list(days) != sorted(days):
        row.problem("value", "list the days of the cycle, counted from 1, in ascending order.")
    return Sourced(days, source)


def _infusion(table: Table, gaps: GapList, route: str) -> Sourced[Decimal] | None:
    minutes = sourced_decimal(table, "infusion_minutes", required=False)
    field = f"{table.field}.infusion_minutes"
    if route == "subcutaneous":
        if minutes is not None:
            table.problem(
                "infusion_minutes", "a subcutaneous dose has no infusion time. Leave it out."
            )
        return None
    gaps.require(field, table, "infusion_minutes", filled=minutes is not None, blocks=())
    if minutes is None or minutes.source.evidence is not Evidence.UNCONFIRMED:
        return minutes
    gaps.open(field, "The infusion time", ("activation",))
    return None


def _dilution(table: Table, gaps: GapList) -> DilutionPlan:
    row = table.table("dilution")
    if row is None:
        table.problem("dilution", '"dilution" is missing. Write a table with method and source.')
        return DilutionPlan(DilutionMethod.UNDILUTED, NO_SOURCE)
    method = _METHODS[row.word("method", tuple(_METHODS))]
    plan = DilutionPlan(
        method=method,
        source=row.source(),
        diluent=sourced_text(row, "diluent", required=False),
        bag_ml=row.decimal("bag_ml", required=False),
        added_to=row.flag("added_to", default=True),
        listed_ml=row.decimals("listed_ml", required=method is DilutionMethod.WINDOW_VOLUME),
    )
    row.close()
    in_bag = method in (DilutionMethod.FIXED_BAG, DilutionMethod.INFUSION_BAG)
    if in_bag != (plan.bag_ml is not None):
        row.problem(
            "bag_ml", "bag_ml is written for fixed-bag and infusion-bag, and only for them."
        )
    if list(plan.listed_ml) != sorted(plan.listed_ml):
        row.problem("listed_ml", "list the total volumes in ascending order.")
    if plan.source.evidence is Evidence.UNCONFIRMED and row.reader.sources:
        row.problem(
            "source",
            "a dilution marked unconfirmed cannot be used. Confirm it, or mark it a proposal.",
        )
    gaps.require(f"{table.field}.dilution", row, "", filled=True, blocks=())
    gaps.require(f"{table.field}.dilution.diluent", row, "diluent", filled=True, blocks=())
    return plan


def _part(table: Table, gaps: GapList, key: str, blocks: tuple[str, ...]) -> Sourced[str] | None:
    """The id of a rule set or premedication set."""
    found = sourced_text(table, key, required=False)
    gaps.require(f"{table.field}.{key}", table, key, filled=found is not None, blocks=blocks)
    if found is None or found.source.evidence is not Evidence.UNCONFIRMED:
        return found
    gaps.open(f"{table.field}.{key}", f"The {key.replace('_', ' ')}", blocks)
    return None


def _companion(name: str, row: Table, gaps: GapList) -> Companion:
    dose = sourced_text(row, "dose", required=False)
    field = f"{row.field}.dose"
    gaps.require(field, row, "dose", filled=dose is not None, blocks=("dose",))
    route = sourced_text(row, "route")
    drug = row.text("drug", name)
    row.close()
    if dose is not None and dose.source.evidence is Evidence.UNCONFIRMED:
        gaps.open(field, f"The dose of {drug}", ("dose", "schedule", "activation"))
        dose = None
    return Companion(
        drug, "" if route is None else route.value, None if dose is None else dose.value
    )


def _for_schedule(
    found: Sourced[Value] | None, field: str, name: str, gaps: GapList
) -> Sourced[Value] | None:
    if found is None or found.source.evidence is not Evidence.UNCONFIRMED:
        return found
    gaps.open(field, name, ("schedule", "activation"))
    return None
