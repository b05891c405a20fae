"""What a criterion says in words: how many are outside their limits, and what each one triggers."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.dosing import FINDING_CODES, CriterionResult
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say

_STOPS = ("permanent", "absolute")


def outside(met: int) -> str:
    """How many criteria are outside their limits; at least 1."""
    if met == 1:
        return say("1 criterion outside its limit")
    return say("{met} criteria outside their limits", met=met)


def scopes_of(criteria: Iterable[CriterionResult], scope: str | None) -> dict[str, str]:
    """The scope of each criterion that stops, by its id; `scope` is the verdict's, from the check.

    The verdict is "for good" where any of its criteria is, so of several nobody knows which: they
    then have none. The criteria of a STOP for this cycle all stop this cycle.
    """
    met = [row.id for row in criteria if row.result == "met" and row.kind in _STOPS]
    if not scope or (len(met) > 1 and scope == "for good"):
        return {}
    return dict.fromkeys(met, scope)


def trigger(row: CriterionResult, scope: str = "") -> str:
    """What the criterion says and from where: "HOLD if 2.5 or more and below 3 mg/dL".

    Without the limit where it is the very word of the value: "STOP this cycle".
    """
    word = f"STOP {say(scope)}" if scope else "STOP"
    verdict = word if row.kind in _STOPS else "HOLD"
    if row.result == "met" and spoken(row.limit) == spoken(row.value):
        return verdict
    return say("{verdict} if {limit}", verdict=verdict, limit=spoken(row.limit))


def led_to(row: CriterionResult, scope: str = "") -> str:
    """A criterion that is met, with its value: "creatinine 2.7 mg/dL: HOLD if 2.5 or more"."""
    value = row.value or say("no value now")
    # The value of a row of several codes names each of them.
    said = value if row.value and " / " in row.code else spoken_all((code_name(row), value))
    return say("{value}: {trigger}", value=said, trigger=trigger(row, scope))


def code_name(row: CriterionResult) -> str:
    """What the criterion is of; its id where no code says it."""
    parts = row.code.split(" / ")
    known = [FINDING_CODES[part].name if part in FINDING_CODES else part for part in parts]
    return spoken_all(known, " / ") or row.id
