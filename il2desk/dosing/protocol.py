"""A protocol as values: its regimens, course, limits, site rules, and what no source says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.course_dates import Interval
from il2desk.dosing.findings import Evidence, Gap, Source, Sourced
from il2desk.dosing.regimen import Regimen
from il2desk.dosing.sentence import tell


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


AT_THE_LIMIT, ABOVE_THE_LIMIT = "at the limit", tell("above the limit")
"""Whether a change of weight of exactly `reweigh_percent` counts as reached."""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What a site adds to a protocol in its own copy; None is unset and said so on the sheet.

    Times in hours (`max_age_h`, `verdict_valid_h`) or minutes (tolerances). `max_age_h` maps
    finding codes to hours. `reweigh_counts_from`: AT_THE_LIMIT or ABOVE_THE_LIMIT. `hold_means`: "skip the slot" or "delay", then by `hold_delay_max_h` hours at most. `override_by`: who may
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
    reweigh_counts_from: str | None = None
    dosing_weight_max_age_h: Decimal | None = None
    hold_means: str | None = None
    hold_delay_max_h: Decimal | None = None
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
    intervals: tuple[Interval, ...] = ()
    toxicity_definitions: Sourced[tuple[str, ...]] | None = None

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
