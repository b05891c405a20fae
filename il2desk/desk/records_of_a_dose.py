"""What the journal holds about one dose, as values: the facts that pages and sheets show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from il2desk.dosing import tell


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot number with its expiry date (text YYYY-MM-DD) and the vials taken of it.

    `serials` and `gtin` are those of scanned vials; empty where they were typed.
    """

    lot: str
    expiry: str
    vials: int = 1
    serials: tuple[str, ...] = ()
    gtin: str = ""

    def body(self) -> dict[str, Any]:
        """The lot as an entry holds it."""
        scanned: dict[str, Any] = {"serials": list(self.serials)} if self.serials else {}
        if self.gtin:
            scanned["gtin"] = self.gtin
        return {"lot": self.lot, "expiry": self.expiry, "vials": self.vials, **scanned}


@dataclass(frozen=True, slots=True)
class PremedicationOutcome:
    """One item's outcome: "given", "not given" (with reason) or "not applicable".

    `by` is who recorded it, which is not always who gave it.
    """

    item: str
    name: str
    dose: str | None
    unit: str | None
    outcome: str
    reason: str
    at: datetime | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One recorded check before the dose. `criteria` and `values` are as stored.

    `rests_on` names the entries of the weights in force at that moment; `weight_corrected_at` is
    when one of them was marked as entered in error.
    `unjudged` are pairs of code and value in words: numbers that the rule set has no row for.
    `sequence` is the entry's place in the journal; `dosing_kg` the dosing weight of that moment.
    """

    entry: str
    by: str
    verdict: str
    scope: str | None
    sentence: str
    assessed_at: datetime
    valid_until: datetime | None
    valid_by: str
    relative: int
    absolute: int
    required: int
    missing: tuple[str, ...]
    not_judged: tuple[str, ...]
    held_by: tuple[str, ...]
    values: tuple[Any, ...]
    criteria: tuple[Any, ...]
    rule_set: str
    rests_on: tuple[str, ...] = ()
    weight_corrected_at: datetime | None = None
    unjudged: tuple[tuple[str, str], ...] = ()
    sequence: int = 0
    dosing_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OverrideRecord:
    """An override of HOLD or CANNOT ASSESS: reason, named prescriber, two signatures."""

    entry: str
    check: str
    reason: str
    prescriber: str
    way: str
    at: datetime
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A released preparation: what the syringe holds, agreed by two people.

    `rests_on` names the entry of the dosing weight; `weight_corrected_at` is when it was marked as
    entered in error: from then on the preparation must not be given. `weight_now_kg` is the dosing
    weight where it became another one before anything happened to the dose. `taken_from` names the
    stock that the vials came from; None where none is kept.
    """

    entry: str
    at: datetime
    by: str
    checked_by: str
    prepared_dose_iu: Decimal
    prepared_volume_ml: Decimal
    total_volume_ml: Decimal | None
    diluent: str
    lots: tuple[Lot, ...]
    weight_kg: Decimal | None
    dose: Any
    volume_choice: str | None
    reconstituted_at: datetime | None
    rests_on: tuple[str, ...] = ()
    weight_corrected_at: datetime | None = None
    weight_now_kg: Decimal | None = None
    taken_from: Mapping[str, str] | None = None

    @property
    def stands(self) -> bool:
        """Whether the weight that it was made for is still the one that sets the dose."""
        return self.weight_corrected_at is None and self.weight_now_kg is None


@dataclass(frozen=True, slots=True)
class Discarded:
    """A preparation that was released and given to nobody: which, when, by whom, why."""

    release: ReleaseRecord
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One amended field: old and new as written, who, when, why, and its number (A1, A2).

    `after_closure` where the whole cycle had been recorded and signed before.
    """

    number: int
    field: str
    old: str
    new: str
    by: str
    checked_by: str
    at: datetime
    reason: str
    after_closure: bool = False

    @property
    def why(self) -> str:
        """The reason as it is shown, with the mark of an amendment after closure."""
        return (
            tell("{reason} (amended after closure)", reason=self.reason)
            if self.after_closure
            else self.reason
        )


@dataclass(frozen=True, slots=True)
class Dispute:
    """Somebody asked to sign as second person does not agree: who, when, why.

    `settled` once the record was amended after it.
    """

    by: str
    at: datetime
    reason: str
    settled: bool = False


NEEDS_SECOND, DISPUTED = "needs second person", "disputed"


def open_dispute(disputes: tuple[Dispute, ...]) -> Dispute | None:
    """The dispute that no amendment has answered yet, or None."""
    return next((one for one in disputes if not one.settled), None)


def waiting_state(cosigned_by: str | None, disputes: tuple[Dispute, ...]) -> str:
    """How a record waits: NEEDS_SECOND, DISPUTED, or empty once it is signed."""
    if cosigned_by is not None:
        return ""
    return NEEDS_SECOND if open_dispute(disputes) is None else DISPUTED


@dataclass(frozen=True, slots=True)
class AdministrationRecord:
    """What happened to a dose, with amendments applied. Doses in international units, mL.

    `notes` must be read with the signatures, such as a missing delegation.
    """

    entry: str
    outcome: str
    given_at: datetime | None
    approximate: bool
    stopped_at: datetime | None
    prepared_dose_iu: Decimal | None
    given_dose_iu: Decimal | None
    volume_ml: Decimal | None
    lots: tuple[Lot, ...]
    reason: str
    decided_by: str
    note: str
    against: str | None
    recorded_late: bool
    recorded_at: datetime
    by: str
    by_id: str
    cosigned_by: str | None
    cosigned_at: datetime | None
    changes: tuple[Change, ...] = ()
    in_error: bool = False
    disputes: tuple[Dispute, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def disputed(self) -> Dispute | None:
        """The dispute that waits for an amendment, or None."""
        return open_dispute(self.disputes)

    @property
    def waits(self) -> str:
        """How it waits for a second person; empty once it is signed."""
        return waiting_state(self.cosigned_by, self.disputes)


@dataclass(slots=True)
class DoseRecords:
    """Everything recorded for one dose number of a cycle."""

    number: int
    planned: datetime
    day: int
    delayed_to: datetime | None = None
    delayed_at: datetime | None = None
    premedication: dict[str, PremedicationOutcome] = field(default_factory=dict)
    premedication_given: list[PremedicationOutcome] = field(default_factory=list)
    checks: list[CheckRecord] = field(default_factory=list)
    voided: list[CheckRecord] = field(default_factory=list)
    override: OverrideRecord | None = None
    overrides: list[OverrideRecord] = field(default_factory=list)
    release: ReleaseRecord | None = None
    discarded: list[Discarded] = field(default_factory=list)
    administration: AdministrationRecord | None = None
    errors: list[AdministrationRecord] = field(default_factory=list)

    @property
    def due(self) -> datetime:
        """The planned time, or the new one after a delay (UTC)."""
        return self.delayed_to or self.planned

    @property
    def standing_release(self) -> ReleaseRecord | None:
        """The release, unless its weight was entered in error or is the dosing weight no more."""
        return None if self.release is None or not self.release.stands else self.release

    @property
    def check(self) -> CheckRecord | None:
        """The latest check."""
        return self.checks[-1] if self.checks else None

    def check_by(self, moment: datetime) -> CheckRecord | None:
        """The latest check that was recorded up to a moment."""
        return next((one for one in reversed(self.checks) if one.assessed_at <= moment), None)
