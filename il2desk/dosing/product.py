"""The product on the shelf: what a vial holds, what can be drawn from it, how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.findings import Gap, Source, Sourced


@dataclass(frozen=True, slots=True)
class BagBand:
    """One row of a labelled bag table: doses up to and including `up_to_iu` go into `bag_ml`.

    `up_to_iu` is in international units, as printed in the label; None is the last, open row.
    """

    up_to_iu: Decimal | None
    bag_ml: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class BeyondUse:
    """A labelled limit of use of the "reconstituted" or the "diluted" solution (`state`), in hours.

    It is counted from "reconstitution" or "dilution".
    """

    state: str
    counted_from: str
    hours: Decimal
    storage: str
    source: Source


@dataclass(frozen=True, slots=True)
class Product:
    """A presentation of aldesleukin as sold.

    Volumes in mL, content in international units, strength in international units per mL and
    mg per mL of the reconstituted solution, concentration window in mcg per mL. `most_ml` is the most
    of the diluent (mL) that the label allows, None where it states none.
    """

    id: str
    name: str
    printed_as: str
    content_iu: Sourced[Decimal]
    strength_iu_per_ml: Sourced[Decimal]
    strength_mg_per_ml: Sourced[Decimal]
    reconstitution_ml: Sourced[Decimal]
    reconstitution_diluent: Sourced[str]
    withdrawable_ml: Sourced[Decimal]
    window_mcg_per_ml: Sourced[tuple[Decimal, Decimal]]
    low_concentration_route: Sourced[str]
    bag_bands: tuple[BagBand, ...]
    bag_diluent: Sourced[str]
    infusion_minutes: Sourced[Decimal] | None
    beyond_use: tuple[BeyondUse, ...]
    storage: Sourced[str]
    technique: tuple[Sourced[str], ...]
    gaps: tuple[Gap, ...] = ()
    most_ml: Sourced[Decimal] | None = None
    infusion_technique: tuple[Sourced[str], ...] = ()

    def technique_for(self, *, infused: bool) -> tuple[Sourced[str], ...]:
        """The steps of technique; those of the line and the bag only where the dose is infused."""
        return (*self.technique, *self.infusion_technique) if infused else self.technique
