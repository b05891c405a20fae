"""A protocol as values: arms, levels, days, dilution, rests, and what no source says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from il2desk.dosing.findings import Evidence, Gap, Source, Sourced


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

    `dose` is in international units per kg, per m2, or flat; None is a gap.
    """

    first: int
    last: int
    dose: Sourced[Decimal] | None


@dataclass(frozen=True, slots=True)
class DilutionPlan:
    """The protocol's method of dilution.

    `bag_ml` and `added_to` serve fixed-bag; `listed_ml` (mL, ascending) serves window-volume.
    """

    method: DilutionMethod
    source: Source
    diluent: Sourced[str] | None = None
    bag_ml: Decimal | None = None
    added_to: bool = True
    listed_ml: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Companion:
    """A second drug of the regimen (interferon alfa-2b); its dose is None while it is a gap."""

    drug: str
    route: str
    dose_text: str | None


@dataclass(frozen=True, slots=True)
class Regimen:
    """The doses of one arm. `arm` is None where the protocol has no arms.

    `dose` in international units per unit of basis, or None where `levels` (counted by `level_by`:
    "cycle", "day", "week" or "month") or a gap stand in its place. `interval_h` in hours for doses
    round the clock; `days` are days of the cycle, counted from 1, for doses on listed days.
    """

    arm: str | None
    title: str
    route: Sourced[str]
    form: Sourced[str]
    basis: Basis
    dose: Sourced[Decimal] | None
    level_by: str | None
    levels: tuple[Level, ...]
    interval_h: Sourced[Decimal] | None
    days: Sourced[tuple[int, ...]] | None
    doses_per_cycle: Sourced[int] | None
    infusion_minutes: Sourced[Decimal] | None
    dilution: DilutionPlan
    rule_set: Sourced[str] | None
    premedication: Sourced[str] | None
    companions: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit the protocol states; it may only lower a dose. `limit_iu` is for a single dose."""

    name: str
    limit_iu: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class SyringeStep:
    """A row of the site's syringe table: volumes up to `up_to_ml` are read to `step_ml`."""

    syringe: str
    up_to_ml: Decimal
    step_ml: Decimal


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What a site adds to a protocol in its own copy; None is unset and said so on the sheet.

    Times in hours (`max_age_h`, `verdict_valid_h`) or minutes (tolerances). `max_age_h` maps
    finding codes to hours. `hold_means`: "skip the slot" or "delay". `override_by`: who may
    order a dose despite HOLD or CANNOT ASSESS; None means that the protocol allows no override.
    """

    syringes: tuple[SyringeStep, ...] = ()
    vial_rule: str | None = None
    flush_ml: Decimal | None = None
    schedule_policy: str | None = None
    max_age_h: tuple[tuple[str, Decimal], ...] = ()
    verdict_valid_h: Decimal | None = None
    left_to_team: tuple[str, ...] = ()
    due_before_min: int | None = None
    overdue_after_min: int | None = None
    minimum_interval_h: Decimal | None = None
    reweigh_percent: Decimal | None = None
    hold_means: str | None = None
    override_by: str | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version of one protocol file, with everything its doses depend on.

    `weight_range` (kg) is plausibility, asked about, never a limit. `tolerance_percent` is the
    allowed deviation of the prepared from the exact dose. `facts` are further sourced lines
    (course, rests, evaluation, retreatment, samples) in words for sheets and help.
    """

    id: str
    title: str
    version: str
    status: str
    drug: str
    product_id: str
    regimens: tuple[Regimen, ...]
    caps: tuple[Cap, ...]
    tolerance_percent: Decimal
    weight_range: tuple[Decimal, Decimal]
    course_cycles: Sourced[int] | None
    rest_days: Sourced[int] | None
    facts: tuple[tuple[str, Sourced[str]], ...]
    notes: tuple[str, ...]
    source: str
    gaps: tuple[Gap, ...]
    fingerprint: str
    site: SiteRules = SiteRules()
    unconfirmed: tuple[tuple[str, Evidence], ...] = ()

    @property
    def arms(self) -> tuple[str, ...]:
        """The arm ids, empty for a protocol without arms."""
        return tuple(regimen.arm for regimen in self.regimens if regimen.arm is not None)

    def gap_blocking(self, what: str, arm: str | None = None) -> tuple[Gap, ...]:
        """The open gaps that block `what`; those of other arms are left out."""
        others = tuple(f"regimens.{name}." for name in self.arms if name != arm)
        return tuple(
            gap for gap in self.gaps if what in gap.blocks and not gap.field.startswith(others)
        )
