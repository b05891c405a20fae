"""Where a dose of a companion drug is in the chart, and what is derived for it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.companion_form import CompanionPlace
from il2desk.desk.companion_plan import companions_of, day_one, derived_companion, planned_on
from il2desk.desk.companion_records import CompanionRecord, standing
from il2desk.desk.desk import Desk
from il2desk.desk.roles import Act
from il2desk.dosing import Companion, CompanionDose, Refusal, refuse


@dataclass(frozen=True, slots=True)
class CompanionLocated:
    """What the journal and the protocol hold at a place.

    `of_day` is how many doses of the drug the protocol plans on that day, `derived` what was worked
    out for it or why nothing was.
    """

    place: CompanionPlace
    chart: PatientChart
    cycle: CycleChart
    companion: Companion
    date: date
    of_day: int
    derived: CompanionDose | Refusal
    record: CompanionRecord | None

    @property
    def planned(self) -> bool:
        """Whether the protocol plans a dose at this place."""
        return self.place.count <= self.of_day


def locate_companion(desk: Desk, place: CompanionPlace) -> CompanionLocated | Refusal:
    """Everything at a place, read anew from the journal."""
    chart = chart_of(desk, place.subject)
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(place.cycle)
    companion = None
    if cycle is not None:
        found = companions_of(desk, cycle)
        companion = next((one for one in found if one.id == place.companion), None)
    if cycle is None or companion is None or place.count < 1:
        return refuse(
            "unknown-companion",
            "The protocol of this cycle has no such companion drug. Open the board again.",
        )
    return CompanionLocated(
        place=place, chart=chart, cycle=cycle, companion=companion,
        date=day_one(desk, cycle) + timedelta(days=place.day - 1),
        of_day=planned_on(desk, cycle, companion, place.day),
        derived=derived_companion(desk, chart, cycle, companion, place.day),
        record=standing(cycle.companions, companion.id, place.day, place.count),
    )  # fmt: skip


def locate_companion_to_act(
    desk: Desk, place: CompanionPlace, act: Act
) -> CompanionLocated | Refusal:
    """As `locate_companion`, but refused where nobody who may do this is signed in."""
    return desk.not_allowed(act) or locate_companion(desk, place)


def next_unplanned(
    desk: Desk, cycle: CycleChart, companion: Companion, on: date
) -> tuple[int, int]:
    """Day of the cycle and count of a further dose on a date: after those planned and recorded."""
    day = (on - day_one(desk, cycle)).days + 1
    taken = [
        record.count
        for record in cycle.companions
        if not record.in_error and (record.companion, record.day) == (companion.id, day)
    ]
    return day, max([planned_on(desk, cycle, companion, day), *taken]) + 1
