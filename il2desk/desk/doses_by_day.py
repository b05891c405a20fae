"""Where the days of a cycle have other doses: which days share one, and what is drawn on each."""

from __future__ import annotations

from dataclasses import replace

from il2desk.desk.code_words import shown
from il2desk.desk.prepare_dose import first_day
from il2desk.desk.stock_lines import vials_words
from il2desk.dosing import (
    Dose,
    DosePlan,
    Refusal,
    Regimen,
    derive_dose,
    tell,
    write_days,
    write_quantity,
)
from il2desk.sheets import RecipeRow, SheetGap

_WEEK = 7


def differs_by_day(plan: DosePlan) -> bool:
    """Whether the dose of a cycle goes by its day or week."""
    return plan.level_by in ("day", "week")


def day_groups(plan: DosePlan) -> tuple[tuple[int, ...], ...]:
    """The planned days that share a dose, a group for each level by day or week; else one group.

    Days that no level covers come last: no dose can be derived for them, and that is told.
    """
    planned = () if plan.days is None else plan.days.value
    if not differs_by_day(plan) or not planned:
        return (planned,)
    groups = [
        tuple(day for day in planned if level.covers(_count(plan, day))) for level in plan.levels
    ]
    covered = {day for days in groups for day in days}
    groups.append(tuple(day for day in planned if day not in covered))
    return tuple(days for days in groups if days)


def _count(plan: DosePlan, day: int) -> int:
    return day if plan.level_by == "day" else (day + _WEEK - 1) // _WEEK


def of_its_day(dose: Dose, regimen: Regimen) -> str:
    """The day that a dose is of, as "day 3"; empty where all days are alike."""
    if not differs_by_day(regimen):
        return ""
    return tell("day\u00a0{day}", day=dose.request.day or first_day(regimen))


def draw_rows(dose: Dose, regimen: Regimen) -> list[RecipeRow]:
    """Vials and the volume to draw: once, or for each group of days that share a dose."""
    if not differs_by_day(regimen) or regimen.days is None:
        return [
            RecipeRow(
                tell("Vials"),
                tell(
                    "{vials}, counted by the {rule} rule",
                    vials=vials_words(dose.vials),
                    rule=shown(dose.vial_rule),
                ),
            ),
            RecipeRow(tell("Draw"), _drawn(dose)),
        ]
    return [_of_days(dose, days) for days in day_groups(regimen)]


def _of_days(dose: Dose, days: tuple[int, ...]) -> RecipeRow:
    """A group's row; the dose of its first day stands for all of them, by their shared level."""
    named = (
        tell("days {days}", days=write_days(days))
        if len(days) > 1
        else tell("day\u00a0{days}", days=days[0])
    )
    label = tell("Draw, {named}", named=named)
    made = derive_dose(replace(dose.request, day=days[0], ordered_dose_iu=None))
    if isinstance(made, Refusal):
        return RecipeRow(label, SheetGap(label, made.text))
    return RecipeRow(
        label,
        tell(
            "{drawn}; {vials}, counted by the {rule} rule",
            drawn=_drawn(made),
            vials=vials_words(made.vials),
            rule=shown(made.vial_rule),
        ),
    )


def _drawn(dose: Dose) -> str:
    return tell(
        "{volume} ({syringe})",
        volume=write_quantity(dose.prepared_volume_ml, "mL"),
        syringe=dose.syringe or tell("no syringe chosen"),
    )
