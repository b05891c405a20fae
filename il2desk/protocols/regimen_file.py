"""A regimen table of a protocol file into a `Regimen`; what it leaves open must stand in the gaps."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import (
    DilutionMethod,
    DilutionPlan,
    Evidence,
    Regimen,
    Sourced,
    plain,
    tell,
    told,
)
from il2desk.protocols.companion_file import read_companions
from il2desk.protocols.dose_levels import read_doses
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.printed_totals import check_totals
from il2desk.protocols.sourced_values import NO_SOURCE, sourced_decimal, sourced_text
from il2desk.protocols.table import Table
from il2desk.protocols.times_of_plan import read_times

ROUTES = ("intravenous", "subcutaneous")

_MINUTES_PER_HOUR = Decimal(60)
_METHODS = {method.value: method for method in DilutionMethod}


def read_regimen(table: Table, arm: str | None, gaps: GapList) -> Regimen:
    """The regimen of one arm, or of the whole protocol; worthless where there are problems."""
    doses = read_doses(table, gaps)
    route = sourced_text(table, "route") or Sourced("", NO_SOURCE)
    if route.value and route.value not in ROUTES:
        table.problem(
            "route",
            tell(
                '"{value}" is no route. Write one of: {routes}.',
                value=route.value,
                routes=", ".join(ROUTES),
            ),
        )
    times = read_times(table, gaps, doses.levels)
    regimen = Regimen(
        arm=arm,
        title=table.text("title"),
        route=route,
        form=sourced_text(table, "form") or Sourced("", NO_SOURCE),
        basis=doses.basis,
        dose=doses.dose,
        level_by=doses.level_by,
        levels=doses.levels,
        interval_h=times.interval_h,
        days=times.days,
        doses_per_cycle=times.doses_per_cycle,
        times_a_day=times.times_a_day,
        hours_apart=times.hours_apart,
        infusion_minutes=_infusion(table, gaps, route.value),
        dilution=_dilution(table, gaps),
        rule_set=_part(table, gaps, "rule_set", ("verdict", "activation")),
        premedication=_part(table, gaps, "premedication", ("activation",)),
        companions=read_companions(table, gaps),
    )
    check_totals(table, regimen)
    _check_infusion(table, regimen)
    table.close()
    return regimen


def _infusion(table: Table, gaps: GapList, route: str) -> Sourced[Decimal] | None:
    minutes = sourced_decimal(table, "infusion_minutes", required=False)
    field = f"{table.field}.infusion_minutes"
    if route == "subcutaneous":
        if minutes is not None:
            table.problem(
                "infusion_minutes", tell("a subcutaneous dose has no infusion time. Leave it out.")
            )
        return None
    gaps.require(field, table, "infusion_minutes", filled=minutes is not None, blocks=())
    if minutes is None or minutes.source.evidence is not Evidence.UNCONFIRMED:
        return minutes
    gaps.open(field, tell("The infusion time"), ("activation",))
    return None


def _check_infusion(table: Table, regimen: Regimen) -> None:
    """An infusion ends before the next dose is due."""
    minutes, apart = regimen.infusion_minutes, regimen.interval_h
    if minutes is None or apart is None or minutes.value <= apart.value * _MINUTES_PER_HOUR:
        return
    table.problem(
        "infusion_minutes",
        tell(
            "an infusion of {value} minutes is longer than the {value_2} hours between two doses. Correct one of them.",
            value=plain(minutes.value),
            value_2=plain(apart.value),
        ),
    )


def _dilution(table: Table, gaps: GapList) -> DilutionPlan:
    row = table.table("dilution")
    if row is None:
        table.problem(
            "dilution", tell('"dilution" is missing. Write a table with method and source.')
        )
        return DilutionPlan(DilutionMethod.UNDILUTED, NO_SOURCE)
    method = _METHODS[row.word("method", tuple(_METHODS))]
    plan = DilutionPlan(
        method=method,
        source=row.source(),
        diluent=sourced_text(row, "diluent", required=False),
        bag_ml=_bag(row),
        added_to=row.flag("added_to", default=True),
        listed_ml=row.decimals("listed_ml", required=method is DilutionMethod.WINDOW_VOLUME),
        albumin_percent=sourced_decimal(row, "albumin_percent", required=False),
        most_ml=sourced_decimal(row, "most_ml", required=False),
    )
    row.close()
    _check_bag(row, plan, gaps)
    if list(plan.listed_ml) != sorted(plan.listed_ml):
        row.problem("listed_ml", tell("list the total volumes in ascending order."))
    if plan.source.evidence is Evidence.UNCONFIRMED and row.reader.sources:
        row.problem(
            "source",
            tell(
                "a dilution marked unconfirmed cannot be used. Confirm it, or mark it a proposal."
            ),
        )
    _check_amounts(row, plan)
    gaps.require(f"{table.field}.dilution", row, "", filled=True, blocks=())
    gaps.require(f"{table.field}.dilution.diluent", row, "diluent", filled=True, blocks=())
    return plan


def _bag(row: Table) -> Sourced[Decimal] | None:
    """The bag in mL with its source; a plain number, as older copies write it, has the method's."""
    if row.holds_text("bag_ml"):
        value = row.decimal("bag_ml")
        return None if value is None else Sourced(value, row.source())
    return sourced_decimal(row, "bag_ml", required=False)


def _check_bag(row: Table, plan: DilutionPlan, gaps: GapList) -> None:
    """A bag is written for the two methods that have one; that of an infusion may be a gap."""
    stated = plan.bag_ml is not None
    if plan.method is DilutionMethod.INFUSION_BAG:
        gaps.require(
            f"{row.field}.bag_ml", row, "bag_ml", filled=stated, blocks=("release", "activation")
        )
    elif stated != (plan.method is DilutionMethod.FIXED_BAG):
        row.problem(
            "bag_ml", tell("bag_ml is written for fixed-bag and infusion-bag, and only for them.")
        )


def _check_amounts(row: Table, plan: DilutionPlan) -> None:
    """Volumes and milligrams are worked out from these: none may be unconfirmed, or over its limit."""
    amounts = {
        "bag_ml": plan.bag_ml, "albumin_percent": plan.albumin_percent, "most_ml": plan.most_ml,
    }  # fmt: skip
    for key, found in amounts.items():
        if found is None or not found.source.document:
            continue
        if found.source.evidence is Evidence.UNCONFIRMED:
            row.problem(
                key, tell("a value marked unconfirmed cannot be computed with. Confirm it.")
            )
    bag = None if plan.bag_ml is None else plan.bag_ml.value
    for key, volume in (("bag_ml", bag), ("listed_ml", max(plan.listed_ml, default=None))):
        if plan.most_ml is not None and volume is not None and volume > plan.most_ml.value:
            text = tell(
                "{volume} mL is over most_ml, which is {value} mL. Write less.",
                volume=volume,
                value=plan.most_ml.value,
            )
            row.problem(key, text)


def _part(table: Table, gaps: GapList, key: str, blocks: tuple[str, ...]) -> Sourced[str] | None:
    """The id of a rule set or premedication set."""
    found = sourced_text(table, key, required=False)
    gaps.require(f"{table.field}.{key}", table, key, filled=found is not None, blocks=blocks)
    if found is None or found.source.evidence is not Evidence.UNCONFIRMED:
        return found
    gaps.open(
        f"{table.field}.{key}", tell("The {field}", field=told(key.replace("_", " "))), blocks
    )
    return None
