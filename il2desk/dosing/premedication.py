"""The premedication checklist: computed amounts, daily maxima, and what blocks an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.assessment_values import FoundValue
from il2desk.dosing.conditions import is_met
from il2desk.dosing.exact import ONE, half_up, product_of
from il2desk.dosing.findings import Refusal, refuse
from il2desk.dosing.parsing import WEIGHT_KG
from il2desk.dosing.premedication_set import PremedicationItem, PremedicationSet
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import plain


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """An item with its computed amount in the item's unit (None is a gap) and live blocks."""

    item: PremedicationItem
    amount: Decimal | None
    working: str
    blocked_by: tuple[str, ...]


def checklist(
    items: PremedicationSet,
    weight_kg: Decimal | None,
    values: Mapping[str, FoundValue] | None = None,
    allergies: tuple[str, ...] = (),
) -> tuple[ChecklistItem, ...] | Refusal:
    """Every item of the set; amounts per kg need the dosing weight in kg.

    Refused for a weight that the field of the dosing weight does not take.
    """
    if weight_kg is not None and not WEIGHT_KG.takes(weight_kg):
        return refuse(
            "range",
            "The dosing weight is outside 2 to 300 kg, or has more than 2 decimal places. Enter it "
            "again.",
        )
    made: list[ChecklistItem] = []
    for item in items.items:
        if item.dose_per_kg is not None and weight_kg is None:
            return refuse(
                "weight", tell("{name} goes per kg. Enter the dosing weight in kg.", name=item.name)
            )
        made.append(_item(item, weight_kg, values or {}, allergies))
    return tuple(made)


def _item(
    item: PremedicationItem,
    weight_kg: Decimal | None,
    values: Mapping[str, FoundValue],
    allergies: tuple[str, ...],
) -> ChecklistItem:
    amount, working = item.dose, ""
    if item.dose_per_kg is not None and weight_kg is not None:
        amount = product_of(item.dose_per_kg, weight_kg)
        working = (
            f"{plain(item.dose_per_kg)} x {plain(weight_kg)} = {plain(amount)} {item.unit or ''}"
        )
        if item.rounding is not None:
            amount = half_up(amount, ONE, item.rounding)
            working = tell(
                "{exact}, rounded half up to {rounding}: {amount}",
                exact=working,
                rounding=plain(item.rounding),
                amount=f"{plain(amount)} {item.unit or ''}".strip(),
            )
        else:
            working = working.strip()
    blocked = tuple(
        block.text
        for block in item.blocked_if
        if (block.allergy is not None and block.allergy in allergies)
        or (
            block.condition is not None
            and block.condition.code in values
            and is_met(block.condition, values[block.condition.code], weight_kg) is True
        )
    )
    if amount is not None and item.single_max is not None and amount > item.single_max:
        # Never lowered to the maximum: a person decides what is given.
        over = tell(
            "{amount} {unit} is over the single maximum of {single_max}",
            amount=plain(amount),
            unit=item.unit or "",
            single_max=plain(item.single_max),
        )
        return ChecklistItem(item, None, working, (*blocked, over))
    return ChecklistItem(item, amount, working, blocked)
