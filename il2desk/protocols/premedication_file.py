"""A premedication file into a `PremedicationSet`: items with amounts, intervals and blocks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from il2desk.dosing import (
    Block,
    Condition,
    Conflict,
    Evidence,
    PremedicationItem,
    PremedicationSet,
    Source,
    joined,
    tell,
    told,
)
from il2desk.protocols.conditions import read_condition
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.reader import Reader
from il2desk.protocols.rule_set_file import PART_STATUSES
from il2desk.protocols.table import Table

Amount = tuple[Decimal, str, Source]

UNITS = ("mg", "g", "mcg", "mL", "tablets")
PER_KG_UNITS = ("mg", "mcg")


def read_premedication(reader: Reader, root: Table, id_: str, fingerprint: str) -> PremedicationSet:
    """The set of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root, tell("premedication set"))
    items = tuple(_item(name, row, gaps) for name, row in root.rows("items"))
    if not items:
        root.problem("items", tell("the set has no item. Write at least one [items.NAME]."))
    found = PremedicationSet(
        id=id_,
        title=root.text("title"),
        version=root.text("version"),
        status=root.word("status", PART_STATUSES),
        items=items,
        notes=root.texts("notes", required=False),
        gaps=tuple(gaps.gaps),
        source=root.source(),
        fingerprint=fingerprint,
        conflicts=_conflicts(root),
    )
    gaps.close()
    return found


def _item(name: str, row: Table, gaps: GapList) -> PremedicationItem:
    field = f"items.{name}"
    dose, per_kg = _amount(row, "dose", UNITS), _amount(row, "dose_per_kg", PER_KG_UNITS)
    if dose is not None and per_kg is not None:
        row.problem("dose_per_kg", tell("an item has a dose or a dose per kg, not both. Keep one."))
    daily = _amount(row, "daily_max", UNITS)
    amount = dose or per_kg
    source = row.source()
    item = PremedicationItem(
        id=name,
        name=row.text("name"),
        dose=None if dose is None else dose[0],
        dose_per_kg=None if per_kg is None else per_kg[0],
        unit=None if amount is None else amount[1],
        route=row.text_or_none("route"),
        timing=row.text("timing"),
        before_min=row.whole("before_min", required=False),
        interval_h=_interval(row),
        daily_max=None if daily is None else daily[0],
        daily_max_unit=None if daily is None else daily[1],
        given_if=row.text_or_none("given_if"),
        blocked_if=tuple(_block(block) for block in row.list_of_tables("blocked_if")),
        mandatory=row.flag("mandatory", default=False),
        note=_note(row, daily, source),
        source=source if amount is None else amount[2],
        classes=row.texts("classes", required=False),
        single_max=_stated(row, "single_max", amount, gaps, per_kg=per_kg is not None),
        rounding=_stated(row, "rounding", amount, gaps, per_kg=per_kg is not None),
        confirmation=row.flag("confirmation", default=False),
    )
    if item.confirmation and (amount is not None or daily is not None or item.interval_h):
        row.problem(
            "confirmation",
            tell("a confirmation is no drug: it has no dose, interval or daily maximum."),
        )
    if not item.confirmation or gaps.lists(f"{field}.dose"):
        filled = amount is not None or item.confirmation
        gaps.require(f"{field}.dose", row, "dose", filled=filled, blocks=())
    row.close()
    return _without_unconfirmed(item, field, gaps)


def _amount(row: Table, key: str, units: tuple[str, ...]) -> Amount | None:
    table = row.table(key)
    if table is None:
        return None
    value = table.decimal("value") or Decimal(1)
    amount = (value, table.word("unit", units), table.source())
    table.close()
    return amount


def _stated(
    row: Table, key: str, amount: Amount | None, gaps: GapList, *, per_kg: bool
) -> Decimal | None:
    """A single maximum or a rounding step in the item's unit; for an amount per kg it may be a gap."""
    found = _amount(row, key, UNITS)
    if per_kg:
        # A set that was stored before these fields existed stays readable: what it lacks is open.
        if found is None:
            field = told(key.replace("_", " "))
            name = tell("The {field} of {item}", field=field, item=row.text("name"))
            gaps.open(f"{row.field}.{key}", name, ("activation",))
        gaps.require(
            f"{row.field}.{key}", row, key, filled=found is not None, blocks=("activation",)
        )
    if found is not None and (amount is None or found[1] != amount[1]):
        row.problem(key, tell("it is written in the unit of the dose. Write the dose first."))
    return None if found is None else found[0]


def _conflicts(root: Table) -> tuple[Conflict, ...]:
    """What sources say differently: about one thing, at least two texts with their sources."""
    found: list[Conflict] = []
    for _, row in root.rows("conflicts"):
        sides = row.list_of_tables("says", required=True)
        says = tuple((side.text("text"), side.source()) for side in sides)
        for side in sides:
            side.close()
        if len(says) < 2:  # noqa: PLR2004 - a conflict has two sides
            row.problem(
                "says", tell("a conflict has at least two sides. Write both with their sources.")
            )
        found.append(Conflict(row.text("about"), says))
        row.close()
    return tuple(found)


def _interval(row: Table) -> tuple[Decimal, Decimal] | None:
    """The interval in hours as from and to, or None where none is stated."""
    table = row.table("interval_h")
    if table is None:
        return None
    low, high = table.decimal("from"), table.decimal("to")
    table.source()
    table.close()
    if low is not None and high is not None and low > high:
        table.problem(
            "to",
            tell(
                "the interval ends at {high}, before its start {low}. Correct one of them.",
                high=high,
                low=low,
            ),
        )
    return None if low is None or high is None else (low, high)


def _block(row: Table) -> Block:
    """What blocks an item: an allergy class, a finding at a limit, or words for a person to judge."""
    condition: Condition | None = None
    table = row.table("finding")
    if table is not None:
        condition = read_condition(table)
    block = Block(row.text("text"), row.source(), row.text_or_none("allergy"), condition)
    row.close()
    return block


def _note(row: Table, daily: Amount | None, source: Source) -> str:
    """The item's note, with the source of the daily maximum where it is another one."""
    note = row.text("note", "")
    if daily is None or daily[2] == source:
        return note
    said = tell("Daily maximum: {cite}.", cite=daily[2].cite())
    return joined(" ", (note, said)) if note else said


def _without_unconfirmed(item: PremedicationItem, field: str, gaps: GapList) -> PremedicationItem:
    """An amount marked unconfirmed is never computed with: it becomes a gap."""
    if item.source.evidence is not Evidence.UNCONFIRMED or item.unit is None:
        return item
    gaps.open(f"{field}.dose", tell("The dose of {item}", item=item.name), ("activation",))
    return replace(item, dose=None, dose_per_kg=None, unit=None)
