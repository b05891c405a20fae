"""Premedication sets as values: items with amounts, timing, daily maxima and what blocks them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.findings import Gap, Source
from il2desk.dosing.rule_set import Condition
from il2desk.dosing.sentence import tell


@dataclass(frozen=True, slots=True)
class Block:
    """What blocks an item: an allergy class, or a finding at a limit; `text` says it in words."""

    text: str
    source: Source
    allergy: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class PremedicationItem:
    """One item. `dose` or `dose_per_kg` in `unit`; both None where the source names no amount.

    `interval_h` (from, to) in hours; `before_min` in minutes before the dose of aldesleukin.
    `confirmation` is an item to be confirmed and no drug: it has no amount.
    `single_max` and the step `rounding` in `unit`, None where none is stated. `classes` are the
    drug classes that interactions and allergies speak of.
    """

    id: str
    name: str
    dose: Decimal | None
    dose_per_kg: Decimal | None
    unit: str | None
    route: str | None
    timing: str
    before_min: int | None
    interval_h: tuple[Decimal, Decimal] | None
    daily_max: Decimal | None
    daily_max_unit: str | None
    given_if: str | None
    blocked_if: tuple[Block, ...]
    mandatory: bool
    note: str
    source: Source
    classes: tuple[str, ...] = ()
    single_max: Decimal | None = None
    rounding: Decimal | None = None
    confirmation: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources say differently about one thing; a site that copies the set chooses."""

    about: str
    says: tuple[tuple[str, Source], ...]

    def sentence(self) -> str:
        """Both sides, each with its source."""
        sides = ""
        for text, source in self.says:
            side = tell("{text}, {source}", text=text, source=source.cite())
            sides = tell("{sides}; or {side}", sides=sides, side=side) if sides else side
        return tell(
            "Sources differ on {about}: {sides}. The site chooses one.",
            about=self.about,
            sides=sides,
        )


@dataclass(frozen=True, slots=True)
class PremedicationSet:
    """A set of items for one protocol or arm; never used outside the protocols that name it."""

    id: str
    title: str
    version: str
    status: str
    items: tuple[PremedicationItem, ...]
    notes: tuple[str, ...]
    gaps: tuple[Gap, ...]
    source: Source
    fingerprint: str
    conflicts: tuple[Conflict, ...] = ()
