"""Rule sets for the check before a dose, as values: rows, limits, scopes, requirements."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.findings import Gap, Source


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range of a measured number. `below` and `above` exclude the limit, `from_` and `to` include it.

    With `per_kg` the limits are multiplied with the dosing weight in kg.
    """

    below: Decimal | None = None
    to: Decimal | None = None
    from_: Decimal | None = None
    above: Decimal | None = None
    per_kg: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One code and what of it meets the row: bounds of a number, listed words, or true.

    `any_word` is met by every word of a list (an empty list never meets it).
    """

    code: str
    bounds: Bounds | None = None
    words: tuple[str, ...] = ()
    is_true: bool = False
    any_word: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row: met when any of its conditions is met (several conditions are one criterion).

    `kind` is "withhold", "permanent", "relative" or "absolute"; `scope` is "this cycle" or
    "for good" on rows that stop. `until` (all must be met) ends an earlier hold by this row.
    """

    id: str
    kind: str
    conditions: tuple[Condition, ...]
    scope: str | None
    source: Source
    until: tuple[Condition, ...] = ()
    until_text: str = ""

    @property
    def stops(self) -> bool:
        """True for rows whose being met is STOP."""
        return self.kind in ("permanent", "absolute")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that nobody has compared with its document: shown in words, never computed with.

    `codes` are the finding codes it speaks of, empty where no code says it.
    """

    id: str
    kind: str
    codes: tuple[str, ...]
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one source. `stop_from_relative` is the count of relative rows that stops.

    Each of the `unconfirmed` rows is also one of the gaps.
    """

    id: str
    title: str
    version: str
    status: str
    criteria: tuple[Criterion, ...]
    required: tuple[str, ...]
    stop_from_relative: int | None
    action_on_hold: str
    gaps: tuple[Gap, ...]
    source: Source
    fingerprint: str
    unconfirmed: tuple[ShownRow, ...] = ()
