"""The product of a companion drug: its presentations, with strength, routes and pen doses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.findings import Gap, Sourced

PEN = "pen"
VIAL = "vial"


@dataclass(frozen=True, slots=True)
class Presentation:
    """One presentation on the shelf. `kind` is "vial" or "pen".

    `strength_per_ml` and `content` in the product's unit (per mL, per vial or pen); `pen_doses`
    are the only doses that a pen can give, in the same unit.
    """

    id: str
    name: str
    kind: str
    strength_per_ml: Sourced[Decimal]
    routes: Sourced[tuple[str, ...]]
    content: Sourced[Decimal] | None = None
    pen_doses: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanionProduct:
    """A companion drug as sold. `unit` is "international units" or "mg"."""

    id: str
    name: str
    drug: str
    unit: str
    presentations: tuple[Presentation, ...]
    storage: tuple[Sourced[str], ...]
    notes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def presentation(self, id_: str) -> Presentation | None:
        """The presentation of this id, or None where there is none."""
        return next((one for one in self.presentations if one.id == id_), None)
