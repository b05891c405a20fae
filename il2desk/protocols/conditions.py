"""A condition of a rule or of a block: one finding code and what of it meets the row."""

from __future__ import annotations

from il2desk.dosing import FINDING_CODES, Bounds, Condition, tell
from il2desk.protocols.plausible_limits import check_limits
from il2desk.protocols.table import Table

_LIMITS = ("below", "to", "from", "above")


def read_conditions(table: Table, key: str, *, ends_a_hold: bool = False) -> tuple[Condition, ...]:
    """The conditions of a list. A list that ends a hold may be left out and may say `is_empty`."""
    rows = table.list_of_tables(key, required=not ends_a_hold)
    if key in table and not rows:
        table.problem(key, tell("the list is empty. Write at least one condition."))
    return tuple(read_condition(row, ends_a_hold=ends_a_hold) for row in rows)


def read_condition(row: Table, *, ends_a_hold: bool = False) -> Condition:
    """One condition, such as { code = "creatinine", from = "2.5", below = "3" }.

    Met by limits, by listed words, by any word of a list, or by true; `is_empty` (no word of a list
    is left) may only end a hold, because a row that a normal list meets would always hold.
    """
    code = row.text("code")
    if code and code not in FINDING_CODES:
        row.problem(
            "code",
            tell('"{code}" is no finding code. See the list of codes in the help.', code=code),
        )
    bounds = read_bounds(row)
    words = row.texts("words", required=False)
    empty = ends_a_hold and row.flag("is_empty", default=False)
    condition = Condition(
        code, bounds, words, row.flag("is_true", default=False), row.flag("any_word", default=False)
    )
    row.close()
    ways = [bounds is not None, bool(words), empty, condition.is_true, condition.any_word]
    if sum(ways) != 1:
        row.problem(
            "", tell("a condition has exactly one of: limits, words, is_empty, is_true, any_word.")
        )
    _check_kind(row, condition)
    return condition


def read_bounds(row: Table) -> Bounds | None:
    """Limits of a number (below, to, from, above), or None where none is written."""
    limits = {key: row.decimal(key, required=False, positive=False) for key in _LIMITS}
    per_kg = row.flag("per_kg", default=False)
    if all(limit is None for limit in limits.values()):
        if per_kg:
            row.problem(
                "per_kg", tell("per_kg stands without a limit. Write below, to, from or above.")
            )
        return None
    bounds = Bounds(limits["below"], limits["to"], limits["from"], limits["above"], per_kg)
    low = bounds.from_ if bounds.from_ is not None else bounds.above
    high = bounds.to if bounds.to is not None else bounds.below
    if low is not None and high is not None and low > high:
        row.problem(
            "",
            tell(
                "nothing lies from {low} to {high}. Correct one of the limits.", low=low, high=high
            ),
        )
    if None not in (bounds.from_, bounds.above) or None not in (bounds.to, bounds.below):
        row.problem(
            "",
            tell("two limits on the same side. Keep one of from and above, one of to and below."),
        )
    return bounds


def _check_kind(row: Table, condition: Condition) -> None:
    """Limits belong to numbers, words to their code, true to codes of yes and no."""
    code = FINDING_CODES.get(condition.code)
    if code is None:
        return
    for word in condition.words:
        if word not in code.words:
            listed = ", ".join(code.words) or "none"
            row.problem(
                "words",
                tell(
                    '"{word}" is no word of {code}. Its words: {listed}.',
                    word=word,
                    code=condition.code,
                    listed=listed,
                ),
            )
    if condition.bounds is not None and code.kind not in ("number", "count"):
        row.problem("code", tell("{code} is no number, so it has no limits.", code=condition.code))
    if condition.is_true and code.kind != "flag":
        row.problem("is_true", tell("{code} is not answered by yes or no.", code=condition.code))
    if condition.bounds is not None and code.number is not None and code.counts_as is None:
        check_limits(row, code, code.number, condition.bounds)
    if code.counts_as is not None:
        row.problem(
            "code",
            tell(
                "rules are written in the unit of {counts_as}. Use that code.",
                counts_as=code.counts_as,
            ),
        )
