"""A patient's weights as the journal tells them: measured, kept despite another, entered in error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from il2desk.desk.clock import moment_of
from il2desk.records import Entry

ON_PURPOSE = ("dosing", "daily")


@dataclass(frozen=True, slots=True)
class Weight:
    """A measured weight in kg with its purpose, method and moment.

    `answers` are the questions that were asked about it and confirmed, as they were read.
    """

    entry: str
    weight_kg: Decimal
    purpose: str
    measured_at: datetime
    method: str
    by: str
    recorded_at: datetime
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightInError:
    """A weight that two people marked as entered in error: it counts for nothing any more."""

    weight: Weight
    reason: str
    at: datetime
    by: str
    checked_by: str


@dataclass(frozen=True, slots=True)
class KeptWeight:
    """The order to keep a dosing weight despite a later weight; both by their entries."""

    dosing: str
    last: str
    reason: str
    prescriber: str
    way: str
    at: datetime
    signatures: tuple[str, ...]


def weight_of(entry: Entry, names: Mapping[str, str]) -> Weight:
    """A weight as it was recorded."""
    body = entry.body
    return Weight(
        entry.id, Decimal(body["weight_kg"]), body["purpose"], moment_of(body["measured_at"]),
        body["method"], names.get(entry.actor, entry.actor), entry.at,
        tuple(answer["text"] for answer in body["answers"]),
    )  # fmt: skip


def in_error(weight: Weight, entry: Entry) -> WeightInError:
    """A weight with the entry that marked it as entered in error."""
    first, second = entry.body["signatures"]
    return WeightInError(weight, entry.reason, entry.at, first["name"], second["name"])


def kept_of(entry: Entry) -> KeptWeight:
    """The order to keep a dosing weight as it was recorded."""
    body = entry.body
    return KeptWeight(
        body["dosing_weight"], body["last_weight"], body["reason"], body["prescriber"],
        body["way"], entry.at, tuple(signature["name"] for signature in body["signatures"]),
    )  # fmt: skip


def latest_of(
    weights: Sequence[Weight], purposes: Iterable[str], until: datetime | None = None
) -> Weight | None:
    """The weight measured last for one of the purposes, up to a moment; of equals the newest record."""
    # max() takes the first of equals, so the newest record must come first.
    found = [
        weight
        for weight in reversed(weights)
        if weight.purpose in purposes and (until is None or weight.measured_at <= until)
    ]
    return max(found, key=lambda weight: weight.measured_at, default=None)


def gain_percent(weight: Weight, baseline: Weight) -> Fraction:
    """What a weight is above the baseline, in percent of the baseline, unrounded."""
    return (Fraction(weight.weight_kg) / Fraction(baseline.weight_kg) - 1) * 100
