"""Giving a dose despite HOLD or CANNOT ASSESS: asked for beside the page, signed by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    DosePlace,
    Located,
    OverrideForm,
    may_override,
    record_override,
)
from il2desk.dosing import Refusal
from il2desk.window.pages.ordered_panel import OrderedPanel, Store
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class OverridePanel(OrderedPanel):
    """The order to give a dose despite the verdict of its check."""

    def __init__(self, office: Office, place: DosePlace, at: Located) -> None:
        check = at.dose.check
        self._verdict = "" if check is None else check.verdict
        self._sentence = "" if check is None else check.sentence
        allowed = may_override(office.desk, at.cycle, at.dose)
        by = "" if isinstance(allowed, Refusal) else allowed
        rule = say("The protocol allows an order by {who}. It is printed on every sheet.", who=by)
        title = say("Give despite {verdict}", verdict=self._verdict)
        super().__init__(office, place, title, (self._sentence, rule))

    def review(self) -> tuple[str, ...]:
        """The dose, its verdict, and why."""
        given = say(
            "Dose {number} is given despite {verdict}.",
            number=self._place.number,
            verdict=self._verdict,
        )
        return (given, self._sentence)

    def meanings(self) -> tuple[str, str]:
        """What the two people sign."""
        return OVERRIDE_FIRST, OVERRIDE_SECOND

    def storing(self, reason: str, prescriber: str, way: str) -> Store:
        """Return the act that stores the override."""
        desk, place, token = self._office.desk, self._place, self._token
        form = OverrideForm(reason, prescriber, way)
        return lambda signed: record_override(desk, place, form, signed, token)
