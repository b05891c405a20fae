"""A regimen as values: basis, levels, days, dilution, and the companion drugs with their own rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from il2desk.dosing.findings import Source, Sourced


class Basis(Enum):
    """What the dose is multiplied with."""

    KG = "kg"
    M2 = "m2"
    FLAT = "flat"


class DilutionMethod(Enum):
    """How the prepared volume reaches the patient (dose arithmetic, section 4)."""

    UNDILUTED = "undiluted"
    FIXED_BAG = "fixed-bag"
    DOSE_BANDED_BAG = "dose-banded-bag"
    WINDOW_VOLUME = "window-volume"
    INFUSION_BAG = "infusion-bag"


@dataclass(frozen=True, slots=True)
class Level:
    """One dose level: the dose for counts `first` to `last` of its unit (week, month, cycle, day).

    `dose` is in the unit of the regimen per kg, per m2, or flat; None is a gap. `days`, where they
    are listed, stand in the place of the range. `between` is the range that the source leaves to
    the site; the chosen `dose` lies inside it, ends included. `times_a_day` counts doses on each day
    of the level, None where the plan says it.
    """

    first: int
    last: int
    dose: Sourced[Decimal] | None
    days: tuple[int, ...] = ()
    between: Sourced[tuple[Decimal, Decimal]] | None = None
    times_a_day: int | None = None

    def covers(self, count: int) -> bool:
        """Whether the level applies to this count of its unit."""
        return count in self.days if self.days else self.first <= count <= self.last


@dataclass(frozen=True, slots=True)
class DilutionPlan:
    """The protocol's method of dilution.

    `bag_ml` and `added_to` serve fixed-bag and infusion-bag; `listed_ml` (mL, ascending) serves
    window-volume. `most_ml` (mL) is the most of the diluent that the document allows, None where it
    states none. `albumin_percent` is human albumin in the diluent, in percent (1 g per 100 mL).
    """

    method: DilutionMethod
    source: Source
    diluent: Sourced[str] | None = None
    bag_ml: Sourced[Decimal] | None = None
    added_to: bool = True
    listed_ml: tuple[Decimal, ...] = ()
    albumin_percent: Sourced[Decimal] | None = None
    most_ml: Sourced[Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DosePlan:
    """Which dose on which days: what a regimen and each of its companion drugs say alike.

    `dose` is per unit of `basis`, or None where `levels` (counted by `level_by`: "cycle", "day",
    "week" or "month") or a gap stand in its place. `interval_h` in hours for doses round the
    clock; `days` are days of the cycle, counted from 1, for doses on listed days, `times_a_day`
    on each, `hours_apart` hours between two of a day.
    """

    basis: Basis
    dose: Sourced[Decimal] | None
    level_by: str | None
    levels: tuple[Level, ...]
    interval_h: Sourced[Decimal] | None
    days: Sourced[tuple[int, ...]] | None
    doses_per_cycle: Sourced[int] | None
    times_a_day: Sourced[int] | None = None
    hours_apart: Sourced[Decimal] | None = None

    def times_on(self, day: int) -> int:
        """How many doses are given on a listed day: what its level says, else what the plan says."""
        if self.level_by == "day":
            for level in self.levels:
                if level.covers(day) and level.times_a_day is not None:
                    return level.times_a_day
        return 1 if self.times_a_day is None else self.times_a_day.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion(DosePlan):
    """A second drug of the regimen, such as interferon alfa-2b, dosed by a plan of its own.

    `unit` is "international units" or "mg". `product` is the id of its companion product and
    `presentation` the one on the site's shelf; while one of them or the route is None no volume is
    worked out. `timing` says when it is given beside aldesleukin.
    """

    id: str
    drug: str
    route: Sourced[str] | None
    unit: str
    product: Sourced[str] | None = None
    presentation: Sourced[str] | None = None
    timing: Sourced[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen(DosePlan):
    """The doses of aldesleukin in one arm. `arm` is None where the protocol has no arms.

    Doses in international units.
    """

    arm: str | None
    title: str
    route: Sourced[str]
    form: Sourced[str]
    infusion_minutes: Sourced[Decimal] | None
    dilution: DilutionPlan
    rule_set: Sourced[str] | None
    premedication: Sourced[str] | None
    companions: tuple[Companion, ...] = ()
