"""Keeping the dosing weight despite a later weight: the prescriber's order, signed by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import (
    KEEP_FIRST,
    KEEP_SECOND,
    DosePlace,
    KeepWeightForm,
    Located,
    changed_reason,
    keep_dosing_weight,
)
from il2desk.window.pages.ordered_panel import OrderedPanel, Store
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class KeepWeightPanel(OrderedPanel):
    """The order to keep the dosing weight; it holds for the last weight and for no later one."""

    def __init__(self, office: Office, place: DosePlace, at: Located) -> None:
        self._reason = changed_reason(office.desk, at.chart, at.cycle)
        rule = say("The order holds for this weight only; the next change asks again.")
        super().__init__(office, place, say("Keep the dosing weight"), (self._reason, rule))

    def review(self) -> tuple[str, ...]:
        """What the weights are."""
        return (say("The dosing weight stays."), self._reason)

    def meanings(self) -> tuple[str, str]:
        """What the two people sign."""
        return KEEP_FIRST, KEEP_SECOND

    def storing(self, reason: str, prescriber: str, way: str) -> Store:
        """Return the act that stores the order."""
        desk, place, token = self._office.desk, self._place, self._token
        form = KeepWeightForm(reason, prescriber, way)
        return lambda signed: keep_dosing_weight(desk, place, form, signed, token)


def open_keep(office: Office, place: DosePlace, at: Located) -> None:
    """Ask beside the page for the order to keep the dosing weight."""
    panel = KeepWeightPanel(office, place, at)
    panel.back.connect(office.window.close_panel)
    office.window.open_panel(panel)
