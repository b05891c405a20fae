"""Where a limit of a rule set stands in a picture: its edge, what is met from there, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from il2desk.desk.sheet_names import version_name
from il2desk.dosing import Bounds, RuleSet, tell
from il2desk.protocols import Bundle

_WORDS = {"relative": "HOLD", "withhold": "HOLD", "absolute": "STOP", "permanent": "STOP"}


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a range that a criterion is met in: `bounds` hold that end alone.

    `word` is the verdict that the criterion speaks for.
    """

    bounds: Bounds
    word: str
    source: str


def edges_of(rules: RuleSet, code: str) -> tuple[Edge, ...]:
    """The edges of every criterion of a code.

    Of a range with two ends, the end that it shares with another criterion is left out: there that
    one begins, and it has an edge of its own. Limits per kg are no level lines and are left out.
    """
    found: dict[tuple[object, ...], Edge] = {}
    ranges = [
        condition.bounds
        for criterion in rules.criteria
        for condition in criterion.conditions
        if condition.code == code and condition.bounds is not None
    ]
    for criterion in rules.criteria:
        for condition in criterion.conditions:
            bounds = condition.bounds
            if condition.code != code or bounds is None or bounds.per_kg:
                continue
            source = tell(
                "{set} ({source})",
                set=version_name(rules.title, rules.version),
                source=criterion.source.cite(),
            )
            for end in ends_of(bounds, ranges):
                edge = Edge(end, _WORDS.get(criterion.kind, "HOLD"), source)
                found.setdefault((edge.bounds, edge.word), edge)
    return tuple(found.values())


def ends_of(bounds: Bounds, ranges: Iterable[Bounds]) -> tuple[Bounds, ...]:
    """The ends of a range that no other range begins or ends at; at least one of them."""
    low, high = _numbers(bounds)
    lower = Bounds(from_=bounds.from_, above=bounds.above)
    upper = Bounds(below=bounds.below, to=bounds.to)
    if low is None or high is None:
        return (upper if low is None else lower,)
    taken = {number for other in ranges if other != bounds for number in _numbers(other)}
    own = tuple(end for end, at in ((lower, low), (upper, high)) if at not in taken)
    return own or (lower,)


def _numbers(bounds: Bounds) -> tuple[Decimal | None, Decimal | None]:
    """The numbers at the lower and the upper end of a range; None where it has none."""
    low = bounds.from_ if bounds.from_ is not None else bounds.above
    return low, bounds.below if bounds.below is not None else bounds.to


def rules_in_force(bundle: Bundle, arm: str | None) -> RuleSet | None:
    """The rule set of the cycle's protocol version and arm, or None where it names none."""
    return bundle.rule_sets.get(arm)
