"""Where a limit of a rule set stands in a picture: its edge, what is met from there, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

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
    """The edges of every criterion of a code, the lower end where a range has one.

    The upper end of a range is where the next criterion begins, which has an edge of its own.
    Limits per kg are no level lines and are left out.
    """
    found: dict[tuple[object, ...], Edge] = {}
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
            edge = Edge(one_end(bounds), _WORDS.get(criterion.kind, "HOLD"), source)
            key = (edge.bounds, edge.word)
            found.setdefault(key, edge)
    return tuple(found.values())


def one_end(bounds: Bounds) -> Bounds:
    """The lower end of a range; where it has none, the upper one."""
    if bounds.from_ is not None or bounds.above is not None:
        return Bounds(from_=bounds.from_, above=bounds.above)
    return Bounds(below=bounds.below, to=bounds.to)


def rules_in_force(bundle: Bundle, arm: str | None) -> RuleSet | None:
    """The rule set of the cycle's protocol version and arm, or None where it names none."""
    return bundle.rule_sets.get(arm)
